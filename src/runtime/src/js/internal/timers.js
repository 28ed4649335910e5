'use strict';

const { codes } = require('internal/errors');
const { validateNumber } = require('internal/validators');

/** Longer durations would overflow 32 bits. */
const TIMEOUT_MAX = 2 ** 31 - 1;

/** A duration in milliseconds as sockets take it: checked, and no longer than can be. */
function timerDuration(milliseconds, name) {
  validateNumber(milliseconds, name);
  if (milliseconds < 0 || !Number.isFinite(milliseconds)) {
    throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', milliseconds);
  }
  if (milliseconds > TIMEOUT_MAX) {
    require('process').emitWarning(
      `${milliseconds} does not fit into a 32-bit signed integer.` +
      `\nTimer duration was truncated to ${TIMEOUT_MAX}.`,
      'TimeoutOverflowWarning');
    return TIMEOUT_MAX;
  }
  return milliseconds;
}

module.exports = {
  /** How many timers and immediates hold the event loop. */
  activeCounts: () => ({ timeouts: 0, immediates: 0 }),
  TIMEOUT_MAX,
  timerDuration,
};
