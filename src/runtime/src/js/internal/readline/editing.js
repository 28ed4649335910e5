'use strict';

// The editor of a line in a terminal.
// https://nodejs.org/api/readline.html#tty-keybindings

const { stripVTControlCharacters } = require('util');
const { clearScreenDown, cursorTo, moveCursor } = require('internal/readline/cursor');
const { charLengthAt, charLengthLeft, commonPrefix, reverse } = require('internal/readline/text');
const k = require('internal/readline/symbols');

/** So many states can be gone back to, and so many pieces are kept that were cut out. */
const UNDO_SIZE = 2048;
const KILL_RING_SIZE = 32;

const UNDO = 0x1f;
const REDO = 0x1e;

const kYanking = Symbol('_yanking');
const kKillRing = Symbol('_killRing');
const kKillRingCursor = Symbol('_killRingCursor');
const kUndoStack = Symbol('_undoStack');
const kRedoStack = Symbol('_redoStack');
const kSubstringSearch = Symbol('_substringSearch');

/** How many columns a text takes. */
function width(text, removesEscapes) {
  return require('internal/inspect').getStringWidth(text, removesEscapes);
}

/** How long the word is at whose end a text ends. */
function wordBefore(text) {
  return /^\s*(?:[^\w\s]+|\w+)?/.exec(reverse(text))[0].length;
}

const editing = {
  /** What an editor has at its beginning. */
  prepareEditing() {
    this[kYanking] = false;
    this[kKillRing] = [];
    this[kKillRingCursor] = 0;
    this[kUndoStack] = [];
    this[kRedoStack] = [];
    this[kSubstringSearch] = null;
  },

  // -------------------------------------------------------------------------
  // The screen
  // -------------------------------------------------------------------------

  /** How many rows and columns a text goes down and to the right. */
  [k._getDisplayPos](text) {
    const { columns } = this;
    let offset = 0;
    let rows = 0;
    for (const letter of stripVTControlCharacters(text)) {
      if (letter === '\n') {
        rows += Math.ceil(offset / columns) || 1;
        offset = 0;
      } else if (letter === '\t') {
        offset += this.tabSize - offset % this.tabSize;
      } else {
        const size = width(letter, false);
        // What takes two columns does not stand on two lines.
        if (size === 2 && (offset + 1) % columns === 0) offset++;
        offset += size;
      }
    }
    const cols = offset % columns;
    rows += (offset - cols) / columns;
    return { cols, rows };
  },

  getCursorPos() {
    return this[k._getDisplayPos](this[k._prompt] + this.line.slice(0, this.cursor));
  },

  [k._refreshLine]() {
    const line = this[k._prompt] + this.line;
    const end = this[k._getDisplayPos](line);
    const cursor = this.getCursorPos();
    const before = this.prevRows || 0;
    if (before > 0) moveCursor(this.output, 0, -before);
    cursorTo(this.output, 0);
    clearScreenDown(this.output);
    this[k._writeToOutput](line);
    // The terminal begins a new line only when something is in it.
    if (end.cols === 0) this[k._writeToOutput](' ');
    cursorTo(this.output, cursor.cols);
    const up = end.rows - cursor.rows;
    if (up > 0) moveCursor(this.output, 0, -up);
    this.prevRows = cursor.rows;
  },

  [k._moveCursor](dx) {
    if (dx === 0) return;
    const before = this.getCursorPos();
    this.cursor = Math.min(Math.max(this.cursor + dx, 0), this.line.length);
    const after = this.getCursorPos();
    if (before.rows === after.rows) moveCursor(this.output, after.cols - before.cols, 0);
    else this[k._refreshLine]();
  },

  // -------------------------------------------------------------------------
  // Changes
  // -------------------------------------------------------------------------

  [k._setLine](line, cursor) {
    this.line = line;
    this.cursor = cursor;
    this[k._refreshLine]();
  },

  [k._beforeEdit](text, cursor) {
    this[k._pushToUndoStack](text, cursor);
  },

  [k._pushToUndoStack](text, cursor) {
    if (this[kUndoStack].push({ text, cursor }) > UNDO_SIZE) this[kUndoStack].shift();
  },

  [k._undo]() {
    if (this[kUndoStack].length === 0) return;
    this[kRedoStack].push({ text: this.line, cursor: this.cursor });
    const { text, cursor } = this[kUndoStack].pop();
    this[k._setLine](text, cursor);
  },

  [k._redo]() {
    if (this[kRedoStack].length === 0) return;
    this[kUndoStack].push({ text: this.line, cursor: this.cursor });
    const { text, cursor } = this[kRedoStack].pop();
    this[k._setLine](text, cursor);
  },

  [k._insertString](text) {
    this[k._beforeEdit](this.line, this.cursor);
    // What is pasted is shown properly when its last letter is there.
    const isLast = this.isCompletionEnabled;
    if (this.cursor < this.line.length) {
      this.line = this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor);
      this.cursor += text.length;
      if (isLast) this[k._refreshLine]();
      else this[k._writeToOutput](text);
      return;
    }
    const before = this.getCursorPos();
    this.line += text;
    this.cursor += text.length;
    if (isLast && before.rows < this.getCursorPos().rows) this[k._refreshLine]();
    else this[k._writeToOutput](text);
  },

  /** Takes a part of the line out. */
  cut(from, to) {
    this[k._beforeEdit](this.line, this.cursor);
    const removed = this.line.slice(from, to);
    this[k._setLine](this.line.slice(0, from) + this.line.slice(to), from);
    return removed;
  },

  [k._deleteLeft]() {
    if (this.cursor === 0 || this.line.length === 0) return;
    this.cut(this.cursor - charLengthLeft(this.line, this.cursor), this.cursor);
  },

  [k._deleteRight]() {
    if (this.cursor >= this.line.length) return;
    this.cut(this.cursor, this.cursor + charLengthAt(this.line, this.cursor));
  },

  [k._deleteWordLeft]() {
    if (this.cursor === 0) return;
    this.cut(this.cursor - wordBefore(this.line.slice(0, this.cursor)), this.cursor);
  },

  [k._deleteWordRight]() {
    if (this.cursor >= this.line.length) return;
    const match = /^(?:\s+|\W+|\w+)\s*/.exec(this.line.slice(this.cursor));
    this.cut(this.cursor, this.cursor + match[0].length);
  },

  [k._deleteLineLeft]() {
    this[k._pushToKillRing](this.cut(0, this.cursor));
  },

  [k._deleteLineRight]() {
    this[k._pushToKillRing](this.cut(this.cursor, this.line.length));
  },

  [k._wordLeft]() {
    if (this.cursor > 0) this[k._moveCursor](-wordBefore(this.line.slice(0, this.cursor)));
  },

  [k._wordRight]() {
    if (this.cursor >= this.line.length) return;
    const match = /^(?:\s+|[^\w\s]+|\w+)\s*/.exec(this.line.slice(this.cursor));
    this[k._moveCursor](match[0].length);
  },

  // -------------------------------------------------------------------------
  // What was cut out
  // -------------------------------------------------------------------------

  [k._pushToKillRing](removed) {
    const ring = this[kKillRing];
    if (!removed || removed === ring[0]) return;
    ring.unshift(removed);
    this[kKillRingCursor] = 0;
    while (ring.length > KILL_RING_SIZE) ring.pop();
  },

  [k._yank]() {
    if (this[kKillRing].length === 0) return;
    this[kYanking] = true;
    this[k._insertString](this[kKillRing][this[kKillRingCursor]]);
  },

  [k._yankPop]() {
    const ring = this[kKillRing];
    if (!this[kYanking] || ring.length < 2) return;
    const last = ring[this[kKillRingCursor]];
    this[kKillRingCursor] = (this[kKillRingCursor] + 1) % ring.length;
    const next = ring[this[kKillRingCursor]];
    const head = this.line.slice(0, this.cursor - last.length);
    this[k._setLine](head + next + this.line.slice(this.cursor), head.length + next.length);
  },

  // -------------------------------------------------------------------------
  // History
  // -------------------------------------------------------------------------

  [k._historyNext]() {
    const history = this.historyManager;
    if (!history.canGoForward()) return;
    this[k._beforeEdit](this.line, this.cursor);
    const line = history.forward(this[kSubstringSearch] || '', this.line);
    this[k._setLine](line, line.length);
  },

  [k._historyPrev]() {
    const history = this.historyManager;
    if (!history.canGoBack()) return;
    this[k._beforeEdit](this.line, this.cursor);
    const line = history.back(this[kSubstringSearch] || '', this.line);
    this[k._setLine](line, line.length);
  },

  /** Moves within a text of several lines. Whether there was room. */
  moveVertically(direction) {
    if (!this.line.includes('\n')) return false;
    const starts = [0];
    for (let at = this.line.indexOf('\n'); at !== -1; at = this.line.indexOf('\n', at + 1)) starts.push(at + 1);
    let row = starts.length - 1;
    while (starts[row] > this.cursor) row--;
    const target = row + direction;
    if (target < 0 || target >= starts.length) return false;
    const end = target + 1 < starts.length ? starts[target + 1] - 1 : this.line.length;
    this.cursor = Math.min(starts[target] + this.cursor - starts[row], end);
    this[k._refreshLine]();
    return true;
  },

  [k._moveUpOrHistoryPrev]() {
    if (!this.moveVertically(-1)) this[k._historyPrev]();
  },

  [k._moveDownOrHistoryNext]() {
    if (!this.moveVertically(1)) this[k._historyNext]();
  },

  // -------------------------------------------------------------------------
  // Completion
  // -------------------------------------------------------------------------

  async [k._tabComplete](lastKeypressWasTab) {
    this.pause();
    const text = this.line.slice(0, this.cursor);
    let value;
    try {
      value = await this.completer(text);
    } catch (error) {
      this[k._writeToOutput](`Tab completion error: ${require('internal/inspect').inspect(error)}`);
      return;
    } finally {
      this.resume();
    }
    this[k._tabCompleter](lastKeypressWasTab, value);
  },

  [k._tabCompleter](lastKeypressWasTab, [completions, completeOn]) {
    if (!completions || completions.length === 0) return;
    const prefix = commonPrefix(completions.filter((each) => each !== ''));
    if (prefix.startsWith(completeOn) && prefix.length > completeOn.length) {
      this[k._insertString](prefix.slice(completeOn.length));
      return;
    }
    if (!completeOn.startsWith(prefix)) {
      const start = this.cursor - completeOn.length;
      this[k._setLine](this.line.slice(0, start) + prefix + this.line.slice(this.cursor), start + prefix.length);
      return;
    }
    if (!lastKeypressWasTab) return;
    this[k._beforeEdit](this.line, this.cursor);
    this[k._writeToOutput](table(completions, this.columns));
    this[k._refreshLine]();
  },

  // -------------------------------------------------------------------------
  // Keys
  // -------------------------------------------------------------------------

  [k._line]() {
    const line = this[k._addHistory]();
    this[kUndoStack] = [];
    this[kRedoStack] = [];
    this.clearLine();
    this[k._onLine](line);
  },

  [k._ttyWrite](text, key) {
    const previousKey = this[k._previousKey];
    key ||= {};
    this[k._previousKey] = key;
    if (!key.meta || key.name !== 'y') this[kYanking] = false;
    this.followSearch(key);
    if (typeof key.sequence === 'string') {
      const code = key.sequence.codePointAt(0);
      if (code === UNDO) {
        this[k._undo]();
        return;
      }
      if (code === REDO) {
        this[k._redo]();
        return;
      }
    }
    if (key.name === 'escape') return;
    if (key.ctrl && key.shift) this.onControlShift(key);
    else if (key.ctrl) this.onControl(key);
    else if (key.meta) this.onMeta(key);
    else this.onKey(text, key, previousKey);
  },

  /** Up and down look for what begins as the line did when they were pressed first. */
  followSearch(key) {
    if ((key.name === 'up' || key.name === 'down') && !key.ctrl && !key.meta && !key.shift) {
      if (this[kSubstringSearch] === null && !this.line.includes('\n')) {
        this[kSubstringSearch] = this.line.slice(0, this.cursor);
      }
    } else if (this[kSubstringSearch] !== null) {
      this[kSubstringSearch] = null;
      if (this.history.length === this.historyIndex) this.historyIndex = -1;
    }
  },

  onControlShift({ name }) {
    if (name === 'backspace') this[k._deleteLineLeft]();
    if (name === 'delete') this[k._deleteLineRight]();
  },

  onControl({ name }) {
    switch (name) {
      case 'c':
        if (this.listenerCount('SIGINT') > 0) this.emit('SIGINT');
        else this.giveUp('Aborted with Ctrl+C');
        break;
      case 'h': this[k._deleteLeft](); break;
      case 'd':
        if (this.cursor === 0 && this.line.length === 0) this.giveUp('Aborted with Ctrl+D');
        else this[k._deleteRight]();
        break;
      case 'u': this[k._deleteLineLeft](); break;
      case 'k': this[k._deleteLineRight](); break;
      case 'a': this[k._moveCursor](-Infinity); break;
      case 'e': this[k._moveCursor](Infinity); break;
      case 'b': this[k._moveCursor](-charLengthLeft(this.line, this.cursor)); break;
      case 'f': this[k._moveCursor](charLengthAt(this.line, this.cursor)); break;
      case 'l':
        cursorTo(this.output, 0, 0);
        clearScreenDown(this.output);
        this[k._refreshLine]();
        break;
      case 'n': this[k._historyNext](); break;
      case 'p': this[k._historyPrev](); break;
      case 'y': this[k._yank](); break;
      case 'z': this.suspend(); break;
      case 'w':
      case 'backspace': this[k._deleteWordLeft](); break;
      case 'delete': this[k._deleteWordRight](); break;
      case 'left': this[k._wordLeft](); break;
      case 'right': this[k._wordRight](); break;
      default:
    }
  },

  /** Closes the interface: who has asked a question gets no answer. */
  giveUp(message) {
    const { AbortError } = require('internal/errors');
    this[k._questionReject]?.(new AbortError(message));
    this.close();
  },

  /** Gives the terminal back to the shell. */
  suspend() {
    if (process.platform === 'win32') return;
    if (this.listenerCount('SIGTSTP') > 0) {
      this.emit('SIGTSTP');
      return;
    }
    process.once('SIGCONT', () => {
      if (!this.paused) {
        this.pause();
        this.emit('SIGCONT');
      }
      this[k._setRawMode](true);
      this[k._refreshLine]();
    });
    this[k._setRawMode](false);
    process.kill(process.pid, 'SIGTSTP');
  },

  onMeta({ name }) {
    switch (name) {
      case 'b': this[k._wordLeft](); break;
      case 'f': this[k._wordRight](); break;
      case 'd':
      case 'delete': this[k._deleteWordRight](); break;
      case 'backspace': this[k._deleteWordLeft](); break;
      case 'y': this[k._yankPop](); break;
      default:
    }
  },

  onKey(text, key, previousKey) {
    // A line feed belongs to the return right before it.
    if (this[k._sawReturnAt] && key.name !== 'enter') this[k._sawReturnAt] = 0;
    switch (key.name) {
      case 'return':
        this[k._sawReturnAt] = Date.now();
        this[k._line]();
        break;
      case 'enter':
        if (this[k._sawReturnAt] === 0 || Date.now() - this[k._sawReturnAt] > this.crlfDelay) this[k._line]();
        this[k._sawReturnAt] = 0;
        break;
      case 'backspace': this[k._deleteLeft](); break;
      case 'delete': this[k._deleteRight](); break;
      case 'left': this[k._moveCursor](-charLengthLeft(this.line, this.cursor)); break;
      case 'right': this[k._moveCursor](charLengthAt(this.line, this.cursor)); break;
      case 'home': this[k._moveCursor](-Infinity); break;
      case 'end': this[k._moveCursor](Infinity); break;
      case 'up': this[k._moveUpOrHistoryPrev](); break;
      case 'down': this[k._moveDownOrHistoryNext](); break;
      case 'tab':
        if (typeof this.completer === 'function' && this.isCompletionEnabled) {
          this[k._tabComplete](Boolean(previousKey && previousKey.name === 'tab'));
          break;
        }
        this.type(text);
        break;
      default:
        this.type(text);
    }
  },

  /** Letters, and lines where there are ends of lines among them. */
  type(text) {
    if (typeof text !== 'string' || !text) return;
    const { LINE_ENDING } = require('internal/readline/interface');
    const pattern = new RegExp(LINE_ENDING);
    let at = 0;
    for (let ending = pattern.exec(text); ending !== null; ending = pattern.exec(text)) {
      this[k._insertString](text.slice(at, ending.index));
      at = pattern.lastIndex;
      this[k._line]();
    }
    this[k._insertString](text.slice(at));
  },
};

/** Completions, as many beside each other as there is room for. */
function table(completions, columns) {
  const widths = completions.map((each) => width(each));
  const cell = Math.max(...widths) + 2;
  let most = Math.floor(columns / cell) || 1;
  if (most === Infinity) most = 1;
  let output = '\r\n';
  let inLine = 0;
  let gap = 0;
  completions.forEach((completion, i) => {
    if (completion === '' || inLine === most) {
      output += '\r\n';
      inLine = 0;
      gap = 0;
    } else {
      output += ' '.repeat(gap);
    }
    if (completion === '') {
      output += '\r\n';
    } else {
      output += completion;
      gap = cell - widths[i];
      inLine++;
    }
  });
  if (inLine !== 0) output += '\r\n\r\n';
  return output;
}

let isInstalled = false;

/** Gives interfaces the editor, when the first of them has a terminal. */
function install(prototype) {
  if (isInstalled) return;
  isInstalled = true;
  for (const name of Reflect.ownKeys(editing)) {
    Object.defineProperty(prototype, name, {
      __proto__: null, configurable: true, enumerable: false, writable: true, value: editing[name],
    });
  }
}

module.exports = { install };
