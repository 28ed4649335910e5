'use strict';

// The context in which something was begun is there when it ends.

const { AsyncLocalStorage } = require('async_hooks');
const { exec, spawn } = require('child_process');
const { tracingChannel } = require('diagnostics_channel');

const storage = new AsyncLocalStorage();
const seen = [];
const put = (what) => seen.push(`${what}: ${storage.getStore()}`);

storage.run('begun', () => {
  exec('true', () => put('exec'));
  spawn('true', { stdio: 'ignore' }).on('exit', () => put('exit'));
  process.once('SIGUSR2', () => put('signal'));
});
process.kill(process.pid, 'SIGUSR2');
process.on('exit', () => console.log(seen.sort()));

const channel = tracingChannel('module.require');
const handlers = {
  start: ({ id }) => console.log('start', id),
  end: ({ id, result }) => console.log('end', id, result === undefined),
  error: ({ error }) => console.log(error.code),
};
channel.subscribe(handlers);
require('path');
try {
  require('no-such-module');
} catch {
  // It was told of.
}
channel.unsubscribe(handlers);
require('os');
