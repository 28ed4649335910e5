'use strict';

// `util.inspect` and `util.format`, which are native; here is what programs can change.
//
// https://nodejs.org/api/util.html#utilinspectobject-options

const half = native('inspect');
const { inspect, format, formatWith, keep } = half;

/** The options where a call gives none. */
const defaultOptions = Object.seal({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
});

/** The codes by which a terminal begins and ends a colour or a decoration. */
const FOREGROUND = 39;
const BACKGROUND = 49;
const colors = {
  __proto__: null,
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  blink: [5, 25],
  inverse: [7, 27],
  hidden: [8, 28],
  strikethrough: [9, 29],
  doubleunderline: [21, 24],
  black: [30, FOREGROUND],
  red: [31, FOREGROUND],
  green: [32, FOREGROUND],
  yellow: [33, FOREGROUND],
  blue: [34, FOREGROUND],
  magenta: [35, FOREGROUND],
  cyan: [36, FOREGROUND],
  white: [37, FOREGROUND],
  bgBlack: [40, BACKGROUND],
  bgRed: [41, BACKGROUND],
  bgGreen: [42, BACKGROUND],
  bgYellow: [43, BACKGROUND],
  bgBlue: [44, BACKGROUND],
  bgMagenta: [45, BACKGROUND],
  bgCyan: [46, BACKGROUND],
  bgWhite: [47, BACKGROUND],
  framed: [51, 54],
  overlined: [53, 55],
  gray: [90, FOREGROUND],
  redBright: [91, FOREGROUND],
  greenBright: [92, FOREGROUND],
  yellowBright: [93, FOREGROUND],
  blueBright: [94, FOREGROUND],
  magentaBright: [95, FOREGROUND],
  cyanBright: [96, FOREGROUND],
  whiteBright: [97, FOREGROUND],
  bgGray: [100, BACKGROUND],
  bgRedBright: [101, BACKGROUND],
  bgGreenBright: [102, BACKGROUND],
  bgYellowBright: [103, BACKGROUND],
  bgBlueBright: [104, BACKGROUND],
  bgMagentaBright: [105, BACKGROUND],
  bgCyanBright: [106, BACKGROUND],
  bgWhiteBright: [107, BACKGROUND],
};

for (const [name, ...aliases] of [
  ['gray', 'grey', 'blackBright'],
  ['bgGray', 'bgGrey', 'bgBlackBright'],
  ['dim', 'faint'],
  ['strikethrough', 'crossedout', 'strikeThrough', 'crossedOut'],
  ['hidden', 'conceal'],
  ['inverse', 'swapColors', 'swapcolors'],
  ['doubleunderline', 'doubleUnderline'],
]) {
  for (const alias of aliases) {
    Object.defineProperty(colors, alias, {
      __proto__: null,
      get() {
        return this[name];
      },
      set(value) {
        this[name] = value;
      },
      configurable: true,
      enumerable: false,
    });
  }
}

function highlightRegExp(regexpString) {
  return require('internal/inspect_regexp').highlight(regexpString, highlightRegExp.colors, colors);
}
highlightRegExp.colors = ['green', 'red', 'yellow', 'cyan', 'magenta'];

const styles = Object.assign({ __proto__: null }, {
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: highlightRegExp,
  module: 'underline',
});

inspect.custom = Symbol.for('nodejs.util.inspect.custom');

Object.defineProperty(inspect, 'defaultOptions', {
  __proto__: null,
  get() {
    // From now on somebody else may change them.
    keep('defaults', defaultOptions);
    return defaultOptions;
  },
  set(options) {
    require('internal/validators').validateObject(options, 'options');
    keep('defaults', defaultOptions);
    return Object.assign(defaultOptions, options);
  },
});

inspect.colors = colors;
inspect.styles = styles;

keep('inspect', inspect);
keep('colors', colors);
keep('styles', styles);

function stylizeNoColor(str) {
  return str;
}

function stylizeWithColor(str, styleType) {
  const style = inspect.styles[styleType];
  if (typeof style === 'function') return style(str);
  const color = style === undefined ? undefined : inspect.colors[style];
  return color === undefined ? str : `\u001b[${color[0]}m${str}\u001b[${color[1]}m`;
}

keep('plain', stylizeNoColor);
keep('colored', stylizeWithColor);

function formatWithOptions(inspectOptions, ...args) {
  const { kValidateObjectAllowArray, validateObject } = require('internal/validators');
  validateObject(inspectOptions, 'inspectOptions', kValidateObjectAllowArray);
  return formatWith(inspectOptions, ...args);
}

module.exports = {
  format,
  formatWithOptions,
  getStringWidth: half.width,
  inspect,
  stripControlSequences: half.stripControlSequences,
};
