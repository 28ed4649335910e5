'use strict';

// What requests and responses carry: https://fetch.spec.whatwg.org/#bodies
//
// Most bodies are texts and bytes that are there from the beginning. They become streams only
// if a program asks for `body`.

const { Buffer } = require('buffer');
const { isAnyArrayBuffer } = require('internal/buffer/kinds');
const { bytesOfBlob, isBlob, newBlob } = require('internal/blob');
const { ReadableStream, isReadableStream } = require('internal/webstreams/readable_stream');
const { kState } = require('internal/webstreams/util');
const { toDomString } = require('internal/fetch/webidl');
const { decodeUtf8, encode } = native('encoding');

const noBytes = new Uint8Array(0);

/** What a form consists of: bytes and blobs, which a stream gives one by one. */
class Parts {
  constructor(parts) {
    this.parts = parts;
  }
}

/** The bytes of a source. */
function bytesOf(source) {
  if (typeof source === 'string') return encode(source);
  if (source instanceof Uint8Array) return source;
  return bytesOfBlob(source instanceof Parts ? newBlob(source.parts) : source);
}

class Body {
  #stream;
  #isConsumed = false;

  /**
   * `source` is a string, bytes that nobody else has, a blob, or `Parts`; null if there is
   * nothing but the stream. `length` is a number of bytes, or null.
   */
  constructor(source, length, stream = undefined) {
    this.source = source;
    this.length = length;
    this.#stream = stream;
  }

  get stream() {
    this.#stream ??= this.#isConsumed ? consumedStream() : streamOf(this.source);
    return this.#stream;
  }

  /** Whether something of it has been read. */
  get isUsed() {
    return this.#stream === undefined ? this.#isConsumed : this.#stream[kState].isDisturbed;
  }

  /** Whether it cannot be read any more. */
  get isUnusable() {
    return this.isUsed || this.#stream?.locked === true;
  }

  /** All of it, which is gone then. */
  async bytes() {
    if (this.#stream === undefined) {
      this.#isConsumed = true;
      const bytes = bytesOf(this.source);
      return bytes === this.source ? bytes.slice() : bytes;
    }
    return readAll(this.#stream);
  }

  async text() {
    if (this.#stream === undefined && typeof this.source === 'string') {
      this.#isConsumed = true;
      const text = this.source.toWellFormed();
      return text.charCodeAt(0) === 0xFEFF ? text.slice(1) : text;
    }
    return decodeUtf8(await this.bytes(), false, false);
  }

  /** The same for somebody else; what is read of one is still there for the other. */
  clone() {
    if (this.#stream === undefined) return new Body(this.source, this.length);
    const [first, second] = this.#stream.tee();
    this.#stream = first;
    return new Body(this.source, this.length, second);
  }

  /** Its contents for somebody else; this one has been read then. */
  take() {
    if (this.#stream === undefined) {
      this.#isConsumed = true;
      return new Body(this.source, this.length);
    }
    const { TransformStream } = require('internal/webstreams/transform_stream');
    return new Body(this.source, this.length, this.#stream.pipeThrough(new TransformStream()));
  }
}

// ---------------------------------------------------------------------------
// Streams
// ---------------------------------------------------------------------------

/** The stream of a body that has been read without it. */
function consumedStream() {
  const stream = new ReadableStream({
    type: 'bytes',
    start(controller) {
      controller.close();
    },
  });
  stream.getReader();
  stream[kState].isDisturbed = true;
  return stream;
}

/** A stream of what a source holds. */
function streamOf(source) {
  if (source instanceof Parts) return streamOfIterable(source.parts.map(bytesOf).values());
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const bytes = bytesOf(source);
      // The stream takes their buffer away.
      if (bytes.byteLength > 0) controller.enqueue(bytes.slice());
      controller.close();
      controller.byobRequest?.respond(0);
    },
  });
}

/** A stream of what an iterable gives, be it asynchronous or not. */
function streamOfIterable(iterable) {
  let iterator;
  return new ReadableStream({
    type: 'bytes',
    start() {
      iterator = (iterable[Symbol.asyncIterator] ?? iterable[Symbol.iterator]).call(iterable);
    },

    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) {
        controller.close();
        controller.byobRequest?.respond(0);
        return;
      }
      const bytes = typeof value === 'string' ? encode(value) : new Uint8Array(value);
      if (bytes.byteLength > 0) controller.enqueue(bytes);
      else await this.pull(controller);
    },

    async cancel() {
      await iterator.return?.();
    },
  });
}

/** All bytes of a stream. */
async function readAll(stream) {
  const reader = stream.getReader();
  const chunks = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!(value instanceof Uint8Array)) throw new TypeError('Received non-Uint8Array chunk');
    chunks.push(value);
    length += value.byteLength;
  }
  if (chunks.length === 1 && chunks[0].byteLength === chunks[0].buffer.byteLength) {
    const [bytes] = chunks;
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

// ---------------------------------------------------------------------------
// Of what programs give
// ---------------------------------------------------------------------------

/** A body and the value of `content-type`, or null: https://fetch.spec.whatwg.org/#concept-bodyinit-extract */
function extractBody(object, prefix, keepalive = false) {
  if (typeof object === 'string') return ofText(object, 'text/plain;charset=UTF-8');
  if (object !== null && typeof object === 'object') {
    if (isReadableStream(object)) return ofStream(object, object, keepalive);
    if (isBlob(object)) return { body: new Body(object, object.size), type: object.type || null };
    if (isAnyArrayBuffer(object)) return ofBytes(new Uint8Array(object).slice());
    if (ArrayBuffer.isView(object)) {
      return ofBytes(new Uint8Array(object.buffer, object.byteOffset, object.byteLength).slice());
    }
    if (object instanceof require('internal/url').URLSearchParams) {
      return ofText(`${object}`, 'application/x-www-form-urlencoded;charset=UTF-8');
    }
    const { entriesOf, isFormData } = require('internal/fetch/form_data');
    if (isFormData(object)) {
      const { encodeForm, newBoundary } = require('internal/fetch/multipart');
      const boundary = newBoundary();
      const { parts, length } = encodeForm(entriesOf(object), boundary);
      return { body: new Body(new Parts(parts), length), type: `multipart/form-data; boundary=${boundary}` };
    }
    if (typeof object[Symbol.asyncIterator] === 'function') {
      return ofStream(object, undefined, keepalive);
    }
  }
  return ofText(toDomString(object, prefix, 'body'), 'text/plain;charset=UTF-8');
}

function ofText(text, type) {
  return { body: new Body(text, Buffer.byteLength(text)), type };
}

function ofBytes(bytes) {
  return { body: new Body(bytes, bytes.byteLength), type: null };
}

function ofStream(object, stream, keepalive) {
  if (keepalive) throw new TypeError('keepalive');
  if (stream === undefined) stream = streamOfIterable(object);
  if (stream.locked || stream[kState].isDisturbed) {
    throw new TypeError('Response body object should not be disturbed or locked');
  }
  return { body: new Body(null, null, stream), type: null };
}

// ---------------------------------------------------------------------------
// Members of requests and responses
// ---------------------------------------------------------------------------

/** https://fetch.spec.whatwg.org/#concept-header-extract-mime-type, or null. */
function mimeTypeOf(list) {
  const value = list.get('content-type');
  if (value === null) return null;
  const { MIMEType } = require('internal/util/mime');
  let found = null;
  for (const part of splitAtCommas(value)) {
    let type;
    try {
      type = new MIMEType(part);
    } catch {
      continue;
    }
    if (type.essence === '*/*') continue;
    const charset = found?.essence === type.essence ? found.params.get('charset') : null;
    if (charset !== null && !type.params.has('charset')) type.params.set('charset', charset);
    found = type;
  }
  return found;
}

/** The parts between commas that stand outside of quotes. */
function splitAtCommas(text) {
  return text.includes(',') ? text.match(/(?:"(?:\\.|[^"\\])*"?|[^,"])+/g) ?? [] : [text];
}

function unusable() {
  return new TypeError('Body is unusable: Body has already been read');
}

/**
 * Gives a class the methods that read bodies. `stateOf(object)` gives what has `body` and
 * `headersList`, and throws for other objects.
 */
function defineBody(Class, stateOf) {
  /** Reads the body with `read`, and makes something of it. */
  async function consume(object, read, convert) {
    const { body, headersList } = stateOf(object);
    if (body === null) return convert(read === 'text' ? '' : noBytes, headersList);
    if (body.isUnusable) throw unusable();
    return convert(await body[read](), headersList);
  }

  const methods = {
    blob() {
      return consume(this, 'bytes', (bytes, list) => newBlob([bytes], `${mimeTypeOf(list) ?? ''}`));
    },

    arrayBuffer() {
      return consume(this, 'bytes', (bytes) => (
        bytes === noBytes ? new ArrayBuffer(0) : bytes.byteLength === bytes.buffer.byteLength ?
          bytes.buffer : bytes.slice().buffer));
    },

    text() {
      return consume(this, 'text', (text) => text);
    },

    json() {
      return consume(this, 'text', (text) => JSON.parse(text));
    },

    formData() {
      return consume(this, 'bytes', formDataOf);
    },

    bytes() {
      return consume(this, 'bytes', (bytes) => (bytes === noBytes ? new Uint8Array(0) : bytes));
    },

    textStream() {
      const { body } = stateOf(this);
      if (body === null) {
        return new ReadableStream({
          start(controller) {
            controller.close();
          },
        });
      }
      if (body.isUnusable) throw unusable();
      const { TextDecoderStream } = require('internal/webstreams/encoding_streams');
      return body.stream.pipeThrough(new TextDecoderStream());
    },
  };
  for (const [name, method] of Object.entries(methods)) {
    Object.defineProperty(Class.prototype, name, {
      configurable: true, enumerable: true, writable: true, value: method,
    });
  }
}

/** https://fetch.spec.whatwg.org/#dom-body-formdata */
function formDataOf(bytes, list) {
  const form = require('internal/fetch/form_data');
  const type = mimeTypeOf(list);
  if (type?.essence === 'multipart/form-data') {
    return form.formDataOf(require('internal/fetch/multipart').decodeForm(bytes, type.params.get('boundary')));
  }
  if (type?.essence === 'application/x-www-form-urlencoded') {
    const { URLSearchParams } = require('internal/url');
    return form.formDataOf([...new URLSearchParams(decodeUtf8(bytes, false, false))]);
  }
  throw new TypeError(
    'Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
}

module.exports = { Body, defineBody, extractBody };
