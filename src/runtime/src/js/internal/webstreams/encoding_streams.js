'use strict';

// https://nodejs.org/api/webstreams.html#class-textencoderstream

const { codes } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/buffer/kinds');
const { TextDecoder, TextEncoder } = require('internal/encoding');
const { defineInterface, kInspect, showFields } = require('internal/webstreams/util');
const { TransformStream } = require('internal/webstreams/transform_stream');

const isHighSurrogate = (unit) => (unit & 0xFC00) === 0xD800;

class TextEncoderStream {
  #handle = new TextEncoder();
  #transform;

  constructor() {
    const encoder = this.#handle;
    /** The first half of a pair, of which the second one is still to come. */
    let pending = '';
    this.#transform = new TransformStream({
      transform(chunk, controller) {
        let text = pending + String(chunk);
        pending = '';
        if (isHighSurrogate(text.charCodeAt(text.length - 1))) {
          pending = text.slice(-1);
          text = text.slice(0, -1);
        }
        if (text !== '') controller.enqueue(encoder.encode(text));
      },

      flush(controller) {
        if (pending !== '') controller.enqueue(encoder.encode(pending));
      },
    });
  }

  get encoding() {
    return this.#handle.encoding;
  }

  get readable() {
    return this.#transform.readable;
  }

  get writable() {
    return this.#transform.writable;
  }

  [kInspect](depth, options) {
    if (this == null || !(#handle in this)) throw new codes.ERR_INVALID_THIS('TextEncoderStream');
    const { encoding, readable, writable } = this;
    return showFields('TextEncoderStream', depth, options, { encoding, readable, writable });
  }
}

class TextDecoderStream {
  #handle;
  #transform;

  constructor(encoding = 'utf-8', options = {}) {
    const decoder = new TextDecoder(encoding, options);
    this.#handle = decoder;
    this.#transform = new TransformStream({
      transform(chunk, controller) {
        if (!isAnyArrayBuffer(chunk) && !ArrayBuffer.isView(chunk)) {
          throw new codes.ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'ArrayBufferView'], chunk);
        }
        const text = decoder.decode(chunk, { stream: true });
        if (text !== '') controller.enqueue(text);
      },

      flush(controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
  }

  get encoding() {
    return this.#handle.encoding;
  }

  get fatal() {
    return this.#handle.fatal;
  }

  get ignoreBOM() {
    return this.#handle.ignoreBOM;
  }

  get readable() {
    return this.#transform.readable;
  }

  get writable() {
    return this.#transform.writable;
  }

  [kInspect](depth, options) {
    if (this == null || !(#handle in this)) throw new codes.ERR_INVALID_THIS('TextDecoderStream');
    const { encoding, fatal, ignoreBOM, readable, writable } = this;
    return showFields('TextDecoderStream', depth, options, { encoding, fatal, ignoreBOM, readable, writable });
  }
}

// Node.js gives these two no tag.
defineInterface(TextEncoderStream, ['encoding', 'readable', 'writable'], null);
defineInterface(TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM', 'readable', 'writable'], null);

module.exports = { TextDecoderStream, TextEncoderStream };
