'use strict';

// Reporters, and where they write: https://nodejs.org/api/test.html#test-reporters

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');

const BUILTIN = ['dot', 'junit', 'lcov', 'spec', 'tap'];
const FALLBACK = 'spec';

/** A reporter by its name, or by the module that exports it. */
async function load(name) {
  if (BUILTIN.includes(name)) return require(`internal/test_runner/reporters/${name}`);
  const { importModule } = native('modules');
  const base = `${process.cwd()}/`;
  const specifier = /^(?:\.{0,2}\/|[a-z]+:)/.test(name) ? toSpecifier(name) : name;
  const module = await importModule(specifier, base);
  return module.default ?? module;
}

function toSpecifier(name) {
  if (/^[a-z]+:/.test(name)) return name;
  return require('internal/url/file').pathToFileURL(require('path').resolve(name)).href;
}

function destinationOf(name) {
  if (name === 'stdout') return process.stdout;
  if (name === 'stderr') return process.stderr;
  return require('fs').createWriteStream(name);
}

/** Of a class an instance, of what makes one its result. */
function instantiate(reporter) {
  const descriptor = Object.getOwnPropertyDescriptor(Object(reporter), 'prototype');
  const isClass = descriptor !== undefined && !descriptor.writable && reporter.prototype?.constructor === reporter;
  const isStreamClass = typeof reporter === 'function' && typeof reporter.prototype?.pipe === 'function';
  return isClass || isStreamClass ? new reporter() : reporter;
}

/** Has what a run says go to its reporters. */
async function setupReporters(harness) {
  if (process.env.NODE_TEST_CONTEXT === 'child-v8') {
    const { V8Reporter } = require('internal/test_runner/reporters/v8');
    harness.stream.pipe(new V8Reporter()).pipe(process.stdout);
    return;
  }
  const { reporters, destinations } = namesOf(harness.config);
  const { compose } = require('stream');
  for (let i = 0; i < reporters.length; i++) {
    const reporter = instantiate(await load(reporters[i]));
    if (reporter === null || typeof reporter !== 'function' && typeof reporter?.pipe !== 'function') {
      throw new ERR_INVALID_ARG_VALUE('Reporter', reporters[i], 'is not a valid reporter');
    }
    const destination = destinationOf(destinations[i]);
    // A stream tells at once; what iterates is told by promises.
    const isStream = typeof reporter.pipe === 'function';
    const composed = isStream ? harness.stream.pipe(reporter) : compose(harness.stream, reporter);
    const isFile = destination !== process.stdout && destination !== process.stderr;
    harness.reporters.push(new Promise((resolve) => {
      if (isFile) destination.once('finish', resolve);
      else composed.once('end', resolve);
    }));
    composed.pipe(destination);
  }
}

function namesOf({ reporters, destinations }) {
  if (reporters.length === 0 && destinations.length === 0) {
    return { reporters: [FALLBACK], destinations: ['stdout'] };
  }
  if (reporters.length === 1 && destinations.length === 0) destinations = ['stdout'];
  if (reporters.length !== destinations.length) {
    throw new ERR_INVALID_ARG_VALUE(
      '--test-reporter', reporters, 'must match the number of specified \'--test-reporter-destination\'');
  }
  return { reporters, destinations };
}

module.exports = { setupReporters };
