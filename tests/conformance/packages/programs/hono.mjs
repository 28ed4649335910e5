// hono on its Node.js adapter: routes, validation, middleware, streams, errors.

import http from 'node:http';
import { createAdaptorServer, serve as serveHono, getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { bearerAuth } from 'hono/bearer-auth';
import { compress } from 'hono/compress';
import { getCookie, setCookie, getSignedCookie, setSignedCookie, deleteCookie } from 'hono/cookie';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';
import { html, raw } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { logger } from 'hono/logger';
import { prettyJSON } from 'hono/pretty-json';
import { secureHeaders } from 'hono/secure-headers';
import { stream, streamSSE, streamText } from 'hono/streaming';
import { validator } from 'hono/validator';
import wire from './support/wire.js';
import files from './support/files.js';

const root = files.folder({ 'static/a.txt': 'static text\n', 'static/index.html': '<p>index</p>\n', 'static/app.js': 'let a;\n' });
process.chdir(root);

const app = new Hono();
app.use(logger((text) => console.log('log', text.replace(/\d+m?s$/, '…'))));
app.use('/cors/*', cors({ origin: 'http://a.example', allowMethods: ['GET', 'POST'], maxAge: 60, credentials: true }));
app.use('/etag/*', etag());
app.use('/pretty/*', prettyJSON());
app.use('/secure/*', secureHeaders());
app.use('/zip/*', compress());
app.use('/basic/*', basicAuth({ username: 'hono', password: 'secret' }));
app.use('/bearer/*', bearerAuth({ token: 'token' }));
app.use('/static/*', serveStatic({ root: './' }));
app.use('/timed/*', async (c, next) => { c.set('who', 'middleware'); await next(); c.header('X-After', 'yes'); });

app.get('/', (c) => c.text('Hello Hono!'));
app.get('/json', (c) => c.json({ a: 1, b: [null, 'ü'] }, 201, { 'X-Mine': 'yes' }));
app.get('/html', (c) => c.html(html`<h1>${'<escaped>'}${raw('<b>raw</b>')}</h1>`));
app.get('/body', (c) => c.body(new Uint8Array([1, 2, 255]), 200, { 'Content-Type': 'application/octet-stream' }));
app.get('/null', (c) => c.body(null, 204));
app.get('/redirect', (c) => c.redirect('/elsewhere', 301));
app.get('/response', () => new Response('plain response', { status: 202, headers: [['X-A', '1'], ['X-A', '2'], ['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2']] }));
app.get('/users/:id{[0-9]+}', (c) => c.json({ id: c.req.param('id'), query: c.req.query(), all: c.req.queries('tag'), path: c.req.path, route: c.req.routePath, url: new URL(c.req.url).pathname }));
app.get('/optional/:a?', (c) => c.json(c.req.param()));
app.get('/wild/*', (c) => c.text(c.req.path));
app.get('/headers', (c) => c.json({ host: c.req.header('host')?.replace(/\d+$/, ''), all: Object.keys(c.req.header()).sort(), method: c.req.method }));
app.get('/cookies', async (c) => {
  setCookie(c, 'plain', 'a b', { path: '/', httpOnly: true, maxAge: 1000, sameSite: 'Strict' });
  await setSignedCookie(c, 'signed', 'value', 'key');
  deleteCookie(c, 'gone');
  return c.json({ got: getCookie(c), signed: await getSignedCookie(c, 'key', 'signed') ?? null });
});
app.post('/echo/json', async (c) => c.json(await c.req.json()));
app.post('/echo/text', async (c) => c.text(await c.req.text()));
app.post('/echo/form', async (c) => c.json(await c.req.parseBody({ all: true })));
app.post('/echo/bytes', async (c) => c.body(await c.req.arrayBuffer()));
app.post('/upload', async (c) => {
  const { file, note } = await c.req.parseBody();
  return c.json({ name: file.name, type: file.type, size: file.size, text: await file.text(), note });
});
app.post('/valid', validator('json', (value, c) => (typeof value.name === 'string' ? { name: value.name } : c.text('Invalid!', 400))), (c) => c.json(c.req.valid('json')));
app.get('/stream', (c) => stream(c, async (out) => { await out.write('one '); await out.write(new Uint8Array([116, 119, 111])); }));
app.get('/text', (c) => streamText(c, async (out) => { await out.writeln('line'); await out.sleep(1); await out.write('end'); }));
app.get('/sse', (c) => streamSSE(c, async (out) => { for (let i = 0; i < 3; i++) await out.writeSSE({ data: `message ${i}`, event: 'tick', id: String(i) }); }));
app.get('/readable', () => new Response(new ReadableStream({ start(controller) { controller.enqueue(new TextEncoder().encode('from a stream')); controller.close(); } })));
app.get('/cors/x', (c) => c.text('cors'));
app.get('/etag/x', (c) => c.text('tagged'));
app.get('/pretty/x', (c) => c.json({ pretty: { yes: true } }));
app.get('/secure/x', (c) => c.text('secure'));
app.get('/zip/x', (c) => c.text('compress me '.repeat(200)));
app.get('/basic/x', (c) => c.text('in'));
app.get('/bearer/x', (c) => c.text('in'));
app.get('/timed/x', (c) => c.text(`by ${c.get('who')}`));
app.on(['PUT', 'DELETE'], ['/on/a', '/on/b'], (c) => c.text(`${c.req.method} ${c.req.path}`));
app.all('/all', (c) => c.text(c.req.method));
app.get('/throw', () => { throw new Error('thrown'); });
app.get('/http-exception', () => { throw new HTTPException(401, { message: 'not you' }); });
const inner = new Hono().basePath('/v1');
inner.get('/x', (c) => c.text('inner'));
app.route('/api', inner);
app.mount('/mounted', (request) => new Response(`mounted ${new URL(request.url).pathname}`));
app.notFound((c) => c.text(`nothing at ${c.req.path}`, 404));
app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.text(`error: ${error.message}`, 500)));

console.log(app.routes.length, typeof serveHono, (await app.request('/json')).status, await (await app.request('/users/5?tag=a&tag=b')).text());

await wire.serve(createAdaptorServer({ fetch: app.fetch }), async ({ ask }) => {
  for (const path of ['/', '/json', '/html', '/body', '/null', '/redirect', '/response', '/users/12?tag=a&tag=b&q=%C3%A4', '/users/x', '/optional', '/optional/1', '/wild/a/b', '/headers',
    '/stream', '/text', '/sse', '/readable', '/pretty/x?pretty', '/secure/x', '/timed/x', '/throw', '/http-exception', '/api/v1/x', '/mounted/y', '/absent?<b>', '/static/a.txt', '/static/', '/static/absent.txt', '/basic/x', '/bearer/x']) {
    await ask(`GET ${path}`);
  }
  await ask('HEAD /json');
  await ask('GET /cookies', { Cookie: 'a=1; b=%20x; signed=value.bad' });
  await ask('GET /cors/x', { Origin: 'http://a.example' });
  await ask('OPTIONS /cors/x', { Origin: 'http://a.example', 'Access-Control-Request-Headers': 'x-a' });
  await ask('GET /etag/x');
  await ask('GET /etag/x', { 'If-None-Match': '"af0d4f4da4ab2a2e8ba8b3c1ea7b5a8ba7bd0a87"' });
  await ask('GET /zip/x', { 'Accept-Encoding': 'gzip' });
  await ask('GET /basic/x', { Authorization: `Basic ${Buffer.from('hono:secret').toString('base64')}` });
  await ask('GET /bearer/x', { Authorization: 'Bearer token' });
  await ask('GET /bearer/x', { Authorization: 'Bearer wrong' });
  await ask('GET /static/a.txt', { Range: 'bytes=0-5' });
  await ask('GET /static/a.txt', { 'Accept-Encoding': 'gzip' });
  await ask('POST /echo/json', { 'Content-Type': 'application/json' }, '{"a":[1,{"b":null}]}');
  await ask('POST /echo/json', { 'Content-Type': 'application/json' }, '{"a":');
  await ask('POST /echo/text', { 'Content-Type': 'text/plain' }, 'grüße');
  await ask('POST /echo/text', { 'Transfer-Encoding': 'chunked' }, '3\r\nabc\r\n0\r\n\r\n');
  await ask('POST /echo/form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'a=1&a=2&b=x+y');
  await ask('POST /echo/bytes', {}, Buffer.from([1, 2, 3]));
  await ask('POST /upload', { 'Content-Type': 'multipart/form-data; boundary=XX' },
    '--XX\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n--XX\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nfile content\r\n--XX--\r\n');
  await ask('POST /valid', { 'Content-Type': 'application/json' }, '{"name":"n"}');
  await ask('POST /valid', { 'Content-Type': 'application/json' }, '{}');
  for (const line of ['PUT /on/a', 'DELETE /on/b', 'PATCH /all', 'OPTIONS /']) await ask(line);
});
await wire.serve(http.createServer(getRequestListener((request) => new Response(`${request.method} ${request.headers.get('x-a')}`))), async ({ ask }) => {
  await ask('GET /', { 'X-A': ['1', '2'] });
});
