'use strict';

// `pipe` and `unpipe` of readable streams.

const { errorOrDestroy } = require('internal/stream/destroy');
const { prependListener } = require('internal/stream/legacy');
const { noPipes } = require('internal/stream/readable_state');
const { nextTick } = native('process');

/** The standard streams of the process, if the program has looked at any. */
function isStandardStream(stream) {
  if (!stream._isStdio && stream.fd !== 1 && stream.fd !== 2) return false;
  const process = require('process');
  return stream === process.stdout || stream === process.stderr;
}

function pipe(destination, options) {
  const source = this;
  const state = this._readableState;
  if (state.pipes.length === 1 && !state.multiAwaitDrain) {
    state.multiAwaitDrain = true;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  if (state.pipes === noPipes) state.pipes = [destination];
  else state.pipes.push(destination);

  const doesEnd = (!options || options.end !== false) && !isStandardStream(destination);
  const onSourceEnd = doesEnd ? onEnd : unpipe;
  if (state.endEmitted) nextTick(onSourceEnd);
  else source.once('end', onSourceEnd);

  destination.on('unpipe', onUnpipe);
  function onUnpipe(readable, info) {
    if (readable === source && info && info.hasUnpiped === false) {
      info.hasUnpiped = true;
      cleanUp();
    }
  }

  function onEnd() {
    destination.end();
  }

  let onDrain;
  let isCleanedUp = false;
  function cleanUp() {
    destination.removeListener('close', onClose);
    destination.removeListener('finish', onFinish);
    if (onDrain) destination.removeListener('drain', onDrain);
    destination.removeListener('error', onError);
    destination.removeListener('unpipe', onUnpipe);
    source.removeListener('end', onEnd);
    source.removeListener('end', unpipe);
    source.removeListener('data', onData);
    isCleanedUp = true;
    // The source would wait for ever.
    if (onDrain && state.awaitDrainWriters &&
        (!destination._writableState || destination._writableState.needDrain ||
         destination.destroyed)) onDrain();
  }

  function pause() {
    // A destination that unpipes while it is written to is not waited for.
    if (!isCleanedUp) {
      if (state.pipes.length === 1 && state.pipes[0] === destination) {
        state.awaitDrainWriters = destination;
        state.multiAwaitDrain = false;
      } else if (state.pipes.length > 1 && state.pipes.includes(destination)) {
        state.awaitDrainWriters.add(destination);
      }
      source.pause();
    }
    if (!onDrain) {
      onDrain = drainer(source, destination);
      destination.on('drain', onDrain);
    }
  }

  source.on('data', onData);
  function onData(chunk) {
    try {
      if (destination.write(chunk) === false) pause();
    } catch (error) {
      // What it cannot take is its own error.
      destination.destroy(error);
    }
  }

  function onError(error) {
    unpipe();
    destination.removeListener('error', onError);
    if (destination.listenerCount('error') === 0) {
      const other = destination._writableState || destination._readableState;
      if (other && !other.errorEmitted) errorOrDestroy(destination, error);
      else destination.emit('error', error);
    }
  }
  // Before the program's own.
  prependListener(destination, 'error', onError);

  function onClose() {
    destination.removeListener('finish', onFinish);
    unpipe();
  }
  destination.once('close', onClose);
  function onFinish() {
    destination.removeListener('close', onClose);
    unpipe();
  }
  destination.once('finish', onFinish);

  function unpipe() {
    source.unpipe(destination);
  }

  destination.emit('pipe', source);
  if (destination.writableNeedDrain === true) pause();
  else if (!state.flowing) source.resume();
  return destination;
}

/** What lets the source flow again when nobody is waited for. */
function drainer(source, destination) {
  return function() {
    const state = source._readableState;
    // One of several may be waited for by itself, if others have left.
    if (state.awaitDrainWriters === destination) state.awaitDrainWriters = null;
    else if (state.multiAwaitDrain) state.awaitDrainWriters.delete(destination);
    const isWaiting = state.awaitDrainWriters && state.awaitDrainWriters.size !== 0;
    if (!isWaiting && source.listenerCount('data') > 0) source.resume();
  };
}

function unpipe(destination) {
  const state = this._readableState;
  if (state.pipes.length === 0) return this;
  if (!destination) {
    const all = state.pipes;
    state.pipes = noPipes;
    this.pause();
    for (const each of all) each.emit('unpipe', this, { hasUnpiped: false });
    return this;
  }
  const at = state.pipes.indexOf(destination);
  if (at === -1) return this;
  state.pipes.splice(at, 1);
  if (state.pipes.length === 0) this.pause();
  destination.emit('unpipe', this, { hasUnpiped: false });
  return this;
}

module.exports = {
  install(Readable) {
    Readable.prototype.pipe = pipe;
    Readable.prototype.unpipe = unpipe;
  },
};
