'use strict';

// https://nodejs.org/api/async_hooks.html

const {
  AsyncResource, createHook, executionAsyncId, executionAsyncResource, triggerAsyncId,
} = require('internal/async/resource');

module.exports = {
  get AsyncLocalStorage() {
    return require('internal/async/local_storage').AsyncLocalStorage;
  },
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  asyncWrapProviders: undefined,
  AsyncResource,
};

Object.defineProperty(module.exports, 'asyncWrapProviders', {
  __proto__: null,
  enumerable: true,
  configurable: true,
  get() {
    const names = require('internal/async/providers');
    const value = Object.freeze(Object.fromEntries(names.map((name, number) => [name, number])));
    const providers = Object.freeze(Object.assign(Object.create(null), value));
    Object.defineProperty(module.exports, 'asyncWrapProviders', {
      __proto__: null, value: providers, enumerable: true, configurable: true, writable: true,
    });
    return providers;
  },
});
