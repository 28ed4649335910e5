'use strict';

// What is behind a writable stream and its writer.
// https://streams.spec.whatwg.org/#ws-all-abstract-ops

const { Deque, EndingState, Settling, invalidState, rejected } = require('internal/webstreams/util');

/** Behind a `WritableStream`. */
class WritableState extends EndingState {
  /** `writable`, `erroring`, `errored` or `closed`. */
  state = 'writable';
  hasBackpressure = false;
  writer = undefined;
  controller = undefined;
  /** Promises with their resolvers: of writes that wait, and of what the sink works at. */
  writeRequests = new Deque();
  writeInFlight = undefined;
  closeRequest = undefined;
  closeInFlight = undefined;
  /** `{ capability, reason, wasErroring }` */
  pendingAbort = undefined;

  constructor(stream) {
    super();
    this.stream = stream;
  }

  get isLocked() {
    return this.writer !== undefined;
  }

  get isClosing() {
    return this.closeRequest !== undefined || this.closeInFlight !== undefined;
  }

  // -------------------------------------------------------------------------
  // What programs do
  // -------------------------------------------------------------------------

  /** https://streams.spec.whatwg.org/#writable-stream-abort */
  abort(reason) {
    if (this.state === 'closed' || this.state === 'errored') return Promise.resolve();
    this.controller.abortSignal(reason);
    // Listeners of the signal may have done something.
    const { state } = this;
    if (state === 'closed' || state === 'errored') return Promise.resolve();
    if (this.pendingAbort !== undefined) return this.pendingAbort.capability.promise;
    const wasErroring = state === 'erroring';
    const capability = Promise.withResolvers();
    this.pendingAbort = { capability, reason: wasErroring ? undefined : reason, wasErroring };
    if (!wasErroring) this.startErroring(reason);
    return capability.promise;
  }

  /** https://streams.spec.whatwg.org/#writable-stream-close */
  close() {
    if (this.state === 'closed' || this.state === 'errored') {
      return Promise.reject(invalidState('WritableStream is closed'));
    }
    this.closeRequest = Promise.withResolvers();
    const { promise } = this.closeRequest;
    if (this.hasBackpressure && this.state === 'writable') this.writer?.ready?.resolve();
    this.controller.close();
    return promise;
  }

  addWriteRequest() {
    const request = Promise.withResolvers();
    this.writeRequests.push(request);
    return request.promise;
  }

  updateBackpressure(hasBackpressure) {
    if (this.writer !== undefined && hasBackpressure !== this.hasBackpressure) {
      // Who asks next gets another promise.
      if (hasBackpressure) this.writer.ready = undefined;
      else this.writer.ready?.resolve();
    }
    this.hasBackpressure = hasBackpressure;
  }

  // -------------------------------------------------------------------------
  // Errors
  // -------------------------------------------------------------------------

  startErroring(reason) {
    this.state = 'erroring';
    this.storedError = reason;
    if (this.writer !== undefined) this.writer.ready = rejected(this.writer.ready, reason);
    const isBusy = this.writeInFlight !== undefined || this.closeInFlight !== undefined;
    if (!isBusy && this.controller.isStarted) this.finishErroring();
  }

  dealWithRejection(error) {
    if (this.state === 'writable') this.startErroring(error);
    else this.finishErroring();
  }

  /** https://streams.spec.whatwg.org/#writable-stream-finish-erroring */
  finishErroring() {
    this.state = 'errored';
    this.controller.clearQueue();
    for (const request of this.writeRequests.takeAll()) request.reject(this.storedError);
    const abort = this.pendingAbort;
    if (abort === undefined) {
      this.rejectClosed();
      return;
    }
    this.pendingAbort = undefined;
    if (abort.wasErroring) {
      abort.capability.reject(this.storedError);
      this.rejectClosed();
      return;
    }
    this.controller.abortSteps(abort.reason).then(() => {
      abort.capability.resolve();
      this.rejectClosed();
    }, (error) => {
      abort.capability.reject(error);
      this.rejectClosed();
    });
  }

  rejectClosed() {
    if (this.closeRequest !== undefined) {
      this.closeRequest.reject(this.storedError);
      this.closeRequest = undefined;
    }
    this.isClosed?.reject(this.storedError);
    this.writer?.closed?.reject(this.storedError);
  }

  // -------------------------------------------------------------------------
  // What the sink works at
  // -------------------------------------------------------------------------

  markWriteInFlight() {
    this.writeInFlight = this.writeRequests.shift();
  }

  markCloseInFlight() {
    this.closeInFlight = this.closeRequest;
    this.closeRequest = undefined;
  }

  finishWrite() {
    this.writeInFlight.resolve();
    this.writeInFlight = undefined;
  }

  failWrite(error) {
    this.writeInFlight.reject(error);
    this.writeInFlight = undefined;
    this.dealWithRejection(error);
  }

  finishClose() {
    this.closeInFlight.resolve();
    this.closeInFlight = undefined;
    if (this.state === 'erroring') {
      // It has come to a good end before the error could be told.
      this.storedError = undefined;
      this.pendingAbort?.capability.resolve();
      this.pendingAbort = undefined;
    }
    this.state = 'closed';
    this.isClosed?.resolve();
    this.writer?.closed?.resolve();
  }

  failClose(error) {
    this.closeInFlight.reject(error);
    this.closeInFlight = undefined;
    this.pendingAbort?.capability.reject(error);
    this.pendingAbort = undefined;
    this.dealWithRejection(error);
  }
}

function released() {
  return invalidState('Writer has been released');
}

/** Behind a `WritableStreamDefaultWriter`. */
class WriterState {
  closed = undefined;
  ready = undefined;

  /** https://streams.spec.whatwg.org/#set-up-writable-stream-default-writer */
  constructor(stream) {
    /** The `WritableState`; none once the lock has been released. */
    this.stream = stream;
    stream.writer = this;
  }

  whenClosed() {
    if (this.closed === undefined) {
      this.closed = new Settling();
      if (this.stream === undefined) this.closed.reject(released());
      else this.stream.settle(this.closed);
    }
    return this.closed.promise;
  }

  /** A promise of the moment when the stream wants more. */
  whenReady() {
    if (this.ready === undefined) this.#settleReady(this.ready = new Settling());
    return this.ready.promise;
  }

  #settleReady(ready) {
    const { stream } = this;
    if (stream === undefined) ready.reject(released());
    else if (stream.state === 'erroring' || stream.state === 'errored') ready.reject(stream.storedError);
    else if (stream.state === 'closed' || stream.isClosing || !stream.hasBackpressure) ready.resolve();
  }

  get desiredSize() {
    const { state, controller } = this.stream;
    if (state === 'errored' || state === 'erroring') return null;
    return state === 'closed' ? 0 : controller.desiredSize;
  }

  /** https://streams.spec.whatwg.org/#writable-stream-default-writer-write */
  write(chunk) {
    const { stream } = this;
    const { controller } = stream;
    const size = controller.sizeOf(chunk);
    // To find the size out, code of programs has run.
    if (stream !== this.stream) return Promise.reject(invalidState('Mismatched WritableStreams'));
    const { state } = stream;
    if (state === 'errored') return Promise.reject(stream.storedError);
    if (stream.isClosing || state === 'closed') return Promise.reject(invalidState('WritableStream is closed'));
    if (state === 'erroring') return Promise.reject(stream.storedError);
    const promise = stream.addWriteRequest();
    controller.write(chunk, size);
    return promise;
  }

  /** https://streams.spec.whatwg.org/#writable-stream-default-writer-close-with-error-propagation */
  closeWithErrorPropagation() {
    const { stream } = this;
    if (stream.isClosing || stream.state === 'closed') return Promise.resolve();
    if (stream.state === 'errored') return Promise.reject(stream.storedError);
    return stream.close();
  }

  release() {
    const error = released();
    this.ready = rejected(this.ready, error);
    this.closed = rejected(this.closed, error);
    this.stream.writer = undefined;
    this.stream = undefined;
  }
}

module.exports = { WritableState, WriterState };
