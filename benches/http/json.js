'use strict';

// An API: a kilobyte of JSON comes in, is looked at, and one goes out.

const http = require('http');

const server = http.createServer((req, res) => {
  let text = '';
  req.setEncoding('utf8');
  req.on('data', (part) => { text += part; });
  req.on('end', () => {
    const order = JSON.parse(text);
    let sum = 0;
    for (const { price, count } of order.items) sum += price * count;
    const answer = JSON.stringify({ id: order.id, customer: order.customer, sum, items: order.items });
    res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(answer) });
    res.end(answer);
  });
});
server.listen(+process.argv[2], '127.0.0.1', () => console.log('listening'));
