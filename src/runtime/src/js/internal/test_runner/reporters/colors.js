'use strict';

// Colours and signs of reports.

/** Whether standard output is to be coloured. */
function isColored() {
  const { stdout, env } = process;
  if (env.FORCE_COLOR !== undefined) return require('tty').WriteStream.prototype.getColorDepth.call(stdout, env) > 2;
  return Boolean(stdout?.isTTY) && stdout.hasColors();
}

const CODES = {
  blue: '\u001b[34m', clear: '\u001bc', gray: '\u001b[90m', green: '\u001b[32m', red: '\u001b[31m',
  white: '\u001b[39m', yellow: '\u001b[33m',
};

let known;

/** The colours by name: texts that are empty where there are none. */
function colors() {
  if (known === undefined) {
    known = { hasColors: isColored() };
    for (const [name, code] of Object.entries(CODES)) known[name] = known.hasColors ? code : '';
  }
  return known;
}

const SIGNS = {
  'test:fail': '\u2716 ',
  'test:pass': '\u2714 ',
  'test:diagnostic': '\u2139 ',
  'test:log': '\u2139 ',
  'arrow:right': '\u25B6 ',
  'hyphen:minus': '\uFE63 ',
  'warning:alert': '\u26A0 ',
};

function indentation(nesting) {
  return '  '.repeat(nesting);
}

module.exports = { colors, indentation, SIGNS };
