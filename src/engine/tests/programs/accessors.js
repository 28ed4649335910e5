// Getters and setters of all sorts, each often enough to be known to the caches.
var out = [];
function often(name, f) {
  let value;
  for (let i = 0; i < 40; i++) {
    try { value = f(i); } catch (error) { value = error.name + ': ' + error.message; }
  }
  out.push(name + ' ' + value);
}
class Point {
  #x = 1;
  get x() { return this.#x; }
  set x(value) { this.#x = value; return 'unheard'; }
  get adder() { return (n) => n + this.#x; }
  get thrower() { throw new RangeError('from a getter'); }
  static get origin() { return this.name; }
  get only() { return 'read'; }
  set written(value) { this.#x = value; }
}
const point = new Point();
often('own', (i) => { point.x = i; return point.x; });
often('value of an assignment', (i) => point.x = i);
often('method', () => point.adder(1));
often('thrown', () => point.thrower);
often('static', () => Point.origin);
often('no setter', () => { 'use strict'; point.only = 1; });
often('no setter, sloppy', () => { point.only = 1; return point.only; });
often('no getter', () => { point.written = 5; return point.written + ' ' + point.x; });

const list = [1, 2];
Object.defineProperty(list, 'last', { get() { return this[this.length - 1]; }, set(value) { this[this.length - 1] = value; } });
often('array', (i) => { list.last = i; return list.last + list; });

class Sized { get length() { return 5; } }
const things = [new Sized(), 'four', [1]];
often('length', (i) => things[i % 3].length);

class Named extends Point { name = 'n'; get x() { return super.x + this.name; } set x(value) { super.x = value + 1; } }
const named = new Named();
often('super', (i) => { named.x = i; return named.x; });

const loop = { get a() { return this.b; }, get b() { return this.a; }, set c(value) { this.c = value; } };
often('endless getter', () => loop.a);
often('endless setter', () => { loop.c = 1; });

function* reads() { for (;;) yield point.x; }
const reader = reads();
often('in a generator', (i) => { point.x = i; return reader.next().value; });

// What was a getter becomes something else, and the other way.
const changing = { get v() { return 'getter'; } };
const heir = Object.create(changing);
often('before', () => changing.v + heir.v);
Object.defineProperty(changing, 'v', { value: 'value', configurable: true });
often('after', () => changing.v + heir.v);
Object.defineProperty(changing, 'v', { get: () => 'another', set: undefined });
often('again', () => changing.v + heir.v);
Object.defineProperty(heir, 'v', { value: 'own' });
often('hidden', () => changing.v + heir.v);

const bound = { get f() { return 1; } };
Object.defineProperty(bound, 'f', { get: function () { return this.k; }.bind({ k: 'bound' }) });
often('bound', () => bound.f);
const native = Object.create(Map.prototype, {});
often('native', () => native.size);
const withDefault = { set s(value = 'default') { this.got = value; } };
often('default', () => { withDefault.s = undefined; return withDefault.got; });
const own = { get self() { return arguments.length; }, set self(value) { this.count = arguments.length; } };
often('arguments', () => { own.self = 1; return own.self + ' ' + own.count; });
const sloppy = { get kind() { return typeof this; } };
Object.setPrototypeOf(Number.prototype, sloppy);
often('primitive', () => (1).kind);
out = out.join('\n');
