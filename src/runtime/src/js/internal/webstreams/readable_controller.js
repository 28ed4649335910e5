'use strict';

// What both controllers of readable streams do: they pull from a source as long as somebody
// wants more. https://streams.spec.whatwg.org/#rs-all-abstract-ops

const { resolved } = require('internal/webstreams/util');

/** A subclass has `queuedSize` and `error(reason)`. */
class ReadableControllerState {
  isStarted = false;
  isPulling = false;
  pullsAgain = false;
  closeRequested = false;
  controller = undefined;

  /** `stream` is a `ReadableState`; `algorithms` are `pull()` and `cancel(reason)`. */
  constructor(stream, { pull, cancel }, highWaterMark) {
    this.stream = stream;
    this.pullAlgorithm = pull;
    this.cancelAlgorithm = cancel;
    this.highWaterMark = highWaterMark;
    stream.controller = this;
  }

  /** Pulls as soon as what `start` has given is there. */
  startWith(result) {
    Promise.resolve(result).then(() => {
      this.isStarted = true;
      this.pullIfNeeded();
    }, (error) => this.error(error));
  }

  get desiredSize() {
    const { state } = this.stream;
    if (state === 'errored') return null;
    return state === 'closed' ? 0 : this.highWaterMark - this.queuedSize;
  }

  get canCloseOrEnqueue() {
    return !this.closeRequested && this.stream.state === 'readable';
  }

  /** https://streams.spec.whatwg.org/#readable-stream-default-controller-should-call-pull */
  get shouldPull() {
    if (!this.canCloseOrEnqueue || !this.isStarted) return false;
    return this.stream.requestCount > 0 || this.desiredSize > 0;
  }

  pullIfNeeded() {
    if (!this.shouldPull || this.pullAlgorithm === resolved) return;
    if (this.isPulling) {
      this.pullsAgain = true;
      return;
    }
    this.isPulling = true;
    this.pullAlgorithm().then(() => {
      this.isPulling = false;
      if (this.pullsAgain) {
        this.pullsAgain = false;
        this.pullIfNeeded();
      }
    }, (error) => this.error(error));
  }

  clearAlgorithms() {
    this.pullAlgorithm = undefined;
    this.cancelAlgorithm = undefined;
  }
}

module.exports = { ReadableControllerState };
