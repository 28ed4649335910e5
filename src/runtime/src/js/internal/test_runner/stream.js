'use strict';

// The events of a run, as a stream: https://nodejs.org/api/test.html#class-testsstream

const { Readable } = require('stream');

class TestsStream extends Readable {
  #waiting = [];
  #canPush = false;

  constructor() {
    super({ __proto__: null, objectMode: true, highWaterMark: Number.MAX_SAFE_INTEGER });
  }

  _read() {
    this.#canPush = true;
    while (this.#waiting.length > 0) {
      if (!this.#tryPush(this.#waiting.shift())) return;
    }
  }

  #tryPush(message) {
    if (!this.#canPush) {
      this.#waiting.push(message);
      return false;
    }
    this.#canPush = this.push(message);
    return this.#canPush;
  }

  #send(type, data) {
    this.emit(type, data);
    this.#tryPush({ type, data });
  }

  enqueue(test, type) {
    this.#send('test:enqueue', {
      __proto__: null, nesting: test.nesting, name: test.name, type, ...identity(test), tags: test.tags, ...test.loc,
    });
  }

  dequeue(test) {
    this.#send('test:dequeue', {
      __proto__: null, nesting: test.nesting, name: test.name, type: 'test', ...identity(test), tags: test.tags,
      ...test.loc,
    });
  }

  start(test) {
    this.#send('test:start', {
      __proto__: null, nesting: test.nesting, name: test.name, ...identity(test), tags: test.tags, ...test.loc,
    });
  }

  complete(test, { details, directive }) {
    this.#send('test:complete', {
      __proto__: null, name: test.name, nesting: test.nesting, testNumber: test.testNumber, ...identity(test),
      details: { __proto__: null, ...details, passed: test.passed }, tags: test.tags, ...test.loc, ...directive,
    });
  }

  result(test, { details, directive }) {
    const data = {
      __proto__: null, name: test.name, nesting: test.nesting, testNumber: test.testNumber, ...identity(test),
      details, tags: test.tags,
    };
    if (details.classname !== undefined) data.classname = details.classname;
    this.#send(test.passed ? 'test:pass' : 'test:fail', { __proto__: null, ...data, ...test.loc, ...directive });
  }

  /** A failure that belongs to no test: of a hook of the whole file. */
  fail(nesting, loc, testNumber, name, details) {
    this.#send('test:fail', { __proto__: null, name, nesting, testNumber, details, ...loc });
  }

  plan(nesting, loc, count) {
    this.#send('test:plan', { __proto__: null, nesting, count, ...loc });
  }

  diagnostic(nesting, loc, message, level = 'info') {
    this.#send('test:diagnostic', { __proto__: null, nesting, message, level, ...loc });
  }

  log(test, message, data) {
    this.#send('test:log', {
      __proto__: null, name: test.name, nesting: test.nesting, ...identity(test), message, data, ...test.loc,
    });
  }

  output(type, message, file) {
    this.#send(type, { __proto__: null, file, message });
  }

  summary(file, success, counts, durationMs) {
    this.#send('test:summary', { __proto__: null, success, counts, duration_ms: durationMs, file });
  }

  /** An event that has come from another process. */
  forward({ type, data }) {
    this.#send(type, data);
  }

  end() {
    this.#tryPush(null);
  }
}

function identity(test) {
  return { testId: test.testId, parentId: test.parent === null ? undefined : test.parent.testId };
}

module.exports = { TestsStream };
