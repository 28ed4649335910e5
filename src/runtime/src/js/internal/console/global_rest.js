'use strict';

// What of the global console is loaded only when something of it is used.

const { formatWithOptions } = require('internal/inspect');
const { writeSync } = native('process');
const { Console, kBindProperties, kBindStreamsLazy } = require('internal/console/class');
const {
  kFormatForStderr, kFormatForStdout, kGetInspectOptions, kGroupIndentation, kWriteToConsole, methods,
} = require('internal/console/methods');

const hidden = (value) => ({ __proto__: null, value, writable: true, enumerable: false, configurable: true });

/**
 * `indentation` gets and sets what stands before lines; `goesStraight` says whether what is
 * written goes past streams.
 */
function complete(console, indentation, goesStraight) {
  /** Has the state and the streams. */
  const state = Object.create(Console.prototype);
  state[kBindStreamsLazy](require('process'));
  state[kBindProperties](true, 'auto');
  Object.defineProperty(state, kGroupIndentation, { __proto__: null, ...indentation, configurable: true });

  const writeIndented = (descriptor, string) => {
    const before = indentation.get();
    if (before !== '') string = before + string.replaceAll('\n', `\n${before}`);
    writeSync(descriptor, `${string}\n`);
  };

  // Methods print by way of the functions of the console, which programs may have replaced.
  const receiver = Object.create(state, {
    [kWriteToConsole]: hidden((descriptor, string) => {
      if (goesStraight(descriptor)) writeIndented(descriptor, string);
      else state[kWriteToConsole](descriptor, string);
    }),
    [kGetInspectOptions]: hidden((descriptor) => (
      goesStraight(descriptor) ? {} : state[kGetInspectOptions](descriptor))),
  });
  for (const name of ['log', 'warn', 'error']) {
    Object.defineProperty(receiver, name, hidden((...args) => console[name](...args)));
  }

  return {
    writeIndented,

    writeToStream(descriptor, args) {
      const string = descriptor === 1 ? state[kFormatForStdout](args) : state[kFormatForStderr](args);
      state[kWriteToConsole](descriptor, string);
    },

    call(name, caller, args) {
      if (name === 'trace') {
        const place = { name: 'Trace', message: formatWithOptions({}, ...args) };
        Error.captureStackTrace(place, caller);
        return console.error(place.stack);
      }
      return Reflect.apply(methods[name], receiver, args);
    },

    member: (name) => state[name],

    setMember(name, value) {
      state[name] = value;
    },
  };
}

module.exports = { complete };
