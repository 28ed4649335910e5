'use strict';

// Errors of connections, which have the classes and codes of undici's:
// https://undici.nodejs.org/#/docs/api/Errors

/** A class of errors; `message` is what is said if nothing else is. */
function define(name, code, message) {
  const Class = {
    [name]: class extends Error {
      constructor(text = message, properties = undefined) {
        super(text);
        Object.defineProperty(this, 'name', { configurable: true, writable: true, value: name });
        if (code !== undefined) this.code = code;
        Object.assign(this, properties);
      }
    },
  };
  return Class[name];
}

module.exports = {
  HTTPParserError: define('HTTPParserError', undefined, 'HTTP Parser Error'),
  HeadersTimeoutError: define('HeadersTimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'Headers Timeout Error'),
  InvalidArgumentError: define('InvalidArgumentError', 'UND_ERR_INVALID_ARG', 'Invalid Argument Error'),
  NotSupportedError: define('NotSupportedError', 'UND_ERR_NOT_SUPPORTED', 'Not supported error'),
  RequestContentLengthMismatchError: define(
    'RequestContentLengthMismatchError', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
    'Request body length does not match content-length header'),
  SocketError: define('SocketError', 'UND_ERR_SOCKET', 'Socket error'),
};
