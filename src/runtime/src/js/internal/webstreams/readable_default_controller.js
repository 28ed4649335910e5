'use strict';

// The controller of streams of any values.
// https://streams.spec.whatwg.org/#rs-default-controller-class

const { codes } = require('internal/errors');
const { ReadableControllerState } = require('internal/webstreams/readable_controller');
const {
  SizedQueue, callStart, defineInterface, invalidState, kInspect, kInternal, kState, promisedMethod,
  resolved, showFields, stateOf,
} = require('internal/webstreams/util');

/** Behind a `ReadableStreamDefaultController`. */
class DefaultControllerState extends ReadableControllerState {
  queue = new SizedQueue();

  /** `stream` is a `ReadableState`; `algorithms` are `pull()`, `cancel(reason)`, `size(chunk)`. */
  constructor(stream, algorithms, highWaterMark) {
    super(stream, algorithms, highWaterMark);
    this.sizeAlgorithm = algorithms.size;
  }

  clearAlgorithms() {
    super.clearAlgorithms();
    this.sizeAlgorithm = undefined;
  }

  get queuedSize() {
    return this.queue.total;
  }

  close() {
    if (!this.canCloseOrEnqueue) return;
    this.closeRequested = true;
    if (this.queue.length === 0) {
      this.clearAlgorithms();
      this.stream.close();
    }
  }

  enqueue(chunk) {
    if (!this.canCloseOrEnqueue) return;
    const { stream } = this;
    if (stream.requestCount > 0) {
      stream.fulfillRequest(chunk, false);
    } else {
      try {
        this.queue.enqueue(chunk, Reflect.apply(this.sizeAlgorithm, undefined, [chunk]));
      } catch (error) {
        this.error(error);
        throw error;
      }
    }
    this.pullIfNeeded();
  }

  error(error) {
    if (this.stream.state !== 'readable') return;
    this.queue.clear();
    this.clearAlgorithms();
    this.stream.error(error);
  }

  cancelSteps(reason) {
    this.queue.clear();
    const cancelled = this.cancelAlgorithm(reason);
    this.clearAlgorithms();
    return cancelled;
  }

  pullSteps(request) {
    if (this.queue.length > 0) {
      request.chunk(this.take());
    } else {
      this.stream.reader.requests.push(request);
      this.pullIfNeeded();
    }
  }

  /** The first chunk of the queue, which is not empty. */
  take() {
    const chunk = this.queue.dequeue();
    if (this.closeRequested && this.queue.length === 0) {
      this.clearAlgorithms();
      this.stream.close();
    } else {
      this.pullIfNeeded();
    }
    return chunk;
  }

  releaseSteps() {}
}

const NAME = 'ReadableStreamDefaultController';

class ReadableStreamDefaultController {
  constructor(internal = undefined, state = undefined) {
    if (internal !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kState] = state;
  }

  get desiredSize() {
    return stateOf(this, DefaultControllerState, NAME).desiredSize;
  }

  close() {
    const state = stateOf(this, DefaultControllerState, NAME);
    if (!state.canCloseOrEnqueue) throw invalidState('Controller is already closed');
    state.close();
  }

  enqueue(chunk = undefined) {
    const state = stateOf(this, DefaultControllerState, NAME);
    if (!state.canCloseOrEnqueue) throw invalidState('Controller is already closed');
    state.enqueue(chunk);
  }

  error(error = undefined) {
    stateOf(this, DefaultControllerState, NAME).error(error);
  }

  [kInspect](depth, options) {
    return showFields(NAME, depth, options, {});
  }
}

defineInterface(ReadableStreamDefaultController, ['desiredSize', 'close', 'enqueue', 'error']);

/** Gives a stream a controller, and that a public object. */
function newDefaultController(stream, algorithms, highWaterMark) {
  const state = new DefaultControllerState(stream, algorithms, highWaterMark);
  state.controller = new ReadableStreamDefaultController(kInternal, state);
  return state;
}

/** https://streams.spec.whatwg.org/#set-up-readable-stream-default-controller-from-underlying-source */
function setUpFromSource(stream, source, highWaterMark, size) {
  const { start, pull, cancel } = source;
  const pullSource = promisedMethod(source, pull, 'source.pull', 1, resolved);
  const state = newDefaultController(stream, {
    pull: pullSource === resolved ? resolved : () => pullSource(state.controller),
    cancel: promisedMethod(source, cancel, 'source.cancel', 1, resolved),
    size,
  }, highWaterMark);
  state.startWith(callStart(source, start, state.controller));
}

module.exports = {
  DefaultControllerState,
  ReadableStreamDefaultController,
  newDefaultController,
  setUpFromSource,
};
