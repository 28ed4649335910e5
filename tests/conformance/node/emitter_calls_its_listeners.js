'use strict';
const EventEmitter = require('events');

// Listeners are called in order, with what was emitted; `once` is called once.
const emitter = new EventEmitter();
emitter.on('go', function(...args) { console.log(this === emitter, args); });
emitter.once('go', () => console.log('once'));
emitter.prependListener('go', () => console.log('first'));
console.log(emitter.emit('go', 1, 2, 3), emitter.emit('go'), emitter.emit('nothing'));
console.log(emitter.eventNames(), emitter.listenerCount('go'));
console.log(new EventEmitter());

// Nobody listens to an error.
for (const error of [new Error('own'), 5, undefined]) {
  try {
    emitter.emit('error', error);
  } catch (thrown) {
    console.log(thrown.message, thrown.code, thrown.context);
  }
}

// A monitor sees errors before they are thrown.
emitter.on(EventEmitter.errorMonitor, (error) => console.log('seen', error.message));
emitter.on('error', () => {});
emitter.emit('error', new Error('again'));

// Rejections of listeners become errors.
const capturing = new EventEmitter({ captureRejections: true });
capturing.on('start', async () => { throw new Error('rejected'); });
capturing.on('error', (error) => console.log('captured', error.message));
capturing.emit('start');

// Events as promises and as iterators.
(async () => {
  setImmediate(() => emitter.emit('later', 'a', 'b'));
  console.log(await EventEmitter.once(emitter, 'later'));
  setImmediate(() => { for (const i of [1, 2, 3]) emitter.emit('number', i); });
  for await (const [value] of EventEmitter.on(emitter, 'number')) {
    console.log(value);
    if (value === 3) break;
  }
  console.log(emitter.listenerCount('number'));
})();
