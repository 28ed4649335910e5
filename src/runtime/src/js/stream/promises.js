'use strict';

// https://nodejs.org/api/stream.html#streams-promises-api

const { codes } = require('internal/errors');
const { isIterable, isNodeStream, isWebStream } = require('internal/stream/predicates');
const { pipelineOf } = require('internal/stream/pipeline');
const { finished } = require('internal/stream/end_of_stream');

function pipeline(...streams) {
  return new Promise((resolve, reject) => {
    let signal;
    let end;
    const last = streams[streams.length - 1];
    if (last && typeof last === 'object' && !isNodeStream(last) && !isIterable(last) && !isWebStream(last)) {
      const options = streams.pop();
      ({ signal, end } = options);
    }
    if (streams.length === 0) throw new codes.ERR_MISSING_ARGS('streams');
    pipelineOf(streams, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    }, { signal, end });
  });
}

module.exports = { finished, pipeline };
