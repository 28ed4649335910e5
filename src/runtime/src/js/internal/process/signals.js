'use strict';

// Signals as events: https://nodejs.org/api/process.html#signal-events

const { setHook, unwatchSignal, watchSignal } = native('process');

const { getContext, setContext } = native('async_context');

/** The signals that are listened to, by number: what they are called, and the context of who listens. */
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
      const listened = watched.get(arrived);
      if (listened === undefined) return;
      setContext(listened.context);
      process.emit(listened.event, listened.event, arrived);
    });
  }
  watchSignal(number);
  watched.set(number, { event, context: getContext() });
}

/** Called when somebody no longer does. */
function end(process, event) {
  const number = numberOf(event);
  if (number === undefined || !watched.has(number) || process.listenerCount(event) > 0) return;
  watched.delete(number);
  unwatchSignal(number);
}

module.exports = { begin, end };
