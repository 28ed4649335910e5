'use strict';
const url = require('url');

const address = new URL('../x?a=1&b=%20#h', 'https://us%20er:pw@EXAMPLE.com:8080/p/q/');
console.log(address);
address.searchParams.append('c', 'd e');
address.port = 443;
address.hash = '';
console.log(address.href, String(address.searchParams), [...address.searchParams.keys()]);
console.log(url.format(new URL('http://xn--espaol-zwa.com/a#b'), { unicode: true, fragment: false }));
try {
  new URL('/relative');
} catch (error) {
  console.log(error.name, error.code, error.message, error.input);
}
console.log(url.fileURLToPath('file:///a%20b'), url.pathToFileURL('/a b#?%').href);
console.log(url.domainToASCII('español.com'), url.domainToUnicode('xn--espaol-zwa.com'));
console.log(new URLSearchParams([['a', '1'], ['a', '2']]).getAll('a'), new URLSearchParams({ q: 'é&' }).toString());
