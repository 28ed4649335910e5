'use strict';

// https://nodejs.org/api/path.html

const { platform } = native('process');

const posix = require('internal/path/posix');

// Few programs ask for the paths of the other system.
let win32;
const getWin32 = () => {
  if (win32 === undefined) {
    win32 = require('internal/path/win32');
    win32.posix = posix;
    win32.win32 = win32;
  }
  return win32;
};

posix.posix = posix;
Object.defineProperty(posix, 'win32', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: getWin32,
  set(value) {
    Object.defineProperty(posix, 'win32', {
      __proto__: null, value, writable: true, enumerable: true, configurable: true,
    });
  },
});

module.exports = platform === 'win32' ? getWin32() : posix;
