'use strict';

// What modules tell operators of their own work, as `util.debuglog` prints it:
// https://nodejs.org/api/cli.html#node_debugmodule
//
// Used as `debug?.(…)`: without `NODE_DEBUG` there is no function, nothing is put together to
// be told, and the module that prints is not loaded.

const isWanted = Boolean(native('modules').variable('NODE_DEBUG'));

/** The function that tells of a section, if anybody wants to know. */
module.exports = (section) => (isWanted ? require('internal/util/debuglog').debuglog(section) : undefined);
