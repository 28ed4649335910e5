'use strict';

// What is written in the last ticks of a response goes out before the connection ends, also
// where somebody has looked at the socket, or destroys it.

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  const { socket } = res;
  res.writeHead(200, { 'Content-Length': 10, 'Connection': 'close' });
  res.write('12345');
  process.nextTick(() => {
    if (req.url === '/destroyed') socket.destroy();
    else res.end('67890');
  });
});

function ask(path, then) {
  let got = '';
  const client = net.connect(server.address().port, () => {
    client.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
  });
  client.on('data', (data) => { got += data; });
  client.on('error', () => {});
  client.on('close', () => {
    console.log(path, got.split('\r\n\r\n')[1]);
    then();
  });
}

server.listen(0, () => ask('/ended', () => ask('/destroyed', () => server.close())));
