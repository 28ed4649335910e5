// An http server that counts its visitors.

import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 8080);

class Counter {
  #visits = 0;

  visit() {
    return ++this.#visits;
  }
}

const counter = new Counter();

const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end(`Hello, visitor ${counter.visit()} of ${request.url}\n`);
});

server.listen(port, () => console.log(`http://localhost:${port}/`));
