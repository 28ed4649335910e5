'use strict';

// Messages between a program and its child, as JSON and as V8 writes values.
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    process.send({ back: message });
    if (message === 'over') process.disconnect();
  });
} else {
  const start = (serialization, then) => {
    const child = fork(__filename, ['child'], { serialization });
    child.on('message', (message) => console.log(serialization, message));
    child.on('disconnect', () => console.log('disconnected', child.connected));
    child.on('close', (code) => {
      console.log('closed', code);
      then?.();
    });
    child.send({ text: 'ü', list: [1, null] });
    child.send(serialization === 'json' ? [true] : new Map([[1n, new Date(0)]]));
    child.send('over');
  };
  start('json', () => start('advanced'));
}
