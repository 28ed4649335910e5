'use strict';

// What stands between a writable stream and its sink.
// https://streams.spec.whatwg.org/#ws-default-controller-class

const { codes } = require('internal/errors');
const {
  SizedQueue, callStart, defineInterface, kInspect, kInternal, kState, promisedMethod, resolved,
  showFields, stateOf,
} = require('internal/webstreams/util');

/** What stands in the queue for the end. */
const CLOSE = Symbol('close');

/** Behind a `WritableStreamDefaultController`. */
class ControllerState {
  queue = new SizedQueue();
  isStarted = false;
  controller = undefined;
  /** Made when somebody asks for its signal. */
  #abortController = undefined;
  #abortion = undefined;

  /** `stream` is a `WritableState`; `algorithms` are `write(chunk)`, `close()`, `abort(reason)`, `size(chunk)`. */
  constructor(stream, { write, close, abort, size }, highWaterMark) {
    this.stream = stream;
    this.writeAlgorithm = write;
    this.closeAlgorithm = close;
    this.abortAlgorithm = abort;
    this.sizeAlgorithm = size;
    this.highWaterMark = highWaterMark;
    stream.controller = this;
    stream.updateBackpressure(this.hasBackpressure);
  }

  startWith(result) {
    Promise.resolve(result).then(() => {
      this.isStarted = true;
      this.advance();
    }, (error) => {
      this.isStarted = true;
      this.stream.dealWithRejection(error);
    });
  }

  get signal() {
    if (this.#abortController === undefined) {
      this.#abortController = new (require('internal/abort_controller').AbortController)();
      if (this.#abortion !== undefined) this.#abortController.abort(this.#abortion.reason);
    }
    return this.#abortController.signal;
  }

  abortSignal(reason) {
    if (this.#abortion !== undefined) return;
    this.#abortion = { reason };
    this.#abortController?.abort(reason);
  }

  get desiredSize() {
    return this.highWaterMark - this.queue.total;
  }

  get hasBackpressure() {
    return this.desiredSize <= 0;
  }

  sizeOf(chunk) {
    if (this.sizeAlgorithm === undefined) return 1;
    try {
      return Reflect.apply(this.sizeAlgorithm, undefined, [chunk]);
    } catch (error) {
      this.errorIfNeeded(error);
      return 1;
    }
  }

  write(chunk, size) {
    try {
      this.queue.enqueue(chunk, size);
    } catch (error) {
      this.errorIfNeeded(error);
      return;
    }
    this.updateBackpressure();
    this.advance();
  }

  updateBackpressure() {
    const { stream } = this;
    if (!stream.isClosing && stream.state === 'writable') stream.updateBackpressure(this.hasBackpressure);
  }

  close() {
    this.queue.enqueue(CLOSE, 0);
    this.advance();
  }

  /** Has the sink do what is next. */
  advance() {
    const { stream } = this;
    if (!this.isStarted || stream.writeInFlight !== undefined) return;
    if (stream.state === 'erroring') {
      stream.finishErroring();
      return;
    }
    if (this.queue.length === 0) return;
    const next = this.queue.peek();
    if (next === CLOSE) this.#processClose();
    else this.#processWrite(next);
  }

  #processClose() {
    const { stream } = this;
    stream.markCloseInFlight();
    this.queue.dequeue();
    const closed = this.closeAlgorithm();
    this.clearAlgorithms();
    closed.then(() => stream.finishClose(), (error) => stream.failClose(error));
  }

  #processWrite(chunk) {
    const { stream } = this;
    stream.markWriteInFlight();
    this.writeAlgorithm(chunk).then(() => {
      stream.finishWrite();
      this.queue.dequeue();
      this.updateBackpressure();
      this.advance();
    }, (error) => {
      if (stream.state === 'writable') this.clearAlgorithms();
      stream.failWrite(error);
    });
  }

  clearAlgorithms() {
    this.writeAlgorithm = undefined;
    this.closeAlgorithm = undefined;
    this.abortAlgorithm = undefined;
    this.sizeAlgorithm = undefined;
  }

  clearQueue() {
    this.queue.clear();
  }

  errorIfNeeded(error) {
    if (this.stream.state === 'writable') this.error(error);
  }

  error(error) {
    this.clearAlgorithms();
    this.stream.startErroring(error);
  }

  abortSteps(reason) {
    const aborted = this.abortAlgorithm === undefined ? resolved() : this.abortAlgorithm(reason);
    this.clearAlgorithms();
    return aborted;
  }
}

const NAME = 'WritableStreamDefaultController';

class WritableStreamDefaultController {
  constructor(internal = undefined, state = undefined) {
    if (internal !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kState] = state;
  }

  get signal() {
    return stateOf(this, ControllerState, NAME).signal;
  }

  error(error = undefined) {
    stateOf(this, ControllerState, NAME).errorIfNeeded(error);
  }

  [kInspect](depth, options) {
    const { stream } = stateOf(this, ControllerState, NAME);
    return showFields(NAME, depth, options, { stream: stream.stream });
  }
}

defineInterface(WritableStreamDefaultController, ['signal', 'error']);

function newController(stream, algorithms, highWaterMark) {
  const state = new ControllerState(stream, algorithms, highWaterMark);
  state.controller = new WritableStreamDefaultController(kInternal, state);
  return state;
}

/** https://streams.spec.whatwg.org/#set-up-writable-stream-default-controller-from-underlying-sink */
function setUpFromSink(stream, sink, highWaterMark, size) {
  const { start, write, close, abort } = sink;
  const writeSink = promisedMethod(sink, write, 'sink.write', 2, resolved);
  const closeSink = promisedMethod(sink, close, 'sink.close', 0, resolved);
  const state = newController(stream, {
    write: (chunk) => writeSink(chunk, state.controller),
    close: () => closeSink(),
    abort: promisedMethod(sink, abort, 'sink.abort', 1, resolved),
    size,
  }, highWaterMark);
  state.startWith(callStart(sink, start, state.controller));
}

module.exports = { ControllerState, WritableStreamDefaultController, newController, setUpFromSink };
