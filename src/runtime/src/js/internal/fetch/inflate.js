'use strict';

// What servers call `deflate` is data with zlib's header, or without one: the first byte tells.

const { Transform } = require('stream');

const Z_DEFLATED = 8;

class Inflate extends Transform {
  #inflate;

  #begin(first) {
    const zlib = require('zlib');
    this.#inflate = (first & 0x0F) === Z_DEFLATED ? zlib.createInflate() : zlib.createInflateRaw();
    this.#inflate.on('data', (chunk) => this.push(chunk));
    this.#inflate.on('end', () => this.push(null));
    this.#inflate.on('error', (error) => this.destroy(error));
  }

  _transform(chunk, encoding, callback) {
    if (this.#inflate === undefined) {
      if (chunk.length === 0) {
        callback();
        return;
      }
      this.#begin(chunk[0]);
    }
    this.#inflate.write(chunk, encoding, callback);
  }

  _final(callback) {
    this.#inflate?.end();
    this.#inflate = undefined;
    callback();
  }
}

function createInflate() {
  return new Inflate();
}

module.exports = { createInflate };
