// Programs change how modules are found, read and compiled.
const Module = require('module');
const { _load, _resolveFilename } = Module;
Module._load = function(request, ...rest) {
  return request === 'virtual' ? 'loaded' : Reflect.apply(_load, this, [request, ...rest]);
};
console.log(require('virtual'));
Module._load = _load;
Module._resolveFilename = function(request, ...rest) {
  return Reflect.apply(_resolveFilename, this, [request === 'alias' ? 'fs' : request, ...rest]);
};
console.log(require('alias') === require('fs'));
Module._resolveFilename = _resolveFilename;
const module_ = new Module('/nowhere/x.js');
module_._compile('exports.where = [__filename, __dirname]', '/nowhere/x.js');
console.log(module_.exports, module_.loaded);
console.log(require.resolve.paths('./x').length, require.resolve.paths('fs'), Module._nodeModulePaths('/a/node_modules/b'));
console.log(Module.isBuiltin('fs'), Module.isBuiltin('node:test'), Module.isBuiltin('test'), Module.wrap('x'));
const hooks = Module.registerHooks({
  resolve: (specifier, context, next) => (
    specifier === 'made' ? { url: 'made:x', format: 'commonjs', shortCircuit: true } : next(specifier, context)),
  load: (url, context, next) => (
    url === 'made:x' ? { format: 'commonjs', source: 'module.exports = 42', shortCircuit: true } : next(url, context)),
});
console.log(require('made'));
hooks.deregister();
try { require('not made'); } catch (error) { console.log(error.code); }
