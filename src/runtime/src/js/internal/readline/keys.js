'use strict';

// Keys, as terminals send them: https://nodejs.org/api/readline.html#readlineemitkeypresseventsstream-interface

const { StringDecoder } = require('string_decoder');
const { charLengthAt, CSI: { kEscape } } = require('internal/readline/text');

const kDecoder = Symbol('keypress-decoder');
const kEscapeDecoder = Symbol('escape-decoder');
const kSawKeyPress = Symbol('_sawKeyPress');

const ESCAPE_CODE_TIMEOUT = 500;

/** Keys by what follows the escape: from xterm, gnome, rxvt, putty, and the console of Linux. */
const CODES = {
  __proto__: null,
  '[P': 'f1', '[Q': 'f2', '[R': 'f3', '[S': 'f4',
  'OP': 'f1', 'OQ': 'f2', 'OR': 'f3', 'OS': 'f4',
  '[11~': 'f1', '[12~': 'f2', '[13~': 'f3', '[14~': 'f4',
  '[200~': 'paste-start', '[201~': 'paste-end',
  '[[A': 'f1', '[[B': 'f2', '[[C': 'f3', '[[D': 'f4', '[[E': 'f5',
  '[15~': 'f5', '[17~': 'f6', '[18~': 'f7', '[19~': 'f8', '[20~': 'f9', '[21~': 'f10', '[23~': 'f11', '[24~': 'f12',
  '[A': 'up', '[B': 'down', '[C': 'right', '[D': 'left', '[E': 'clear', '[F': 'end', '[H': 'home',
  'OA': 'up', 'OB': 'down', 'OC': 'right', 'OD': 'left', 'OE': 'clear', 'OF': 'end', 'OH': 'home',
  '[1~': 'home', '[2~': 'insert', '[3~': 'delete', '[4~': 'end', '[5~': 'pageup', '[6~': 'pagedown',
  '[[5~': 'pageup', '[[6~': 'pagedown',
  '[7~': 'home', '[8~': 'end',
};

/** Those of rxvt that say shift or control by themselves. */
const SHIFTED = {
  __proto__: null,
  '[a': 'up', '[b': 'down', '[c': 'right', '[d': 'left', '[e': 'clear',
  '[2$': 'insert', '[3$': 'delete', '[5$': 'pageup', '[6$': 'pagedown', '[7$': 'home', '[8$': 'end',
  '[Z': 'tab',
};
const CONTROLLED = {
  __proto__: null,
  'Oa': 'up', 'Ob': 'down', 'Oc': 'right', 'Od': 'left', 'Oe': 'clear',
  '[2^': 'insert', '[3^': 'delete', '[5^': 'pageup', '[6^': 'pagedown', '[7^': 'home', '[8^': 'end',
};

function nameByCode(key, code) {
  if (CODES[code] !== undefined) {
    key.name = CODES[code];
  } else if (SHIFTED[code] !== undefined) {
    key.name = SHIFTED[code];
    key.shift = true;
  } else if (CONTROLLED[code] !== undefined) {
    key.name = CONTROLLED[code];
    key.ctrl = true;
  } else {
    key.name = 'undefined';
  }
}

function isDigit(letter) {
  return letter >= '0' && letter <= '9';
}

/** Takes letter after letter, and has the stream emit keys. */
function* emitKeys(stream) {
  for (;;) {
    let letter = yield;
    let sequence = letter;
    let isEscaped = false;
    const key = { sequence: null, name: undefined, ctrl: false, meta: false, shift: false };

    if (letter === kEscape) {
      isEscaped = true;
      sequence += letter = yield;
      if (letter === kEscape) sequence += letter = yield;
    }

    if (isEscaped && (letter === 'O' || letter === '[')) {
      // A sequence: letters and digits, of which some are modifiers.
      let code = letter;
      let modifier = 0;
      if (letter === 'O') {
        // ESC O [modifier] letter
        sequence += letter = yield;
        if (isDigit(letter)) {
          modifier = (letter >> 0) - 1;
          sequence += letter = yield;
        }
        code += letter;
      } else if (letter === '[') {
        sequence += letter = yield;
        if (letter === '[') {
          // ESC [ [ letter
          code += letter;
          sequence += letter = yield;
        }
        // ESC [ number [; modifier] (~ | ^ | $), or ESC [ [modifier] letter
        const start = sequence.length - 1;
        if (isDigit(letter)) {
          sequence += letter = yield;
          if (isDigit(letter)) {
            sequence += letter = yield;
            if (isDigit(letter)) sequence += letter = yield;
          }
        }
        if (letter === ';') {
          sequence += letter = yield;
          if (isDigit(letter)) sequence += yield;
        }
        const command = sequence.slice(start);
        let match = /^(?:(\d\d?)(?:;(\d))?([~^$])|(\d{3}~))$/.exec(command);
        if (match !== null) {
          if (match[4] !== undefined) {
            code += match[4];
          } else {
            code += match[1] + match[3];
            modifier = (match[2] || 1) - 1;
          }
        } else if ((match = /^((\d;)?(\d))?([A-Za-z])$/.exec(command)) !== null) {
          code += match[4];
          modifier = (match[3] || 1) - 1;
        } else {
          code += command;
        }
      }
      key.ctrl = Boolean(modifier & 4);
      key.meta = Boolean(modifier & 10);
      key.shift = Boolean(modifier & 1);
      key.code = code;
      nameByCode(key, code);
    } else if (letter === '\r') {
      key.name = 'return';
      key.meta = isEscaped;
    } else if (letter === '\n') {
      key.name = 'enter';
      key.meta = isEscaped;
    } else if (letter === '\t') {
      key.name = 'tab';
      key.meta = isEscaped;
    } else if (letter === '\b' || letter === '\x7f') {
      key.name = 'backspace';
      key.meta = isEscaped;
    } else if (letter === kEscape) {
      key.name = 'escape';
      key.meta = isEscaped;
    } else if (letter === ' ') {
      key.name = 'space';
      key.meta = isEscaped;
    } else if (!isEscaped && letter <= '\x1a') {
      // Control and a letter.
      key.name = String.fromCharCode(letter.charCodeAt(0) + 'a'.charCodeAt(0) - 1);
      key.ctrl = true;
    } else if (/^[0-9A-Za-z]$/.test(letter)) {
      key.name = letter.toLowerCase();
      key.shift = /^[A-Z]$/.test(letter);
      key.meta = isEscaped;
    } else if (isEscaped) {
      // The escape was meant for itself, or for a letter without a name.
      key.name = letter.length > 0 ? undefined : 'escape';
      key.meta = true;
    }

    key.sequence = sequence;
    if (sequence.length !== 0 && (key.name !== undefined || isEscaped)) {
      stream.emit('keypress', isEscaped ? undefined : sequence, key);
    } else if (charLengthAt(sequence, 0) === sequence.length) {
      // One letter, of whatever kind.
      stream.emit('keypress', sequence, key);
    }
    // Sequences that nobody knows are dropped.
  }
}

function restart(stream) {
  stream[kEscapeDecoder] = emitKeys(stream);
  stream[kEscapeDecoder].next();
}

function emitKeypressEvents(stream, iface = {}) {
  if (stream[kDecoder]) return;
  stream[kDecoder] = new StringDecoder('utf8');
  restart(stream);
  const { escapeCodeTimeout = ESCAPE_CODE_TIMEOUT } = iface;
  let timer;

  function onData(input) {
    if (stream.listenerCount('keypress') === 0) {
      // Nobody watches.
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
      return;
    }
    const text = stream[kDecoder].write(input);
    if (!text) return;
    clearTimeout(timer);
    // What is pasted is no key, and a tab in it completes nothing.
    iface[kSawKeyPress] = charLengthAt(text, 0) === text.length;
    iface.isCompletionEnabled = false;
    let length = 0;
    for (const letter of text) {
      length += letter.length;
      if (length === text.length) iface.isCompletionEnabled = true;
      try {
        stream[kEscapeDecoder].next(letter);
        // An escape at the end may be the key, or the beginning of a sequence.
        if (length === text.length && letter === kEscape) {
          timer = setTimeout(() => stream[kEscapeDecoder].next(''), escapeCodeTimeout);
        }
      } catch (error) {
        // A listener has thrown, which ends the generator.
        restart(stream);
        throw error;
      }
    }
  }

  function onNewListener(event) {
    if (event === 'keypress') {
      stream.on('data', onData);
      stream.removeListener('newListener', onNewListener);
    }
  }

  if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
  else stream.on('newListener', onNewListener);
}

module.exports = { emitKeypressEvents, ESCAPE_CODE_TIMEOUT, kSawKeyPress };
