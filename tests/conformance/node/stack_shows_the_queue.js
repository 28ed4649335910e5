'use strict';

// Who calls what waited is in stacks: the queue of ticks, alone and between two timers.
// Jobs that come before any tick have nobody around them.

function show(name) {
  const frames = new Error().stack.split('\n').slice(2);
  const ofQueue = frames.filter((frame) => frame.includes('task_queues'));
  console.log(name, ofQueue.map((frame) => frame.trim()));
}

process.nextTick(() => show('tick'));
process.nextTick((a) => show('with an argument'), 1);
process.nextTick((...args) => show('with many'), 1, 2, 3, 4, 5, 6);
process.on('uncaughtException', (error) => {
  console.log(error.stack.split('\n').slice(2));
  show('handler of exceptions');
});
Promise.resolve().then(() => show('reaction behind ticks'));

setTimeout(() => {
  process.nextTick(() => show('tick of a timer'));
  Promise.resolve().then(() => show('reaction of a timer, behind a tick'));
}, 5);
setTimeout(() => setImmediate(() => {
  Promise.resolve().then(() => show('reaction of an immediate'));
}), 30);
setTimeout(() => {
  process.once('unhandledRejection', () => show('rejection'));
  Promise.reject(new Error('nobody cares'));
}, 60);
setTimeout(() => {
  process.nextTick(() => { throw new Error('of a tick'); });
}, 90);
setTimeout(() => {
  class Type { Types() { return new Error().stack.split('\n')[1].trim().split(' ')[1]; } }
  console.log(new Type().Types());
}, 120);
