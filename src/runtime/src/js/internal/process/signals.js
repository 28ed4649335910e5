'use strict';

// Signals as events: https://nodejs.org/api/process.html#signal-events

const { setHook, unwatchSignal, watchSignal } = native('process');

/** The signals that are listened to, by number. */
const watched = new Map();
let process;

function numberOf(event) {
  if (typeof event !== 'string' || !event.startsWith('SIG')) return undefined;
  return require('os').constants.signals[event];
}

function onSignal(number) {
  const name = watched.get(number);
  if (name !== undefined) process.emit(name, name, number);
}

/** Called when somebody listens to an event. */
function begin(event) {
  const number = numberOf(event);
  if (number === undefined || watched.has(number)) return;
  if (watched.size === 0) setHook('signal', onSignal);
  watchSignal(number);
  watched.set(number, event);
}

/** Called when somebody no longer does. */
function end(event) {
  const number = numberOf(event);
  if (number === undefined || !watched.has(number) || process.listenerCount(event) > 0) return;
  watched.delete(number);
  unwatchSignal(number);
}

function install(target) {
  process = target;
  if (watchSignal === undefined) return;
  process.on('newListener', begin);
  process.on('removeListener', end);
}

module.exports = { install };
