'use strict';

// Fetching over http: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
//
// Connections are kept, and do not keep the program running while nobody uses them.

const { Buffer } = require('buffer');
const {
  HTTPParserError, HeadersTimeoutError, InvalidArgumentError, NotSupportedError,
  RequestContentLengthMismatchError, SocketError,
} = require('internal/fetch/errors');
const { HeadersList } = require('internal/fetch/headers');
const { Body } = require('internal/fetch/body');
const { ResponseState, WITHOUT_BODY } = require('internal/fetch/response');
const { ReadableStream } = require('internal/webstreams/readable_stream');

/** Methods of which a server expects a body: one that is empty is said to be so. */
const EXPECT_BODY = ['PUT', 'POST', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH'];
const CONDITIONS = ['if-modified-since', 'if-none-match', 'if-unmodified-since', 'if-match', 'if-range'];
/** How long nothing may come, in milliseconds. */
const HEADERS_TIMEOUT = 300_000;
const KEEP_ALIVE_TIMEOUT = 4000;
const MAX_ENCODINGS = 5;

/** The server has closed a connection just when it was used again. */
class StaleConnection extends Error {}

let agents;

function agentFor(protocol) {
  agents ??= new Map();
  let agent = agents.get(protocol);
  if (agent === undefined) {
    const { Agent } = require(protocol === 'https:' ? 'https' : 'http');
    agent = new Agent({ keepAlive: true, timeout: HEADERS_TIMEOUT, keepAliveMsecs: KEEP_ALIVE_TIMEOUT });
    agents.set(protocol, agent);
  }
  return agent;
}

/** An error of the client as `fetch` tells it. */
function translated(error, socket = undefined) {
  if (error?.code === 'ECONNRESET' && error.syscall === undefined) return socketClosed(socket);
  if (typeof error?.code === 'string' && error.code.startsWith('HPE_')) {
    const reason = error.message.replace(/^Parse Error: /, '');
    return new HTTPParserError(`Response does not match the HTTP/1.1 protocol (${reason})`);
  }
  return error;
}

function socketClosed(socket) {
  const { localAddress, localPort, remoteAddress, remotePort, remoteFamily, timeout, bytesWritten, bytesRead } =
    socket ?? {};
  return new SocketError('other side closed', {
    socket: {
      localAddress, localPort, remoteAddress, remotePort, remoteFamily, timeout, bytesWritten, bytesRead,
    },
  });
}

// ---------------------------------------------------------------------------
// The request
// ---------------------------------------------------------------------------

/** The headers that are sent, as names and values in turn. */
function fieldsFor(request, url) {
  const list = request.headersList.copy();
  for (const name of ['transfer-encoding', 'upgrade', 'keep-alive']) {
    if (list.has(name)) throw new InvalidArgumentError(`invalid ${name} header`);
  }
  if (list.has('expect')) throw new NotSupportedError('expect header not supported');
  const connection = list.get('connection') ?? (request.method === 'HEAD' ? 'close' : 'keep-alive');
  list.delete('connection');
  list.delete('host');
  const setDefault = (name, value) => {
    if (!list.has(name)) list.append(name, value);
  };
  setDefault('accept', '*/*');
  setDefault('accept-language', '*');
  list.set('sec-fetch-mode', request.mode);
  setDefault('user-agent', 'node');
  let { cache } = request;
  if (cache === 'default' && CONDITIONS.some((name) => list.has(name))) cache = 'no-store';
  if (cache === 'no-cache') setDefault('cache-control', 'max-age=0');
  if (cache === 'no-store' || cache === 'reload') {
    setDefault('pragma', 'no-cache');
    setDefault('cache-control', 'no-cache');
  }
  if (list.has('range')) setDefault('accept-encoding', 'identity');
  else setDefault('accept-encoding', url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate');
  const length = lengthOf(request);
  if (length !== null) {
    if (list.has('content-length') && list.get('content-length') !== `${length}`) {
      throw new RequestContentLengthMismatchError();
    }
    list.delete('content-length');
    if (length > 0 || EXPECT_BODY.includes(request.method)) list.append('content-length', `${length}`);
  } else if (!list.has('content-length')) {
    list.append('transfer-encoding', 'chunked');
  }
  return ['host', url.host, 'connection', connection, ...[...list.pairs()].flat()];
}

/** How long the body is; null if nobody knows. */
function lengthOf({ body }) {
  return body === null ? 0 : body.length;
}

/** Begins a request, and gives the message that answers it. */
function send(task, url, fields) {
  const { request } = task;
  const { promise, resolve, reject } = Promise.withResolvers();
  const { protocol, hostname, pathname, search, port } = url;
  const { request: begin } = require(protocol === 'https:' ? 'https' : 'http');
  const client = begin({
    agent: agentFor(protocol),
    protocol,
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    port: port === '' ? undefined : port,
    path: `${pathname}${search}`,
    method: request.method,
    headers: fields,
    setHost: false,
  });
  client.on('response', resolve);
  client.on('error', (error) => {
    const isStale = client.reusedSocket && client.res === null && error?.code === 'ECONNRESET';
    reject(isStale ? new StaleConnection() : translated(error, client.socket));
  });
  const stop = (reason) => {
    reject(reason);
    client.destroy();
  };
  task.stop = stop;
  client.on('timeout', () => stop(new HeadersTimeoutError()));
  client.on('continue', () => stop(new SocketError('bad response')));
  sendBody(client, request).catch(stop);
  return promise;
}

async function sendBody(client, { body }) {
  if (body === null) {
    client.end();
  } else if (body.source !== null) {
    const bytes = await body.clone().bytes();
    client.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } else {
    const reader = body.stream.getReader();
    let goOn;
    for (const event of ['drain', 'close']) client.on(event, () => goOn?.());
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (typeof value !== 'string' && !(value instanceof Uint8Array)) {
        throw new TypeError('Received non-Uint8Array chunk');
      }
      if (client.destroyed) {
        await reader.cancel();
        return;
      }
      if (value.length > 0 && !client.write(value)) {
        await new Promise((resolve) => {
          goOn = resolve;
        });
      }
    }
    client.end();
  }
}

// ---------------------------------------------------------------------------
// The response
// ---------------------------------------------------------------------------

/**
 * A connection that has just been left may have been closed by the server, which is seen when
 * the loop has looked at it once more.
 */
async function settleConnections(agent) {
  if (Object.keys(agent.freeSockets).length === 0) return;
  const { setImmediate } = require('timers');
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of [...sockets]) if (socket.readableEnded) socket.destroy();
  }
}

async function fetchHttp(task, url) {
  const { request } = task;
  const fields = fieldsFor(request, url);
  await settleConnections(agentFor(url.protocol));
  let message;
  try {
    message = await send(task, url, fields);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    const mayRepeat = !['POST', 'PATCH'].includes(request.method) && request.body?.source !== null;
    if (!mayRepeat) throw socketClosed();
    message = await send(task, url, fields);
  }
  if (message.statusCode === 407) {
    message.destroy();
    throw new Error('');
  }
  return responseOf(task, message);
}

function responseOf(task, message) {
  const response = new ResponseState();
  response.status = message.statusCode;
  response.statusText = Buffer.from(message.statusMessage, 'latin1').toString();
  const list = new HeadersList();
  const { rawHeaders } = message;
  for (let index = 0; index < rawHeaders.length; index += 2) list.append(rawHeaders[index].toLowerCase(), rawHeaders[index + 1]);
  response.headersList = list;
  const hasBody = task.request.method !== 'HEAD' && !WITHOUT_BODY.includes(response.status);
  if (!hasBody) {
    message.resume();
    message.on('error', () => {});
    task.whenDone?.();
    return response;
  }
  const { stream, discard } = bodyOf(task, message, decodersFor(list.get('content-encoding')));
  response.body = new Body(null, null, stream);
  response.discard = discard;
  return response;
}

/** What decodes a body, the outermost encoding first; nothing if one is not known. */
function decodersFor(encodings) {
  if (encodings === null) return [];
  const names = encodings.toLowerCase().split(',').map((name) => name.trim());
  if (names.length > MAX_ENCODINGS) {
    throw new Error(`too many content-encodings in response: ${names.length}, maximum allowed is ${MAX_ENCODINGS}`);
  }
  const zlib = require('zlib');
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants;
  const decoders = [];
  for (const name of names.reverse()) {
    if (name === 'gzip' || name === 'x-gzip') {
      decoders.push(() => zlib.createGunzip({ flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH }));
    } else if (name === 'deflate') {
      decoders.push(() => require('internal/fetch/inflate').createInflate());
    } else if (name === 'br') {
      decoders.push(() => zlib.createBrotliDecompress({
        flush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FLUSH,
      }));
    } else if (name === 'zstd' && typeof zlib.createZstdDecompress === 'function') {
      decoders.push(() => zlib.createZstdDecompress());
    } else {
      return [];
    }
  }
  return decoders.map((make) => make());
}

/**
 * The body as a stream. A little of it is taken from the connection though nobody reads, so
 * that small bodies do not hold one.
 */
function bodyOf(task, message, decoders) {
  const Readable = require('internal/stream/readable');
  let hasEnded = false;
  const source = new Readable({
    read() {
      message.resume();
    },
  });
  message.on('data', (chunk) => {
    if (!source.push(chunk)) message.pause();
  });
  message.on('end', () => source.push(null));
  const fail = (error) => {
    if (hasEnded) return;
    hasEnded = true;
    task.whenDone?.();
    source.destroy();
    for (const decoder of decoders) decoder.destroy();
    controller.error(new TypeError('terminated', { cause: translated(error) }));
  };
  message.on('error', fail);
  message.on('close', () => {
    if (!message.complete) fail(socketClosed(message.socket));
  });
  let output = source;
  for (const decoder of decoders) {
    decoder.on('error', (error) => {
      fail(error);
      message.destroy();
    });
    output = output.pipe(decoder);
  }

  let controller;
  let wake;
  for (const event of ['readable', 'end', 'close']) output.on(event, () => wake?.());
  const finish = () => {
    if (hasEnded) return;
    hasEnded = true;
    task.whenDone?.();
    controller.close();
    controller.byobRequest?.respond(0);
  };
  task.stop = (reason) => {
    if (hasEnded) return;
    hasEnded = true;
    task.whenDone?.();
    controller.error(reason);
    message.destroy();
  };
  const stream = new ReadableStream({
    type: 'bytes',

    start(given) {
      controller = given;
    },

    async pull() {
      for (;;) {
        const chunk = output.read();
        if (hasEnded) return;
        if (chunk !== null) {
          // The bytes may be among those of other buffers.
          controller.enqueue(new Uint8Array(chunk));
          return;
        }
        if (output.readableEnded || output.destroyed) {
          finish();
          return;
        }
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
    },

    cancel() {
      hasEnded = true;
      task.whenDone?.();
      message.destroy();
    },
  });

  /** Reads what nobody wants, so that the connection can be used again. */
  function discard() {
    hasEnded = true;
    message.resume();
    source.destroy();
    message.removeAllListeners('data');
  }
  return { stream, discard };
}

module.exports = { fetchHttp };
