'use strict';

// Events of connections: https://websockets.spec.whatwg.org/#closeevent,
// https://html.spec.whatwg.org/multipage/webappapis.html#errorevent

const { Event } = require('internal/event_target');
const {
  argumentCount, checkDictionary, defineMembers, illegalInvocation, isObject, toDomString, toUnsignedShort,
  toUsvString,
} = require('internal/fetch/webidl');

function typeOf(type, count, Class) {
  const prefix = `${Class} constructor`;
  argumentCount(count, 1, prefix);
  return toDomString(type, prefix, 'type');
}

class CloseEvent extends Event {
  #init;

  constructor(type, init = {}) {
    type = typeOf(type, arguments.length, 'CloseEvent');
    checkDictionary(init);
    super(type, init);
    this.#init = {
      wasClean: Boolean(init?.wasClean),
      code: toUnsignedShort(init?.code ?? 0),
      reason: toUsvString(init?.reason ?? '', 'CloseEvent constructor', 'eventInitDict.reason'),
    };
  }

  static #of(event) {
    if (!isObject(event) || !(#init in event)) throw illegalInvocation();
    return event.#init;
  }

  get wasClean() {
    return CloseEvent.#of(this).wasClean;
  }

  get code() {
    return CloseEvent.#of(this).code;
  }

  get reason() {
    return CloseEvent.#of(this).reason;
  }
}

defineMembers(CloseEvent, ['wasClean', 'code', 'reason']);

class ErrorEvent extends Event {
  #init;

  constructor(type, init) {
    type = typeOf(type, arguments.length, 'ErrorEvent');
    checkDictionary(init);
    super(type, init);
    const prefix = 'ErrorEvent constructor';
    this.#init = {
      message: toDomString(init?.message ?? '', prefix, 'eventInitDict.message'),
      filename: toUsvString(init?.filename ?? '', prefix, 'eventInitDict.filename'),
      lineno: Number(init?.lineno ?? 0) >>> 0,
      colno: Number(init?.colno ?? 0) >>> 0,
      error: init?.error,
    };
  }

  static #of(event) {
    if (!isObject(event) || !(#init in event)) throw illegalInvocation();
    return event.#init;
  }

  get message() {
    return ErrorEvent.#of(this).message;
  }

  get filename() {
    return ErrorEvent.#of(this).filename;
  }

  get lineno() {
    return ErrorEvent.#of(this).lineno;
  }

  get colno() {
    return ErrorEvent.#of(this).colno;
  }

  get error() {
    return ErrorEvent.#of(this).error;
  }
}

defineMembers(ErrorEvent, ['message', 'filename', 'lineno', 'colno', 'error']);

module.exports = { CloseEvent, ErrorEvent };
