'use strict';

// What a server answers, byte by byte: requests go over a bare socket, so that no client
// stands between, and answers are printed as they came. Only what has to differ from run
// to run is hidden.

const net = require('node:net');

/** The text of a request; a body brings its length, and the connection closes after it. */
function request(line, headers = {}, body = '') {
  const bytes = Buffer.from(body);
  const fields = { Host: 'localhost', Connection: 'close', ...headers };
  if (bytes.length > 0 && !fields['Transfer-Encoding']) fields['Content-Length'] ??= bytes.length;
  const head = Object.entries(fields).filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => [value].flat().map((each) => `${name}: ${each}\r\n`));
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${head.join('')}\r\n`), bytes]);
}

/** Sends bytes to a port; gives all that comes until the connection ends. */
function exchange(port, bytes) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks)));
  });
}

/** An answer as lines: `\r` is shown, and bytes that are no text are in hexadecimal. */
function visible(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  const split = end < 0 ? bytes.length : end + 4;
  const head = bytes.subarray(0, split).toString('latin1').replaceAll('\r', '\\r');
  const body = bytes.subarray(split);
  const text = body.toString();
  const isText = Buffer.from(text).equals(body) && !/[\0-\x08\x0e-\x1f]/.test(text);
  const shown = isText ? text.replaceAll('\r', '\\r') : body.toString('hex').replace(/.{1,96}/g, '$&\n');
  // An internal frame has another place in every version of every runtime.
  return (head + shown).replace(/^(date: )\w{3}, \d\d .*(?=\\r$)/gim, '$1…').replace(/(?:\n|<br>)(?: |&nbsp;)*at [^\n<]*\(?node:[^\n<]*/g, '');
}

/** A client of one server: `ask` prints what is asked and what is answered. */
function client(port) {
  return {
    async ask(line, headers, body) {
      const answer = await exchange(port, request(line, headers, body));
      console.log(`>>> ${line}`);
      console.log(visible(answer));
      return answer;
    },
    /** Several requests in one go, on one connection. */
    async pipeline(...requests) {
      const last = requests.length - 1;
      const bytes = requests.map(([line, headers, body], index) =>
        request(line, { Connection: index === last ? 'close' : 'keep-alive', ...headers }, body));
      console.log(`>>> ${requests.map(([line]) => line).join(', ')}`);
      const answer = await exchange(port, Buffer.concat(bytes));
      console.log(visible(answer));
    },
    exchange: (bytes) => exchange(port, bytes),
  };
}

/** Listens on a free port, lets `talk` speak to the server, and closes it. */
async function serve(server, talk) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await talk(client(server.address().port), server.address().port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

module.exports = { client, exchange, request, serve, visible };
