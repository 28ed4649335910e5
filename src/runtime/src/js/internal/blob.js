'use strict';

// https://nodejs.org/api/buffer.html#class-blob

const { codes, received } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/buffer/kinds');
const { invalidArgument, kClone } = require('internal/structured_clone');
const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS, ERR_MISSING_ARGS } = codes;

const kInspect = Symbol.for('nodejs.util.inspect.custom');
/** What the constructor is called with from here: the parts of a blob as they are. */
const kParts = Symbol('kParts');

/** The bytes of a part; those of other blobs are shared. */
function partsOf(source, endings) {
  if (source instanceof Blob) return Blob[kParts].partsOf(source);
  if (isAnyArrayBuffer(source)) return [new Uint8Array(source.slice(0))];
  if (ArrayBuffer.isView(source)) {
    return [new Uint8Array(source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength))];
  }
  let text = `${source}`;
  if (endings === 'native') text = text.replace(/\r\n|\r/g, '\n');
  return [native('encoding').encode(text)];
}

class Blob {
  #parts;
  #size;
  #type;

  constructor(sources = [], options = undefined) {
    if (sources !== null && typeof sources === 'object' && Object.hasOwn(sources, kParts)) {
      ({ parts: this.#parts, size: this.#size, type: this.#type } = sources[kParts]);
      return;
    }
    if (sources === null || typeof sources !== 'object' && typeof sources !== 'function' ||
        typeof sources[Symbol.iterator] !== 'function') {
      throw invalidArgument('Value cannot be converted to sequence.');
    }
    if (options != null && typeof options !== 'object' && typeof options !== 'function') {
      throw invalidArgument(
        `The "options" argument must be a dictionary.${received(options)}`);
    }
    let { endings = 'transparent', type = '' } = options ?? {};
    endings = `${endings}`;
    if (endings !== 'transparent' && endings !== 'native') {
      throw new ERR_INVALID_ARG_VALUE('options.endings', endings);
    }
    this.#parts = [];
    this.#size = 0;
    for (const source of sources) {
      for (const part of partsOf(source, endings)) {
        this.#parts.push(part);
        this.#size += part.byteLength;
      }
    }
    type = `${type}`;
    this.#type = /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase();
  }

  static [kParts] = {
    partsOf: (blob) => blob.#parts,
    bytes: (blob) => blob.#copy(),
    of: (parts, size, type) => Blob.#of(parts, size, type),
    make: (parts, type) => {
      const pieces = parts.flatMap((part) => (internals.is(part) ? part.#parts : [part]));
      return Blob.#of(pieces, pieces.reduce((size, piece) => size + piece.byteLength, 0), type.toLowerCase());
    },
    is: (value) => value !== null && typeof value === 'object' && #parts in value,
  };

  static #check(blob) {
    if (!(blob !== null && typeof blob === 'object' && #parts in blob)) throw new ERR_INVALID_THIS('Blob');
    return blob;
  }

  static #of(parts, size, type) {
    return new Blob({ [kParts]: { parts, size, type } });
  }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `Blob ${require('internal/inspect').inspect({ size: this.size, type: this.type }, inner)}`;
  }

  [kClone]() {
    if (this.#parts.some((part) => part instanceof FilePart)) {
      throw new codes.ERR_INVALID_STATE.TypeError('File-backed Blobs are not cloneable');
    }
    return Blob.#of(this.#parts, this.#size, this.#type);
  }

  get type() {
    return Blob.#check(this).#type;
  }

  get size() {
    return Blob.#check(this).#size;
  }

  slice(start = 0, end = undefined, contentType = '') {
    Blob.#check(this);
    const size = this.#size;
    const place = (value) => (value < 0 ? Math.max(size + value, 0) : Math.min(value, size));
    const toInteger = (value) => Math.trunc(Number(value)) || 0;
    const first = place(toInteger(start));
    const last = Math.max(place(end === undefined ? size : toInteger(end)), first);
    const type = `${contentType}`;
    const parts = [];
    let at = 0;
    for (const part of this.#parts) {
      const from = Math.max(first - at, 0);
      const to = Math.min(last - at, part.byteLength);
      if (from < to || part instanceof FilePart) parts.push(part.subarray(from, Math.max(to, from)));
      at += part.byteLength;
    }
    return Blob.#of(parts, last - first, /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase());
  }

  /** All bytes; parts of files have been read, or are read here. */
  #copy(pieces = this.#parts) {
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece instanceof FilePart ? piece.readSync() : piece, at);
      at += piece.byteLength;
    }
    return bytes;
  }

  async #read() {
    if (!this.#parts.some((part) => part instanceof FilePart)) return this.#copy();
    return this.#copy(await Promise.all(this.#parts.map((part) => (
      part instanceof FilePart ? part.read() : part))));
  }

  async arrayBuffer() {
    return (await Blob.#check(this).#read()).buffer;
  }

  async bytes() {
    return Blob.#check(this).#read();
  }

  async text() {
    return native('encoding').decodeUtf8(await Blob.#check(this).#read(), false, false);
  }

  stream() {
    Blob.#check(this);
    return streamOf(this.#parts);
  }

  textStream() {
    Blob.#check(this);
    const { TextDecoderStream } = require('internal/webstreams/encoding_streams');
    return this.stream().pipeThrough(new TextDecoderStream());
  }
}

const internals = Blob[kParts];

/** How much a stream of a blob gives at once. */
const CHUNK_SIZE = 65536;

function streamOf(parts) {
  const { ReadableStream } = require('internal/webstreams/readable_stream');
  let index = 0;
  let at = 0;
  const isOfFile = parts.some((part) => part instanceof FilePart);

  function pull(controller) {
    while (index < parts.length && at === parts[index].byteLength && at > 0) {
      index++;
      at = 0;
    }
    if (index === parts.length) {
      controller.close();
      controller.byobRequest?.respond(0);
      return undefined;
    }
    const request = controller.byobRequest;
    const wanted = Math.min(request?.view.byteLength ?? CHUNK_SIZE, CHUNK_SIZE);
    const piece = parts[index].subarray(at, at + wanted);
    at += piece.byteLength;
    if (piece instanceof FilePart) return piece.read().then((bytes) => give(controller, bytes));
    return give(controller, piece);
  }

  function give(controller, bytes) {
    if (bytes.byteLength === 0) {
      // There is nothing in this part.
      index++;
      at = 0;
      return pull(controller);
    }
    const request = controller.byobRequest;
    if (request === null) {
      controller.enqueue(bytes.slice());
    } else {
      new Uint8Array(request.view.buffer, request.view.byteOffset, bytes.byteLength).set(bytes);
      request.respond(bytes.byteLength);
    }
    return undefined;
  }

  return new ReadableStream({
    type: 'bytes',
    pull: isOfFile ? async (controller) => pull(controller) : pull,
  }, { highWaterMark: 0 });
}

// ---------------------------------------------------------------------------
// Parts that are stretches of files
// ---------------------------------------------------------------------------

function notReadable() {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException('The blob could not be read', 'NotReadableError');
}

/** A stretch of a file, which cannot be read any more when the file has changed. */
class FilePart {
  /** `stats` is what the file was like in the beginning. */
  constructor(path, stats, start, byteLength) {
    this.path = path;
    this.stats = stats;
    this.start = start;
    this.byteLength = byteLength;
  }

  subarray(from, to) {
    const last = Math.min(to, this.byteLength);
    return new FilePart(this.path, this.stats, this.start + from, Math.max(last - from, 0));
  }

  #check({ size, mtimeNs }) {
    if (size !== this.stats.size || mtimeNs !== this.stats.mtimeNs) throw notReadable();
  }

  async read() {
    const { open } = require('fs/promises');
    let handle;
    try {
      handle = await open(this.path);
      this.#check(await handle.stat({ bigint: true }));
      const bytes = new Uint8Array(this.byteLength);
      const { bytesRead } = await handle.read(bytes, 0, this.byteLength, this.start);
      if (bytesRead !== this.byteLength) throw notReadable();
      return bytes;
    } catch {
      throw notReadable();
    } finally {
      await handle?.close();
    }
  }

  readSync() {
    const fs = require('fs');
    let fd;
    try {
      fd = fs.openSync(this.path);
      this.#check(fs.fstatSync(fd, { bigint: true }));
      const bytes = new Uint8Array(this.byteLength);
      if (fs.readSync(fd, bytes, 0, this.byteLength, this.start) !== this.byteLength) throw notReadable();
      return bytes;
    } catch {
      throw notReadable();
    } finally {
      if (fd !== undefined) fs.closeSync(fd);
    }
  }
}

/** A blob of what is in a file. */
function blobOfFile(path, stats, type) {
  const size = Number(stats.size);
  return internals.of([new FilePart(path, stats, 0, size)], size, type.toLowerCase());
}

for (const name of ['type', 'size', 'slice', 'arrayBuffer', 'text', 'bytes', 'stream', 'textStream']) {
  Object.defineProperty(Blob.prototype, name, { enumerable: true });
}
Object.defineProperty(Blob.prototype, Symbol.toStringTag, { configurable: true, value: 'Blob' });

/** https://nodejs.org/api/buffer.html#class-file */
class File extends Blob {
  #name;
  #lastModified;

  constructor(fileBits, fileName, options = undefined) {
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, options);
    const { lastModified } = options ?? {};
    this.#lastModified = lastModified === undefined ? Date.now() : Math.trunc(+lastModified) || 0;
    this.#name = `${fileName}`.toWellFormed();
  }

  static #check(file) {
    if (!(file !== null && typeof file === 'object' && #name in file)) throw new TypeError('Illegal invocation');
    return file;
  }

  get name() {
    return File.#check(this).#name;
  }

  get lastModified() {
    return File.#check(this).#lastModified;
  }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `File ${require('internal/inspect').inspect({
      size: this.size, type: this.type, name: this.#name, lastModified: this.#lastModified,
    }, inner)}`;
  }

  [kClone]() {
    return new File([this], this.#name, { lastModified: this.#lastModified, type: this.type });
  }
}

for (const name of ['name', 'lastModified']) Object.defineProperty(File.prototype, name, { enumerable: true });
Object.defineProperty(File.prototype, Symbol.toStringTag, { configurable: true, value: 'File' });

/** What `URL.createObjectURL` has been given, by the identifiers in the addresses. */
const stored = new Map();

function storeObject(blob) {
  if (!internals.is(blob)) throw new ERR_INVALID_ARG_TYPE('obj', 'Blob', blob);
  const id = native('web_crypto').randomUuid();
  stored.set(id, blob);
  return `blob:nodedata:${id}`;
}

function objectId(url) {
  return /^blob:nodedata:([0-9a-f-]+)$/.exec(url)?.[1];
}

/** https://nodejs.org/api/buffer.html#bufferresolveobjecturlid */
function resolveObjectURL(url) {
  const blob = stored.get(objectId(`${url}`));
  return blob?.slice(0, blob.size, blob.type);
}

function revokeObject(url) {
  stored.delete(objectId(`${url}`));
}

/** A blob of bytes that nobody changes, and of other blobs. */
function newBlob(parts, type = '') {
  return internals.make(parts, type);
}

module.exports = {
  Blob,
  File,
  blobOfFile,
  bytesOfBlob: internals.bytes,
  isBlob: internals.is,
  newBlob,
  resolveObjectURL,
  revokeObject,
  storeObject,
};
