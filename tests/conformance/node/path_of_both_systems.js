'use strict';
const path = require('path');

for (const kind of [path.posix, path.win32]) {
  for (const text of ['', '/', 'a/../b//c/.', '/a/b.c.d/', 'C:\\a\\..\\b', '\\\\server\\share\\x', '..\\a', '.x']) {
    console.log(kind.normalize(text), kind.dirname(text), kind.basename(text), kind.extname(text), kind.isAbsolute(text));
    console.log(JSON.stringify(kind.parse(text)), kind.format(kind.parse(text)));
  }
  console.log(kind.join('a', '..', '/b', './c/'), kind.relative('/a/b/c', '/a/d'), kind.basename('a.html', '.html'));
}
console.log(path.posix.resolve('/a', 'b', '../c'), path.win32.resolve('C:\\a', '..', 'b'));
console.log(path.matchesGlob('src/a/b.js', 'src/**/*.{js,ts}'), path.matchesGlob('.hidden', '*'));
