'use strict';

// The shortest edit script between two lists, by the algorithm of Myers (1986).
//
// https://nodejs.org/api/util.html#utildiffactual-expected

const { validateArray, validateString, validateStringArray } = require('internal/validators');
const { codes } = require('internal/errors');

const DELETE = -1;
const KEEP = 0;
const INSERT = 1;

/**
 * What turns `expected` into `actual`: pairs of an operation and a line, last ones first.
 * With `ignoreComma`, lines are the same that differ by a comma at their end alone.
 */
function myersDiff(actual, expected, ignoreComma = false) {
  const n = actual.length;
  const m = expected.length;
  const most = n + m;
  if (most >= 2 ** 31 - 1) {
    throw new codes.ERR_OUT_OF_RANGE('myersDiff input size', '< 2^31', most);
  }
  const isSame = (a, b) => a === b || ignoreComma && (`${a},` === b || a === `${b},`);
  // `furthest[k]` is how far the path on diagonal k has come in `actual`.
  const offset = most;
  const furthest = new Int32Array(2 * most + 2);
  const trace = [];
  for (let d = 0; d <= most; d++) {
    trace.push(furthest.slice(offset - d - 1 < 0 ? 0 : offset - d - 1, offset + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const isDown = k === -d || k !== d && furthest[offset + k - 1] < furthest[offset + k + 1];
      let x = isDown ? furthest[offset + k + 1] : furthest[offset + k - 1] + 1;
      let y = x - k;
      while (x < n && y < m && isSame(actual[x], expected[y])) {
        x++;
        y++;
      }
      furthest[offset + k] = x;
      if (x >= n && y >= m) return backtrack(trace, actual, expected, ignoreComma, most);
    }
  }
  return [];
}

function backtrack(trace, actual, expected, ignoreComma, most) {
  const result = [];
  let x = actual.length;
  let y = expected.length;
  for (let d = trace.length - 1; d >= 0; d--) {
    const saved = trace[d];
    const base = most - d - 1 < 0 ? most : d + 1;
    const at = (k) => saved[base + k] ?? 0;
    const k = x - y;
    const previousK = k === -d || k !== d && at(k - 1) < at(k + 1) ? k + 1 : k - 1;
    const previousX = at(previousK);
    const previousY = previousX - previousK;
    while (x > previousX && y > previousY) {
      const line = actual[x - 1];
      // With a comma it is not the last one.
      const value = ignoreComma && !line.endsWith(',') ? expected[y - 1] : line;
      result.push([KEEP, value]);
      x--;
      y--;
    }
    if (d > 0) {
      if (x > previousX) result.push([INSERT, actual[--x]]);
      else result.push([DELETE, expected[--y]]);
    }
  }
  return result;
}

function validateInput(value, name) {
  if (!Array.isArray(value)) {
    validateString(value, name);
    return;
  }
  validateArray(value, name);
  validateStringArray(value, name);
}

function diff(actual, expected) {
  if (actual === expected) return [];
  validateInput(actual, 'actual');
  validateInput(expected, 'expected');
  return myersDiff(actual, expected).reverse();
}

module.exports = { DELETE, INSERT, KEEP, diff, myersDiff };
