var out = ''; function log(x) { out += String(x) + '\n'; }
async function a1(x) { log('a' + x); var y = await x; log('b' + y); return y + 1; }
a1(1).then(v => log('t' + v)); log('sync');
async function a2() { try { await Promise.reject(new Error('rej')); } catch (e) { log('c' + e.message); } finally { log('f'); } throw new Error('out'); }
a2().catch(e => log('o' + e.message));
var arrow = async (x) => { await null; return this === globalThis && x; }; arrow(5).then(log);
async function* ag() { try { var r = yield 1; log('r' + r); yield Promise.resolve(2); } finally { log('agf'); } }
(async () => { for await (var v of ag()) log('v' + v); var g = ag(); await g.next(); log((await g.return('q')).value); for await (var w of { [Symbol.iterator]() { var i = 0; return { next() { return { value: Promise.resolve(i), done: i++ > 1 }; } }; } }) log('w' + w); })().catch(e => log('E' + e));
var g2 = ag(); g2.next(); g2.next('x').then(v => log('g2' + v.value)); g2.return(7).then(v => log('ret' + v.value + v.done)); g2.next().then(v => log('n' + v.done));
class AC { static async m() { return await this.n(); } static async n() { return 'N'; } } AC.m().then(log);
(async () => { var o = { async *[Symbol.asyncIterator]() { yield* g3(); } }; for await (var z of o) log('z' + z); })();
async function* g3() { var t = yield 'i1'; yield 'i2'; }
async function thr(x = (() => { throw new Error('param'); })()) {} thr().catch(e => log(e.message));
(async function () { await { then(r) { r('thenable'); } }.then; log(await { then(r) { r('thenable'); } }); })();
(async () => { try { for await (var q of ag()) { throw new Error('inloop'); } } catch (e) { log(e.message); } })();
(async () => { l: for (var i = 0; i < 2; i++) { for await (var q of ag()) { continue l; } } log('cont'); })();
