'use strict';

// How a process with a file of tests tells the one that has started it.

const { Transform } = require('stream');
const { HEADER, MARK } = require('internal/test_runner/file_test');

/** Errors lose what is no part of the format. */
function pack(event) {
  const { data } = event;
  const error = data.details?.error;
  if (!(error instanceof Error)) return event;
  const { code, failureType, cause, message, stack } = error;
  return { ...event, data: { ...data, details: { ...data.details, error: { isFailure: true, code, failureType, message, stack, cause: keep(cause) } } } };
}

/** A cause as it is if it can be written, else what is shown of it. */
function keep(cause) {
  const { serialize } = require('v8');
  try {
    serialize(cause);
  } catch {
    return require('internal/inspect').inspect(cause);
  }
  if (!(cause instanceof Error)) return cause;
  const properties = {};
  for (const [name, value] of Object.entries(cause)) {
    try {
      serialize(value);
      properties[name] = value;
    } catch {
      properties[name] = require('internal/inspect').inspect(value);
    }
  }
  return { isError: true, error: cause, name: cause.name, properties };
}

/** The event that was packed. */
function unpack(event) {
  const packed = event.data.details?.error;
  if (packed?.isFailure !== true) return event;
  const error = new Error(packed.message);
  Object.assign(error, { code: packed.code, failureType: packed.failureType, cause: packed.cause });
  if (packed.cause?.isError === true) {
    error.cause = Object.assign(packed.cause.error, packed.cause.properties);
    if (error.cause.name !== packed.cause.name) {
      Object.defineProperty(error.cause, 'name', { value: packed.cause.name, writable: true, configurable: true });
    }
  }
  Object.defineProperty(error, 'stack', { value: packed.stack, writable: true, configurable: true });
  event.data.details.error = error;
  return event;
}

class V8Reporter extends Transform {
  constructor() {
    super({ __proto__: null, writableObjectMode: true });
  }

  _transform(event, encoding, callback) {
    const body = require('v8').serialize(pack(event));
    const header = Buffer.alloc(HEADER);
    MARK.copy(header);
    header.writeUInt32BE(body.length, MARK.length);
    callback(null, Buffer.concat([header, body]));
  }
}

module.exports = { unpack, V8Reporter };
