'use strict';

// Letters in a line: pairs of surrogates are one.

const kEscape = '\x1b';

/** The code of a control sequence. */
function CSI(strings, ...args) {
  return `${kEscape}[${String.raw({ raw: strings }, ...args)}`;
}

CSI.kEscape = kEscape;
CSI.kClearToLineBeginning = CSI`1K`;
CSI.kClearToLineEnd = CSI`0K`;
CSI.kClearLine = CSI`2K`;
CSI.kClearScreenDown = CSI`0J`;

const BEYOND = 0x10000;

/** How long the letter before a place is. */
function charLengthLeft(text, i) {
  if (i <= 0) return 0;
  return i > 1 && text.codePointAt(i - 2) >= BEYOND || text.codePointAt(i - 1) >= BEYOND ? 2 : 1;
}

/** How long the letter at a place is; behind the end there is room for one. */
function charLengthAt(text, i) {
  if (text.length <= i) return 1;
  return text.codePointAt(i) >= BEYOND ? 2 : 1;
}

/** What all texts begin with. */
function commonPrefix(texts) {
  if (texts.length === 0) return '';
  const sorted = [...texts].sort();
  const [first] = sorted;
  const last = sorted[sorted.length - 1];
  let length = 0;
  while (length < first.length && first[length] === last[length]) length++;
  return first.slice(0, length);
}

function reverse(text) {
  return [...text].reverse().join('');
}

module.exports = { charLengthAt, charLengthLeft, commonPrefix, CSI, reverse };
