'use strict';

// A child's events come in an order, whether it has started or not.
const { spawn } = require('child_process');

function tell(name, child) {
  for (const event of ['spawn', 'error', 'exit', 'close']) {
    child.on(event, (first, second) => console.log(name, event, first?.message ?? first, second));
  }
}

const child = spawn('sh', ['-c', 'echo to stdout; echo to stderr >&2; exit 3']);
tell('sh', child);
child.stdout.on('data', (chunk) => process.stdout.write(`out: ${chunk}`));
child.stderr.resume();

child.on('close', () => {
  const missing = spawn('no-such-program', ['a', 'b']);
  tell('missing', missing);
  console.log(missing.pid);
  missing.on('error', ({ code, syscall, path, spawnargs }) => console.log(code, syscall, path, spawnargs));
  missing.on('close', () => {
    const killed = spawn('sleep', ['10']);
    tell('killed', killed);
    killed.on('spawn', () => console.log(killed.kill('SIGINT'), killed.killed));
  });
});
