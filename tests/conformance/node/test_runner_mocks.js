'use strict';

// Mocks of functions, methods, properties and time.
const { mock } = require('node:test');

const add = mock.fn((a, b) => a + b);
console.log(add(1, 2), add.mock.callCount(), add.mock.calls[0].arguments, add.mock.calls[0].result);
add.mock.mockImplementationOnce(() => 'once', 2);
console.log(add(1, 1), add(1, 1), add(1, 1));
const twice = mock.fn(() => 'own', () => 'mocked', { times: 2 });
console.log(twice(), twice(), twice());

const counter = { n: 1, next() { return ++this.n; }, get size() { return this.n; } };
mock.method(counter, 'next', function() { return this.n; });
mock.getter(counter, 'size', () => 'many');
console.log(counter.next(), counter.size, counter.next.mock.calls[0].this === counter);
const property = mock.property(counter, 'n', 10);
counter.n = 11;
console.log(counter.n, property.mock.accesses.map(({ type, value }) => [type, value]));
mock.restoreAll();
console.log(counter.next(), counter.size);

mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1000 });
setTimeout(() => console.log('timeout', Date.now()), 50);
const interval = setInterval(() => console.log('interval', Date.now()), 30);
mock.timers.tick(29);
mock.timers.tick(31);
clearInterval(interval);
mock.timers.runAll();
console.log(new Date().getTime());
mock.timers.reset();
console.log(Date.now() > 1e12);
for (const wrong of [() => mock.fn(1), () => mock.method({}, 'x'), () => mock.timers.tick(1)]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
