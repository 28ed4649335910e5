//! Array: what the short ways of its methods have in common with the long ones.

use crate::support::check;

/// Arrays take the short way, objects that are like them the long one: after the same
/// random steps both are the same.
#[test]
fn elements_that_are_moved_at_once() {
    check(&[(
        r"
        let seed = 7;
        const random = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
        const { shift, unshift, splice } = Array.prototype;
        const faults = [];
        const text = (list, length) => {
            let out = length + ':';
            for (let i = 0; i < length; i++) out += i in list ? JSON.stringify(list[i]) + ',' : '_,';
            return out;
        };
        for (let round = 0; round < 60; round++) {
            const array = Array.from({ length: random(9) }, (_, i) => random(2) ? i : { i });
            if (random(3) === 0) delete array[random(9)];
            if (random(6) === 0) array[20 + random(9)] = 'far';
            const like = { ...array, length: array.length };
            const inherits = random(5) === 0;
            if (inherits) Array.prototype[2] = Object.prototype[2] = 'inherited';
            for (let step = 0; step < 6; step++) {
                const items = Array.from({ length: random(6) }, () => random(2) ? 'new' : [step]);
                const steps = [
                    (list) => shift.call(list),
                    (list) => unshift.apply(list, items),
                    (list) => text(splice.call(list, at, count, ...items), 3),
                ];
                const [at, count] = [random(12) - 3, random(5)];
                const way = random(3);
                const results = [array, like].map((list) => JSON.stringify(steps[way](list)));
                if (results[0] !== results[1]) faults.push(`${round}.${way}: ${results}`);
                if (text(array, array.length) !== text(like, like.length)) faults.push(`${round}.${step}.${way}`);
            }
            delete Array.prototype[2];
            delete Object.prototype[2];
        }
        faults.join('\n')
        ",
        "",
    )]);
}

/// Whoever is asked on the way may change the array.
#[test]
fn arrays_that_change_meanwhile() {
    check(&[
        (
            "class Odd extends Array {
                 static get [Symbol.species]() { return function () { odd.length = 2; return []; }; }
             }
             const odd = Odd.from([1, 2, 3, 4, 5]);
             JSON.stringify([odd.splice(1, 2, 'a', 'b', 'c'), odd, odd.length])",
            r#"[[2,null],[1,"a","b","c",null,null],6]"#,
        ),
        (
            "const list = Object.preventExtensions([1, 2, 3]);
             let message;
             try { list.unshift(0); } catch (error) { message = error.name; }
             [message, list.shift(), list.length, list].join(' ')",
            "TypeError 1 2 2,3",
        ),
        (
            "const list = Object.defineProperty([1, 2, 3], 'length', { writable: false });
             let message;
             try { list.shift(); } catch (error) { message = error.name; }
             message + list.length",
            "TypeError3",
        ),
    ]);
}
