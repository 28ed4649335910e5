var out = ''; function log(x) { out += String(x) + '\n'; }
function mk(n) { return { [Symbol.iterator]() { var i = 0; return { next() { return { value: i++, done: i > n }; }, return(v) { log('ret'); return {}; } }; } }; }
// throwing inside closing
try { for (var x of mk(3)) { throw new Error('body'); } } catch (e) { log(e.message); }
function f1() { for (var x of mk(3)) { return 'r' + x; } } log(f1());
function f2() { for (var x of mk(3)) { try { return 'r' + x; } finally { log('fin'); } } } log(f2());
var bad = { [Symbol.iterator]() { return { next() { return { value: 1, done: false }; }, return() { throw new Error('close'); } }; } };
try { for (var x of bad) break; } catch (e) { log(e.message); }
try { for (var x of bad) { throw new Error('b2'); } } catch (e) { log(e.message); }
function f3() { for (var x of bad) { try { return 1; } catch (e) { return 'wrong'; } } } try { log(f3()); } catch (e) { log('ok ' + e.message); }
function* inner() { try { yield 1; yield 2; } finally { log('cleanup'); } }
function* outer() { try { yield* inner(); } finally { log('ofin'); } }
var g = outer(); g.next(); log(g.return(5).value);
var g = outer(); g.next(); try { g.throw(new Error('T')); } catch (e) { log(e.message); }
function* dl() { var r = yield* { [Symbol.iterator]() { return { next(v) { log('n' + v); return { value: 1, done: v === 'end' }; } }; } }; log('done' + r); }
var g = dl(); g.next('ignored'); g.next('a'); g.next('end');
function* thr() { yield* mk(2); } var g = thr(); g.next(); try { g.throw(1); } catch (e) { log(e.message); }
var [a = log('def') || 5, { b } = { b: 3 }] = mk(0); 
log(a + ',' + b);
var o = {}; [o.p, o['q'], ...o.r] = mk(4); log(o.p + ',' + o.q + ',' + o.r.length);
({ a: o.z, ...o.w } = { a: 1, b: 2 }); log(o.z + ',' + o.w.b);
for (var [i, j] of { [Symbol.iterator]() { var n = 0; return { next() { return { value: mk(2), done: n++ > 1 }; } }; } }) log(i + ',' + j);
for (let { q = 1 } = {}, n = 0; n < 1; n++) log(q);
class P { static #x = 1; static #m() { return P.#x++; } static t() { P.#m(); P.#x += 2; return P.#x; } } log(P.t());
class Q { #a; constructor(o) { if (o) return o; } } 
class R extends Q { #r = 5; static g(o) { return o.#r; } } var tgt = {}; new R(tgt); log(R.g(tgt)); try { new R(tgt); } catch (e) { log(e.message); }
class S { get #x() { return 1; } t() { this.#x = 2; } m() { this.#n = 1; } #n() {} } try { new S().t(); } catch (e) { log(e.message); } try { new S().m(); } catch (e) { log(e.message); }
var key = 0; class T { [++key] = ++key; [++key]() { return 'm'; } static [++key] = 'st'; } log(new T()[1] + ',' + new T()[2]() + ',' + T[3]); log(key);
log(class { static name = 'nm'; }.name); log((class { static name() {} }).name.name);
var sup = { __proto__: { hi() { return 'hi ' + this.n; } }, n: 'o', hi() { return super.hi() + '!'; }, set v(x) { super.v = x; } }; log(sup.hi()); sup.v = 4; 
log((function () { return typeof this; }).call(1)); log((function () { 'use strict'; return typeof this; }).call(1));
log((() => typeof this)());
function dup(a, a) { return a; } log(dup(1, 2));
function argm(a) { a = 2; return arguments[0]; } log(argm(1)); function argd(a) { delete arguments[0]; a = 2; return arguments[0]; } log(argd(1));
function argf(a) { Object.freeze(arguments); a = 2; return arguments[0]; } log(argf(1)); log((function () { return arguments.callee.length; })());
function evf(x) { eval('var y = 1; let z = 2; function w() { return x + y; }'); return w() + typeof z; } log(evf(5));
function evs(x) { 'use strict'; eval('var y = 1'); return typeof y; } log(evs());
try { eval('let dupe; var dupe'); } catch (e) { log(e.name); } try { (function () { let q; eval('var q'); })(); } catch (e) { log(e.name + e.message); }
var geval = eval; geval('var ge = 1; let gl = 2'); log(ge + typeof gl); log(delete globalThis.ge);
(function () { var arrow = () => eval('this.tt'); log(arrow()); }).call({ tt: 'TT' });
class EV { #pv = 3; t() { return eval('this.#pv'); } static s = eval('this.name'); } log(new EV().t()); log(EV.s);
log((function () { return eval('new.target'); })()); log(eval('var vv = 1; vv;')); log(eval('if (0) 1; else {}')); log(eval('1; do { 2; break; } while(0)'));
with ({ a: 1, [Symbol.unscopables]: { a: true } }) { log(typeof a); } var wo = { v: 1 }; with (wo) { var v = 2; (function () { v++; })(); eval('v *= 10'); } log(wo.v);
with (wo) { eval('var nw = 7'); } log(nw); log(typeof wo.nw);
function wf(o) { with (o) { return () => x; } } log(wf({ x: 'wx' })());
var { length } = 'abc'; log(length);  
try { null.x; } catch (e) { log(e.message); } try { var [z1] = null; } catch (e) { log(e.name); } 
try { tdz; let tdz; } catch (e) { log(e.message); } try { for (let i of [i]) ; } catch (e) { log(e.message); } try { class X extends X {} } catch (e) { log(e.message); }
try { const c = 1; c = 2; } catch (e) { log(e.message); } (function fe() { fe = 1; log(typeof fe); })(); 
switch (3) { case 1: log('1'); default: log('d'); case 2: log('2'); break; case 4: log(4); }
log(`${1}${'a'}${null}`); var tt = []; function tg(s) { return s; } for (var i = 0; i < 2; i++) tt[i] = tg`x`; log(tt[0] === tt[1]); log(Object.isFrozen(tt[0]) + ',' + tt[0].raw[0]);
log((0 || null) ?? "n"); var lo = { a: null }; lo.a ??= 5; lo.a &&= 6; lo.a ||= 7; log(lo.a); log(lo?.b?.c.d.e); log(lo.b?.[log('no')]); log((lo?.a).toString()); log(delete lo?.a);
var fnn = function () {}; log(fnn.name); var { dn = () => {} } = {}; log(dn.name); [anon = class {}] = mk(0); var anon; log(anon.name); var sy = Symbol('desc'); var os = { [sy]() {}, ['x' + 1]: () => {}, get [sy]() { return 1; } }; log(os.x1.name);
log(String(class { static a() {} }) + String({ get  b ( ) { return 1; } }.b)); log(String(Object.getOwnPropertyDescriptor({ get  b ( ) { return 1; } }, 'b').get)); log(String(class { static   sm ( ) {} }.sm)); log(String({ async *  ag(){} }.ag));
function* gargs() { yield arguments.length; yield this; } log(gargs(1, 2).next().value); var gm = { *m() { yield super.toString === Object.prototype.toString; } }; log(gm.m().next().value);
log(Object.getPrototypeOf(function* () {}) !== Function.prototype); log(function* () {}.prototype.constructor === Object); try { new (function* () {}); } catch (e) { log(e.name); } 
var gr = (function* () { gr.next(); })(); try { gr.next(); } catch (e) { log(e.message); }
out;
