'use strict';
const querystring = require('querystring');

console.log(querystring.parse('a=1&a=2&b=%20+c&d&=e&%zz=f'));
console.log(querystring.parse('a:1;b:2', ';', ':'), querystring.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 }));
console.log(querystring.stringify({ a: [1, 'x y'], b: true, c: null, d: 'é', e: 1n, f: {} }));
console.log(querystring.escape('a b&c'), querystring.unescape('%41%zz%ff'));
