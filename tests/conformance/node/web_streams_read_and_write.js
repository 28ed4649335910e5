'use strict';

// What readers and writers of streams of the web see, in which order, and what they show.

const { inspect } = require('util');

const log = [];
const source = new ReadableStream({
  start(controller) {
    log.push(`start ${controller.desiredSize}`);
  },
  pull(controller) {
    log.push('pull');
    controller.enqueue(log.length);
    if (log.length > 4) controller.close();
  },
}, new CountQueuingStrategy({ highWaterMark: 2 }));

async function main() {
  console.log(source, new WritableStream());
  const chunks = [];
  for await (const chunk of source) chunks.push(chunk);
  console.log(chunks, log);

  const written = [];
  const sink = new WritableStream({
    write(chunk) {
      written.push(chunk);
    },
    abort(reason) {
      written.push(`aborted for ${reason}`);
    },
  });
  const writer = sink.getWriter();
  console.log(writer.desiredSize, await writer.ready);
  writer.write('one');
  console.log(writer.desiredSize);
  await writer.write('two');
  await writer.abort('no reason');
  console.log(written, inspect(sink));
  await writer.write('three').catch((reason) => console.log('rejected:', reason));

  const upper = new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk.toUpperCase());
    },
    flush(controller) {
      controller.enqueue('.');
    },
  });
  const [left, right] = ReadableStream.from(['a', 'b']).pipeThrough(upper).tee();
  console.log(await Array.fromAsync(left), await Array.fromAsync(right));

  const failing = new ReadableStream({
    pull() {
      throw new RangeError('cannot');
    },
  });
  await failing.pipeTo(new WritableStream({
    abort: (reason) => console.log('sink hears', reason.message),
  })).catch((error) => console.log('pipe hears', error.message));

  for (const act of [
    () => new ReadableStream({ type: 'bits' }),
    () => new ReadableStream({}, { highWaterMark: -1 }),
    () => failing.getReader({ mode: 'byob' }),
    () => new ReadableStreamDefaultReader({}),
    () => new WritableStreamDefaultController(),
    () => ReadableStream.from(5),
  ]) {
    try {
      act();
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
  }
}

main();
