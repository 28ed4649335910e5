'use strict';

// Responses that wait until those before them on their connection are written.
// https://nodejs.org/api/http.html#class-httpserverresponse
//
// A client may send requests before it has read what it was answered; the program gets all
// of them, and may answer them in any order. What it writes too early is kept by the
// response, as with any outgoing message that has no socket.

const { Buffer } = require('buffer');
const { isLatin1 } = require('internal/http/common');
const { kChunk, kChunkLength, kCorked, kEndCallbacks, kNeedDrain } = require('internal/http/outgoing');
const { nextTick } = native('process');

/** So much may be kept before no more requests are read. */
const HIGH_WATER_MARK = 64 * 1024;

/** Puts a response behind those of a connection that have not been written yet. */
function wait(connection, response) {
  response._waitsFor = connection;
  connection.waiting ??= [];
  connection.waiting.push(response);
  connection.kept ??= 0;
  if (connection.kept >= HIGH_WATER_MARK || connection.queued() >= HIGH_WATER_MARK) hold(connection, true);
}

/** A response has kept so many more bytes, or has got rid of them. */
function keep(response, bytes) {
  changeKept(response._waitsFor, bytes);
}

function changeKept(connection, bytes) {
  connection.kept += bytes;
  if (connection.isHeld && connection.kept < HIGH_WATER_MARK) hold(connection, false);
}

function hold(connection, isHeld) {
  connection.isHeld = isHeld;
  connection.hold(isHeld);
  // A stream of the program's is read by itself.
  const { socket } = connection;
  if (isHeld) socket?.pause();
  else socket?.resume();
}

/** Gives the next response of a connection its turn: what it has kept goes out. */
function takeTurn(connection, socketOf) {
  const response = connection.waiting?.shift();
  if (response === undefined) return;
  response._waitsFor = null;
  response._native = connection;
  connection.response = response;
  const { socket } = connection;
  if (socket !== undefined) socket._httpMessage = response;
  if (response._eventsCount > 0 && response._events.socket !== undefined) response.emit('socket', socketOf(connection));
  if (response._native === null) return;
  changeKept(connection, -response.outputSize);
  writeKept(connection, response);
  if (response.finished) {
    const isObserved = response._eventsCount > 0 || response[kEndCallbacks] !== null;
    connection.endResponse(isObserved);
    if (isObserved) {
      nextTick(nextTick, flush, connection);
      if (response._events?.prefinish !== undefined) response.emit('prefinish');
    }
  } else if (response[kNeedDrain]) {
    response[kNeedDrain] = false;
    response.emit('drain');
  }
}

function flush(connection) {
  connection.flush();
}

/** Writes what a response has kept, and a chunk that is open. */
function writeKept(connection, response) {
  const { outputData } = response;
  if (outputData !== undefined && outputData.length > 0) {
    response.outputData = [];
    response.outputSize = 0;
    for (const { data, encoding, callback } of outputData) {
      if (data.length > 0) connection.writeRaw(encoded(data, encoding));
      if (typeof callback === 'function') connection.whenWritten(callback);
    }
  }
  if (response._header) connection.continueBody(response._settled);
  const parts = response[kChunk];
  if (parts === null) return;
  response[kChunk] = null;
  response[kChunkLength] = 0;
  for (let i = 0; i < parts.length; i += 3) {
    connection.writeBody(encoded(parts[i], parts[i + 1]), false);
    if (typeof parts[i + 2] === 'function') connection.whenWritten(parts[i + 2]);
  }
  if (response[kCorked] === 0) connection.closeChunk();
}

/** Bytes that the native half takes as they are. */
function encoded(data, encoding) {
  if (typeof data !== 'string' || isLatin1(encoding)) return data;
  return Buffer.from(data, encoding ?? 'utf8');
}

module.exports = { keep, takeTurn, wait };
