'use strict';

// Two streams of one. https://streams.spec.whatwg.org/#abstract-opdef-readablestreamdefaulttee

const { queueMicrotask } = require('internal/microtask');
const { ReaderState } = require('internal/webstreams/readable_state');
const { createReadableByteStream, createReadableStream } = require('internal/webstreams/readable_stream');
const { kState, nothing } = require('internal/webstreams/util');

/** What the two branches share: the one that is read from, and who has lost interest in it. */
class Tee {
  branches = [];
  isCancelled = [false, false];
  reasons = [undefined, undefined];
  isReading = false;

  constructor(stream) {
    this.stream = stream;
    this.whenCancelled = Promise.withResolvers();
  }

  controllerOf(index) {
    return this.branches[index][kState].controller;
  }

  cancel(index, reason) {
    this.isCancelled[index] = true;
    this.reasons[index] = reason;
    if (this.isCancelled[1 - index]) this.whenCancelled.resolve(this.stream.cancel(this.reasons));
    return this.whenCancelled.promise;
  }

  /** Nobody has to wait for anything any more. */
  settle() {
    if (!this.isCancelled[0] || !this.isCancelled[1]) this.whenCancelled.resolve();
  }

  /** Does something with the controllers of those that are still read from. */
  eachActive(act) {
    for (let index = 0; index < 2; index++) {
      if (!this.isCancelled[index]) act(this.controllerOf(index), index);
    }
  }

  fail(error) {
    this.controllerOf(0).error(error);
    this.controllerOf(1).error(error);
  }
}

/** `clones`: the second branch gets clones of the chunks. */
function teeDefault(stream, clones) {
  const tee = new Tee(stream);
  const reader = new ReaderState(stream, false);
  let readsAgain = false;

  function pull() {
    if (tee.isReading) {
      readsAgain = true;
      return Promise.resolve();
    }
    tee.isReading = true;
    reader.read({
      chunk(value) {
        // Errors of the stream are heard of before the chunk.
        queueMicrotask(() => {
          readsAgain = false;
          let second = value;
          if (clones && !tee.isCancelled[1]) {
            try {
              second = require('internal/structured_clone').structuredClone(value);
            } catch (error) {
              tee.fail(error);
              tee.whenCancelled.resolve(stream.cancel(error));
              return;
            }
          }
          tee.eachActive((controller, index) => controller.enqueue(index === 0 ? value : second));
          tee.isReading = false;
          if (readsAgain) pull();
        });
      },
      close() {
        tee.isReading = false;
        tee.eachActive((controller) => controller.close());
        tee.settle();
      },
      error() {
        tee.isReading = false;
      },
    });
    return Promise.resolve();
  }

  const branch = (index) => createReadableStream(nothing, {
    pull, cancel: (reason) => tee.cancel(index, reason),
  });
  tee.branches = [branch(0), branch(1)];
  reader.whenClosed().then(undefined, (error) => {
    tee.fail(error);
    tee.settle();
  });
  return tee.branches;
}

const copyOf = ({ buffer, byteOffset, byteLength }) => (
  new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength)));

/** https://streams.spec.whatwg.org/#abstract-opdef-readablebytestreamtee */
function teeBytes(stream) {
  const tee = new Tee(stream);
  const readsAgain = [false, false];
  let reader;

  function readWith(isByob) {
    if (reader?.isByob === isByob) return;
    reader?.release();
    reader = new ReaderState(stream, isByob);
    const current = reader;
    reader.whenClosed().then(undefined, (error) => {
      if (current !== reader) return;
      tee.fail(error);
      tee.settle();
    });
  }

  /** A copy of a chunk; undefined if there cannot be one, which ends all. */
  function tryCopy(chunk) {
    try {
      return copyOf(chunk);
    } catch (error) {
      tee.fail(error);
      tee.whenCancelled.resolve(stream.cancel(error));
      return undefined;
    }
  }

  function afterChunk(give) {
    queueMicrotask(() => {
      readsAgain.fill(false);
      if (give() === false) return;
      tee.isReading = false;
      if (readsAgain[0]) pull(0);
      else if (readsAgain[1]) pull(1);
    });
  }

  function pullWithDefaultReader() {
    readWith(false);
    reader.read({
      chunk(chunk) {
        afterChunk(() => {
          const [isFirstGone, isSecondGone] = tee.isCancelled;
          let second = chunk;
          if (!isFirstGone && !isSecondGone) {
            second = tryCopy(chunk);
            if (second === undefined) return false;
          }
          tee.eachActive((controller, index) => controller.enqueue(index === 0 ? chunk : second));
          return true;
        });
      },
      close() {
        tee.isReading = false;
        tee.eachActive((controller) => controller.close());
        for (let index = 0; index < 2; index++) {
          if (tee.controllerOf(index).pending.length > 0) tee.controllerOf(index).respond(0);
        }
        tee.settle();
      },
      error() {
        tee.isReading = false;
      },
    });
  }

  /** Fills the buffer that a branch's reader has brought; the other one gets a copy. */
  function pullWithByobReader(view, index) {
    readWith(true);
    const other = 1 - index;
    reader.readInto(view, 1, {
      chunk(chunk) {
        afterChunk(() => {
          let copy;
          if (!tee.isCancelled[other]) {
            copy = tryCopy(chunk);
            if (copy === undefined) return false;
          }
          if (!tee.isCancelled[index]) tee.controllerOf(index).respondWithNewView(chunk);
          if (copy !== undefined) tee.controllerOf(other).enqueue(copy);
          return true;
        });
      },
      close(chunk) {
        tee.isReading = false;
        tee.eachActive((controller) => controller.close());
        if (chunk !== undefined) {
          if (!tee.isCancelled[index]) tee.controllerOf(index).respondWithNewView(chunk);
          const controller = tee.controllerOf(other);
          if (!tee.isCancelled[other] && controller.pending.length > 0) controller.respond(0);
        }
        tee.settle();
      },
      error() {
        tee.isReading = false;
      },
    });
  }

  function pull(index) {
    if (tee.isReading) {
      readsAgain[index] = true;
      return Promise.resolve();
    }
    tee.isReading = true;
    const request = tee.controllerOf(index).byobRequest;
    if (request === null) pullWithDefaultReader();
    else pullWithByobReader(request.view, index);
    return Promise.resolve();
  }

  const branch = (index) => createReadableByteStream(nothing, {
    pull: () => pull(index),
    cancel: (reason) => tee.cancel(index, reason),
  });
  tee.branches = [branch(0), branch(1)];
  readWith(false);
  return tee.branches;
}

module.exports = { teeBytes, teeDefault };
