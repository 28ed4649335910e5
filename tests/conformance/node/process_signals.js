// A signal is an event, and does not hold the program.
process.on('SIGUSR2', (...args) => {
  console.log(...args);
  process.removeAllListeners('SIGUSR2');
  clearInterval(timer);
});
const timer = setInterval(() => {}, 1000);
process.kill(process.pid, 'SIGUSR2');
for (const attempt of [
  () => process.on('SIGKILL', () => {}),
  () => process.kill(process.pid, 'SIGNOTHING'),
  () => process.kill('a'),
]) {
  try { attempt(); } catch (error) { console.log(error.code, error.message); }
}
