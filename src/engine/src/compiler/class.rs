//! Classes (ECMA-262 §15.7).
//!
//! A class has at most one environment: the binding of its name, its private names, the
//! private methods, and the keys of fields that are computed. Two functions are made
//! beside its methods where they are wanted: one that gives an instance its private
//! methods and fields, which the constructor calls, and one for the static fields and
//! blocks, which is called at once.

use axil_grammar::Span;
use axil_grammar::ast::{
    Class, ClassElement, ClassField, ClassMethod, Expression, Identifier, MethodKind,
    PrivateIdentifier, PropertyKey, StaticBlock,
};
use axil_grammar::scope::FunctionFacts;

use super::function::{Body, Parts};
use super::property::Reference;
use super::{Compiled, Compiler, Place};
use crate::bytecode::{CodeFlags, Instruction, Register};
use crate::heap::Gc;
use crate::string::JsString;
use crate::value::Value;

/// Private names that a class has brought into scope, and where they are.
pub(super) struct PrivateNames<'a> {
    /// In the order of their texts.
    names: Vec<&'a str>,
    environment: usize,
    first: u32,
}

/// What of a class the function that sets up its instances, or the class itself, does.
#[derive(Clone)]
pub(super) enum Member<'a> {
    /// Adds a private method, getter (2) or setter (3) that a variable holds.
    Private { name: &'a PrivateIdentifier<'a>, function: Place, kind: u32 },
    /// Defines a field; the variable of its key, if that was computed.
    Field { field: &'a ClassField<'a>, key: Option<Place> },
    /// Runs a static block.
    Block(&'a StaticBlock<'a>),
}

impl Member<'_> {
    pub(super) fn facts(&self) -> FunctionFacts {
        match self {
            Member::Private { .. } => FunctionFacts::USES_THIS,
            Member::Field { field, .. } => field.facts.get() | FunctionFacts::USES_THIS,
            Member::Block(block) => block.facts.get(),
        }
    }
}

/// What `kind` of [`Instruction::DefinePrivate`] and, less one, of
/// [`Instruction::DefineMethod`] a method is.
fn private_kind(kind: MethodKind) -> u32 {
    match kind {
        MethodKind::Get => 2,
        MethodKind::Set => 3,
        MethodKind::Method | MethodKind::Constructor => 1,
    }
}

/// The method is not enumerable: it is of a class.
const OF_CLASS: u32 = 4;

impl<'a> Compiler<'_, 'a> {
    /// `ClassDefinitionEvaluation` (§15.7.14). An anonymous class gets `name`.
    pub(super) fn class(
        &mut self,
        class: &'a Class<'a>,
        name: Option<Gc<JsString>>,
        dst: Register,
    ) -> Compiled {
        let strict = std::mem::replace(&mut self.state().strict, true);
        let private: Vec<&'a str> = private_names(class);
        let methods = class.elements.iter().filter(|element| is_private_method(element)).count();
        let keys = class.elements.iter().filter(|element| has_computed_field(element)).count();
        let extra = (private.len() + methods + keys) as u32;
        let entered = self.enter_scope_with(class.scope.get(), extra);
        let constructor = self.temporaries(2);
        match class.superclass {
            None => self.emit(Instruction::LoadEmpty { dst: constructor }),
            Some(superclass) => self.value_into(superclass, constructor)?,
        }
        let mut variable = self.first_extra();
        if !private.is_empty() {
            let environment = self.environments.len() - 1;
            for (index, name) in private.iter().enumerate() {
                let text = self.string(&format!("#{name}"));
                let name = self.constant(Value::cell(text));
                self.scratch(|this| {
                    let symbol = this.temporary();
                    this.emit(Instruction::NewPrivateName { dst: symbol, name });
                    let index = variable + index as u32;
                    this.store_place(Place::Environment { environment, index }, symbol);
                    Ok(())
                })?;
            }
            let count = private.len() as u32;
            self.private_names.push(PrivateNames { names: private, environment, first: variable });
            variable += count;
        }
        let result = self.class_body(class, name, constructor, variable);
        if class.elements.iter().any(|element| private_name(element).is_some()) {
            self.private_names.pop();
        }
        self.leave_scope(entered);
        result?;
        self.emit(Instruction::Move { dst, src: constructor });
        self.state().strict = strict;
        Ok(())
    }

    fn class_body(
        &mut self,
        class: &'a Class<'a>,
        name: Option<Gc<JsString>>,
        constructor: Register,
        mut variable: u32,
    ) -> Compiled {
        let prototype = Register(constructor.0 + 1);
        let members = |is_static: bool| {
            class.elements.iter().filter(move |element| match element {
                ClassElement::Method(method) => {
                    method.is_static == is_static && matches!(method.key, PropertyKey::Private(_))
                }
                ClassElement::Field(field) => field.is_static == is_static,
                ClassElement::StaticBlock(_) => is_static,
            })
        };
        let name = match class.id {
            Some(id) => self.string(id.name.as_str()),
            None => name.unwrap_or_else(|| self.string("")),
        };
        self.position(class);
        let fields = u8::try_from(members(false).count()).unwrap_or(u8::MAX);
        let code = self.class_constructor(class, name, fields)?;
        let environment = self.environment_register();
        if u16::try_from(code).is_ok() {
            self.emit(Instruction::NewClass { class: constructor, environment, code });
        } else {
            let next = self.state().next;
            let dst = self.temporary();
            self.emit(Instruction::LoadConstant { dst, constant: code });
            self.emit(Instruction::NewClassOf { class: constructor, environment, code: dst });
            self.state().next = next;
        }
        let (mut instance_members, mut static_members) = (Vec::new(), Vec::new());
        let mut next_variable = || {
            variable += 1;
            variable - 1
        };
        for element in class.elements {
            match *element {
                ClassElement::Method(method) if method.kind == MethodKind::Constructor => {}
                ClassElement::Method(method) => {
                    let object = if method.is_static { constructor } else { prototype };
                    if let PropertyKey::Private(name) = method.key {
                        let function =
                            self.private_method(method, name, object, next_variable())?;
                        let kind = private_kind(method.kind);
                        let member = Member::Private { name, function, kind };
                        let members = if method.is_static {
                            &mut static_members
                        } else {
                            &mut instance_members
                        };
                        members.push(member);
                    } else {
                        self.class_method(method, object)?;
                    }
                }
                ClassElement::Field(field) => {
                    let key = match field.key {
                        PropertyKey::Computed(_) => {
                            let environment = self.environments.len() - 1;
                            let place = Place::Environment { environment, index: next_variable() };
                            self.scratch(|this| {
                                let key = this.key_value(field.key)?;
                                this.store_place(place, key);
                                Ok(())
                            })?;
                            Some(place)
                        }
                        _ => None,
                    };
                    let member = Member::Field { field, key };
                    if field.is_static {
                        static_members.push(member);
                    } else {
                        instance_members.push(member);
                    }
                }
                ClassElement::StaticBlock(block) => static_members.push(Member::Block(block)),
            }
        }
        if let Some(id) = class.id {
            self.initialize_class_name(class, id, constructor);
        }
        // Private methods are there before any field.
        let order = |member: &Member<'_>| !matches!(member, Member::Private { .. });
        instance_members.sort_by_key(order);
        static_members.sort_by_key(order);
        if !instance_members.is_empty() {
            self.scratch(|this| {
                let function = this.temporary();
                this.members_function(instance_members, class, false, function)?;
                this.emit(Instruction::SetHome { function, object: prototype });
                let key = this.temporary();
                this.load_key(this.memory.keys().fields, key);
                let (object, src) = (constructor, function);
                this.emit(Instruction::DefinePrivate { object, name: key, src, kind: 0 });
                Ok(())
            })?;
        }
        if !static_members.is_empty() {
            self.scratch(|this| {
                let frame = this.frame();
                this.members_function(static_members, class, true, frame)?;
                this.emit(Instruction::SetHome { function: frame, object: constructor });
                let this_place = Register(frame.0 + 3);
                this.emit(Instruction::Move { dst: this_place, src: constructor });
                this.emit(Instruction::Call { frame, arguments: 0, dst: frame });
                Ok(())
            })?;
        }
        Ok(())
    }

    fn initialize_class_name(
        &mut self,
        class: &'a Class<'a>,
        id: &Identifier<'a>,
        constructor: Register,
    ) {
        let Some(scope) = class.scope.get().index() else { return };
        let inner = self.scopes.scopes[scope].bindings.iter().copied();
        let mut inner = inner.filter(|binding| self.scopes.binding(*binding).name == id.name);
        if let Some(place) = inner.next().and_then(|binding| self.places.get(&binding).copied()) {
            self.store_place(place, constructor);
        }
    }

    /// The code of the constructor, as a constant.
    fn class_constructor(
        &mut self,
        class: &'a Class<'a>,
        name: Gc<JsString>,
        fields: u8,
    ) -> Compiled<u32> {
        let is_derived = class.superclass.is_some();
        let found = class.elements.iter().find_map(|element| match element {
            ClassElement::Method(method) if method.kind == MethodKind::Constructor => {
                Some(method.value)
            }
            _ => None,
        });
        let mut flags = CodeFlags::STRICT
            | CodeFlags::CONSTRUCTOR
            | CodeFlags::CLASS_CONSTRUCTOR
            | CodeFlags::METHOD;
        flags.set(CodeFlags::DERIVED, is_derived);
        let parts = match found {
            Some(function) => {
                Parts { span: class.span, fields, ..Parts::of(function, name, flags) }
            }
            None => Parts {
                fields,
                ..Parts::synthesized(name, class.span, Body::DefaultConstructor, flags)
            },
        };
        self.code_of(&parts)
    }

    /// The function that does what members of a class want done.
    fn members_function(
        &mut self,
        members: Vec<Member<'a>>,
        class: &'a Class<'a>,
        is_static: bool,
        dst: Register,
    ) -> Compiled {
        let facts =
            members.iter().fold(FunctionFacts::STRICT, |facts, member| facts | member.facts());
        let name = self.string(if is_static {
            "<static_initializer>"
        } else {
            "<instance_members_initializer>"
        });
        let parts = Parts::synthesized(
            name,
            class.body_span,
            Body::Members(members),
            CodeFlags::STRICT | CodeFlags::METHOD,
        );
        self.closure(&Parts { facts, ..parts }, dst)
    }

    /// What the function for members does.
    pub(super) fn members(&mut self, members: &[Member<'a>]) -> Compiled {
        for member in members {
            match member {
                Member::Private { name, function, kind } => self.scratch(|this| {
                    let (object, src) = (this.temporary(), this.temporary());
                    this.load_this(object);
                    this.load_place(*function, src);
                    let name = this.private_name(name)?;
                    this.emit(Instruction::DefinePrivate { object, name, src, kind: *kind });
                    Ok(())
                })?,
                Member::Field { field, key } => self.scratch(|this| this.field(field, *key))?,
                Member::Block(block) => {
                    let next = self.state().next;
                    let entered = self.enter_scope(block.scope.get());
                    self.hoist_functions(block.statements)?;
                    self.statements_with_resources(block.statements)?;
                    self.leave_scope(entered);
                    self.state().next = next;
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &'a ClassField<'a>, key: Option<Place>) -> Compiled {
        let (object, src) = (self.temporary(), self.temporary());
        let entered = self.enter_scope(field.scope.get());
        let outer = std::mem::replace(&mut self.state().in_field, true);
        match (field.value, key) {
            (None, _) => self.emit(Instruction::LoadUndefined { dst: src }),
            (Some(value), Some(key)) if is_anonymous_function(value) => {
                self.value_into(value, src)?;
                let name = self.temporary();
                self.load_place(key, name);
                self.emit(Instruction::SetFunctionName { function: src, key: name, kind: 0 });
            }
            (Some(value), _) => {
                let name = match field.key {
                    PropertyKey::Private(name) => {
                        Some(self.string(&format!("#{}", name.name.as_str())))
                    }
                    key => self.constant_key(key).and_then(|key| self.name_of_key(key)),
                };
                self.named_value_into(value, name, src)?;
            }
        }
        self.state().in_field = outer;
        self.leave_scope(entered);
        self.load_this(object);
        self.state().code.position(field.key.span().start);
        match (field.key, key) {
            (PropertyKey::Private(name), _) => {
                let name = self.private_name(name)?;
                self.emit(Instruction::DefinePrivate { object, name, src, kind: 0 });
            }
            (_, Some(place)) => {
                let key = self.temporary();
                self.load_place(place, key);
                self.emit(Instruction::DefineElement { object, key, src });
            }
            (key, None) => {
                if let Some(key) = self.constant_key(key) {
                    self.define_named(object, key, src);
                }
            }
        }
        Ok(())
    }

    fn class_method(&mut self, method: &'a ClassMethod<'a>, object: Register) -> Compiled {
        self.scratch(|this| {
            let start = this.start_of(method);
            let (key, value) = (method.key, method.value);
            this.method_definition(key, value, method.kind, object, (start, OF_CLASS))
        })
    }

    /// Where the text of a method begins: `static` is no part of it.
    fn start_of(&self, method: &ClassMethod<'a>) -> u32 {
        const STATIC: u32 = "static".len() as u32;
        if !method.is_static {
            return method.span.start;
        }
        let after = Span::new(method.span.start + STATIC, method.span.end);
        let mut text = self.source.slice(after);
        loop {
            let before = text;
            text = text.trim_ascii_start();
            if let Some(comment) = text.strip_prefix(b"/*") {
                let end = comment.windows(2).position(|two| two == b"*/");
                text = end.map_or(text, |end| &comment[end + 2..]);
            } else if text.starts_with(b"//") {
                let end = text.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                text = end.map_or(text, |end| &text[end..]);
            }
            if text.len() == before.len() {
                return method.span.end - text.len() as u32;
            }
        }
    }

    /// Makes a private method and puts it into a variable.
    fn private_method(
        &mut self,
        method: &'a ClassMethod<'a>,
        name: &'a PrivateIdentifier<'a>,
        object: Register,
        index: u32,
    ) -> Compiled<Place> {
        let place = Place::Environment { environment: self.environments.len() - 1, index };
        self.scratch(|this| {
            let function = this.temporary();
            let prefix = match method.kind {
                MethodKind::Get => "get ",
                MethodKind::Set => "set ",
                _ => "",
            };
            let text = this.string(&format!("{prefix}#{}", name.name.as_str()));
            let span = Span::new(this.start_of(method), method.span.end);
            this.method_closure(method.value, text, span, function)?;
            this.emit(Instruction::SetHome { function, object });
            this.store_place(place, function);
            Ok(())
        })?;
        Ok(place)
    }

    /// Gives `this` the members that its class declares, in code of a constructor.
    pub(super) fn initialize_fields(&mut self, this: Register) {
        let is_constructor = self.state().is_derived || self.state().fields > 0;
        if is_constructor && self.state().fields == 0 {
            return;
        }
        let (next, past) = (self.state().next, self.label());
        let frame = self.frame();
        self.load_callee(frame);
        if is_constructor {
            let key = self.memory.keys().fields;
            self.load_reference(Reference::Named { object: frame, key }, frame);
        } else {
            // A function within a constructor does not know whose it is.
            self.emit(Instruction::LoadFields { dst: frame, constructor: frame });
            self.emit_jump(Instruction::JumpIfUndefined { test: frame, to: 0 }, past);
        }
        self.emit(Instruction::Move { dst: Register(frame.0 + 3), src: this });
        self.emit(Instruction::Call { frame, arguments: 0, dst: frame });
        self.bind(past);
        self.state().next = next;
    }

    /// Loads a private name.
    pub(super) fn private_name(&mut self, name: &PrivateIdentifier<'a>) -> Compiled<Register> {
        let text = name.name.as_str();
        let found = self.private_names.iter().rev().find_map(|names| {
            let index = names.names.binary_search(&text).ok()?;
            let index = names.first + index as u32;
            Some(Place::Environment { environment: names.environment, index })
        });
        let dst = self.temporary();
        match found.or_else(|| self.outer_private_name(text)) {
            Some(place) => self.load_place(place, dst),
            None => return super::not_built("this private name", name),
        }
        Ok(dst)
    }

    /// The private names in scope.
    pub(super) fn private_names_here(&self) -> impl Iterator<Item = (&'a str, Place)> {
        self.private_names.iter().flat_map(|names| {
            names.names.iter().enumerate().map(|(index, name)| {
                let index = names.first + index as u32;
                (*name, Place::Environment { environment: names.environment, index })
            })
        })
    }
}

fn private_name<'a>(element: &ClassElement<'a>) -> Option<&'a str> {
    let key = match element {
        ClassElement::Method(method) => method.key,
        ClassElement::Field(field) => field.key,
        ClassElement::StaticBlock(_) => return None,
    };
    match key {
        PropertyKey::Private(name) => Some(name.name.as_str()),
        _ => None,
    }
}

/// The private names that a class declares, each once, in the order of their texts.
fn private_names<'a>(class: &'a Class<'a>) -> Vec<&'a str> {
    let mut names: Vec<&str> = class.elements.iter().filter_map(private_name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn is_private_method(element: &ClassElement<'_>) -> bool {
    matches!(element, ClassElement::Method(_)) && private_name(element).is_some()
}

fn has_computed_field(element: &ClassElement<'_>) -> bool {
    matches!(element, ClassElement::Field(field) if matches!(field.key, PropertyKey::Computed(_)))
}

/// `IsAnonymousFunctionDefinition` (§8.4.2)
pub(super) fn is_anonymous_function(expression: Expression<'_>) -> bool {
    match expression.without_parentheses() {
        Expression::Function(function) => function.id.is_none(),
        Expression::Arrow(_) => true,
        Expression::Class(class) => class.id.is_none(),
        _ => false,
    }
}
