//! Sorting: what comparators are asked, and what becomes of contradictions.

use crate::support::{check_once, values};

#[test]
fn comparators_are_asked_as_in_v8() {
    values(&[
        ("[3, 1, 2].sort((a, b) => a > b)", "3,1,2"),
        ("[3, 1, 2, 5].sort(() => -1)", "5,2,1,3"),
        ("[3, 1, 2, 5].toSorted(() => 1)", "3,1,2,5"),
        (
            "(asked => ([5, 1, 4].toSorted((a, b) => { asked.push(a + '' + b); return a - b; }), asked))([])",
            "15,41,45,41",
        ),
        ("new Uint8Array([3, 1, 2]).sort((a, b) => b - a)", "3,2,1"),
    ]);
}

#[test]
fn great_numbers_of_values_are_sorted() {
    let text = "
        let state = 1;
        const next = () => (state = (state * 1103515245 + 12345) % 2147483648);
        for (const length of [64, 65, 100, 1000, 5000]) {
            for (const range of [2, 10, 1e9]) {
                const list = Array.from({ length }, (_, index) => ({ key: next() % range, index }));
                // Stretches in both directions give long runs, and merges that gallop.
                list.splice(length / 2, 0, ...list.slice(0, length / 3).sort((a, b) => a.key - b.key));
                list.forEach((item, index) => { list[index] = { key: item.key, index }; });
                list.sort((a, b) => a.key - b.key);
                list.reduce((a, b) => {
                    if (a.key > b.key || a.key === b.key && a.index > b.index) throw 'wrong';
                    return b;
                });
            }
        }
        'sorted'";
    check_once(text, "sorted");
}
