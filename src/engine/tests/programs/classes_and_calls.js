var out = ''; function log(x) { out += String(x) + '\n'; }
class A { constructor(x) { this.x = x; } get y() { return this.x + 1; } static s() { return 's' + this.name; } m() { return 'm' + this.x; } ['c' + 1]() { return 'c1'; } }
log(new A(1).y); log(A.s()); log(new A(3).m()); log(new A(1).c1()); log(A.name); log(typeof A); log(A.length);
class B extends A { constructor() { super(10); this.z = 5; } m() { return super.m() + 'B'; } get y() { return super.y * 2; } static s() { return super.s() + '!'; } }
var b = new B; log(b.m()); log(b.y); log(B.s()); log(b instanceof A); log(b.z); log(Object.getPrototypeOf(B) === A);
class C { a = 1; b = this.a + 1; static c = 7; static d = this.c + 1; #p = 5; getp() { return this.#p; } setp(v) { this.#p = v; return this.#p; } static has(o) { return #p in o; } #m() { return 'pm' + this.#p; } callm() { return this.#m(); } get #g() { return 'g' + this.#p; } set #g(v) { this.#p = v * 2; } useg() { this.#g = 21; return this.#g; } static #sp = 3; static getsp() { return C.#sp; } static { this.blk = 'blk' + this.d; } ['k' + 1] = 'computed'; }
var c = new C; log(c.a + ',' + c.b); log(C.c + ',' + C.d); log(c.getp()); log(c.setp(9)); log(C.has(c)); log(C.has({})); log(c.callm()); log(c.useg()); log(C.getsp()); log(C.blk); log(c.k1);
class D extends C { e = this.a + 10; constructor() { var f = () => super(); f(); } }
log(new D().e);
class E extends A {} log(new E(4).m()); log(new E(4).constructor === E);
try { A(); } catch (e) { log(e.message); }
try { new (class extends A { constructor() { this.x; } }); } catch (e) { log(e.message); }
try { C.prototype.getp.call({}); } catch (e) { log(e.message); }
var F = class {}; log(F.name); var G = class Inner { static n() { return Inner.name; } }; log(G.n());
function NT() { return new.target === NT; } log(NT()); log(typeof new NT);
log((() => { class X { static x = () => this; } return X.x() === X; })());
function* g() { var x = yield 1; log('got' + x); try { yield 2; } finally { log('fin'); } return 3; }
var it = g(); var r = it.next(); log(r.value + ',' + r.done); r = it.next('a'); log(r.value); r = it.return(9); log(r.value + ',' + r.done); r = it.next(); log(r.value + ',' + r.done);
function* g2() { var r = yield* g(); log('r' + r); yield 4; }
var s = ''; for (var v of g2()) s += v; log(s);
var obj = { [Symbol.iterator]: function () { var i = 0; return { next: function () { return { value: i, done: i++ >= 3 }; }, return: function () { log('closed'); return {}; } }; } };
for (var v of obj) { if (v == 1) break; log(v); }
var [p, q, ...rest] = obj; log(p + ',' + q + ',' + rest.length);
var [p1] = obj; log(p1);
function sp(...args) { return args.length + ':' + args[0]; } log(sp(...obj, 'x')); log([...obj, 9].length); log(new (function () { this.n = arguments.length; })(...obj).n);
function ar(a, b) { arguments[0] = 7; b = 8; return a + ',' + arguments[1] + ',' + arguments.length; } log(ar(1, 2, 3));
function ar2(a) { 'use strict'; arguments[0] = 7; return a + ',' + arguments.length; } log(ar2(1, 2));
var { x1, ...others } = { x1: 1, y1: 2, z1: 3 }; log(x1 + ',' + Object.keys(others).length);
log(eval('1+1')); var ev = 5; log(eval('ev + 1')); function fe() { var l = 3; eval('var nv = l * 2'); return nv + eval('l'); } log(fe());
log((0, eval)('typeof l')); with ({ wx: 3, wf() { return this.wx; } }) { log(wx); log(wf()); wx = 4; log(wx); }
log(typeof globalThis.ev); let lex = 1; log(typeof globalThis.lex); log(lex);
function tag(s, ...v) { return s.raw.length + s[0] + v[0]; } log(tag`a${1}b`);
log((function () { try { return 'a'; } finally { log('f'); } })());
outer: for (var i = 0; i < 3; i++) { for (var k of obj) { if (k == 1) continue outer; } } log('i' + i);
log(new Function('a', 'b', 'return a*b')(6, 7)); log(String(new Function('a', 'return a')));
{ function annexb() { return 'ab'; } } log(annexb());
var fns = []; for (let i = 0; i < 3; i++) fns[i] = () => i; log(fns[0]() + fns[2]());
log(((a, b = a + 1, { c, d = 5 } = { c: 3 }) => a + b + c + d)(1));
label: { log('in'); break label; } var o2 = { async: 1, get: 2, f() {}, get a() { return 1; }, async *ag() {} }; log(o2.f.name); log(Object.getOwnPropertyDescriptor(o2, 'a').get.name);
log((() => {}).name + (function () {}).name); var anon = () => 1; log(anon.name); ({ anon2 = function () {} } = {}); log(anon2.name);
log(delete globalThis.nothing); var fin = (function () { for (var x of obj) { try { continue; } finally { log('ff'); } } return 'end'; })(); log(fin);
out;
