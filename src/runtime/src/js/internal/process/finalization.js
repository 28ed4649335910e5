'use strict';

// `process.finalization`: https://nodejs.org/api/process.html#processfinalizationregisterref-callback

const { validateFunction, validateObject } = require('internal/validators');

/** Registrations by event: weak references to objects, and what is called for them. */
const registered = { exit: new Set(), beforeExit: new Set() };
const listening = { exit: false, beforeExit: false };

function run(event) {
  for (const entry of registered[event]) {
    const object = entry.reference.deref();
    if (event === 'exit') registered[event].delete(entry);
    if (object !== undefined) entry.callback(object, event);
  }
}

function add(event, object, callback) {
  validateObject(object, 'ref');
  validateFunction(callback, 'fn');
  registered[event].add({ reference: new WeakRef(object), callback });
  if (!listening[event]) {
    listening[event] = true;
    require('process').on(event, () => run(event));
  }
}

module.exports = {
  register(ref, fn) {
    add('exit', ref, fn);
  },
  registerBeforeExit(ref, fn) {
    add('beforeExit', ref, fn);
  },
  unregister(ref) {
    for (const entries of Object.values(registered)) {
      for (const entry of entries) {
        const object = entry.reference.deref();
        if (object === undefined || object === ref) entries.delete(entry);
      }
    }
  },
};
