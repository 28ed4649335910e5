//! Errors, with their stacks.

use axil_engine::heap::{Gc, RootedVec};
use axil_engine::kinds;
use axil_engine::object::Object;
use axil_engine::operators::as_object;
use axil_engine::string::PropertyKey;
use axil_engine::value::Value;
use axil_engine::vm::Completion;

use super::constructor::Names;
use super::style::Style;
use super::{Compact, Inspector, stack_frames};

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
        let stack = self.stack(error)?;
        let message = self.get_quietly(error, "message").and_then(|it| self.text(it));
        let name = self.get_quietly(error, "name").filter(|name| !name.is_nullish());
        let name = name.map(|it| self.text(it));
        if !self.request.options.show_hidden {
            for key in ["name", "message", "stack"] {
                self.hide(error, keys, key, &stack)?;
            }
        }
        let key = self.vm.memory.literal_key("cause");
        if self.vm.has_property(error, key)? && !keys.as_slice().contains(&key) {
            keys.push(key);
        }
        let key = self.vm.memory.literal_key("errors");
        let errors = self.get_quietly(error, "errors").unwrap_or(Value::UNDEFINED);
        if errors.kind() == Some(kinds::ARRAY) && !keys.as_slice().contains(&key) {
            keys.push(key);
        }
        let stack = match name {
            Some(None) => stack,
            Some(Some(name)) => improved(stack, names, &name),
            None => improved(stack, names, "Error"),
        };
        let from = message
            .as_ref()
            .filter(|message| !message.is_empty())
            .and_then(|message| stack.find(message).map(|at| at + message.len()))
            .unwrap_or(0);
        let stack = match stack[from..].find(FRAME) {
            None => format!("[{stack}]"),
            Some(at) => {
                let (head, frames) = stack.split_at(from + at);
                let lines = self.frames(error, &frames[1..])?;
                format!("{head}\n{}", lines.join("\n"))
            }
        };
        if self.indentation == 0 {
            return Ok(stack);
        }
        let line = format!("\n{}", " ".repeat(self.indentation));
        Ok(stack.replace('\n', &line))
    }

    /// The text of `stack`, or what the error is called where it has none.
    fn stack(&mut self, error: Gc<Object>) -> Completion<String> {
        let stack = self.get_quietly(error, "stack").unwrap_or(Value::UNDEFINED);
        if let Some(text) = self.text(stack) {
            return Ok(if text.is_empty() { self.title(error) } else { text });
        }
        let title = self.title(error);
        if !axil_engine::operators::to_boolean(stack) {
            return Ok(title);
        }
        // A stack that is no text is shown below.
        self.seen.push(Value::cell(error));
        let compact = std::mem::replace(&mut self.request.options.compact, Compact::Never);
        let text = self.indented(4, |this| this.value(stack, 0));
        self.request.options.compact = compact;
        self.seen.pop();
        Ok(format!("{title}\n    {}", text?))
    }

    /// What `Error.prototype.toString` says.
    fn title(&mut self, error: Gc<Object>) -> String {
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
    fn hide(
        &mut self,
        error: Gc<Object>,
        keys: &mut RootedVec<PropertyKey>,
        name: &'static str,
        stack: &str,
    ) -> Completion<()> {
        let key = self.vm.memory.literal_key(name);
        let Some(index) = keys.as_slice().iter().position(|other| *other == key) else {
            return Ok(());
        };
        let value = self.vm.get(error, key)?;
        if self.text(value).is_none_or(|text| stack.contains(&text)) {
            let mut kept = self.vm.memory.rooted_vec();
            for (at, other) in keys.as_slice().iter().enumerate() {
                if at != index {
                    kept.push(*other);
                }
            }
            *keys = kept;
        }
        Ok(())
    }

    /// The lines of a stack, without what says nothing new.
    fn frames(&mut self, error: Gc<Object>, frames: &str) -> Completion<Vec<String>> {
        let cause = self.get_quietly(error, "cause");
        let cause = cause.filter(|cause| cause.kind() == Some(kinds::ERROR)).and_then(as_object);
        let mut of_cause = None;
        if let Some(cause) = cause {
            let stack = self.stack(cause)?;
            of_cause = stack.find(FRAME).map(|at| stack[at + 1..].to_owned());
        }
        let mut lines = stack_frames::shorten(frames, of_cause.as_deref(), |note| {
            self.stylize(note, Style::Undefined)
        })?;
        if self.request.options.colors {
            let folder = std::env::current_dir().ok();
            let folder = folder.map(|folder| folder.to_string_lossy().into_owned());
            for line in &mut lines {
                *line = self.colored_frame(std::mem::take(line), folder.as_deref())?;
            }
        }
        Ok(lines)
    }

    /// A line of a stack in colours: what is Node.js's is grey, and so is the folder that
    /// the program runs in; packages are underlined.
    fn colored_frame(&mut self, line: String, folder: Option<&str>) -> Completion<String> {
        if is_builtin_frame(&line) {
            return self.stylize(line, Style::Undefined);
        }
        let mut line = self.underlined_packages(&line)?;
        if let Some(folder) = folder {
            let url = format!("file://{folder}");
            for folder in [folder, &url] {
                let Some(at) = line.find(folder) else { continue };
                let is_url = line[..at].ends_with("file://");
                if is_url {
                    continue;
                }
                let (mut start, mut end) = (at, at + folder.len());
                let is_in_parentheses = line[..at].ends_with('(');
                if is_in_parentheses {
                    start -= 1;
                }
                if line[end..].starts_with(['/', '\\']) {
                    end += 1;
                }
                let (head, rest) = (line[..start].to_owned(), line[end..].to_owned());
                let place = self.stylize(line[start..end].to_owned(), Style::Undefined)?;
                line = match rest.strip_suffix(')').filter(|_| is_in_parentheses) {
                    Some(rest) => {
                        let close = self.stylize(")".to_owned(), Style::Undefined)?;
                        format!("{head}{place}{rest}{close}")
                    }
                    None => format!("{head}{place}{rest}"),
                };
                break;
            }
        }
        Ok(line)
    }

    fn underlined_packages(&mut self, line: &str) -> Completion<String> {
        const FOLDER: &str = "node_modules";
        let mut text = String::new();
        let mut rest = line;
        while let Some(at) = rest.find(FOLDER) {
            let is_separator = |c: char| c == '/' || c == '\\';
            let begin = at + FOLDER.len();
            let after = &rest[begin..];
            if !rest[..at].ends_with(is_separator) || !after.starts_with(is_separator) {
                text.push_str(&rest[..begin]);
                rest = after;
                continue;
            }
            text.push_str(&rest[..=begin]);
            let name = &after[1..];
            let mut end = name.find(is_separator).unwrap_or(name.len());
            if name.starts_with('@') && end < name.len() {
                let second = &name[end + 1..];
                end += 1 + second.find(is_separator).unwrap_or(second.len());
            }
            text.push_str(&self.stylize(name[..end].to_owned(), Style::Module)?);
            rest = &name[end..];
        }
        text.push_str(rest);
        Ok(text)
    }
}

/// Whether a line of a stack is that of a module that comes with the program.
fn is_builtin_frame(line: &str) -> bool {
    let Some(at) = line.find("node:") else { return false };
    let before = line[..at].trim_start();
    before.starts_with("at ") && (before.ends_with('(') || before == "at ")
}

/// The stack with the name of the class in its first line.
fn improved(stack: String, names: &Names, name: &str) -> String {
    let is_plain = name.ends_with("Error")
        && stack
            .strip_prefix(name)
            .is_some_and(|rest| matches!(rest.bytes().next(), None | Some(b':' | b'\n')));
    let is_without_prototype = names.constructor.is_none();
    if !is_without_prototype && !is_plain {
        return stack;
    }
    let fallback =
        if is_without_prototype { title_of(&stack).unwrap_or_default() } else { name.to_owned() };
    let class = if fallback.is_empty() || !is_without_prototype { "Error" } else { &fallback };
    let prefix = names.prefix(class, "");
    let prefix = prefix.trim_end();
    if name == prefix {
        return stack;
    }
    let rest = &stack[fallback.len()..];
    if !prefix.contains(name) {
        format!("{prefix} [{name}]{rest}")
    } else if fallback.is_empty() {
        format!("{prefix}: {rest}")
    } else {
        format!("{prefix}{rest}")
    }
}

/// What a stack calls its error: words before a colon or the first frame.
fn title_of(stack: &str) -> Option<String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_ []()-".contains(c);
    let end = stack.find(|c| !allowed(c)).unwrap_or(stack.len());
    let (title, rest) = stack.split_at(end);
    let is_title = title.len() > 1
        && title.starts_with(|c: char| c.is_ascii_uppercase())
        && (rest.starts_with(':') || rest.starts_with('\n') && rest.trim_start().starts_with("at"));
    if is_title || rest.is_empty() && title.ends_with("Error") && !title.contains(' ') {
        return Some(title.to_owned());
    }
    None
}
