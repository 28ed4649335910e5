'use strict';

// What programs read with. https://streams.spec.whatwg.org/#rs-reader-classes

const { codes } = require('internal/errors');
const { validateBuffer, validateNumber } = require('internal/validators');
const { transferableBufferOf } = require('internal/webstreams/readable_byte_controller');
const { DefaultControllerState } = require('internal/webstreams/readable_default_controller');
const { PromisedRead, ReadableState, ReaderState } = require('internal/webstreams/readable_state');
const {
  defineInterface, invalidState, kInspect, kState, showFields, validateOptions,
} = require('internal/webstreams/util');

/** The state of the stream that a constructor is given, which must be free. */
function freeStreamOf(stream) {
  const state = stream?.[kState];
  if (!(state instanceof ReadableState)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
  }
  if (state.isLocked) throw invalidState('ReadableStream is locked');
  return state;
}

/** The state of a reader of one kind; undefined if the object is none. */
function readerOf(object, isByob) {
  const state = object?.[kState];
  return state instanceof ReaderState && state.isByob === isByob ? state : undefined;
}

function notAttached() {
  return invalidState('The reader is not attached to a stream');
}

function closedOf(reader, name) {
  return reader === undefined ? Promise.reject(new codes.ERR_INVALID_THIS(name)) : reader.whenClosed();
}

function cancel(reader, name, reason) {
  if (reader === undefined) return Promise.reject(new codes.ERR_INVALID_THIS(name));
  return reader.stream === undefined ? Promise.reject(notAttached()) : reader.stream.cancel(reason);
}

function release(reader, name) {
  if (reader === undefined) throw new codes.ERR_INVALID_THIS(name);
  if (reader.stream !== undefined) reader.release();
}

const NAME = 'ReadableStreamDefaultReader';

class ReadableStreamDefaultReader {
  constructor(stream) {
    this[kState] = new ReaderState(freeStreamOf(stream), false);
  }

  read() {
    const reader = readerOf(this, false);
    if (reader === undefined) return Promise.reject(new codes.ERR_INVALID_THIS(NAME));
    const { stream } = reader;
    if (stream === undefined) return Promise.reject(notAttached());
    const { controller } = stream;
    // What is there already needs no request.
    if (stream.state === 'readable' && controller instanceof DefaultControllerState &&
        controller.queue.length > 0) {
      stream.isDisturbed = true;
      return Promise.resolve({ done: false, value: controller.take() });
    }
    const request = new PromisedRead();
    reader.read(request);
    return request.promise;
  }

  releaseLock() {
    release(readerOf(this, false), NAME);
  }

  get closed() {
    return closedOf(readerOf(this, false), NAME);
  }

  cancel(reason = undefined) {
    return cancel(readerOf(this, false), NAME, reason);
  }

  [kInspect](depth, options) {
    const { stream, requests } = this[kState];
    return showFields(NAME, depth, options, {
      stream: stream?.stream,
      readRequests: requests.length,
      close: this.closed,
    });
  }
}

defineInterface(ReadableStreamDefaultReader, ['read', 'releaseLock', 'closed', 'cancel']);

const BYOB_NAME = 'ReadableStreamBYOBReader';

class ReadableStreamBYOBReader {
  constructor(stream) {
    const state = freeStreamOf(stream);
    validateByteStream(state);
    this[kState] = new ReaderState(state, true);
  }

  async read(view, options = {}) {
    const reader = readerOf(this, true);
    if (reader === undefined) throw new codes.ERR_INVALID_THIS(BYOB_NAME);
    validateBuffer(view, 'view');
    validateOptions(options, 'options');
    const buffer = transferableBufferOf(view, 'view');
    if (view.byteLength === 0 || buffer.byteLength === 0) {
      throw invalidState('View or Viewed ArrayBuffer is zero-length or detached');
    }
    const min = minimumOf(options, view);
    if (reader.stream === undefined) throw notAttached();
    const request = new PromisedRead();
    reader.readInto(view, min, request);
    return request.promise;
  }

  releaseLock() {
    release(readerOf(this, true), BYOB_NAME);
  }

  get closed() {
    return closedOf(readerOf(this, true), BYOB_NAME);
  }

  cancel(reason = undefined) {
    return cancel(readerOf(this, true), BYOB_NAME, reason);
  }

  [kInspect](depth, options) {
    const { stream, requests } = this[kState];
    return showFields(BYOB_NAME, depth, options, {
      stream: stream?.stream,
      readIntoRequests: requests.length,
      close: this.closed,
    });
  }
}

Object.defineProperty(ReadableStreamBYOBReader.prototype.read, 'length', { configurable: true, value: 1 });
defineInterface(ReadableStreamBYOBReader, ['read', 'releaseLock', 'closed', 'cancel']);

/** How many elements have to be read at least. */
function minimumOf(options, view) {
  const min = options?.min ?? 1;
  validateNumber(min, 'options.min');
  if (!Number.isInteger(min)) throw new codes.ERR_INVALID_ARG_VALUE('options.min', min, 'must be an integer');
  if (min <= 0) throw new codes.ERR_INVALID_ARG_VALUE('options.min', min, 'must be greater than 0');
  if (view instanceof DataView) {
    if (min > view.byteLength) throw new codes.ERR_OUT_OF_RANGE('options.min', '<= view.byteLength', min);
  } else if (min > view.length) {
    throw new codes.ERR_OUT_OF_RANGE('options.min', '<= view.length', min);
  }
  return min;
}

function validateByteStream(state) {
  if (state.controller === undefined || state.controller instanceof DefaultControllerState) {
    throw new codes.ERR_INVALID_ARG_VALUE('stream', state.stream, 'must be a byte stream');
  }
}

module.exports = { ReadableStreamBYOBReader, ReadableStreamDefaultReader };
