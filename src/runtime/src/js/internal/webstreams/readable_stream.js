'use strict';

// https://streams.spec.whatwg.org/#rs-class

const { codes } = require('internal/errors');
const {
  kControllerErrorFunction, kIsClosedPromise, kIsDisturbed, kIsErrored, kIsReadable,
} = require('internal/stream/predicates');
const { kTransfer } = require('internal/structured_clone');
const {
  newByteController, setUpBytesFromSource,
} = require('internal/webstreams/readable_byte_controller');
const {
  DefaultControllerState, newDefaultController, setUpFromSource,
} = require('internal/webstreams/readable_default_controller');
const {
  ReadableStreamBYOBReader, ReadableStreamDefaultReader,
} = require('internal/webstreams/readable_readers');
const { ReadableState } = require('internal/webstreams/readable_state');
const {
  defineInterface, highWaterMarkOf, invalidState, kInspect, kInternal, kState, markHandled, one,
  showFields, sizeAlgorithmOf, stateOf, validateOptions, validateUnderlying,
} = require('internal/webstreams/util');
const { isWritableStream } = require('internal/webstreams/writable_stream');

const NAME = 'ReadableStream';

class ReadableStream {
  constructor(source = {}, strategy = {}) {
    const state = new ReadableState(this);
    this[kState] = state;
    if (source === kInternal) return;
    validateUnderlying(source, 'source');
    validateOptions(strategy, 'strategy');
    const { type } = source;
    if (`${type}` === 'bytes') {
      const size = strategy?.size;
      if (size !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.size', size);
      setUpBytesFromSource(state, source, highWaterMarkOf(strategy, 0));
      return;
    }
    if (type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE('source.type', type);
    const size = sizeAlgorithmOf(strategy);
    setUpFromSource(state, source, highWaterMarkOf(strategy, 1), size);
  }

  get [kIsDisturbed]() {
    return this[kState].isDisturbed;
  }

  get [kIsErrored]() {
    return this[kState].state === 'errored';
  }

  get [kIsReadable]() {
    return this[kState].state === 'readable';
  }

  get [kIsClosedPromise]() {
    return { promise: this[kState].whenClosed() };
  }

  [kControllerErrorFunction](error) {
    this[kState].controller.error(error);
  }

  get locked() {
    return stateOf(this, ReadableState, NAME).isLocked;
  }

  static from(iterable) {
    return require('internal/webstreams/readable_from').fromIterable(iterable);
  }

  cancel(reason = undefined) {
    if (!isReadableStream(this)) return Promise.reject(new codes.ERR_INVALID_THIS(NAME));
    const state = this[kState];
    if (state.isLocked) return Promise.reject(invalidState('ReadableStream is locked'));
    return state.cancel(reason);
  }

  getReader(options = {}) {
    stateOf(this, ReadableState, NAME);
    validateOptions(options, 'options');
    const mode = options?.mode;
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw new codes.ERR_INVALID_ARG_VALUE('options.mode', mode);
    return new ReadableStreamBYOBReader(this);
  }

  pipeThrough(transform, options = {}) {
    const state = stateOf(this, ReadableState, NAME);
    const readable = transform?.readable;
    if (!isReadableStream(readable)) {
      throw new codes.ERR_INVALID_ARG_TYPE('transform.readable', 'ReadableStream', readable);
    }
    const writable = transform?.writable;
    validateDestination(writable);
    const pipeOptions = pipeOptionsOf(options);
    if (state.isLocked) throw invalidState('The ReadableStream is locked');
    if (writable.locked) throw invalidState('The WritableStream is locked');
    const { pipe } = require('internal/webstreams/readable_pipe');
    markHandled(pipe(state, writable[kState], pipeOptions));
    return readable;
  }

  pipeTo(destination, options = {}) {
    try {
      const state = stateOf(this, ReadableState, NAME);
      validateDestination(destination);
      const pipeOptions = pipeOptionsOf(options);
      if (state.isLocked) throw invalidState('The ReadableStream is locked');
      if (destination.locked) throw invalidState('The WritableStream is locked');
      const { pipe } = require('internal/webstreams/readable_pipe');
      return pipe(state, destination[kState], pipeOptions);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  tee() {
    return tee(stateOf(this, ReadableState, NAME), false);
  }

  values(options = {}) {
    const state = stateOf(this, ReadableState, NAME);
    validateOptions(options, 'options');
    const preventCancel = Boolean(options?.preventCancel);
    if (state.isLocked) throw invalidState('ReadableStream is locked');
    return require('internal/webstreams/readable_iterator').iterate(state, preventCancel);
  }

  [kInspect](depth, options) {
    const { isLocked, state, controller } = this[kState];
    return showFields(NAME, depth, options, {
      locked: isLocked,
      state,
      supportsBYOB: controller !== undefined && !(controller instanceof DefaultControllerState),
    });
  }

  [kTransfer]() {
    stateOf(this, ReadableState, NAME);
    return require('internal/webstreams/transfer').transferReadable(this);
  }
}

Object.defineProperty(ReadableStream, 'from', { enumerable: true });
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  configurable: true, writable: true, value: ReadableStream.prototype.values,
});
defineInterface(ReadableStream, [
  'locked', 'cancel', 'getReader', 'pipeThrough', 'pipeTo', 'tee', 'values',
]);

function isReadableStream(value) {
  return value?.[kState] instanceof ReadableState;
}

function validateDestination(writable) {
  if (!isWritableStream(writable)) {
    throw new codes.ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', writable);
  }
}

function pipeOptionsOf(options) {
  validateOptions(options, 'options');
  const preventAbort = options?.preventAbort;
  const preventCancel = options?.preventCancel;
  const preventClose = options?.preventClose;
  const signal = options?.signal;
  if (signal !== undefined && !require('internal/abort_controller').isAbortSignal(signal)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.signal', 'AbortSignal', signal);
  }
  return {
    preventAbort: Boolean(preventAbort),
    preventCancel: Boolean(preventCancel),
    preventClose: Boolean(preventClose),
    signal,
  };
}

/**
 * A stream with algorithms of ours: `start()`, `pull()`, `cancel(reason)`, and maybe
 * `size(chunk)`. https://streams.spec.whatwg.org/#create-readable-stream
 */
function createReadableStream(start, { pull, cancel, size = one }, highWaterMark = 1) {
  const stream = new ReadableStream(kInternal);
  const controller = newDefaultController(stream[kState], { pull, cancel, size }, highWaterMark);
  controller.startWith(start());
  return stream;
}

/** The same of bytes: https://streams.spec.whatwg.org/#abstract-opdef-createreadablebytestream */
function createReadableByteStream(start, algorithms, highWaterMark = 0) {
  const stream = new ReadableStream(kInternal);
  const controller = newByteController(stream[kState], algorithms, highWaterMark, undefined);
  controller.startWith(start());
  return stream;
}

/** `tee`, to which one may say that the second branch gets clones. */
function ReadableStreamTee(stream, cloneForBranch2 = false) {
  if (!isReadableStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
  require('internal/validators').validateBoolean(cloneForBranch2, 'cloneForBranch2');
  return tee(stream[kState], cloneForBranch2);
}

function tee(state, clones) {
  if (state.isLocked) throw invalidState('ReadableStream is locked');
  const { teeBytes, teeDefault } = require('internal/webstreams/readable_tee');
  return state.controller instanceof DefaultControllerState ? teeDefault(state, clones) : teeBytes(state);
}

module.exports = {
  ReadableStream,
  ReadableStreamTee,
  createReadableByteStream,
  createReadableStream,
  isReadableStream,
};
