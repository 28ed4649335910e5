'use strict';

// https://nodejs.org/api/v8.html#promise-hooks

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { raise, setHook, watchPromises } = native('process');

/** The hooks of each event, by the number that native code has for it. */
const hooks = { before: [], after: [], settled: [], init: [] };
const NAMES = ['before', 'after', 'settled', 'init'];

/** The number of the event that has a promise more to tell of: the one it comes from. */
const INIT = 3;

function onEvent(promise, event, parent) {
  // A hook may stop itself or others.
  for (const hook of hooks[NAMES[event]].slice()) {
    try {
      if (event === INIT) hook(promise, parent);
      else hook(promise);
    } catch (error) {
      raise(error);
    }
  }
}

/** What is called for every promise must not make promises by itself. */
function validateHook(hook, name) {
  const isAsync = require('util/types').isAsyncFunction(hook);
  if (typeof hook !== 'function' || isAsync) throw new ERR_INVALID_ARG_TYPE(name, 'function', hook);
}

function settle() {
  watchPromises(NAMES.some((name) => hooks[name].length > 0));
}

function add(event, hook) {
  setHook('promiseEvent', onEvent);
  hooks[event].push(hook);
  settle();
  return () => {
    const at = hooks[event].indexOf(hook);
    if (at !== -1) hooks[event].splice(at, 1);
    settle();
  };
}

function onInit(initHook) {
  validateHook(initHook, 'initHook');
  return add('init', initHook);
}

function onBefore(beforeHook) {
  validateHook(beforeHook, 'beforeHook');
  return add('before', beforeHook);
}

function onAfter(afterHook) {
  validateHook(afterHook, 'afterHook');
  return add('after', afterHook);
}

function onSettled(settledHook) {
  validateHook(settledHook, 'settledHook');
  return add('settled', settledHook);
}

function createHook(callbacks = {}) {
  validateObject(callbacks, 'callbacks');
  const { init, before, after, settled } = callbacks;
  const stops = [];
  if (init) validateHook(init, 'initHook');
  if (before) validateHook(before, 'beforeHook');
  if (after) validateHook(after, 'afterHook');
  if (settled) validateHook(settled, 'settledHook');
  if (init) stops.push(add('init', init));
  if (before) stops.push(add('before', before));
  if (after) stops.push(add('after', after));
  if (settled) stops.push(add('settled', settled));
  return () => {
    for (const stop of stops) stop();
  };
}

module.exports = { createHook, onAfter, onBefore, onInit, onSettled };
