'use strict';

// https://nodejs.org/api/diagnostics_channel.html

const { Channel, channel, channels } = require('internal/diagnostics/channel');
const { BoundedChannel, TracingChannel } = require('internal/diagnostics/tracing');

function subscribe(name, subscription) {
  return channel(name).subscribe(subscription);
}

function unsubscribe(name, subscription) {
  return channel(name).unsubscribe(subscription);
}

function hasSubscribers(name) {
  const known = channels.get(name);
  return known === undefined ? false : known.hasSubscribers;
}

function tracingChannel(nameOrChannels) {
  return new TracingChannel(nameOrChannels);
}

function boundedChannel(nameOrChannels) {
  return new BoundedChannel(nameOrChannels);
}

require('internal/modules').traceRequire(new TracingChannel('module.require'));

module.exports = {
  channel,
  hasSubscribers,
  subscribe,
  tracingChannel,
  unsubscribe,
  boundedChannel,
  Channel,
  BoundedChannel,
};
