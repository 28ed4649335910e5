'use strict';

// Asynchronous resources of programs, and hooks that are told of them.
//
// https://nodejs.org/api/async_context.html#class-asyncresource
// https://nodejs.org/api/async_hooks.html

const { codes } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const { getContext, setContext } = require('internal/async/context_frame');
const { asyncId, kAsyncId, newAsyncId, running, setRunning, triggerAsyncId } = require('internal/async/running');

const { ERR_ASYNC_CALLBACK, ERR_ASYNC_TYPE, ERR_INVALID_ASYNC_ID } = codes;

const contextFrame = Symbol('context_frame');

const executionAsyncId = () => running.id;
const currentTriggerAsyncId = () => running.trigger;
const executionAsyncResource = () => running.resource;

// ---------------------------------------------------------------------------
// Hooks
// ---------------------------------------------------------------------------

const kInit = Symbol('init');
const kBefore = Symbol('before');
const kAfter = Symbol('after');
const kDestroy = Symbol('destroy');
const kPromiseResolve = Symbol('promiseResolve');
const kNoPromiseHook = Symbol('kNoPromiseHook');

let hooks = [];

/** What a hook throws ends the program, whoever would handle it. */
function fail(error) {
  const program = require('process');
  const shown = typeof error?.stack === 'string' ? error.stack : error;
  program._rawDebug(shown);
  program.exit(1);
}

/** Tells all hooks. */
function tell(kind, ...details) {
  for (const hook of hooks) {
    const callback = hook[kind];
    if (callback === undefined) continue;
    try {
      Reflect.apply(callback, hook, details);
    } catch (error) {
      fail(error);
    }
  }
}

/** The number of what nobody is told of. */
const UNTOLD = 0;

/** What tells all hooks, for timers and the like. */
const teller = {
  init: (id, type, trigger, resource) => tell(kInit, id, type, trigger, resource),
  before: (id) => id !== UNTOLD && tell(kBefore, id),
  after: (id) => id !== UNTOLD && tell(kAfter, id),
  destroy: destroyLater,
};

const promiseTeller = {
  ...teller,
  resolve: (id) => tell(kPromiseResolve, id),
  get wantsDestroy() {
    return hooks.some((hook) => hook[kDestroy] !== undefined);
  },
};

/** Has hooks be told from now on, or no longer. */
function setHooks(enabled) {
  hooks = enabled;
  running.hooks = hooks.length > 0 ? teller : undefined;
  require('internal/async/promises').watch(hooks.some((hook) => !hook[kNoPromiseHook]) ? promiseTeller : undefined);
}

/**
 * Its callbacks are told of timers, immediates, ticks, microtasks, promises and the resources
 * that programs make (`AsyncResource`); what is native has none.
 */
class AsyncHook {
  constructor({ init, before, after, destroy, promiseResolve }) {
    const callbacks = { init, before, after, destroy, promiseResolve };
    for (const name of Object.keys(callbacks)) {
      if (callbacks[name] !== undefined && typeof callbacks[name] !== 'function') {
        throw new ERR_ASYNC_CALLBACK(`hook.${name}`);
      }
    }
    this[kInit] = init;
    this[kBefore] = before;
    this[kAfter] = after;
    this[kDestroy] = destroy;
    this[kPromiseResolve] = promiseResolve;
    this[kNoPromiseHook] = false;
  }

  enable() {
    if (!hooks.includes(this)) setHooks([...hooks, this]);
    return this;
  }

  disable() {
    if (hooks.includes(this)) setHooks(hooks.filter((hook) => hook !== this));
    return this;
  }
}

function createHook(callbacks) {
  return new AsyncHook(callbacks);
}

// ---------------------------------------------------------------------------
// Resources
// ---------------------------------------------------------------------------

let collected;

class AsyncResource {
  constructor(type, opts = {}) {
    validateString(type, 'type');
    let trigger = opts;
    let requireManualDestroy = false;
    if (typeof opts !== 'number') {
      trigger = opts.triggerAsyncId === undefined ? executionAsyncId() : opts.triggerAsyncId;
      requireManualDestroy = Boolean(opts.requireManualDestroy);
    }
    if (!Number.isSafeInteger(trigger) || trigger < -1) {
      throw new ERR_INVALID_ASYNC_ID('triggerAsyncId', trigger);
    }
    this[contextFrame] = getContext();
    const id = newAsyncId();
    this[asyncId] = id;
    this[triggerAsyncId] = trigger;
    if (hooks.length === 0) return;
    if (type.length === 0 && hooks.some((hook) => hook[kInit] !== undefined)) throw new ERR_ASYNC_TYPE(type);
    tell(kInit, id, type, trigger, this);
    if (!requireManualDestroy && hooks.some((hook) => hook[kDestroy] !== undefined)) {
      collected ??= new FinalizationRegistry(destroyLater);
      collected.register(this, id, this);
    }
  }

  runInAsyncScope(fn, thisArg, ...args) {
    const { id: outerId, trigger, resource } = running;
    const outer = getContext();
    const id = this[asyncId];
    setRunning(id, this[triggerAsyncId], this);
    setContext(this[contextFrame]);
    try {
      if (hooks.length > 0) tell(kBefore, id);
      const result = Reflect.apply(fn, thisArg, args);
      if (hooks.length > 0) tell(kAfter, id);
      return result;
    } finally {
      setContext(outer);
      setRunning(outerId, trigger, resource);
    }
  }

  emitDestroy() {
    collected?.unregister(this);
    destroyLater(this[asyncId]);
    return this;
  }

  asyncId() {
    return this[asyncId];
  }

  triggerAsyncId() {
    return this[triggerAsyncId];
  }

  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const resource = this;
    const bound = thisArg === undefined ?
      { bound(...args) {
        return resource.runInAsyncScope(fn, this, ...args);
      } }.bound :
      this.runInAsyncScope.bind(this, fn, thisArg);
    Object.defineProperty(bound, 'length', {
      __proto__: null, configurable: true, enumerable: false, value: fn.length, writable: false,
    });
    return bound;
  }

  static bind(fn, type, thisArg) {
    type ||= fn.name;
    return new AsyncResource(type || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

/** The numbers of resources that have come to their end, until hooks are told. */
let destroyed = [];

function destroyLater(id) {
  if (id === UNTOLD || !hooks.some((hook) => hook[kDestroy] !== undefined)) return;
  if (destroyed.push(id) > 1) return;
  const { hooks: told } = running;
  running.hooks = undefined;
  const immediate = require('timers').setImmediate(tellOfDestroyed).unref();
  immediate[kAsyncId] = UNTOLD;
  running.hooks = told;
}

function tellOfDestroyed() {
  const ids = destroyed;
  destroyed = [];
  for (const id of ids) tell(kDestroy, id);
}

module.exports = {
  AsyncResource,
  createHook,
  executionAsyncId,
  executionAsyncResource,
  triggerAsyncId: Object.defineProperty(currentTriggerAsyncId, 'name', { value: 'triggerAsyncId' }),
};
