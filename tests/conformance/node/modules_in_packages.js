// What `exports` and `imports` of packages mean, for `require` and for `import`.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { createRequire } = require('module');

const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'axil-')));
const write = (name, text) => {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text));
};
write('package.json', { name: 'self', imports: { '#dep': 'dep', '#f/*': './f/*.js' }, exports: './own.js' });
write('own.js', 'module.exports = "own"');
write('f/x.js', 'module.exports = "x"');
write('main.js', 'module.exports = [require, (s) => import(s)]');
write('node_modules/dep/package.json', {
  exports: { '.': { import: './m.mjs', require: './c.js' }, './p/*': './p/*.js', './no': null, './bad': 'b.js' },
});
write('node_modules/dep/m.mjs', 'export default "import"');
write('node_modules/dep/c.js', 'module.exports = "require"');
write('node_modules/dep/p/q.js', 'exports.a = 1; exports.b = 2');
write('node_modules/old/package.json', { main: 'lib' });
write('node_modules/old/lib/index.js', 'module.exports = { a, b: a }; var a');

const [requireIt, importIt] = createRequire(path.join(root, 'main.js'))('./main.js');
const shown = (error) => `${error.code}: ${error.message.split('\n')[0].replaceAll(root, '')}`;

(async () => {
  for (const name of ['dep', '#dep', '#f/x', 'self', 'dep/p/q', 'old', 'dep/no', 'dep/bad', 'dep/zz', '#zz', 'none']) {
    try { console.log(name, requireIt(name)); } catch (error) { console.log(name, shown(error)); }
    try {
      const namespace = await importIt(name);
      console.log(name, Object.keys(namespace), namespace.default);
    } catch (error) {
      console.log(name, shown(error));
    }
  }
  fs.rmSync(root, { recursive: true });
})();
