'use strict';

// Children that are waited for.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE }, errnoException } = require('internal/errors');
const { getValidStdio, toNative } = require('internal/child_process/stdio');
const { nameOf } = require('internal/child_process/process');
const { spawnSync: run } = native('child_process');

function bytesOf(input, encoding, name) {
  if (input === undefined || input === null) return undefined;
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (typeof input === 'string') return Buffer.from(input, encoding === 'buffer' ? 'utf8' : encoding);
  throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView', 'string'], input);
}

/** For each slot what is written to the child: undefined where it is read of. */
function inputsOf(slots, options) {
  return slots.map((slot, number) => {
    if (slot.type !== 'pipe' && slot.type !== 'overlapped') return undefined;
    const own = number === 0 && options.input ? options.input : undefined;
    const bytes = bytesOf(own, options.encoding, `options.stdio[${number}]`);
    if (bytes !== undefined) return bytes;
    return slot.readable ? null : undefined;
  });
}

function spawnSync(options) {
  const { slots } = getValidStdio(options.stdio || 'pipe', true);
  const inputs = inputsOf(slots, options);
  const result = run(
    options.file, options.args, options.envPairs, options.cwd ?? undefined, options.detached, options.uid, options.gid,
    toNative(slots), options.timeout, options.maxBuffer ?? Infinity,
    options.killSignal ?? require('os').constants.signals.SIGTERM, inputs);
  return resultOf(result, options);
}

function resultOf(result, options) {
  const hasStarted = typeof result === 'object';
  const errno = hasStarted ? result.error : result;
  const told = {};
  if (errno !== undefined) {
    told.error = errnoException(errno, `spawnSync ${options.file}`);
    told.error.path = options.file;
    told.error.spawnargs = options.args.slice(1);
  }
  if (!hasStarted) {
    return Object.assign(told, {
      status: null, signal: null, output: null, pid: 0, stdout: undefined, stderr: undefined,
    });
  }
  told.status = result.status;
  told.signal = result.signal === null ? null : nameOf(result.signal);
  const { encoding } = options;
  told.output = result.output.map((bytes) => {
    if (bytes === null) return null;
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
  });
  told.pid = result.pid;
  told.stdout = told.output[1];
  told.stderr = told.output[2];
  return told;
}

module.exports = { spawnSync };
