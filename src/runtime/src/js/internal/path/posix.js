'use strict';

// https://nodejs.org/api/path.html

const { validateString } = require('internal/validators');
const {
  extensionStart, formatWith, matchesGlob, normalizeSegments, withoutSuffix,
} = require('internal/path/common');

/** Paths that are as short as can be: nothing in them but names and single slashes. */
function isPlain(path) {
  return !path.includes('//') && !path.includes('/.') && path[0] !== '.';
}

function normalizeRelative(path, mayLeadAbove) {
  if (isPlain(path)) {
    const start = path[0] === '/' ? 1 : 0;
    const end = path.length > start && path[path.length - 1] === '/' ? path.length - 1 : path.length;
    return path.slice(start, end);
  }
  return normalizeSegments(path.split('/'), mayLeadAbove).join('/');
}

function resolve(...args) {
  let resolved = '';
  let isResolved = false;
  for (let i = args.length - 1; i >= 0 && !isResolved; i--) {
    const path = args[i];
    validateString(path, `paths[${i}]`);
    if (path === '') continue;
    resolved = `${path}/${resolved}`;
    isResolved = path[0] === '/';
  }
  if (!isResolved) {
    const cwd = require('process').cwd();
    resolved = `${cwd}/${resolved}`;
    isResolved = cwd[0] === '/';
  }
  resolved = normalizeRelative(resolved, !isResolved);
  if (isResolved) return `/${resolved}`;
  return resolved.length > 0 ? resolved : '.';
}

function normalize(path) {
  validateString(path, 'path');
  if (path === '') return '.';
  const isRooted = path[0] === '/';
  const endsInSlash = path[path.length - 1] === '/';
  path = normalizeRelative(path, !isRooted);
  if (path === '') {
    if (isRooted) return '/';
    return endsInSlash ? './' : '.';
  }
  if (endsInSlash) path += '/';
  return isRooted ? `/${path}` : path;
}

function isAbsolute(path) {
  validateString(path, 'path');
  return path[0] === '/';
}

function join(...args) {
  let joined = '';
  for (const arg of args) {
    validateString(arg, 'path');
    if (arg !== '') joined = joined === '' ? arg : `${joined}/${arg}`;
  }
  return joined === '' ? '.' : normalize(joined);
}

function relative(from, to) {
  validateString(from, 'from');
  validateString(to, 'to');
  if (from === to) return '';
  from = resolve(from);
  to = resolve(to);
  if (from === to) return '';
  const ours = from === '/' ? [] : from.slice(1).split('/');
  const theirs = to === '/' ? [] : to.slice(1).split('/');
  let common = 0;
  while (common < ours.length && ours[common] === theirs[common]) common++;
  return [...Array(ours.length - common).fill('..'), ...theirs.slice(common)].join('/');
}

function toNamespacedPath(path) {
  return path;
}

/** Where a path ends without the slashes behind its last name. */
function endOfName(path) {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end--;
  return end;
}

function dirname(path) {
  validateString(path, 'path');
  if (path === '') return '.';
  const isRooted = path[0] === '/';
  const end = endOfName(path);
  const slash = end > 0 ? path.lastIndexOf('/', end - 1) : -1;
  if (slash < 1) return isRooted ? '/' : '.';
  return isRooted && slash === 1 ? '//' : path.slice(0, slash);
}

/** The last name of a path. */
function nameOf(path) {
  const end = endOfName(path);
  if (end === 0) return '';
  return path.slice(path.lastIndexOf('/', end - 1) + 1, end);
}

function basename(path, suffix) {
  if (suffix !== undefined) validateString(suffix, 'suffix');
  validateString(path, 'path');
  const end = endOfName(path);
  const begin = end === 0 ? 0 : path.lastIndexOf('/', end - 1) + 1;
  return withoutSuffix(path, begin, end, suffix);
}

function extname(path) {
  validateString(path, 'path');
  const base = nameOf(path);
  return base.slice(extensionStart(base));
}

function parse(path) {
  validateString(path, 'path');
  const root = path[0] === '/' ? '/' : '';
  const end = endOfName(path);
  const start = end === 0 ? 0 : path.lastIndexOf('/', end - 1) + 1;
  const base = path.slice(start, end);
  // Node.js takes the second dot of `/..` for an extension.
  const dot = base === '..' && start === root.length && root !== '' ? 1 : extensionStart(base);
  const dir = start > root.length ? path.slice(0, start - 1) : root;
  return { root, dir, base, ext: base.slice(dot), name: base.slice(0, dot) };
}

const posix = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format: formatWith('/'),
  parse,
  matchesGlob: { matchesGlob(path, pattern) {
    return matchesGlob(path, pattern, false);
  } }.matchesGlob,
  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
  _makeLong: toNamespacedPath,
};

module.exports = posix;
