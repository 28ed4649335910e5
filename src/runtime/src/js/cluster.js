'use strict';

// https://nodejs.org/api/cluster.html
//
// There are no workers yet: the program is what would start them.

const EventEmitter = require('events');
const { addMissing } = require('internal/not_implemented');

const cluster = new EventEmitter();
module.exports = cluster;

Object.assign(cluster, {
  isWorker: false,
  isMaster: true,
  isPrimary: true,
  workers: {},
  settings: {},
  SCHED_NONE: 1,
  SCHED_RR: 2,
  schedulingPolicy: 2,
});

addMissing(cluster, 'cluster', {
  functions: 'setupPrimary setupMaster fork disconnect',
  classes: 'Worker',
});
