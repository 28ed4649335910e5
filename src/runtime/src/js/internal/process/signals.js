'use strict';

// Signals as events: https://nodejs.org/api/process.html#signal-events

const { setHook, unwatchSignal, watchSignal } = native('process');

/** The signals that are listened to, by number. */
const watched = new Map();

function numberOf(event) {
  return require('os').constants.signals[event];
}

/** Called when somebody listens to an event. */
function begin(process, event) {
  const number = numberOf(event);
  if (number === undefined || watched.has(number)) return;
  if (watched.size === 0) {
    setHook('signal', (arrived) => {
      const name = watched.get(arrived);
      if (name !== undefined) process.emit(name, name, arrived);
    });
  }
  watchSignal(number);
  watched.set(number, event);
}

/** Called when somebody no longer does. */
function end(process, event) {
  const number = numberOf(event);
  if (number === undefined || !watched.has(number) || process.listenerCount(event) > 0) return;
  watched.delete(number);
  unwatchSignal(number);
}

module.exports = { begin, end };
