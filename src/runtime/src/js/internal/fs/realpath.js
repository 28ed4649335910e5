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

/** What `rm` says of folders, and of what is not there. */
function rmErrorFor(error, path) {
  if (error.code === 'EISDIR' && error.syscall === 'rm') {
    return new codes.ERR_FS_EISDIR({
      code: 'EISDIR', message: 'is a directory', path: String(path), syscall: 'rm', errno: error.errno,
    });
  }
  if (error.code === 'ENOENT' && error.syscall === 'rm') {
    return uvException({ errno: error.errno, syscall: 'lstat', path: error.path });
  }
  return error;
}

module.exports = { errorFor, rmErrorFor };
