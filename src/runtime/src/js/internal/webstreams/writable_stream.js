'use strict';

// https://streams.spec.whatwg.org/#ws-class

const { codes } = require('internal/errors');
const {
  kControllerErrorFunction, kIsClosedPromise, kIsErrored, kIsWritable,
} = require('internal/stream/predicates');
const { newController, setUpFromSink } = require('internal/webstreams/writable_controller');
const { WritableState, WriterState } = require('internal/webstreams/writable_state');
const {
  defineInterface, highWaterMarkOf, invalidState, kInspect, kInternal, kState, showFields,
  sizeAlgorithmOf, stateOf, validateOptions, validateUnderlying,
} = require('internal/webstreams/util');
const { kTransfer } = require('internal/structured_clone');

const NAME = 'WritableStream';

class WritableStream {
  constructor(sink = {}, strategy = {}) {
    const state = new WritableState(this);
    this[kState] = state;
    if (sink === kInternal) return;
    validateUnderlying(sink, 'sink');
    validateOptions(strategy, 'strategy');
    const { type } = sink;
    if (type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('type', type);
    const size = sizeAlgorithmOf(strategy);
    setUpFromSink(state, sink, highWaterMarkOf(strategy, 1), size);
  }

  get [kIsErrored]() {
    return this[kState].state === 'errored';
  }

  get [kIsWritable]() {
    return this[kState].state === 'writable';
  }

  get [kIsClosedPromise]() {
    return { promise: this[kState].whenClosed() };
  }

  [kControllerErrorFunction](error) {
    this[kState].controller.errorIfNeeded(error);
  }

  get locked() {
    return stateOf(this, WritableState, NAME).isLocked;
  }

  abort(reason = undefined) {
    if (!isWritableStream(this)) return Promise.reject(new codes.ERR_INVALID_THIS(NAME));
    const state = this[kState];
    if (state.isLocked) return Promise.reject(invalidState('WritableStream is locked'));
    return state.abort(reason);
  }

  close() {
    if (!isWritableStream(this)) return Promise.reject(new codes.ERR_INVALID_THIS(NAME));
    const state = this[kState];
    if (state.isLocked) return Promise.reject(invalidState('WritableStream is locked'));
    if (state.isClosing) return Promise.reject(invalidState('Failure closing WritableStream'));
    return state.close();
  }

  getWriter() {
    stateOf(this, WritableState, NAME);
    return new WritableStreamDefaultWriter(this);
  }

  [kInspect](depth, options) {
    const { isLocked, state } = this[kState];
    return showFields(NAME, depth, options, { locked: isLocked, state });
  }

  [kTransfer]() {
    stateOf(this, WritableState, NAME);
    return require('internal/webstreams/transfer').transferWritable(this);
  }
}

defineInterface(WritableStream, ['locked', 'abort', 'close', 'getWriter']);

function isWritableStream(value) {
  return value?.[kState] instanceof WritableState;
}

/** A writable stream with algorithms of ours: https://streams.spec.whatwg.org/#create-writable-stream */
function createWritableStream(start, algorithms, highWaterMark = 1) {
  const stream = new WritableStream(kInternal);
  const controller = newController(stream[kState], algorithms, highWaterMark);
  controller.startWith(start());
  return stream;
}

// ---------------------------------------------------------------------------
// Writers
// ---------------------------------------------------------------------------

const WRITER_NAME = 'WritableStreamDefaultWriter';

/** https://streams.spec.whatwg.org/#default-writer-class */
class WritableStreamDefaultWriter {
  constructor(stream) {
    if (!isWritableStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'WritableStream', stream);
    const state = stream[kState];
    if (state.isLocked) throw invalidState('WritableStream is locked');
    this[kState] = new WriterState(state);
  }

  get closed() {
    return withWriter(this, (writer) => writer.whenClosed());
  }

  get desiredSize() {
    const writer = stateOf(this, WriterState, WRITER_NAME);
    if (writer.stream === undefined) throw notBound();
    return writer.desiredSize;
  }

  get ready() {
    return withWriter(this, (writer) => writer.whenReady());
  }

  abort(reason = undefined) {
    return withStream(this, (stream) => stream.abort(reason));
  }

  close() {
    return withStream(this, (stream) => (stream.isClosing ?
      Promise.reject(invalidState('Failure to close WritableStream')) : stream.close()));
  }

  releaseLock() {
    const writer = stateOf(this, WriterState, WRITER_NAME);
    if (writer.stream !== undefined) writer.release();
  }

  write(chunk = undefined) {
    return withStream(this, (stream, writer) => writer.write(chunk));
  }

  [kInspect](depth, options) {
    const { stream } = this[kState];
    return showFields(WRITER_NAME, depth, options, {
      stream: stream?.stream,
      close: this.closed,
      ready: this.ready,
      desiredSize: this.desiredSize,
    });
  }
}

defineInterface(WritableStreamDefaultWriter, [
  'closed', 'desiredSize', 'ready', 'abort', 'close', 'releaseLock', 'write',
]);

function notBound() {
  return invalidState('Writer is not bound to a WritableStream');
}

function withWriter(object, act) {
  const writer = object?.[kState];
  return writer instanceof WriterState ? act(writer) : Promise.reject(new codes.ERR_INVALID_THIS(WRITER_NAME));
}

function withStream(object, act) {
  return withWriter(object, (writer) => (
    writer.stream === undefined ? Promise.reject(notBound()) : act(writer.stream, writer)));
}

module.exports = {
  WritableStream,
  WritableStreamDefaultWriter,
  createWritableStream,
  isWritableStream,
};
