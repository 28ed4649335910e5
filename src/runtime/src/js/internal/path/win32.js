'use strict';

// https://nodejs.org/api/path.html#windows-vs-posix

const { validateString } = require('internal/validators');
const {
  extensionStart, formatWith, matchesGlob, normalizeSegments, withoutSuffix,
} = require('internal/path/common');

const isSeparator = (c) => c === '\\' || c === '/';
const isLetter = (c) => c !== undefined && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
const SEPARATORS = /[\\/]/;

/** Names of devices, which are no files in whatever folder. */
const RESERVED = new Set([
  'CON', 'PRN', 'AUX', 'NUL',
  ...['1', '2', '3', '4', '5', '6', '7', '8', '9', '\xb9', '\xb2', '\xb3'].flatMap((digit) => [`COM${digit}`, `LPT${digit}`]),
]);

function isReserved(path, colon) {
  return RESERVED.has(path.slice(0, colon).toUpperCase());
}

const normalizeRelative = (path, mayLeadAbove) => (
  normalizeSegments(path.split(SEPARATORS), mayLeadAbove).join('\\'));

/**
 * What a path begins with: a device (`C:`, `\\server\share`), the end of what is its root,
 * and whether it is absolute.
 */
function rootOf(path) {
  const { length } = path;
  const first = path[0];
  if (length === 1) {
    return isSeparator(first) ? { device: '', end: 1, isRooted: true } : { device: '', end: 0, isRooted: false };
  }
  if (isSeparator(first)) {
    if (isSeparator(path[1])) {
      const server = segmentFrom(path, 2);
      if (server.text !== '' && server.next > server.end) {
        const share = segmentFrom(path, server.next);
        if (share.text !== '' || share.end === length && server.next < length) {
          if (server.text === '.' || server.text === '?') {
            return { device: `\\\\${server.text}`, end: 4, isRooted: true, isDevice: true };
          }
          return {
            device: `\\\\${server.text}\\${share.text}`, end: share.end, isRooted: true, isUnc: true,
          };
        }
      }
    }
    return { device: '', end: 1, isRooted: true };
  }
  if (isLetter(first) && path[1] === ':') {
    const isRooted = length > 2 && isSeparator(path[2]);
    return { device: path.slice(0, 2), end: isRooted ? 3 : 2, isRooted };
  }
  return { device: '', end: 0, isRooted: false };
}

/** A segment, its end, and where the next one begins. */
function segmentFrom(path, start) {
  let end = start;
  while (end < path.length && !isSeparator(path[end])) end++;
  let next = end;
  while (next < path.length && isSeparator(path[next])) next++;
  return { text: path.slice(start, end), end, next };
}

/** The folder that a path of a device begins with, if it has no root. */
function currentFolder(device) {
  const process = require('process');
  if (device === '') return process.cwd();
  const folder = process.env[`=${device}`] || process.cwd();
  const isElsewhere = folder.slice(0, 2).toLowerCase() !== device.toLowerCase() && folder[2] === '\\';
  return isElsewhere ? `${device}\\` : folder;
}

function resolve(...args) {
  let device = '';
  let tail = '';
  let isRooted = false;
  for (let i = args.length - 1; i >= -1; i--) {
    let path;
    if (i >= 0) {
      path = args[i];
      validateString(path, `paths[${i}]`);
      if (path === '') continue;
    } else {
      path = currentFolder(device);
    }
    const root = rootOf(path);
    if (root.device !== '') {
      if (device === '') device = root.device;
      else if (root.device.toLowerCase() !== device.toLowerCase()) continue;
    }
    if (isRooted) {
      if (device !== '') break;
    } else {
      tail = `${path.slice(root.end)}\\${tail}`;
      isRooted = root.isRooted;
      if (isRooted && device !== '') break;
    }
  }
  tail = normalizeRelative(tail, !isRooted);
  return isRooted ? `${device}\\${tail}` : `${device}${tail}` || '.';
}

function normalize(path) {
  validateString(path, 'path');
  const { length } = path;
  if (length === 0) return '.';
  if (length === 1) return path === '/' ? '\\' : path;
  const root = rootOf(path);
  const colon = path.indexOf(':');
  if (root.device === '' && !root.isRooted && colon > 0 && isReserved(path, colon)) {
    root.device = path.slice(0, colon + 1);
    root.end = colon + 1;
  }
  // A share alone is its own root.
  if (root.isUnc && root.end === length) return `${root.device}\\`;
  let tail = root.end < length ? normalizeRelative(path.slice(root.end), !root.isRooted) : '';
  if (tail === '' && !root.isRooted) tail = '.';
  if (tail !== '' && isSeparator(path[length - 1])) tail += '\\';
  if (!root.isRooted && root.device === '' && colon >= 0) {
    // What was no path of a drive must not become one.
    if (tail.length >= 2 && isLetter(tail[0]) && tail[1] === ':') return `.\\${tail}`;
    for (let at = colon; at >= 0; at = path.indexOf(':', at + 1)) {
      if (at === length - 1 || isSeparator(path[at + 1])) return `.\\${tail}`;
    }
  }
  // Without a colon, Node.js takes all but the last character for the name.
  if (isReserved(path, colon)) return `.\\${root.device}${tail}`;
  if (root.device === '') return root.isRooted ? `\\${tail}` : tail;
  return root.isRooted ? `${root.device}\\${tail}` : `${root.device}${tail}`;
}

function isAbsolute(path) {
  validateString(path, 'path');
  return isSeparator(path[0]) ||
    path.length > 2 && isLetter(path[0]) && path[1] === ':' && isSeparator(path[2]);
}

function join(...args) {
  let joined;
  let first;
  for (const arg of args) {
    validateString(arg, 'path');
    if (arg === '') continue;
    if (joined === undefined) joined = first = arg;
    else joined += `\\${arg}`;
  }
  if (joined === undefined) return '.';
  // Only a first argument that says so begins a path of a server.
  let slashes = 0;
  let mustBeOne = true;
  if (isSeparator(first[0])) {
    slashes++;
    if (first.length > 1 && isSeparator(first[1])) {
      slashes++;
      if (first.length > 2) {
        if (isSeparator(first[2])) slashes++;
        else mustBeOne = false;
      }
    }
  }
  if (mustBeOne) {
    while (slashes < joined.length && isSeparator(joined[slashes])) slashes++;
    if (slashes >= 2) joined = `\\${joined.slice(slashes)}`;
  }
  // Paths with devices in them are left as they are.
  const hasDevice = joined.split('\\').some((part) => {
    const colon = part.indexOf(':');
    return colon >= 0 && isReserved(part, colon);
  });
  return hasDevice ? joined.replaceAll('/', '\\') : normalize(joined);
}

function relative(from, to) {
  validateString(from, 'from');
  validateString(to, 'to');
  if (from === to) return '';
  const ours = resolve(from);
  const theirs = resolve(to);
  if (ours === theirs) return '';
  const trimmed = (path) => path.replace(/^\\+/, '').replace(/\\+$/, '');
  const partsOf = (path) => (path === '' ? [] : path.split('\\'));
  const fromParts = partsOf(trimmed(ours));
  const toParts = partsOf(trimmed(theirs));
  let common = 0;
  while (common < fromParts.length && common < toParts.length &&
      fromParts[common].toLowerCase() === toParts[common].toLowerCase()) common++;
  if (common === 0 && fromParts.length > 0 && toParts.length > 0) return theirs;
  return [...Array(fromParts.length - common).fill('..'), ...toParts.slice(common)].join('\\');
}

function toNamespacedPath(path) {
  if (typeof path !== 'string' || path.length === 0) return path;
  const resolved = resolve(path);
  if (resolved.length <= 2) return path;
  if (resolved[0] === '\\') {
    if (resolved[1] === '\\' && resolved[2] !== '?' && resolved[2] !== '.') {
      return `\\\\?\\UNC\\${resolved.slice(2)}`;
    }
  } else if (isLetter(resolved[0]) && resolved[1] === ':' && resolved[2] === '\\') {
    return `\\\\?\\${resolved}`;
  }
  return resolved;
}

/** The end of the root, and whether that is a share of a server. */
function rootEndOf(path) {
  if (path.length === 1) return { end: isSeparator(path) ? 1 : 0 };
  if (isSeparator(path[0])) {
    if (isSeparator(path[1])) {
      const server = segmentFrom(path, 2);
      if (server.text !== '' && server.next > server.end) {
        const share = segmentFrom(path, server.next);
        if (share.text !== '') return { end: share.end, isShare: true };
      }
    }
    return { end: 1 };
  }
  if (isLetter(path[0]) && path[1] === ':') {
    return { end: path.length > 2 && isSeparator(path[2]) ? 3 : 2 };
  }
  return { end: 0 };
}

function dirname(path) {
  validateString(path, 'path');
  const { length } = path;
  if (length === 0) return '.';
  if (length === 1) return isSeparator(path) ? path : '.';
  const root = rootEndOf(path);
  let rootEnd = root.end === 0 ? -1 : root.end;
  let start = root.end;
  if (root.isShare) {
    if (root.end === length) return path;
    rootEnd = start = root.end + 1;
  }
  let end = length;
  while (end > start && isSeparator(path[end - 1])) end--;
  let separator = end - 1;
  while (separator >= start && !isSeparator(path[separator])) separator--;
  if (end <= start || separator < start) return rootEnd === -1 ? '.' : path.slice(0, rootEnd);
  return path.slice(0, separator);
}

/** The last name of a path behind a place. */
function nameBehind(path, start) {
  let end = path.length;
  while (end > start && isSeparator(path[end - 1])) end--;
  let begin = end;
  while (begin > start && !isSeparator(path[begin - 1])) begin--;
  return { begin, end };
}

const driveEnd = (path) => (path.length >= 2 && isLetter(path[0]) && path[1] === ':' ? 2 : 0);

function basename(path, suffix) {
  if (suffix !== undefined) validateString(suffix, 'suffix');
  validateString(path, 'path');
  const start = driveEnd(path);
  const { begin, end } = nameBehind(path, start);
  return withoutSuffix(path, begin === end ? start : begin, end, suffix);
}

function extname(path) {
  validateString(path, 'path');
  const { begin, end } = nameBehind(path, driveEnd(path));
  const base = path.slice(begin, end);
  return base.slice(extensionStart(base));
}

function parse(path) {
  validateString(path, 'path');
  const result = { root: '', dir: '', base: '', ext: '', name: '' };
  const { length } = path;
  if (length === 0) return result;
  if (length === 1) {
    if (isSeparator(path)) result.root = result.dir = path;
    else result.base = result.name = path;
    return result;
  }
  let { end: rootEnd, isShare } = rootEndOf(path);
  if (isShare && rootEnd < length) rootEnd++;
  if (rootEnd === length && (isShare || driveEnd(path) === 2)) {
    result.root = result.dir = path;
    return result;
  }
  if (rootEnd > 0) result.root = path.slice(0, rootEnd);
  const { begin, end } = nameBehind(path, rootEnd);
  const base = path.slice(begin, end);
  const dot = extensionStart(base);
  result.base = base;
  result.name = base.slice(0, dot);
  result.ext = base.slice(dot);
  result.dir = begin > rootEnd ? path.slice(0, begin - 1) : result.root;
  return result;
}

const win32 = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format: formatWith('\\'),
  parse,
  matchesGlob: { matchesGlob(path, pattern) {
    return matchesGlob(path, pattern, true);
  } }.matchesGlob,
  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: null,
  _makeLong: toNamespacedPath,
};

module.exports = win32;
