'use strict';

// Channels: https://nodejs.org/api/diagnostics_channel.html#class-channel
//
// A channel to which nobody listens does nothing when something is published. Its prototype
// changes when somebody does.

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const process = native('process');

/** The channels by name; those that nobody holds or listens to are let go. */
const channels = {
  references: new Map(),
  /** Those with subscribers or stores must not be let go. */
  active: new Set(),
  get(name) {
    return this.references.get(name)?.deref();
  },
  add(name, channel) {
    this.references.set(name, new WeakRef(channel));
    forgotten.register(channel, name);
  },
};

const forgotten = new FinalizationRegistry((name) => {
  if (channels.get(name) === undefined) channels.references.delete(name);
});

function raiseLater(error) {
  process.nextTick(() => process.raise(error));
}

/** A `Map` that is called as Node.js calls its own. */
class SafeMap extends Map {}

function activate(channel) {
  Object.setPrototypeOf(channel, ActiveChannel.prototype);
  channel._subscribers = [];
  channel._stores = new SafeMap();
  channels.active.add(channel);
}

function deactivateIfUnused(channel) {
  if (channel._subscribers.length > 0 || channel._stores.size > 0) return;
  Object.setPrototypeOf(channel, Channel.prototype);
  channel._subscribers = undefined;
  channel._stores = undefined;
  channels.active.delete(channel);
}

class RunStoresScope {
  #scopes;

  constructor(channel, data) {
    this.#scopes = [];
    for (const [store, transform] of channel._stores) {
      let value = data;
      if (transform !== undefined) {
        try {
          value = transform(data);
        } catch (error) {
          raiseLater(error);
          continue;
        }
      }
      this.#scopes.push(store.withScope(value));
    }
    channel.publish(data);
  }

  [Symbol.dispose]() {
    while (this.#scopes.length > 0) this.#scopes.pop()[Symbol.dispose]();
  }
}

class ActiveChannel {
  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    // Who is called just now is called with those that were there.
    this._subscribers = [...this._subscribers, subscription];
  }

  unsubscribe(subscription) {
    const at = this._subscribers.indexOf(subscription);
    if (at < 0) return false;
    this._subscribers = this._subscribers.toSpliced(at, 1);
    deactivateIfUnused(this);
    return true;
  }

  bindStore(store, transform) {
    this._stores.set(store, transform);
  }

  unbindStore(store) {
    if (!this._stores.delete(store)) return false;
    deactivateIfUnused(this);
    return true;
  }

  get hasSubscribers() {
    return true;
  }

  publish(data) {
    const subscribers = this._subscribers;
    for (let i = 0; i < (subscribers?.length || 0); i++) {
      try {
        subscribers[i](data, this.name);
      } catch (error) {
        raiseLater(error);
      }
    }
  }

  withStoreScope(data) {
    return new RunStoresScope(this, data);
  }

  runStores(data, fn, thisArg, ...args) {
    const scope = new RunStoresScope(this, data);
    try {
      return Reflect.apply(fn, thisArg, args);
    } finally {
      scope[Symbol.dispose]();
    }
  }
}

class Channel {
  constructor(name) {
    this._subscribers = undefined;
    this._stores = undefined;
    this.name = name;
    this._index = undefined;
    channels.add(name, this);
    // `console` looks for its channels only once somebody has asked for one.
    if (typeof name === 'string' && name.startsWith('console.')) {
      const known = require('internal/console/channels');
      const method = name.slice('console.'.length);
      if (Object.hasOwn(known, method)) known[method] = this;
    }
  }

  static [Symbol.hasInstance](instance) {
    const prototype = Object.getPrototypeOf(instance);
    return prototype === Channel.prototype || prototype === ActiveChannel.prototype;
  }

  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    activate(this);
    this.subscribe(subscription);
  }

  unsubscribe() {
    return false;
  }

  bindStore(store, transform) {
    activate(this);
    this.bindStore(store, transform);
  }

  unbindStore() {
    return false;
  }

  get hasSubscribers() {
    return false;
  }

  publish() {}

  runStores(data, fn, thisArg, ...args) {
    return Reflect.apply(fn, thisArg, args);
  }

  withStoreScope() {
    return { [Symbol.dispose]() {} };
  }
}

function channel(name) {
  const known = channels.get(name);
  if (known !== undefined) return known;
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new codes.ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  }
  return new Channel(name);
}

module.exports = { Channel, channel, channels };
