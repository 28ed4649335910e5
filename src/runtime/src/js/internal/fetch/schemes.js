'use strict';

// Addresses that need no network: https://fetch.spec.whatwg.org/#scheme-fetch

const { Buffer } = require('buffer');
const { Body } = require('internal/fetch/body');
const { ResponseState } = require('internal/fetch/response');

/** The state of a response with a body. */
function ok(source, length, fields) {
  const response = new ResponseState();
  response.statusText = 'OK';
  response.body = new Body(source, length);
  for (const [name, value] of fields) response.headersList.append(name, value);
  return response;
}

async function fetchScheme(request, url) {
  switch (url.protocol) {
    case 'about:': throw new Error('about scheme is not supported');
    case 'blob:': return fetchBlob(request, url);
    case 'data:': return fetchData(url);
    case 'file:': throw new Error('not implemented... yet...');
    default: throw new Error('unknown scheme');
  }
}

/** https://fetch.spec.whatwg.org/#ref-for-dom-fetch-blob */
function fetchBlob(request, url) {
  const blob = require('internal/blob').resolveObjectURL(url.href);
  if (request.method !== 'GET' || blob === undefined) throw new Error('invalid method');
  const range = request.headersList.get('range');
  const { size, type } = blob;
  if (range === null) return ok(blob, size, [['content-length', `${size}`], ['content-type', type]]);
  const [first, last] = rangeOf(range, size);
  const part = blob.slice(first, last + 1, type);
  const response = ok(part, part.size, [
    ['content-length', `${part.size}`],
    ['content-type', type],
    ['content-range', `bytes ${first}-${last}/${size}`],
  ]);
  response.status = 206;
  response.statusText = 'Partial Content';
  return response;
}

/** The first and the last byte of a range of a blob. */
function rangeOf(range, size) {
  const match = /^bytes[\t ]*=[\t ]*(\d*)[\t ]*-[\t ]*(\d*)$/.exec(range);
  if (match === null || match[1] === '' && match[2] === '') {
    throw new Error('failed to fetch the data URL');
  }
  let first = match[1] === '' ? null : Number(match[1]);
  let last = match[2] === '' ? null : Number(match[2]);
  if (first === null) {
    first = Math.max(size - last, 0);
    last = size - 1;
  } else {
    if (first >= size || last !== null && last < first) {
      throw new Error("Range start is greater than the blob's size.");
    }
    last = last === null ? size - 1 : Math.min(last, size - 1);
  }
  return [first, last];
}

const HEX = /%([0-9a-fA-F]{2})/g;

/** https://fetch.spec.whatwg.org/#data-url-processor */
function fetchData(url) {
  const text = url.href.replace(/#.*$/s, '').slice('data:'.length);
  const comma = text.indexOf(',');
  if (comma < 0) throw new Error('failed to fetch the data URL');
  let type = text.slice(0, comma).replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '');
  let body = Buffer.from(text.slice(comma + 1).replace(HEX, (_, digits) => (
    String.fromCharCode(Number.parseInt(digits, 16)))), 'latin1');
  const base64 = /;\u0020*base64$/i.exec(type);
  if (base64 !== null) {
    type = type.slice(0, base64.index);
    try {
      body = Buffer.from(require('buffer').atob(body.latin1Slice()), 'latin1');
    } catch {
      throw new Error('failed to fetch the data URL');
    }
  }
  if (type.startsWith(';')) type = `text/plain${type}`;
  const { MIMEType } = require('internal/util/mime');
  let mime;
  try {
    mime = `${new MIMEType(type)}`;
  } catch {
    mime = 'text/plain;charset=US-ASCII';
  }
  return ok(new Uint8Array(body), body.byteLength, [['Content-Type', mime]]);
}

module.exports = { fetchScheme };
