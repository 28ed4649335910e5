'use strict';

// Warnings: https://nodejs.org/api/process.html#processemitwarningwarning-options
//
// A warning is an event of `process`; what is listened to by default prints it.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const options = require('internal/options');
const { validateString } = require('internal/validators');
const { writeSync } = native('process');

/** Whether it has been said how to see where warnings come from. */
let hasShownHelp = false;

function emitWarning(process, warning, type, code, constructor) {
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    constructor = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') detail = type.detail;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    constructor = type;
    code = '';
    type = 'Warning';
  }
  if (type !== undefined) validateString(type, 'type');
  if (typeof code === 'function') {
    constructor = code;
    code = '';
  } else if (code !== undefined) {
    validateString(code, 'code');
  }
  if (typeof warning === 'string') {
    warning = create(warning, type, code, constructor || process.emitWarning, detail);
  } else if (!(warning instanceof Error)) {
    throw new ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  }
  if (warning.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      // Nobody who only warns should have to catch.
      process.nextTick(() => {
        throw warning;
      });
      return;
    }
  }
  process.nextTick(() => process.emit('warning', warning));
}

/** Prints a warning at once. */
function emitWarningNow(message) {
  const process = require('process');
  if (options.flag('warnings') && process.env.NODE_NO_WARNINGS !== '1') {
    onWarning(process, create(message, undefined, undefined, emitWarningNow));
  }
}

function create(message, type, code, constructor, detail) {
  const warning = new Error(message);
  warning.name = String(type || 'Warning');
  if (code !== undefined) warning.code = code;
  if (detail !== undefined) warning.detail = detail;
  Error.captureStackTrace(warning, constructor);
  return warning;
}

let disabled;

/** Prints a warning, unless it is turned off. */
function onWarning(process, warning) {
  disabled ??= options.list('disable-warning');
  if (disabled.length > 0 && (disabled.includes(warning?.code) || disabled.includes(warning?.name))) return;
  if (!(warning instanceof Error)) return;
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (isDeprecation && process.noDeprecation) return;
  const isTraced = Boolean(process.traceProcessWarnings || isDeprecation && process.traceDeprecation);
  let text = `(${process.release.name}:${process.pid}) `;
  if (warning.code) text += `[${warning.code}] `;
  if (isTraced && warning.stack) text += warning.stack;
  else if (typeof warning.toString === 'function') text += warning.toString();
  else text += Error.prototype.toString.call(warning);
  if (typeof warning.detail === 'string') text += `\n${warning.detail}`;
  if (!isTraced && !hasShownHelp) {
    hasShownHelp = true;
    const name = (process.argv0 || 'node').replace(/^.*[/\\]|\.exe$/g, '');
    text += `\n(Use \`${name} --trace-${isDeprecation ? 'deprecation' : 'warnings'} ...\` ` +
      'to show where the warning was created)';
  }
  print(process, text);
}

/** Writes to standard error, or to the file that `--redirect-warnings` names. */
function print(process, text) {
  const path = options.text('redirect-warnings') ?? process.env.NODE_REDIRECT_WARNINGS;
  if (path) {
    try {
      require('fs').appendFileSync(path, `${text}\n`);
      return;
    } catch {
      // Then it is shown where it would be without the option.
    }
  }
  // Where a program has looked at the stream, it may have changed it.
  const stream = require('internal/process/streams')[2];
  if (stream === undefined) writeSync(2, `${text}\n`);
  else stream.write(`${text}\n`);
}

module.exports = { emitWarning, emitWarningNow, onWarning };
