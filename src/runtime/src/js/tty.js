'use strict';

// https://nodejs.org/api/tty.html

const { codes: { ERR_INVALID_FD, ERR_TTY_INIT_FAILED }, errnoException } =
  require('internal/errors');
const { validateInteger } = require('internal/validators');
const { isTerminal, setRawMode, windowSize } = native('tty');
const { FdStream } = require('internal/process/fd_stream');

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && isTerminal(fd);
}

function validateFd(fd) {
  if (fd >> 0 !== fd || fd < 0) throw new ERR_INVALID_FD(fd);
  if (!isTerminal(fd)) {
    throw new ERR_TTY_INIT_FAILED({ errno: -22, code: 'EINVAL', message: 'invalid argument', syscall: 'uv_tty_init' });
  }
}

// ---------------------------------------------------------------------------
// Reading
// ---------------------------------------------------------------------------

function ReadStream(fd, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
  validateFd(fd);
  FdStream.call(this, fd, { ...options, highWaterMark: 0, writable: false });
  this.isRaw = false;
  this.isTTY = true;
}
Object.setPrototypeOf(ReadStream.prototype, FdStream.prototype);
Object.setPrototypeOf(ReadStream, FdStream);

ReadStream.prototype.setRawMode = function(flag) {
  flag = Boolean(flag);
  const result = setRawMode(this.fd, flag);
  if (result < 0) {
    this.emit('error', errnoException(result, 'setRawMode'));
    return this;
  }
  this.isRaw = flag;
  return this;
};

// ---------------------------------------------------------------------------
// Writing
// ---------------------------------------------------------------------------

function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  validateFd(fd);
  FdStream.call(this, fd, { readable: false });
  const size = windowSize(fd);
  if (size !== undefined) [this.columns, this.rows] = size;
}
Object.setPrototypeOf(WriteStream.prototype, FdStream.prototype);
Object.setPrototypeOf(WriteStream, FdStream);

WriteStream.prototype.isTTY = true;

WriteStream.prototype._refreshSize = function() {
  const { columns, rows } = this;
  const size = windowSize(this.fd);
  if (size === undefined) {
    this.emit('error', errnoException(-9, 'getWindowSize'));
    return;
  }
  if (columns !== size[0] || rows !== size[1]) {
    [this.columns, this.rows] = size;
    this.emit('resize');
  }
};

WriteStream.prototype.getWindowSize = function() {
  return [this.columns, this.rows];
};

// Methods that readline has under the same names as functions.
for (const name of ['clearLine', 'clearScreenDown', 'cursorTo', 'moveCursor']) {
  WriteStream.prototype[name] = {
    [name](...args) {
      return require('readline')[name](this, ...args);
    },
  }[name];
}

// ---------------------------------------------------------------------------
// Colours
// ---------------------------------------------------------------------------

/** Bits of colour that a terminal shows. */
const NONE = 1;
const SIXTEEN = 4;
const PALETTE = 8;
const TRUE_COLOR = 24;

/** Terminals by name, and what they show. */
const TERMINALS = {
  'eterm': SIXTEEN,
  'cons25': SIXTEEN,
  'console': SIXTEEN,
  'cygwin': SIXTEEN,
  'dtterm': SIXTEEN,
  'gnome': SIXTEEN,
  'hurd': SIXTEEN,
  'jfbterm': SIXTEEN,
  'konsole': SIXTEEN,
  'kterm': SIXTEEN,
  'mlterm': SIXTEEN,
  'mosh': TRUE_COLOR,
  'putty': SIXTEEN,
  'st': SIXTEEN,
  'rxvt-unicode-24bit': TRUE_COLOR,
  'terminator': TRUE_COLOR,
  'xterm-kitty': TRUE_COLOR,
};
const TERMINALS_LIKE = [/ansi/, /color/, /linux/, /direct/, /^con\d*x\d/, /^rxvt/, /^screen/, /^xterm/, /^vt100/, /^vt220/];
const CONTINUOUS_INTEGRATION = [
  ['APPVEYOR', PALETTE], ['BUILDKITE', PALETTE], ['CIRCLECI', TRUE_COLOR], ['DRONE', PALETTE],
  ['GITEA_ACTIONS', TRUE_COLOR], ['GITHUB_ACTIONS', TRUE_COLOR], ['GITLAB_CI', PALETTE], ['TRAVIS', PALETTE],
];

let hasWarned = false;

/** Says once that one variable is stronger than another. */
function warnOfForce(env) {
  if (hasWarned) return;
  const ignored = ['NODE_DISABLE_COLORS', 'NO_COLOR'].find((name) => (
    env[name] !== undefined && env[name] !== ''));
  if (ignored === undefined) return;
  hasWarned = true;
  process.emitWarning(
    `The '${ignored}' env is ignored due to the 'FORCE_COLOR' env being set.`, 'Warning');
}

function getColorDepth(env = process.env) {
  if (env.FORCE_COLOR !== undefined) {
    switch (env.FORCE_COLOR) {
      case '':
      case '1':
      case 'true':
        warnOfForce(env);
        return SIXTEEN;
      case '2':
        warnOfForce(env);
        return PALETTE;
      case '3':
        warnOfForce(env);
        return TRUE_COLOR;
      default:
        return NONE;
    }
  }
  if (env.NODE_DISABLE_COLORS !== undefined && env.NODE_DISABLE_COLORS !== '' ||
      env.NO_COLOR !== undefined && env.NO_COLOR !== '' || env.TERM === 'dumb') {
    return NONE;
  }
  if (process.platform === 'win32') return TRUE_COLOR;
  if (env.TMUX) return TRUE_COLOR;
  if ('TF_BUILD' in env && 'AGENT_NAME' in env) return SIXTEEN;
  if ('CI' in env) {
    for (const [name, depth] of CONTINUOUS_INTEGRATION) {
      if (name in env) return depth;
    }
    return env.CI_NAME === 'codeship' ? PALETTE : NONE;
  }
  if ('TEAMCITY_VERSION' in env) {
    return /^(9\.(0*[1-9]\d*)\.|\d{2,}\.)/.test(env.TEAMCITY_VERSION) ? SIXTEEN : NONE;
  }
  switch (env.TERM_PROGRAM) {
    case 'iTerm.app':
      return !env.TERM_PROGRAM_VERSION || /^[0-2]\./.test(env.TERM_PROGRAM_VERSION) ? PALETTE : TRUE_COLOR;
    case 'HyperTerm':
    case 'MacTerm':
      return TRUE_COLOR;
    case 'Apple_Terminal':
      return PALETTE;
    default:
  }
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return TRUE_COLOR;
  if (env.TERM) {
    if (env.TERM.includes('truecolor')) return TRUE_COLOR;
    if (env.TERM.startsWith('xterm-256')) return PALETTE;
    const name = env.TERM.toLowerCase();
    if (TERMINALS[name]) return TERMINALS[name];
    if (TERMINALS_LIKE.some((pattern) => pattern.test(name))) return SIXTEEN;
  }
  if (env.COLORTERM) return SIXTEEN;
  return NONE;
}

function hasColors(count, env) {
  if (env === undefined && (count === undefined || typeof count === 'object' && count !== null)) {
    env = count;
    count = 16;
  } else {
    validateInteger(count, 'count', 2);
  }
  return count <= 2 ** getColorDepth(env);
}

WriteStream.prototype.getColorDepth = getColorDepth;
WriteStream.prototype.hasColors = hasColors;

module.exports = { isatty, ReadStream, WriteStream };
