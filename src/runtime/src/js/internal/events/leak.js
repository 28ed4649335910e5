'use strict';

// The warning of more listeners than are likely to be meant.

const { inspect } = require('internal/inspect');

function warnOfLeak(target, type, count, most) {
  const warning = new Error(
    'Possible EventEmitter memory leak detected. ' +
    `${count} ${String(type)} listeners added to ${inspect(target, { depth: -1 })}. ` +
    `MaxListeners is ${most}. Use emitter.setMaxListeners() to increase limit`);
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = target;
  warning.type = type;
  warning.count = count;
  require('process').emitWarning(warning);
}

module.exports = { warnOfLeak };
