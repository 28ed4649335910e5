'use strict';

// Forms as bytes, and back: https://www.rfc-editor.org/rfc/rfc7578,
// https://andreubotella.github.io/multipart-form-data/

const { Buffer } = require('buffer');
const { File } = require('internal/blob');
const { isToken } = require('internal/fetch/headers');

const CR = 13;
const LF = 10;
const DASH = 45;

// ---------------------------------------------------------------------------
// Writing
// ---------------------------------------------------------------------------

const escaped = (text) => text.replace(/\r\n|\r|\n/g, (end) => (
  end === '\r\n' ? '%0D%0A' : end === '\r' ? '%0D' : '%0A')).replace(/"/g, '%22');
const withCrlf = (text) => text.replace(/\r\n|\r|\n/g, '\r\n');

function newBoundary() {
  const { randomInt } = require('internal/crypto/random');
  return `----formdata-undici-0${`${randomInt(0, 1e11)}`.padStart(11, '0')}`;
}

/** The parts of a form, bytes and blobs, and how long they are together. */
function encodeForm(entries, boundary) {
  const parts = [];
  let length = 0;
  const add = (part, size) => {
    parts.push(part);
    length += size;
  };
  const addText = (text) => {
    const bytes = Buffer.from(text);
    add(bytes, bytes.byteLength);
  };
  for (const [name, value] of entries) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(withCrlf(name))}"`;
    if (typeof value === 'string') {
      addText(`${head}\r\n\r\n${withCrlf(value)}\r\n`);
    } else {
      const filename = value.name ? `; filename="${escaped(value.name)}"` : '';
      addText(`${head}${filename}\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`);
      add(value, value.size);
      addText('\r\n');
    }
  }
  addText(`--${boundary}--\r\n`);
  return { parts, length };
}

// ---------------------------------------------------------------------------
// Reading
// ---------------------------------------------------------------------------

function fault(message) {
  return new TypeError('Failed to parse body as FormData.', { cause: new TypeError(message) });
}

/** A place in the bytes of a form. */
class Cursor {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  startsWith(text) {
    return this.bytes.latin1Slice(this.at, this.at + text.length) === text;
  }

  isAtCrlf() {
    return this.bytes[this.at] === CR && this.bytes[this.at + 1] === LF;
  }

  skipCrlf() {
    if (!this.isAtCrlf()) throw fault('expected CRLF');
    this.at += 2;
  }

  /** What stands here up to a byte that one of the codes is; the place is there then. */
  until(...codes) {
    const start = this.at;
    while (this.at < this.bytes.length && !codes.includes(this.bytes[this.at])) this.at++;
    return this.bytes.subarray(start, this.at);
  }

  skipSpace() {
    while (this.bytes[this.at] === 32 || this.bytes[this.at] === 9) this.at++;
  }
}

/** What stands between quotes, where names are. */
function readQuoted(cursor) {
  if (cursor.bytes[cursor.at] !== 34) throw fault('expected "');
  cursor.at++;
  const text = cursor.until(LF, CR, 34);
  if (cursor.bytes[cursor.at] !== 34) throw fault('expected "');
  cursor.at++;
  return text.utf8Slice().replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%22/g, '"');
}

/** The attributes of `Content-Disposition`. */
function readDisposition(cursor, part) {
  cursor.skipSpace();
  if (cursor.until(32, 9, 59, CR, LF).latin1Slice().toLowerCase() !== 'form-data') {
    throw fault('expected form-data; for content-disposition header');
  }
  part.name = null;
  part.filename = null;
  for (;;) {
    cursor.skipSpace();
    if (cursor.bytes[cursor.at] !== 59) break;
    cursor.at++;
    cursor.skipSpace();
    const attribute = cursor.until(61, 59, CR, LF).latin1Slice().trim().toLowerCase();
    if (cursor.bytes[cursor.at] !== 61) continue;
    cursor.at++;
    if (attribute === 'name') {
      part.name = readQuoted(cursor);
    } else if (attribute === 'filename') {
      part.filename = readQuoted(cursor);
    } else if (attribute === 'filename*') {
      const [charset, , encoded] = cursor.until(59, CR, LF).latin1Slice().split("'");
      if (charset?.toLowerCase() === 'utf-8' && encoded !== undefined) part.filename = decodeURIComponent(encoded);
    } else if (cursor.bytes[cursor.at] === 34) {
      readQuoted(cursor);
    } else {
      cursor.until(59, CR, LF);
    }
  }
  if (part.name === null) throw fault('name attribute is required in content-disposition header');
}

/** The head of a part: `{ name, filename, type, encoding }`. */
function readHead(cursor) {
  const part = { name: null, filename: null, type: null, encoding: null };
  while (!cursor.isAtCrlf()) {
    const name = cursor.until(LF, CR, 58).latin1Slice().replace(/^[\t ]+|[\t ]+$/g, '');
    if (!isToken(name)) throw fault('header name does not match the field-name token production');
    if (cursor.bytes[cursor.at] !== 58) throw fault('expected :');
    cursor.at++;
    cursor.skipSpace();
    const restOfLine = () => cursor.until(LF, CR).latin1Slice().replace(/[\t ]+$/, '');
    switch (name.toLowerCase()) {
      case 'content-disposition':
        readDisposition(cursor, part);
        break;
      case 'content-type':
        part.type = restOfLine();
        break;
      case 'content-transfer-encoding':
        part.encoding = restOfLine();
        break;
      default:
        restOfLine();
    }
    if (!cursor.isAtCrlf()) throw fault('expected CRLF');
    cursor.at += 2;
  }
  if (part.name === null) throw fault('header name is null');
  return part;
}

/** The entries of a form, which is the bytes with a boundary. */
function decodeForm(bytes, boundary) {
  if (boundary === null || boundary === undefined) throw fault('missing boundary in content-type header');
  bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = Buffer.from(`--${boundary}`, 'utf8');
  const lineMark = Buffer.from(`\r\n--${boundary}`, 'utf8');
  const cursor = new Cursor(bytes);
  // What stands before the first boundary is nothing.
  cursor.at = bytes.indexOf(mark);
  if (cursor.at < 0) throw fault('no boundary found in multipart body');
  const entries = [];
  for (;;) {
    if (bytes.compare(mark, 0, mark.length, cursor.at, Math.min(cursor.at + mark.length, bytes.length)) !== 0) {
      throw fault('expected a value starting with -- and the boundary');
    }
    cursor.at += mark.length;
    if (bytes[cursor.at] === DASH && bytes[cursor.at + 1] === DASH) return entries;
    cursor.skipCrlf();
    const { name, filename, type, encoding } = readHead(cursor);
    cursor.skipCrlf();
    const next = bytes.indexOf(lineMark, cursor.at);
    if (next < 0) throw fault('expected boundary after body');
    let body = bytes.subarray(cursor.at, next);
    cursor.at += body.length;
    cursor.skipCrlf();
    if (encoding?.toLowerCase() === 'base64') body = Buffer.from(body.latin1Slice(), 'base64');
    if (filename !== null) {
      const fileType = type ?? 'text/plain';
      entries.push([name.toWellFormed(), new File([body], filename, {
        type: /[^\0-\x7f]/.test(fileType) ? '' : fileType,
      })]);
    } else {
      entries.push([name.toWellFormed(), native('encoding').decodeUtf8(body, false, false)]);
    }
  }
}

module.exports = { decodeForm, encodeForm, newBoundary };
