// What acorn makes of files, as JSON. Two uses:
//
//   node acorn.js ACORN hashes             a line a file for the list on standard input
//   node acorn.js ACORN tree FORM GOAL FILE
//
// A line of the list is GOALS TAB PATH, the goals in the order to try, by
// commas. A line of the answer is `GOAL HASH HASH`: the first goal that acorn
// accepts, and the SHA-256 of the tree in each form (`-` for none wanted), or
// `refused MESSAGE`.
'use strict';

const { createHash } = require('node:crypto');
const { readFileSync, writeSync } = require('node:fs');

const [acornPath, use, ...rest] = process.argv.slice(2);
const acorn = require(acornPath);

// ESTree wants a bigint as `value`, for which JSON has no notation.
BigInt.prototype.toJSON = () => null;

/** Files up to this size are compared in the form with all positions too. */
const FULL_LIMIT = 64 * 1024;

const forms = {
  plain: {},
  full: { locations: true, ranges: true },
};

function tree(text, goal, form) {
  return acorn.parse(text, {
    ecmaVersion: 'latest',
    sourceType: goal,
    allowHashBang: true,
    ...forms[form],
  });
}

function hash(ast) {
  return createHash('sha256').update(JSON.stringify(ast)).digest('hex');
}

function answer(goals, path) {
  const text = readFileSync(path, 'utf8');
  let refusal;
  for (const goal of goals) {
    let plain;
    try {
      plain = tree(text, goal, 'plain');
    } catch (error) {
      refusal ??= error.message;
      continue;
    }
    const full = text.length <= FULL_LIMIT ? hash(tree(text, goal, 'full')) : '-';
    return `${goal} ${hash(plain)} ${full}`;
  }
  return `refused ${refusal.replaceAll('\n', ' ')}`;
}

function write(text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

if (use === 'hashes') {
  const list = readFileSync(0, 'utf8').split('\n').filter(Boolean);
  for (const line of list) {
    const [goals, path] = line.split('\t');
    write(answer(goals.split(','), path) + '\n');
  }
} else {
  const [form, goal, path] = rest;
  write(JSON.stringify(tree(readFileSync(path, 'utf8'), goal, form)));
}
