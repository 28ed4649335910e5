'use strict';

// What has lost its prototype is called by what made it.

const { format, inspect } = require('util');

const bare = (object) => Object.setPrototypeOf(object, null);

class Base { own = 1; }
class Derived extends Base {}
function Old() {}

console.log(bare(new Base()), bare(new Derived()), bare(new Old()), bare({ a: 1 }));
console.log(bare(Object.create({})), Object.create(null), Object.create(bare(new Old())));
console.log(bare([1]), bare(new Map()), bare([].values()), bare((function*() {})()));
console.log(bare((function() { return arguments; })(1, 2)));
console.log(format('%s', bare(new Base())), inspect([[[[bare(new Base())]]]]));

const changed = bare(new Base());
changed.more = true;
console.log(changed, bare(Object.setPrototypeOf(changed, {})));
