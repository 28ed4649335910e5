//! `Map`, `Set`, their weak kin, `WeakRef` and `FinalizationRegistry`.

use crate::support::{check, check_once};

#[test]
fn keys_are_the_same_value() {
    check(&[
        (
            "let m = new Map([[NaN, 1], [0, 2], ['ab', 3], [10n, 4]]); [m.get(NaN), m.get(-0), m.get('a' + 'b'), m.get(5n + 5n)].join()",
            "1,2,3,4",
        ),
        (
            "let o = {}, m = new Map([[o, 1], [{}, 2]]); [m.get(o), m.get({}), m.size].join()",
            "1,,2",
        ),
        ("let m = new Map(); m.set(1.5 + 1.5, 'x'); m.get(3)", "x"),
        ("Object.is([...new Set([-0])][0], 0)", "true"),
    ]);
}

#[test]
fn entries_stay_in_order() {
    check(&[
        ("let m = new Map([[3, 'c'], [1, 'a'], [2, 'b']]); m.set(3, 'z'); [...m.values()].join('')", "zab"),
        ("let m = new Map([[1, 'a'], [2, 'b']]); m.delete(1); m.set(1, 'c'); [...m].join(';')", "2,b;1,c"),
        (
            "let m = new Map(), seen = ''; for (let i = 0; i < 20; i++) m.set(i, i);
             for (let [k] of m) { seen += k + ' '; for (let j = 0; j < 18; j++) if (j !== k + 1) m.delete(j); if (k < 3) m.set('n' + k, 1) } seen",
            "0 1 18 19 n0 n1 ",
        ),
        (
            "let s = new Set([1, 2, 3]), i = s.values(); i.next(); s.clear(); s.add(7); let { value } = i.next(); value + ',' + i.next().done",
            "7,true",
        ),
        ("let i = new Set().values(), a = i.next().done; a + '' + i.next().done", "truetrue"),
        ("let s = new Set([1]), n = 0; s.forEach(v => { if (v < 5) s.add(v + 1); n++ }); n", "5"),
    ]);
}

#[test]
fn sets_are_combined() {
    check(&[
        (
            "let a = new Set([1, 2, 3]), b = new Set([3, 4]); ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'].map(m => { let r = a[m](b); return r instanceof Set ? [...r].join('') : r }).join()",
            "1234,3,12,124,false,false,false",
        ),
        ("try { new Set().union([1]) } catch (e) { e.message }", "The .size property is NaN"),
        (
            "try { new Set().union({ size: -1, has() {}, keys() {} }) } catch (e) { e.name + e.message }",
            "RangeError'-1' is an invalid size",
        ),
        (
            "let closed = 0, other = { size: 1, has() { return true }, keys() { return { i: 0, next() { return { value: this.i++, done: false } }, return() { closed++; return {} } } } }; new Set([0, 1, 2]).isSupersetOf(other) + ',' + closed",
            "false,1",
        ),
    ]);
}

#[test]
fn weak_collections() {
    check(&[
        (
            "let k = {}, m = new WeakMap([[k, { v: 1 }]]); m.get(k).v + ',' + m.has({}) + m.delete(k) + m.has(k)",
            "1,falsetruefalse",
        ),
        (
            "let keys = [], m = new WeakMap(); for (let i = 0; i < 40; i++) { let k = { i }; if (i % 4 === 0) keys.push(k); m.set(k, { of: k, n: i }) } keys.map(k => m.get(k).n).join()",
            "0,4,8,12,16,20,24,28,32,36",
        ),
        (
            "let s = new WeakSet(), k = Symbol(); s.add(k); s.has(k) + ',' + (() => { try { s.add(Symbol.for('x')) } catch (e) { return e.message } })()",
            "true,Invalid value used in weak set",
        ),
        ("let o = {}, r = new WeakRef(o); r.deref() === o", "true"),
        (
            "let out; let r = new FinalizationRegistry(() => {}), t = {}; r.register(t, 1, t); [r.unregister(t), r.unregister(t)].join()",
            "true,false",
        ),
    ]);
}

#[test]
fn callers_are_told_what_is_wrong() {
    check(&[
        ("try { Map() } catch (e) { e.message }", "Constructor Map requires 'new'"),
        ("try { new Map([1]) } catch (e) { e.message }", "Iterator value 1 is not an entry object"),
        (
            "try { Map.prototype.get.call({}, 1) } catch (e) { e.message }",
            "Method Map.prototype.get called on incompatible receiver #<Object>",
        ),
        (
            "try { new WeakMap().set(1, 2) } catch (e) { e.message }",
            "Invalid value used as weak map key",
        ),
    ]);
}

#[test]
fn tables_grow_and_shrink() {
    check_once(
        "let m = new Map(), sum = 0; for (let i = 0; i < 1e5; i++) m.set('k' + i, i);
         for (let i = 0; i < 1e5; i += 2) m.delete('k' + i);
         for (let i = 0; i < 1e5; i++) sum += m.get('k' + i) ?? 0; sum + ',' + m.size",
        "2500000000,50000",
    );
}
