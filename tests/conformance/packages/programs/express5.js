'use strict';

// Express 5: routing, parameters, bodies, every kind of answer, static files, errors.

const path = require('node:path');
const http = require('node:http');
const express = require('express');
const cookieParser = require('cookie-parser');
const compression = require('compression');
const { serve } = require('./support/wire');
const { folder } = require('./support/files');

process.env.NODE_ENV = 'test';

const root = folder({
  'public/index.html': '<!doctype html><title>Home</title>\n',
  'public/app.js': 'console.log("hello");\n',
  'public/style.css': 'body { color: teal }\n',
  'public/data.json': '{"a":1}\n',
  'public/alphabet.txt': 'abcdefghijklmnopqrstuvwxyz',
  'public/umlaut ä.txt': 'grüße\n',
  'public/.hidden': 'secret\n',
  'public/sub/index.html': 'sub\n',
  'views/page.ejs': '<h1><%= title %></h1>\n<% for (const it of items) { %><li><%= it %></li>\n<% } %>',
});

const app = express();
app.set('views', path.join(root, 'views'));
app.set('view engine', 'ejs');
app.set('trust proxy', 'loopback');
app.locals.site = 'site';

app.use((req, res, next) => {
  req.seen = [];
  res.set('X-First', 'yes');
  next();
});
app.use(cookieParser('keyboard cat'));
app.use('/assets', express.static(path.join(root, 'public'), { maxAge: '1d', immutable: true }));
app.use('/strict', express.static(path.join(root, 'public'),
  { index: false, redirect: false, dotfiles: 'deny', fallthrough: false, etag: false,
    lastModified: false, acceptRanges: false, setHeaders: (res) => res.set('X-Set', 'by setHeaders') }));
app.use(express.json({ limit: '1kb' }));
app.use(express.urlencoded({ extended: true }));
app.use(express.text({ type: 'text/*' }));
app.use(express.raw({ type: 'application/octet-stream' }));

app.get('/', (req, res) => res.send('Hello World!'));
app.get('/buffer', (req, res) => res.send(Buffer.from([1, 2, 3, 255])));
app.get('/object', (req, res) => res.send({ a: [1, 2, { b: null }], c: 'ü' }));
app.get('/null', (req, res) => res.send(null));
app.get('/number', (req, res) => res.json(42));
app.get('/true', (req, res) => res.send(true));
app.get('/empty', (req, res) => res.end());
app.get('/status/:code', (req, res) => res.sendStatus(Number(req.params.code)));
app.get('/jsonp', (req, res) => res.jsonp({ a: '\u2028<script>' }));
app.get('/redirect', (req, res) => res.redirect('/elsewhere?a=ö'));
app.get('/redirect301', (req, res) => res.redirect(301, 'http://example.com/<b>'));
app.get('/links', (req, res) => {
  res.links({ next: 'http://example.com/2', last: 'http://example.com/5' });
  res.vary('Accept').vary('Origin').append('Warning', '199 misc').append('Warning', '299 more');
  res.location('/x y').type('.md').send('# title');
});
app.get('/cookies', (req, res) => {
  res.cookie('plain', 'a b', { httpOnly: true, path: '/x', sameSite: 'lax' });
  res.cookie('object', { a: 1 }, { secure: true, domain: 'example.com', priority: 'high' });
  res.cookie('signed', 'value', { signed: true });
  res.cookie('expiring', '1', { expires: new Date(0) });
  res.clearCookie('gone', { path: '/y' });
  res.json({ cookies: req.cookies, signed: req.signedCookies });
});
app.get('/format', (req, res) => res.format({
  'text/plain': () => res.send('plain'),
  'text/html': () => res.send('<p>html</p>'),
  'application/json': () => res.send({ format: 'json' }),
  default: () => res.status(406).send('Not Acceptable'),
}));
app.get('/negotiate', (req, res) => res.json({
  accepts: req.accepts(['html', 'json', 'text/plain']), encodings: req.acceptsEncodings(),
  languages: req.acceptsLanguages('de', 'en'), charsets: req.acceptsCharsets('utf-8'),
  is: req.is('json'), range: req.range(100), xhr: req.xhr, fresh: req.fresh, stale: req.stale,
  protocol: req.protocol, secure: req.secure, ip: req.ip, ips: req.ips, host: req.host,
  hostname: req.hostname, subdomains: req.subdomains, path: req.path, baseUrl: req.baseUrl,
  originalUrl: req.originalUrl, query: req.query, header: req.get('referrer') ?? null,
}));
app.get('/download', (req, res) => res.download(path.join(root, 'public/umlaut ä.txt')));
app.get('/attachment', (req, res) => res.attachment('€ rates.pdf').send('pdf'));
app.get('/sendfile/*name', (req, res, next) => {
  res.sendFile(req.params.name.join('/'), { root: path.join(root, 'public'), maxAge: 5000 }, (error) => {
    if (error) next(error);
  });
});
app.get('/view', (req, res) => res.render('page', { title: 'A & B', items: ['x', '<y>'] }));
app.get('/noview', (req, res) => res.render('absent'));
app.get('/gzip', compression({ threshold: 0 }), (req, res) => res.type('txt').send('compress me '.repeat(200)));

app.param('user', (req, res, next, value, name) => {
  req.seen.push(`${name}=${value}`);
  if (value === 'nobody') return next(Object.assign(new Error('no such user'), { status: 404 }));
  next();
});
app.route('/users/:user')
  .all((req, res, next) => { req.seen.push('all'); next(); })
  .get((req, res) => res.json({ seen: req.seen, params: req.params, route: req.route.path }))
  .post((req, res) => res.status(201).json({ body: req.body, params: req.params }))
  .delete((req, res) => res.status(204).end());
app.get('/optional{/:a}{/:b}', (req, res) => res.json(req.params));
app.get('/files/*rest', (req, res) => res.json(req.params));
app.get(/^\/regexp\/(\d+)-(?<word>\w+)$/, (req, res) => res.json(req.params));
app.get(['/one', '/two'], (req, res) => res.send(req.path));
app.all('/echo', (req, res) => {
  res.json({ method: req.method, type: req.get('content-type') ?? null,
    body: Buffer.isBuffer(req.body) ? req.body.toString('hex') : req.body ?? null });
});

const router = express.Router({ mergeParams: true, caseSensitive: true, strict: true });
router.use((req, res, next) => { res.set('X-Router', req.baseUrl); next(); });
router.get('/Item', (req, res) => res.json({ params: req.params, base: req.baseUrl, url: req.url, original: req.originalUrl }));
router.get('/skip', (req, res, next) => next('router'));
router.get('/route', (req, res, next) => next('route'), () => {});
router.get('/route', (req, res) => res.send('second route'));
app.use('/teams/:team', router);
app.use('/teams', (req, res) => res.send('after the router'));

const inner = express();
inner.get('/where', (req, res) => res.json({ mount: inner.mountpath, path: inner.path() }));
inner.on('mount', (parent) => console.log('mounted', parent === app));
app.use('/inner', inner);

app.get('/throw', () => { throw new Error('thrown'); });
app.get('/reject', async () => { throw Object.assign(new TypeError('rejected'), { status: 418 }); });
app.get('/default-error', (req, res, next) => next(Object.assign(new Error('teapot'), { status: 418, headers: { 'X-Error': 'yes' }, fall: true })));
app.use((error, req, res, next) => {
  if (error.fall) return next(error);
  res.status(error.status ?? 500).json({ name: error.name, message: error.message.replaceAll(root, '<folder>'), type: error.type, code: error.code });
});

console.log(app.enabled('etag'), app.get('env'), app.disabled('x-powered-by'), app.get('query parser'));
console.log(Object.keys(express).sort().join(' '));

serve(http.createServer(app), async (client) => {
  const { ask, pipeline } = client;
  for (const url of ['/', '/buffer', '/object', '/null', '/number', '/true', '/empty', '/status/204', '/status/404',
    '/status/299', '/jsonp', '/jsonp?callback=a.b', '/jsonp?callback=<x>', '/redirect', '/redirect301', '/links']) {
    await ask(`GET ${url}`);
  }
  await ask('HEAD /');
  await ask('HEAD /object');
  await ask('OPTIONS /users/a');
  await ask('OPTIONS /');
  await ask('POST /');
  await ask('GET /', { 'If-None-Match': 'W/"c-Lve95gjOVATpfV8EL5X4nxwjKHE"' });
  await ask('GET /redirect', { Accept: 'text/html' });
  await ask('GET /cookies', { Cookie: 'a=1; b=%20x; j=j:{"k":[1]}; s=s:value.bad; t=s%3Avalue.4sUcEcSgoBNvMxwMKN2CrPyHkq4rwQkoVkqMmSkF74s' });
  for (const Accept of ['text/html', 'application/json', 'text/*;q=0.5, application/json;q=0.1', 'image/png', '*/*']) {
    await ask('GET /format', { Accept });
  }
  await ask('GET /negotiate?a=1&b[c]=2&d=x&d=y&e=%C3%A4', { Accept: 'application/json;q=0.9, text/plain', 'Accept-Encoding': 'gzip, br;q=0.1',
    'Accept-Language': 'en-GB, de;q=0.3', Range: 'bytes=0-9,20-', 'X-Requested-With': 'XMLHttpRequest', Referer: 'http://r/',
    'X-Forwarded-For': '10.0.0.1, 10.0.0.2', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'a.b.example.com:8080' });
  await ask('GET /download');
  await ask('GET /attachment');
  await ask('GET /sendfile/style.css');
  await ask('GET /sendfile/absent.css');
  await ask('GET /sendfile/../views/page.ejs');
  await ask('GET /view');
  await ask('GET /noview');
  await ask('GET /gzip', { 'Accept-Encoding': 'gzip' });
  await ask('GET /gzip', { 'Accept-Encoding': 'deflate' });
  await ask('GET /gzip', { 'Accept-Encoding': 'br;q=1, gzip;q=0.2' });
  await ask('GET /gzip');

  for (const url of ['/users/ann', '/users/nobody', '/users/%zz', '/users/a%2Fb', '/optional', '/optional/1', '/optional/1/2',
    '/files/a/b%20c/d', '/files/', '/regexp/12-ab', '/regexp/ab', '/one', '/two', '/teams/red/Item', '/teams/red/item',
    '/teams/red/Item/', '/teams/red/skip', '/teams/red/route', '/inner/where', '/absent?x=<b>']) {
    await ask(`GET ${url}`);
  }
  await ask('POST /users/ann', { 'Content-Type': 'application/json' }, '{"name":"Ann","tags":[1,2]}');
  await ask('DELETE /users/ann');

  const echo = (type, body, headers) => ask('POST /echo', { 'Content-Type': type, ...headers }, body);
  await echo('application/json', '{"a":"\\u00e4"}');
  await echo('application/json; charset=utf-8', '[1,2,3]');
  await echo('application/json', '"string"');
  await echo('application/json', '{"a":}');
  await echo('application/json', '{"a":1');
  await echo('application/json', JSON.stringify({ long: 'x'.repeat(2000) }));
  await echo('application/json; charset=koi8-x', '{}');
  await echo('application/json', '{}', { 'Content-Encoding': 'nonsense' });
  await echo('application/json', require('node:zlib').gzipSync('{"zipped":true}'), { 'Content-Encoding': 'gzip' });
  await echo('application/x-www-form-urlencoded', 'a=1&b[c]=2&b[d][]=3&b[d][]=4&e=%C3%A4+x');
  await echo('application/x-www-form-urlencoded', Array.from({ length: 1001 }, (_, i) => `a${i}=`).join('&'));
  await echo('text/plain; charset=latin1', Buffer.from('gr\xfc\xdfe', 'latin1'));
  await echo('application/octet-stream', Buffer.from([0, 1, 254, 255]));
  await echo('multipart/form-data; boundary=x', '--x--');
  await ask('POST /echo', { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' }, '5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n');
  await ask('GET /echo');

  for (const url of ['/assets/', '/assets', '/assets/sub', '/assets/sub/', '/assets/app.js', '/assets/data.json', '/assets/umlaut%20%C3%A4.txt',
    '/assets/.hidden', '/assets/absent', '/assets/../views/page.ejs', '/assets/%2e%2e/views/page.ejs', '/assets/%00', '/strict/style.css', '/strict/', '/strict/absent', '/strict/.hidden']) {
    await ask(`GET ${url}`);
  }
  await ask('HEAD /assets/app.js');
  await ask('POST /assets/app.js');
  for (const Range of ['bytes=0-4', 'bytes=-3', 'bytes=20-', 'bytes=5-100', 'bytes=30-', 'bytes=0-1,4-5', 'bytes=x', 'letters=0-1']) {
    await ask('GET /assets/alphabet.txt', { Range });
  }
  const etag = 'W/"1a-18df4d8a685"';
  const modified = 'Thu, 29 Feb 2024 12:34:56 GMT';
  await ask('GET /assets/alphabet.txt', { 'If-None-Match': etag });
  await ask('GET /assets/alphabet.txt', { 'If-None-Match': '"other", *' });
  await ask('GET /assets/alphabet.txt', { 'If-None-Match': '"other"' });
  await ask('GET /assets/alphabet.txt', { 'If-Modified-Since': modified });
  await ask('GET /assets/alphabet.txt', { 'If-Modified-Since': 'Thu, 29 Feb 2024 12:34:55 GMT' });
  await ask('GET /assets/alphabet.txt', { 'If-Match': '"other"' });
  await ask('GET /assets/alphabet.txt', { 'If-Unmodified-Since': 'Thu, 29 Feb 2023 12:34:55 GMT' });
  await ask('GET /assets/alphabet.txt', { Range: 'bytes=0-4', 'If-Range': etag });
  await ask('GET /assets/alphabet.txt', { Range: 'bytes=0-4', 'If-Range': modified });
  await ask('GET /assets/alphabet.txt', { Range: 'bytes=0-4', 'If-Range': '"other"' });

  for (const url of ['/throw', '/reject', '/default-error']) await ask(`GET ${url}`);
  await pipeline(['GET /'], ['HEAD /one'], ['POST /echo', { 'Content-Type': 'text/plain' }, 'text'], ['GET /object']);
}).catch((error) => { console.error(error); process.exitCode = 1; });
