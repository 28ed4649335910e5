//! What the builtins do: a file a global. One program, for each is linked for seconds.

#[path = "../support/mod.rs"]
mod support;

mod array;
mod array_buffer;
mod bigint;
mod collections;
mod date;
mod disposable_stack;
mod error;
mod function;
mod iterator;
mod json;
mod locale;
mod math;
mod number;
mod object;
mod promise;
mod proxy;
mod reflect;
mod regexp;
mod sorting;
mod string;
mod string_locale;
mod symbol;
mod temporal;
mod typed_array;
mod uri;
