'use strict';

// https://nodejs.org/api/os.html

const { codes: { ERR_SYSTEM_ERROR } } = require('internal/errors');
const { validateInt32 } = require('internal/validators');
const system = native('os');

const { platform: PLATFORM, arch: ARCH } = native('process');
const IS_WINDOWS = PLATFORM === 'win32';

const names = system.names();
const [TYPE, HOST, RELEASE, VERSION, MACHINE] = names;

/** Makes a function's result also its value as a primitive: `${os.hostname}`. */
function primitive(getter) {
  getter[Symbol.toPrimitive] = () => getter();
  return getter;
}

const arch = primitive(function arch() { return ARCH; });
const platform = primitive(function platform() { return PLATFORM; });
const type = primitive(function getOSType() { return TYPE; });
const hostname = primitive(function getHostname() { return system.names()[1] ?? HOST; });
const release = primitive(function getOSRelease() { return RELEASE; });
const version = primitive(function getOSVersion() { return VERSION; });
const machine = primitive(function getMachine() { return MACHINE; });
const totalmem = primitive(function getTotalMem() { return system.totalMemory(); });
const freemem = primitive(function getFreeMem() { return system.freeMemory(); });
const uptime = primitive(function getUptime() { return system.uptime(); });
const availableParallelism = primitive(function getAvailableParallelism() { return system.parallelism(); });

const endianness = primitive(function endianness() {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 'LE' : 'BE';
});

const homedir = primitive(function homedir() {
  const { env } = process;
  const home = IS_WINDOWS ? env.USERPROFILE : env.HOME;
  return home || checked(system.user)[3];
});

const tmpdir = primitive(function tmpdir() {
  const { env } = process;
  if (IS_WINDOWS) {
    const path = env.TEMP || env.TMP || `${env.SystemRoot || env.windir}\\temp`;
    return path.length > 1 && path.endsWith('\\') && !path.endsWith(':\\') ? path.slice(0, -1) : path;
  }
  const path = env.TMPDIR || env.TMP || env.TEMP || '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
});

/** Calls the system; its errors are `SystemError`s. */
function checked(call, ...args) {
  try {
    return call(...args);
  } catch (error) {
    if (!Array.isArray(error)) throw error;
    const [errno, code, message, syscall] = error;
    throw new ERR_SYSTEM_ERROR({ errno, code, message, syscall });
  }
}

function loadavg() {
  return system.loadAverages();
}

function cpus() {
  return system.processors().map(([model, speed, user, nice, sys, idle, irq]) => (
    { model, speed, times: { user, nice, sys, idle, irq } }));
}

function networkInterfaces() {
  const interfaces = {};
  for (const [name, address, netmask, family, mac, internal, scopeid, prefix] of system.interfaces()) {
    const entry = { address, netmask, family, mac, internal, cidr: `${address}/${prefix}` };
    if (scopeid !== -1) entry.scopeid = scopeid;
    (interfaces[name] ??= []).push(entry);
  }
  return interfaces;
}

function userInfo(options) {
  if (typeof options !== 'object' || options === null) options = {};
  const [username, uid, gid, homedir, shell] = checked(system.user);
  const encoding = options.encoding;
  const shown = (text) => {
    if (encoding === undefined || encoding === 'utf8') return text;
    const bytes = require('buffer').Buffer.from(text);
    return encoding === 'buffer' ? bytes : bytes.toString(encoding);
  };
  return {
    __proto__: null,
    uid,
    gid,
    username: shown(username),
    homedir: shown(homedir),
    shell: shown(shell),
  };
}

function setPriority(pid, priority) {
  if (priority === undefined) {
    priority = pid;
    pid = 0;
  }
  validateInt32(pid, 'pid');
  validateInt32(priority, 'priority', -20, 19);
  checked(system.setPriority, pid, priority);
}

function getPriority(pid) {
  if (pid === undefined) pid = 0;
  else validateInt32(pid, 'pid');
  return checked(system.getPriority, pid);
}

// ---------------------------------------------------------------------------
// Constants
// ---------------------------------------------------------------------------

const frozen = (numbers) => Object.freeze(Object.assign(Object.create(null), numbers));

const constants = Object.create(null);
Object.assign(constants, {
  UV_UDP_REUSEADDR: 4,
  dlopen: frozen(PLATFORM === 'linux' ?
    { RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8 } :
    { RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 8, RTLD_LOCAL: 4 }),
  errno: frozen(system.errors()),
  signals: frozen(system.signals()),
  priority: frozen({
    PRIORITY_LOW: 19,
    PRIORITY_BELOW_NORMAL: 10,
    PRIORITY_NORMAL: 0,
    PRIORITY_ABOVE_NORMAL: -7,
    PRIORITY_HIGH: -14,
    PRIORITY_HIGHEST: -20,
  }),
});

module.exports = {
  arch,
  availableParallelism,
  cpus,
  endianness,
  freemem,
  getPriority,
  homedir,
  hostname,
  loadavg,
  networkInterfaces,
  platform,
  release,
  setPriority,
  tmpdir,
  totalmem,
  type,
  userInfo,
  uptime,
  version,
  machine,
};

Object.defineProperties(module.exports, {
  constants: { configurable: false, enumerable: true, value: Object.freeze(constants) },
  EOL: { configurable: true, enumerable: true, writable: false, value: IS_WINDOWS ? '\r\n' : '\n' },
  devNull: { configurable: true, enumerable: true, writable: false, value: IS_WINDOWS ? '\\\\.\\nul' : '/dev/null' },
});
