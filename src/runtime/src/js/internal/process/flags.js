'use strict';

// `process.allowedNodeEnvironmentFlags`:
// https://nodejs.org/api/process.html#processallowednodeenvironmentflags

const known = require('internal/process/environment_flags');

/** What a flag may be meant by that is written with `_`, with a value, or without dashes. */
function spellings(flag) {
  if (typeof flag !== 'string') return [];
  const name = flag.replace(/_/g, '-').replace(/=.*$/s, '');
  return name.startsWith('-') ? [name] : [`--${name}`, `-${name}`];
}

/** The flags, which nobody can change; a flag may be asked for in all its spellings. */
class NodeEnvironmentFlagsSet extends Set {
  // What `Set.prototype.add` puts into the set itself is not looked at.
  #flags = new Set(known);

  constructor() {
    super();
    Object.freeze(this);
  }

  add() {
    return this;
  }

  delete() {
    return false;
  }

  clear() {}

  has(flag) {
    return spellings(flag).some((name) => this.#flags.has(name));
  }

  get size() {
    return this.#flags.size;
  }

  forEach(callback, thisArg = undefined) {
    for (const flag of this.#flags) Reflect.apply(callback, thisArg, [flag, flag, this]);
  }

  entries() {
    return this.#flags.entries();
  }

  keys() {
    return this.#flags.values();
  }

  values() {
    return this.#flags.values();
  }
}

Object.defineProperty(NodeEnvironmentFlagsSet.prototype, Symbol.iterator, {
  value: NodeEnvironmentFlagsSet.prototype.values, writable: true, enumerable: false, configurable: true,
});
Object.freeze(NodeEnvironmentFlagsSet.prototype.constructor);
Object.freeze(NodeEnvironmentFlagsSet.prototype);

module.exports = new NodeEnvironmentFlagsSet();
