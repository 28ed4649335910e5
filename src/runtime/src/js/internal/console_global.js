'use strict';

// The global object `console`: https://nodejs.org/api/console.html
//
// It writes straight to the process's streams while nobody has asked for `process.stdout` or
// `process.stderr`; from then on programs may have changed those.

const { format, print } = native('inspect');
const streams = require('internal/process/streams');
const channels = require('internal/console/channels');

const console = {};

/** What stands before lines within groups. */
let indentation = '';

/** Whether what is written goes to no terminal and is not wanted in colours. */
const isPlain = { 1: undefined, 2: undefined };

function goesStraight(descriptor) {
  if (streams[descriptor] !== undefined) return false;
  return isPlain[descriptor] ??= !native('tty').isTerminal(descriptor) && !native('process').hasVariable('FORCE_COLOR');
}

/** What most programs do not need: the methods but for those that print, and streams. */
let rest;
const slowly = () => (rest ??= require('internal/console/global_rest').complete(console, {
  get: () => indentation,
  set: (value) => {
    indentation = value;
  },
}, goesStraight));

/** A function that prints its arguments, and tells those who listen to its channel. */
const printer = (name, descriptor) => ({
  [name](...args) {
    if (channels[name] !== undefined && channels[name].hasSubscribers) channels[name].publish(args);
    if (!goesStraight(descriptor)) slowly().writeToStream(descriptor, args);
    else if (indentation === '') print(descriptor, ...args);
    else slowly().writeIndented(descriptor, format(...args));
  },
})[name];

Object.assign(console, {
  log: printer('log', 1),
  info: printer('info', 1),
  debug: printer('debug', 1),
  warn: printer('warn', 2),
  error: printer('error', 2),
});

for (const name of [
  'dir', 'time', 'timeEnd', 'timeLog', 'trace', 'assert', 'clear', 'count', 'countReset', 'group',
  'groupEnd', 'table', 'dirxml', 'groupCollapsed',
]) {
  // They work without their console, too.
  const call = { [name](...args) {
    return slowly().call(name, call, args);
  } }[name];
  console[name] = call;
}

/** Members that few ask for. */
function lazily(name, enumerable, get) {
  const define = (value) => {
    Object.defineProperty(console, name, {
      __proto__: null, value, writable: true, enumerable, configurable: true,
    });
    return value;
  };
  Object.defineProperty(console, name, {
    __proto__: null, configurable: true, enumerable, get: () => define(get()), set: define,
  });
}

for (const name of ['_stdoutErrorHandler', '_stderrErrorHandler', '_ignoreErrors', '_times']) {
  lazily(name, false, () => slowly().member(name));
}
lazily('Console', true, () => require('internal/console/class').Console);

// What only an inspector would see.
Object.assign(console, {
  profile() {},
  profileEnd() {},
  timeStamp() {},
  context() {
    return Object.create(null);
  },
  createTask(name) {
    if (typeof name !== 'string' || name === '') {
      throw new Error('First argument must be a non-empty string.');
    }
    return {
      run(callback) {
        if (typeof callback !== 'function') throw new Error('First argument must be a function.');
        return callback();
      },
    };
  },
});

for (const name of ['_stdout', '_stderr']) {
  Object.defineProperty(console, name, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get: () => slowly().member(name),
    set: (value) => slowly().setMember(name, value),
  });
}
Object.defineProperty(console, Symbol.toStringTag, {
  __proto__: null, value: 'console', writable: false, enumerable: false, configurable: true,
});

// Its prototype is an object of its own.
module.exports = Object.setPrototypeOf(console, {});
