'use strict';

// The stack of an error that ends the program because nobody listened to `error`: it says
// where the event was emitted, too.

/** The stack of `error`, and of the place `emittedAt`. */
function enhancedStack(emitter, error, emittedAt) {
  let who = '';
  try {
    const { name } = emitter.constructor;
    if (name !== 'EventEmitter') who = ` on ${name} instance`;
  } catch {
    // It has no constructor.
  }
  const lines = emittedAt.stack.split('\n').slice(1);
  return `${error.stack}\nEmitted 'error' event${who} at:\n${lines.join('\n')}`;
}

module.exports = { enhancedStack };
