'use strict';

// Koa 3: middleware up and down, context, bodies of every kind, cookies, router, errors.

const http = require('node:http');
const { Readable } = require('node:stream');
const Koa = require('koa');
const Router = require('@koa/router');
const { bodyParser } = require('@koa/bodyparser');
const { serve } = require('./support/wire');

const app = new Koa({ keys: ['one', 'two'], proxy: true, env: 'test' });
app.silent = false;
app.on('error', (error, ctx) => console.log('error event:', error.message, error.status, ctx?.path));
app.context.helper = function helper() { return `helper of ${this.path}`; };

app.use(async (ctx, next) => {
  ctx.set('X-Order', 'outer');
  await next();
  ctx.append('X-Order', `after ${ctx.status}`);
});
app.use(bodyParser({ enableTypes: ['json', 'form', 'text'], jsonLimit: '1kb' }));

const router = new Router({ prefix: '/r' });
router.param('id', (id, ctx, next) => { ctx.state.id = Number(id); return next(); });
router.get('item', '/items/:id', (ctx) => { ctx.body = { id: ctx.state.id, params: ctx.params, name: ctx._matchedRouteName, url: router.url('item', 5) }; });
router.post('/items', (ctx) => { ctx.status = 201; ctx.body = { got: ctx.request.body, raw: ctx.request.rawBody }; });
router.put('/items/:id', async (ctx, next) => { await next(); ctx.body += '!'; }, (ctx) => { ctx.body = 'put'; });
router.all('/any', (ctx) => { ctx.body = ctx.method; });
router.redirect('/old', '/r/any', 301);
const nested = new Router();
nested.get('/leaf', (ctx) => { ctx.body = ctx.routerPath ?? ctx.path; });
router.use('/nest', nested.routes(), nested.allowedMethods());
app.use(router.routes()).use(router.allowedMethods());

const answers = {
  '/': (ctx) => { ctx.body = 'Hello World'; },
  '/html': (ctx) => { ctx.body = '<p>html</p>'; },
  '/json': (ctx) => { ctx.body = { a: 1, b: [null, 'ü'] }; },
  '/buffer': (ctx) => { ctx.body = Buffer.from([0, 1, 255]); },
  '/stream': (ctx) => { ctx.body = Readable.from(['one ', 'two ', 'three']); },
  '/blob': (ctx) => { ctx.body = new Blob(['blob'], { type: 'text/x-blob' }); },
  '/null': (ctx) => { ctx.body = null; },
  '/204': (ctx) => { ctx.status = 204; ctx.body = 'ignored'; },
  '/number': (ctx) => { ctx.body = 12; },
  '/nothing': () => {},
  '/status': (ctx) => { ctx.status = 418; },
  '/message': (ctx) => { ctx.status = 200; ctx.message = 'Fine'; ctx.body = 'x'; },
  '/redirect': (ctx) => { ctx.redirect('/login?a=ö'); },
  '/back': (ctx) => { ctx.back('/home'); },
  '/attachment': (ctx) => { ctx.attachment('€ report.txt'); ctx.body = 'file'; },
  '/helper': (ctx) => { ctx.body = ctx.helper(); },
  '/cookies': (ctx) => {
    ctx.cookies.set('a', '1', { signed: true, overwrite: true, expires: new Date(0) });
    ctx.cookies.set('b', 'x', { signed: false, httpOnly: false, sameSite: 'strict', path: '/p' });
    ctx.cookies.set('c');
    ctx.body = [ctx.cookies.get('plain', { signed: false }), ctx.cookies.get('s') ?? null];
  },
  '/request': (ctx) => {
    ctx.body = { method: ctx.method, url: ctx.url, path: ctx.path, query: ctx.query, querystring: ctx.querystring, search: ctx.search,
      host: ctx.host, hostname: ctx.hostname, fresh: ctx.fresh, stale: ctx.stale, protocol: ctx.protocol, secure: ctx.secure, ips: ctx.ips,
      subdomains: ctx.subdomains, idempotent: ctx.request.idempotent, charset: ctx.request.charset, type: ctx.request.type,
      accepts: ctx.accepts('json', 'html'), encodings: ctx.acceptsEncodings('gzip', 'identity'), languages: ctx.acceptsLanguages(),
      is: ctx.is('text/*'), href: ctx.href, origin: ctx.origin, header: ctx.get('X-Mine'), json: ctx.toJSON() };
    delete ctx.response.header;
  },
  '/etag': (ctx) => { ctx.etag = 'tag'; ctx.lastModified = new Date(1e12); ctx.body = 'cached'; if (ctx.fresh) ctx.status = 304; },
  '/type': (ctx) => { ctx.type = 'png'; ctx.length = 3; ctx.body = Buffer.from('png'); ctx.vary('Accept'); ctx.set({ 'X-A': '1', 'X-B': ['2', '3'] }); ctx.remove('X-A'); },
  '/respond': (ctx) => { ctx.respond = false; ctx.res.statusCode = 200; ctx.res.end('by hand'); },
  '/throw': (ctx) => ctx.throw(403, 'no entry', { user: 1, headers: { 'X-Why': 'because' } }),
  '/throw500': (ctx) => ctx.throw(500, 'hidden'),
  '/assert': (ctx) => ctx.assert(false, 401, 'who are you?'),
  '/error': () => { throw new Error('an error'); },
  '/expose': () => { throw Object.assign(new Error('exposed'), { status: 400, expose: true }); },
  '/string': () => { throw 'a string'; }, // eslint-disable-line no-throw-literal
  '/enoent': () => { throw Object.assign(new Error('no file'), { code: 'ENOENT' }); },
  '/broken': (ctx) => { ctx.body = new Readable({ read() { this.destroy(new Error('broken stream')); } }); },
};
app.use(async (ctx, next) => {
  const answer = answers[ctx.path];
  return answer ? answer(ctx) : next();
});

console.log(JSON.stringify(app), app.env, Object.keys(Koa).join());
console.error = (text) => console.log('console.error:', String(text).split('\n').slice(0, 3).join(' / '));

serve(http.createServer(app.callback()), async (client) => {
  const { ask, pipeline } = client;
  for (const path of Object.keys(answers)) {
    if (path === '/broken') continue;
    await ask(`GET ${path}?q=1&q=2`, { 'X-Mine': 'mine', 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '1.2.3.4', Accept: 'text/html;q=0.5, application/json',
      Cookie: 'plain=yes; s=1; s.sig=bad', 'Content-Type': 'text/plain; charset=utf-8' });
  }
  await ask('HEAD /json');
  await ask('HEAD /nothing');
  await ask('GET /etag', { 'If-None-Match': '"tag"' });
  await ask('GET /redirect', { Accept: 'text/html' });
  await ask('GET /back', { Referer: 'http://localhost/from' });
  for (const line of ['GET /r/items/7', 'GET /r/items', 'PUT /r/items/1', 'DELETE /r/items/1', 'OPTIONS /r/items/1', 'PATCH /r/any', 'GET /r/old', 'GET /r/nest/leaf', 'FOO /r/any', 'MKCOL /r/any']) {
    await ask(line);
  }
  await ask('POST /r/items', { 'Content-Type': 'application/json' }, '{"a":[1,2]}');
  await ask('POST /r/items', { 'Content-Type': 'application/json' }, '{"a":');
  await ask('POST /r/items', { 'Content-Type': 'application/json' }, `["${'x'.repeat(2000)}"]`);
  await ask('POST /r/items', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'a[b]=1&c=d+e');
  await ask('POST /r/items', { 'Content-Type': 'text/plain' }, 'plain text');
  await pipeline(['GET /'], ['GET /stream'], ['GET /json'], ['HEAD /stream']);
}).catch((error) => { console.error(error); process.exitCode = 1; });
