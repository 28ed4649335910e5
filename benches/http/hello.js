'use strict';

// Node.js's own first server. Its port comes as an argument.

const http = require('http');

const server = http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain' });
  res.end('Hello, World!\n');
});
server.listen(+process.argv[2], '127.0.0.1', () => console.log('listening'));
