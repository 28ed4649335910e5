'use strict';

// https://nodejs.org/api/events.html#eventtarget-and-event-api
//
// `NodeEventTarget` has the methods of emitters besides: `MessagePort` is one.

const { codes } = require('internal/errors');
const {
  kValidateObjectAllowObjects, validateAbortSignal, validateObject,
} = require('internal/validators');
const {
  isEventTarget, kIsEventTarget, kMaxEventTargetListeners, kMaxEventTargetListenersWarned,
  kResistStopPropagation,
} = require('internal/events/symbols');
const { nextTick } = native('process');
const {
  ERR_EVENT_RECURSION, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_MISSING_ARGS,
} = codes;

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kEvents = Symbol('kEvents');
const kHandlers = Symbol('kHandlers');
const kTrustEvent = Symbol('kTrustEvent');
const kNewListener = Symbol('kNewListener');
const kRemoveListener = Symbol('kRemoveListener');
const kCreateEvent = Symbol('kCreateEvent');
/** The option of a listener that is dropped together with an object. */
const kWeakHandler = Symbol('kWeak');
const kHybridDispatch = Symbol.for('nodejs.internal.kHybridDispatch');
const kDeepState = Symbol('kState');

const now = () => native('process').uptime() * 1000;

function define(prototype, names, attributes = { enumerable: true }) {
  for (const name of names) Object.defineProperty(prototype, name, attributes);
}

function showDeeper(value, name, depth, options, fields) {
  if (depth < 0) return name;
  const { inspect } = require('internal/inspect');
  const inner = { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
  return `${name} ${inspect(fields, inner)}`;
}

// ---------------------------------------------------------------------------
// Events
// ---------------------------------------------------------------------------

class Event {
  #type;
  #bubbles = false;
  #cancelable = false;
  #composed = false;
  #defaultPrevented = false;
  #timeStamp = now();
  #isStopped = false;
  #isPropagationStopped = false;
  #isDispatched = false;
  #isInPassiveListener = false;
  #isTrusted = false;
  #target = null;

  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    if (options != null) {
      validateObject(options, 'options', kValidateObjectAllowObjects);
      this.#bubbles = Boolean(options.bubbles);
      this.#cancelable = Boolean(options.cancelable);
      this.#composed = Boolean(options.composed);
      this.#isTrusted = Boolean(options[kTrustEvent]);
    }
    this.#type = `${type}`;
  }

  static #check(event) {
    if (!(event !== null && typeof event === 'object' && #type in event)) throw new ERR_INVALID_THIS('Event');
    return event;
  }

  static [kDeepState] = {
    is: (value) => value !== null && typeof value === 'object' && #type in value,
    isDispatched: (event) => event.#isDispatched,
    begin(event, target) {
      event.#isDispatched = true;
      event.#target = target;
    },
    end(event) {
      event.#isDispatched = false;
    },
    isStopped: (event) => event.#isStopped,
    setPassive(event, value) {
      event.#isInPassiveListener = value;
    },
  };

  [kInspect](depth, options) {
    Event.#check(this);
    return showDeeper(this, this.constructor.name, depth, options, {
      type: this.#type,
      defaultPrevented: this.defaultPrevented,
      cancelable: this.#cancelable,
      timeStamp: this.#timeStamp,
    });
  }

  initEvent(type, bubbles = false, cancelable = false) {
    Event.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    if (this.#isDispatched) return;
    this.#type = `${type}`;
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
  }

  stopImmediatePropagation() {
    Event.#check(this).#isStopped = true;
    this.#isPropagationStopped = true;
  }

  preventDefault() {
    Event.#check(this);
    if (this.#cancelable && !this.#isInPassiveListener) this.#defaultPrevented = true;
  }

  get target() { return Event.#check(this).#target; }
  get currentTarget() { return Event.#check(this).#isDispatched ? this.#target : null; }
  get srcElement() { return Event.#check(this).#target; }
  get type() { return Event.#check(this).#type; }
  get cancelable() { return Event.#check(this).#cancelable; }
  get defaultPrevented() { return Event.#check(this).#cancelable && this.#defaultPrevented; }
  get timeStamp() { return Event.#check(this).#timeStamp; }

  composedPath() {
    return Event.#check(this).#isDispatched ? [this.#target] : [];
  }

  get returnValue() { return !Event.#check(this).#cancelable || !this.#defaultPrevented; }
  set returnValue(value) { if (!value) this.preventDefault(); }

  get bubbles() { return Event.#check(this).#bubbles; }
  get composed() { return Event.#check(this).#composed; }
  get eventPhase() { return Event.#check(this).#isDispatched ? Event.AT_TARGET : Event.NONE; }

  get cancelBubble() { return Event.#check(this).#isPropagationStopped; }
  set cancelBubble(value) { if (value) this.stopPropagation(); }

  stopPropagation() {
    Event.#check(this).#isPropagationStopped = true;
  }

  get isTrusted() { return Event.#check(this).#isTrusted; }

  static NONE = 0;
  static CAPTURING_PHASE = 1;
  static AT_TARGET = 2;
  static BUBBLING_PHASE = 3;
}

const state = Event[kDeepState];
delete Event[kDeepState];

define(Event.prototype, [
  'initEvent', 'stopImmediatePropagation', 'preventDefault', 'target', 'currentTarget', 'srcElement',
  'type', 'cancelable', 'defaultPrevented', 'timeStamp', 'composedPath', 'returnValue', 'bubbles',
  'composed', 'eventPhase', 'cancelBubble', 'stopPropagation', 'isTrusted',
]);
define(Event, ['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'], { writable: false, configurable: false });
Object.defineProperty(Event.prototype, Symbol.toStringTag, { configurable: true, value: 'Event' });

const isEvent = (value) => state.is(value);

class CustomEvent extends Event {
  #detail;

  constructor(type, options) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    super(type, options);
    this.#detail = options?.detail ?? null;
  }

  get detail() {
    if (!(#detail in this)) throw new ERR_INVALID_THIS('CustomEvent');
    return this.#detail;
  }
}

define(CustomEvent.prototype, ['detail']);
Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, { configurable: true, value: 'CustomEvent' });

// ---------------------------------------------------------------------------
// Listeners
// ---------------------------------------------------------------------------

/** Objects that keep listeners alive. */
let weakKeepers;

/** A listener, in a list of those of one type. */
class Listener {
  constructor(list, type, listener, options) {
    this.next = undefined;
    this.previous = list.last;
    list.last.next = this;
    list.last = this;
    list.size++;
    this.type = type;
    this.once = options.once;
    this.capture = options.capture;
    this.passive = options.passive;
    this.isNodeStyle = options.isNodeStyle;
    this.resists = options.resists;
    this.isRemoved = false;
    this.isWeak = options.weak !== undefined;
    if (this.isWeak) {
      weakKeepers ??= new WeakMap();
      const kept = weakKeepers.get(options.weak);
      if (kept === undefined) weakKeepers.set(options.weak, [listener]);
      else kept.push(listener);
      this.held = new WeakRef(listener);
    } else {
      this.held = listener;
    }
  }

  get listener() {
    return this.isWeak ? this.held.deref() : this.held;
  }

  call(target, argument) {
    const { listener } = this;
    if (listener === undefined) return undefined;
    if (typeof listener === 'function') return listener.call(target, argument);
    return callHandler(listener, argument);
  }

  isSame(listener, capture) {
    return this.listener === listener && this.capture === capture;
  }

  remove(list) {
    if (this.previous !== undefined) this.previous.next = this.next;
    if (this.next !== undefined) this.next.previous = this.previous;
    if (list.last === this) list.last = this.previous;
    list.size--;
    this.isRemoved = true;
  }
}

async function callHandler(listener, argument) {
  if (listener.handleEvent) await listener.handleEvent(argument);
}

/** The beginning of a list. */
function newList() {
  const list = { size: 0, next: undefined, last: undefined, hasResisting: false };
  list.last = list;
  return list;
}

/** Whether a listener can be called; nothing at all is no error. */
function isListener(listener) {
  if (typeof listener === 'function' || listener !== null && typeof listener === 'object') return true;
  if (listener == null) return false;
  throw new ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
}

function listenerOptions(options) {
  if (typeof options === 'boolean') return { capture: options };
  if (options == null) return {};
  validateObject(options, 'options', kValidateObjectAllowObjects);
  return options;
}

function throwLater(error) {
  nextTick(() => { throw error; });
}

function catchLater(promise) {
  const { then } = promise;
  if (typeof then === 'function') then.call(promise, undefined, throwLater);
}

// ---------------------------------------------------------------------------
// Targets
// ---------------------------------------------------------------------------

function init(target) {
  // The first listener brings a map of them.
  target[kEvents] = undefined;
  target[kMaxEventTargetListeners] = require('events').defaultMaxListeners;
  target[kMaxEventTargetListenersWarned] = false;
  target[kHandlers] = undefined;
}

function check(target) {
  if (!isEventTarget(target)) throw new ERR_INVALID_THIS('EventTarget');
}

class EventTarget {
  static [kIsEventTarget] = true;

  constructor() {
    init(this);
  }

  /** Called when there is a listener more. */
  [kNewListener](size, type, listener, once, capture, passive, weak) {
    if (this[kMaxEventTargetListeners] > 0 && size > this[kMaxEventTargetListeners] &&
        !this[kMaxEventTargetListenersWarned]) {
      this[kMaxEventTargetListenersWarned] = true;
      const { inspect } = require('internal/inspect');
      const warning = new Error(
        `Possible EventTarget memory leak detected. ${size} ${type} listeners added to ${
          inspect(this, { depth: -1 })}. MaxListeners is ${this[kMaxEventTargetListeners]
        }. Use events.setMaxListeners() to increase limit`);
      warning.name = 'MaxListenersExceededWarning';
      warning.target = this;
      warning.type = type;
      warning.count = size;
      require('process').emitWarning(warning);
    }
  }

  /** Called when there is a listener less. */
  [kRemoveListener](size, type, listener, capture) {}

  addEventListener(type, listener, options = {}) {
    check(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');
    options = listenerOptions(options);
    // All are read, whether there is a listener or not.
    const own = {
      once: Boolean(options.once),
      capture: Boolean(options.capture),
      passive: Boolean(options.passive),
      isNodeStyle: Boolean(options.isNodeStyle),
      weak: options[kWeakHandler],
      resists: options[kResistStopPropagation] ?? false,
    };
    const { signal } = options;
    validateAbortSignal(signal, 'options.signal');
    if (!isListener(listener)) {
      const warning = new Error(`addEventListener called with ${listener} which has no effect.`);
      warning.name = 'AddEventListenerArgumentTypeWarning';
      warning.target = this;
      warning.type = type;
      require('process').emitWarning(warning);
      return;
    }
    type = `${type}`;
    if (signal) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => {
        this.removeEventListener(type, listener, options);
      }, { once: true, [kWeakHandler]: this, [kResistStopPropagation]: true });
    }
    let list = this[kEvents]?.get(type);
    if (list === undefined) {
      list = newList();
      (this[kEvents] ??= new Map()).set(type, list);
    }
    for (let each = list.next; each !== undefined; each = each.next) {
      // It is there already.
      if (each.isSame(listener, own.capture)) return;
    }
    new Listener(list, type, listener, own);
    list.hasResisting ||= own.resists;
    this[kNewListener](list.size, type, listener, own.once, own.capture, own.passive, own.weak);
  }

  removeEventListener(type, listener, options = {}) {
    check(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');
    if (!isListener(listener)) return;
    type = `${type}`;
    const capture = Boolean(typeof options === 'boolean' ? options : options?.capture);
    const list = this[kEvents]?.get(type);
    if (list === undefined) return;
    for (let each = list.next; each !== undefined; each = each.next) {
      if (!each.isSame(listener, capture)) continue;
      each.remove(list);
      if (list.size === 0) this[kEvents]?.delete(type);
      this[kRemoveListener](list.size, type, listener, capture);
      return;
    }
  }

  dispatchEvent(event) {
    check(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('event');
    if (!isEvent(event)) throw new ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (state.isDispatched(event)) throw new ERR_EVENT_RECURSION(event.type);
    this[kHybridDispatch](event, event.type, event);
    return event.defaultPrevented !== true;
  }

  /** Calls listeners: those of emitters with a value, the others with an event. */
  [kHybridDispatch](value, type, event) {
    const createEvent = () => {
      if (event === undefined) {
        event = this[kCreateEvent](value, type);
        state.begin(event, this);
      }
      return event;
    };
    if (event !== undefined) state.begin(event, this);
    const list = this[kEvents]?.get(type);
    if (list === undefined || list.size === 0) {
      if (event !== undefined) state.end(event);
      return true;
    }
    let listener = list.next;
    while (listener !== undefined) {
      // A listener may remove itself, and others.
      const { next } = listener;
      const isStopped = event !== undefined && state.isStopped(event);
      if (isStopped && !list.hasResisting) break;
      if (listener.isRemoved || isStopped && !listener.resists) {
        listener = next;
        continue;
      }
      if (listener.once) {
        listener.remove(list);
        if (list.size === 0 && this[kEvents]?.get(type) === list) this[kEvents]?.delete(type);
        this[kRemoveListener](list.size, type, listener.listener, listener.capture);
      }
      try {
        const argument = listener.isNodeStyle ? value : createEvent();
        if (event !== undefined && listener.passive) state.setPassive(event, true);
        const result = listener.call(this, argument);
        if (event !== undefined && listener.passive) state.setPassive(event, false);
        // It is not dispatched any more as far as the next listener can tell.
        if (!listener.isNodeStyle) state.end(event);
        if (result !== undefined && result !== null) catchLater(result);
      } catch (error) {
        throwLater(error);
      }
      listener = next;
    }
    if (event !== undefined) state.end(event);
    return undefined;
  }

  [kCreateEvent](value, type) {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('kCreateEvent');
  }

  [kInspect](depth, options) {
    check(this);
    return showDeeper(this, this.constructor.name, depth, options, {});
  }
}

define(EventTarget.prototype, ['addEventListener', 'removeEventListener', 'dispatchEvent']);
define(EventTarget, [kIsEventTarget], { enumerable: false });
Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, { configurable: true, value: 'EventTarget' });

/** The listeners of a type. */
function listenersOf(target, type) {
  const found = [];
  const list = target[kEvents]?.get(type);
  for (let each = list?.next; each !== undefined; each = each.next) {
    const { listener } = each;
    if (listener !== undefined) found.push(listener);
  }
  return found;
}

/** An event target that has the methods of emitters, too. */
class NodeEventTarget extends EventTarget {
  static defaultMaxListeners = 10;

  setMaxListeners(n) {
    require('events').setMaxListeners(n, this);
    return this;
  }

  getMaxListeners() {
    return this[kMaxEventTargetListeners];
  }

  eventNames() {
    return [...this[kEvents]?.keys() ?? []];
  }

  listenerCount(type) {
    return this[kEvents]?.get(`${type}`)?.size ?? 0;
  }

  off(type, listener, options) {
    this.removeEventListener(type, listener, options);
    return this;
  }

  removeListener(type, listener, options) {
    this.removeEventListener(type, listener, options);
    return this;
  }

  on(type, listener) {
    this.addEventListener(type, listener, { isNodeStyle: true });
    return this;
  }

  addListener(type, listener) {
    return this.on(type, listener);
  }

  emit(type, argument) {
    require('internal/validators').validateString(type, 'type');
    const hadListeners = this.listenerCount(type) > 0;
    this[kHybridDispatch](argument, type);
    return hadListeners;
  }

  once(type, listener) {
    this.addEventListener(type, listener, { once: true, isNodeStyle: true });
    return this;
  }

  removeAllListeners(type) {
    if (type !== undefined) this[kEvents]?.delete(`${type}`);
    else this[kEvents]?.clear();
    return this;
  }
}

define(NodeEventTarget.prototype, [
  'setMaxListeners', 'getMaxListeners', 'eventNames', 'listenerCount', 'off', 'removeListener', 'on',
  'addListener', 'once', 'emit', 'removeAllListeners',
]);

/** Gives a class a property `onNAME`, which holds a listener. */
function defineEventHandler(prototype, name, event = name) {
  const property = `on${name}`;
  function get() {
    return this[kHandlers]?.get(event)?.handler ?? null;
  }
  function set(value) {
    this[kHandlers] ??= new Map();
    const known = this[kHandlers].get(event);
    const isHandler = typeof value === 'function' || typeof value === 'object' && value !== null;
    if (known !== undefined) {
      if (isHandler && known.handler != null) {
        // It keeps its place.
        known.handler = value;
        return;
      }
      if (known.handler != null) this.removeEventListener(event, known.listener);
      known.handler = isHandler ? value : null;
      if (isHandler) this.addEventListener(event, known.listener);
      return;
    }
    if (!isHandler) return;
    const own = {
      handler: value,
      listener(...args) {
        if (typeof own.handler !== 'function') return undefined;
        return Reflect.apply(own.handler, this, args);
      },
    };
    this[kHandlers].set(event, own);
    this.addEventListener(event, own.listener);
  }
  Object.defineProperty(get, 'name', { value: `get ${property}`, configurable: true });
  Object.defineProperty(set, 'name', { value: `set ${property}`, configurable: true });
  Object.defineProperty(prototype, property, { get, set, configurable: true, enumerable: true });
}

module.exports = {
  CustomEvent,
  Event,
  EventTarget,
  NodeEventTarget,
  defineEventHandler,
  init,
  isEvent,
  isEventTarget,
  kCreateEvent,
  kEvents,
  kHybridDispatch,
  kNewListener,
  kRemoveListener,
  kResistStopPropagation,
  kTrustEvent,
  kWeakHandler,
  listenersOf,
  showDeeper,
};
