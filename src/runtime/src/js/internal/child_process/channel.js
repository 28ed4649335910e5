'use strict';

// The channel between a process and its child: messages go through a socket, a line of JSON
// each. https://nodejs.org/api/child_process.html#subprocesssendmessage-sendhandle-options-callback

const EventEmitter = require('events');
const { codes, errnoException, NotImplementedError } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { nextTick } = native('process');

const {
  ERR_INVALID_ARG_TYPE, ERR_INVALID_HANDLE_TYPE, ERR_IPC_CHANNEL_CLOSED, ERR_IPC_DISCONNECTED,
  ERR_MISSING_ARGS,
} = codes;

/** Above it, `send` says that the other side is slow. */
const HIGH_WATER_MARK = 65_536 * 2;
/** How messages begin that are none of the program's. */
const INTERNAL_PREFIX = 'NODE_';

const kPendingMessages = Symbol('kPendingMessages');
const kChannelHandle = Symbol('kChannelHandle');

/** What programs see of a channel: whether it keeps the process going. */
class Control extends EventEmitter {
  #handle;
  #references = 0;
  #isExplicit = false;

  constructor(handle) {
    super();
    this.#handle = handle;
    this[kPendingMessages] = [];
  }

  /** One more listener waits for messages. */
  refCounted() {
    if (++this.#references === 1 && !this.#isExplicit) this.#handle.ref();
  }

  unrefCounted() {
    if (--this.#references === 0 && !this.#isExplicit) {
      this.#handle.unref();
      this.emit('unref');
    }
  }

  ref() {
    this.#isExplicit = true;
    this.#handle.ref();
  }

  unref() {
    this.#isExplicit = true;
    this.#handle.unref();
  }

  get fd() {
    const { fd } = this.#handle;
    return typeof fd === 'function' ? this.#handle.fd() : fd;
  }
}

function isInternal(message) {
  return message !== null && typeof message === 'object' && typeof message.cmd === 'string' &&
    message.cmd.length > INTERNAL_PREFIX.length && message.cmd.startsWith(INTERNAL_PREFIX);
}

/** What is called at the end of a channel: `close` of a child waits for it. */
function setupChannel(target, handle, serialization, onClosed = () => {}) {
  const { read, write } = require('internal/child_process/serialization')[serialization](onMessage);
  const control = new Control(handle);
  let isClosed = false;

  target.channel = control;
  target[kChannelHandle] = handle;
  target.connected = true;
  Object.defineProperty(target, '_channel', {
    get: deprecated(() => target.channel),
    set: deprecated((value) => { target.channel = value; }),
    enumerable: true,
    configurable: true,
  });

  function close() {
    if (isClosed) return;
    isClosed = true;
    handle.onread = undefined;
    handle.close(() => {});
    target.channel = null;
    target[kChannelHandle] = null;
    onClosed();
    nextTick(() => target.emit('disconnect'));
  }

  handle.onread = (bytes) => {
    if (bytes !== undefined) {
      read(bytes);
      return;
    }
    // The other side is gone, however that came about.
    target.connected = false;
    close();
  };

  function onMessage(message) {
    if (!target.channel) return;
    nextTick(deliver, isInternal(message) ? 'internalMessage' : 'message', message);
  }

  function deliver(event, message) {
    if (event === 'internalMessage' || target.listenerCount('message') > 0) {
      target.emit(event, message, undefined);
    } else {
      // It waits for whoever listens first.
      target.channel?.[kPendingMessages].push([event, message]);
    }
  }

  target.on('newListener', () => {
    nextTick(() => {
      if (!target.channel || target.listenerCount('message') === 0) return;
      const messages = target.channel[kPendingMessages];
      target.channel[kPendingMessages] = [];
      for (const [event, message] of messages) target.emit(event, message, undefined);
    });
  });

  target.send = function(message, sendHandle, options, callback) {
    if (typeof sendHandle === 'function') {
      callback = sendHandle;
      sendHandle = undefined;
      options = undefined;
    } else if (typeof options === 'function') {
      callback = options;
      options = undefined;
    } else if (options !== undefined) {
      validateObject(options, 'options');
    }
    options = { swallowErrors: false, ...options };
    if (this.connected) return this._send(message, sendHandle, options, callback);
    fail(new ERR_IPC_CHANNEL_CLOSED(), callback, options);
    return false;
  };

  function fail(error, callback) {
    if (typeof callback === 'function') nextTick(callback, error);
    else nextTick(() => target.emit('error', error));
  }

  target._send = function(message, sendHandle, options, callback) {
    if (message === undefined) throw new ERR_MISSING_ARGS('message');
    if (!['string', 'object', 'number', 'boolean'].includes(typeof message)) {
      throw new ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
    }
    if (typeof options === 'boolean') options = { swallowErrors: options };
    if (sendHandle) checkHandle(sendHandle);
    const done = (errno) => {
      if (errno < 0 && !options?.swallowErrors) fail(errnoException(errno, 'write'), callback);
      else if (typeof callback === 'function') nextTick(callback, null);
    };
    const result = handle.write(write(message), false, done);
    if (result <= 0) done(result);
    return result >= 0 && handle.writeQueueSize < HIGH_WATER_MARK;
  };

  target.disconnect = function() {
    if (!this.connected) {
      this.emit('error', new ERR_IPC_DISCONNECTED());
      return;
    }
    this._disconnect();
  };

  target._disconnect = function() {
    this.connected = false;
    nextTick(() => {
      if (handle.writeQueueSize > 0) handle.write('', false, close);
      else close();
    });
  };

  handle.readStart();
  return control;
}

/** Why a handle is not sent. */
function checkHandle(sendHandle) {
  const net = require('net');
  if (sendHandle instanceof net.Socket || sendHandle instanceof net.Server ||
      sendHandle instanceof require('dgram').Socket) {
    throw new NotImplementedError('subprocess.send of a socket or a server');
  }
  throw new ERR_INVALID_HANDLE_TYPE();
}

function deprecated(access) {
  return require('internal/util').deprecate(
    access, '_channel is deprecated. Use ChildProcess.channel instead.', 'DEP0129');
}

/** In a child that was started with a channel: `process` can send and be told. */
function setupInChild(process, fd, serialization) {
  const { SocketHandle } = native('net');
  const handle = new SocketHandle();
  const errno = handle.open(fd);
  // Whoever named the descriptor has not opened it.
  if (errno < 0) throw errnoException(errno, 'open');
  native('child_process').closeInherited(fd);
  handle.unref();
  const control = setupChannel(process, handle, serialization);
  const counts = (event) => event === 'message' || event === 'disconnect';
  process.on('newListener', (event) => {
    if (counts(event)) control.refCounted();
  });
  process.on('removeListener', (event) => {
    if (counts(event)) control.unrefCounted();
  });
}

module.exports = { kChannelHandle, setupChannel, setupInChild };
