'use strict';

// Streams that are transferred: https://streams.spec.whatwg.org/#transferrable-streams
//
// Nothing leaves the thread, so what takes a stream's place reads from it, or writes to it;
// each chunk is cloned on its way.

const { dataCloneError, structuredClone } = require('internal/structured_clone');
const { kInternal, kState } = require('internal/webstreams/util');

function mustBeFree(stream, name) {
  if (stream.locked) throw dataCloneError(`Cannot transfer a locked ${name}`);
}

/** A reason as it arrives: what cannot be cloned is undefined. */
function clonedReason(reason) {
  try {
    return structuredClone(reason);
  } catch {
    return undefined;
  }
}

function transferReadable(stream) {
  mustBeFree(stream, 'ReadableStream');
  const { ReadableStream } = require('internal/webstreams/readable_stream');
  const reader = Promise.withResolvers();
  const replacement = new ReadableStream({
    async pull(controller) {
      let result;
      try {
        result = await (await reader.promise).read();
      } catch (error) {
        throw clonedReason(error);
      }
      if (result.done) controller.close();
      else controller.enqueue(structuredClone(result.value));
    },

    async cancel(reason) {
      await (await reader.promise).cancel(clonedReason(reason));
    },
  }, { highWaterMark: 0 });
  return [replacement, () => reader.resolve(stream.getReader())];
}

function transferWritable(stream) {
  mustBeFree(stream, 'WritableStream');
  const { WritableStream } = require('internal/webstreams/writable_stream');
  const writer = Promise.withResolvers();
  const replacement = new WritableStream({
    async write(chunk) {
      await (await writer.promise).ready;
      await (await writer.promise).write(structuredClone(chunk));
    },

    async close() {
      await (await writer.promise).close();
    },

    async abort(reason) {
      await (await writer.promise).abort(clonedReason(reason));
    },
  });
  return [replacement, () => writer.resolve(stream.getWriter())];
}

function transferTransform(stream) {
  const [readable, commitReadable] = transferReadable(stream.readable);
  const [writable, commitWritable] = transferWritable(stream.writable);
  const { TransformStream } = require('internal/webstreams/transform_stream');
  const replacement = new TransformStream(kInternal);
  Object.assign(replacement[kState], { readable, writable, hasBackpressure: true });
  return [replacement, () => {
    commitReadable();
    commitWritable();
  }];
}

module.exports = { transferReadable, transferTransform, transferWritable };
