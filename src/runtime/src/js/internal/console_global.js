'use strict';

// The global object `console`: https://nodejs.org/api/console.html
//
// It writes straight to the process's streams while nobody has asked for `process.stdout` or
// `process.stderr`; from then on programs may have changed those.

const { format, print } = native('inspect');
const { writeSync } = native('process');
const streams = require('internal/process/streams');
const channels = require('internal/console/channels');
const {
  kCounts, kFormatForStderr, kFormatForStdout, kGetInspectOptions, kGroupIndentWidth,
  kGroupIndentation, kWriteToConsole, methods,
} = require('internal/console/methods');

const console = {};

/** Whether what is written goes to no terminal and is not wanted in colours. */
const isPlain = { 1: undefined, 2: undefined };

function goesStraight(descriptor) {
  if (streams[descriptor] !== undefined) return false;
  return isPlain[descriptor] ??= !native('tty').isTerminal(descriptor) && !native('process').hasVariable('FORCE_COLOR');
}

/** The console that writes to streams, made when there is one. */
let streaming;

function slowly() {
  if (streaming === undefined) {
    const { Console, kBindProperties, kBindStreamsLazy } = require('internal/console/class');
    streaming = Object.create(Console.prototype);
    streaming[kBindStreamsLazy](require('process'));
    streaming[kBindProperties](true, 'auto');
  }
  streaming[kGroupIndentation] = console[kGroupIndentation];
  return streaming;
}

function write(descriptor, args) {
  if (!goesStraight(descriptor)) {
    const target = slowly();
    const string = descriptor === 1 ? target[kFormatForStdout](args) : target[kFormatForStderr](args);
    target[kWriteToConsole](descriptor, string);
  } else if (console[kGroupIndentation] === '') {
    print(descriptor, ...args);
  } else {
    console[kWriteToConsole](descriptor, format(...args));
  }
}

/** A function that prints its arguments, and tells those who listen to its channel. */
const printer = (name, descriptor) => ({
  [name](...args) {
    if (channels[name] !== undefined && channels[name].hasSubscribers) channels[name].publish(args);
    write(descriptor, args);
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
  const method = name === 'dirxml' ? console.log : methods[name];
  const call = { [name](...args) {
    return Reflect.apply(method, console, args);
  } }[name];
  console[name] = call;
}
console.trace = function trace(...args) {
  const place = { name: 'Trace', message: format(...args) };
  Error.captureStackTrace(place, trace);
  console.error(place.stack);
};

const hidden = (value) => ({ __proto__: null, value, writable: true, enumerable: false, configurable: true });

/** Members that few ask for, made by the class. */
function lazily(name, get) {
  Object.defineProperty(console, name, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get,
    set(value) {
      Object.defineProperty(console, name, hidden(value));
    },
  });
}

for (const name of ['_stdoutErrorHandler', '_stderrErrorHandler', '_ignoreErrors']) {
  lazily(name, () => slowly()[name]);
}
Object.defineProperty(console, '_times', hidden(new Map()));

Object.defineProperty(console, 'Console', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    const { Console } = require('internal/console/class');
    Object.defineProperty(console, 'Console', {
      __proto__: null, value: Console, writable: true, enumerable: true, configurable: true,
    });
    return Console;
  },
  set(value) {
    Object.defineProperty(console, 'Console', {
      __proto__: null, value, writable: true, enumerable: true, configurable: true,
    });
  },
});

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

lazily('_stdout', () => slowly()._stdout);
lazily('_stderr', () => slowly()._stderr);

Object.defineProperties(console, {
  [kWriteToConsole]: hidden((descriptor, string) => {
    if (!goesStraight(descriptor)) {
      slowly()[kWriteToConsole](descriptor, string);
      return;
    }
    const indentation = console[kGroupIndentation];
    if (indentation !== '') string = indentation + string.replaceAll('\n', `\n${indentation}`);
    writeSync(descriptor, `${string}\n`);
  }),
  [kGetInspectOptions]: hidden((descriptor) => (goesStraight(descriptor) ? {} : slowly()[kGetInspectOptions](descriptor))),
  [kFormatForStdout]: hidden((args) => format(...args)),
  [kFormatForStderr]: hidden((args) => format(...args)),
  [kCounts]: hidden(new Map()),
  [kGroupIndentWidth]: hidden(2),
  [kGroupIndentation]: hidden(''),
  [Symbol.toStringTag]: {
    __proto__: null, value: 'console', writable: false, enumerable: false, configurable: true,
  },
});

// Its prototype is an object of its own.
module.exports = Object.setPrototypeOf(console, {});
