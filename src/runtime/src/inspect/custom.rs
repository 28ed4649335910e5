//! Objects that say themselves how they are shown.
//!
//! <https://nodejs.org/api/util.html#custom-inspection-functions-on-objects>

use axil_engine::heap::Gc;
use axil_engine::object::Object;
use axil_engine::operators::{as_object, is_callable, to_string};
use axil_engine::realm::Intrinsic;
use axil_engine::value::Value;
use axil_engine::vm::Completion;

use super::Inspector;
use super::settings::Settings;

impl Inspector<'_> {
    /// What an object says of itself, if it says something. `receiver` may be a proxy of
    /// it.
    pub(super) fn custom(
        &mut self,
        receiver: Gc<Object>,
        object: Gc<Object>,
        is_proxy: bool,
        depth: usize,
    ) -> Completion<Option<String>> {
        let key = Settings::custom_key(self.vm)?;
        let method = self.vm.get(object, key)?;
        if !is_callable(method) {
            return Ok(None);
        }
        let settings = Settings::of(self.vm);
        if let Some(settings) = &settings
            && settings.inspect().is_undefined()
        {
            // It gives what functions of programs are given.
            crate::builtin_modules::require(self.vm, "internal/inspect")?;
        }
        let inspect = settings.map_or(Value::UNDEFINED, |it| it.inspect());
        if method == inspect || self.is_prototype(object)? {
            return Ok(None);
        }
        let left = match self.request.options.depth {
            Some(most) => Value::number(most - depth as f64),
            None => Value::NULL,
        };
        let options = self.request.to_object(self.vm)?;
        if is_proxy || !self.is_of_this_realm(receiver)? {
            // What comes from elsewhere does not reach this realm by way of the options.
            self.vm.set_prototype_of(options, None)?;
        }
        let arguments = [left, Value::cell(options), inspect];
        let result = self.vm.call(method, Value::cell(receiver), &arguments)?;
        if result == Value::cell(receiver) {
            return Ok(None);
        }
        if as_object(result).is_none_or(|_| is_callable(result)) && !result.is_null() {
            let text = to_string(self.vm, result)?.to_rust(&self.vm.memory);
            let line = format!("\n{}", " ".repeat(self.indentation));
            return Ok(Some(text.replace('\n', &line)));
        }
        Ok(Some(self.value(result, depth)?))
    }

    /// Whether an object is the prototype of what its own constructor makes.
    fn is_prototype(&mut self, object: Gc<Object>) -> Completion<bool> {
        let key = self.vm.memory.keys().constructor;
        let Some(constructor) = as_object(self.vm.get(object, key)?) else { return Ok(false) };
        let key = self.vm.memory.literal_key("prototype");
        Ok(self.vm.get(constructor, key)? == Value::cell(object))
    }

    fn is_of_this_realm(&mut self, object: Gc<Object>) -> Completion<bool> {
        let prototype = self.vm.realm().get(Intrinsic::ObjectPrototype);
        let mut at = self.vm.get_prototype_of(object)?;
        while let Some(ancestor) = at {
            if ancestor == prototype {
                return Ok(true);
            }
            at = self.vm.get_prototype_of(ancestor)?;
        }
        Ok(false)
    }
}
