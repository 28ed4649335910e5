'use strict';
const { Writable } = require('stream');

console.log('%s is %d', 'this', 5, { a: [1, { b: 2 }] });
console.group('group');
console.log('inside\nof it');
console.groupEnd();
console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]);
console.table(new Map([['k', 'v']]));
console.count();
console.count();
console.dir({ a: { b: { c: {} } } }, { depth: 0 });

// What programs do to the stream is heeded.
const { write } = process.stdout;
const taken = [];
process.stdout.write = (text) => taken.push(text);
console.log('taken');
process.stdout.write = write;
console.log(taken);

const lines = [];
const own = new console.Console(new Writable({
  write(chunk, encoding, callback) {
    lines.push(String(chunk));
    callback();
  },
}), undefined, true);
own.log('a');
own.group();
own.error('b');
console.log(lines, own instanceof console.Console);
