//! What can be chosen about the text of a value.

use axil_engine::heap::{Gc, Root};
use axil_engine::object::Object;
use axil_engine::operators::{as_object, is_callable, string_to_number, to_boolean};
use axil_engine::string::{JsString, PropertyKey};
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use super::settings::Settings;
use crate::native::{define, new_object};

/// How objects share lines.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Compact {
    /// `true`: as they did before there were levels.
    Always,
    /// `false`: they do not.
    Never,
    /// So many levels of objects share a line if they fit.
    Levels(f64),
}

/// Which getters are called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Getters {
    /// None.
    None,
    /// All.
    All,
    /// Those without setters.
    WithoutSetter,
    /// Those with setters.
    WithSetter,
}

/// The options of `util.inspect`, in the order in which programs see them.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Options {
    /// Whether properties are shown that are not enumerable.
    pub show_hidden: bool,
    /// How deep objects are shown that lie in others; no limit if there is none.
    pub depth: Option<f64>,
    /// Whether the text is for a terminal.
    pub colors: bool,
    /// Whether objects may say themselves how they are shown.
    pub custom_inspect: bool,
    /// Whether targets and handlers of proxies are shown.
    pub show_proxy: bool,
    /// How many elements are shown of an array, a map or a set.
    pub max_array_length: f64,
    /// How many units are shown of a string.
    pub max_string_length: f64,
    /// How many characters a line should have at most.
    pub break_length: f64,
    /// How objects share lines.
    pub compact: Compact,
    /// Whether properties and elements of maps and sets are sorted.
    pub sorted: bool,
    /// Which getters are called.
    pub getters: Getters,
    /// Whether the digits of numbers are grouped.
    pub numeric_separator: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            show_hidden: false,
            depth: Some(2.0),
            colors: false,
            custom_inspect: true,
            show_proxy: false,
            max_array_length: 100.0,
            max_string_length: 10_000.0,
            break_length: 80.0,
            compact: Compact::Levels(3.0),
            sorted: false,
            getters: Getters::None,
            numeric_separator: false,
        }
    }
}

/// The names of the options, in their order.
pub const NAMES: [&str; 12] = [
    "showHidden",
    "depth",
    "colors",
    "customInspect",
    "showProxy",
    "maxArrayLength",
    "maxStringLength",
    "breakLength",
    "compact",
    "sorted",
    "getters",
    "numericSeparator",
];

/// Options, and what of them are values of the program's.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// The options.
    pub options: Options,
    /// A function that styles texts, if the program has given one.
    pub stylize: Value,
    /// A function that compares texts, if the program has given one.
    pub compare: Value,
    /// The object that the program has given, if it has properties that are no options.
    pub user_options: Value,
}

impl From<Options> for Request {
    fn from(options: Options) -> Self {
        let none = Value::UNDEFINED;
        Self { options, stylize: none, compare: none, user_options: none }
    }
}

impl Request {
    /// The options where the program gives none: those of `inspect.defaultOptions`.
    ///
    /// # Errors
    /// What a getter throws.
    pub fn new(vm: &mut Vm) -> Completion<Self> {
        let mut request = Self::from(Options::default());
        let settings = Settings::of(vm);
        let defaults =
            settings.as_ref().and_then(|it| it.defaults.borrow().as_ref().map(Root::get));
        if let Some(defaults) = defaults {
            for name in NAMES {
                let key = vm.memory.literal_key(name);
                let value = vm.get(defaults, key)?;
                request.set(vm, name, value);
            }
        }
        Ok(request)
    }

    /// Takes what an object says.
    ///
    /// # Errors
    /// What a getter throws.
    pub fn read(&mut self, vm: &mut Vm, given: Gc<Object>) -> Completion<()> {
        let keys = vm.own_property_keys(given)?;
        for index in 0..keys.len() {
            let Some(key) = keys.get(index) else { continue };
            if key.as_symbol().is_some() {
                continue;
            }
            let own = vm.get_own_property(given, key)?;
            if own.is_none_or(|own| own.enumerable != Some(true)) {
                continue;
            }
            let name = vm.display_key(key);
            if let Some(name) = NAMES.iter().find(|known| **known == name) {
                let value = vm.get(given, key)?;
                self.set(vm, name, value);
            } else if name == "stylize" {
                self.stylize = foreign_stylize(vm, given, key)?;
            } else if self.user_options.is_undefined() {
                self.user_options = Value::cell(given);
            }
        }
        Ok(())
    }

    fn set(&mut self, vm: &Vm, name: &str, value: Value) {
        let options = &mut self.options;
        let text = value.downcast::<JsString>().map(|text| text.to_rust(&vm.memory));
        // What is no number is compared with numbers all the same.
        let number = || match (value.as_number(), &text) {
            (Some(number), _) => number,
            (None, Some(text)) => string_to_number(text),
            _ if value.is_null() => f64::INFINITY,
            _ => f64::NAN,
        };
        match name {
            "showHidden" => options.show_hidden = to_boolean(value),
            "depth" => options.depth = (!value.is_null()).then(number),
            "colors" => options.colors = to_boolean(value),
            "customInspect" => options.custom_inspect = to_boolean(value),
            "showProxy" => options.show_proxy = to_boolean(value),
            "maxArrayLength" => options.max_array_length = number(),
            "maxStringLength" => options.max_string_length = number(),
            "breakLength" => options.break_length = number(),
            "compact" => {
                options.compact = match value.as_number() {
                    Some(levels) => Compact::Levels(levels),
                    None if value == Value::TRUE => Compact::Always,
                    None => Compact::Never,
                }
            }
            "sorted" => {
                options.sorted = to_boolean(value);
                self.compare = if is_callable(value) { value } else { Value::UNDEFINED };
            }
            "getters" => {
                options.getters = match text.as_deref() {
                    Some("get") => Getters::WithoutSetter,
                    Some("set") => Getters::WithSetter,
                    _ if value == Value::TRUE => Getters::All,
                    _ => Getters::None,
                }
            }
            _ => options.numeric_separator = to_boolean(value),
        }
    }

    /// The options as an object that functions of programs are given.
    ///
    /// # Errors
    /// What a getter of the program's options throws.
    pub fn to_object(&self, vm: &mut Vm) -> Completion<Gc<Object>> {
        let object = new_object(vm);
        let stylize = match Settings::of(vm) {
            _ if !self.options.colors && !self.stylize.is_undefined() => self.stylize,
            Some(settings) => settings.stylize(self.options.colors),
            None => Value::UNDEFINED,
        };
        define(vm, object, "stylize", stylize);
        let Options { compact, getters, sorted, .. } = self.options;
        let text = |vm: &Vm, text: &str| Value::cell(vm.memory.string(text));
        let values = [
            Value::bool(self.options.show_hidden),
            self.options.depth.map_or(Value::NULL, Value::number),
            Value::bool(self.options.colors),
            Value::bool(self.options.custom_inspect),
            Value::bool(self.options.show_proxy),
            Value::number(self.options.max_array_length),
            Value::number(self.options.max_string_length),
            Value::number(self.options.break_length),
            match compact {
                Compact::Always => Value::TRUE,
                Compact::Never => Value::FALSE,
                Compact::Levels(levels) => Value::number(levels),
            },
            if self.compare.is_undefined() { Value::bool(sorted) } else { self.compare },
            match getters {
                Getters::None => Value::FALSE,
                Getters::All => Value::TRUE,
                Getters::WithoutSetter => text(vm, "get"),
                Getters::WithSetter => text(vm, "set"),
            },
            Value::bool(self.options.numeric_separator),
        ];
        for (name, value) in NAMES.iter().zip(values) {
            define(vm, object, name, value);
        }
        if let Some(given) = as_object(self.user_options) {
            let keys = vm.own_property_keys(given)?;
            for index in 0..keys.len() {
                let Some(key) = keys.get(index) else { continue };
                let own = vm.get_own_property(given, key)?;
                if own.is_some_and(|own| own.enumerable == Some(true)) {
                    let value = vm.get(given, key)?;
                    vm.create_data_property_or_throw(object, key, value)?;
                }
            }
        }
        Ok(object)
    }
}

/// A `stylize` that is not one of ours.
fn foreign_stylize(vm: &mut Vm, given: Gc<Object>, key: PropertyKey) -> Completion<Value> {
    let value = vm.get(given, key)?;
    let is_own = Settings::of(vm).is_some_and(|settings| settings.is_stylize(value));
    Ok(if is_own || !is_callable(value) { Value::UNDEFINED } else { value })
}
