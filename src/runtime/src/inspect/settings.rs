//! What programs can change for all inspections, and the functions they are given.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use axil_engine::heap::Root;
use axil_engine::object::Object;
use axil_engine::operators::as_object;
use axil_engine::string::{PropertyKey, Symbol};
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};

use crate::runtime::Runtime;

/// A place for an object of the program's.
type Place = RefCell<Option<Root<Object>>>;

/// The objects of `internal/inspect.js`.
#[derive(Default)]
pub struct Settings {
    /// `inspect.defaultOptions`, once somebody has asked for it.
    pub defaults: Place,
    /// `util.inspect` itself.
    pub inspect: Place,
    /// `inspect.styles`: the names of colours, by the names of styles.
    pub styles: Place,
    /// `inspect.colors`: the codes of colours, by their names.
    pub colors: Place,
    /// `options.stylize` without colours.
    pub plain: Place,
    /// `options.stylize` with colours.
    pub colored: Place,
    custom: OnceCell<Root<Symbol>>,
}

impl Settings {
    /// Those of a machine, if a program runs in it.
    pub fn of(vm: &Vm) -> Option<Rc<Self>> {
        Some(vm.embedder::<Runtime>()?.state(Self::default))
    }

    /// Keeps an object.
    pub fn keep(vm: &Vm, place: &Place, value: Value) {
        *place.borrow_mut() = as_object(value).map(|object| vm.memory.root(object));
    }

    /// The key of methods by which objects say how they are shown.
    pub fn custom_key(vm: &mut Vm) -> Completion<PropertyKey> {
        const NAME: &str = "nodejs.util.inspect.custom";
        let settings = Self::of(vm);
        if let Some(known) = settings.as_ref().and_then(|settings| settings.custom.get()) {
            return Ok(PropertyKey::symbol(known.get()));
        }
        let name = vm.memory.string(NAME);
        let symbol = vm.registered_symbol(name)?;
        if let Some(settings) = settings {
            let _ = settings.custom.set(vm.memory.root(symbol));
        }
        Ok(PropertyKey::symbol(symbol))
    }

    fn value(place: &Place) -> Value {
        place.borrow().as_ref().map_or(Value::UNDEFINED, |object| Value::cell(object.get()))
    }

    /// `options.stylize`
    pub fn stylize(&self, has_colors: bool) -> Value {
        Self::value(if has_colors { &self.colored } else { &self.plain })
    }

    /// Whether a function is one of those that style texts.
    pub fn is_stylize(&self, function: Value) -> bool {
        function == Self::value(&self.plain) || function == Self::value(&self.colored)
    }

    /// `util.inspect`
    pub fn inspect(&self) -> Value {
        Self::value(&self.inspect)
    }

    /// `inspect.styles` and `inspect.colors`
    pub fn palette(&self) -> (Value, Value) {
        (Self::value(&self.styles), Self::value(&self.colors))
    }
}
