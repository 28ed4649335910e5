'use strict';

// `Stream`: what all streams are, and what those of old libraries are made of.

const EventEmitter = require('events');

function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

/** Moves what `data` tells of to another stream, and pauses where that wants it. */
Stream.prototype.pipe = function(destination, options) {
  const source = this;

  function onData(chunk) {
    if (destination.writable && destination.write(chunk) === false && source.pause) source.pause();
  }
  function onDrain() {
    if (source.readable && source.resume) source.resume();
  }

  let hasEnded = false;
  function onEnd() {
    if (hasEnded) return;
    hasEnded = true;
    destination.end();
  }
  function onClose() {
    if (hasEnded) return;
    hasEnded = true;
    if (typeof destination.destroy === 'function') destination.destroy();
  }
  function onError(error) {
    cleanUp();
    // Nobody else listens: then it is thrown.
    if (EventEmitter.listenerCount(this, 'error') === 0) this.emit('error', error);
  }
  function cleanUp() {
    source.removeListener('data', onData);
    destination.removeListener('drain', onDrain);
    source.removeListener('end', onEnd);
    source.removeListener('close', onClose);
    source.removeListener('error', onError);
    destination.removeListener('error', onError);
    source.removeListener('end', cleanUp);
    source.removeListener('close', cleanUp);
    destination.removeListener('close', cleanUp);
  }

  source.on('data', onData);
  destination.on('drain', onDrain);
  // The standard streams stay open.
  if (!destination._isStdio && (!options || options.end !== false)) {
    source.on('end', onEnd);
    source.on('close', onClose);
  }
  prependListener(source, 'error', onError);
  prependListener(destination, 'error', onError);
  source.on('end', cleanUp);
  source.on('close', cleanUp);
  destination.on('close', cleanUp);
  destination.emit('pipe', source);
  return destination;
};

/** Adds a listener before the others, to emitters of other libraries, too. */
function prependListener(emitter, event, listener) {
  if (typeof emitter.prependListener === 'function') return emitter.prependListener(event, listener);
  const known = emitter._events?.[event];
  if (!known) emitter.on(event, listener);
  else if (Array.isArray(known)) known.unshift(listener);
  else emitter._events[event] = [listener, known];
}

module.exports = { Stream, prependListener };
