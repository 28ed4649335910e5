'use strict';
const util = require('util');

const original = (a, callback) => callback(a < 0 ? new Error('negative') : null, a * 2);
util.promisify(original)(2).then(console.log);
util.promisify(original)(-1).catch((error) => console.log(error.message));
util.callbackify(async (a) => a + 1)(1, (error, value) => console.log(error, value));
util.callbackify(() => Promise.reject(null))((error) => console.log(error.code, error.reason));

console.log(util.isDeepStrictEqual({ a: [1, new Map([[1, { b: 2 }]])] }, { a: [1, new Map([[1, { b: 2 }]])] }));
console.log(util.types.isProxy(new Proxy({}, {})), util.types.isAsyncFunction(async () => {}));
console.log(util.stripVTControlCharacters('\u001b[31mred\u001b[39m'), util.getSystemErrorName(-2));
console.log(JSON.stringify(util.styleText(['bold', 'red'], 'x', { validateStream: false })));
console.log(util.parseArgs({
  args: ['-f', '--name', 'n', '--no-color', 'rest'],
  options: { force: { type: 'boolean', short: 'f' }, name: { type: 'string' }, color: { type: 'boolean' } },
  allowPositionals: true,
  allowNegative: true,
}));
console.log(String(new util.MIMEType('text/html; charset="utf-8"; q=a b')));
console.log(util.diff('abc', 'abd'));
try {
  util.inherits(function() {}, () => {});
} catch (error) {
  console.log(error.message);
}
