'use strict';

// Time since the program began, in milliseconds.

const { uptime } = native('process');

const now = () => uptime() * 1000;

/** The time of day when that was, in milliseconds since 1970. */
const timeOrigin = Date.now() - now();

module.exports = { now, timeOrigin };
