'use strict';
process.removeAllListeners('warning');
const punycode = require('punycode');

for (const text of ['mañana', 'bücher', '中文', '😀', 'plain']) {
  console.log(punycode.encode(text), punycode.decode(punycode.encode(text)) === text);
}
console.log(punycode.toASCII('mañana.com'), punycode.toUnicode('xn--maana-pta.com'));
console.log(punycode.ucs2.decode('a😀'), punycode.ucs2.encode([97, 0x1f600]));
