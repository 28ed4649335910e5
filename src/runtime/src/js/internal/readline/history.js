'use strict';

// The lines that were entered before: https://nodejs.org/api/readline.html#event-history

const { validateArray, validateNumber } = require('internal/validators');

const USUAL_SIZE = 30;

/** In one entry, lines stand behind each other in this order. */
function reverseLines(text, from, to) {
  return text.includes(from) ? text.split(from).reverse().join(to) : text;
}

class History {
  constructor({ history, historySize, removeHistoryDuplicates }) {
    if (history === undefined) history = [];
    else validateArray(history, 'history');
    if (historySize === undefined) historySize = USUAL_SIZE;
    validateNumber(historySize, 'size', 0);
    this.lines = history;
    this.size = historySize;
    this.removesDuplicates = Boolean(removeHistoryDuplicates);
    this.index = -1;
  }

  /** Adds a line: the one that is the newest now, which a listener may have changed. */
  add(line, isMultiline, emit) {
    if (line.length === 0) return '';
    if (this.size === 0 || line.trim().length === 0) return line;
    const normalized = isMultiline ? reverseLines(line, '\n', '\r') : line;
    if (this.lines.length === 0 || this.lines[0] !== normalized) {
      if (this.removesDuplicates) {
        const at = this.lines.indexOf(line);
        if (at !== -1) this.lines.splice(at, 1);
      }
      this.lines.unshift(normalized);
      if (this.lines.length > this.size) this.lines.pop();
    }
    this.index = -1;
    const added = isMultiline ? reverseLines(this.lines[0], '\r', '\n') : this.lines[0];
    emit(this.lines);
    return added;
  }

  #at(index) {
    return reverseLines(this.lines[index], '\r', '\n');
  }

  canGoForward() {
    return this.index >= 0;
  }

  canGoBack() {
    return this.index < this.lines.length && this.lines.length > 0;
  }

  /** The next line towards now that begins so and is not the current one. */
  forward(search, current) {
    let index = this.index - 1;
    while (index >= 0 && (!this.lines[index].startsWith(search) || current === this.lines[index])) index--;
    this.index = index;
    return index === -1 ? search : this.#at(index);
  }

  back(search, current) {
    let index = this.index + 1;
    const { lines } = this;
    while (index < lines.length && (!lines[index].startsWith(search) || current === lines[index])) index++;
    this.index = index;
    return index === lines.length ? search : this.#at(index);
  }
}

module.exports = { History };
