//! Which realm is the current one (ECMA-262 §9.4), and realms besides the first.
//!
//! Most programs live in one realm, so calls know nothing of realms, and [`Vm::realm`]
//! asks one flag. Where there are more, the realm is that of what runs: a function of
//! ECMAScript has that of its code, which the frame tells; native code is noted while it
//! runs.

use super::calls::callee;
use super::{Completion, NativeFunction, Vm};
use crate::bytecode::Code;
use crate::heap::Gc;
use crate::object::{BoundFunction, Function, Object, Proxy};
use crate::realm::{Intrinsic, Realm};
use crate::value::Value;

impl Vm {
    /// The realm of the code that runs. An instruction that asks has left the machine.
    #[inline]
    pub fn realm(&self) -> Gc<Realm> {
        #[cfg(debug_assertions)]
        assert!(self.is_left.get(), "an instruction has left the machine before it asks");
        if self.has_realms.get() { self.running_realm() } else { self.first_realm.get() }
    }

    #[cold]
    fn running_realm(&self) -> Gc<Realm> {
        self.native_realm.get().unwrap_or_else(|| {
            // SAFETY: No native code runs, so a frame does, which the machine was left at.
            let code = unsafe { callee(self.registers.get()) }.code;
            self.realm_of_code(code)
        })
    }

    /// A realm of its own, with all that ECMAScript gives it (§9.3.1).
    pub fn create_realm(&mut self) -> Gc<Realm> {
        self.has_realms.set(true);
        let realm = Gc::<Realm>::new(&self.memory);
        let prototype = Value::cell(realm.get(Intrinsic::FunctionPrototype));
        if let Some(function) = prototype.downcast::<NativeFunction>() {
            function.realm.set(Some(realm));
        }
        self.in_realm(realm, crate::builtins::install);
        realm
    }

    /// Does something with a realm as the current one.
    pub fn in_realm<T>(&mut self, realm: Gc<Realm>, action: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.native_realm.replace(Some(realm));
        let result = action(self);
        self.native_realm.set(outer);
        // Until here it is on the native stack, where the collector finds it.
        std::hint::black_box(realm);
        result
    }

    /// Runs frames, which tell their realm themselves.
    pub(super) fn in_frames<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.native_realm.take();
        let result = run(self);
        self.native_realm.set(outer);
        result
    }

    fn realm_of_code(&self, code: Gc<Code>) -> Gc<Realm> {
        code.realm.get().unwrap_or_else(|| self.first_realm.get())
    }

    /// Whether there have been more realms than one.
    #[inline]
    pub(super) fn has_several_realms(&self) -> bool {
        self.has_realms.get()
    }

    /// Notes the realm of code that becomes a function. That of the first one is not.
    pub(super) fn note_realm(&self, code: Gc<Code>) {
        if self.has_realms.get() && code.realm.get().is_none() {
            let realm = self.realm();
            if realm != self.first_realm.get() {
                code.realm.set(Some(realm));
                self.memory.write_barrier(code, realm.to_word());
            }
        }
    }

    /// The realm of a function that is neither bound nor a proxy.
    pub(super) fn realm_of_function(&self, function: Value) -> Gc<Realm> {
        if !self.has_realms.get() {
            return self.first_realm.get();
        }
        match (function.downcast::<Function>(), function.downcast::<NativeFunction>()) {
            (Some(function), _) => self.realm_of_code(function.code),
            (_, Some(native)) => native.realm.get().unwrap_or_else(|| self.first_realm.get()),
            _ => self.realm(),
        }
    }

    /// `GetFunctionRealm` (§7.3.25)
    ///
    /// # Errors
    /// A `TypeError` for a proxy that has been revoked.
    pub fn get_function_realm(&mut self, function: Gc<Object>) -> Completion<Gc<Realm>> {
        let mut at = function;
        loop {
            let value = Value::cell(at);
            if let Some(bound) = value.downcast::<BoundFunction>() {
                at = bound.target;
            } else if let Some(proxy) = value.downcast::<Proxy>() {
                let Some((target, _)) = proxy.ends() else {
                    let message = "Cannot perform 'get' on a proxy that has been revoked";
                    return Err(self.throw_type_error(message));
                };
                at = target;
            } else {
                return Ok(self.realm_of_function(value));
            }
        }
    }
}
