const a = require('a');
let b;
exports.c = () => b + __dirname;
return module;
