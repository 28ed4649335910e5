'use strict';

// Errors that are told differently than the system tells them.

const { codes, uvException } = require('internal/errors');
const { operations: op, sync } = native('fs');

/** The part of a path that `realpath` fails at. */
function errorFor(error, path) {
  const whole = require('path').resolve(String(path));
  let at = '';
  for (const part of whole.split('/').slice(1)) {
    at += `/${part}`;
    try {
      sync(op.lstat, at);
      sync(op.stat, at);
    } catch (failure) {
      return failure.syscall === 'stat' || failure.syscall === 'lstat' ? failure : error;
    }
  }
  return error;
}

/**
 * A pipe or a socket, like `/dev/stdin` often is one, has a path that leads nowhere: it is what
 * the last of the links says. Undefined for all else.
 */
function pathOfPipe(path) {
  const { dirname, resolve } = require('path');
  const fs = require('fs');
  try {
    const stats = fs.statSync(path);
    if (!stats.isFIFO() && !stats.isSocket()) return undefined;
    let at = resolve(String(path));
    while (fs.lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) {
      at = resolve(dirname(at), fs.readlinkSync(at));
    }
    return at;
  } catch {
    return undefined;
  }
}

/** What `rm` says of folders, and of what is not there. */
function rmErrorFor(error, path) {
  if (error.code === 'EISDIR' && error.syscall === 'rm') {
    return new codes.ERR_FS_EISDIR({
      code: 'EISDIR', message: 'is a directory', path: String(path), syscall: 'rm', errno: 21,
    });
  }
  if (error.code === 'ENOENT' && error.syscall === 'rm') {
    return uvException({ errno: error.errno, syscall: 'lstat', path: error.path });
  }
  return error;
}

module.exports = { errorFor, pathOfPipe, rmErrorFor };
