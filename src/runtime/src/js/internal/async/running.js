'use strict';

// Which asynchronous resource runs, by its number, and who is told of them. Timers and
// `AsyncResource` keep this; what hooks cost, only programs with hooks pay.
//
// https://nodejs.org/api/async_hooks.html

const ROOT_ID = 1;
let lastId = ROOT_ID;

/** What runs: its number, that of what has made it, and what it is. */
const running = {
  id: ROOT_ID,
  trigger: 0,
  resource: {},
  /** What tells the hooks that are enabled: `init`, `before`, `after` and `destroy`. */
  hooks: undefined,
};

const newAsyncId = () => ++lastId;

/** From now on something else runs; who calls this says later what has run before. */
function setRunning(id, trigger, resource) {
  running.id = id;
  running.trigger = trigger;
  running.resource = resource;
}

/** Under these names timers have their number, and that of what has made them. */
const kAsyncId = Symbol('asyncId');
const kTriggerId = Symbol('triggerId');

/** Under these all other resources have them. */
const asyncId = Symbol('async_id_symbol');
const triggerAsyncId = Symbol('trigger_async_id_symbol');

module.exports = { asyncId, kAsyncId, kTriggerId, newAsyncId, running, setRunning, triggerAsyncId };
