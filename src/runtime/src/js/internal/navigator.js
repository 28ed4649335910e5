'use strict';

// https://nodejs.org/api/globals.html#navigator

const { NotImplementedError, codes } = require('internal/errors');
const { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS } = codes;

const kInternal = Symbol('kInitialize');

class Navigator {
  #isNavigator = true;

  constructor(internal) {
    if (internal !== kInternal) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  #check() {
    if (!this.#isNavigator) throw new ERR_INVALID_THIS('Navigator');
  }

  /** How many threads can run at the same time. */
  get hardwareConcurrency() {
    this.#check();
    return require('os').availableParallelism();
  }

  get locks() {
    this.#check();
    throw new NotImplementedError('navigator.locks');
  }

  get language() {
    this.#check();
    return 'en-US';
  }

  get languages() {
    this.#check();
    return Object.freeze(['en-US']);
  }

  get userAgent() {
    this.#check();
    const { version } = require('process');
    return `Node.js/${/^v(\d+)/.exec(version)[1]}`;
  }

  get platform() {
    this.#check();
    const { arch, platform } = require('process');
    if (platform === 'darwin') return 'MacIntel';
    if (platform === 'win32') return 'Win32';
    if (platform === 'linux') {
      const machine = { ia32: 'i686', x64: 'x86_64', arm64: 'aarch64' }[arch] ?? arch;
      return `Linux ${machine}`;
    }
    return `${platform[0].toUpperCase()}${platform.slice(1)} ${arch}`;
  }
}

for (const name of ['hardwareConcurrency', 'locks', 'language', 'languages', 'userAgent', 'platform']) {
  Object.defineProperty(Navigator.prototype, name, { enumerable: true });
}

module.exports = { Navigator, navigator: new Navigator(kInternal) };
