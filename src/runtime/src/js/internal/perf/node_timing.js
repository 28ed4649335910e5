'use strict';

// When the process came to its milestones:
// https://nodejs.org/api/perf_hooks.html#class-performancenodetiming

const { PerformanceEntry } = require('internal/perf/entries');
const { now } = require('internal/perf/clock');
const { inspect } = require('internal/inspect');

/** The program is there when this is loaded first. */
const loaded = now();
const NOT_YET = -1;

const milestones = {
  nodeStart: 0,
  v8Start: 0,
  environment: 0,
  loopStart: NOT_YET,
  loopExit: NOT_YET,
  bootstrapComplete: loaded,
};
// The loop begins once the main program has run.
require('timers').setImmediate(() => {
  milestones.loopStart = now();
}).unref();

const milestone = (name) => milestones[name];

class PerformanceNodeTiming {
  constructor() {
    const fixed = (value) => ({ __proto__: null, enumerable: true, configurable: true, value });
    const changing = (get) => ({ __proto__: null, enumerable: true, configurable: true, get });
    Object.defineProperties(this, {
      name: fixed('node'),
      entryType: fixed('node'),
      startTime: fixed(0),
      duration: changing(now),
      nodeStart: changing(() => milestones.nodeStart),
      v8Start: changing(() => milestones.v8Start),
      environment: changing(() => milestones.environment),
      loopStart: changing(() => milestones.loopStart),
      loopExit: changing(() => milestones.loopExit),
      bootstrapComplete: changing(() => milestones.bootstrapComplete),
      idleTime: changing(() => 0),
    });
  }

  toJSON() {
    const {
      name, entryType, startTime, duration, nodeStart, v8Start, bootstrapComplete, environment,
      loopStart, loopExit, idleTime,
    } = this;
    return {
      name, entryType, startTime, duration, nodeStart, v8Start, bootstrapComplete, environment,
      loopStart, loopExit, idleTime,
    };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    return `PerformanceNodeTiming ${inspect(this.toJSON(), options)}`;
  }
}
Object.setPrototypeOf(PerformanceNodeTiming.prototype, PerformanceEntry.prototype);

module.exports = { milestone, nodeTiming: new PerformanceNodeTiming() };
