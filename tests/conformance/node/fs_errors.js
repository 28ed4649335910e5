// Errors of files have Node.js's codes, calls and paths.
const fs = require('fs');
const attempts = {
  access: () => fs.accessSync('/nope'),
  chdir: () => process.chdir('/nope'),
  copyFile: () => fs.copyFileSync('/nope', '/x'),
  flags: () => fs.openSync('x', 'zz'),
  fsync: () => fs.fsyncSync(999),
  mkdir: () => fs.mkdirSync('/tmp'),
  mkdtemp: () => fs.mkdtempSync('/nope/x'),
  mode: () => fs.chmodSync('/tmp', '9'),
  nul: () => fs.readFileSync('/x\0'),
  opendir: () => fs.opendirSync('/nope'),
  path: () => fs.statSync({}),
  read: () => fs.readFileSync('/'),
  readdir: () => fs.readdirSync('/nope'),
  realpath: () => fs.realpathSync('/nope/a'),
  rename: () => fs.renameSync('/nope', '/x'),
  rm: () => fs.rmSync('/nope'),
  rmFolder: () => fs.rmSync('/usr'),
  symlink: () => fs.symlinkSync('a', 'b', 'c'),
  utimes: () => fs.utimesSync('/tmp', {}, 1),
  write: () => fs.writeFileSync('/x', {}),
};
for (const [name, attempt] of Object.entries(attempts)) {
  try { attempt(); } catch (error) {
    const message = error.message.replace(process.cwd(), 'HERE');
    console.log(name, error.name, error.code, message, Object.keys(error).join());
  }
}
fs.readFile('/nope', (error) => console.log(error.stack));
fs.promises.stat('/nope').catch((error) => console.log(error.code, error.syscall, error.path, error.errno));
console.log(fs.statSync('/nope', { throwIfNoEntry: false }), fs.existsSync('/nope'));
