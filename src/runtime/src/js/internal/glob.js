'use strict';

// Patterns of paths: `*`, `?`, `**`, classes, alternatives in braces and the extended forms
// `@(…)`, `?(…)`, `*(…)`, `+(…)` and `!(…)`.
//
// https://nodejs.org/api/path.html#pathmatchesglobpath-pattern

const POSIX_CLASSES = {
  alnum: '\\p{L}\\p{Nl}\\p{Nd}', alpha: '\\p{L}\\p{Nl}', ascii: '\\x00-\\x7f', blank: '\\p{Zs}\\t',
  cntrl: '\\p{Cc}', digit: '\\p{Nd}', graph: '\\x21-\\x7e', lower: '\\p{Ll}', print: '\\x20-\\x7e',
  punct: '\\p{P}', space: '\\p{Z}\\t\\r\\n\\v\\f', upper: '\\p{Lu}',
  word: '\\p{L}\\p{Nl}\\p{Nd}\\p{Pc}', xdigit: 'A-Fa-f0-9',
};

/** More alternatives of braces than these are not made. */
const MOST_ALTERNATIVES = 100000;

/** Every pattern that one with braces stands for. */
function expandBraces(pattern) {
  const open = findBrace(pattern);
  if (open === undefined) return [pattern];
  const before = pattern.slice(0, open.begin);
  const result = [];
  for (const after of expandBraces(pattern.slice(open.end + 1))) {
    for (const choice of open.choices.flatMap(expandBraces)) {
      if (result.length < MOST_ALTERNATIVES) result.push(before + choice + after);
    }
  }
  return result;
}

/** The first brace with alternatives or a range. */
function findBrace(pattern) {
  for (let begin = pattern.indexOf('{'); begin >= 0; begin = pattern.indexOf('{', begin + 1)) {
    if (pattern[begin - 1] === '$') continue;
    let depth = 0;
    const commas = [];
    let end = begin;
    for (; end < pattern.length; end++) {
      if (pattern[end] === '{') depth++;
      else if (pattern[end] === '}' && --depth === 0) break;
      else if (pattern[end] === ',' && depth === 1) commas.push(end);
    }
    if (end === pattern.length) continue;
    if (commas.length > 0) {
      const stops = [begin, ...commas, end];
      const choices = stops.slice(1).map((stop, i) => pattern.slice(stops[i] + 1, stop));
      return { begin, end, choices };
    }
    const choices = rangeOf(pattern.slice(begin + 1, end));
    if (choices !== undefined) return { begin, end, choices };
  }
  return undefined;
}

/** `1..3`, `a..e`, `01..10..2` */
function rangeOf(text) {
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  if (match === null) return undefined;
  const isNumeric = /\d/.test(match[1]);
  if (isNumeric !== /\d/.test(match[2])) return undefined;
  const numberOf = (word) => (isNumeric ? Number(word) : word.charCodeAt(0));
  const [first, last] = [numberOf(match[1]), numberOf(match[2])];
  const step = Math.max(Math.abs(Number(match[3] ?? 1)), 1) * (first <= last ? 1 : -1);
  const isPadded = isNumeric && (/^-?0\d/.test(match[1]) || /^-?0\d/.test(match[2]));
  const width = Math.max(match[1].length, match[2].length);
  const choices = [];
  for (let at = first; step > 0 ? at <= last : at >= last; at += step) {
    if (!isNumeric) choices.push(String.fromCharCode(at));
    else if (!isPadded) choices.push(String(at));
    else choices.push(at < 0 ? `-${String(-at).padStart(width - 1, '0')}` : String(at).padStart(width, '0'));
    if (choices.length >= MOST_ALTERNATIVES) break;
  }
  return choices;
}

/** A letter as itself: within a class, a hyphen has to be escaped, and nowhere else it may be. */
const escaped = (letter) => letter.replace(/[[\]{}()*+?.\\^$|/]/g, '\\$&');
const escapedInClass = (letter) => letter.replace(/[-[\]{}()*+?.\\^$|/]/g, '\\$&');

/** A class in brackets as a regular expression's, and where it ends. */
function parseClass(segment, start) {
  let at = start + 1;
  let isNegated = false;
  if (segment[at] === '!' || segment[at] === '^') {
    isNegated = true;
    at++;
  }
  let body = '';
  let isFirst = true;
  while (at < segment.length && (isFirst || segment[at] !== ']')) {
    const named = /^\[:(\w+):\]/.exec(segment.slice(at));
    if (named !== null && Object.hasOwn(POSIX_CLASSES, named[1])) {
      body += POSIX_CLASSES[named[1]];
      at += named[0].length;
    } else if (segment[at + 1] === '-' && at + 2 < segment.length && segment[at + 2] !== ']') {
      if (segment[at] <= segment[at + 2]) body += `${escapedInClass(segment[at])}-${escapedInClass(segment[at + 2])}`;
      at += 3;
    } else {
      body += escapedInClass(segment[at++]);
    }
    isFirst = false;
  }
  if (at >= segment.length) return undefined;
  const source = body === '' ? isNegated ? '[^/]' : '[^\\s\\S]' : `[${isNegated ? '^' : ''}${body}]`;
  return { source, end: at };
}

/** Where the parenthesis that opens at a place is closed. */
function closing(segment, open) {
  let depth = 0;
  for (let at = open; at < segment.length; at++) {
    if (segment[at] === '(') depth++;
    else if (segment[at] === ')' && --depth === 0) return at;
  }
  return -1;
}

function splitChoices(text) {
  const choices = [''];
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === '|' && depth === 0) choices.push('');
    else choices[choices.length - 1] += c;
  }
  return choices;
}

/** The source of a regular expression that matches a name. */
function sourceOf(segment) {
  let source = '';
  for (let at = 0; at < segment.length; at++) {
    const c = segment[at];
    if ('@?*+!'.includes(c) && segment[at + 1] === '(') {
      const end = closing(segment, at + 1);
      if (end > 0) {
        const choices = splitChoices(segment.slice(at + 2, end)).map((choice) => sourceOf(choice));
        const behind = sourceOf(segment.slice(end + 1));
        const group = `(?:${choices.join('|')})`;
        if (c === '!') return `${source}(?:(?!${group}${behind}$)[^/]*?)${behind}`;
        return `${source}${group}${c === '@' ? '' : c}${behind}`;
      }
    }
    if (c === '*') {
      while (segment[at + 1] === '*') at++;
      source += '[^/]*?';
    } else if (c === '?') {
      source += '[^/]';
    } else if (c === '[') {
      const parsed = parseClass(segment, at);
      if (parsed === undefined) {
        source += '\\[';
      } else {
        source += parsed.source;
        at = parsed.end;
      }
    } else {
      source += escaped(c);
    }
  }
  return source;
}

const hasMagic = (segment) => /[*?[]|[@+!]\(/.test(segment);

/** What a segment of a pattern is compared by: a text, or a regular expression. */
function compileSegment(segment, ignoresCase) {
  if (segment === '**') return '**';
  if (!hasMagic(segment)) return segment;
  const source = sourceOf(segment);
  // Wild cards do not stand for the dot that hides a file, nor for nothing.
  const startsWild = /^(?:[*?[]|[@+!?*]\()/.test(segment);
  const mayBeEmpty = /^[@+!?*]\(/.test(segment);
  const guard = startsWild ? `(?!\\.)${mayBeEmpty ? '' : '(?=.)'}` : '(?!\\.{1,2}$)';
  return new RegExp(`^${guard}${source}$`, ignoresCase ? 'siu' : 'su');
}

function compile(pattern, ignoresCase) {
  return expandBraces(pattern).map((each) => (
    simplify(each.split('/')).map((segment) => compileSegment(segment, ignoresCase))));
}

/** Without empty segments and `.`, and with names before `..` taken back. */
function simplify(segments) {
  const kept = [];
  segments.forEach((segment, index) => {
    const last = kept[kept.length - 1];
    if (segment === '**' && last === '**') return;
    if (segment === '.' && index > 0) return;
    if (segment === '' && index > 0 && index < segments.length - 1) return;
    if (segment === '..' && kept.length > 0 && !['..', '.', '**', ''].includes(last)) {
      kept.pop();
      return;
    }
    kept.push(segment);
  });
  return kept;
}

function matchSegment(matcher, name, ignoresCase) {
  if (typeof matcher !== 'string') return matcher.test(name);
  return ignoresCase ? matcher.toLowerCase() === name.toLowerCase() : matcher === name;
}

function matchFrom(names, at, matchers, from, ignoresCase) {
  while (from < matchers.length && at < names.length) {
    if (matchers[from] === '**') {
      if (from === matchers.length - 1) {
        return names.slice(at).every((name) => name[0] !== '.');
      }
      for (let next = at; next < names.length; next++) {
        if (matchFrom(names, next, matchers, from + 1, ignoresCase)) return true;
        if (names[next][0] === '.') return false;
      }
      return false;
    }
    if (!matchSegment(matchers[from], names[at], ignoresCase)) return false;
    from++;
    at++;
  }
  if (at === names.length && from === matchers.length) return true;
  // A slash at the end of a path is no name.
  return from === matchers.length && at === names.length - 1 && names[at] === '';
}

/** Whether a path is one of those that a pattern stands for. */
function matches(path, pattern, isWindows) {
  // Nothing is escaped in patterns: what looks so separates names, as on Windows.
  pattern = pattern.replaceAll('\\', '/');
  if (isWindows) path = path.replaceAll('\\', '/');
  if (pattern === '') return path === '';
  const names = path.split('/').filter((name, index, all) => name !== '' || index === 0 || index === all.length - 1);
  const { platform } = native('process');
  const ignoresCase = platform === 'win32' || platform === 'darwin';
  return compile(pattern, ignoresCase).some((matchers) => matchFrom(names, 0, matchers, 0, ignoresCase));
}

module.exports = { compile, expandBraces, matches };
