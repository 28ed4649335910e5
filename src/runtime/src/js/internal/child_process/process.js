'use strict';

// `ChildProcess`: a process that this one has started.
// https://nodejs.org/api/child_process.html#class-childprocess

const EventEmitter = require('events');
const { errnoException } = require('internal/errors');
const { validateArray, validateObject, validateOneOf, validateString } = require('internal/validators');
const { getValidStdio, toNative } = require('internal/child_process/stdio');
const { convertToValidSignal } = require('internal/child_process/signals');
const { Process } = native('child_process');
const { nextTick } = native('process');
const { getContext, setContext } = native('async_context');

/** Errors of the system that are events: the others are thrown. */
const EVENTS = new Set(['EACCES', 'EAGAIN', 'EMFILE', 'ENFILE', 'ENOENT']);
/** After these there are no pipes either. */
const NOTHING_OPENED = new Set(['EMFILE', 'ENFILE']);

/** A function that runs in the context of now. */
function inContext(callback) {
  const context = getContext();
  return (...args) => {
    setContext(context);
    callback(...args);
  };
}

const kIsUsedAsStdio = Symbol('kIsUsedAsStdio');

function ChildProcess() {
  EventEmitter.call(this);
  this._closesNeeded = 1;
  this._closesGot = 0;
  this.connected = false;
  this.signalCode = null;
  this.exitCode = null;
  this.killed = false;
  this.spawnfile = null;
  this._handle = new Process();
  Object.defineProperty(this._handle, 'onexit', {
    value: inContext((exitCode, signal) => onExit(this, exitCode, signal)),
    enumerable: false, writable: true, configurable: true,
  });
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);

/** The name of a signal. */
function nameOf(signal) {
  const { signals } = require('os').constants;
  return Object.keys(signals).find((name) => signals[name] === signal) ?? null;
}

/** The child has ended, or has never begun: then `exitCode` is a negative number. */
function onExit(child, exitCode, signal) {
  if (signal) child.signalCode = nameOf(signal);
  else child.exitCode = exitCode;
  if (child.stdin) child.stdin.destroy();
  if (child._handle) {
    child._handle.close();
    child._handle = null;
  }
  if (exitCode < 0) {
    const syscall = child.spawnfile ? `spawn ${child.spawnfile}` : 'spawn';
    const error = errnoException(exitCode, syscall);
    if (child.spawnfile) error.path = child.spawnfile;
    error.spawnargs = child.spawnargs.slice(1);
    child.emit('error', error);
  } else {
    child.emit('exit', child.exitCode, child.signalCode);
  }
  // What the child has written and nobody reads must not hold back `close`.
  nextTick(flushStdio, child);
  maybeClose(child);
}

function flushStdio(child) {
  for (const stream of child.stdio ?? []) {
    if (stream?.readable && !stream[kIsUsedAsStdio]) stream.resume();
  }
}

function maybeClose(child) {
  child._closesGot++;
  if (child._closesGot === child._closesNeeded) child.emit('close', child.exitCode, child.signalCode);
}

function onSpawn(child) {
  child.emit('spawn');
}

/** Without a child, its streams end. */
function onError(child, errno) {
  child._handle?.onexit(errno, 0);
  require('timers').setImmediate(() => child.stdio?.forEach((stream) => stream?.destroy()));
}

function createSocket(handle, readable) {
  return new (require('net').Socket)({ handle, readable });
}

let channel;

/** The channel of those who trace children, if there are any. */
function tracing() {
  channel ??= require('diagnostics_channel').tracingChannel('child_process.spawn');
  return channel.hasSubscribers ? channel : undefined;
}

ChildProcess.prototype.spawn = function spawn(options) {
  validateObject(options, 'options');
  const { slots, ipcFd } = getValidStdio(options.stdio || 'pipe', false);
  const { serialization } = options;
  const environment = options.envPairs === undefined ? [] : options.envPairs;
  validateArray(environment, 'options.envPairs');
  validateOneOf(serialization, 'options.serialization', [undefined, 'json', 'advanced']);
  const format = serialization ?? 'json';
  if (ipcFd !== undefined) {
    environment.push(`NODE_CHANNEL_FD=${ipcFd}`, `NODE_CHANNEL_SERIALIZATION_MODE=${format}`);
  }
  validateString(options.file, 'options.file');
  this.spawnfile = options.file;
  if (options.args === undefined) {
    this.spawnargs = [];
  } else {
    validateArray(options.args, 'options.args');
    this.spawnargs = options.args;
  }

  const trace = tracing();
  trace?.start.publish({ process: this, options });
  const result = this._handle.spawn(
    options.file, this.spawnargs, environment, options.cwd || undefined, options.detached, options.uid,
    options.gid, toNative(slots));
  const errno = typeof result === 'number' ? result : 0;
  if (errno < 0) {
    const error = errnoException(errno, 'spawn');
    trace?.error.publish({ process: this, options, error });
    const { code } = error;
    if (!EVENTS.has(code)) {
      this._handle.close();
      this._handle = null;
      throw errnoException(errno, 'spawn');
    }
    nextTick(onError, this, errno);
    if (NOTHING_OPENED.has(code)) return errno;
  } else {
    trace?.end.publish({ process: this, options });
    nextTick(onSpawn, this);
    this.pid = result[0];
    this._handle.pid = this.pid;
  }
  adoptStreams(this, slots, errno < 0 ? undefined : result.slice(1));
  if (ipcFd !== undefined && errno === 0) {
    const { setupChannel } = require('internal/child_process/channel');
    setupChannel(this, slots[ipcFd].end, format, () => maybeClose(this));
  }
  return errno;
};

/** Makes streams of our ends of the pipes. */
function adoptStreams(child, slots, ends) {
  slots.forEach((slot, number) => {
    if (slot.type === 'wrap') {
      shareStream(slot);
      return;
    }
    if (slot.type !== 'pipe' && slot.type !== 'overlapped') return;
    if (slot.ipc) {
      slot.end = ends?.[number];
      if (ends !== undefined) child._closesNeeded++;
      return;
    }
    const socket = slot.socket = createSocket(ends?.[number] ?? null, number > 0);
    if (number > 0) {
      child._closesNeeded++;
      socket.on('close', () => maybeClose(child));
    }
  });
  const streams = slots.map((slot) => slot.socket ?? null);
  child.stdin = streams[0];
  child.stdout = streams[1];
  child.stderr = streams[2];
  child.stdio = streams;
}

/** A stream of ours that the child has from now on: two must not read it. */
function shareStream({ handle, stream }) {
  handle.reading = false;
  handle.readStop();
  if (typeof stream.pause === 'function') {
    stream.pause();
    stream.readableFlowing = false;
    if (stream._readableState) stream._readableState.reading = false;
    stream[kIsUsedAsStdio] = true;
  }
}

ChildProcess.prototype.kill = function kill(sig) {
  const signal = sig === 0 ? sig : convertToValidSignal(sig === undefined ? 'SIGTERM' : sig);
  if (!this._handle) return false;
  const errno = this._handle.kill(signal);
  if (errno === 0) {
    this.killed = true;
    return true;
  }
  const error = errnoException(errno, 'kill');
  if (error.code === 'ESRCH') return false;
  if (error.code === 'EINVAL' || error.code === 'ENOSYS') throw error;
  this.emit('error', error);
  return false;
};

Object.defineProperty(ChildProcess.prototype, Symbol.dispose, {
  value: function() {
    if (!this.killed) this.kill();
  },
  writable: true,
  enumerable: false,
  configurable: true,
});

ChildProcess.prototype.ref = function ref() {
  this._handle?.ref();
};

ChildProcess.prototype.unref = function unref() {
  this._handle?.unref();
};

module.exports = { ChildProcess, nameOf };
