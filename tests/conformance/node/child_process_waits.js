'use strict';

// Children that are waited for, and what is thrown for those that fail.
const { execFileSync, execSync, spawnSync } = require('child_process');

console.log(execSync('echo "$WHO"', { env: { ...process.env, WHO: 'me' }, encoding: 'utf8' }));
console.log(execFileSync('cat', { input: 'given' }).toString());
const { status, signal, output } = spawnSync('sh', ['-c', 'printf a; printf b >&2; kill -TERM $$']);
console.log(status, signal, output.map(String));
for (const run of [
  () => execSync('echo no >&2; exit 4', { stdio: 'pipe' }),
  () => execFileSync('no-such-program', ['x']),
]) {
  try {
    run();
  } catch (error) {
    console.log(error.message, error.status, error.code, String(error.stderr));
  }
}
const late = spawnSync('sleep', ['10'], { timeout: 20 });
console.log(late.error.code, late.signal);
const long = spawnSync('sh', ['-c', 'echo 0123456789'], { maxBuffer: 4 });
console.log(long.error.code);
