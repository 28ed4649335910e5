'use strict';

// https://nodejs.org/api/worker_threads.html
//
// What works in one thread.

const EventEmitter = require('events');
const { NotImplementedError } = require('internal/errors');
const {
  BroadcastChannel, MessageChannel, MessagePort, isMessagePort, receiveMessageOnPort,
} = require('internal/message_channel');
const { invalidArgument, uncloneable, untransferable } = require('internal/structured_clone');

class Worker extends EventEmitter {
  constructor() {
    super();
    throw new NotImplementedError('worker_threads.Worker');
  }
}

const isObject = (value) => value !== null && (typeof value === 'object' || typeof value === 'function');

function markAsUntransferable(object) {
  if (isObject(object)) untransferable.add(object);
}

function isMarkedAsUntransferable(object) {
  return isObject(object) && untransferable.has(object);
}

function markAsUncloneable(object) {
  if (isObject(object)) uncloneable.add(object);
}

function moveMessagePortToContext(port) {
  if (!isMessagePort(port)) throw invalidArgument('The "port" argument must be a MessagePort instance');
  throw new NotImplementedError('worker_threads.moveMessagePortToContext');
}

async function postMessageToThread() {
  throw new NotImplementedError('worker_threads.postMessageToThread');
}

/** What workers would be given. */
const environmentData = new Map();

function setEnvironmentData(key, value) {
  if (value === undefined) environmentData.delete(key);
  else environmentData.set(key, value);
}

function getEnvironmentData(key) {
  return environmentData.get(key);
}

module.exports = {
  isInternalThread: false,
  isMainThread: true,
  MessagePort,
  MessageChannel,
  markAsUncloneable,
  markAsUntransferable,
  isMarkedAsUntransferable,
  moveMessagePortToContext,
  receiveMessageOnPort,
  resourceLimits: {},
  postMessageToThread,
  threadId: 0,
  threadName: '',
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  Worker,
  parentPort: null,
  workerData: null,
  BroadcastChannel,
  setEnvironmentData,
  getEnvironmentData,
};

Object.defineProperty(module.exports, 'locks', {
  configurable: true,
  enumerable: true,
  get() { return require('internal/navigator').navigator.locks; },
});
