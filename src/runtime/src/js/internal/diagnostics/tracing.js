'use strict';

// Channels that belong together: those of the beginning and the end of something, and those
// of calls, callbacks and promises.
//
// https://nodejs.org/api/diagnostics_channel.html#class-tracingchannel

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { Channel, channel } = require('internal/diagnostics/channel');

const { ERR_INVALID_ARG_TYPE } = codes;

/** The channel of an event: made by the name, or given. */
function channelOf(nameOrChannels, event, kind) {
  if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${event}`);
  if (typeof nameOrChannels === 'object' && nameOrChannels !== null) {
    const given = nameOrChannels[event];
    if (!(given instanceof Channel)) {
      throw new ERR_INVALID_ARG_TYPE(`nameOrChannels.${event}`, ['Channel'], given);
    }
    return given;
  }
  throw new ERR_INVALID_ARG_TYPE('nameOrChannels', ['string', kind, 'Object'], nameOrChannels);
}

/** Subscribes the handlers that an object has for the channels. */
function subscribeAll(owner, events, handlers) {
  for (const event of events) {
    if (handlers[event]) owner[event]?.subscribe(handlers[event]);
  }
}

function unsubscribeAll(owner, events, handlers) {
  let isDone = true;
  for (const event of events) {
    if (handlers[event] && !owner[event]?.unsubscribe(handlers[event])) isDone = false;
  }
  return isDone;
}

// ---------------------------------------------------------------------------
// From a beginning to an end
// ---------------------------------------------------------------------------

class BoundedChannelScope {
  #channel;
  #context;
  #scope;

  constructor(bounded, context) {
    if (!bounded.hasSubscribers) return;
    this.#channel = bounded;
    this.#context = context;
    this.#scope = bounded.start.withStoreScope(context);
  }

  [Symbol.dispose]() {
    if (this.#channel === undefined) return;
    this.#channel.end.publish(this.#context);
    this.#scope[Symbol.dispose]();
    this.#channel = undefined;
  }
}

const BOUNDS = ['start', 'end'];

class BoundedChannel {
  constructor(nameOrChannels) {
    for (const event of BOUNDS) {
      Object.defineProperty(this, event, {
        __proto__: null, value: channelOf(nameOrChannels, event, 'BoundedChannel'),
      });
    }
  }

  get hasSubscribers() {
    return this.start?.hasSubscribers || this.end?.hasSubscribers;
  }

  subscribe(handlers) {
    subscribeAll(this, BOUNDS, handlers);
  }

  unsubscribe(handlers) {
    return unsubscribeAll(this, BOUNDS, handlers);
  }

  withScope(context = {}) {
    return new BoundedChannelScope(this, context);
  }

  run(context, fn, thisArg, ...args) {
    context ??= {};
    const scope = this.withScope(context);
    try {
      return Reflect.apply(fn, thisArg, args);
    } finally {
      scope[Symbol.dispose]();
    }
  }
}

// ---------------------------------------------------------------------------
// Calls, callbacks and promises
// ---------------------------------------------------------------------------

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

class TracingChannel {
  #start;
  #end;
  #asyncStart;
  #asyncEnd;

  constructor(nameOrChannels) {
    this.#start = channelOf(nameOrChannels, 'start', 'TracingChannel');
    this.#end = channelOf(nameOrChannels, 'end', 'TracingChannel');
    this.#asyncStart = channelOf(nameOrChannels, 'asyncStart', 'TracingChannel');
    this.#asyncEnd = channelOf(nameOrChannels, 'asyncEnd', 'TracingChannel');
    Object.defineProperty(this, 'error', {
      __proto__: null, value: channelOf(nameOrChannels, 'error', 'TracingChannel'),
    });
  }

  get start() {
    return this.#start;
  }

  get end() {
    return this.#end;
  }

  get asyncStart() {
    return this.#asyncStart;
  }

  get asyncEnd() {
    return this.#asyncEnd;
  }

  get hasSubscribers() {
    return this.#start.hasSubscribers || this.#end.hasSubscribers ||
      this.#asyncStart.hasSubscribers || this.#asyncEnd.hasSubscribers || this.error.hasSubscribers;
  }

  subscribe(handlers) {
    subscribeAll(this, EVENTS, handlers);
  }

  unsubscribe(handlers) {
    return unsubscribeAll(this, EVENTS, handlers);
  }

  traceSync(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    return this.#start.runStores(context, () => {
      try {
        const result = Reflect.apply(fn, thisArg, args);
        context.result = result;
        return result;
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.#end.publish(context);
      }
    });
  }

  tracePromise(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) {
      const result = Reflect.apply(fn, thisArg, args);
      if (typeof result?.then !== 'function') warnOfNoPromise(fn);
      return result;
    }
    const onFulfilled = (result) => {
      context.result = result;
      this.#finish(context);
      return result;
    };
    const onRejected = (error) => {
      context.error = error;
      this.error.publish(context);
      this.#finish(context);
    };
    return this.#start.runStores(context, () => {
      try {
        const result = Reflect.apply(fn, thisArg, args);
        if (typeof result?.then !== 'function') {
          warnOfNoPromise(fn);
          context.result = result;
          return result;
        }
        if (result instanceof Promise && result.constructor === Promise) {
          return result.then(onFulfilled, (error) => {
            onRejected(error);
            return Promise.reject(error);
          });
        }
        // What is more than a promise stays what it is.
        result.then(onFulfilled, onRejected);
        return result;
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.#end.publish(context);
      }
    });
  }

  #finish(context) {
    this.#asyncStart.publish(context);
    this.#asyncEnd.publish(context);
  }

  traceCallback(fn, position = -1, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const callback = args.at(position);
    validateFunction(callback, 'callback');
    const tracing = this;
    function wrappedCallback(...given) {
      const [error, result] = given;
      if (error) {
        context.error = error;
        tracing.error.publish(context);
      } else {
        context.result = result;
      }
      return tracing.#asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, given);
        } finally {
          tracing.#asyncEnd.publish(context);
        }
      });
    }
    args.splice(position, 1, wrappedCallback);
    return this.#start.runStores(context, () => {
      try {
        return Reflect.apply(fn, thisArg, args);
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.#end.publish(context);
      }
    });
  }
}

function warnOfNoPromise(fn) {
  const name = fn.name || '<anonymous>';
  require('process').emitWarning(
    `tracePromise was called with the function '${name}', which returned a non-thenable.`);
}

module.exports = { BoundedChannel, TracingChannel };
