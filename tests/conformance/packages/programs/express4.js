'use strict';

// Express 4, as most servers still have it: its own router, parsers and static files.

process.env.NODE_ENV = 'test';
process.env.NO_DEPRECATION = 'express'; // The warning has the time in it.

const http = require('node:http');
const path = require('node:path');
const express = require('express4');
const cors = require('cors');
const morgan = require('morgan');
const { serve } = require('./support/wire');
const { folder } = require('./support/files');

const root = folder({
  'public/index.html': '<!doctype html><title>Home</title>\n',
  'public/alphabet.txt': 'abcdefghijklmnopqrstuvwxyz',
  'public/picture.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'public/archive.tar.gz': Buffer.from([31, 139, 0]),
  'views/hello.ejs': 'Hello, <%= name %>!',
});

const app = express();
app.engine('ejs', require('ejs').__express);
app.set('views', path.join(root, 'views'));
app.set('view engine', 'ejs');
app.set('json spaces', 2);
app.set('json escape', true);
app.set('etag', 'strong');
app.set('case sensitive routing', true);
app.use(morgan(':method :url :status :res[content-length] :req[x-id] ":user-agent" :http-version'));
app.use(cors({ origin: /localhost$/, credentials: true, exposedHeaders: ['X-A'] }));
app.use(express.static(path.join(root, 'public'), { cacheControl: false, extensions: ['txt'] }));
app.use(express.json({ strict: false, verify: (req, res, bytes) => { req.size = bytes.length; } }));
app.use(express.urlencoded({ extended: false, parameterLimit: 3 }));

app.get('/json', (req, res) => res.json({ html: '<b>&</b>', list: [1, 'two', null, { three: 3.5 }] }));
app.get('/users/:id(\\d+)/:action?', (req, res) => res.send(req.params));
app.get('/from-:from.:to', (req, res) => res.send(req.params));
app.get('/star/*', (req, res) => res.send(req.params));
app.get('/ab?cd', (req, res) => res.send('ab?cd'));
app.get('/query', (req, res) => res.send(req.query));
app.post('/body', (req, res) => res.send({ body: req.body, size: req.size }));
app.get('/hello/:name', (req, res) => res.render('hello', { name: req.params.name }));
app.get('/callback', (req, res, next) => app.render('hello', { name: 'callback' }, (error, text) => (error ? next(error) : res.send(text))));
app.get('/send-status', (req, res) => res.status(202).send());
app.get('/stream', (req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain', Trailer: 'X-Sum' });
  res.write('one\n');
  res.write('two\n', () => {
    res.addTrailers({ 'X-Sum': '6' });
    res.end('three\n');
  });
});
app.get('/back', (req, res) => res.redirect('back'));
app.get('/chain', [(req, res, next) => { res.locals.a = 1; next(); }, (req, res, next) => { res.locals.b = 2; next(); }],
  (req, res) => res.send(Object.assign({}, res.locals)));
app.param('item', (req, res, next, id) => { req.item = `#${id}`; next(); });
app.get('/items/:item', (req, res) => res.send(req.item));
app.use('/api', express.Router().get('/v', (req, res) => res.send(`${req.baseUrl}|${req.path}|${req.originalUrl}`))
  .use((req, res) => res.status(404).send('api 404')));
app.get('/fail', (req, res, next) => next(new Error('failed')));
app.get('/throws', () => { throw new RangeError('thrown'); });
app.get('/string', (req, res, next) => next('a string'));
app.use((error, req, res, next) => {
  if (req.get('x-fall')) return next(error);
  res.status(error.statusCode || 500).type('text').send(`${error.name}: ${error.message} (${error.type})`);
});

console.log(app._router.stack.length, typeof app.del, Object.keys(express).sort().join(' '));

serve(http.createServer(app), async ({ ask, pipeline }) => {
  const origin = { Origin: 'http://localhost', 'X-ID': '7', 'User-Agent': 'wire "1"' };
  for (const url of ['/json', '/users/12', '/users/12/edit', '/users/x', '/from-ab.cd', '/star/a/b', '/acd', '/abcd', '/ABCD',
    '/query?a[b]=1&a[c]=2&d[]=1&d[]=2&e=%20&f', '/hello/A%26B', '/callback', '/send-status', '/stream', '/back', '/chain', '/items/5',
    '/api/v', '/api/w', '/fail', '/throws', '/string', '/alphabet', '/picture.svg', '/archive.tar.gz', '/', '/%', '/absent', '//json']) {
    await ask(`GET ${url}`, origin);
  }
  await ask('GET /back', { Referer: '/there', Origin: 'http://else' });
  await ask('OPTIONS /json', { ...origin, 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'x-a, x-b' });
  await ask('OPTIONS /body', { Origin: 'http://else' });
  await ask('GET /json', { 'If-None-Match': '"52-dNmEfs0mYEYXGAFWmYVBjhh/9Cs"' });
  await ask('GET /fail', { 'X-Fall': '1' });
  await ask('GET /string', { 'X-Fall': '1' });
  await ask('POST /body', { 'Content-Type': 'application/json' }, '"text"');
  await ask('POST /body', { 'Content-Type': 'application/json' }, '{"__proto__": 1, "a": [}');
  await ask('POST /body', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'a=1&a=2&b=%zz+c');
  await ask('POST /body', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'a=1&b=2&c=3&d=4');
  await ask('POST /body', { 'Content-Type': 'application/json', Expect: '100-continue' }, '{"a":1}');
  await ask('GET /alphabet.txt', { Range: 'bytes=1-2' });
  await ask('GET /alphabet.txt', { Range: 'bytes=26-' });
  await ask('HEAD /alphabet.txt');
  await pipeline(['GET /json'], ['GET /stream'], ['HEAD /json'], ['GET /alphabet.txt', { Range: 'bytes=-1' }]);
}).catch((error) => { console.error(error); process.exitCode = 1; });
