'use strict';

// The editor of a terminal: keys, what is cut out, history and completion.
const readline = require('readline');
const { PassThrough, Writable } = require('stream');

const input = new PassThrough();
const screen = [];
const output = new Writable({
  write(chunk, encoding, callback) {
    screen.push(String(chunk));
    callback();
  },
});
output.columns = 20;
const completer = (line) => [['cat', 'car', 'dog'].filter((word) => word.startsWith(line)), line];
const rl = readline.createInterface({ input, output, terminal: true, completer });
rl.on('line', (line) => console.log('line', JSON.stringify(line)));
rl.on('history', (history) => console.log('history', history));
rl.on('SIGINT', () => console.log('SIGINT'));
rl.prompt();

const keys = [
  'some words', '\x17', '\x1b[D', 'X', '\x01', '\x0b', '\x19', '\x19', '\x1f', '\r',
  'd\t', '\r', 'c\t', '\t', '\x15', '\x1b[A', '\x1b[A', '\x1b[B', '\r', '\u65e5\u672c\x7f\r', '\x03',
];
let at = 0;
(function press() {
  if (at === keys.length) {
    console.log(JSON.stringify(screen.join('')));
    rl.close();
    return;
  }
  input.write(keys[at++]);
  console.log(JSON.stringify(keys[at - 1]), JSON.stringify(rl.line), rl.cursor);
  setTimeout(press, 1);
})();
