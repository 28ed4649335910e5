'use strict';

// URLs of files: https://nodejs.org/api/url.html#urlfileurltopathurl-options

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { URL, isURL } = require('internal/url');
const half = native('url');
const { platform } = native('process');

const {
  ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_FILE_URL_HOST, ERR_INVALID_FILE_URL_PATH,
  ERR_INVALID_URL_SCHEME,
} = codes;

function fileUrlOf(path) {
  if (typeof path === 'string') path = new URL(path);
  else if (!isURL(path)) throw new ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') throw new ERR_INVALID_URL_SCHEME('file');
  return path;
}

function pathError(reason, url) {
  const error = new ERR_INVALID_FILE_URL_PATH(reason);
  error.input = url;
  return error;
}

function checkPosix(url) {
  if (url.hostname !== '') throw new ERR_INVALID_FILE_URL_HOST(platform);
  if (/%2f/i.test(url.pathname)) throw pathError('must not include encoded / characters', url);
}

/** A path of Windows; `decode` is what makes texts of encoded ones. */
function windowsPath(url, decode) {
  const { hostname } = url;
  let { pathname } = url;
  if (/%2f|%5c/i.test(pathname)) throw pathError('must not include encoded \\ or / characters', url);
  pathname = decode(pathname.replaceAll('/', '\\'));
  if (hostname !== '') return `\\\\${half.domainToUnicode(hostname)}${pathname}`;
  if (!/^\\[a-z]:/i.test(pathname)) throw pathError('must be absolute', url);
  return pathname.slice(1);
}

function fileURLToPath(path, options = undefined) {
  const url = fileUrlOf(path);
  if (options?.windows ?? platform === 'win32') return windowsPath(url, decodeURIComponent);
  checkPosix(url);
  return url.pathname.includes('%') ? decodeURIComponent(url.pathname) : url.pathname;
}

/** As `fileURLToPath`, for paths that are no texts. */
function fileURLToPathBuffer(path, options = undefined) {
  const url = fileUrlOf(path);
  const bytesOf = (text) => {
    const bytes = half.percentDecode(text);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  };
  if (options?.windows ?? platform === 'win32') return bytesOf(windowsPath(url, (text) => text));
  checkPosix(url);
  return bytesOf(url.pathname);
}

// ---------------------------------------------------------------------------

/** What paths may hold and URLs may not, beside what is no ASCII. */
const ESCAPES = {
  '%': '%25', '\\': '%5C', '\n': '%0A', '\r': '%0D', '\t': '%09', ' ': '%20', '"': '%22', '#': '%23',
  '?': '%3F', '<': '%3C', '>': '%3E', '[': '%5B', ']': '%5D', '^': '%5E', '|': '%7C', '~': '%7E',
};

const escaped = (path, isWindows) => path.replace(
  isWindows ? /[%\n\r\t "#?<>[\]^|~]/g : /[%\\\n\r\t "#?<>[\]^|~]/g, (c) => ESCAPES[c]);

function pathToFileURL(filepath, options) {
  validateString(filepath, 'path');
  const isWindows = options?.windows ?? platform === 'win32';
  if (isWindows && filepath.startsWith('\\\\')) return sharedFileUrl(filepath);
  const path = require('path');
  const resolver = isWindows ? path.win32 : path.posix;
  let resolved = resolver.resolve(filepath);
  // A slash at the end says that it is a folder.
  const last = filepath[filepath.length - 1];
  if ((last === '/' || isWindows && last === '\\') && resolved[resolved.length - 1] !== resolver.sep) {
    resolved += '/';
  }
  return new URL(`file://${isWindows ? '/' : ''}${escaped(resolved, isWindows)}`);
}

/** The URL of `\\server\share\file`. */
function sharedFileUrl(filepath) {
  const isExtended = filepath.startsWith('\\\\?\\');
  if (isExtended && !/^\\\\\?\\UNC\\/i.test(filepath)) {
    return pathToFileURL(filepath.slice(4), { windows: true });
  }
  const prefix = isExtended ? '\\\\?\\UNC\\'.length : 2;
  const end = filepath.indexOf('\\', prefix);
  if (end < 0) throw new ERR_INVALID_ARG_VALUE('path', filepath, 'Missing UNC resource path');
  if (end === 2) throw new ERR_INVALID_ARG_VALUE('path', filepath, 'Empty UNC servername');
  const host = filepath.slice(prefix, end);
  const url = new URL(`file://${half.domainToASCII(host)}${escaped(filepath.slice(end).replaceAll('\\', '/'), true)}`);
  return url;
}

module.exports = { fileURLToPath, fileURLToPathBuffer, pathToFileURL };
