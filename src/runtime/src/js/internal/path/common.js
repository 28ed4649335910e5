'use strict';

// What both kinds of paths have in common.

const { validateObject, validateString } = require('internal/validators');

/**
 * The segments of a path without empty ones and `.`, and with `..` taken back; where it may,
 * it begins with those that lead above its root.
 */
function normalizeSegments(segments, mayLeadAbove) {
  const kept = [];
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') {
      kept.push(segment);
    } else if (kept.length > 0 && kept[kept.length - 1] !== '..') {
      kept.pop();
    } else if (mayLeadAbove) {
      kept.push('..');
    }
  }
  return kept;
}

/** Where the extension of a file's name begins; its length if it has none. */
function extensionStart(base) {
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? base.length : dot;
}

function format(separator, pathObject) {
  validateObject(pathObject, 'pathObject');
  const { root } = pathObject;
  const dir = pathObject.dir || root;
  const { ext } = pathObject;
  const base = pathObject.base ||
    `${pathObject.name || ''}${ext ? `${ext[0] === '.' ? '' : '.'}${ext}` : ''}`;
  if (!dir) return base;
  return dir === root ? `${dir}${base}` : `${dir}${separator}${base}`;
}

/** `bound _format`, as Node.js calls it. */
function formatWith(separator) {
  return { _format: function _format(pathObject) {
    return format(separator, pathObject);
  } }._format.bind(null);
}

/** The name from `begin` to `end` at the end of a path, without a suffix that it has. */
function withoutSuffix(path, begin, end, suffix) {
  const base = path.slice(begin, end);
  if (suffix === undefined || suffix === '' || suffix.length > path.length) return base;
  if (suffix === path) return '';
  if (base !== suffix && base.endsWith(suffix)) return base.slice(0, -suffix.length);
  // Where the name is the end of the suffix, Node.js leaves the separators behind it.
  return base !== suffix && suffix.endsWith(base) ? path.slice(begin) : base;
}

function matchesGlob(path, pattern, isWindows) {
  validateString(path, 'path');
  validateString(pattern, 'pattern');
  return require('internal/glob').matches(path, pattern, isWindows);
}

module.exports = { extensionStart, formatWith, matchesGlob, normalizeSegments, withoutSuffix };
