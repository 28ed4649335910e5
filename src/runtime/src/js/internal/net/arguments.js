'use strict';

// The forms in which `connect` and `listen` take their arguments.

const kNormalized = Symbol('normalized');

/** A port, or undefined if the value is none: texts of numbers count. */
function portOf(value) {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return value;
  return undefined;
}

/**
 * `[options, callback]` of `(options, callback)`, `(path, callback)` and
 * `(port, host, callback)`.
 */
function normalizeArgs(args) {
  let normalized;
  if (args.length === 0) {
    normalized = [{}, null];
  } else {
    const first = args[0];
    let options = {};
    if (typeof first === 'object' && first !== null) {
      options = first;
    } else if (typeof first === 'string' && !(Number(first) >= 0)) {
      options.path = first;
    } else {
      options.port = first;
      if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
    }
    const last = args[args.length - 1];
    normalized = [options, typeof last === 'function' ? last : null];
  }
  normalized[kNormalized] = true;
  return normalized;
}

module.exports = { kNormalized, normalizeArgs, portOf };
