'use strict';

// The channels on which `http` tells what it does.
// https://nodejs.org/api/diagnostics_channel.html#http

const { channel } = require('internal/diagnostics/channel');

module.exports = {
  onClientRequestCreated: channel('http.client.request.created'),
  onClientRequestError: channel('http.client.request.error'),
  onClientRequestStart: channel('http.client.request.start'),
  onClientResponseFinish: channel('http.client.response.finish'),
  onServerRequestStart: channel('http.server.request.start'),
  onServerResponseCreated: channel('http.server.response.created'),
  onServerResponseFinish: channel('http.server.response.finish'),
};
