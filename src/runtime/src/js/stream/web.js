'use strict';

// https://nodejs.org/api/webstreams.html

const { CompressionStream, DecompressionStream } = require('internal/webstreams/compression_streams');
const { TextDecoderStream, TextEncoderStream } = require('internal/webstreams/encoding_streams');
const {
  ByteLengthQueuingStrategy, CountQueuingStrategy,
} = require('internal/webstreams/queuing_strategies');
const {
  ReadableByteStreamController, ReadableStreamBYOBRequest,
} = require('internal/webstreams/readable_byte_controller');
const { ReadableStreamDefaultController } = require('internal/webstreams/readable_default_controller');
const {
  ReadableStreamBYOBReader, ReadableStreamDefaultReader,
} = require('internal/webstreams/readable_readers');
const { ReadableStream, ReadableStreamTee } = require('internal/webstreams/readable_stream');
const {
  TransformStream, TransformStreamDefaultController,
} = require('internal/webstreams/transform_stream');
const { WritableStreamDefaultController } = require('internal/webstreams/writable_controller');
const { WritableStream, WritableStreamDefaultWriter } = require('internal/webstreams/writable_stream');

module.exports = {
  ReadableStream,
  ReadableStreamTee,
  ReadableStreamDefaultReader,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableByteStreamController,
  ReadableStreamDefaultController,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultWriter,
  WritableStreamDefaultController,
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  TextEncoderStream,
  TextDecoderStream,
  CompressionStream,
  DecompressionStream,
};
