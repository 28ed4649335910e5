'use strict';

// Promises while hooks are told of them: each gets a number when it is made, or when
// something happens to it, if it is older than the hooks.

const { asyncId, newAsyncId, running, setRunning, triggerAsyncId } = require('internal/async/running');
const promiseHooks = require('internal/v8/promise_hooks');

/** Tells of promises; undefined while nobody wants to know. */
let teller;
let stop;
/** What ran before reactions that are under way, the innermost one last. */
const outer = [];
let collected;

/** Gives a promise its number; it may be older than the hooks, which are not told then. */
function number(promise, parent) {
  if (parent !== undefined && parent[asyncId] === undefined) number(parent, undefined);
  promise[asyncId] = newAsyncId();
  promise[triggerAsyncId] = parent === undefined ? running.id : parent[asyncId];
}

function begin(promise, parent) {
  number(promise, parent);
  const id = promise[asyncId];
  teller.init(id, 'PROMISE', promise[triggerAsyncId], promise);
  if (teller.wantsDestroy) {
    collected ??= new FinalizationRegistry((id) => teller?.destroy(id));
    collected.register(promise, id);
  }
}

function before(promise) {
  if (promise[asyncId] === undefined) number(promise, undefined);
  const { id, trigger, resource } = running;
  outer.push({ promise, id, trigger, resource });
  setRunning(promise[asyncId], promise[triggerAsyncId], promise);
  teller.before(running.id);
}

function after(promise) {
  if (outer.at(-1)?.promise !== promise) return;
  const { id, trigger, resource } = outer.pop();
  teller.after(promise[asyncId]);
  setRunning(id, trigger, resource);
}

function settled(promise) {
  if (promise[asyncId] === undefined) number(promise, undefined);
  teller.resolve(promise[asyncId]);
}

/** Has promises be told of, or no longer. */
function watch(newTeller) {
  const isWatched = teller !== undefined;
  teller = newTeller;
  if (teller !== undefined && !isWatched) {
    stop = promiseHooks.createHook({ init: begin, before, after, settled });
  } else if (teller === undefined && isWatched) {
    stop();
    for (let entry; (entry = outer.pop()) !== undefined;) {
      setRunning(entry.id, entry.trigger, entry.resource);
    }
  }
}

module.exports = { watch };
