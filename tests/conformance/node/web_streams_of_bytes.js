'use strict';

// Streams that fill the buffers of their readers.

async function main() {
  const source = new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: 4,
    pull(controller) {
      const { view } = controller.byobRequest;
      view.fill(view.byteLength);
      controller.byobRequest.respond(view.byteLength);
    },
  });
  const reader = source.getReader({ mode: 'byob' });
  console.log(source, await reader.read(new Uint8Array(3)));
  console.log(await reader.read(new Uint16Array(4), { min: 2 }));
  const buffer = new ArrayBuffer(8);
  const { value } = await reader.read(new DataView(buffer, 2, 4));
  console.log(buffer.detached, value.byteOffset, value.byteLength);
  reader.releaseLock();
  const plain = source.getReader();
  console.log(await plain.read());
  plain.releaseLock();

  let controller;
  const queued = new ReadableStream({
    type: 'bytes',
    start(given) {
      controller = given;
    },
  });
  controller.enqueue(new Uint8Array([1, 2, 3]));
  controller.enqueue(new Uint8Array([4]));
  const [one, other] = queued.tee();
  const into = one.getReader({ mode: 'byob' });
  console.log(await into.read(new Uint8Array(2)), await into.read(new Uint8Array(2)));
  controller.close();
  console.log(await Array.fromAsync(other), await into.read(new Uint8Array(1)));

  for (const chunk of ['text', new Uint8Array(0), new ArrayBuffer(1)]) {
    const stream = new ReadableStream({ type: 'bytes', start: (given) => { controller = given; } });
    try {
      controller.enqueue(chunk);
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
    await stream.cancel();
  }
}

main();
