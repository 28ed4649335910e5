'use strict';

// Lines, whatever ends them, and answers to questions.
const readline = require('readline');
const { PassThrough, Readable } = require('stream');

async function main() {
  const source = Readable.from(['one\ntw', 'o\r', '\nthree\u2028four\n\nla', 'st']);
  for await (const line of readline.createInterface({ input: source, crlfDelay: Infinity })) {
    console.log(JSON.stringify(line));
  }
  const input = new PassThrough();
  const output = new PassThrough();
  output.on('data', (text) => console.log('out', JSON.stringify(String(text))));
  const { createInterface } = require('readline/promises');
  const rl = createInterface({ input, output });
  const answer = rl.question('who? ');
  input.write('me\n');
  console.log(await answer);
  const controller = new AbortController();
  const never = rl.question('never? ', { signal: controller.signal });
  controller.abort();
  await never.catch((error) => console.log(error.name, error.code));
  rl.close();
  await rl.question('late? ').catch((error) => console.log(error.code));
}

main();
