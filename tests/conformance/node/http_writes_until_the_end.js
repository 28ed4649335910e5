'use strict';

// What is written when something else has been is written before the connection ends; what
// is written in one turn is one chunk.

const http = require('node:http');
const net = require('node:net');

const answers = {
  '/callback': (req, res) => {
    res.write('one ');
    res.write('two ', () => res.end('three'));
  },
  '/socket': (req, res) => {
    res.statusCode = req.socket.readable ? 200 : 500;
    res.end('text');
  },
  '/listener': (req, res) => {
    res.on('finish', () => console.log('finish'));
    res.write('one ');
    setImmediate(() => {
      res.write('two ');
      res.write(Buffer.from('three '));
      process.nextTick(() => {
        res.write('four ');
        res.end('five');
      });
    });
  },
  '/body': (req, res) => {
    let text = '';
    req.on('data', (data) => { text += data; }).on('end', () => res.end(text));
  },
  '/corked': (req, res) => {
    res.cork();
    res.write('one ');
    setTimeout(() => {
      res.write('two ');
      res.uncork();
      res.end();
    }, 5);
  },
};

const server = http.createServer((req, res) => {
  res.sendDate = false;
  answers[req.url](req, res);
}).listen(0, async () => {
  for (const path of Object.keys(answers)) {
    await new Promise((resolve) => {
      const socket = net.connect(server.address().port, () => {
        socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      });
      let text = '';
      socket.setEncoding('latin1').on('data', (data) => { text += data; });
      socket.on('close', () => {
        console.log(path, JSON.stringify(text));
        resolve();
      });
    });
  }
  // A request behind a body comes as well.
  await new Promise((resolve) => {
    const socket = net.connect(server.address().port, () => {
      socket.write('POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody' +
        'GET /socket HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    });
    let text = '';
    socket.setEncoding('latin1').on('data', (data) => { text += data; });
    socket.on('close', () => {
      console.log('pipelined', JSON.stringify(text));
      resolve();
    });
  });
  server.close();
});
