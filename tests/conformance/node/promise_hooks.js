'use strict';

// Whoever wants to know is told what runs for a promise, and that it is settled.
const { promiseHooks } = require('v8');

const names = new Map();
const log = [];
const note = (event) => (promise) => log.push(`${event} ${names.get(promise) ?? '?'}`);
const stop = promiseHooks.createHook({ before: note('before'), after: note('after'), settled: note('settled') });
let settle;
const first = new Promise((resolve) => { settle = resolve; });
const second = first.then(() => log.push('runs'));
names.set(first, 'first').set(second, 'second');
settle();
setImmediate(() => {
  stop();
  Promise.resolve();
  console.log(log);
});
