'use strict';

// The reporter for people: a tree of tests, and at the end those that failed.
// https://nodejs.org/api/test.html#test-reporters

const { Transform } = require('stream');
const { colors, indentation, SIGNS } = require('internal/test_runner/reporters/colors');
const { failureTypes } = require('internal/test_runner/failures');

function colorOf(type, level) {
  const known = colors();
  switch (type) {
    case 'test:fail': return known.red;
    case 'test:pass': return known.green;
    case 'test:diagnostic':
      return level === 'warn' ? known.yellow : level === 'error' ? known.red : known.blue;
    default: return known.blue;
  }
}

function formatError(error, indent) {
  const shown = error.code === 'ERR_TEST_FAILURE' ? error.cause : error;
  const { inspect } = require('internal/inspect');
  const text = inspect(shown, { colors: colors().hasColors, breakLength: Infinity });
  return `\n${indent}  ${text.split(/\r?\n/).join(`\n${indent}  `)}\n`;
}

function directive(value, fallback) {
  return ` # ${typeof value === 'string' && value.length > 0 ? value : fallback}`;
}

/** The line of a test, and below it its error. */
function formatResult(type, data, withError, prefix = '', indent = '') {
  const { gray, white, yellow } = colors();
  const { skip, todo, expectFailure } = data;
  let color = colorOf(type);
  let sign = SIGNS[type];
  let title = data.name;
  if (data.details?.duration_ms) title += ` ${gray}(${data.details.duration_ms}ms)${white}`;
  if (skip !== undefined) {
    title += directive(skip, 'SKIP');
    color = gray;
    sign = SIGNS['hyphen:minus'];
  } else if (todo !== undefined) {
    title += directive(todo, 'TODO');
    if (type === 'test:fail') {
      color = yellow;
      sign = SIGNS['warning:alert'];
    }
  } else if (expectFailure !== undefined) {
    title += ' # EXPECTED FAILURE';
  }
  const error = withError && data.details?.error ? formatError(data.details.error, indent) : '';
  return `${prefix}${indent}${color}${sign}${white}${title}${white}${error}`;
}

class SpecReporter extends Transform {
  /** Tests that have begun and of which nothing has been said, the innermost first. */
  #begun = [];
  #parents = [];
  #failed = [];

  constructor() {
    super({ __proto__: null, writableObjectMode: true });
  }

  #report(type, data) {
    const own = this.#begun.shift();
    if (own === undefined || own.nesting !== data.nesting || own.name !== data.name) {
      if (own !== undefined) this.#begun.unshift(own);
    }
    let prefix = '';
    while (this.#begun.length > 0) {
      const parent = this.#begun.pop();
      this.#parents.unshift(parent);
      prefix += `${indentation(parent.nesting)}${SIGNS['arrow:right']}${parent.name}\n`;
    }
    const [last] = this.#parents;
    if (last !== undefined && last.nesting === data.nesting && last.name === data.name) this.#parents.shift();
    return `${formatResult(type, data, false, prefix, indentation(data.nesting))}\n`;
  }

  #handle({ type, data }) {
    switch (type) {
      case 'test:fail':
        if (data.details?.error?.failureType !== failureTypes.subtests) this.#failed.push(data);
        return this.#report(type, data);
      case 'test:pass':
        return this.#report(type, data);
      case 'test:start':
        this.#begun.unshift(data);
        return '';
      case 'test:stderr':
      case 'test:stdout':
        return data.message;
      case 'test:diagnostic':
      case 'test:log': {
        const color = colorOf(type, data.level);
        return `${color}${indentation(data.nesting)}${SIGNS[type]}${data.message}${colors().white}\n`;
      }
      case 'test:coverage':
        return require('internal/test_runner/reporters/coverage').report(data, colors());
      case 'test:summary':
        // Files have summaries of their own, where there are several.
        return data.file === undefined || data.isWhole ? this.#formatFailed() : '';
      default:
        return '';
    }
  }

  #formatFailed() {
    if (this.#failed.length === 0) return '';
    const { red, white } = colors();
    const results = [`\n${red}${SIGNS['test:fail']}failing tests:${white}\n`];
    for (const data of this.#failed) {
      if (data.file) {
        const path = require('path').relative(process.cwd(), data.file);
        results.push(`test at ${path}:${data.line}:${data.column}`);
      }
      results.push(formatResult('test:fail', data, true));
    }
    this.#failed = [];
    return results.join('\n');
  }

  _transform(event, encoding, callback) {
    callback(null, this.#handle(event));
  }

  _flush(callback) {
    callback(null, this.#formatFailed());
  }
}

module.exports = SpecReporter;
