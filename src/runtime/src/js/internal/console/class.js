'use strict';

// https://nodejs.org/api/console.html#class-console

const { codes } = require('internal/errors');
const {
  validateInteger, validateObject, validateOneOf,
} = require('internal/validators');
const {
  ERROR, OUTPUT, formatting, kCounts, kGetInspectOptions, kGroupIndentWidth, kGroupIndentation,
  kWriteToConsole, methods,
} = require('internal/console/methods');

const { ERR_CONSOLE_WRITABLE_STREAM, ERR_INCOMPATIBLE_OPTION_PAIR } = codes;

const kColorMode = Symbol('kColorMode');
const kIsConsole = Symbol('kIsConsole');
const kBindStreamsEager = Symbol('kBindStreamsEager');
const kBindProperties = Symbol('kBindProperties');
const kBindStreamsLazy = Symbol('kBindStreamsLazy');
const DEFAULT_GROUP_INDENTATION = 2;
const MOST_GROUP_INDENTATION = 1000;

/** The options of `inspect` that programs have given for consoles. */
const inspectOptionsOf = new WeakMap();

function Console(options) {
  if (!new.target) return Reflect.construct(Console, arguments);
  if (!options || typeof options.write === 'function') {
    options = { stdout: options, stderr: arguments[1], ignoreErrors: arguments[2] };
  }
  const {
    stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions, groupIndentation,
  } = options;
  if (!stdout || typeof stdout.write !== 'function') throw new ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (!stderr || typeof stderr.write !== 'function') throw new ERR_CONSOLE_WRITABLE_STREAM('stderr');
  validateOneOf(colorMode, 'colorMode', ['auto', true, false]);
  if (groupIndentation !== undefined) {
    validateInteger(groupIndentation, 'groupIndentation', 0, MOST_GROUP_INDENTATION);
  }
  if (inspectOptions !== undefined) {
    validateObject(inspectOptions, 'options.inspectOptions');
    if (inspectOptions.colors !== undefined && options.colorMode !== undefined) {
      throw new ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
    }
    inspectOptionsOf.set(this, inspectOptions);
  }
  // Methods work without their console.
  const prototype = Object.getPrototypeOf(this);
  for (const name of Object.keys(Console.prototype)) {
    const method = this[name] ?? prototype[name];
    this[name] = method.bind(this);
    Object.defineProperty(this[name], 'name', { __proto__: null, value: name, configurable: true });
  }
  this[kBindStreamsEager](stdout, stderr);
  this[kBindProperties](ignoreErrors, colorMode, groupIndentation);
  return this;
}

const hidden = (value) => ({ __proto__: null, value, writable: true, enumerable: false, configurable: true });

Object.defineProperty(Console, Symbol.hasInstance, {
  __proto__: null,
  value(instance) {
    return instance === require('internal/console_global') || Boolean(instance?.[kIsConsole]);
  },
});

/** Takes the errors of a stream that nobody else does. */
const noop = () => {};

function errorHandler(target, name) {
  return (error) => {
    const stream = target[name];
    if (error !== null && error !== undefined && !stream._writableState?.errorEmitted &&
        stream.listenerCount?.('error') === 0) {
      stream.once('error', noop);
    }
  };
}

const internals = {
  [kBindStreamsEager](stdout, stderr) {
    Object.defineProperties(this, { _stdout: hidden(stdout), _stderr: hidden(stderr) });
  },

  /** Streams that are taken from an object when something is written. */
  [kBindStreamsLazy](object) {
    let stdout;
    let stderr;
    const lazy = (get, set) => ({ __proto__: null, enumerable: false, configurable: true, get, set });
    Object.defineProperties(this, {
      _stdout: lazy(() => (stdout ||= object.stdout), (value) => {
        stdout = value;
      }),
      _stderr: lazy(() => (stderr ||= object.stderr), (value) => {
        stderr = value;
      }),
    });
  },

  [kBindProperties](ignoreErrors, colorMode, groupIndentation = DEFAULT_GROUP_INDENTATION) {
    Object.defineProperties(this, {
      _stdoutErrorHandler: hidden(errorHandler(this, '_stdout')),
      _stderrErrorHandler: hidden(errorHandler(this, '_stderr')),
      _ignoreErrors: hidden(Boolean(ignoreErrors)),
      _times: hidden(new Map()),
      [kCounts]: hidden(new Map()),
      [kColorMode]: hidden(colorMode),
      [kIsConsole]: hidden(true),
      [kGroupIndentWidth]: hidden(groupIndentation),
      [kGroupIndentation]: hidden(''),
      [Symbol.toStringTag]: {
        __proto__: null, value: 'console', writable: false, enumerable: false, configurable: true,
      },
    });
  },

  [kWriteToConsole](descriptor, string) {
    const stream = descriptor === OUTPUT ? this._stdout : this._stderr;
    const indentation = this[kGroupIndentation];
    if (indentation !== '') {
      if (string.includes('\n')) string = string.replaceAll('\n', `\n${indentation}`);
      string = indentation + string;
    }
    string += '\n';
    if (!this._ignoreErrors) return stream.write(string);
    // What is printed for people must not end a program.
    const handler = descriptor === OUTPUT ? this._stdoutErrorHandler : this._stderrErrorHandler;
    const hasEvents = typeof stream.once === 'function';
    try {
      if (hasEvents && stream.listenerCount?.('error') === 0) stream.once('error', noop);
      stream.write(string, handler);
    } catch (error) {
      if (error instanceof RangeError && error.message === 'Maximum call stack size exceeded') throw error;
    } finally {
      if (hasEvents) stream.removeListener('error', noop);
    }
    return undefined;
  },

  [kGetInspectOptions](descriptor) {
    const given = inspectOptionsOf.get(this);
    if (given !== undefined && given.colors !== undefined) return given;
    const mode = this[kColorMode];
    const colors = mode === 'auto' ? isColorful(descriptor === ERROR ? this._stderr : this._stdout) : mode;
    if (given !== undefined) return { ...given, colors };
    return colors ? WITH_COLORS : WITHOUT_COLORS;
  },
};

const WITH_COLORS = { colors: true };
const WITHOUT_COLORS = {};

function isColorful(stream) {
  if (require('process').env.FORCE_COLOR !== undefined) {
    return require('tty').WriteStream.prototype.getColorDepth() > 2;
  }
  return Boolean(stream?.isTTY && (typeof stream.getColorDepth !== 'function' || stream.getColorDepth() > 2));
}

Object.assign(Console.prototype, methods);
for (const part of [internals, formatting]) {
  for (const key of Reflect.ownKeys(part)) Object.defineProperty(Console.prototype, key, hidden(part[key]));
}

module.exports = { Console, kBindProperties, kBindStreamsLazy, kColorMode, kIsConsole };
