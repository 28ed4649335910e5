'use strict';

// The text of a call, which is the message of an assertion that has none.

const { madeAt } = native('errors');

/** Where the function that is called at a place begins: `assert.ok` before `.ok`. */
function calleeStart(line, at) {
  for (;;) {
    if (line[at - 1] === '[') at--;
    const before = line.slice(0, at);
    const match = /(?:[\w$]|\?\.|\.)+\s*$/.exec(before) ?? undefined;
    const isLinked = match !== undefined && (/\.\s*$/.test(before) || /^(?:\.|\?\.|\[)/.test(line.slice(at)));
    if (isLinked) {
      at = match.index;
      continue;
    }
    if (before.endsWith(']') && /^[.[(?]/.test(line.slice(at))) {
      let depth = 0;
      let open = at - 1;
      for (; open >= 0; open--) {
        if (line[open] === ']') depth++;
        else if (line[open] === '[' && --depth === 0) break;
      }
      if (open <= 0) return at;
      at = open;
      continue;
    }
    return at;
  }
}

/** The end of a text in quotation marks. */
function endOfString(line, at) {
  const mark = line[at];
  for (let i = at + 1; i < line.length; i++) {
    if (line[i] === '\\') {
      i++;
    } else if (mark === '`' && line[i] === '$' && line[i + 1] === '{') {
      i = endOfBrackets(line, i + 1) - 1;
    } else if (line[i] === mark) {
      return i + 1;
    }
  }
  return line.length;
}

/** The end of a regular expression, if one begins there. */
function endOfRegExp(line, at) {
  if (!/(?:^|[(,=:[!&|?{};+\-*%~^<>]|\breturn|\btypeof)\s*$/.test(line.slice(0, at))) return at + 1;
  let isInClass = false;
  for (let i = at + 1; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === '[') isInClass = true;
    else if (line[i] === ']') isInClass = false;
    else if (line[i] === '/' && !isInClass) return i + 1;
  }
  return at + 1;
}

/** Where the bracket is closed that opens at a place; the end of the line if it is not. */
function endOfBrackets(line, open) {
  let depth = 0;
  for (let i = open; i < line.length;) {
    const c = line[i];
    if (c === '"' || c === "'" || c === '`') {
      i = endOfString(line, i);
    } else if (c === '/' && line[i + 1] === '*') {
      const end = line.indexOf('*/', i + 2);
      i = end < 0 ? line.length : end + 2;
    } else if (c === '/' && line[i + 1] === '/') {
      return line.length;
    } else if (c === '/') {
      i = endOfRegExp(line, i);
    } else {
      if ('([{'.includes(c)) depth++;
      if (')]}'.includes(c) && --depth === 0) return i + 1;
      i++;
    }
  }
  return line.length;
}

/** The message for a call of `fn` that has found something falsy. */
function falsyMessage(fn) {
  const limit = Error.stackTraceLimit;
  // Frames that have been asked for tell nothing any more.
  Error.stackTraceLimit = 1;
  const place = {};
  Error.captureStackTrace(place, fn);
  Error.stackTraceLimit = limit;
  const made = madeAt(place);
  if (made === undefined) return undefined;
  const [line, column] = made;
  const start = calleeStart(line, column);
  const open = line.indexOf('(', column);
  const end = open < 0 ? line.length : endOfBrackets(line, open);
  return `The expression evaluated to a falsy value:\n\n  ${line.slice(start, end)}\n`;
}

module.exports = { falsyMessage };
