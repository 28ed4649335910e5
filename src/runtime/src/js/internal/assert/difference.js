'use strict';

// What messages say of two values that should be equal: their lines, with `+` before those of
// what there is and `-` before those of what was expected.

const { inspect } = require('internal/inspect');
const { DELETE, INSERT, KEEP, myersDiff } = require('internal/util/diff');

const HEADERS = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

/** Two values so short in all stand side by side. */
const SHORT = 12;
/** So many lines are shown of those that are the same. */
const KEPT_LINES = 5;
const MOST_LINES = 50;

function inspectValue(value) {
  return inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    // Hidden properties do not count for equality.
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
  });
}

/** Colours, where the error output has them. */
function palette() {
  const { env, stderr } = require('process');
  const depth = require('tty').WriteStream.prototype.getColorDepth;
  const hasColors = env.FORCE_COLOR !== undefined ? depth() > 2 :
    Boolean(stderr?.isTTY && (typeof stderr.getColorDepth !== 'function' || stderr.getColorDepth() > 2));
  const code = (number) => (hasColors ? `\u001b[${number}m` : '');
  return { hasColors, blue: code(34), green: code(32), red: code(31), white: code(39), gray: code(90) };
}

/** Whether two values are of one line, and not both objects. */
function isSimple(actual, ours, expected, theirs) {
  if (ours.length > 1 || theirs.length > 1) return false;
  return typeof actual !== 'object' || actual === null || typeof expected !== 'object' || expected === null;
}

function simpleDifference(actual, ours, expected, theirs, colors) {
  let length = ours.length + theirs.length;
  if (typeof actual === 'string') length -= 2;
  if (typeof expected === 'string') length -= 2;
  // Zeros differ by a sign alone, which is easily overlooked.
  if (length <= SHORT && (actual !== 0 || expected !== 0)) {
    return { message: `${ours} !== ${theirs}`, header: '' };
  }
  if (typeof actual === 'string' && typeof expected === 'string' && colors.hasColors) {
    return characterDifference(ours, theirs, colors);
  }
  const { green, red, white } = colors;
  let message = `\n${green}+${white} ${ours}\n${red}- ${white}${theirs}`;
  const { stderr } = require('process');
  const width = stderr?.isTTY ? stderr.columns : 80;
  if (ours.length + theirs.length <= width) {
    let at = 0;
    while (at < ours.length && ours[at] === theirs[at]) at++;
    // A difference at the very beginning is seen at once.
    if (at >= 3 && at < ours.length) message += `\n${' '.repeat(at + 2)}^`;
  }
  return { message };
}

/** Two texts as one, with colours where they differ. */
function characterDifference(ours, theirs, { green, red, white }) {
  const header = `${green}actual${white} ${red}expected${white}`;
  let message = '';
  let isSkipped = false;
  let kept = 0;
  const steps = myersDiff(ours.split(''), theirs.split('')).reverse();
  steps.forEach(([operation, value], index) => {
    const color = operation === INSERT ? green : operation === DELETE ? red : white;
    if (operation === KEEP) kept++;
    else kept = 0;
    if (kept > MOST_LINES * 2) {
      isSkipped = true;
      return;
    }
    message += `${color}${value}${index === steps.length - 1 ? white : ''}`;
  });
  return { message: `\n${message}`, header, isSkipped };
}

function printed(steps, operator, colors) {
  const { blue, gray, green, hasColors, red, white } = colors;
  let message = '';
  let isSkipped = false;
  let kept = 0;
  for (let i = steps.length - 1; i >= 0; i--) {
    const [operation, value] = steps[i];
    const before = i < steps.length - 1 ? steps[i + 1][0] : null;
    if (before === KEEP && operation !== KEEP) {
      const last = `${white}  ${steps[i + 1][1]}\n`;
      // A note takes a line itself.
      if (kept === KEPT_LINES + 1) {
        message += last;
      } else if (kept === KEPT_LINES + 2) {
        message += `${white}  ${steps[i + 2][1]}\n${last}`;
      } else if (kept >= KEPT_LINES + 3) {
        message += `${blue}...${white}\n${last}`;
        isSkipped = true;
      }
      kept = 0;
    }
    if (operation === INSERT) {
      message += operator === 'partialDeepStrictEqual' ?
        `${gray}${hasColors ? ' ' : '+'} ${value}${white}\n` :
        `${green}+${white} ${value}\n`;
    } else if (operation === DELETE) {
      message += `${red}-${white} ${value}\n`;
    } else {
      if (kept < KEPT_LINES) message += `${white}  ${value}\n`;
      kept++;
    }
  }
  return { message: `\n${message.trimEnd()}`, isSkipped };
}

/** The message about two values that are not equal. */
function differenceMessage(actual, expected, operator, ownMessage, kind) {
  const isObject = (value) => typeof value === 'object' && value !== null || typeof value === 'function';
  if (operator === 'strictEqual' && (typeof actual === 'object' && actual !== null &&
      typeof expected === 'object' && expected !== null ||
      typeof actual === 'function' && typeof expected === 'function')) {
    operator = 'strictEqualObject';
  }
  const colors = palette();
  const ours = inspectValue(actual).split('\n');
  const theirs = inspectValue(expected).split('\n');
  let header = `${colors.green}+ actual${colors.white} ${colors.red}- expected${colors.white}`;
  let message;
  let isSkipped = false;
  if (isSimple(actual, ours, expected, theirs)) {
    const simple = simpleDifference(actual, ours[0], expected, theirs[0], colors);
    ({ message } = simple);
    if (simple.header !== undefined) ({ header } = simple);
    isSkipped = Boolean(simple.isSkipped);
  } else if (ours.join('\n') === theirs.join('\n')) {
    operator = 'notIdentical';
    header = '';
    if (ours.length < MOST_LINES || kind === 'full') {
      message = ours.join('\n');
    } else {
      message = `${ours.slice(0, MOST_LINES).join('\n')}\n...}`;
      isSkipped = true;
    }
  } else {
    const steps = myersDiff(ours, theirs, actual != null && isObject(actual));
    ({ message, isSkipped } = printed(steps, operator, colors));
  }
  const title = ownMessage ?? HEADERS[operator];
  return `${title}\n${header}${isSkipped ? '\n... Skipped lines' : ''}\n${message}\n`;
}

module.exports = { HEADERS, differenceMessage, inspectValue, palette };
