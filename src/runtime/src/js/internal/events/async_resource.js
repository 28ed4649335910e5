'use strict';

// https://nodejs.org/api/events.html#class-eventseventemitterasyncresource-extends-eventemitter

const EventEmitter = require('events');
const { AsyncResource } = require('async_hooks');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');

class EventEmitterReferencingAsyncResource extends AsyncResource {
  #eventEmitter;

  constructor(emitter, type, options) {
    super(type, options);
    this.#eventEmitter = emitter;
  }

  get eventEmitter() {
    return this.#eventEmitter;
  }
}

class EventEmitterAsyncResource extends EventEmitter {
  #asyncResource;

  constructor(options = undefined) {
    let name;
    if (typeof options === 'string') {
      name = options;
      options = undefined;
    } else {
      if (new.target === EventEmitterAsyncResource) validateString(options?.name, 'options.name');
      name = options?.name || new.target.name;
    }
    super(options);
    this.#asyncResource = new EventEmitterReferencingAsyncResource(this, name, options);
  }

  emit(event, ...args) {
    this.#check();
    args.unshift(super.emit, this, event);
    return Reflect.apply(this.#asyncResource.runInAsyncScope, this.#asyncResource, args);
  }

  emitDestroy() {
    this.#check();
    this.#asyncResource.emitDestroy();
  }

  get asyncId() {
    this.#check();
    return this.#asyncResource.asyncId();
  }

  get triggerAsyncId() {
    this.#check();
    return this.#asyncResource.triggerAsyncId();
  }

  get asyncResource() {
    this.#check();
    return this.#asyncResource;
  }

  #check() {
    if (!(#asyncResource in this)) throw new codes.ERR_INVALID_THIS('EventEmitterAsyncResource');
  }
}

module.exports = { EventEmitterAsyncResource };
