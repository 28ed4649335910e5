'use strict';

// What options of the program say of tests: https://nodejs.org/api/cli.html#--test

const options = require('internal/options');

/** A text as a pattern: `/…/flags`, or what stands in a name. */
function toPattern(text) {
  const match = /^\/(.*)\/([a-z]*)$/s.exec(text);
  const [source, flags] = match === null ? [text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), ''] : [match[1], match[2]];
  try {
    return new RegExp(source, flags);
  } catch (error) {
    const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
    throw new ERR_INVALID_ARG_VALUE(
      'value', text, `is an invalid regular expression.${error ? ` ${error}` : ''}`);
  }
}

function patterns(texts) {
  return texts.length === 0 ? undefined : texts.map(toPattern);
}

let known;

/** What the program was called with. */
function config() {
  known ??= {
    only: options.flag('test-only'),
    forceExit: options.flag('test-force-exit'),
    namePatterns: patterns(options.list('test-name-pattern')),
    skipPatterns: patterns(options.list('test-skip-pattern')),
    tagFilters: undefined,
    updateSnapshots: options.flag('test-update-snapshots'),
    reporters: options.list('test-reporter'),
    destinations: options.list('test-reporter-destination'),
    isRunner: options.flag('test'),
    /** A file that is run by itself heeds `only` without the option. */
    heedsOnly: options.flag('test-only') || !options.flag('test') && process.env.NODE_TEST_CONTEXT === undefined,
    timeout: options.number('test-timeout') ?? Infinity,
    concurrency: options.number('test-concurrency'),
  };
  return known;
}

/** The same with what `run()` was given. */
function makeConfig(given) {
  const all = { ...config(), only: false, forceExit: false, namePatterns: undefined, skipPatterns: undefined };
  return { ...all, ...given };
}

module.exports = { config, makeConfig, toPattern };
