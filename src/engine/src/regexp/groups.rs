//! The groups of a pattern: how many there are, and what they are called.

use axil_grammar::regexp::Flags;

/// A name, and the numbers of the groups that have it: more than one if they stand in
/// different alternatives (ECMA-262 §22.2.1.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct GroupName {
    /// In UTF-16.
    pub(crate) name: Vec<u16>,
    /// From one on.
    pub(crate) groups: Vec<usize>,
}

/// The number of groups of a valid pattern, the whole match included, and its names.
pub(super) fn scan(units: &[u16], flags: Flags) -> (usize, Vec<GroupName>) {
    let is = |at: usize, c: u8| units.get(at) == Some(&u16::from(c));
    let (mut groups, mut names) = (1, Vec::<GroupName>::new());
    let (mut at, mut classes) = (0, 0_usize);
    while at < units.len() {
        if is(at, b'\\') {
            at += 2;
            continue;
        }
        if is(at, b'[') {
            // Classes nest with `v` only.
            classes = if flags.unicode_sets_mode() { classes + 1 } else { 1 };
        } else if is(at, b']') {
            classes = classes.saturating_sub(1);
        } else if is(at, b'(') && classes == 0 {
            if !is(at + 1, b'?') {
                groups += 1;
            } else if is(at + 2, b'<') && !is(at + 3, b'=') && !is(at + 3, b'!') {
                let length = units[at + 3..].iter().position(|unit| *unit == u16::from(b'>'));
                let name = decode(&units[at + 3..at + 3 + length.unwrap_or(0)]);
                match names.iter_mut().find(|known| known.name == name) {
                    Some(known) => known.groups.push(groups),
                    None => names.push(GroupName { name, groups: vec![groups] }),
                }
                groups += 1;
            }
        }
        at += 1;
    }
    (groups, names)
}

/// A name with its escapes resolved.
fn decode(units: &[u16]) -> Vec<u16> {
    let mut name = Vec::with_capacity(units.len());
    let digit = |unit: &u16| char::from_u32(u32::from(*unit)).and_then(|c| c.to_digit(16));
    let mut rest = units;
    while let Some((unit, after)) = rest.split_first() {
        rest = after;
        if *unit != u16::from(b'\\') {
            name.push(*unit);
            continue;
        }
        // `\uXXXX` or `\u{X…}`
        rest = &rest[1..];
        let in_braces = rest.first() == Some(&u16::from(b'{'));
        let digits = if in_braces {
            let end = rest.iter().position(|unit| *unit == u16::from(b'}')).unwrap_or(1);
            let digits = &rest[1..end];
            rest = &rest[end + 1..];
            digits
        } else {
            let (digits, after) = rest.split_at(rest.len().min(4));
            rest = after;
            digits
        };
        let point = digits.iter().filter_map(digit).fold(0, |point, digit| point << 4 | digit);
        match char::from_u32(point) {
            Some(c) => name.extend_from_slice(c.encode_utf16(&mut [0; 2])),
            None => name.push(point as u16),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, flags: &str, groups: usize, names: &[(&str, &[usize])]) {
        let units: Vec<u16> = pattern.encode_utf16().collect();
        let (count, found) = scan(&units, Flags::parse(flags).expect("valid flags"));
        let names: Vec<GroupName> = names
            .iter()
            .map(|(name, groups)| GroupName {
                name: name.encode_utf16().collect(),
                groups: groups.to_vec(),
            })
            .collect();
        assert_eq!((count, found), (groups, names), "{pattern}");
    }

    #[test]
    fn groups_are_counted() {
        check("", "", 1, &[]);
        check(r"(a)(?:b)(?=c)(?<!d)(e(f))", "", 4, &[]);
        check(r"[(](a)\(", "", 2, &[]);
        check(r"[[(]](a)", "v", 2, &[]);
        check(r"(?<x>a)(b)(?<y>c)", "", 4, &[("x", &[1]), ("y", &[3])]);
        check(r"(?<x>a)|(?<x>b)", "", 3, &[("x", &[1, 2])]);
        check(r"(?<\u0061\u{62}\ud835\udc9c>a)", "u", 2, &[("ab\u{1D49C}", &[1])]);
    }
}
