// How many colours a terminal has is told by the environment.
const { WriteStream, isatty } = require('tty');
const { getColorDepth, hasColors } = WriteStream.prototype;
for (const env of [
  {}, { TERM: 'xterm-256color' }, { TERM: 'dumb' }, { COLORTERM: 'truecolor' }, { NO_COLOR: '1', TERM: 'xterm' },
  { FORCE_COLOR: '3' }, { FORCE_COLOR: '0' }, { TMUX: '1' }, { CI: '1', GITHUB_ACTIONS: '1' }, { CI: '1' },
  { TERM_PROGRAM: 'Apple_Terminal' }, { TERM: 'vt100' },
]) {
  console.log(env, getColorDepth(env), hasColors.call({ getColorDepth }, 256, env));
}
console.log(isatty(-1), isatty('a'), isatty(99));
try { new WriteStream(-1); } catch (error) { console.log(error.code, error.message); }
