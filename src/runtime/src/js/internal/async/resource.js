'use strict';

// Asynchronous resources of programs, and hooks that are told of them.
//
// https://nodejs.org/api/async_context.html#class-asyncresource
// https://nodejs.org/api/async_hooks.html

const { NotImplementedError, codes } = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const { getContext, setContext } = require('internal/async/context_frame');
const process = native('process');

const { ERR_ASYNC_CALLBACK, ERR_ASYNC_TYPE, ERR_INVALID_ASYNC_ID } = codes;

const contextFrame = Symbol('context_frame');
const asyncId = Symbol('async_id_symbol');
const triggerAsyncId = Symbol('trigger_async_id_symbol');

// ---------------------------------------------------------------------------
// What runs
// ---------------------------------------------------------------------------

const ROOT_ID = 1;
let lastId = ROOT_ID;
const rootResource = {};
/** The resources whose callbacks are under way, the innermost one last. */
const running = [];

const top = () => running[running.length - 1];
const executionAsyncId = () => (running.length > 0 ? top().id : ROOT_ID);
const currentTriggerAsyncId = () => (running.length > 0 ? top().trigger : 0);
const executionAsyncResource = () => (running.length > 0 ? top().resource : rootResource);

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

/** Tells all hooks; what they throw ends the program. */
function tell(kind, ...details) {
  for (const hook of hooks) {
    const callback = hook[kind];
    if (callback === undefined) continue;
    try {
      Reflect.apply(callback, hook, details);
    } catch (error) {
      process.raise(error);
    }
  }
}

/**
 * Its callbacks are told of the resources that programs make (`AsyncResource`); timers,
 * promises and what is native have none.
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
    // It would never be called, and its program would wait for it.
    if (this[kPromiseResolve] !== undefined) {
      throw new NotImplementedError('The promiseResolve callback of async_hooks');
    }
    if (!hooks.includes(this)) hooks = [...hooks, this];
    return this;
  }

  disable() {
    hooks = hooks.filter((hook) => hook !== this);
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
    const id = ++lastId;
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
    const id = this[asyncId];
    const outer = getContext();
    running.push({ id, trigger: this[triggerAsyncId], resource: this });
    setContext(this[contextFrame]);
    try {
      if (hooks.length > 0) tell(kBefore, id);
      const result = Reflect.apply(fn, thisArg, args);
      if (hooks.length > 0) tell(kAfter, id);
      return result;
    } finally {
      setContext(outer);
      running.pop();
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

function destroyLater(id) {
  if (hooks.some((hook) => hook[kDestroy] !== undefined)) {
    require('timers').setImmediate(() => tell(kDestroy, id)).unref();
  }
}

module.exports = {
  AsyncResource,
  createHook,
  executionAsyncId,
  executionAsyncResource,
  triggerAsyncId: Object.defineProperty(currentTriggerAsyncId, 'name', { value: 'triggerAsyncId' }),
};
