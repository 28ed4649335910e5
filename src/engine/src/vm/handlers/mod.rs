//! The instructions' handlers.
//!
//! A handler does the common case with what the processor has at hand, and ends in
//! [`go`](super::dispatch::go). Anything that may allocate, call or throw stands in a
//! function of its own to which the handler goes as to another instruction, so that no
//! handler has to save registers for it.

/// What stands in an instruction. Each part is read by itself: one wide load with
/// shifts is slower.
macro_rules! operand {
    ($pc:expr, op) => {
        $crate::bytecode::Op::ALL[usize::from($pc.cast::<u8>().read())]
    };
    ($pc:expr, x) => {
        $pc.cast::<u8>().add(1).read()
    };
    ($pc:expr, a) => {
        usize::from($pc.cast::<u16>().add(1).read())
    };
    ($pc:expr, b) => {
        usize::from($pc.cast::<u16>().add(2).read())
    };
    ($pc:expr, c) => {
        usize::from($pc.cast::<u16>().add(3).read())
    };
    ($pc:expr, int) => {
        i32::from($pc.cast::<i16>().add(3).read())
    };
    ($pc:expr, wide) => {
        $pc.cast::<i32>().add(1).read()
    };
}

/// The register that an operand names: of `this`, which stands right below the first one,
/// the number is −1.
macro_rules! register {
    ($registers:expr, $pc:expr, a) => {
        $registers.offset(isize::from($pc.cast::<i16>().add(1).read()))
    };
    ($registers:expr, $pc:expr, b) => {
        $registers.offset(isize::from($pc.cast::<i16>().add(2).read()))
    };
    ($registers:expr, $pc:expr, c) => {
        $registers.offset(isize::from($pc.cast::<i16>().add(3).read()))
    };
}

/// Defines a handler. The body has the instruction and the frame by these names; it
/// ends with `next!` or by going elsewhere.
macro_rules! handler {
    ($(#[$meta:meta])* $name:ident($pc:ident, $registers:ident, $constants:ident, $vm:ident) $body:block) => {
        $(#[$meta])*
        pub(in crate::vm) unsafe extern "C" fn $name(
            $pc: *const u64,
            $registers: *mut $crate::value::Value,
            $constants: *const u64,
            $vm: *mut $crate::vm::Vm,
        ) -> u64 {
            #[allow(unused_unsafe, reason = "some do nothing")]
            // SAFETY: The machine is at an instruction of this opcode, whose operands
            // the compiler has made for this frame.
            unsafe { $body }
        }
    };
}

/// The handler of a case that may allocate, call or throw.
macro_rules! slow_handler {
    ($name:ident($pc:ident, $registers:ident, $constants:ident, $vm:ident) $body:block) => {
        handler! {
            #[cold]
            #[inline(never)]
            $name($pc, $registers, $constants, $vm) $body
        }
    };
}

/// A handler that does something slow and gives its result, if it has one, to a
/// register.
macro_rules! slow_operation {
    ($($name:ident($vm:ident, $pc:ident, $registers:ident, $constants:ident) $body:block)*) => {
        $(handler! {
            #[inline(never)]
            $name($pc, $registers, $constants, vm) {
                /// What it does, in a function of its own: a local variable whose address is
                /// given away would keep the handler from ending in a jump.
                #[inline(never)]
                #[allow(unused_variables, reason = "not all look at everything")]
                #[allow(clippy::unnecessary_wraps, reason = "some never throw")]
                unsafe fn operation(
                    $vm: &mut $crate::vm::Vm,
                    $pc: *const u64,
                    $registers: *mut $crate::value::Value,
                    $constants: *const u64,
                ) -> $crate::vm::Completion<()> {
                    #[allow(unused_unsafe, reason = "some do nothing")]
                    // SAFETY: As for the handler.
                    unsafe { $body }
                }
                (*vm).leave($pc, $registers, $constants);
                match operation(&mut *vm, $pc, $registers, $constants) {
                    Ok(()) => $crate::vm::dispatch::go!($pc.add(1), $registers, $constants, vm),
                    Err(_) => $crate::vm::unwinding::unwind($pc, $registers, $constants, vm),
                }
            }
        })*
    };
}

mod accessors;
mod arithmetic;
mod classes;
mod comparison;
mod control;
mod coroutines;
mod elements;
mod iteration;
mod moves;
mod names;
mod objects;
mod properties;
mod variables;

pub(super) use properties::{outside_or_inside, read as read_slot};

use super::dispatch::Handler;
use crate::bytecode::Op;

/// The handler of an opcode.
pub(super) const fn of(op: Op) -> Handler {
    match op {
        Op::LoadConstant => moves::load_constant,
        Op::LoadInt => moves::load_int,
        Op::LoadUndefined => moves::load_undefined,
        Op::LoadNull => moves::load_null,
        Op::LoadTrue => moves::load_true,
        Op::LoadFalse => moves::load_false,
        Op::LoadEmpty => moves::load_empty,
        Op::Move => moves::move_register,
        Op::LoadThis => moves::load_this,
        Op::LoadCallee => moves::load_callee,
        Op::CoerceThis => variables::coerce_this,
        Op::LoadEnvironment => variables::load_environment,
        Op::PushEnvironment => variables::push_environment,
        Op::CopyEnvironment => variables::copy_environment,
        Op::PushLargeEnvironment => variables::push_large_environment,
        Op::LoadFarVariable => variables::load_far_variable,
        Op::StoreFarVariable => variables::store_far_variable,
        Op::LoadFarImport => variables::load_far_import,
        Op::LoadNamedGlobal => names::load_named_global,
        Op::StoreNamedGlobal => names::store_named_global,
        Op::NewFunctionOf => control::new_function_of,
        Op::NewClassOf => classes::new_class_of,
        Op::LoadVariable => variables::load_variable,
        Op::StoreVariable => variables::store_variable,
        Op::CheckInitialized => variables::check_initialized,
        Op::Add => arithmetic::add,
        Op::Subtract => arithmetic::subtract,
        Op::Multiply => arithmetic::multiply,
        Op::Divide => arithmetic::divide,
        Op::Remainder => arithmetic::remainder,
        Op::BitAnd => arithmetic::bit_and,
        Op::BitOr => arithmetic::bit_or,
        Op::BitXor => arithmetic::bit_xor,
        Op::ShiftLeft => arithmetic::shift_left,
        Op::ShiftRight => arithmetic::shift_right,
        Op::ShiftRightUnsigned => arithmetic::shift_right_unsigned,
        Op::Exponent => arithmetic::exponent,
        Op::AddInt => arithmetic::add_int,
        Op::SubtractInt => arithmetic::subtract_int,
        Op::MultiplyInt => arithmetic::multiply_int,
        Op::DivideInt => arithmetic::divide_int,
        Op::RemainderInt => arithmetic::remainder_int,
        Op::BitAndInt => arithmetic::bit_and_int,
        Op::BitOrInt => arithmetic::bit_or_int,
        Op::BitXorInt => arithmetic::bit_xor_int,
        Op::ShiftLeftInt => arithmetic::shift_left_int,
        Op::ShiftRightInt => arithmetic::shift_right_int,
        Op::ShiftRightUnsignedInt => arithmetic::shift_right_unsigned_int,
        Op::Negate => arithmetic::unary,
        Op::BitNot => arithmetic::unary,
        Op::ToNumber => arithmetic::unary,
        Op::ToNumeric => arithmetic::unary,
        Op::ToString => arithmetic::unary,
        Op::Not => comparison::not,
        Op::TypeOf => arithmetic::unary,
        Op::Increment => arithmetic::increment,
        Op::Decrement => arithmetic::decrement,
        Op::Equal => comparison::equal,
        Op::NotEqual => comparison::not_equal,
        Op::StrictEqual => comparison::strict_equal,
        Op::StrictNotEqual => comparison::strict_not_equal,
        Op::Less => comparison::less,
        Op::LessEqual => comparison::less_equal,
        Op::Greater => comparison::greater,
        Op::GreaterEqual => comparison::greater_equal,
        Op::Jump => control::jump,
        Op::Loop => control::jump,
        Op::JumpIfTrue => control::jump_if_true,
        Op::JumpIfFalse => control::jump_if_false,
        Op::JumpIfNullish => control::jump_if_nullish,
        Op::JumpIfNotNullish => control::jump_if_not_nullish,
        Op::JumpIfUndefined => control::jump_if_undefined,
        Op::JumpIfNotUndefined => control::jump_if_not_undefined,
        Op::JumpIfEmpty => control::jump_if_empty,
        Op::JumpIfLess => comparison::jump_if_less,
        Op::JumpIfNotLess => comparison::jump_if_not_less,
        Op::JumpIfLessEqual => comparison::jump_if_less_equal,
        Op::JumpIfNotLessEqual => comparison::jump_if_not_less_equal,
        Op::JumpIfGreater => comparison::jump_if_greater,
        Op::JumpIfNotGreater => comparison::jump_if_not_greater,
        Op::JumpIfGreaterEqual => comparison::jump_if_greater_equal,
        Op::JumpIfNotGreaterEqual => comparison::jump_if_not_greater_equal,
        Op::JumpIfStrictEqual => comparison::jump_if_strict_equal,
        Op::JumpIfStrictNotEqual => comparison::jump_if_not_strict_equal,
        Op::JumpIfLessInt => comparison::jump_if_less_int,
        Op::JumpIfNotLessInt => comparison::jump_if_not_less_int,
        Op::JumpIfLessEqualInt => comparison::jump_if_less_equal_int,
        Op::JumpIfNotLessEqualInt => comparison::jump_if_not_less_equal_int,
        Op::JumpIfGreaterInt => comparison::jump_if_greater_int,
        Op::JumpIfNotGreaterInt => comparison::jump_if_not_greater_int,
        Op::JumpIfGreaterEqualInt => comparison::jump_if_greater_equal_int,
        Op::JumpIfNotGreaterEqualInt => comparison::jump_if_not_greater_equal_int,
        Op::JumpIfStrictEqualInt => comparison::jump_if_strict_equal_int,
        Op::JumpIfStrictNotEqualInt => comparison::jump_if_not_strict_equal_int,
        Op::JumpIfNull => control::jump_if_null,
        Op::JumpIfNotNull => control::jump_if_not_null,
        Op::JumpIfEqual => comparison::jump_if_equal,
        Op::JumpIfNotEqual => comparison::jump_if_not_equal,
        Op::GetLength => properties::get_length,
        Op::GetProperty => properties::get_property,
        Op::GetMethod => properties::get_method,
        Op::SetProperty => properties::set_property,
        Op::GetElement => elements::get_element,
        Op::SetElement => elements::set_element,
        Op::DefineProperty => properties::define_property,
        Op::DefineElement => elements::define_element,
        Op::DeleteElement => elements::delete_element,
        Op::HasProperty => elements::has_property,
        Op::ToPropertyKey => elements::convert_to_property_key,
        Op::RequireObjectCoercible => objects::require_object_coercible,
        Op::RestOfArguments => objects::rest_of_arguments,
        Op::BeginForIn => objects::begin_for_in,
        Op::NextForIn => objects::next_for_in,
        Op::DefineMethod => classes::define_method,
        Op::CopyOtherProperties => objects::copy_other_properties,
        Op::ToElementKey => elements::to_element_key,
        Op::ToObject => objects::convert_to_object,
        Op::AppendIterable => iteration::append_iterable,
        Op::GetIterator => iteration::get_iterator,
        Op::GetAsyncIterator => iteration::get_async_iterator,
        Op::GetDelegate => iteration::get_delegate,
        Op::IteratorNext => iteration::iterator_next,
        Op::IteratorResult => iteration::iterator_result,
        Op::CloseIterator => iteration::close_iterator,
        Op::PrepareClose => iteration::prepare_close,
        Op::CheckIteratorResult => iteration::check_iterator_result,
        Op::UndefinedIfEmpty => iteration::undefined_if_empty,
        Op::StepDelegate => iteration::step_delegate,
        Op::PrepareDelegate => iteration::prepare_delegate,
        Op::IsIteratorDone => iteration::is_iterator_done,
        Op::ThrowNoThrowMethod => iteration::throw_no_throw_method,
        Op::NewClass => classes::new_class,
        Op::LoadFields => classes::load_fields,
        Op::SetHome => classes::set_home,
        Op::SetFunctionName => classes::set_function_name,
        Op::LoadSuper => classes::load_super,
        Op::LoadSuperConstructor => classes::load_super_constructor,
        Op::GetSuper => classes::get_super,
        Op::SetSuper => classes::set_super,
        Op::CheckThis => classes::check_this,
        Op::CheckThisUnbound => classes::check_this_unbound,
        Op::StoreThis => classes::store_this,
        Op::CheckConstructorResult => classes::check_constructor_result,
        Op::NewPrivateName => classes::new_private_name,
        Op::GetPrivate => classes::get_private,
        Op::SetPrivate => classes::set_private,
        Op::DefinePrivate => classes::define_private,
        Op::HasPrivate => classes::has_private,
        Op::ThrowDeleteSuper => classes::throw_delete_super,
        Op::LoadOuterEnvironment => variables::load_outer_environment,
        Op::LoadImport => variables::load_import,
        Op::LoadGlobalThis => names::load_global_this,
        Op::ResolveBinding => names::resolve_binding,
        Op::GetBinding => names::get_binding,
        Op::SetBinding => names::set_binding,
        Op::DeclareEvalVariable => names::declare_eval_variable,
        Op::CheckGlobal => names::check_global,
        Op::DeclareGlobal => names::declare_global,
        Op::ThrowRedeclaration => names::throw_redeclaration,
        Op::DeleteGlobal => names::delete_global,
        Op::InitializeGlobal => names::initialize_global,
        Op::ThrowInvalidTarget => names::throw_invalid_target,
        Op::NewArguments => control::new_arguments,
        Op::NewMappedArguments => control::new_mapped_arguments,
        Op::GetTemplateObject => control::get_template_object,
        Op::DirectEval => control::direct_eval,
        Op::EvalScope => control::eval_scope,
        Op::ImportCall => control::import_call,
        Op::GetImportMeta => control::get_import_meta,
        Op::CallWithArray => crate::vm::calls::call_with_array,
        Op::ConstructWithArray => crate::vm::calls::construct_with_array,
        Op::AddResource => control::add_resource,
        Op::NextResource => control::next_resource,
        Op::SuppressError => control::suppress_error,
        Op::BeginAsync => coroutines::begin_async,
        Op::BeginGenerator => coroutines::begin_generator,
        Op::Yield => coroutines::yield_value,
        Op::Await => coroutines::await_value,
        Op::FinishCoroutine => coroutines::finish_coroutine,
        Op::FailCoroutine => coroutines::fail_coroutine,
        Op::SetLiteralPrototype => objects::set_literal_prototype,
        Op::CopyProperties => objects::copy_properties,
        Op::InstanceOf => objects::instance_of,
        Op::NewObjectOf => objects::new_object_of,
        Op::NewObject => objects::new_object,
        Op::NewArray => objects::new_array,
        Op::NewRegExp => objects::new_regexp,
        Op::AppendElement => elements::append_element,
        Op::NewFunction => control::new_function,
        Op::Call => control::call,
        Op::New => control::new,
        Op::Construct => crate::vm::calls::construct_instruction,
        Op::LoadGlobal => names::load_global,
        Op::LoadGlobalOrUndefined => names::load_global,
        Op::StoreGlobal => names::store_global,
        Op::ThrowConstantAssignment => variables::throw_constant_assignment,
        Op::Return => control::return_value,
        Op::ReturnUndefined => control::return_undefined,
        Op::Halt => control::halt,
        Op::Throw => control::throw,
        Op::Rethrow => control::rethrow,
    }
}
