'use strict';

// The stack of an error that ends the program because nobody listened to `error`: it says
// where the event was emitted, too.

/** Where a run of lines of one stack begins that is in the other as well, and its length. */
function commonRun(lines, others) {
  const FEWEST = 3;
  for (let at = 0; at < lines.length - FEWEST; at++) {
    const found = others.indexOf(lines[at]);
    if (found < 0) continue;
    const most = Math.min(lines.length - at, others.length - found);
    let length = 1;
    while (length < most && lines[at + length] === others[found + length]) length++;
    if (length > FEWEST) return { at, length };
  }
  return { at: 0, length: 0 };
}

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
  const { at, length } = commonRun(lines, error.stack.split('\n').slice(1));
  if (length > 0) {
    lines.splice(at + 1, length - 2, '    [... lines matching original stack trace ...]');
  }
  return `${error.stack}\nEmitted 'error' event${who} at:\n${lines.join('\n')}`;
}

module.exports = { commonRun, enhancedStack };
