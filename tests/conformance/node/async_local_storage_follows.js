'use strict';
const { AsyncLocalStorage, AsyncResource, executionAsyncId } = require('async_hooks');

const storage = new AsyncLocalStorage({ defaultValue: 'nothing', name: 'request' });
console.log(storage.name, storage.getStore());
storage.run('one', async () => {
  setTimeout(() => console.log('timer', storage.getStore()), 1);
  process.nextTick(() => console.log('tick', storage.getStore()));
  await null;
  console.log('await', storage.getStore());
  storage.run('two', () => console.log('inner', storage.getStore()));
  storage.exit(() => console.log('exit', storage.getStore()));
});
console.log('after', storage.getStore());

const bound = storage.run('bound', () => AsyncResource.bind(() => storage.getStore()));
const snapshot = storage.run('snapshot', () => AsyncLocalStorage.snapshot());
console.log(bound(), snapshot(() => storage.getStore()));

const resource = new AsyncResource('OWN');
resource.runInAsyncScope(() => console.log(executionAsyncId() === resource.asyncId()));
console.log(executionAsyncId());
