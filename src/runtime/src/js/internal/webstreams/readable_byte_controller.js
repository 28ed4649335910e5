'use strict';

// The controller of streams of bytes, which fills the buffers of its readers.
// https://streams.spec.whatwg.org/#rbs-controller-class

const { codes } = require('internal/errors');
const { validateBuffer } = require('internal/validators');
const { isSharedArrayBuffer } = require('internal/buffer/kinds');
const { ReadableControllerState } = require('internal/webstreams/readable_controller');
const {
  Deque, callStart, defineInterface, invalidState, kInspect, kInternal, kState, promisedMethod,
  resolved, showFields, stateOf,
} = require('internal/webstreams/util');

const transfer = (buffer) => ArrayBuffer.prototype.transfer.call(buffer);

/** The buffer of a view, which must be one that can change hands. */
function transferableBufferOf(view, name) {
  const { buffer } = view;
  if (isSharedArrayBuffer(buffer)) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, view, 'must not be backed by a SharedArrayBuffer');
  }
  return buffer;
}

/** A buffer that shall be filled: https://streams.spec.whatwg.org/#pull-into-descriptor */
class PullInto {
  bytesFilled = 0;

  /** `kind` says whose it is: that of a `byob` or `default` reader, or of `none` any more. */
  constructor(kind, buffer, byteOffset, byteLength, minimumFill, elementSize, View) {
    this.kind = kind;
    this.buffer = buffer;
    this.bufferByteLength = buffer.byteLength;
    this.byteOffset = byteOffset;
    this.byteLength = byteLength;
    this.minimumFill = minimumFill;
    this.elementSize = elementSize;
    this.View = View;
  }

  /** What has been filled, as the view that the reader has asked for. */
  toView() {
    return new this.View(transfer(this.buffer), this.byteOffset, this.bytesFilled / this.elementSize);
  }
}

/** Behind a `ReadableByteStreamController`. */
class ByteControllerState extends ReadableControllerState {
  /** Stretches of bytes: `{ buffer, byteOffset, byteLength }`. */
  queue = new Deque();
  queuedBytes = 0;
  pending = new Deque();
  /** The `ReadableStreamBYOBRequest` for the first buffer that is to be filled, once asked for. */
  request = undefined;

  /** `stream` is a `ReadableState`; `algorithms` are `pull()` and `cancel(reason)`. */
  constructor(stream, algorithms, highWaterMark, autoAllocateChunkSize) {
    super(stream, algorithms, highWaterMark);
    this.autoAllocateChunkSize = autoAllocateChunkSize;
  }

  // -------------------------------------------------------------------------
  // What the source does
  // -------------------------------------------------------------------------

  get queuedSize() {
    return this.queuedBytes;
  }

  clearQueue() {
    this.queue.takeAll();
    this.queuedBytes = 0;
  }

  clearPending() {
    this.invalidateRequest();
    this.pending.takeAll();
  }

  /** https://streams.spec.whatwg.org/#readable-byte-stream-controller-close */
  close() {
    if (this.closeRequested || this.stream.state !== 'readable') return;
    if (this.queuedBytes > 0) {
      this.closeRequested = true;
      return;
    }
    const first = this.pending.peek();
    if (first !== undefined && first.bytesFilled % first.elementSize !== 0) {
      const error = invalidState('Partial read');
      this.error(error);
      throw error;
    }
    this.clearAlgorithms();
    this.stream.close();
  }

  error(error) {
    if (this.stream.state !== 'readable') return;
    this.clearPending();
    this.clearQueue();
    this.clearAlgorithms();
    this.stream.error(error);
  }

  /** https://streams.spec.whatwg.org/#readable-byte-stream-controller-enqueue */
  enqueue(chunk) {
    const { stream, pending } = this;
    if (this.closeRequested || stream.state !== 'readable') return;
    const { byteOffset, byteLength } = chunk;
    const buffer = transfer(chunk.buffer);
    const first = pending.peek();
    if (first !== undefined) {
      if (first.buffer.detached) throw invalidState('Destination ArrayBuffer is detached');
      this.invalidateRequest();
      first.buffer = transfer(first.buffer);
      if (first.kind === 'none') this.queueDetached(first);
    }
    if (stream.hasDefaultReader) {
      this.serveRequestsFromQueue();
      if (stream.requestCount === 0) {
        this.queueBytes(buffer, byteOffset, byteLength);
      } else {
        // A buffer that was allocated for the reader is not needed any more.
        if (pending.length > 0) this.shiftPending();
        stream.fulfillRequest(new Uint8Array(buffer, byteOffset, byteLength), false);
      }
    } else {
      this.queueBytes(buffer, byteOffset, byteLength);
      if (stream.hasByobReader) this.commitAll(this.fillPendingFromQueue());
    }
    this.pullIfNeeded();
  }

  queueBytes(buffer, byteOffset, byteLength) {
    this.queue.push({ buffer, byteOffset, byteLength });
    this.queuedBytes += byteLength;
  }

  /** Puts a copy of what a buffer of the reader holds in the queue. */
  queueCopy(buffer, byteOffset, byteLength) {
    let copy;
    try {
      copy = ArrayBuffer.prototype.slice.call(buffer, byteOffset, byteOffset + byteLength);
    } catch (error) {
      this.error(error);
      throw error;
    }
    this.queueBytes(copy, 0, byteLength);
  }

  /** The reader that wanted the bytes has gone: the next one gets them. */
  queueDetached(pullInto) {
    if (pullInto.bytesFilled > 0) this.queueCopy(pullInto.buffer, pullInto.byteOffset, pullInto.bytesFilled);
    this.shiftPending();
  }

  // -------------------------------------------------------------------------
  // Filling buffers
  // -------------------------------------------------------------------------

  shiftPending() {
    this.invalidateRequest();
    return this.pending.shift();
  }

  commit(pullInto) {
    const isDone = this.stream.state === 'closed';
    this.stream.fulfillRequest(pullInto.toView(), isDone);
  }

  commitAll(filled) {
    for (const pullInto of filled) this.commit(pullInto);
  }

  /** Copies bytes from the queue; whether there were enough. */
  fillFromQueue(pullInto) {
    const { byteOffset, byteLength, bytesFilled, elementSize } = pullInto;
    const most = bytesFilled + Math.min(this.queuedBytes, byteLength - bytesFilled);
    const aligned = most - most % elementSize;
    const isReady = aligned >= pullInto.minimumFill;
    let rest = (isReady ? aligned : most) - bytesFilled;
    const target = new Uint8Array(pullInto.buffer);
    while (rest > 0) {
      const head = this.queue.peek();
      const count = Math.min(rest, head.byteLength);
      target.set(new Uint8Array(head.buffer, head.byteOffset, count), byteOffset + pullInto.bytesFilled);
      if (count === head.byteLength) {
        this.queue.shift();
      } else {
        head.byteOffset += count;
        head.byteLength -= count;
      }
      this.queuedBytes -= count;
      pullInto.bytesFilled += count;
      rest -= count;
    }
    return isReady;
  }

  /** Fills what waits; the buffers that are ready. */
  fillPendingFromQueue() {
    const filled = [];
    while (this.pending.length > 0 && this.queuedBytes > 0) {
      if (this.fillFromQueue(this.pending.peek())) filled.push(this.shiftPending());
    }
    return filled;
  }

  /** Gives a stretch of the queue to a read without a buffer. */
  serveRequest(request) {
    const { buffer, byteOffset, byteLength } = this.queue.shift();
    this.queuedBytes -= byteLength;
    this.afterTaking();
    request.chunk(new Uint8Array(buffer, byteOffset, byteLength));
  }

  serveRequestsFromQueue() {
    const { requests } = this.stream.reader;
    while (requests.length > 0 && this.queuedBytes > 0) this.serveRequest(requests.shift());
  }

  afterTaking() {
    if (this.queuedBytes === 0 && this.closeRequested) {
      this.clearAlgorithms();
      this.stream.close();
    } else {
      this.pullIfNeeded();
    }
  }

  // -------------------------------------------------------------------------
  // What readers do
  // -------------------------------------------------------------------------

  cancelSteps(reason) {
    this.clearPending();
    this.clearQueue();
    const cancelled = this.cancelAlgorithm(reason);
    this.clearAlgorithms();
    return cancelled;
  }

  pullSteps(request) {
    if (this.queuedBytes > 0) {
      this.serveRequest(request);
      return;
    }
    const size = this.autoAllocateChunkSize;
    if (size !== undefined) {
      let buffer;
      try {
        buffer = new ArrayBuffer(size);
      } catch (error) {
        request.error(error);
        return;
      }
      this.pending.push(new PullInto('default', buffer, 0, size, 1, 1, Uint8Array));
    }
    this.stream.reader.requests.push(request);
    this.pullIfNeeded();
  }

  /** https://streams.spec.whatwg.org/#readable-byte-stream-controller-pull-into */
  pullInto(view, min, request) {
    const { stream } = this;
    const isDataView = view instanceof DataView;
    const View = isDataView ? DataView : globalThis[view[Symbol.toStringTag]];
    const elementSize = isDataView ? 1 : view.BYTES_PER_ELEMENT;
    const { byteOffset, byteLength } = view;
    let buffer;
    try {
      buffer = transfer(view.buffer);
    } catch (error) {
      request.error(error);
      return;
    }
    const pullInto = new PullInto('byob', buffer, byteOffset, byteLength, min * elementSize, elementSize, View);
    if (this.pending.length === 0) {
      if (stream.state === 'closed') {
        request.close(new View(buffer, byteOffset, 0));
        return;
      }
      if (this.queuedBytes > 0) {
        if (this.fillFromQueue(pullInto)) {
          const filled = pullInto.toView();
          this.afterTaking();
          request.chunk(filled);
          return;
        }
        if (this.closeRequested) {
          const error = invalidState('ReadableStream closed');
          this.error(error);
          request.error(error);
          return;
        }
      }
    }
    this.pending.push(pullInto);
    stream.reader.requests.push(request);
    this.pullIfNeeded();
  }

  releaseSteps() {
    const first = this.pending.peek();
    if (first === undefined) return;
    first.kind = 'none';
    this.pending.takeAll();
    this.pending.push(first);
  }

  // -------------------------------------------------------------------------
  // Requests to fill a buffer
  // -------------------------------------------------------------------------

  get byobRequest() {
    const first = this.pending.peek();
    if (this.request === undefined && first !== undefined) {
      const view = new Uint8Array(
        first.buffer, first.byteOffset + first.bytesFilled, first.byteLength - first.bytesFilled);
      this.request = new ReadableStreamBYOBRequest(kInternal, this, view);
    }
    return this.request ?? null;
  }

  invalidateRequest() {
    if (this.request === undefined) return;
    const request = this.request[kState];
    request.controller = undefined;
    request.view = null;
    this.request = undefined;
  }

  /** https://streams.spec.whatwg.org/#readable-byte-stream-controller-respond */
  respond(bytesWritten) {
    const first = this.pending.peek();
    if (this.stream.state === 'closed') {
      if (bytesWritten !== 0) throw new codes.ERR_INVALID_ARG_VALUE('bytesWritten', bytesWritten);
    } else {
      if (!(bytesWritten > 0)) throw new codes.ERR_INVALID_ARG_VALUE('bytesWritten', bytesWritten);
      if (first.bytesFilled + bytesWritten > first.byteLength) {
        throw new codes.ERR_INVALID_ARG_VALUE.RangeError('bytesWritten', bytesWritten);
      }
    }
    first.buffer = transfer(first.buffer);
    this.respondInternal(bytesWritten);
  }

  /** https://streams.spec.whatwg.org/#readable-byte-stream-controller-respond-with-new-view */
  respondWithNewView(view) {
    const first = this.pending.peek();
    const { byteLength, byteOffset, buffer } = view;
    if (this.stream.state === 'closed') {
      if (byteLength !== 0) throw invalidState('View is not zero-length');
    } else if (byteLength === 0) {
      throw invalidState('View is zero-length');
    }
    if (first.byteOffset + first.bytesFilled !== byteOffset || first.bufferByteLength !== buffer.byteLength ||
        first.bytesFilled + byteLength > first.byteLength) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('view', view);
    }
    first.buffer = transfer(buffer);
    this.respondInternal(byteLength);
  }

  respondInternal(bytesWritten) {
    const first = this.pending.peek();
    this.invalidateRequest();
    if (this.stream.state === 'closed') this.respondWhenClosed(first);
    else this.respondWhenReadable(first, bytesWritten);
    this.pullIfNeeded();
  }

  respondWhenClosed(first) {
    if (first.kind === 'none') this.shiftPending();
    if (!this.stream.hasByobReader) return;
    const filled = [];
    while (filled.length < this.stream.requestCount) filled.push(this.shiftPending());
    this.commitAll(filled);
  }

  respondWhenReadable(first, bytesWritten) {
    first.bytesFilled += bytesWritten;
    if (first.kind === 'none') {
      this.queueDetached(first);
      this.commitAll(this.fillPendingFromQueue());
      return;
    }
    if (first.bytesFilled < first.minimumFill) return;
    this.shiftPending();
    const remainder = first.bytesFilled % first.elementSize;
    if (remainder > 0) {
      this.queueCopy(first.buffer, first.byteOffset + first.bytesFilled - remainder, remainder);
      first.bytesFilled -= remainder;
    }
    const filled = this.fillPendingFromQueue();
    this.commit(first);
    this.commitAll(filled);
  }
}

// ---------------------------------------------------------------------------
// The public objects
// ---------------------------------------------------------------------------

const NAME = 'ReadableByteStreamController';

class ReadableByteStreamController {
  constructor(internal = undefined, state = undefined) {
    if (internal !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kState] = state;
  }

  get byobRequest() {
    return stateOf(this, ByteControllerState, NAME).byobRequest;
  }

  get desiredSize() {
    return stateOf(this, ByteControllerState, NAME).desiredSize;
  }

  close() {
    const state = stateOf(this, ByteControllerState, NAME);
    if (state.closeRequested || state.stream.state !== 'readable') {
      throw invalidState('ReadableStream is already closed');
    }
    state.close();
  }

  enqueue(chunk) {
    const state = stateOf(this, ByteControllerState, NAME);
    validateBuffer(chunk);
    const buffer = transferableBufferOf(chunk, 'chunk');
    if (chunk.byteLength === 0 || buffer.byteLength === 0) {
      throw invalidState('chunk ArrayBuffer is zero-length or detached');
    }
    if (state.closeRequested || state.stream.state !== 'readable') {
      throw invalidState('ReadableStream is already closed');
    }
    state.enqueue(chunk);
  }

  error(error = undefined) {
    stateOf(this, ByteControllerState, NAME).error(error);
  }

  [kInspect](depth, options) {
    return showFields(NAME, depth, options, {});
  }
}

defineInterface(ReadableByteStreamController, ['byobRequest', 'desiredSize', 'close', 'enqueue', 'error']);

/** Behind a `ReadableStreamBYOBRequest`; without a controller, it has been answered. */
class RequestState {
  constructor(controller, view) {
    this.controller = controller;
    this.view = view;
  }
}

const REQUEST_NAME = 'ReadableStreamBYOBRequest';

/** https://streams.spec.whatwg.org/#rs-byob-request-class */
class ReadableStreamBYOBRequest {
  constructor(internal = undefined, controller = undefined, view = undefined) {
    if (internal !== kInternal) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kState] = new RequestState(controller, view);
  }

  get view() {
    return stateOf(this, RequestState, REQUEST_NAME).view;
  }

  respond(bytesWritten) {
    const { controller, view } = stateOf(this, RequestState, REQUEST_NAME);
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (view.buffer.detached) throw invalidState('Viewed ArrayBuffer is detached');
    controller.respond(bytesWritten === undefined || bytesWritten === null ? bytesWritten : Math.trunc(bytesWritten));
  }

  respondWithNewView(view) {
    const { controller } = stateOf(this, RequestState, REQUEST_NAME);
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    validateBuffer(view, 'view');
    if (transferableBufferOf(view, 'view').detached) throw invalidState('Viewed ArrayBuffer is detached');
    controller.respondWithNewView(view);
  }

  [kInspect](depth, options) {
    const { controller, view } = stateOf(this, RequestState, REQUEST_NAME);
    return showFields(REQUEST_NAME, depth, options, { view, controller: controller?.controller });
  }
}

defineInterface(ReadableStreamBYOBRequest, ['view', 'respond', 'respondWithNewView']);

// ---------------------------------------------------------------------------
// Setting up
// ---------------------------------------------------------------------------

/** Gives a stream a controller, and that a public object. */
function newByteController(stream, algorithms, highWaterMark, autoAllocateChunkSize) {
  const state = new ByteControllerState(stream, algorithms, highWaterMark, autoAllocateChunkSize);
  state.controller = new ReadableByteStreamController(kInternal, state);
  return state;
}

/** https://streams.spec.whatwg.org/#set-up-readable-byte-stream-controller-from-underlying-source */
function setUpBytesFromSource(stream, source, highWaterMark) {
  const { start, pull, cancel, autoAllocateChunkSize } = source;
  if (autoAllocateChunkSize === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('source.autoAllocateChunkSize', autoAllocateChunkSize);
  }
  if (autoAllocateChunkSize !== undefined) {
    const { validateInteger } = require('internal/validators');
    validateInteger(autoAllocateChunkSize, 'source.autoAllocateChunkSize', 1);
  }
  const pullSource = promisedMethod(source, pull, 'source.pull', 1, resolved);
  const state = newByteController(stream, {
    pull: pullSource === resolved ? resolved : () => pullSource(state.controller),
    cancel: promisedMethod(source, cancel, 'source.cancel', 1, resolved),
  }, highWaterMark, autoAllocateChunkSize);
  state.startWith(callStart(source, start, state.controller));
}

module.exports = {
  ByteControllerState,
  ReadableByteStreamController,
  ReadableStreamBYOBRequest,
  newByteController,
  setUpBytesFromSource,
  transferableBufferOf,
};
