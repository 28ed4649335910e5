'use strict';

// Modules that require each other: what one of them has not exported yet is missed with a
// warning. https://nodejs.org/api/modules.html#cycles

function warn(name) {
  require('process').emitWarning(
    `Accessing non-existent property '${String(name)}' of module exports inside circular dependency`);
}

/** What stands behind exports that are not complete. */
const watcher = new Proxy({}, {
  get(target, name) {
    // Promises and compilers ask everything for these.
    if (name in target || name === '__esModule') return target[name];
    warn(name);
    return undefined;
  },
  getOwnPropertyDescriptor(target, name) {
    if (Object.hasOwn(target, name) || name === '__esModule') {
      return Object.getOwnPropertyDescriptor(target, name);
    }
    warn(name);
    return undefined;
  },
});

/** Has the exports of a module warn. */
function watch(module) {
  Object.setPrototypeOf(module.exports, watcher);
  return module.exports;
}

/** They are complete. */
function restore(module) {
  const { exports } = module;
  if (exports !== null && typeof exports === 'object' && !native('types').isProxy(exports) && Object.getPrototypeOf(exports) === watcher) {
    Object.setPrototypeOf(exports, Object.prototype);
  }
}

module.exports = { restore, watch };
