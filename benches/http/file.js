'use strict';

// A file of 100 KB, read for each request and piped. Its path is the second argument.

const fs = require('fs');
const http = require('http');

const path = process.argv[3];
const server = http.createServer((req, res) => {
  fs.stat(path, (error, stat) => {
    if (error) {
      res.writeHead(404);
      res.end();
      return;
    }
    res.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': stat.size });
    fs.createReadStream(path).pipe(res);
  });
});
server.listen(+process.argv[2], '127.0.0.1', () => console.log('listening'));
