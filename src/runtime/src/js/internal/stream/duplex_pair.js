'use strict';

// https://nodejs.org/api/stream.html#streamduplexpairoptions

const Duplex = require('internal/stream/duplex');
const { nextTick } = native('process');

/** What is written to one side can be read from the other. */
class DuplexSide extends Duplex {
  #other = null;
  /** Called when what has been written to the other side is read. */
  #callback = null;

  static join(one, other) {
    one.#other = other;
    other.#other = one;
  }

  _read() {
    const callback = this.#callback;
    if (callback) {
      this.#callback = null;
      callback();
    }
  }

  _write(chunk, encoding, callback) {
    if (chunk.length === 0) {
      nextTick(callback);
      return;
    }
    this.#other.push(chunk);
    this.#other.#callback = callback;
  }

  _final(callback) {
    this.#other.on('end', callback);
    this.#other.push(null);
  }

  _destroy(error, callback) {
    callback(error);
    if (error) this.#other.destroy();
  }
}

function duplexPair(options) {
  const one = new DuplexSide(options);
  const other = new DuplexSide(options);
  DuplexSide.join(one, other);
  return [one, other];
}

module.exports = { duplexPair };
