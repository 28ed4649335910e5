'use strict';

// Exceptions and rejections that nobody handles:
// https://nodejs.org/api/process.html#event-uncaughtexception

const { codes } = require('internal/errors');
const { text: textOption } = require('internal/options');
const { validateFunction } = require('internal/validators');

let process;
let captureCallback = null;
/** Callbacks that are asked before it, the last one first. */
const moreCaptureCallbacks = [];

function setUncaughtExceptionCaptureCallback(callback) {
  if (callback === null) {
    captureCallback = null;
    return;
  }
  if (typeof callback !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], callback);
  }
  if (captureCallback !== null) throw new codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  captureCallback = callback;
}

function addUncaughtExceptionCaptureCallback(callback) {
  validateFunction(callback, 'fn');
  moreCaptureCallbacks.push(callback);
}

function hasUncaughtExceptionCaptureCallback() {
  return captureCallback !== null;
}

// ---------------------------------------------------------------------------
// Exceptions
// ---------------------------------------------------------------------------

function isErrorLike(value) {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, 'stack');
}

/** What a reason that is no error is reported as. */
class UnhandledPromiseRejection extends Error {
  code = 'ERR_UNHANDLED_REJECTION';

  constructor(reason) {
    super(
      'This error originated either by throwing inside of an async function without a catch block, or by ' +
      `rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${reason}".`);
    this.name = 'UnhandledPromiseRejection';
  }
}

function asError(reason) {
  return isErrorLike(reason) ? reason : new UnhandledPromiseRejection(shown(reason));
}

/** Whether everybody has been asked already about what ends the program. */
let isSettled = false;

/** Called with what nobody has caught: whether the program goes on. */
function onUncaught(thrown, isRejection) {
  if (isSettled) return false;
  const error = isRejection ? asError(thrown) : thrown;
  const origin = isRejection ? 'unhandledRejection' : 'uncaughtException';
  process.emit('uncaughtExceptionMonitor', error, origin);
  for (let i = moreCaptureCallbacks.length - 1; i >= 0; i--) {
    if (moreCaptureCallbacks[i](error) === true) return true;
  }
  if (captureCallback !== null) {
    captureCallback(error);
    return true;
  }
  return process.emit('uncaughtException', error, origin);
}

// ---------------------------------------------------------------------------
// Rejections
// ---------------------------------------------------------------------------

/** Rejected promises of which a warning has been given, and its number. */
const warnedOf = new WeakMap();
let lastNumber = 0;

function shown(reason) {
  if (isErrorLike(reason)) return reason.stack;
  try {
    return reason !== null && typeof reason === 'object' ?
      `#<${reason?.constructor?.name ?? 'Object'}>` : String(reason);
  } catch {
    return '#<Object>';
  }
}

function warn(promise, reason) {
  const number = ++lastNumber;
  warnedOf.set(promise, number);
  const message =
    'Unhandled promise rejection. This error originated either by ' +
    'throwing inside of an async function without a catch block, ' +
    'or by rejecting a promise which was not handled with .catch(). ' +
    'To terminate the node process on unhandled promise ' +
    'rejection, use the CLI flag `--unhandled-rejections=strict` (see ' +
    'https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). ' +
    `(rejection id: ${number})`;
  const warning = new Error(message);
  warning.name = 'UnhandledPromiseRejectionWarning';
  Error.captureStackTrace(warning, warn);
  if (isErrorLike(reason)) warning.stack = reason.stack;
  process.emitWarning(shown(reason), 'UnhandledPromiseRejectionWarning');
  process.emitWarning(warning);
}

/** For each mode, what is done with a rejection: whether it is handled. */
const MODES = {
  throw: (promise, reason) => process.emit('unhandledRejection', reason, promise),
  strict(promise, reason) {
    const error = asError(reason);
    if (!onUncaught(error, true)) {
      isSettled = true;
      return false;
    }
    if (!process.emit('unhandledRejection', reason, promise)) warn(promise, reason);
    return true;
  },
  warn(promise, reason) {
    process.emit('unhandledRejection', reason, promise);
    warn(promise, reason);
    return true;
  },
  none(promise, reason) {
    process.emit('unhandledRejection', reason, promise);
    return true;
  },
  'warn-with-error-code'(promise, reason) {
    if (!process.emit('unhandledRejection', reason, promise)) {
      warn(promise, reason);
      process.exitCode = 1;
    }
    return true;
  },
};

function onRejectionHandled(promise) {
  const number = warnedOf.get(promise);
  if (process.emit('rejectionHandled', promise) || number === undefined) return;
  process.emitWarning(
    `Promise rejection was handled asynchronously (rejection id: ${number})`,
    'PromiseRejectionHandledWarning');
}

/** What native code tells, or asks whether the program handles it. */
const HANDLERS = {
  uncaughtException: onUncaught,
  unhandledRejection: MODES[textOption('unhandled-rejections') ?? 'throw'],
  rejectionHandled: onRejectionHandled,
};

function handle(target, name, args) {
  process = target;
  return HANDLERS[name](...args);
}

module.exports = {
  addUncaughtExceptionCaptureCallback,
  handle,
  hasUncaughtExceptionCaptureCallback,
  setUncaughtExceptionCaptureCallback,
};
