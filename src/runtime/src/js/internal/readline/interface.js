'use strict';

// `readline.Interface`: lines from a stream, or from a terminal with an editor around them.
// https://nodejs.org/api/readline.html#class-interfaceconstructor

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { codes: { ERR_INVALID_ARG_VALUE, ERR_USE_AFTER_CLOSE } } = require('internal/errors');
const { validateAbortSignal, validateString, validateUint32 } = require('internal/validators');
const { kFirstEventParam } = require('internal/events/symbols');
const { emitKeypressEvents, ESCAPE_CODE_TIMEOUT } = require('internal/readline/keys');
const { History } = require('internal/readline/history');
const k = require('internal/readline/symbols');
const { nextTick } = native('process');

const LINE_ENDING = /\r?\n|\r(?!\n)|\u2028|\u2029/g;
/** So long after a return, a line feed still belongs to it. */
const MIN_CRLF_DELAY = 100;
const NEWLINE = 10;

function InterfaceConstructor(input, output, completer, terminal) {
  this[k._sawReturnAt] = 0;
  this.isCompletionEnabled = true;
  this[k._sawKeyPress] = false;
  this[k._previousKey] = null;
  this.escapeCodeTimeout = ESCAPE_CODE_TIMEOUT;
  this.tabSize = 8;
  Reflect.apply(EventEmitter, this, []);

  let crlfDelay;
  let prompt = '> ';
  let signal;
  let history = {};
  if (input?.input) {
    const options = input;
    ({ output, completer, terminal, signal, crlfDelay } = options);
    history = options;
    if (options.tabSize !== undefined) validateUint32(options.tabSize, 'tabSize', true);
    if (options.tabSize !== undefined) this.tabSize = options.tabSize;
    if (options.prompt !== undefined) ({ prompt } = options);
    const { escapeCodeTimeout } = options;
    if (escapeCodeTimeout !== undefined) {
      if (!Number.isFinite(escapeCodeTimeout)) {
        throw new ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', this.escapeCodeTimeout);
      }
      this.escapeCodeTimeout = escapeCodeTimeout;
    }
    if (signal) validateAbortSignal(signal, 'options.signal');
    ({ input } = options);
  }
  if (completer !== undefined && typeof completer !== 'function') {
    throw new ERR_INVALID_ARG_VALUE('completer', completer);
  }
  if (terminal === undefined && output !== null && output !== undefined) terminal = Boolean(output.isTTY);

  this.line = '';
  this.output = output;
  this.input = input;
  defineHistory(this, new History(history));
  this.crlfDelay = crlfDelay ? Math.max(MIN_CRLF_DELAY, crlfDelay) : MIN_CRLF_DELAY;
  this.completer = completer;
  this.setPrompt(prompt);
  this.terminal = Boolean(terminal);
  this[k._questionCallback] = null;
  this[k._line_buffer] = undefined;
  if (this.terminal) listenToKeys(this);
  else listenToData(this);
  if (signal) {
    const abort = () => this.close();
    if (signal.aborted) {
      nextTick(abort);
    } else {
      signal.addEventListener('abort', abort, { once: true });
      this.once('close', () => signal.removeEventListener('abort', abort));
    }
  }
  this.line = '';
  input.resume();
}
Object.setPrototypeOf(InterfaceConstructor.prototype, EventEmitter.prototype);
Object.setPrototypeOf(InterfaceConstructor, EventEmitter);

/** The history as properties of the interface. */
function defineHistory(self, history) {
  Object.defineProperty(self, 'historyManager', { configurable: true, enumerable: true, writable: true, value: history });
  for (const [name, key] of [['history', 'lines'], ['historyIndex', 'index'], ['historySize', 'size']]) {
    Object.defineProperty(self, name, {
      __proto__: null,
      configurable: true,
      enumerable: true,
      get: () => history[key],
      set: (value) => { history[key] = value; },
    });
  }
}

// ---------------------------------------------------------------------------
// Where lines come from
// ---------------------------------------------------------------------------

function listenToData(self) {
  const { input } = self;
  const onError = (error) => self.emit('error', error);
  const onData = (data) => self[k._normalWrite](data);
  const onEnd = () => {
    const rest = self[k._line_buffer];
    if (typeof rest === 'string' && rest.length > 0) self.emit('line', rest);
    self.close();
  };
  input.on('error', onError);
  input.on('data', onData);
  input.on('end', onEnd);
  self.once('close', () => {
    input.removeListener('data', onData);
    input.removeListener('error', onError);
    input.removeListener('end', onEnd);
  });
  self[k._decoder] = new StringDecoder('utf8');
}

function listenToKeys(self) {
  require('internal/readline/editing').install(InterfaceConstructor.prototype);
  const { input, output } = self;
  const onError = (error) => self.emit('error', error);
  const onKeypress = (text, key) => {
    self[k._ttyWrite](text, key);
    // Half of a letter is not shown before the other half is there.
    const unit = key?.sequence ? key.sequence.codePointAt(0) : 0;
    if (unit >= 0xd800 && unit <= 0xdfff) self[k._refreshLine]();
  };
  const onResize = () => self[k._refreshLine]();
  const onEnd = () => {
    if (typeof self.line === 'string' && self.line.length > 0) self.emit('line', self.line);
    self.close();
  };
  emitKeypressEvents(input, self);
  input.on('error', onError);
  input.on('keypress', onKeypress);
  input.on('end', onEnd);
  self[k._setRawMode](true);
  self.terminal = true;
  self.cursor = 0;
  self.historyIndex = -1;
  self.prepareEditing();
  if (output !== null && output !== undefined) output.on('resize', onResize);
  self.once('close', () => {
    input.removeListener('keypress', onKeypress);
    input.removeListener('error', onError);
    input.removeListener('end', onEnd);
    if (output !== null && output !== undefined) output.removeListener('resize', onResize);
  });
}

/** Takes what has come, and gives lines. */
InterfaceConstructor.prototype[k._normalWrite] = function(bytes) {
  if (bytes === undefined) return;
  let text = this[k._decoder].write(bytes);
  if (this[k._sawReturnAt] && Date.now() - this[k._sawReturnAt] <= this.crlfDelay) {
    if (text.codePointAt(0) === NEWLINE) text = text.slice(1);
    this[k._sawReturnAt] = 0;
  }
  LINE_ENDING.lastIndex = 0;
  let ending = LINE_ENDING.exec(text);
  if (ending === null) {
    if (text) this[k._line_buffer] = (this[k._line_buffer] ?? '') + text;
    return;
  }
  if (this[k._line_buffer]) {
    text = this[k._line_buffer] + text;
    LINE_ENDING.lastIndex = 0;
    ending = LINE_ENDING.exec(text);
  }
  this[k._line_buffer] = null;
  this[k._sawReturnAt] = text.endsWith('\r') ? Date.now() : 0;
  const lines = [];
  let at = 0;
  for (; ending !== null; ending = LINE_ENDING.exec(text)) {
    lines.push(text.slice(at, ending.index));
    at = LINE_ENDING.lastIndex;
  }
  this[k._line_buffer] = text.slice(at);
  for (const line of lines) this[k._onLine](line);
};

InterfaceConstructor.prototype[k._onLine] = function(line) {
  const callback = this[k._questionCallback];
  if (!callback) {
    this.emit('line', line);
    return;
  }
  this[k._questionCallback] = null;
  this[k._questionReject] = null;
  this.setPrompt(this[k._oldPrompt]);
  callback(line);
};

// ---------------------------------------------------------------------------
// What programs call
// ---------------------------------------------------------------------------

Object.defineProperty(InterfaceConstructor.prototype, 'columns', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return this.output?.columns ? this.output.columns : Infinity;
  },
});

const methods = {
  setPrompt(prompt) {
    this[k._prompt] = prompt;
  },

  getPrompt() {
    return this[k._prompt];
  },

  prompt(preserveCursor) {
    if (this.paused) this.resume();
    if (this.terminal && process.env.TERM !== 'dumb') {
      if (!preserveCursor) this.cursor = 0;
      this[k._refreshLine]();
    } else {
      this[k._writeToOutput](this[k._prompt]);
    }
  },

  close() {
    if (this.closed) return;
    this.pause();
    if (this.terminal) this[k._setRawMode](false);
    this.closed = true;
    this.emit('close');
  },

  pause() {
    if (this.closed) throw new ERR_USE_AFTER_CLOSE('readline');
    if (this.paused) return this;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  },

  resume() {
    if (this.closed) throw new ERR_USE_AFTER_CLOSE('readline');
    if (!this.paused) return this;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  },

  write(data, key) {
    if (this.closed) throw new ERR_USE_AFTER_CLOSE('readline');
    if (this.paused) this.resume();
    if (this.terminal) this[k._ttyWrite](data, key);
    else this[k._normalWrite](data);
  },

  [k._setRawMode](mode) {
    const wasRaw = this.input.isRaw;
    if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
    return wasRaw;
  },

  [k.kQuestion](query, callback) {
    if (this.closed) throw new ERR_USE_AFTER_CLOSE('readline');
    if (this[k._questionCallback]) {
      this.prompt();
      return;
    }
    this[k._oldPrompt] = this[k._prompt];
    this.setPrompt(query);
    this[k._questionCallback] = callback;
    this.prompt();
  },

  [k.kQuestionCancel]() {
    if (!this[k._questionCallback]) return;
    this[k._questionCallback] = null;
    this.setPrompt(this[k._oldPrompt]);
    this.clearLine();
  },

  [k._writeToOutput](text) {
    validateString(text, 'stringToWrite');
    if (this.output !== null && this.output !== undefined) this.output.write(text);
  },

  [k._addHistory]() {
    return this.historyManager.add(this.line, this.line.includes('\n'), (lines) => this.emit('history', lines));
  },

  clearLine() {
    this[k._moveCursor]?.(Infinity);
    this[k._writeToOutput]('\r\n');
    this.line = '';
    this.cursor = 0;
    this.prevRows = 0;
  },

  [Symbol.asyncIterator]() {
    this[kLines] ??= require('events').on(this, 'line', {
      close: ['close'],
      highWaterMark: 1024,
      [kFirstEventParam]: true,
    });
    return this[kLines];
  },

  [Symbol.dispose]() {
    this.close();
  },
};

const kLines = Symbol('_lines');

for (const name of Reflect.ownKeys(methods)) {
  Object.defineProperty(InterfaceConstructor.prototype, name, {
    __proto__: null, configurable: true, enumerable: false, writable: true, value: methods[name],
  });
}

module.exports = { InterfaceConstructor, LINE_ENDING };
