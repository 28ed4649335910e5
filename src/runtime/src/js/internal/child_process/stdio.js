'use strict';

// What a child's descriptors are: option `stdio`, in all the ways in which it may be given.
// https://nodejs.org/api/child_process.html#optionsstdio

const { codes } = require('internal/errors');
const { SocketHandle } = native('net');

const {
  ERR_INVALID_ARG_VALUE, ERR_INVALID_SYNC_FORK_INPUT, ERR_IPC_ONE_PIPE, ERR_IPC_SYNC_FORK,
} = codes;

/** The standard streams are always there. */
const STANDARD = 3;

/** One word for all three, and what stands behind them. */
function stdioFromString(word, channel) {
  switch (word) {
    case 'ignore':
    case 'overlapped':
    case 'pipe':
      return [word, word, word, ...channel];
    case 'inherit':
      return [0, 1, 2, ...channel];
    default:
      throw new ERR_INVALID_ARG_VALUE('stdio', word);
  }
}

function handleOf(stream) {
  if (stream instanceof SocketHandle) return stream;
  for (const handle of [stream.handle, stream._handle]) {
    if (handle instanceof SocketHandle) return handle;
  }
  return undefined;
}

function slotOf(value, number, isSync, hasChannel) {
  value ??= number < STANDARD ? 'pipe' : 'ignore';
  if (value === 'ignore') return { type: 'ignore' };
  if (value === 'pipe' || value === 'overlapped') {
    const slot = { type: value };
    if (isSync) {
      slot.readable = number === 0;
      slot.writable = number !== 0;
    }
    return slot;
  }
  if (value === 'ipc') {
    if (isSync) throw new ERR_IPC_SYNC_FORK();
    if (hasChannel) throw new ERR_IPC_ONE_PIPE();
    return { type: 'pipe', ipc: true };
  }
  if (value === 'inherit') return { type: 'inherit', fd: number };
  if (typeof value === 'number' || typeof value.fd === 'number') {
    return { type: 'fd', fd: typeof value === 'number' ? value : value.fd };
  }
  const handle = typeof value === 'object' ? handleOf(value) : undefined;
  if (handle !== undefined) return { type: 'wrap', handle, stream: value };
  if (ArrayBuffer.isView(value) || typeof value === 'string') {
    if (!isSync) throw new ERR_INVALID_SYNC_FORK_INPUT(require('internal/inspect').inspect(value));
    // Data is no descriptor: those that follow move up.
    return undefined;
  }
  throw new ERR_INVALID_ARG_VALUE('stdio', value);
}

/** The slots of a child, in order, and which of them is the channel. */
function getValidStdio(stdio, isSync) {
  if (typeof stdio === 'string') stdio = stdioFromString(stdio, []);
  else if (!Array.isArray(stdio)) throw new ERR_INVALID_ARG_VALUE('stdio', stdio);
  // Whoever gave the array sees that the standard streams are in it.
  while (stdio.length < STANDARD) stdio.push(undefined);
  const slots = [];
  let ipcFd;
  for (let number = 0; number < stdio.length; number++) {
    const slot = slotOf(stdio[number], number, isSync, ipcFd !== undefined);
    if (slot === undefined) continue;
    if (slot.ipc) ipcFd = number;
    slots.push(slot);
  }
  return { slots, ipcFd };
}

/** The slots as native code takes them: undefined is a pipe. */
function toNative(slots) {
  return slots.map((slot) => {
    switch (slot.type) {
      case 'ignore': return -1;
      case 'inherit':
      case 'fd': return slot.fd;
      case 'wrap': return slot.handle;
      default: return undefined;
    }
  });
}

module.exports = { getValidStdio, stdioFromString, toNative };
