'use strict';

// `process.allowedNodeEnvironmentFlags`:
// https://nodejs.org/api/process.html#processallowednodeenvironmentflags

const known = require('internal/process/environment_flags');

/** The full name of what may be written with `_`, without dashes, or with a value. */
function normalize(flag) {
  if (typeof flag !== 'string') return undefined;
  let name = flag.replace(/_/g, '-').replace(/=.*$/s, '');
  if (/^-[A-Za-z]$/.test(name)) return name;
  name = `--${name.replace(/^-{1,2}/, '')}`;
  return name;
}

/** The flags, which nobody can change; a flag may be asked for in all its spellings. */
class NodeEnvironmentFlagsSet extends Set {
  constructor(flags) {
    super();
    for (const flag of flags) super.add(flag);
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
    const name = normalize(flag);
    return name !== undefined && super.has(name);
  }
}

Object.freeze(NodeEnvironmentFlagsSet.prototype.constructor);
Object.freeze(NodeEnvironmentFlagsSet.prototype);

module.exports = new NodeEnvironmentFlagsSet(known);
