'use strict';

// Patterns for addresses: what they match, and how they are written.

const match = (pattern, input, options) => new URLPattern({ pathname: pattern }, options).exec({ pathname: input })?.pathname.groups;

for (const [pattern, input] of [
  ['/books/:id(\\d+)', '/books/12'], ['/books/:id(\\d+)', '/books/x'], ['/:a/:b?', '/1'], ['/:a{/:b}?/*', '/1/2/3'],
  ['/files/*', '/files/a/b'], ['/:all+', '/a/b/c'], ['/a\\:b', '/a:b'], ['/\u00e9', '/%C3%A9'],
]) console.log(pattern, match(pattern, input));
console.log(match('/AbC', '/aBc'), match('/AbC', '/aBc', { ignoreCase: true }));

const parts = ({ protocol, username, password, hostname, port, pathname, search, hash }) => (
  [protocol, username, password, hostname, port, pathname, search, hash].join(' | '));
for (const text of [
  'https://*.example.com/foo/*', 'https://a.com:8080/x\\?q=:q#h', 'data\\:foo*', 'http{s}?://h/:x(a|b)', '*://*/*?*',
]) console.log(parts(new URLPattern(text)));
console.log(parts(new URLPattern('../x/:y', 'https://a.com:443/b/c/?q#h')));
for (const pathname of ['/{x}?', '/{:x}y', '/:x{y}', '/(.*)', '{/:b}', '/:a(.*)', '/{:a}b']) {
  console.log(pathname, new URLPattern({ pathname }).pathname);
}
console.log(new URLPattern('https://:sub.h.org/:p').exec('https://www.h.org/index?a=1#b'));
console.log(new URLPattern({ protocol: 'http{s}?' }).test('/x', 'https://h'));

for (const given of [['/x'], ['('], [{ pathname: '/:a/:a' }], [{ port: 'x' }], [{}, 'http://x'], [1], [{ baseURL: 'x' }]]) {
  try {
    new URLPattern(...given);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
