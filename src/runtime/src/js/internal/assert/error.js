'use strict';

// https://nodejs.org/api/assert.html#class-assertassertionerror

const { inspect } = require('internal/inspect');
const { validateObject } = require('internal/validators');
const { HEADERS, differenceMessage, inspectValue, palette } = require('internal/assert/difference');

const LONG_TEXT = 512;
const LONG_UNEQUAL = 1024;
const MOST_LINES = 50;

const DIFFERENCES = new Set(['deepStrictEqual', 'strictEqual', 'partialDeepStrictEqual']);

/** An error like another one, without its stack. */
function copyError(source) {
  const target = Object.assign({ __proto__: Object.getPrototypeOf(source) }, source);
  Object.defineProperty(target, 'message', { __proto__: null, value: source.message });
  if (Object.hasOwn(source, 'cause')) {
    let { cause } = source;
    if (cause instanceof Error) cause = copyError(cause);
    Object.defineProperty(target, 'cause', { __proto__: null, value: cause });
  }
  return target;
}

const shortened = (text, most, kind) => (
  text.length > most && kind !== 'full' ? `${text.slice(0, most - 3)}...` : text);

/** Values that should not have been equal, of which one is shown. */
function unequalMessage(actual, operator, kind) {
  let title = HEADERS[operator];
  const lines = inspectValue(actual).split('\n');
  if (operator === 'notStrictEqual' &&
      (typeof actual === 'object' && actual !== null || typeof actual === 'function')) {
    title = HEADERS.notStrictEqualObject;
  }
  if (lines.length > MOST_LINES && kind !== 'full') {
    const { blue, white } = palette();
    lines.length = MOST_LINES - 3;
    lines[MOST_LINES - 4] = `${blue}...${white}`;
  }
  if (lines.length === 1) return `${title}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
  return `${title}\n\n${lines.join('\n')}\n`;
}

function generatedMessage(actual, expected, operator, kind) {
  // Two errors are compared by what is in them, and not by where they were made.
  if (actual instanceof Error && expected instanceof Error && 'stack' in actual && 'stack' in expected) {
    actual = copyError(actual);
    expected = copyError(expected);
  }
  if (DIFFERENCES.has(operator)) return differenceMessage(actual, expected, operator, undefined, kind);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') {
    return unequalMessage(actual, operator, kind);
  }
  const ours = inspectValue(actual);
  const theirs = inspectValue(expected);
  const title = HEADERS[operator];
  if (operator === 'notDeepEqual' && ours === theirs) {
    return shortened(`${title}\n\n${ours}`, LONG_UNEQUAL, kind);
  }
  const our = shortened(ours, LONG_TEXT, kind);
  const their = shortened(theirs, LONG_TEXT, kind);
  if (operator === 'deepEqual') return `${title}\n\n${our}\n\nshould loosely deep-equal\n\n${their}`;
  if (operator === 'notDeepEqual') {
    return `${HEADERS.notDeepEqualUnequal}\n\n${our}\n\nshould not loosely deep-equal\n\n${their}`;
  }
  return `${our} ${operator} ${their}`;
}

function withEllipsis(text) {
  const lines = text.split('\n', 11);
  if (lines.length > 10) return `${lines.slice(0, 10).join('\n')}\n...`;
  return text.length > LONG_TEXT ? `${text.slice(0, LONG_TEXT)}...` : text;
}

class AssertionError extends Error {
  constructor(options) {
    validateObject(options, 'options');
    const {
      message, operator, stackStartFn, details, stackStartFunction, diff = 'simple', actual, expected,
    } = options;
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    if (message == null) {
      super(generatedMessage(actual, expected, operator, diff));
    } else if (DIFFERENCES.has(operator) && typeof message !== 'object') {
      super(differenceMessage(actual, expected, operator, message, diff));
    } else {
      super(String(message));
    }
    Error.stackTraceLimit = limit;

    this.generatedMessage = !message;
    // The stack begins with the code, too.
    Object.defineProperty(this, 'name', {
      __proto__: null,
      value: 'AssertionError [ERR_ASSERTION]',
      enumerable: false,
      writable: true,
      configurable: true,
    });
    this.code = 'ERR_ASSERTION';
    if (details) {
      this.actual = undefined;
      this.expected = undefined;
      this.operator = undefined;
      for (let i = 0; i < details.length; i++) {
        this[`message ${i}`] = details[i].message;
        this[`actual ${i}`] = details[i].actual;
        this[`expected ${i}`] = details[i].expected;
        this[`operator ${i}`] = details[i].operator;
        this[`stack trace ${i}`] = details[i].stack;
      }
    } else {
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
    }
    this.diff = diff;
    Error.captureStackTrace(this, stackStartFn || stackStartFunction);
    // Made now, while the name is what it should say.
    this.stack; // eslint-disable-line no-unused-expressions
    this.name = 'AssertionError';
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [inspect.custom](recurseTimes, ctx) {
    const { actual, expected } = this;
    if (typeof actual === 'string') this.actual = withEllipsis(actual);
    if (typeof expected === 'string') this.expected = withEllipsis(expected);
    // What was compared is in the message.
    const result = inspect(this, { ...ctx, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return result;
  }
}

module.exports = { AssertionError };
