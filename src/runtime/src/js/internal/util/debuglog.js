'use strict';

// https://nodejs.org/api/util.html#utildebuglogsection-callback

/** The sections of `NODE_DEBUG`, which may hold `*`, as one pattern. */
let pattern;
const isKnown = new Map();

function isEnabled(section) {
  if (pattern === undefined) {
    const wanted = require('process').env.NODE_DEBUG;
    const sections = wanted ? wanted.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*').replaceAll(',', '$|^') : null;
    pattern = sections === null ? null : new RegExp(`^${sections}$`, 'i');
  }
  if (pattern === null) return false;
  let known = isKnown.get(section);
  if (known === undefined) {
    known = pattern.test(section);
    isKnown.set(section, known);
    if (known) warnOfSecrets(section);
  }
  return known;
}

function warnOfSecrets(section) {
  if (section !== 'HTTP' && section !== 'HTTP2') return;
  require('process').emitWarning(
    `Setting the NODE_DEBUG environment variable to '${section.toLowerCase()}' can expose ` +
    'sensitive data (such as passwords, tokens and authentication headers) in the resulting log.');
}

function write(section, args) {
  const process = require('process');
  const { formatWithOptions, inspect } = require('internal/inspect');
  const colors = Boolean(process.stderr?.hasColors?.());
  const pid = inspect(process.pid, { colors });
  process.stderr.write(`${section} ${pid}: ${formatWithOptions({ colors }, ...args)}\n`);
}

function debuglog(set, cb) {
  let section;
  let isOn;
  function enabled() {
    if (isOn === undefined) {
      section = String(set).toUpperCase();
      isOn = isEnabled(section);
    }
    return isOn;
  }
  const debug = (...args) => {
    if (enabled()) write(section, args);
  };
  let hasCalled = false;
  const logger = (...args) => {
    // The callback gets what is called from now on.
    if (!hasCalled && typeof cb === 'function') {
      hasCalled = true;
      cb(debug);
    }
    debug(...args);
  };
  for (const fn of [logger, debug]) {
    Object.defineProperty(fn, 'enabled', { __proto__: null, get: enabled, configurable: true, enumerable: true });
  }
  return logger;
}

module.exports = { debuglog };
