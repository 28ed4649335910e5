'use strict';

// Fastify 5: schemas, serialisers, hooks, plugins, decorators, the logger, `inject`.

const { Readable, Writable } = require('node:stream');
const Fastify = require('fastify');
const { client: connect } = require('./support/wire');

const log = new Writable({
  write(chunk, encoding, done) {
    for (const line of String(chunk).trim().split('\n')) {
      const record = JSON.parse(line);
      for (const key of ['time', 'pid', 'hostname', 'responseTime']) if (key in record) record[key] = '…';
      if (record.req) for (const key of ['remotePort', 'host']) if (key in record.req) record.req[key] = '…';
      if (record.err) record.err.stack = record.err.stack.split('\n')[0];
      if (/listening/.test(record.msg)) record.msg = record.msg.replace(/:\d+$/, ':…');
      console.log('log', JSON.stringify(record));
    }
    done();
  },
});

const app = Fastify({
  logger: { level: 'trace', stream: log },
  genReqId: (() => { let next = 0; return () => `request-${++next}`; })(),
  ajv: { customOptions: { allErrors: true, removeAdditional: 'all', coerceTypes: 'array', useDefaults: true } },
  bodyLimit: 2000,
  routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 20 },
});

app.decorate('answer', 42);
app.decorateRequest('user', null);
app.decorateReply('shout', function shout(text) { return this.send(text.toUpperCase()); });

for (const hook of ['onRequest', 'preValidation', 'preHandler', 'onResponse']) {
  app.addHook(hook, async (request) => { request.log.debug({ hook }, `hook ${hook}`); });
}
app.addHook('preParsing', (request, reply, payload, done) => done(null, payload));
app.addHook('preSerialization', async (request, reply, payload) => (request.url.startsWith('/wrap') ? { wrapped: payload } : payload));
app.addHook('onSend', (request, reply, payload, done) => { reply.header('x-sent', typeof payload); done(null, payload); });
app.addHook('onError', async (request, reply, error) => { reply.header('x-error', error.code ?? 'none'); });
app.addHook('onRoute', (route) => console.log('route', route.method, route.url));
app.addHook('onReady', async () => console.log('ready'));
app.addHook('onListen', async () => console.log('listening'));
app.addHook('onClose', async () => console.log('closed'));

app.addSchema({ $id: 'address', type: 'object', properties: { street: { type: 'string' }, number: { type: 'integer' } }, required: ['street'] });

app.get('/', async () => ({ hello: 'world' }));
app.get('/text', (request, reply) => reply.type('text/plain').send('text'));
app.get('/html', (request, reply) => { reply.html?.('x') ?? reply.type('text/html; charset=utf-8').send('<p>'); });
app.get('/buffer', (request, reply) => reply.send(Buffer.from([1, 2, 255])));
app.get('/stream', (request, reply) => reply.type('text/plain').send(Readable.from(['a', 'b', 'c'])));
app.get('/null', async (request, reply) => reply.code(204).send());
app.get('/undefined', async (request, reply) => { reply.send('sent'); return reply; });
app.get('/shout', (request, reply) => reply.shout('loud'));
app.get('/wrap/object', async () => ({ a: 1 }));
app.get('/redirect', (request, reply) => reply.redirect('/there', 307));
app.get('/headers', (request, reply) => reply.headers({ 'x-a': 1, 'x-b': ['2', '3'] }).removeHeader('x-a').header('set-cookie', 'a=1').header('set-cookie', 'b=2').send({ has: reply.hasHeader('x-b'), get: reply.getHeader('x-b'), all: reply.getHeaders() }));
app.get('/request/:a/:b', { config: { mine: true } }, async (request) => ({ params: request.params, query: request.query, id: request.id, method: request.method, url: request.url, original: request.originalUrl,
  host: request.hostname, protocol: request.protocol, is404: request.is404, route: request.routeOptions.url, config: request.routeOptions.config.mine, ip: request.ip }));
app.get('/wild/*', async (request) => request.params);
app.get('/at/:hour(^\\d+)h:minute(^\\d+)m', async (request) => request.params);
app.get('/file/:name.png', async (request) => request.params);
app.route({ method: ['PUT', 'PATCH'], url: '/many', handler: async (request) => request.method });
app.post('/person', {
  schema: {
    body: {
      type: 'object', required: ['name', 'age'],
      properties: { name: { type: 'string', minLength: 2 }, age: { type: 'integer', minimum: 0 }, email: { type: 'string', format: 'email' },
        role: { type: 'string', enum: ['admin', 'user'], default: 'user' }, tags: { type: 'array', items: { type: 'string' }, uniqueItems: true }, address: { $ref: 'address#' } },
      additionalProperties: false,
    },
    querystring: { type: 'object', properties: { page: { type: 'integer', default: 1 }, flag: { type: 'boolean' } } },
    headers: { type: 'object', properties: { 'x-token': { type: 'string', pattern: '^[a-f0-9]+$' } } },
    response: {
      201: { type: 'object', properties: { name: { type: 'string' }, age: { type: 'number' }, page: { type: 'integer' }, flag: { type: 'boolean' }, at: { type: 'string', format: 'date-time' },
        tags: { type: 'array', items: { type: 'string' } }, nested: { type: 'object', properties: { a: { type: 'integer' } }, additionalProperties: { type: 'string' } }, role: { type: 'string' }, maybe: { anyOf: [{ type: 'null' }, { type: 'string' }] } } },
    },
  },
}, async (request, reply) => reply.code(201).send({ ...request.body, ...request.query, hidden: 'secret', at: new Date(0), nested: { a: 1.6, b: 2, c: true }, maybe: null }));
app.post('/echo', async (request) => ({ body: request.body, type: request.headers['content-type'] }));
app.addContentTypeParser('application/x-lines', { parseAs: 'string' }, (request, body, done) => done(null, body.split('\n')));
app.addContentTypeParser(/^image\//, async (request, payload) => { let size = 0; for await (const chunk of payload) size += chunk.length; return { size }; });
app.get('/error', async () => { throw new Error('an error'); });
app.get('/error/:code', async (request) => { throw Object.assign(new Error(`error ${request.params.code}`), { statusCode: Number(request.params.code), code: 'E_MINE' }); });
app.get('/serialise', { schema: { response: { 200: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } } } }, async () => ({ b: 1 }));

app.register(async (scope, options) => {
  scope.decorate('inner', options.word);
  scope.addHook('onRequest', async (request, reply) => { reply.header('x-scope', scope.inner); });
  scope.setErrorHandler((error, request, reply) => reply.code(error.statusCode ?? 500).send({ scoped: error.message }));
  scope.setNotFoundHandler((request, reply) => reply.code(404).send('not in this scope'));
  scope.get('/', async () => ({ inner: scope.inner, outer: scope.answer, prefix: scope.prefix }));
  scope.get('/fail', async () => { throw new TypeError('scoped failure'); });
}, { prefix: '/scope', word: 'plugged' });
app.register(require('fastify').default ? async (scope) => { scope.get('/late', async () => 'late'); } : async () => {}, { prefix: '/more' });

(async () => {
  const injected = await app.inject({ method: 'POST', url: '/person?page=3', payload: { name: 'Injected', age: '7', extra: true }, headers: { 'x-token': 'abc' } });
  console.log(injected.statusCode, injected.headers['content-type'], injected.body, injected.json().page);
  console.log(app.printRoutes({ commonPrefix: false }));
  console.log(app.hasRoute({ method: 'GET', url: '/' }), app.version, app.hasDecorator('answer'), app.initialConfig.bodyLimit);

  await app.listen({ port: 0, host: '127.0.0.1' });
  const { ask } = connect(app.server.address().port);
  for (const url of ['/', '/text', '/html', '/buffer', '/stream', '/null', '/undefined', '/shout', '/wrap/object', '/redirect', '/headers', '/request/1/x%20y?a=1&a=2&b', '/wild/a/b', '/at/12h30m', '/at/xh',
    '/file/pic.png', '/error', '/error/404', '/error/503', '/serialise', '/scope', '/scope/fail', '/scope/absent', '/more/late', '/absent?<b>', '/TEXT/', '/request/waytoolongforaparameter/x', '/%E0%A4%A']) {
    await ask(`GET ${url}`);
  }
  await ask('HEAD /text');
  await ask('HEAD /stream');
  await ask('OPTIONS /');
  await ask('PUT /many');
  await ask('PATCH /many', { 'Content-Type': 'application/json' }, '{}');
  const post = (url, body, headers) => ask(`POST ${url}`, { 'Content-Type': 'application/json', ...headers }, typeof body === 'string' ? body : JSON.stringify(body));
  await post('/person?flag=true', { name: 'Ann', age: 30, tags: 'one', address: { street: 'S', number: '5' }, other: 1 });
  await post('/person?page=x', { name: 'Ann', age: 30 });
  await post('/person', { name: 'A', age: -1, email: 'nope', role: 'king', tags: ['a', 'a'], address: {} });
  await post('/person', { age: 'old' }, { 'x-token': 'XYZ' });
  await post('/person', '');
  await post('/echo', '{"a": 1,}');
  await post('/echo', '{"__proto__": {"x": 1}}');
  await post('/echo', '{"constructor": {"prototype": {}}}');
  await post('/echo', { long: 'x'.repeat(3000) });
  await post('/echo', 'a\nb', { 'Content-Type': 'application/x-lines' });
  await post('/echo', 'plain', { 'Content-Type': 'text/plain' });
  await post('/echo', 'PNG', { 'Content-Type': 'image/png' });
  await post('/echo', '<a/>', { 'Content-Type': 'application/xml' });
  await ask('GET /', { Connection: 'keep-alive, close' });
  await app.close();
})().catch((error) => { console.error(error); process.exitCode = 1; });
