'use strict';

// https://nodejs.org/api/worker_threads.html#class-messagechannel
//
// A message is cloned when it is sent, and waits at the other port until somebody listens
// there. Ports hold the event loop as long as somebody listens for messages.

const { codes } = require('internal/errors');
const {
  CustomEvent, Event, EventTarget, NodeEventTarget, defineEventHandler, kCreateEvent, kHybridDispatch,
  kNewListener, kRemoveListener,
} = require('internal/event_target');
const {
  cloneWithTransfer, dataCloneError, invalidArgument, kTransfer,
} = require('internal/structured_clone');
const { Hold, defer } = native('messaging');
const { ERR_INVALID_THIS, ERR_MISSING_ARGS } = codes;

const kInternal = Symbol('kInternal');
const kInspect = Symbol.for('nodejs.util.inspect.custom');

// ---------------------------------------------------------------------------
// Events
// ---------------------------------------------------------------------------

class MessageEvent extends Event {
  #data;
  #origin;
  #lastEventId;
  #source;
  #ports;

  constructor(type, options = undefined) {
    if (arguments.length === 0) {
      throw new TypeError("MessageEvent constructor: 1 argument required, but only 0 present.");
    }
    super(type, options);
    const { data = null, origin = '', lastEventId = '', source = null, ports = [] } = options ?? {};
    const where = 'MessageEvent constructor: ';
    if (source !== null && !MessagePort[kInternal].is(source)) {
      throw new TypeError(`${where}Expected eventInitDict.source ("${source}") to be an instance of MessagePort.`);
    }
    if (ports === null || typeof ports?.[Symbol.iterator] !== 'function') {
      throw new TypeError(`${where}eventInitDict.ports (${ports}) is not iterable.`);
    }
    this.#ports = [...ports];
    this.#ports.forEach((port, index) => {
      if (!MessagePort[kInternal].is(port)) {
        throw new TypeError(
          `${where}Expected eventInitDict.ports[${index}] ("${port}") to be an instance of MessagePort.`);
      }
    });
    Object.freeze(this.#ports);
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = source;
  }

  get data() { return this.#data; }
  get origin() { return this.#origin; }
  get lastEventId() { return this.#lastEventId; }
  get source() { return this.#source; }
  get ports() { return this.#ports; }

  initMessageEvent(type, bubbles = false, cancelable = false, data = null, origin = '',
                   lastEventId = '', source = null, ports = []) {
    if (arguments.length === 0) {
      throw new TypeError("MessageEvent.initMessageEvent: 1 argument required, but only 0 present.");
    }
    this.initEvent(type, bubbles, cancelable);
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = source;
    this.#ports = Object.freeze([...ports]);
  }
}

for (const name of ['data', 'origin', 'lastEventId', 'source', 'ports', 'initMessageEvent']) {
  Object.defineProperty(MessageEvent.prototype, name, { enumerable: true });
}
Object.defineProperty(MessageEvent.prototype, Symbol.toStringTag, { configurable: true, value: 'MessageEvent' });

// ---------------------------------------------------------------------------
// Ports
// ---------------------------------------------------------------------------

/** One end of a channel: what a port has, and gives to another one when it is transferred. */
class End {
  /** The other one; none if it has been closed. */
  other = null;
  /** Messages that nobody has been told of. */
  queue = [];
  /** The port that has this end. */
  port = null;
  isStarted = false;
  isScheduled = false;
  isClosing = false;

  schedule() {
    if (this.isScheduled || !this.isStarted || this.port === null) return;
    this.isScheduled = true;
    defer(() => {
      this.isScheduled = false;
      this.port?.[kInternal].deliver();
    });
  }
}

class MessagePort extends NodeEventTarget {
  #end;
  #hold = undefined;
  #isRefed = false;

  constructor(internal, end) {
    if (internal !== kInternal) {
      throw new codes.ERR_CONSTRUCT_CALL_INVALID();
    }
    super();
    this.#end = end;
    end.port = this;
    Object.defineProperty(this, kInternal, {
      value: { deliver: () => this.#deliver(), receive: () => this.#receive() },
    });
  }

  static [kInternal] = {
    is: (value) => value !== null && typeof value === 'object' && #end in value,
  };

  static #check(port) {
    if (!(port !== null && typeof port === 'object' && #end in port)) throw new TypeError('Illegal invocation');
  }

  postMessage(message, transferOrOptions = undefined) {
    MessagePort.#check(this);
    if (arguments.length === 0) {
      throw withCode(new TypeError('Not enough arguments to MessagePort.postMessage'), 'ERR_MISSING_ARGS');
    }
    const transferList = postedTransferList(transferOrOptions);
    if (transferList.includes(this)) throw dataCloneError('Transfer list contains source port');
    const end = this.#end;
    const target = end?.other ?? null;
    const isToTarget = target !== null && target.port !== null && transferList.includes(target.port);
    const { clone, transferred } = cloneWithTransfer(message, transferList);
    if (target === null) return undefined;
    if (isToTarget) {
      require('process').emitWarning('The target port was posted to itself, and the communication channel was lost');
      this.close();
      return true;
    }
    target.queue.push({ message: clone, ports: transferred.filter(MessagePort[kInternal].is) });
    target.schedule();
    return true;
  }

  start() {
    MessagePort.#check(this);
    if (this.#end === null) return;
    this.#end.isStarted = true;
    if (this.#end.queue.length > 0) this.#end.schedule();
  }

  /** Tells of what has come. */
  #deliver() {
    const end = this.#end;
    // What is sent meanwhile waits for the next turn.
    let count = Math.max(end?.queue.length ?? 0, 1);
    while (count-- > 0 && this.#end === end && end !== null && end.isStarted && end.queue.length > 0) {
      const { message, ports } = end.queue.shift();
      this.#dispatch(message, ports);
      native('timers').runTicks();
    }
    if (this.#end !== end || end === null) return;
    if (end.queue.length > 0) end.schedule();
    else if (end.isClosing) this.close();
  }

  #dispatch(message, ports) {
    this.#ports = ports;
    this[kHybridDispatch](message, 'message', undefined);
    this.#ports = [];
  }

  #ports = [];

  #receive() {
    const entry = this.#end?.queue.shift();
    return entry === undefined ? undefined : { message: entry.message };
  }

  [kCreateEvent](data, type) {
    if (type !== 'message' && type !== 'messageerror') return new CustomEvent(type, { detail: data });
    return new MessageEvent(type, { data, ports: this.#ports });
  }

  close(callback) {
    MessagePort.#check(this);
    if (typeof callback === 'function') this.once('close', callback);
    const end = this.#end;
    if (end === null) return;
    this.#end = null;
    end.port = null;
    this.#release();
    const { other } = end;
    if (other !== null) {
      end.other = null;
      other.other = null;
      other.isClosing = true;
      // What has been sent before still comes.
      const { port } = other;
      if (port !== null) {
        defer(() => {
          if (other.port !== port) return;
          if (other.queue.length === 0 || !other.isStarted) port.close();
        });
        holdUntilDeferred();
      }
    }
    holdUntilDeferred();
    defer(() => this[kHybridDispatch](undefined, 'close', new Event('close')));
  }

  [kTransfer]() {
    const end = this.#end;
    if (end === null) {
      throw dataCloneError('MessagePort in transfer list is already detached');
    }
    const replacement = new MessagePort(kInternal, new End());
    return [replacement, () => {
      replacement.#end = end;
      end.port = replacement;
      end.isStarted = false;
      this.#end = null;
      this.#release();
    }];
  }

  // -------------------------------------------------------------------------
  // What holds the event loop
  // -------------------------------------------------------------------------

  #release() {
    this.#isRefed = false;
    this.#hold?.set(false);
  }

  ref() {
    MessagePort.#check(this);
    if (this.#end === null) return;
    this.#isRefed = true;
    this.#hold ??= new Hold();
    this.#hold.set(true);
  }

  unref() {
    MessagePort.#check(this);
    this.#release();
  }

  hasRef() {
    MessagePort.#check(this);
    return this.#isRefed;
  }

  [kNewListener](size, type, ...rest) {
    super[kNewListener](size, type, ...rest);
    if (type === 'message' && size === 1) {
      this.ref();
      this.start();
    }
  }

  [kRemoveListener](size, type, ...rest) {
    super[kRemoveListener](size, type, ...rest);
    if (type === 'message' && size === 0) {
      this.unref();
      // It waits until somebody listens again.
      if (this.#end !== null) this.#end.isStarted = false;
    }
  }

  [kInspect](depth, options) {
    const { inspect } = require('internal/inspect');
    return `MessagePort ${inspect({ active: this.#end !== null, refed: this.#isRefed }, options)}`;
  }
}

const { is: isMessagePort } = MessagePort[kInternal];

for (const name of ['postMessage', 'start', 'ref', 'unref', 'hasRef', 'close']) {
  Object.defineProperty(MessagePort.prototype, name, { enumerable: true });
}
Object.defineProperty(MessagePort.prototype, Symbol.toStringTag, { configurable: true, value: 'MessagePort' });
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');

/** Holds the loop for the turn in which what is deferred now is done. */
function holdUntilDeferred() {
  const hold = new Hold();
  hold.set(true);
  defer(() => hold.set(false));
}

function withCode(error, code) {
  error.code = code;
  native('errors').showCodeInStack(error);
  return error;
}

function postedTransferList(transferOrOptions) {
  if (transferOrOptions === undefined || transferOrOptions === null) return [];
  if (typeof transferOrOptions !== 'object') {
    throw invalidArgument('Optional transferList argument must be an iterable');
  }
  if (typeof transferOrOptions[Symbol.iterator] === 'function') {
    return listOf(transferOrOptions, 'Optional transferList argument must be an iterable');
  }
  const { transfer } = transferOrOptions;
  if (transfer === undefined) return [];
  return listOf(transfer, 'Optional options.transfer argument must be an iterable');
}

/** What an iterable gives; what is none is an error of the arguments. */
function listOf(iterable, message) {
  const isObject = iterable !== null && typeof iterable === 'object';
  const iterator = isObject ? iterable[Symbol.iterator]?.() : undefined;
  if (typeof iterator?.next !== 'function') throw invalidArgument(message);
  return [...{ [Symbol.iterator]: () => iterator }];
}

class MessageChannel {
  constructor() {
    const one = new End();
    const other = new End();
    one.other = other;
    other.other = one;
    this.port1 = new MessagePort(kInternal, one);
    this.port2 = new MessagePort(kInternal, other);
  }
}
Object.defineProperty(MessageChannel.prototype, Symbol.toStringTag, { configurable: true, value: 'MessageChannel' });

/** https://nodejs.org/api/worker_threads.html#workerreceivemessageonportport */
function receiveMessageOnPort(port) {
  if (BroadcastChannel.isChannel(port)) return BroadcastChannel.receive(port);
  if (!isMessagePort(port)) {
    throw invalidArgument('The "port" argument must be a MessagePort instance');
  }
  return port[kInternal].receive();
}

// ---------------------------------------------------------------------------
// Channels with many ends
// ---------------------------------------------------------------------------

/** The open channels, in the order in which they were made. */
const channels = new Set();
let isScheduled = false;

/** Tells of all that has been posted, one channel after the other. */
function deliverAll() {
  isScheduled = false;
  for (const channel of [...channels]) channel[kInternal]();
}

class BroadcastChannel extends EventTarget {
  #name;
  #hold = new Hold();
  #isClosed = false;
  #queue = [];

  constructor(name) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    super();
    this.#name = `${name}`;
    this.#hold.set(true);
    channels.add(this);
    Object.defineProperty(this, kInternal, { value: () => this.#deliver() });
  }

  static isChannel(value) {
    return value !== null && typeof value === 'object' && #name in value;
  }

  static receive(channel) {
    const entry = channel.#queue.shift();
    return entry === undefined ? undefined : { message: entry };
  }

  static #check(channel) {
    if (!BroadcastChannel.isChannel(channel)) throw new ERR_INVALID_THIS('BroadcastChannel');
  }

  get name() {
    BroadcastChannel.#check(this);
    return this.#name;
  }

  postMessage(message) {
    BroadcastChannel.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('message');
    const { DOMException } = require('internal/dom_exception');
    if (this.#isClosed) throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    for (const channel of channels) {
      if (channel === this || channel.#name !== this.#name) continue;
      channel.#queue.push(cloneWithTransfer(message, []).clone);
    }
    if (isScheduled) return;
    isScheduled = true;
    defer(deliverAll);
  }

  #deliver() {
    // What is posted meanwhile waits for the next turn.
    for (let count = this.#queue.length; count > 0 && !this.#isClosed; count--) {
      this.dispatchEvent(new MessageEvent('message', { data: this.#queue.shift() }));
      native('timers').runTicks();
    }
  }

  close() {
    BroadcastChannel.#check(this);
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#hold.set(false);
    channels.delete(this);
  }

  ref() {
    BroadcastChannel.#check(this);
    if (!this.#isClosed) this.#hold.set(true);
    return this;
  }

  unref() {
    BroadcastChannel.#check(this);
    this.#hold.set(false);
    return this;
  }

  [kInspect](depth, options) {
    BroadcastChannel.#check(this);
    if (depth < 0) return 'BroadcastChannel';
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    const { inspect } = require('internal/inspect');
    return `BroadcastChannel ${inspect({ name: this.#name, active: !this.#isClosed }, inner)}`;
  }
}

for (const name of ['name', 'close', 'postMessage']) {
  Object.defineProperty(BroadcastChannel.prototype, name, { enumerable: true });
}
Object.defineProperty(BroadcastChannel.prototype, Symbol.toStringTag, { configurable: true, value: 'BroadcastChannel' });
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');

module.exports = { BroadcastChannel, MessageChannel, MessageEvent, MessagePort, isMessagePort, receiveMessageOnPort };
