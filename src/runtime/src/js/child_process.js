'use strict';

// https://nodejs.org/api/child_process.html

const { addMissing } = require('internal/not_implemented');

addMissing(module.exports, 'child_process', {
  functions: '_forkChild exec execFile execFileSync execSync fork spawn spawnSync',
  classes: 'ChildProcess',
});
