'use strict';

// Requests and responses that go nowhere.

const attempt = (act) => {
  try {
    console.log(act());
  } catch (error) {
    console.log(error.name, error.message, error.cause?.code ?? '');
  }
};

console.log(new Response('text', { status: 201, statusText: 'Made', headers: { a: 'b' } }));
console.log(new Request('http://EXAMPLE.com/a b?c#d', { method: 'post', body: new Blob(['x'], { type: 'a/b' }) }));
console.log(Response.json({ a: 1 }).headers, Response.redirect('http://x/').headers);
for (const act of [
  () => new Request('/no'),
  () => new Request('http://u:p@h/'),
  () => new Request('http://a', { method: 'a b' }),
  () => new Request('http://a', { method: 'TRACE' }),
  () => new Request('http://a', { body: 'x' }),
  () => new Request('http://a', { method: 'POST', body: new ReadableStream() }),
  () => new Request('http://a', { mode: 'none' }),
  () => new Request('http://a', { signal: {} }),
  () => new Response('x', { status: 204 }),
  () => new Response('x', { status: 99 }),
  () => new Response('x', 1),
  () => Response.json(),
  () => Response.json(() => {}),
  () => Response.redirect('http://x', 200),
]) attempt(act);

class Own extends Response {
  get isOwn() {
    return true;
  }
}

async function main() {
  const response = new Own('{"a":[1]}');
  console.log(response.isOwn, response.bodyUsed, await response.json(), response.bodyUsed);
  await response.text().catch((error) => console.log(error.message));
  attempt(() => response.clone());
  const twice = new Response('twice');
  console.log(await twice.clone().text(), await twice.bytes());
  console.log(await new Response(ReadableStream.from([new Uint8Array([104]), new Uint8Array([105])])).text());
  await new Response(ReadableStream.from(['text'])).text().catch((error) => console.log(error.message));
  console.log(await new Response('\ufeffbom', { headers: { 'content-type': 'Text/HTML; charset=x' } }).blob());
  const first = new Request('http://a/', { method: 'PUT', body: 'moved', headers: { a: 'b' } });
  const second = new Request(first, { headers: { c: 'd' } });
  console.log(first.bodyUsed, await second.text(), [...second.headers]);
  attempt(() => new Request(first));
  const controller = new AbortController();
  const { signal } = new Request('http://a/', { signal: controller.signal });
  controller.abort('why');
  console.log(signal === controller.signal, signal.aborted, signal.reason);
}

main();
