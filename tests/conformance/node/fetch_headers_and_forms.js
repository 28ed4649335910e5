'use strict';

// Lists of headers and forms: what they take, give, and show.

const attempt = (act) => {
  try {
    console.log(act());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
};

const headers = new Headers({ 'X-One': ' 1 ', 'Accept': 'a' });
headers.append('x-one', '2');
headers.append('Set-Cookie', 'a=1');
headers.append('set-cookie', 'b=2');
console.log(headers, [...headers], headers.getSetCookie());
console.log(headers.keys(), headers.get('X-ONE'), headers.get('none'), headers.has('ACCEPT'));
for (const init of [null, 'text', [['a']], [1], { 'a b': 1 }, { a: 'x\ny' }, { a: '\u0100' }, [['a', Symbol('s')]]]) {
  attempt(() => new Headers(init));
}
attempt(() => headers.append('a'));
attempt(() => Headers.prototype.get.call({}, 'a'));
attempt(() => Response.error().headers.set('a', 'b'));
attempt(() => headers.forEach(1));

const form = new FormData();
form.append('name', 'value\n');
form.append('name', 2);
form.append('file', new Blob(['abc'], { type: 'text/plain' }), 'a".txt');
console.log(form.getAll('name'), form.get('file').name, form.has('x'), [...form.keys()]);
attempt(() => form.append('a', 'b', 'c'));
attempt(() => new FormData(1));

async function main() {
  const response = new Response(form);
  const type = response.headers.get('content-type');
  console.log(type.replace(/\d+$/, 'N'));
  const boundary = type.slice(type.indexOf('=') + 1);
  console.log(JSON.stringify((await response.clone().text()).replaceAll(boundary, 'B')));
  const back = await response.formData();
  console.log(back.getAll('name'), back.get('file').name, await back.get('file').text());
  console.log(await new Response(new URLSearchParams('a=1&a=2&%C3%A9=x')).formData());
  for (const [body, as] of [['x', 'multipart/form-data'], ['x', 'multipart/form-data; boundary=q'], ['x', 'text/plain']]) {
    await new Response(body, { headers: { 'content-type': as } }).formData().catch((error) => {
      console.log(error.message, '|', error.cause?.message);
    });
  }
}

main();
