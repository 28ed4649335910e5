'use strict';

// https://streams.spec.whatwg.org/#ts-model

const { codes } = require('internal/errors');
const { kTransfer } = require('internal/structured_clone');
const { createReadableStream } = require('internal/webstreams/readable_stream');
const { createWritableStream } = require('internal/webstreams/writable_stream');
const {
  defineInterface, highWaterMarkOf, invalidState, kInspect, kInternal, kState, one, promisedMethod,
  resolved, showFields, sizeAlgorithmOf, stateOf, validateOptions, validateUnderlying,
} = require('internal/webstreams/util');

/** Behind a `TransformStream`, between its two sides. */
class TransformState {
  hasBackpressure = undefined;
  controller = undefined;
  /** Fulfilled when there is backpressure where there was none, or the other way round. */
  #change = undefined;

  constructor(stream) {
    this.stream = stream;
  }

  /** https://streams.spec.whatwg.org/#initialize-transform-stream */
  initialize(started, writableStrategy, readableStrategy) {
    this.writable = createWritableStream(() => started, {
      write: (chunk) => this.write(chunk),
      close: () => this.close(),
      abort: (reason) => this.abort(reason),
      size: writableStrategy.size,
    }, writableStrategy.highWaterMark);
    this.readable = createReadableStream(() => started, {
      pull: () => this.pull(),
      cancel: (reason) => this.cancel(reason),
      size: readableStrategy.size,
    }, readableStrategy.highWaterMark);
    this.writableState = this.writable[kState];
    this.readableState = this.readable[kState];
    this.setBackpressure(true);
  }

  error(error) {
    this.readableState.controller.error(error);
    this.errorWritable(error);
  }

  /** https://streams.spec.whatwg.org/#transform-stream-error-writable-and-unblock-write */
  errorWritable(error) {
    this.controller.clearAlgorithms();
    this.writableState.controller.errorIfNeeded(error);
    this.unblockWrite();
  }

  unblockWrite() {
    if (this.hasBackpressure) this.setBackpressure(false);
  }

  setBackpressure(hasBackpressure) {
    this.#change?.resolve();
    this.#change = Promise.withResolvers();
    this.hasBackpressure = hasBackpressure;
  }

  // -------------------------------------------------------------------------
  // The two sides
  // -------------------------------------------------------------------------

  write(chunk) {
    const { controller } = this;
    if (!this.hasBackpressure) return controller.transform(chunk);
    return this.#change.promise.then(() => {
      const { state, storedError } = this.writableState;
      if (state === 'erroring') throw storedError;
      return controller.transform(chunk);
    });
  }

  /** https://streams.spec.whatwg.org/#transform-stream-default-sink-abort-algorithm */
  abort(reason) {
    const { controller, readableState } = this;
    return controller.finish(() => controller.cancelAlgorithm(reason), () => {
      if (readableState.state === 'errored') throw readableState.storedError;
      readableState.controller.error(reason);
    }, (error) => readableState.controller.error(error));
  }

  /** https://streams.spec.whatwg.org/#transform-stream-default-sink-close-algorithm */
  close() {
    const { controller, readableState } = this;
    return controller.finish(() => controller.flushAlgorithm(), () => {
      if (readableState.state === 'errored') throw readableState.storedError;
      readableState.controller.close();
    }, (error) => readableState.controller.error(error));
  }

  pull() {
    this.setBackpressure(false);
    return this.#change.promise;
  }

  /** https://streams.spec.whatwg.org/#transform-stream-default-source-cancel */
  cancel(reason) {
    const { controller, writableState } = this;
    const fail = (error) => {
      writableState.controller.errorIfNeeded(error);
      this.unblockWrite();
    };
    return controller.finish(() => controller.cancelAlgorithm(reason), () => {
      if (writableState.state === 'errored') throw writableState.storedError;
      fail(reason);
    }, fail);
  }
}

/** Behind a `TransformStreamDefaultController`. */
class ControllerState {
  controller = undefined;
  /** The end of either side, which comes but once. */
  #finished = undefined;

  /** `stream` is a `TransformState`. */
  constructor(stream, { transform, flush, cancel }) {
    this.stream = stream;
    this.transformAlgorithm = transform;
    this.flushAlgorithm = flush;
    this.cancelAlgorithm = cancel;
    stream.controller = this;
  }

  clearAlgorithms() {
    this.transformAlgorithm = undefined;
    this.flushAlgorithm = undefined;
    this.cancelAlgorithm = undefined;
  }

  /** Does `work`, whose outcome goes to one of the others; `succeed` may throw. */
  finish(work, succeed, fail) {
    if (this.#finished !== undefined) return this.#finished.promise;
    this.#finished = Promise.withResolvers();
    const { promise, resolve, reject } = this.#finished;
    const done = work();
    this.clearAlgorithms();
    done.then(() => {
      try {
        succeed();
      } catch (error) {
        reject(error);
        return;
      }
      resolve();
    }, (error) => {
      fail(error);
      reject(error);
    });
    return promise;
  }

  transform(chunk) {
    return this.transformAlgorithm(chunk).then(undefined, (error) => {
      this.stream.error(error);
      throw error;
    });
  }

  get desiredSize() {
    return this.stream.readableState.controller.desiredSize;
  }

  /** https://streams.spec.whatwg.org/#transform-stream-default-controller-enqueue */
  enqueue(chunk) {
    const { stream } = this;
    const { readableState } = stream;
    const { controller } = readableState;
    if (!controller.canCloseOrEnqueue) throw invalidState('Unable to enqueue');
    try {
      controller.enqueue(chunk);
    } catch (error) {
      stream.errorWritable(error);
      throw readableState.storedError;
    }
    if (!controller.shouldPull && !stream.hasBackpressure) stream.setBackpressure(true);
  }

  terminate() {
    const { stream } = this;
    stream.readableState.controller.close();
    stream.errorWritable(invalidState('TransformStream has been terminated'));
  }
}

// ---------------------------------------------------------------------------
// The public objects
// ---------------------------------------------------------------------------

const NAME = 'TransformStream';

class TransformStream {
  constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
    const state = new TransformState(this);
    this[kState] = state;
    if (transformer === kInternal) return;
    validateUnderlying(transformer, 'transformer');
    validateOptions(writableStrategy, 'writableStrategy');
    validateOptions(readableStrategy, 'readableStrategy');
    const { readableType, writableType, start } = transformer;
    if (readableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.readableType', readableType);
    }
    if (writableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.writableType', writableType);
    }
    const sides = [[writableStrategy, 1], [readableStrategy, 0]].map(([strategy, otherwise]) => ({
      size: sizeAlgorithmOf(strategy), highWaterMark: highWaterMarkOf(strategy, otherwise),
    }));
    const { promise, resolve } = Promise.withResolvers();
    state.initialize(promise, ...sides);
    setUp(state, transformer);
    const { controller } = state.controller;
    resolve(start ? Function.prototype.call.call(start, transformer, controller) : undefined);
  }

  get readable() {
    return stateOf(this, TransformState, NAME).readable;
  }

  get writable() {
    return stateOf(this, TransformState, NAME).writable;
  }

  [kInspect](depth, options) {
    const { readable, writable, hasBackpressure } = this[kState];
    return showFields(NAME, depth, options, { readable, writable, backpressure: hasBackpressure });
  }

  [kTransfer]() {
    stateOf(this, TransformState, NAME);
    return require('internal/webstreams/transfer').transferTransform(this);
  }
}

defineInterface(TransformStream, ['readable', 'writable']);

/** https://streams.spec.whatwg.org/#set-up-transform-stream-default-controller-from-transformer */
function setUp(stream, transformer) {
  const { transform, flush, cancel } = transformer;
  const given = {
    transform: promisedMethod(transformer, transform, 'transformer.transform', 2, undefined),
    flush: promisedMethod(transformer, flush, 'transformer.flush', 1, resolved),
  };
  const state = new ControllerState(stream, {
    // Without a transformer, what is written is read.
    transform: given.transform === undefined ? async (chunk) => state.enqueue(chunk) :
      (chunk) => given.transform(chunk, state.controller),
    flush: () => given.flush(state.controller),
    cancel: promisedMethod(transformer, cancel, 'transformer.cancel', 1, resolved),
  });
  state.controller = new TransformStreamDefaultController(kInternal, state);
}

const CONTROLLER_NAME = 'TransformStreamDefaultController';

class TransformStreamDefaultController {
  constructor(internal = undefined, state = undefined) {
    if (internal !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kState] = state;
  }

  get desiredSize() {
    return stateOf(this, ControllerState, CONTROLLER_NAME).desiredSize;
  }

  enqueue(chunk = undefined) {
    stateOf(this, ControllerState, CONTROLLER_NAME).enqueue(chunk);
  }

  error(reason = undefined) {
    stateOf(this, ControllerState, CONTROLLER_NAME).stream.error(reason);
  }

  terminate() {
    stateOf(this, ControllerState, CONTROLLER_NAME).terminate();
  }

  [kInspect](depth, options) {
    const { stream } = stateOf(this, ControllerState, CONTROLLER_NAME);
    return showFields(CONTROLLER_NAME, depth, options, { stream: stream.stream });
  }
}

defineInterface(TransformStreamDefaultController, ['desiredSize', 'enqueue', 'error', 'terminate']);

function isTransformStream(value) {
  return value?.[kState] instanceof TransformState;
}

module.exports = { TransformStream, TransformStreamDefaultController, isTransformStream };
