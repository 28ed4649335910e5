// `yield*` to generators of the engine's own, and to others.
var out = [];
const show = (value) => typeof value === 'object' && value !== null
  ? Array.isArray(value) ? '[' + value.map(show) + ']' : '{' + Object.keys(value).map((key) => key + ':' + show(value[key])) + '}'
  : String(value);
const log = (...values) => { out.push(values.map(show).join(' ')); };
function* inner(){ const a = yield 1; log('sent', a); try { yield 2 } catch (e) { log('caught', e); yield 3 } finally { log('fin') } return 'r' }
function* outer(){ const r = yield* inner(); log('r', r); yield r }
let g=outer(); log(g.next('x'), g.next('y'), g.throw('t'), g.next(), g.next());
g=outer(); g.next(); g.next(); log(g.return('q'), g.next());
for (const x of outer()) log(x);
const res={value:{},done:false, extra:1}; let n=0;
function* o2(){ return yield* { [Symbol.iterator](){ return { next(v){ return n++ ? {done:true,value:'end'} : res }, return(v){ log('ret',v); return {done:true,value:v} } } } } }
function* o3(){ return yield* o2() }
g=o3(); const f=g.next(); log(f===res, g.next()); n=0;
g=o3(); g.next(); log(g.return(5)); n=0;
for (const x of o3()) log(x===res.value);
function* thr(){ yield 1; throw new Error('e') }
function* o4(){ try { yield* thr() } catch (e) { yield e.message + e.stack.split('\n').slice(1,4).map(l=>l.trim().split(' ')[1]).join() } }
log([...o4()]);
let self; function* rec(){ yield* self } self=rec(); try { self.next() } catch (e) { log(e.message) }

function names(f) {
  try { f(); } catch (error) { log(error.stack.split('\n').slice(1, 4).map((line) => line.trim().split(' ')[1]).filter((name) => !name.includes(':')).join()); }
}
function inLoop() { for (const value of thr()); }
function inPattern() { const [a, b] = thr(); }
function inSpread() { return [...thr()]; }
names(inLoop);
names(inPattern);
names(inSpread);
const method = function method() { throw new Error('e'); };
const arrow = () => 1, bound = method.bind();
class Renamed { static name = 'other'; }
for (const holder of [arrow, bound, Renamed, function* generator() {}, Array, parseInt, class L { static name() {} }]) {
  holder.method = method;
  names(() => holder.method());
}
out = out.join('\n');
