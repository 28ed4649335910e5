// A worker of the comparison: node measure.js CONTENDER NODE_MODULES
//
// Says its name, then answers each path on standard input with the nanoseconds
// that the contender took for the file.
'use strict';

const { readFileSync } = require('node:fs');
const { createInterface } = require('node:readline');
const { Script } = require('node:vm');

const [what, packages] = process.argv.slice(2);

/** The file's bytes, and room for a comment that makes each text a new one. */
const files = new Map();
const ROOM = '\n//                ';
let serial = 0;

/**
 * The text of a file, flat, and never the same twice: V8 keeps what it has
 * compiled under the text.
 */
function freshText(path) {
  let bytes = files.get(path);
  if (bytes === undefined) {
    bytes = Buffer.concat([readFileSync(path), Buffer.from(ROOM)]);
    files.set(path, bytes);
  }
  bytes.write(String(serial++).padEnd(12), bytes.length - 12);
  return bytes.toString('utf8');
}

const contenders = {
  acorn() {
    const acorn = require(`${packages}/acorn`);
    const options = { ecmaVersion: 'latest', sourceType: 'script', allowHashBang: true };
    return [`acorn ${acorn.version}`, (text) => acorn.parse(text, options)];
  },
  V8() {
    return [`V8 ${process.versions.v8.split('.').slice(0, 2).join('.')}`, (text) => new Script(text)];
  },
};

const [name, read] = contenders[what]();
console.log(name);

createInterface({ input: process.stdin }).on('line', (path) => {
  try {
    const text = freshText(path);
    const begin = process.hrtime.bigint();
    read(text);
    console.log(String(process.hrtime.bigint() - begin));
  } catch (error) {
    console.log(String(error).split('\n')[0]);
  }
});
