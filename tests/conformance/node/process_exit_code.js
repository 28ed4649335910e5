// Codes are checked when they are set; `exit` gives the last one.
for (const code of ['a', 1.5, {}, true]) {
  try { process.exitCode = code; } catch (error) { console.log(error.code, error.message); }
}
process.exitCode = '3';
console.log(process.exitCode);
process.on('beforeExit', (code) => console.log('beforeExit', code));
process.on('exit', (code) => {
  console.log('exit', code, process.exitCode);
  process.exitCode = 0;
});
