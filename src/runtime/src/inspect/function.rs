//! Functions and classes.

use axil_engine::bytecode::CodeFlags;
use axil_engine::heap::Gc;
use axil_engine::object::{Function, Object};
use axil_engine::operators::{as_object, to_boolean, to_string};
use axil_engine::string::JsString;
use axil_engine::value::Value;
use axil_engine::vm::Completion;

use super::Inspector;
use super::constructor::Names;

impl Inspector<'_> {
    /// `[Function: name]`, `[class Name extends Other]`
    pub(super) fn function(&mut self, object: Gc<Object>, names: &Names) -> Completion<String> {
        let code = Value::cell(object).downcast::<Function>().map(|function| function.code);
        let has = |flag: CodeFlags| code.is_some_and(|code| code.flags.contains(flag));
        if has(CodeFlags::CLASS_CONSTRUCTOR) {
            return self.class(object, names);
        }
        let kind = match (has(CodeFlags::ASYNC), has(CodeFlags::GENERATOR)) {
            (false, false) => "Function",
            (false, true) => "GeneratorFunction",
            (true, false) => "AsyncFunction",
            (true, true) => "AsyncGeneratorFunction",
        };
        let mut text = format!("[{kind}");
        if names.constructor.is_none() {
            text.push_str(" (null prototype)");
        }
        let key = self.vm.memory.keys().name;
        let name = self.vm.get(object, key)?;
        match self.text(name) {
            Some(name) if name.is_empty() => text.push_str(" (anonymous)"),
            Some(name) => text.push_str(&format!(": {name}")),
            None => text.push_str(&format!(": {}", self.value(name, 0)?)),
        }
        text.push(']');
        if let Some(constructor) = names.constructor.as_ref().filter(|name| *name != kind) {
            // Where there is no constructor of the kind yet, it is its prototype's.
            if !(kind != "Function" && constructor == "Function") {
                text.push_str(&format!(" {constructor}"));
            }
        }
        if !names.tag.is_empty() && !names.is(&names.tag) && names.tag != kind {
            text.push_str(&format!(" [{}]", names.tag));
        }
        Ok(text)
    }

    fn class(&mut self, object: Gc<Object>, names: &Names) -> Completion<String> {
        let key = self.vm.memory.keys().name;
        let mut name = None;
        if self.vm.has_own_property(object, key)? {
            let value = self.vm.get(object, key)?;
            if to_boolean(value) {
                name = Some(self.shown_name(value)?);
            }
        }
        let mut text = format!("[class {}", name.unwrap_or_else(|| "(anonymous)".to_owned()));
        match &names.constructor {
            Some(constructor) if constructor != "Function" => {
                text.push_str(&format!(" [{constructor}]"));
            }
            _ => {}
        }
        if !names.tag.is_empty() && !names.is(&names.tag) {
            text.push_str(&format!(" [{}]", names.tag));
        }
        if names.constructor.is_none() {
            text.push_str(" extends [null prototype]");
        } else if let Some(parent) = self.vm.get_prototype_of(object)?
            && let Some(parent) = as_object(Value::cell(parent))
        {
            let name = self.vm.get(parent, key)?;
            if to_boolean(name) {
                let name = self.shown_name(name)?;
                text.push_str(&format!(" extends {name}"));
            }
        }
        text.push(']');
        Ok(text)
    }

    /// A name that may be no string.
    fn shown_name(&mut self, name: Value) -> Completion<String> {
        if name.downcast::<JsString>().is_none() && as_object(name).is_some() {
            return self.value(name, 0);
        }
        if name.kind() == Some(axil_engine::kinds::SYMBOL) {
            return Ok(self.vm.display(name));
        }
        Ok(to_string(self.vm, name)?.to_rust(&self.vm.memory))
    }
}
