'use strict';

// https://nodejs.org/api/https.html
//
// Agents can be made, for programs make them before they know whether they need one.

const { Agent: HttpAgent } = require('http');
const { NotImplementedError } = require('internal/errors');
const { addMissing } = require('internal/not_implemented');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  Reflect.apply(HttpAgent, this, [options]);
  this.defaultPort = 443;
  this.protocol = 'https:';
  this.maxCachedSessions = this.options?.maxCachedSessions ?? 100;
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);

Agent.prototype.createConnection = function() {
  throw new NotImplementedError('https.Agent.createConnection');
};

module.exports = { Agent };

let globalAgent;
Object.defineProperty(module.exports, 'globalAgent', {
  configurable: true,
  enumerable: true,
  get() {
    return (globalAgent ??= new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }));
  },
  set(value) {
    globalAgent = value;
  },
});

addMissing(module.exports, 'https', { functions: 'createServer get request', classes: 'Server' });
