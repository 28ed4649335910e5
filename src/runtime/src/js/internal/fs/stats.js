'use strict';

// What files are: https://nodejs.org/api/fs.html#class-fsstats

const { constants: { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } } =
  require('internal/fs/constants');

function StatsBase(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
}

const KINDS = {
  isDirectory: S_IFDIR,
  isFile: S_IFREG,
  isBlockDevice: S_IFBLK,
  isCharacterDevice: S_IFCHR,
  isSymbolicLink: S_IFLNK,
  isFIFO: S_IFIFO,
  isSocket: S_IFSOCK,
};

for (const [name, kind] of Object.entries(KINDS)) {
  StatsBase.prototype[name] = function() {
    return this._checkModeProperty(kind);
  };
}

function dateOf(milliseconds) {
  return new Date(Math.round(Number(milliseconds)));
}

/** Times as dates, which are made when somebody looks. */
const TIMES = Object.fromEntries(['atime', 'mtime', 'ctime', 'birthtime'].map((name) => [name, {
  enumerable: true,
  configurable: true,
  get() {
    const value = dateOf(this[`${name}Ms`]);
    this[name] = value;
    return value;
  },
  set(value) {
    Object.defineProperty(this, name, { value, enumerable: true, configurable: true, writable: true });
  },
}]));

/** The same times as instants, where there is `Temporal`. */
const INSTANTS = Object.fromEntries(['atime', 'mtime', 'ctime', 'birthtime'].map((name) => [`${name}Instant`, {
  enumerable: true,
  configurable: true,
  get() {
    const milliseconds = this[`${name}Ms`];
    const nanoseconds = this[`${name}Ns`] ??
      BigInt(Math.trunc(milliseconds)) * 1_000_000n + BigInt(Math.round(milliseconds % 1 * 1e6));
    const value = Temporal.Instant.fromEpochNanoseconds(nanoseconds);
    this[`${name}Instant`] = value;
    return value;
  },
  set(value) {
    Object.defineProperty(this, `${name}Instant`, { value, enumerable: true, configurable: true, writable: true });
  },
}]));

function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
}
Object.setPrototypeOf(Stats.prototype, StatsBase.prototype);
Object.setPrototypeOf(Stats, StatsBase);
Object.defineProperties(Stats.prototype, TIMES);
Object.defineProperties(Stats.prototype, INSTANTS);
Stats.prototype._checkModeProperty = function(property) {
  return (this.mode & S_IFMT) === property;
};

function BigIntStats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeNs, mtimeNs, ctimeNs, birthtimeNs) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = atimeNs / 1_000_000n;
  this.mtimeMs = mtimeNs / 1_000_000n;
  this.ctimeMs = ctimeNs / 1_000_000n;
  this.birthtimeMs = birthtimeNs / 1_000_000n;
  this.atimeNs = atimeNs;
  this.mtimeNs = mtimeNs;
  this.ctimeNs = ctimeNs;
  this.birthtimeNs = birthtimeNs;
}
Object.setPrototypeOf(BigIntStats.prototype, StatsBase.prototype);
Object.setPrototypeOf(BigIntStats, StatsBase);
Object.defineProperties(BigIntStats.prototype, TIMES);
Object.defineProperties(BigIntStats.prototype, INSTANTS);
BigIntStats.prototype._checkModeProperty = function(property) {
  return (this.mode & BigInt(S_IFMT)) === BigInt(property);
};

const milliseconds = (seconds, nanoseconds) => seconds * 1000 + nanoseconds / 1_000_000;

/** The bytes of 64-bit numbers, as native code gives them, as numbers. */
function exactNumbers(bytes) {
  return new BigInt64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
}

/** Of what native code gives; undefined of nothing. */
function statsOf(numbers) {
  if (numbers === undefined || numbers === null) return undefined;
  if (Array.isArray(numbers)) {
    const n = numbers;
    return new Stats(
      n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], milliseconds(n[10], n[11]),
      milliseconds(n[12], n[13]), milliseconds(n[14], n[15]), milliseconds(n[16], n[17]));
  }
  const n = exactNumbers(numbers);
  const ns = (at) => n[at] * 1_000_000_000n + n[at + 1];
  return new BigIntStats(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], ns(10), ns(12), ns(14), ns(16));
}

class StatFs {
  constructor(type, bsize, frsize, blocks, bfree, bavail, files, ffree) {
    this.type = type;
    this.bsize = bsize;
    this.frsize = frsize;
    this.blocks = blocks;
    this.bfree = bfree;
    this.bavail = bavail;
    this.files = files;
    this.ffree = ffree;
  }
}

function statFsOf(numbers) {
  const n = Array.isArray(numbers) ? numbers : exactNumbers(numbers);
  return new StatFs(n[0], n[1], n[7], n[2], n[3], n[4], n[5], n[6]);
}

/** What `watchFile` tells of a file that is not there. */
function emptyStats(isBigInt) {
  if (isBigInt) return new BigIntStats(...Array(14).fill(0n));
  return new Stats(...Array(14).fill(0));
}

module.exports = { BigIntStats, StatFs, Stats, emptyStats, statFsOf, statsOf };
