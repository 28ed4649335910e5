'use strict';

// Readable streams of other things: iterables, streams of old libraries, streams of the web.

const { NotImplementedError } = require('internal/errors');
const { errorOrDestroy } = require('internal/stream/destroy');

/** A stream that reads from one of an old library. */
function wrap(stream) {
  let isPaused = false;
  stream.on('data', (chunk) => {
    if (!this.push(chunk) && stream.pause) {
      isPaused = true;
      stream.pause();
    }
  });
  stream.on('end', () => this.push(null));
  stream.on('error', (error) => errorOrDestroy(this, error));
  stream.on('close', () => this.destroy());
  stream.on('destroy', () => this.destroy());
  this._read = () => {
    if (isPaused && stream.resume) {
      isPaused = false;
      stream.resume();
    }
  };
  // Methods that this one has not.
  for (const name of Object.keys(stream)) {
    if (this[name] === undefined && typeof stream[name] === 'function') this[name] = stream[name].bind(stream);
  }
  return this;
}

module.exports = {
  install(Readable) {
    Readable.prototype.wrap = wrap;

    Readable.wrap = function(source, options) {
      return new Readable({
        objectMode: source.readableObjectMode ?? source.objectMode ?? true,
        ...options,
        destroy(error, callback) {
          require('internal/stream/destroy').destroyer(source, error);
          callback(error);
        },
      }).wrap(source);
    };

    Readable.from = function(iterable, options) {
      return require('internal/stream/from').from(Readable, iterable, options);
    };

    Readable.fromWeb = function fromWeb(readableStream, options) {
      return require('internal/webstreams/adapters_from_web').readableFromWeb(readableStream, options);
    };

    Readable.toWeb = function toWeb(streamReadable, options) {
      return require('internal/webstreams/adapters_to_web').readableToWeb(streamReadable, options);
    };
  },
};
