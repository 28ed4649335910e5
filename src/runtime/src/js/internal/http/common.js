'use strict';

// What all messages of http share.

const { codes, hideStackFrames } = require('internal/errors');
const { isToken, isFieldValue } = native('http');

const { ERR_HTTP_INVALID_HEADER_VALUE, ERR_INVALID_CHAR, ERR_INVALID_HTTP_TOKEN } = codes;

/** The reasons that go with statuses (IANA's list, and what Node.js adds). */
const STATUS_CODES = {
  100: 'Continue',
  101: 'Switching Protocols',
  102: 'Processing',
  103: 'Early Hints',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  207: 'Multi-Status',
  208: 'Already Reported',
  226: 'IM Used',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  305: 'Use Proxy',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  417: 'Expectation Failed',
  418: 'I\'m a Teapot',
  421: 'Misdirected Request',
  422: 'Unprocessable Entity',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  506: 'Variant Also Negotiates',
  507: 'Insufficient Storage',
  508: 'Loop Detected',
  509: 'Bandwidth Limit Exceeded',
  510: 'Not Extended',
  511: 'Network Authentication Required',
};

/** Facts of a message, as the native half names them (`head_writer.rs`). */
const KEEP_ALIVE = 1;
const HAS_BODY = 1 << 1;
const MAY_CHUNK = 1 << 2;
const SEND_DATE = 1 << 3;
const NO_CONNECTION = 1 << 4;
const NO_LENGTH = 1 << 5;
const NO_ENCODING = 1 << 6;
const TELL_TIMEOUT = 1 << 7;
const HAS_AGENT = 1 << 8;
const IS_LAST_ALLOWED = 1 << 9;
const CHUNKED = 1 << 16;
const LAST = 1 << 17;
const HAS_LENGTH = 1 << 18;
const EXPECTS = 1 << 20;

/** How many idle parsers are to be kept: none ever is, for each connection has its own. */
const parsers = { name: 'parsers', max: 1000, list: [] };

/** The most bytes that a head may have, unless a message's options say something else. */
function maxHeaderSize() {
  return require('internal/options').number('max-http-header-size') ?? 16 * 1024;
}

/** Whether what careless peers send is taken, where a message's options do not say. */
function isLenientByDefault() {
  return require('internal/options').flag('insecure-http-parser');
}

const validateHeaderName = hideStackFrames((name, label) => {
  if (typeof name !== 'string' || !isToken(name)) {
    throw new ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
  }
});

const validateHeaderValue = hideStackFrames((name, value) => {
  if (value === undefined) throw new ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (!isFieldValue(`${value}`)) throw new ERR_INVALID_CHAR('header content', name);
});

/** Says what is wrong with fields of which the native half has refused one. */
function throwForFields(fields) {
  const check = (name, value) => {
    validateHeaderName(name);
    for (const each of Array.isArray(value) ? value : [value]) validateHeaderValue(name, each);
  };
  if (Array.isArray(fields)) {
    if (Array.isArray(fields[0])) for (const [name, value] of fields) check(name, value);
    else for (let i = 0; i < fields.length; i += 2) check(fields[i], fields[i + 1]);
  } else {
    for (const name of Object.keys(fields)) check(name, fields[name]);
  }
  throw new ERR_INVALID_CHAR('header content');
}

/** Encodings of which each unit is a byte. */
function isLatin1(encoding) {
  return encoding === 'latin1' || encoding === 'binary';
}

module.exports = {
  CHUNKED,
  EXPECTS,
  HAS_AGENT,
  HAS_BODY,
  HAS_LENGTH,
  IS_LAST_ALLOWED,
  KEEP_ALIVE,
  LAST,
  MAY_CHUNK,
  NO_CONNECTION,
  NO_ENCODING,
  NO_LENGTH,
  SEND_DATE,
  STATUS_CODES,
  TELL_TIMEOUT,
  isLatin1,
  isLenientByDefault,
  isToken,
  maxHeaderSize,
  parsers,
  throwForFields,
  validateHeaderName,
  validateHeaderValue,
};
