'use strict';

// The methods of consoles: https://nodejs.org/api/console.html#class-console

const { formatWithOptions, inspect } = require('internal/inspect');
const channels = require('internal/console/channels');

const kWriteToConsole = Symbol('kWriteToConsole');
const kGetInspectOptions = Symbol('kGetInspectOptions');
const kFormatForStdout = Symbol('kFormatForStdout');
const kFormatForStderr = Symbol('kFormatForStderr');
const kCounts = Symbol('counts');
const kGroupIndentation = Symbol('kGroupIndentationString');
const kGroupIndentWidth = Symbol('kGroupIndentWidth');

const OUTPUT = 1;
const ERROR = 2;

const warn = (message) => require('process').emitWarning(message);

/** Nanoseconds as people read them: hours and minutes, seconds or milliseconds. */
function formatTime(ms) {
  const MINUTE = 60000;
  if (ms >= MINUTE) {
    const hours = Math.floor(ms / (60 * MINUTE));
    const minutes = Math.floor(ms % (60 * MINUTE) / MINUTE);
    const [seconds, fraction] = (ms % MINUTE / 1000).toFixed(3).split('.');
    const two = (number) => `${number}`.padStart(2, '0');
    return `${hours === 0 ? minutes : `${hours}:${two(minutes)}`}:${two(seconds)}.${fraction} (${
      hours === 0 ? '' : 'h:m'}m:ss.mmm)`;
  }
  if (ms >= 1000) return `${(ms / 1000).toFixed(3)}s`;
  return `${Number(ms.toFixed(3))}ms`;
}

const now = () => Number(require('process').hrtime.bigint()) / 1e6;

/** Prints how long it has been since `time` was called with a label. */
function logTime(target, method, label, data) {
  const start = target._times.get(label);
  if (start === undefined) {
    warn(`No such label '${label}' for console.${method}()`);
    return false;
  }
  const elapsed = formatTime(now() - start);
  if (data === undefined) target.log('%s: %s', label, elapsed);
  else target.log('%s: %s', label, elapsed, ...data);
  return true;
}

function publish(channel, args) {
  if (channel?.hasSubscribers) channel.publish(args);
}

const methods = {
  log(...args) {
    publish(channels.log, args);
    this[kWriteToConsole](OUTPUT, this[kFormatForStdout](args));
  },

  info(...args) {
    publish(channels.info, args);
    this[kWriteToConsole](OUTPUT, this[kFormatForStdout](args));
  },

  debug(...args) {
    publish(channels.debug, args);
    this[kWriteToConsole](OUTPUT, this[kFormatForStdout](args));
  },

  warn(...args) {
    publish(channels.warn, args);
    this[kWriteToConsole](ERROR, this[kFormatForStderr](args));
  },

  error(...args) {
    publish(channels.error, args);
    this[kWriteToConsole](ERROR, this[kFormatForStderr](args));
  },

  dir(object, options) {
    this[kWriteToConsole](OUTPUT, inspect(object, {
      customInspect: false,
      ...this[kGetInspectOptions](OUTPUT),
      ...options,
    }));
  },

  time(label = 'default') {
    label = `${label}`;
    if (this._times.has(label)) {
      warn(`Label '${label}' already exists for console.time()`);
      return;
    }
    this._times.set(label, now());
  },

  timeEnd(label = 'default') {
    label = `${label}`;
    if (logTime(this, 'timeEnd', label)) this._times.delete(label);
  },

  timeLog(label = 'default', ...data) {
    logTime(this, 'timeLog', `${label}`, data);
  },

  trace: function trace(...args) {
    const place = { name: 'Trace', message: this[kFormatForStderr](args) };
    Error.captureStackTrace(place, trace);
    this.error(place.stack);
  },

  assert(expression, ...args) {
    if (expression) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    this.warn(...args);
  },

  clear() {
    // Only a terminal can be cleared.
    if (this._stdout.isTTY && require('process').env.TERM !== 'dumb') {
      this._stdout.write('\u001b[1;1H\u001b[0J');
    }
  },

  count(label = 'default') {
    label = `${label}`;
    const count = (this[kCounts].get(label) ?? 0) + 1;
    this[kCounts].set(label, count);
    this.log(`${label}: ${count}`);
  },

  countReset(label = 'default') {
    label = `${label}`;
    if (!this[kCounts].delete(label)) warn(`Count for '${label}' does not exist`);
  },

  group(...data) {
    if (data.length > 0) this.log(...data);
    this[kGroupIndentation] += ' '.repeat(this[kGroupIndentWidth]);
  },

  groupEnd() {
    const indentation = this[kGroupIndentation];
    this[kGroupIndentation] = indentation.slice(0, Math.max(indentation.length - this[kGroupIndentWidth], 0));
  },

  table(tabularData, properties) {
    if (tabularData === null || typeof tabularData !== 'object') {
      this.log(tabularData);
      return;
    }
    if (properties !== undefined) require('internal/validators').validateArray(properties, 'properties');
    const options = this[kGetInspectOptions](OUTPUT);
    const show = (value) => {
      const isLarge = value !== null && typeof value === 'object' && !Array.isArray(value) &&
        Object.keys(value).length > 2;
      return inspect(value, {
        maxArrayLength: 3, breakLength: Infinity, ...options, depth: isLarge ? -1 : 0,
      });
    };
    this.log(require('internal/console/table').tableOf(tabularData, properties, show));
  },
};

// One function under two names each.
methods.dirxml = methods.log;
methods.groupCollapsed = methods.group;

const formatting = {
  [kFormatForStdout](args) {
    const options = this[kGetInspectOptions](OUTPUT);
    return formatWithOptions(options, ...args);
  },
  [kFormatForStderr](args) {
    const options = this[kGetInspectOptions](ERROR);
    return formatWithOptions(options, ...args);
  },
};

module.exports = {
  ERROR,
  OUTPUT,
  formatting,
  kCounts,
  kFormatForStderr,
  kFormatForStdout,
  kGetInspectOptions,
  kGroupIndentWidth,
  kGroupIndentation,
  kWriteToConsole,
  methods,
};
