'use strict';

// From Node.js's streams to those of the web, and back.

const { Duplex, PassThrough, Readable, Writable, compose, finished, pipeline } = require('stream');
const { text } = require('stream/consumers');

const failure = (error) => `${error.name} ${error.code}: ${error.message || error.cause?.message}`;

async function main() {
  console.log(await Array.fromAsync(Readable.toWeb(Readable.from(['a', { b: 1 }]))));
  console.log(await Readable.fromWeb(ReadableStream.from(['c', 'd'])).toArray());

  const pieces = [];
  const writable = Writable.fromWeb(new WritableStream({
    write: (chunk) => { pieces.push(chunk); },
    close: () => { pieces.push('closed'); },
  }));
  writable.write('e');
  writable.end('\u00e9', 'latin1');
  await new Promise((resolve) => finished(writable, resolve));
  console.log(pieces);

  const { readable, writable: inlet } = Duplex.toWeb(new PassThrough());
  const writer = inlet.getWriter();
  writer.write('through');
  writer.close();
  console.log(await text(readable));

  const gone = new Readable({ read() {} });
  const reader = Readable.toWeb(gone).getReader();
  gone.destroy();
  await reader.read().catch((error) => console.log(failure(error), '|', error.cause.code));

  await new Promise((resolve) => pipeline(
    ReadableStream.from(['x', 'y']),
    new TransformStream({ transform: (chunk, controller) => controller.enqueue(chunk + chunk) }),
    new Writable({ objectMode: true, write(chunk, encoding, callback) { console.log(chunk); callback(); } }),
    (error) => {
      console.log('pipeline', error);
      resolve();
    }));
  console.log(await compose(
    async function* (source) { for await (const chunk of source) yield `<${chunk}>`; },
    new TransformStream(),
  ).end('z').toArray());
  console.log(await Duplex.from(ReadableStream.from(['q'])).toArray());

  const squeezed = new Blob(['hello '.repeat(100)]).stream().pipeThrough(new CompressionStream('gzip'));
  console.log((await text(squeezed.pipeThrough(new DecompressionStream('gzip')))).length);
  await text(new Blob(['no gzip']).stream().pipeThrough(new DecompressionStream('gzip')))
    .catch((error) => console.log(failure(error)));

  const controller = new AbortController();
  const endless = new ReadableStream();
  require('stream').addAbortSignal(controller.signal, endless);
  controller.abort();
  await endless.getReader().read().catch((error) => console.log(failure(error)));
}

main();
