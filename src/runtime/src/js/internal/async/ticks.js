'use strict';

// Ticks and microtasks while hooks are told of them: each is a resource.

const { asyncId, newAsyncId, running, setRunning, triggerAsyncId } = require('internal/async/running');
const { AsyncResource } = require('internal/async/resource');
const { getContext } = native('async_context');
const { enqueueMicrotask, raise } = native('process');

const contextFrame = Symbol('kAsyncContextFrame');

class TickObject {
  constructor(callback, args) {
    this.callback = callback;
    this.args = args.length > 0 ? args : undefined;
    this[asyncId] = newAsyncId();
    this[triggerAsyncId] = running.id;
    this[contextFrame] = getContext();
  }
}

/** Runs what a tick is for. */
function runTick(tick) {
  const { id, trigger, resource } = running;
  setRunning(tick[asyncId], tick[triggerAsyncId], tick);
  running.hooks?.before(running.id);
  try {
    const { callback, args } = tick;
    if (args === undefined) callback();
    else callback(...args);
    running.hooks?.after(running.id);
  } finally {
    running.hooks?.destroy(tick[asyncId]);
    setRunning(id, trigger, resource);
  }
}

function nextTick(nativeTick, callback, args) {
  const tick = new TickObject(callback, args);
  running.hooks.init(tick[asyncId], 'TickObject', tick[triggerAsyncId], tick);
  nativeTick(runTick, tick);
}

function queueMicrotask(callback) {
  const resource = new AsyncResource('Microtask', { requireManualDestroy: true });
  resource.callback = callback;
  enqueueMicrotask(() => {
    try {
      resource.runInAsyncScope(() => callback());
    } catch (error) {
      raise(error);
    } finally {
      resource.emitDestroy();
    }
  });
}

module.exports = { nextTick, queueMicrotask };
