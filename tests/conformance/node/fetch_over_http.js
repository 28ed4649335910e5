'use strict';

// fetch against a server of our own: redirects, bodies in both directions, and errors.

const http = require('http');
const zlib = require('zlib');

const server = http.createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://host');
  if (pathname === '/echo') {
    const { host, ...headers } = request.headers;
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    response.end(JSON.stringify([request.method, headers, Buffer.concat(pieces).toString()]));
  } else if (pathname === '/moved') {
    response.writeHead(302, { Location: '/echo#there' }).end('elsewhere');
  } else if (pathname === '/loop') {
    response.writeHead(307, { Location: '/loop' }).end();
  } else if (pathname === '/gzip') {
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(zlib.gzipSync('squeezed'));
  } else if (pathname === '/slow') {
    response.write('a');
    setTimeout(() => response.end('b'), 20);
  } else if (pathname === '/torn') {
    response.write('a');
    setTimeout(() => request.socket.destroy(), 20);
  }
  // Others get no answer.
});

const failure = ({ name, message, cause }) => [name, message, cause?.name, cause?.code, cause?.message];

server.listen(0, async () => {
  const base = `http://localhost:${server.address().port}`;
  console.log(await (await fetch(`${base}/echo?a`)).json());
  console.log(await (await fetch(`${base}/echo`, {
    method: 'POST', body: 'sent', headers: { 'X-A': 'b', 'User-Agent': 'u' },
  })).json());
  console.log(await (await fetch(`${base}/echo`, {
    method: 'PUT', body: ReadableStream.from([new Uint8Array([111]), new Uint8Array([107])]), duplex: 'half',
  })).json());
  const moved = await fetch(`${base}/moved`, { method: 'POST', body: 'lost' });
  console.log(moved.status, moved.redirected, moved.url.slice(base.length), (await moved.json()).at(-1));
  const manual = await fetch(`${base}/moved`, { redirect: 'manual' });
  console.log(manual.status, manual.headers.get('location'), await manual.text());
  console.log(await (await fetch(`${base}/gzip`)).text());
  const chunks = [];
  for await (const chunk of (await fetch(`${base}/slow`)).body) chunks.push(Buffer.from(chunk).toString());
  console.log(chunks);
  for (const [path, options] of [
    ['/loop', {}], ['/moved', { redirect: 'error' }], ['/none', { signal: AbortSignal.timeout(30) }],
    ['/echo', { headers: { expect: '100-continue' } }],
  ]) {
    await fetch(`${base}${path}`, options).catch((error) => console.log(...failure(error)));
  }
  await (await fetch(`${base}/torn`)).text().catch((error) => console.log(...failure(error)));
  for (const address of ['nothing', 'ftp://x', 'http://localhost:1/', 'data:x']) {
    await fetch(address).catch((error) => console.log(...failure(error)));
  }
  console.log(await (await fetch('data:text/plain;base64,aGk=')).text());
  server.close();
  server.closeAllConnections();
});
