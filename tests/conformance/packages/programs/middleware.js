'use strict';

// body-parser, cors and morgan on a plain http server, without a framework between.

const http = require('node:http');
const zlib = require('node:zlib');
const bodyParser = require('body-parser');
const cors = require('cors');
const morgan = require('morgan');
const { serve } = require('./support/wire');

/** A server that runs functions of the Connect kind one after the other. */
function chain(...steps) {
  return http.createServer((req, res) => {
    let index = 0;
    const next = (error) => {
      if (error) {
        res.statusCode = error.status ?? 500;
        res.end(JSON.stringify({ message: error.message, type: error.type, limit: error.limit, length: error.length, expected: error.expected,
          charset: error.charset, encoding: error.encoding, body: error.body, expose: error.expose }));
        return;
      }
      const step = steps[index++];
      if (step) step(req, res, next);
      else res.end(JSON.stringify({ body: Buffer.isBuffer(req.body) ? `buffer ${req.body.toString('hex')}` : req.body, read: req._body ?? null }));
    };
    next();
  });
}

async function bodies() {
  const server = chain(
    bodyParser.json({ limit: 100, reviver: (key, value) => (key === 'n' ? value * 2 : value), type: ['json', '+json'] }),
    bodyParser.urlencoded({ extended: true, depth: 2, parameterLimit: 5 }),
    bodyParser.text({ type: 'text/plain', defaultCharset: 'latin1' }),
    bodyParser.raw({ inflate: false, type: (req) => req.headers['content-type'] === 'raw/x', verify: (req, res, buffer) => { if (buffer[0] === 0) throw new Error('starts with zero'); } }),
  );
  await serve(server, async ({ ask }) => {
    const post = (type, body, headers) => ask('POST /', { 'Content-Type': type, ...headers }, body);
    await post('application/json', '{"n": 21, "s": "x"}');
    await post('application/vnd.api+json', '[1]');
    await post('application/json', ' {"a": 1}');
    await post('application/json', '﻿{"a": 1}');
    await post('application/json', 'true');
    await post('application/json', '');
    await post('application/json', '{"a": 1} trailing');
    await post('application/json', "{'a': 1}");
    await post('application/json', '{"a": "\n"}');
    await post('application/json', `{"a": "${'x'.repeat(200)}"}`);
    await post('application/json; charset=utf-16le', Buffer.from('{"a":"ü"}', 'utf16le'));
    await post('application/json; charset=ascii', '{}');
    await post('application/json', zlib.deflateSync('{"deflated":1}'), { 'Content-Encoding': 'deflate' });
    await post('application/json', zlib.brotliCompressSync('{"brotli":1}'), { 'Content-Encoding': 'br' });
    await post('application/json', 'not gzip', { 'Content-Encoding': 'gzip' });
    await post('application/json', zlib.gzipSync(JSON.stringify('x'.repeat(1000))), { 'Content-Encoding': 'gzip' });
    await post('application/x-www-form-urlencoded', 'a[b]=1&a[c][]=2&a[c][]=3&d=%F0%9F%98%80+');
    await post('application/x-www-form-urlencoded', 'a[b][c][d]=1');
    await post('application/x-www-form-urlencoded', 'a&b&c&d&e&f');
    await post('application/x-www-form-urlencoded; charset=iso-8859-1', 'a=%FC');
    await post('text/plain', Buffer.from([0xfc, 0x41]));
    await post('text/plain; charset=utf-8', 'ü');
    await post('text/plain; charset=shift_jis', Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67]));
    await post('raw/x', Buffer.from([1, 2, 3]));
    await post('raw/x', Buffer.from([0, 2, 3]));
    await post('raw/x', Buffer.from([1]), { 'Content-Encoding': 'gzip' });
    await post('image/png', 'png');
    await ask('GET /');
    await ask('POST /', { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' }, '3\r\n{"a\r\n5\r\n":1}\r\n0\r\n\r\n'.replace('5', '4'));
  });
}

async function origins() {
  const cases = {
    any: cors(),
    one: cors({ origin: 'http://a.example', methods: ['GET', 'PUT'], allowedHeaders: ['X-A', 'X-B'], maxAge: 600 }),
    list: cors({ origin: ['http://a.example', /\.b\.example$/], credentials: true }),
    reflect: cors({ origin: true, exposedHeaders: 'X-C,X-D', optionsSuccessStatus: 200 }),
    none: cors({ origin: false }),
    function: cors({ origin: (origin, done) => done(origin === 'http://bad' ? new Error('not you') : null, origin === 'http://a.example') }),
    options: cors((req, done) => done(null, { origin: req.headers['x-origin'] ?? false, preflightContinue: true })),
  };
  for (const [name, handler] of Object.entries(cases)) {
    console.log(`--- cors ${name}`);
    await serve(chain(handler), async ({ ask }) => {
      for (const Origin of ['http://a.example', 'http://x.b.example', 'http://bad']) {
        await ask('GET /', { Origin, 'X-Origin': 'http://q' });
        await ask('OPTIONS /', { Origin, 'Access-Control-Request-Method': 'DELETE', 'Access-Control-Request-Headers': 'x-wanted' });
      }
    });
  }
}

async function logs() {
  const lines = [];
  const stream = { write: (line) => lines.push(line) };
  const hide = (line) => line.replace(/\[?\d\d\/\w{3}\/\d{4}:[\d:]+ \+0000\]?|\d{4}-\d\d-\d\dT[\d:.]+Z|\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT/g, '<date>')
    .replace(/[\d.]+( ms)/g, '…$1');
  morgan.token('custom', (req, res, argument) => `${req.url}!${argument}`);
  morgan.format('named', ':custom[x] :status :res[content-type] :req[host]');
  const formats = ['combined', 'common', 'dev', 'short', 'tiny', 'named', ':date[clf] :date[iso] :date[web] :response-time ms :total-time[0] ms :remote-user :referrer',
    (tokens, req, res) => [tokens.method(req, res), tokens.url(req, res), tokens.status(req, res), tokens.res(req, res, 'content-length'), '-'].join(' ')];
  for (const format of formats) {
    const server = chain(morgan(format, { stream, skip: (req, res) => res.statusCode === 204 }), morgan(format, { stream, immediate: true }), (req, res, next) => {
      const status = Number(new URLSearchParams(req.url.slice(2)).get('status') ?? 200);
      res.statusCode = status;
      if (status === 204) return res.end();
      next();
    });
    await serve(server, async (client) => {
      const { request } = require('./support/wire');
      for (const path of ['/', '/?status=301', '/?status=404', '/?status=503', '/?status=204']) {
        await client.exchange(request(`GET ${path}`, { Authorization: `Basic ${Buffer.from('tj:secret').toString('base64')}`, Referer: 'http://r', 'User-Agent': 'agent' }));
      }
    });
    console.log(lines.splice(0).map((line) => JSON.stringify(hide(line))).join('\n'));
  }
}

bodies().then(origins).then(logs).catch((error) => { console.error(error); process.exitCode = 1; });
