'use strict';

// ws 8: echo, broadcast, pings, closing codes, compression, subprotocols, streams, and the
// frames themselves as a bare socket sees them.

const crypto = require('node:crypto');
const http = require('node:http');
const net = require('node:net');
const { once } = require('node:events');
const { WebSocket, WebSocketServer, createWebSocketStream } = require('ws');

const log = (...words) => console.log(...words);
// Unlike `once` of node:events, it does not mind errors.
const until = (socket, name) => new Promise((resolve) => socket.once(name, (...values) => resolve(values)));

async function echo() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket, request) => {
    log('connection', request.url, request.headers['sec-websocket-version'], socket.readyState, socket.protocol === '');
    socket.on('message', (data, isBinary) => { log('server got', isBinary, data.length); socket.send(data, { binary: isBinary }); });
    socket.on('close', (code, reason) => log('server closed', code, String(reason)));
    socket.on('ping', (data) => log('server pinged', String(data)));
    socket.on('pong', (data) => log('server ponged', String(data)));
  });
  const client = new WebSocket(`ws://127.0.0.1:${server.address().port}/path?x=1`);
  log('state', client.readyState, client.bufferedAmount, client.binaryType);
  await until(client, 'open');
  log('open', client.readyState, client.extensions, client.protocol);
  const messages = ['text', 'ünïcödé 😀', '', 'x'.repeat(125), 'x'.repeat(126), 'x'.repeat(65535), 'x'.repeat(65536),
    Buffer.from([0, 1, 2, 255]), new Uint8Array(1000).fill(7), new ArrayBuffer(10)];
  for (const message of messages) {
    client.send(message);
    const [data, isBinary] = await until(client, 'message');
    log('client got', isBinary, data.length, crypto.createHash('sha1').update(data).digest('hex'));
  }
  for (const type of ['arraybuffer', 'fragments', 'nodebuffer']) {
    client.binaryType = type;
    client.send(Buffer.from('abc'));
    const [data] = await until(client, 'message');
    log(type, Array.isArray(data) ? 'array' : data.constructor.name);
  }
  client.send('frag', { fin: false });
  client.send('ment', { fin: true });
  log('joined', String((await until(client, 'message'))[0]));
  client.ping('are you there');
  log('pong', String((await until(client, 'pong'))[0]));
  for (const socket of server.clients) socket.ping('and you');
  log('ping', String((await until(client, 'ping'))[0]));
  client.addEventListener('message', (event) => log('event', event.type, event.data, event.target === client), { once: true });
  client.send('listener');
  await until(client, 'message');
  try { client.close(999); } catch (error) { log(error.name, error.message); }
  try { client.close(1000, 'x'.repeat(124)); } catch (error) { log(error.name, error.message); }
  client.close(4001, 'enough');
  const [code, reason] = await until(client, 'close');
  log('client closed', code, String(reason), client.readyState);
  client.send('late', (error) => log('late:', error.message));
  await new Promise((resolve) => server.close(resolve));
}

async function broadcast() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: true, clientTracking: true });
  await once(server, 'listening');
  server.on('connection', (socket) => socket.on('message', (data) => {
    for (const each of server.clients) if (each !== socket && each.readyState === WebSocket.OPEN) each.send(`broadcast ${data}`);
  }));
  const url = `ws://127.0.0.1:${server.address().port}`;
  const clients = [];
  for (let i = 0; i < 4; i++) {
    clients.push(new WebSocket(url, { perMessageDeflate: i !== 3 }));
    await until(clients[i], 'open');
  }
  log('extensions', clients.map((client) => client.extensions), server.clients.size);
  const got = clients.slice(1).map((client) => until(client, 'message').then(([data]) => data.length));
  clients[0].send('to all of you '.repeat(1000));
  log(await Promise.all(got));
  const closed = clients.map((client) => until(client, 'close').then(([code]) => code));
  for (const client of server.clients) client.terminate();
  log(await Promise.all(closed));
  server.close();
}

async function upgrades() {
  const plain = http.createServer((req, res) => res.end('http'));
  const chat = new WebSocketServer({ noServer: true, handleProtocols: (protocols) => (protocols.has('chat.v2') ? 'chat.v2' : false) });
  const news = new WebSocketServer({ noServer: true, maxPayload: 100 });
  chat.on('headers', (headers) => headers.push('X-Chat: yes'));
  chat.on('connection', (socket) => { socket.send(`protocol ${socket.protocol}`); socket.close(1001, 'going'); });
  news.on('connection', (socket) => socket.on('error', (error) => log('news error', error.code, error.message)));
  chat.on('wsClientError', (error, socket) => { log('client error', error.message); socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'); });
  plain.on('upgrade', (request, socket, head) => {
    const target = { '/chat': chat, '/news': news }[request.url];
    if (!target) return socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    target.handleUpgrade(request, socket, head, (client) => target.emit('connection', client, request));
  });
  plain.listen(0, '127.0.0.1');
  await once(plain, 'listening');
  const { port } = plain.address();
  const url = `ws://127.0.0.1:${port}`;

  const client = new WebSocket(`${url}/chat`, ['chat.v1', 'chat.v2'], { headers: { 'X-Mine': 'yes' }, origin: 'http://o' });
  client.on('upgrade', (response) => log('upgrade', response.statusCode, response.statusMessage, response.headers['x-chat'], Object.keys(response.headers).join()));
  client.on('message', (data) => log(String(data)));
  log('closed', ...(await until(client, 'close')).map(String));

  const refused = new WebSocket(`${url}/absent`);
  refused.on('error', (error) => log('refused', error.message));
  await until(refused, 'close');
  const unexpected = new WebSocket(`${url}/absent`);
  unexpected.on('unexpected-response', (request, response) => { log('unexpected', response.statusCode, request.path); response.resume(); request.destroy(); });
  unexpected.on('error', () => {});
  await until(unexpected, 'unexpected-response');

  const big = new WebSocket(`${url}/news`);
  await until(big, 'open');
  big.send('x'.repeat(101));
  log('too big', ...(await until(big, 'close')).map(String));

  const answers = (text) => new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    let all = '';
    socket.setEncoding('latin1').on('data', (chunk) => {
      all += chunk;
      if (all.endsWith('going')) socket.end();
    }).on('close', () => resolve(all));
    socket.on('error', () => {});
  });
  const head = 'GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
  for (const rest of [`${key}Sec-WebSocket-Version: 13\r\n`, `${key}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat.v2\r\n`,
    `${key}Sec-WebSocket-Version: 1\r\n`, 'Sec-WebSocket-Version: 13\r\n', `${key}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: a,,b\r\n`]) {
    log(JSON.stringify(await answers(`${head}${rest}\r\n`)));
  }
  const dead = new WebSocket('ws://127.0.0.1:1');
  dead.on('error', (error) => log('dead', error.code, error.message));
  await until(dead, 'close');
  for (const address of ['http://x y', 'ftp://example.com', 'ws://example.com/#hash']) {
    try { new WebSocket(address); } catch (error) { log(error.name, error.message); }
  }
  plain.close();
}

async function frames() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: { threshold: 10, zlibDeflateOptions: { level: 6 } } });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on('error', (error) => log('frame error', error.code, error.message, error instanceof RangeError));
    socket.on('close', (code, reason) => log('frame close', code, String(reason)));
  });
  const mask = (first, payload, { masked = true } = {}) => {
    const data = Buffer.from(payload);
    const key = Buffer.from([1, 2, 3, 4]);
    const head = data.length < 126 ? [first, data.length | (masked ? 128 : 0)] : [first, 126 | (masked ? 128 : 0), data.length >> 8, data.length & 255];
    return Buffer.concat([Buffer.from(head), ...(masked ? [key, data.map((byte, i) => byte ^ key[i & 3])] : [data])]);
  };
  const talk = (...bytes) => new Promise((resolve) => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    const chunks = [];
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
      + 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n');
    for (const each of bytes) socket.write(each);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(chunks)));
  });
  const show = async (...bytes) => {
    const all = await talk(...bytes);
    const split = all.indexOf('\r\n\r\n') + 4;
    log(JSON.stringify(String(all.subarray(0, split))), all.subarray(split).toString('hex'));
  };
  const bye = mask(0x88, [3, 232]);
  await show(mask(0x81, 'Hello'), bye);
  await show(mask(0x81, 'Hello, compressed echo; Hello, compressed echo'), mask(0x82, 'Hello, compressed echo; Hello, compressed echo'), bye);
  await show(mask(0x01, 'Hel'), mask(0x89, 'ping'), mask(0x80, 'lo'), bye);
  await show(mask(0x81, [0xff, 0xfe]));
  await show(mask(0x81, 'bare', { masked: false }));
  await show(mask(0x83, 'opcode'));
  await show(mask(0xa1, 'reserved'));
  await show(mask(0x80, 'no start'));
  await show(mask(0x88, [3, 237]));
  await show(mask(0x88, [3]));
  await show(mask(0x89, 'x'.repeat(126)));
  await show(mask(0x88, Buffer.concat([Buffer.from([15, 160]), Buffer.from('custom')])));
  server.close();
}

async function streams() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    const stream = createWebSocketStream(socket, { encoding: 'utf8' });
    stream.pipe(stream);
  });
  const client = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
  const stream = createWebSocketStream(client, { encoding: 'utf8' });
  stream.write('one');
  log('stream', (await once(stream, 'data'))[0]);
  stream.end('two');
  log('stream', (await once(stream, 'data'))[0]);
  await once(stream, 'close');
  log('stream closed');
  server.close();
}

(async () => {
  for (const part of [echo, broadcast, upgrades, frames, streams]) {
    log('---', part.name);
    await part();
  }
})().catch((error) => { console.error(error); process.exitCode = 1; });
