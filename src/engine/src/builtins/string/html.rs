//! Methods of strings that make HTML (ECMA-262 §B.2.2.2).

use super::{Text, this_string};
use crate::builtins::{Entry, function};
use crate::operators::to_string;
use crate::vm::{Arguments, Completion, Vm};

pub(super) const PROTOTYPE: &[Entry] = &[
    function("anchor", 1, |vm, it| create(vm, it, "anchor", "a", Some("name"))),
    function("big", 0, |vm, it| create(vm, it, "big", "big", None)),
    function("blink", 0, |vm, it| create(vm, it, "blink", "blink", None)),
    function("bold", 0, |vm, it| create(vm, it, "bold", "b", None)),
    function("fixed", 0, |vm, it| create(vm, it, "fixed", "tt", None)),
    function("fontcolor", 1, |vm, it| create(vm, it, "fontcolor", "font", Some("color"))),
    function("fontsize", 1, |vm, it| create(vm, it, "fontsize", "font", Some("size"))),
    function("italics", 0, |vm, it| create(vm, it, "italics", "i", None)),
    function("link", 1, |vm, it| create(vm, it, "link", "a", Some("href"))),
    function("small", 0, |vm, it| create(vm, it, "small", "small", None)),
    function("strike", 0, |vm, it| create(vm, it, "strike", "strike", None)),
    function("sub", 0, |vm, it| create(vm, it, "sub", "sub", None)),
    function("sup", 0, |vm, it| create(vm, it, "sup", "sup", None)),
];

/// `CreateHTML` (§B.2.2.2.1)
fn create(
    vm: &mut Vm,
    arguments: Arguments<'_>,
    method: &str,
    tag: &str,
    attribute: Option<&str>,
) -> Completion {
    let string = this_string(vm, arguments, method)?;
    let mut text = Text::default();
    text.push_str(&format!("<{tag}"));
    if let Some(attribute) = attribute {
        let value = to_string(vm, arguments.get(0))?;
        text.push_str(&format!(" {attribute}=\""));
        for unit in value.units(&vm.memory).iter() {
            if unit == u16::from(b'"') {
                text.push_str("&quot;");
            } else {
                text.push_unit(unit);
            }
        }
        text.push_str("\"");
    }
    text.push_str(">");
    text.push(string.units(&vm.memory));
    text.push_str(&format!("</{tag}>"));
    text.finish(vm)
}
