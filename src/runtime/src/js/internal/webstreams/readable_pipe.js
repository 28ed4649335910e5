'use strict';

// From a readable stream into a writable one: https://streams.spec.whatwg.org/#readable-stream-pipe-to

const { queueMicrotask } = require('internal/microtask');
const { DefaultControllerState } = require('internal/webstreams/readable_default_controller');
const { ReaderState } = require('internal/webstreams/readable_state');
const { WriterState } = require('internal/webstreams/writable_state');
const { invalidState, markHandled, nothing } = require('internal/webstreams/util');

class Pipe {
  #isShuttingDown = false;
  #lastWrite = Promise.resolve();
  #result = Promise.withResolvers();

  /** `source` is a `ReadableState`, `destination` a `WritableState`; both are free. */
  constructor(source, destination, options) {
    this.source = source;
    this.destination = destination;
    this.options = options;
    this.reader = new ReaderState(source, false);
    this.writer = new WriterState(destination);
    this.onAbort = () => this.#abort();
    source.isDisturbed = true;
  }

  start() {
    const { signal } = this.options;
    if (signal !== undefined) {
      if (signal.aborted) {
        this.#abort();
        return this.#result.promise;
      }
      signal.addEventListener('abort', this.onAbort);
    }
    this.#watch();
    this.#pump();
    return this.#result.promise;
  }

  #abort() {
    const error = this.options.signal.reason;
    this.#shutDown(() => {
      const { source, destination, options } = this;
      const actions = [];
      if (!options.preventAbort && destination.state === 'writable') actions.push(destination.abort(error));
      if (!options.preventCancel && source.state === 'readable') actions.push(source.cancel(error));
      return Promise.all(actions);
    }, { error });
  }

  /** What happens on one side has its effect on the other one. */
  #watch() {
    const { source, destination } = this;
    const onSourceError = (error) => {
      this.#shutDown(this.options.preventAbort ? undefined : () => destination.abort(error), { error });
    };
    const onSourceClose = () => {
      this.#shutDown(this.options.preventClose ? undefined : () => this.writer.closeWithErrorPropagation());
    };
    const onDestinationError = (error) => {
      this.#shutDown(this.options.preventCancel ? undefined : () => source.cancel(error), { error });
    };
    if (source.state === 'errored') onSourceError(source.storedError);
    else this.reader.whenClosed().then(undefined, onSourceError);
    if (destination.state === 'errored') onDestinationError(destination.storedError);
    else this.writer.whenClosed().then(undefined, onDestinationError);
    if (source.state === 'closed') onSourceClose();
    else this.reader.whenClosed().then(onSourceClose, nothing);
    if (destination.isClosing || destination.state === 'closed') {
      onDestinationError(invalidState('Destination WritableStream is closed'));
    }
  }

  /** Reads as long as the destination wants more. */
  #pump() {
    const { source, destination, writer } = this;
    while (!this.#isShuttingDown) {
      if (destination.state !== 'writable' || destination.hasBackpressure) {
        writer.whenReady().then(() => this.#pump(), nothing);
        return;
      }
      const { controller } = source;
      const isThere = source.state === 'readable' && controller instanceof DefaultControllerState &&
        controller.queue.length > 0;
      if (!isThere) {
        this.#read();
        return;
      }
      this.#write(controller.take());
    }
  }

  #write(chunk) {
    this.#lastWrite = this.writer.write(chunk);
    markHandled(this.#lastWrite);
  }

  /** A chunk has been read, and will be written in a moment. */
  #holdsChunk = false;

  #read() {
    this.reader.read({
      chunk: (value) => {
        // The source is in the middle of `enqueue`, which must not run code of the sink.
        this.#holdsChunk = true;
        queueMicrotask(() => {
          this.#holdsChunk = false;
          if (this.writer.stream !== undefined) this.#write(value);
          this.#pump();
        });
      },
      close: nothing,
      error: nothing,
    });
  }

  async #writesToFinish() {
    let last;
    do {
      if (this.#holdsChunk) await undefined;
      last = this.#lastWrite;
      await last.then(nothing, nothing);
    } while (last !== this.#lastWrite || this.#holdsChunk);
  }

  /** https://streams.spec.whatwg.org/#readable-stream-pipe-to-shutdown-with-action */
  async #shutDown(action, failure) {
    if (this.#isShuttingDown) return;
    this.#isShuttingDown = true;
    const { destination } = this;
    if (destination.state === 'writable' && !destination.isClosing) await this.#writesToFinish();
    try {
      await action?.();
    } catch (error) {
      failure = { error };
    }
    this.#finish(failure);
  }

  #finish(failure) {
    this.writer.release();
    this.reader.release();
    this.options.signal?.removeEventListener('abort', this.onAbort);
    if (failure !== undefined) this.#result.reject(failure.error);
    else this.#result.resolve();
  }
}

function pipe(source, destination, options) {
  return new Pipe(source, destination, options).start();
}

module.exports = { pipe };
