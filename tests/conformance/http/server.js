'use strict';

// The server that `suites/http_faults.rs` maltreats. Its options come as JSON; it says its
// port, and tells at /seen what has reached the program.

const http = require('http');

const seen = { heads: 0, ends: 0, aborted: 0, caught: 0, drained: 0, written: 0, errors: 0, smuggled: 0 };
const { limits = {}, server: options = {} } = JSON.parse(process.argv[2] ?? '{}');

process.on('uncaughtException', () => { seen.caught++; });

const routes = {
  '/hello'(req, res) {
    res.end('Hello, World!\n');
  },
  '/seen'(req, res) {
    seen.heads--;
    res.setHeader('Connection', 'close');
    res.end(JSON.stringify(seen));
  },
  '/echo'(req, res) {
    req.pipe(res);
  },
  '/whole'(req, res) {
    req.resume().on('end', () => res.end('read\n'));
  },
  '/unread'(req, res) {
    res.end('not read\n');
  },
  '/waiting'(req) {
    // Neither read nor answered.
    req.pause();
  },
  '/throw'() {
    throw new Error('a handler has failed');
  },
  '/later'(req, res) {
    setTimeout(() => res.end('later\n'), 300);
  },
  '/flood'(req, res) {
    const piece = Buffer.alloc(64 * 1024, 'x');
    const go = () => {
      while (!res.destroyed && seen.written < 1e9) {
        seen.written += piece.length;
        if (!res.write(piece)) {
          res.once('drain', () => {
            seen.drained++;
            go();
          });
          return;
        }
      }
      res.end();
    };
    go();
  },
};

const server = http.createServer(options, (req, res) => {
  seen.heads++;
  if (req.url === '/smuggled') seen.smuggled++;
  req.on('aborted', () => { seen.aborted++; });
  req.on('error', () => {});
  if (req.method === 'POST') req.on('end', () => { seen.ends++; });
  const route = routes[req.url] ?? routes['/hello'];
  if (route === routes['/hello']) req.resume();
  route(req, res);
});
server.on('error', () => { seen.errors++; });
Object.assign(server, limits);
server.listen(0, '127.0.0.1', () => console.log(server.address().port));

process.on('SIGTERM', () => {
  server.close(() => console.log('closed'));
});
