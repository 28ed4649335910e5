'use strict';

// How messages lie on the wire between processes:
// https://nodejs.org/api/child_process.html#advanced-serialization

const { Buffer } = require('buffer');

const NEWLINE = 0x0a;

/** A line of JSON each. */
function json(onMessage) {
  /** What has come of a line so far. */
  let pieces = [];
  return {
    write: (message) => `${JSON.stringify(message)}\n`,
    read(bytes) {
      let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = rest.indexOf(NEWLINE); at !== -1; at = rest.indexOf(NEWLINE)) {
        pieces.push(rest.subarray(0, at));
        const line = Buffer.concat(pieces).toString();
        pieces = [];
        rest = rest.subarray(at + 1);
        onMessage(JSON.parse(line));
      }
      if (rest.length > 0) pieces.push(rest);
    },
  };
}

/** The length of the message as four bytes, and what `v8.serialize` makes of it. */
function advanced(onMessage) {
  const v8 = require('v8');
  const HEADER = 4;
  let pending = Buffer.alloc(0);
  return {
    write(message) {
      const body = v8.serialize(message);
      const header = Buffer.alloc(HEADER);
      header.writeUInt32BE(body.length);
      return Buffer.concat([header, body]);
    },
    read(bytes) {
      pending = Buffer.concat([pending, bytes]);
      while (pending.length >= HEADER) {
        const end = HEADER + pending.readUInt32BE();
        if (pending.length < end) return;
        const body = pending.subarray(HEADER, end);
        pending = pending.subarray(end);
        onMessage(v8.deserialize(body));
      }
    },
  };
}

module.exports = { advanced, json };
