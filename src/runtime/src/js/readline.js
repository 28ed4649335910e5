'use strict';

// https://nodejs.org/api/readline.html

const { AbortError } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const { promisify } = require('internal/util');
const { clearLine, clearScreenDown, cursorTo, moveCursor } = require('internal/readline/cursor');
const { emitKeypressEvents } = require('internal/readline/keys');
const { InterfaceConstructor } = require('internal/readline/interface');
const k = require('internal/readline/symbols');

function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  if (input?.input && typeof input.completer === 'function' && input.completer.length !== 2) {
    // One that gives its result is like one that gives a promise.
    const { completer: own } = input;
    input = { ...input, completer: (value, callback) => callback(null, own(value)) };
  } else if (typeof completer === 'function' && completer.length !== 2) {
    const own = completer;
    completer = (value, callback) => callback(null, own(value));
  }
  Reflect.apply(InterfaceConstructor, this, [input, output, completer, terminal]);
  if (process.env.TERM === 'dumb') this._ttyWrite = (text, key) => writeDumb(this, text, key);
}
Object.setPrototypeOf(Interface.prototype, InterfaceConstructor.prototype);
Object.setPrototypeOf(Interface, InterfaceConstructor);

/** A terminal that cannot move its cursor has no editor. */
function writeDumb(self, text, key = {}) {
  if (key.name === 'escape') return;
  if (self[k._sawReturnAt] && key.name !== 'enter') self[k._sawReturnAt] = 0;
  if (key.ctrl) {
    if (key.name === 'c') {
      if (self.listenerCount('SIGINT') > 0) self.emit('SIGINT');
      else self.close();
    }
    if (key.name === 'd') self.close();
    return;
  }
  if (key.name === 'return') {
    self[k._sawReturnAt] = Date.now();
    self[k._line]();
  } else if (key.name === 'enter') {
    if (self[k._sawReturnAt] === 0 || Date.now() - self[k._sawReturnAt] > self.crlfDelay) self[k._line]();
    self[k._sawReturnAt] = 0;
  } else if (typeof text === 'string' && text) {
    self.line += text;
    self.cursor += text.length;
    self[k._writeToOutput](text);
  }
}

Interface.prototype.question = function question(query, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  options ??= {};
  if (options.signal) {
    const { signal } = options;
    validateAbortSignal(signal, 'options.signal');
    if (signal.aborted) return;
    const abort = () => this[k.kQuestionCancel]();
    signal.addEventListener('abort', abort, { once: true });
    const own = callback;
    callback = typeof own === 'function' ? (answer) => {
      signal.removeEventListener('abort', abort);
      own(answer);
    } : () => signal.removeEventListener('abort', abort);
  }
  if (typeof callback === 'function') this[k.kQuestion](query, callback);
};

Interface.prototype.question[promisify.custom] = function question(query, options) {
  options ??= {};
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  return new Promise((resolve, reject) => {
    let callback = resolve;
    if (signal) {
      const abort = () => reject(new AbortError(undefined, { cause: signal.reason }));
      signal.addEventListener('abort', abort, { once: true });
      callback = (answer) => {
        signal.removeEventListener('abort', abort);
        resolve(answer);
      };
    }
    this.question(query, options, callback);
  });
};

/** Names with underscores, by which programs have reached for what is under symbols now. */
const FIELDS = ['_decoder', '_line_buffer', '_oldPrompt', '_previousKey', '_prompt', '_questionCallback', '_sawKeyPress',
                '_sawReturnAt'];
for (const name of FIELDS) {
  Object.defineProperty(Interface.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this[k[name]];
    },
    set(value) {
      this[k[name]] = value;
    },
  });
}

/** What one name is overridden with is what the other one calls. */
const METHODS = [
  '_setRawMode', '_onLine', '_writeToOutput', '_addHistory', '_refreshLine', '_normalWrite', '_insertString',
  '_tabComplete', '_wordLeft', '_wordRight', '_deleteLeft', '_deleteRight', '_deleteWordLeft', '_deleteWordRight',
  '_deleteLineLeft', '_deleteLineRight', '_line', '_historyNext', '_historyPrev', '_getDisplayPos', '_moveCursor',
  '_ttyWrite',
];
for (const name of METHODS) {
  Interface.prototype[name] = {
    [name](...args) {
      return Reflect.apply(InterfaceConstructor.prototype[k[name]], this, args);
    },
  }[name];
  Object.defineProperty(Interface.prototype, k[name], {
    __proto__: null,
    configurable: true,
    enumerable: false,
    writable: true,
    value(...args) {
      return this[name](...args);
    },
  });
}

/** Completers here call back, which may be at once. */
Interface.prototype._tabComplete = function _tabComplete(lastKeypressWasTab) {
  this.pause();
  this.completer(this.line.slice(0, this.cursor), (error, value) => {
    this.resume();
    if (error) {
      this[k._writeToOutput](`Tab completion error: ${require('internal/inspect').inspect(error)}`);
      return;
    }
    this[k._tabCompleter](lastKeypressWasTab, value);
  });
};
Interface.prototype._getCursorPos = function _getCursorPos() {
  return this.getCursorPos();
};

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = {
  Interface,
  clearLine,
  clearScreenDown,
  createInterface,
  cursorTo,
  emitKeypressEvents,
  moveCursor,
};
Object.defineProperty(module.exports, 'promises', {
  configurable: true, enumerable: true, get: () => require('readline/promises'),
});
