'use strict';

// A pattern for a whole address, taken apart.
// https://urlpattern.spec.whatwg.org/#constructor-string-parsing

const { canonicalize, SPECIAL_SCHEMES } = require('internal/url_pattern/canonical');
const { Component, DEFAULT } = require('internal/url_pattern/component');
const { tokenize } = require('internal/url_pattern/tokenizer');

/** The states in which nothing of the address is read yet that a later one would need. */
const BEFORE_HOSTNAME = ['protocol', 'authority', 'username', 'password'];
const BEFORE_PATHNAME = [...BEFORE_HOSTNAME, 'hostname', 'port'];
const BEFORE_SEARCH = [...BEFORE_PATHNAME, 'pathname'];

class ConstructorString {
  result = {};
  state = 'init';
  at = 0;
  start = 0;
  step = 1;
  groups = 0;
  brackets = 0;
  isSpecial = false;

  constructor(text) {
    this.points = [...text];
    this.tokens = tokenize(this.points, true);
  }

  parse() {
    for (; this.at < this.tokens.length; this.at += this.step) {
      this.step = 1;
      const { type } = this.tokens[this.at];
      if (type === 'end') {
        if (this.state === 'init') {
          this.rewind();
          if (this.is('#')) this.change('hash', 1);
          else if (this.isSearch()) this.change('search', 1);
          else this.change('pathname', 0);
          continue;
        }
        if (this.state === 'authority') {
          this.rewind('hostname');
          continue;
        }
        this.change('done', 0);
        break;
      }
      if (type === 'open') {
        this.groups++;
        continue;
      }
      if (this.groups > 0) {
        if (type !== 'close') continue;
        this.groups--;
      }
      this[this.state]();
    }
    if (this.result.hostname !== undefined) this.result.port ??= '';
    return this.result;
  }

  /** Begins again where the component does, in another state. */
  rewind(state = this.state) {
    this.at = this.start;
    this.step = 0;
    this.state = state;
  }

  change(state, skip) {
    if (!['init', 'authority', 'done'].includes(this.state)) this.result[this.state] = this.text();
    if (this.state !== 'init' && state !== 'done') {
      const isPast = (names) => names.includes(state);
      if (BEFORE_HOSTNAME.includes(this.state) && isPast(['port', 'pathname', 'search', 'hash'])) {
        this.result.hostname ??= '';
      }
      if (BEFORE_PATHNAME.includes(this.state) && isPast(['search', 'hash'])) {
        this.result.pathname ??= this.isSpecial ? '/' : '';
      }
      if (BEFORE_SEARCH.includes(this.state) && isPast(['hash'])) this.result.search ??= '';
    }
    this.state = state;
    this.at += skip;
    this.start = this.at;
    this.step = 0;
  }

  /** The text of the component that has been read. */
  text() {
    const { index } = this.tokens[Math.min(this.start, this.tokens.length - 1)];
    return this.points.slice(index, this.tokens[this.at].index).join('');
  }

  /** Whether a character stands there that is no part of a pattern's syntax. */
  is(value, at = this.at) {
    const token = this.tokens[Math.min(at, this.tokens.length - 1)];
    return token.value === value && ['char', 'escaped-char', 'invalid-char'].includes(token.type);
  }

  isSearch() {
    if (this.is('?')) return true;
    if (this.tokens[this.at].value !== '?') return false;
    // Behind these, it would be a modifier.
    const before = this.tokens[this.at - 1];
    return before === undefined || !['name', 'regexp', 'close', 'asterisk'].includes(before.type);
  }

  // -------------------------------------------------------------------------
  // The states
  // -------------------------------------------------------------------------

  init() {
    if (this.is(':')) this.rewind('protocol');
  }

  protocol() {
    if (!this.is(':')) return;
    const { regexp } = new Component(this.text(), canonicalize.protocol, DEFAULT);
    this.isSpecial = SPECIAL_SCHEMES.some((scheme) => regexp.test(scheme));
    if (this.is('/', this.at + 1) && this.is('/', this.at + 2)) this.change('authority', 3);
    else if (this.isSpecial) this.change('authority', 1);
    else this.change('pathname', 1);
  }

  authority() {
    if (this.is('@')) this.rewind('username');
    else if (this.is('/') || this.isSearch() || this.is('#')) this.rewind('hostname');
  }

  username() {
    if (this.is(':')) this.change('password', 1);
    else if (this.is('@')) this.change('hostname', 1);
  }

  password() {
    if (this.is('@')) this.change('hostname', 1);
  }

  hostname() {
    if (this.is('[')) this.brackets++;
    else if (this.is(']')) this.brackets--;
    else if (this.is(':') && this.brackets === 0) this.change('port', 1);
    else this.port();
  }

  port() {
    if (this.is('/')) this.change('pathname', 0);
    else this.pathname();
  }

  pathname() {
    if (this.isSearch()) this.change('search', 1);
    else this.search();
  }

  search() {
    if (this.is('#')) this.change('hash', 1);
  }

  hash() {}
}

function parseConstructorString(text) {
  return new ConstructorString(text).parse();
}

module.exports = { parseConstructorString };
