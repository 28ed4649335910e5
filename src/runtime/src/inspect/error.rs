//! Errors, with their stacks.

use axil_engine::heap::{Gc, RootedVec};
use axil_engine::object::Object;
use axil_engine::string::PropertyKey;
use axil_engine::value::Value;
use axil_engine::vm::Completion;

use super::Inspector;
use super::constructor::Names;

/// How a line of a stack begins, with the end of the line before.
const FRAME: &str = "\n    at";

impl Inspector<'_> {
    /// An error's stack, with the name of its class put right. What the stack says
    /// already is taken out of `keys`, what nobody sees is put in.
    pub(super) fn error(
        &mut self,
        error: Gc<Object>,
        names: &Names,
        keys: &mut RootedVec<PropertyKey>,
    ) -> Completion<String> {
        let stack = self.stack(error);
        let message = self.get_quietly(error, "message").and_then(|it| self.text(it));
        let name = self.get_quietly(error, "name").filter(|name| !name.is_nullish());
        let name = name.and_then(|it| self.text(it)).unwrap_or_else(|| "Error".to_owned());
        if !self.options.show_hidden {
            self.hide(keys, "stack", None, &stack);
            self.hide(keys, "message", message.as_deref(), &stack);
            self.hide(keys, "name", Some(&name), &stack);
        }
        self.reveal(error, keys, "cause", |_| true)?;
        let is_array = |value: Value| value.kind() == Some(axil_engine::kinds::ARRAY);
        self.reveal(error, keys, "errors", is_array)?;
        let stack = improved(stack, names, &name);
        let from = message
            .as_ref()
            .filter(|message| !message.is_empty())
            .and_then(|message| stack.find(message).map(|at| at + message.len()))
            .unwrap_or(0);
        let stack = match stack[from..].find(FRAME) {
            None => format!("[{stack}]"),
            Some(at) => {
                let (head, frames) = stack.split_at(from + at);
                let frames = self.without_frames_of_cause(error, &frames[1..]);
                format!("{head}\n{frames}")
            }
        };
        let line = format!("\n{}", " ".repeat(self.indentation));
        Ok(stack.replace('\n', &line))
    }

    /// The text of `stack`, or what the error is called where it has none.
    fn stack(&mut self, error: Gc<Object>) -> String {
        let stack = self.get_quietly(error, "stack").unwrap_or(Value::UNDEFINED);
        if let Some(text) = self.text(stack).filter(|text| !text.is_empty()) {
            return text;
        }
        let name = self.get_quietly(error, "name").filter(|name| !name.is_undefined());
        let name = name.map_or_else(|| "Error".to_owned(), |name| self.vm.display(name));
        let message = self.get_quietly(error, "message").filter(|it| !it.is_undefined());
        let message = message.map_or_else(String::new, |message| self.vm.display(message));
        match (name.is_empty(), message.is_empty()) {
            (true, _) => message,
            (_, true) => name,
            _ => format!("{name}: {message}"),
        }
    }

    /// Leaves out a property that the stack shows already.
    fn hide(&self, keys: &mut RootedVec<PropertyKey>, name: &str, text: Option<&str>, stack: &str) {
        if text.is_some_and(|text| !stack.contains(text)) {
            return;
        }
        let key = self.vm.memory.key(name);
        let mut kept = self.vm.memory.rooted_vec();
        for other in keys.as_slice() {
            if *other != key {
                kept.push(*other);
            }
        }
        *keys = kept;
    }

    /// Shows an own property even if it is not enumerable.
    fn reveal(
        &mut self,
        error: Gc<Object>,
        keys: &mut RootedVec<PropertyKey>,
        name: &str,
        wanted: impl Fn(Value) -> bool,
    ) -> Completion<()> {
        let key = self.vm.memory.key(name);
        if keys.as_slice().contains(&key) {
            return Ok(());
        }
        if let Some(own) = self.vm.get_own_property(error, key)?
            && wanted(own.value.unwrap_or(Value::UNDEFINED))
        {
            keys.push(key);
        }
        Ok(())
    }

    /// The frames of a stack, without those that the stack of the cause has too.
    fn without_frames_of_cause(&mut self, error: Gc<Object>, frames: &str) -> String {
        /// Fewer lines are not worth leaving out.
        const FEW: usize = 3;
        let cause = self.get_quietly(error, "cause");
        let cause = cause.filter(|cause| cause.kind() == Some(axil_engine::kinds::ERROR));
        let Some(cause) = cause.and_then(axil_engine::operators::as_object) else {
            return frames.to_owned();
        };
        let of_cause = self.stack(cause);
        let Some(start) = of_cause.find(FRAME) else { return frames.to_owned() };
        let of_cause: Vec<&str> = of_cause[start + 1..].split('\n').collect();
        let mut lines: Vec<&str> = frames.split('\n').collect();
        // The first lines of ours from which on both are the same.
        for offset in 0..lines.len().saturating_sub(FEW) {
            let Some(at) = of_cause.iter().position(|line| *line == lines[offset]) else {
                continue;
            };
            let same =
                lines[offset..].iter().zip(&of_cause[at..]).take_while(|(a, b)| a == b).count();
            if same > FEW {
                let note = format!("    ... {} lines matching cause stack trace ...", same - 2);
                lines.splice(offset + 1..offset + same - 1, [note.as_str()]);
                return lines.join("\n");
            }
        }
        frames.to_owned()
    }
}

/// The stack with the name of the class in its first line.
fn improved(stack: String, names: &Names, name: &str) -> String {
    let rest = stack.strip_prefix(name).unwrap_or("?");
    let is_plain =
        name.ends_with("Error") && matches!(rest.bytes().next(), None | Some(b':' | b'\n'));
    if names.constructor.is_some() && !is_plain {
        return stack;
    }
    let prefix = names.prefix("Error", "");
    let prefix = prefix.trim_end();
    if name == prefix || !is_plain {
        stack
    } else if prefix.contains(name) {
        format!("{prefix}{rest}")
    } else {
        format!("{prefix} [{name}]{rest}")
    }
}
