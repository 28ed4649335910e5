'use strict';
const { channel, tracingChannel } = require('diagnostics_channel');

const plain = channel('plain');
console.log(plain.hasSubscribers);
plain.subscribe((message, name) => console.log(name, message));
plain.publish({ a: 1 });

const tracing = tracingChannel('work');
const listen = (name) => (context) => console.log(name, Object.keys(context));
tracing.subscribe({
  start: listen('start'),
  end: listen('end'),
  asyncStart: listen('asyncStart'),
  asyncEnd: listen('asyncEnd'),
  error: listen('error'),
});
console.log(tracing.traceSync((a) => a + 1, {}, null, 1));
try {
  tracing.traceSync(() => { throw new Error('sync'); });
} catch (error) {
  console.log(error.message);
}
tracing.traceCallback((a, callback) => callback(null, a), 1, {}, null, 5, (error, value) => console.log('got', value));
tracing.tracePromise(async () => 6, {}).then((value) => console.log('fulfilled', value));
