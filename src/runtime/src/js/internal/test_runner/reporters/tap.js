'use strict';

// The Test Anything Protocol, version 13: https://testanything.org/tap-version-13-specification.html

const { failureTypes } = require('internal/test_runner/failures');

const INDENT = '    ';

async function* tapReporter(source) {
  yield 'TAP version 13\n';
  for await (const { type, data } of source) {
    switch (type) {
      case 'test:fail':
        yield line(data, 'not ok');
        yield details(data);
        break;
      case 'test:pass':
        yield line(data, 'ok');
        yield details(data);
        break;
      case 'test:plan':
        yield `${INDENT.repeat(data.nesting)}1..${data.count}\n`;
        break;
      case 'test:start':
        yield `${INDENT.repeat(data.nesting)}# Subtest: ${escape(data.name)}\n`;
        break;
      case 'test:stderr':
      case 'test:stdout':
        for (const each of data.message.split(/\r?\n/)) {
          if (each !== '') yield `# ${escape(each)}\n`;
        }
        break;
      case 'test:diagnostic':
      case 'test:log':
        yield `${INDENT.repeat(data.nesting)}# ${escape(data.message)}\n`;
        break;
      case 'test:coverage':
        yield require('internal/test_runner/reporters/coverage').reportTap(data);
        break;
      default:
    }
  }
}

function escape(text) {
  return text.replaceAll('\b', '\\b').replaceAll('\f', '\\f').replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\v', '\\v')
    .replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}

function directive(name, value) {
  return ` # ${name}${typeof value === 'string' && value.length > 0 ? ` ${escape(value)}` : ''}`;
}

function line(data, status) {
  const { name, nesting, testNumber, skip, todo, expectFailure } = data;
  let text = `${INDENT.repeat(nesting)}${status} ${testNumber}`;
  if (name) text += ` ${escape(`- ${name}`)}`;
  if (skip !== undefined) text += directive('SKIP', skip);
  else if (todo !== undefined) text += directive('TODO', todo);
  else if (expectFailure !== undefined) text += directive('EXPECTED FAILURE', expectFailure);
  return `${text}\n`;
}

/** The block of YAML below a test. */
function details({ nesting, details: { duration_ms: duration, type, error }, file, line: row, column }) {
  const indent = `${INDENT.repeat(nesting)}  `;
  let text = `${indent}---\n`;
  text += toYaml(indent, 'duration_ms', duration);
  text += toYaml(indent, 'type', type);
  if (error && file !== undefined) text += toYaml(indent, 'location', `${file}:${row}:${column}`);
  text += toYaml(indent, null, error, new Set());
  return `${text}${indent}...\n`;
}

function inspect(value) {
  return require('internal/inspect').inspect(value, { colors: false, breakLength: Infinity });
}

function toYaml(indent, name, value, seen) {
  if (value === null || value === undefined) {
    return name === null ? '' : `${indent}${name}: ~\n`;
  }
  if (typeof value !== 'object') {
    const prefix = `${indent}${name}: `;
    if (typeof value !== 'string') return `${prefix}${inspect(value)}\n`;
    const lines = value.split(/\r?\n|\n/);
    if (lines.length === 1) return `${prefix}${inspect(value)}\n`;
    let text = `${prefix}|-\n`;
    for (const each of lines) text += `${indent}  ${each}\n`;
    return text;
  }
  seen?.add(value);
  const isError = value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
  let inner = indent;
  let text = '';
  if (name !== null) {
    text += `${indent}${name}:\n`;
    inner += '  ';
  }
  for (const [key, entry] of Object.entries(value)) {
    if (isError && (key === 'cause' || key === 'code')) continue;
    if (seen?.has(entry)) {
      text += `${inner}${key}: <Circular>\n`;
      continue;
    }
    text += toYaml(inner, key, entry, seen);
  }
  return isError ? text + errorToYaml(indent, value, seen) : text;
}

function errorToYaml(indent, error, seen) {
  const { cause, code, failureType, message, expected, actual, operator, stack, name } = error;
  let text = '';
  let isAssertion = false;
  let shown = { message: message || '<unknown error>', code, stack, name };
  if (code === 'ERR_TEST_FAILURE') {
    // A failure that has a reason in the test is told of by that.
    if (cause !== null && typeof cause === 'object' && failureType !== failureTypes.subtests) {
      shown = {
        message: cause.message ?? message, code: cause.code ?? code, stack: cause.stack ?? stack,
        name: cause.name ?? undefined,
      };
      isAssertion = cause.code === 'ERR_ASSERTION';
      if (cause.name === 'Error') shown.name = undefined;
    } else {
      shown = { message, code, stack: failureType === failureTypes.subtests ? undefined : stack, name: undefined };
    }
  }
  const source = isAssertion ? cause : { expected, actual, operator };
  text += toYaml(indent, 'error', shown.message, seen);
  if (shown.code !== undefined) text += toYaml(indent, 'code', shown.code, seen);
  if (shown.name && shown.name !== 'Error') text += toYaml(indent, 'name', shown.name, seen);
  if (isAssertion) {
    if (source.expected !== undefined) text += toYaml(indent, 'expected', source.expected, seen);
    if (source.actual !== undefined) text += toYaml(indent, 'actual', source.actual, seen);
    if (source.operator) text += toYaml(indent, 'operator', source.operator, seen);
  }
  return text + stackToYaml(indent, shown.stack);
}

function stackToYaml(indent, stack) {
  if (typeof stack !== 'string') return '';
  const frames = [];
  for (const each of stack.split('\n')) {
    const frame = /^\s+at (.*)$/.exec(each);
    if (frame !== null) frames.push(frame[1]);
  }
  if (frames.length === 0) return '';
  return `${indent}stack: |-\n${frames.map((frame) => `${indent}  ${frame}\n`).join('')}`;
}

module.exports = tapReporter;
