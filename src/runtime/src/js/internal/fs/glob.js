'use strict';

// Files by patterns: https://nodejs.org/api/fs.html#fspromisesglobpattern-options

const { compile, matches } = require('internal/glob');
const { Dirent } = require('internal/fs/dir');
const { toPathIfFileURL } = require('internal/fs/utils');
const { statsOf } = require('internal/fs/stats');
const { constants } = require('internal/fs/constants');
const {
  validateBoolean, validateFunction, validateObject, validateString, validateStringArray,
} = require('internal/validators');
const { async: start, operations: op, sync } = native('fs');

const IGNORES_CASE = ['win32', 'darwin'].includes(native('process').platform);

/** A search for files: `yield` wants an operation to be done, or gives what was found. */
class Search {
  #cwd;
  #excludes;
  #withFileTypes;
  #followSymlinks;
  #patterns;
  #results = new Set();
  #listed = new Map();

  constructor(pattern, options = {}, usualFolder = '.') {
    if (typeof pattern === 'string') pattern = [pattern];
    else if (typeof pattern === 'object') validateStringArray(pattern, 'patterns');
    else validateString(pattern, 'patterns');
    validateObject(options, 'options');
    const { cwd = usualFolder, exclude, withFileTypes = false, followSymlinks = false } = options;
    this.#cwd = toPathIfFileURL(cwd);
    validateString(this.#cwd, 'options.cwd');
    validateBoolean(withFileTypes, 'options.withFileTypes');
    this.#withFileTypes = withFileTypes;
    this.#followSymlinks = Boolean(followSymlinks);
    if (Array.isArray(exclude)) {
      validateStringArray(exclude, 'options.exclude');
      this.#excludes = (entry) => {
        const path = withFileTypes ? this.#relative(entry) : entry;
        return exclude.some((each) => matches(path, each, false));
      };
    } else if (exclude !== undefined && exclude !== null) {
      validateFunction(exclude, 'options.exclude');
      this.#excludes = exclude;
    }
    this.#patterns = pattern.filter((each) => each !== '').flatMap((each) => compile(each, IGNORES_CASE));
  }

  #relative(entry) {
    const { join, relative } = require('path');
    return relative(this.#cwd, join(entry.parentPath, entry.name));
  }

  #whole(path) {
    return require('path').resolve(this.#cwd, path);
  }

  /** The entries of a folder: names and kinds, sorted. */
  * #list(folder) {
    let entries = this.#listed.get(folder);
    if (entries === undefined) {
      const found = yield { want: [op.readdir, this.#whole(folder || '.'), false, true] };
      entries = found === null ? [] : found[0].map((name, i) => [name, found[1][i]]);
      this.#listed.set(folder, entries);
    }
    return entries;
  }

  * #kindOf(path, follows) {
    const stats = statsOf(yield { want: [follows ? op.stat : op.lstat, this.#whole(path), false, true] });
    if (stats === undefined || stats === null) return undefined;
    if (stats.isDirectory()) return constants.UV_DIRENT_DIR;
    return stats.isSymbolicLink() ? constants.UV_DIRENT_LINK : constants.UV_DIRENT_FILE;
  }

  #dirent(path, kind) {
    const { basename, dirname, join } = require('path');
    return new Dirent(basename(path), kind, dirname(join(this.#cwd, path)));
  }

  #isExcluded(path, kind) {
    if (this.#excludes === undefined) return false;
    return this.#excludes(this.#withFileTypes ? this.#dirent(path, kind) : path);
  }

  * #give(path, kind) {
    if (path === '') path = '.';
    if (this.#results.has(path) || this.#isExcluded(path, kind)) return;
    this.#results.add(path);
    yield { found: this.#withFileTypes ? this.#dirent(path, kind) : path };
  }

  * run() {
    for (const matchers of this.#patterns) {
      const isAbsolute = matchers[0] === '' && matchers.length > 1;
      yield* this.#walk(matchers, isAbsolute ? '/' : '', isAbsolute ? 1 : 0);
    }
  }

  * #walk(matchers, first, at) {
    const visited = new Set();
    const waiting = [[first, at]];
    const add = (path, index) => {
      const key = `${index}:${path}`;
      if (visited.has(key)) return;
      visited.add(key);
      waiting.push([path, index]);
    };
    for (let next = 0; next < waiting.length; next++) {
      const [folder, index] = waiting[next];
      const matcher = matchers[index];
      const isLast = index === matchers.length - 1;
      const child = (name) => (folder === '' ? name : folder.endsWith('/') ? folder + name : `${folder}/${name}`);
      if (matcher === undefined) {
        const kind = yield* this.#kindOf(folder || '.', false);
        if (kind !== undefined) yield* this.#give(folder, kind);
      } else if (matcher === '**') {
        if (isLast) {
          const kind = yield* this.#kindOf(folder || '.', false);
          if (kind !== undefined) yield* this.#give(folder, kind);
        } else {
          add(folder, index + 1);
        }
        for (const [name, kind] of yield* this.#list(folder)) {
          if (name[0] === '.') continue;
          const path = child(name);
          const isFolder = kind === constants.UV_DIRENT_DIR || this.#followSymlinks &&
            kind === constants.UV_DIRENT_LINK && (yield* this.#kindOf(path, true)) === constants.UV_DIRENT_DIR;
          if (isFolder && !this.#isExcluded(path, kind)) add(path, index);
          else if (isLast) yield* this.#give(path, kind);
        }
      } else if (typeof matcher === 'string') {
        if (matcher === '' && isLast) {
          if ((yield* this.#kindOf(folder || '.', true)) === constants.UV_DIRENT_DIR) {
            yield* this.#give(`${folder}/`, constants.UV_DIRENT_DIR);
          }
          continue;
        }
        const path = child(matcher);
        if (!isLast) {
          add(path, index + 1);
          continue;
        }
        const kind = yield* this.#kindOf(path, false);
        if (kind !== undefined) yield* this.#give(path, kind);
      } else {
        for (const [name, kind] of yield* this.#list(folder)) {
          if (!matcher.test(name)) continue;
          const path = child(name);
          if (isLast) {
            yield* this.#give(path, kind);
          } else {
            const mayBeFolder = kind === constants.UV_DIRENT_DIR || kind === constants.UV_DIRENT_LINK;
            if (mayBeFolder && !this.#isExcluded(path, kind)) add(path, index + 1);
          }
        }
      }
    }
  }
}

/** What an operation gives; null where nothing can be had. */
function quietly(wanted) {
  try {
    return sync(...wanted) ?? null;
  } catch {
    return null;
  }
}

function globSync(pattern, options) {
  const results = [];
  const steps = new Search(pattern, options).run();
  let step = steps.next();
  while (!step.done) {
    if (step.value.want === undefined) {
      results.push(step.value.found);
      step = steps.next();
    } else {
      step = steps.next(quietly(step.value.want));
    }
  }
  return results;
}

async function* found(search) {
  const steps = search.run();
  let step = steps.next();
  while (!step.done) {
    if (step.value.want === undefined) {
      yield step.value.found;
      step = steps.next();
    } else {
      const [operation, ...args] = step.value.want;
      step = steps.next(await new Promise((resolve) => {
        start(operation, (error, value) => resolve(error ? null : value ?? null), ...args);
      }));
    }
  }
}

/** A search that goes on while the program does: its entries have whole paths. */
function laterSearch(pattern, options = {}) {
  return new Search(pattern, options, process.cwd());
}

async function* iterate(pattern, options) {
  yield* found(laterSearch(pattern, options));
}

function glob(pattern, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'cb');
  Array.fromAsync(found(laterSearch(pattern, options))).then(
    (entries) => process.nextTick(callback, null, entries), (error) => process.nextTick(callback, error));
}

module.exports = { glob, globSync, iterate };
