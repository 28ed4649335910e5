'use strict';

// https://nodejs.org/api/stream.html#streamcomposestreams

const { AbortError, codes } = require('internal/errors');
const Duplex = require('internal/stream/duplex');
const { destroyer } = require('internal/stream/destroy');
const { eos } = require('internal/stream/end_of_stream');
const { pipeline } = require('internal/stream/pipeline');
const {
  isNodeStream, isReadable, isReadableStream, isTransformStream, isWebStream, isWritable,
  isWritableStream,
} = require('internal/stream/predicates');

function nothing() {}

function compose(...streams) {
  if (streams.length === 0) throw new codes.ERR_MISSING_ARGS('streams');
  if (streams.length === 1) return Duplex.from(streams[0]);
  const given = [...streams];
  if (typeof streams[0] === 'function') streams[0] = Duplex.from(streams[0]);
  const last = streams.length - 1;
  if (typeof streams[last] === 'function') streams[last] = Duplex.from(streams[last]);
  for (let n = 0; n < streams.length; n++) {
    const stream = streams[n];
    if (!isNodeStream(stream) && !isWebStream(stream)) continue;
    if (n < last && !(isReadable(stream) || isReadableStream(stream) || isTransformStream(stream))) {
      throw new codes.ERR_INVALID_ARG_VALUE(`streams[${n}]`, given[n], 'must be readable');
    }
    if (n > 0 && !(isWritable(stream) || isWritableStream(stream) || isTransformStream(stream))) {
      throw new codes.ERR_INVALID_ARG_VALUE(`streams[${n}]`, given[n], 'must be writable');
    }
  }

  let onDrain;
  let onFinish;
  let onReadable;
  let onClose;
  function onFinished(error) {
    const callback = onClose;
    onClose = null;
    if (callback) callback(error);
    else if (error) composed.destroy(error);
    else if (!isReading && !isWriting) composed.destroy();
  }

  const head = streams[0];
  const tail = pipeline(streams, onFinished);
  const isWriting = Boolean(isWritable(head) || isWritableStream(head) || isTransformStream(head));
  const isReading = Boolean(isReadable(tail) || isReadableStream(tail) || isTransformStream(tail));
  const composed = new Duplex({
    writableObjectMode: Boolean(head?.writableObjectMode),
    readableObjectMode: Boolean(tail?.readableObjectMode),
    writable: isWriting,
    readable: isReading,
  });

  /** The end of the last stream is what the composed one waits for to be finished. */
  function finishWithTail() {
    eos(isTransformStream(tail) ? tail.readable : tail, () => {
      const callback = onFinish;
      onFinish = null;
      callback?.();
    });
  }

  if (isWriting && isNodeStream(head)) {
    composed._write = function(chunk, encoding, callback) {
      if (head.write(chunk, encoding)) callback();
      else onDrain = callback;
    };
    composed._final = function(callback) {
      head.end();
      onFinish = callback;
    };
    head.on('drain', () => {
      const callback = onDrain;
      onDrain = null;
      callback?.();
    });
    finishWithTail();
  } else if (isWriting) {
    const writer = (isTransformStream(head) ? head.writable : head).getWriter();
    composed._write = async function(chunk, encoding, callback) {
      try {
        await writer.ready;
        writer.write(chunk).catch(nothing);
        callback();
      } catch (error) {
        callback(error);
      }
    };
    composed._final = async function(callback) {
      try {
        await writer.ready;
        writer.close().catch(nothing);
        onFinish = callback;
      } catch (error) {
        callback(error);
      }
    };
    finishWithTail();
  }
  if (isReading && isNodeStream(tail)) {
    tail.on('readable', () => {
      const callback = onReadable;
      onReadable = null;
      callback?.();
    });
    tail.on('end', () => composed.push(null));
    composed._read = function() {
      for (;;) {
        const chunk = tail.read();
        if (chunk === null) {
          onReadable = composed._read;
          return;
        }
        if (!composed.push(chunk)) return;
      }
    };
  } else if (isReading) {
    const reader = (isTransformStream(tail) ? tail.readable : tail).getReader();
    composed._read = async function() {
      for (;;) {
        try {
          const { done, value } = await reader.read();
          if (!composed.push(done ? null : value) || done) return;
        } catch {
          // The pipeline tells of the error.
          return;
        }
      }
    };
  }
  composed._destroy = function(error, callback) {
    if (!error && onClose !== null) error = new AbortError();
    onReadable = null;
    onDrain = null;
    onFinish = null;
    if (isNodeStream(tail)) destroyer(tail, error);
    if (onClose === null) callback(error);
    else onClose = callback;
  };
  return composed;
}

module.exports = { compose };
