'use strict';

// Hooks are told of timers, ticks, microtasks and promises; what runs has the number of what
// it was made for.

const { AsyncResource, createHook, executionAsyncId, executionAsyncResource, triggerAsyncId } = require('async_hooks');
const { promiseHooks } = require('v8');
const { writeSync } = require('fs');

const names = new Map([[executionAsyncId(), 'main']]);
const seen = [];
const known = new Set(['TickObject', 'Microtask', 'Timeout', 'Immediate', 'PROMISE', 'OWN']);

const hook = createHook({
  init(id, type, trigger) {
    if (!known.has(type)) return;
    names.set(id, `${type} ${[...names.values()].filter((name) => name.startsWith(type)).length}`);
    seen.push(`${names.get(id)} made by ${names.get(trigger)}`);
  },
  before: (id) => names.has(id) && seen.push(`before ${names.get(id)}`),
  after: (id) => names.has(id) && seen.push(`after ${names.get(id)}`),
  promiseResolve: (id) => seen.push(`resolved ${names.get(id)}`),
}).enable();

function here(what) {
  const resource = executionAsyncResource();
  seen.push(`${what}: ${names.get(executionAsyncId())}, ${names.get(triggerAsyncId())}, ${resource.constructor.name}`);
}

process.nextTick(() => here('tick'));
queueMicrotask(() => here('microtask'));
Promise.resolve().then(() => here('reaction'));
(async () => {
  await null;
  here('async function');
})();
new AsyncResource('OWN').runInAsyncScope(() => here('own'));
setTimeout(() => {
  here('timer');
  setImmediate(() => {
    here('immediate');
    hook.disable();
    writeSync(1, `${seen.join('\n')}\n`);
    const parents = [];
    const stop = promiseHooks.onInit((promise, parent) => parents.push(parent));
    const first = Promise.resolve();
    first.then(() => {});
    stop();
    console.log(parents[0], parents[1] === first, parents.length);
    console.log(executionAsyncId() === 0, typeof +setTimeout(() => {}, 1));
  });
}, 1);
