'use strict';

// What is behind a readable stream, and what readers wait for.
// https://streams.spec.whatwg.org/#rs-all-abstract-ops

const { Deque, EndingState, Settling, invalidState, nothing, rejected } = require('internal/webstreams/util');

/**
 * Behind a `ReadableStream`. Its controller is an object with the methods `cancelSteps(reason)`,
 * `pullSteps(request)` and `releaseSteps()`.
 */
class ReadableState extends EndingState {
  /** `readable`, `closed` or `errored`. */
  state = 'readable';
  isDisturbed = false;
  reader = undefined;
  controller = undefined;

  constructor(stream) {
    super();
    this.stream = stream;
  }

  get isLocked() {
    return this.reader !== undefined;
  }

  /** https://streams.spec.whatwg.org/#readable-stream-cancel */
  cancel(reason) {
    this.isDisturbed = true;
    if (this.state === 'closed') return Promise.resolve();
    if (this.state === 'errored') return Promise.reject(this.storedError);
    this.close();
    if (this.reader?.isByob) {
      for (const request of this.reader.requests.takeAll()) request.close(undefined);
    }
    return this.controller.cancelSteps(reason).then(nothing);
  }

  /** https://streams.spec.whatwg.org/#readable-stream-close */
  close() {
    this.state = 'closed';
    this.isClosed?.resolve();
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed?.resolve();
    if (!reader.isByob) for (const request of reader.requests.takeAll()) request.close();
  }

  /** https://streams.spec.whatwg.org/#readable-stream-error */
  error(error) {
    this.state = 'errored';
    this.storedError = error;
    this.isClosed?.reject(error);
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed?.reject(error);
    reader.failRequests(error);
  }

  get hasDefaultReader() {
    return this.reader !== undefined && !this.reader.isByob;
  }

  get hasByobReader() {
    return this.reader !== undefined && this.reader.isByob;
  }

  /** How many reads wait for a chunk. */
  get requestCount() {
    return this.reader === undefined ? 0 : this.reader.requests.length;
  }

  /** https://streams.spec.whatwg.org/#readable-stream-fulfill-read-request */
  fulfillRequest(chunk, isDone) {
    const request = this.reader.requests.shift();
    if (isDone) request.close(chunk);
    else request.chunk(chunk);
  }
}

/**
 * Behind a reader of either kind. What waits are requests: objects with the methods
 * `chunk(value)`, `close(value)` and `error(error)`.
 */
class ReaderState {
  requests = new Deque();
  closed = undefined;

  /** https://streams.spec.whatwg.org/#readable-stream-reader-generic-initialize */
  constructor(stream, isByob) {
    /** The `ReadableState`; none once the lock has been released. */
    this.stream = stream;
    this.isByob = isByob;
    stream.reader = this;
  }

  whenClosed() {
    if (this.closed === undefined) {
      this.closed = new Settling();
      if (this.stream === undefined) this.closed.reject(invalidState('Reader released'));
      else this.stream.settle(this.closed);
    }
    return this.closed.promise;
  }

  failRequests(error) {
    for (const request of this.requests.takeAll()) request.error(error);
  }

  /** https://streams.spec.whatwg.org/#readable-stream-reader-generic-release */
  release() {
    const { stream } = this;
    this.closed = rejected(this.closed, invalidState('Reader released'));
    stream.controller.releaseSteps();
    stream.reader = undefined;
    this.stream = undefined;
    this.failRequests(invalidState('Releasing reader'));
  }

  /** https://streams.spec.whatwg.org/#readable-stream-default-reader-read */
  read(request) {
    const { stream } = this;
    stream.isDisturbed = true;
    if (stream.state === 'readable') stream.controller.pullSteps(request);
    else if (stream.state === 'closed') request.close();
    else request.error(stream.storedError);
  }

  /** https://streams.spec.whatwg.org/#readable-stream-byob-reader-read */
  readInto(view, min, request) {
    const { stream } = this;
    stream.isDisturbed = true;
    if (stream.state === 'errored') request.error(stream.storedError);
    else stream.controller.pullInto(view, min, request);
  }
}

/** A read of a program, which gets a promise. */
class PromisedRead {
  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers();
    this.promise = promise;
    this.resolve = resolve;
    this.reject = reject;
  }

  chunk(value) {
    this.resolve({ done: false, value });
  }

  close(value) {
    this.resolve({ done: true, value });
  }

  error(error) {
    this.reject(error);
  }
}

module.exports = { PromisedRead, ReadableState, ReaderState };
