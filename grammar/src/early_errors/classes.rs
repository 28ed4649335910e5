//! Rules about classes (§15.7.1).

use rustc_hash::FxHashMap;

use super::refuse;
use crate::ast::*;
use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Span;

/// A class has one constructor.
pub(crate) fn duplicate_constructor(class: &Class<'_>) -> Option<Fault> {
    let mut constructors = class.elements.iter().filter_map(|element| match element {
        ClassElement::Method(method) if method.kind == MethodKind::Constructor => Some(method.span),
        _ => None,
    });
    let (first, second) = (constructors.next()?, constructors.next()?);
    let message = "A class may only have one constructor";
    Some(Diagnostic::syntax(second, message).label(first, "the first one"))
}

/// A method named `constructor` is a plain one, and no static method is named
/// `prototype`.
pub(crate) fn method_name(method: &ClassMethod<'_>) -> Option<Fault> {
    let span = method.key.span();
    if method.is_static {
        if method.key.is_literally("prototype") {
            return refuse(span, "Classes may not have a static property named 'prototype'");
        }
        return None;
    }
    if method.kind == MethodKind::Constructor || !method.key.is_literally("constructor") {
        return None;
    }
    let message = match (method.kind, method.value.kind) {
        (MethodKind::Get | MethodKind::Set, _) => "Class constructor may not be an accessor",
        (_, FunctionKind::Generator) => "Class constructor may not be a generator",
        (_, FunctionKind::AsyncGenerator) => "Class constructor may not be a generator",
        _ => "Class constructor may not be an async method",
    };
    refuse(span, message)
}

/// No field is named `constructor`, and no static field `prototype`.
pub(crate) fn field_name(field: &ClassField<'_>) -> Option<Fault> {
    let span = field.key.span();
    if field.key.is_literally("constructor") {
        return refuse(span, "Classes may not have a field named 'constructor'");
    }
    if field.is_static && field.key.is_literally("prototype") {
        return refuse(span, "Classes may not have a static property named 'prototype'");
    }
    None
}

/// No private name is `#constructor`.
pub(crate) fn private_constructor(element: &ClassElement<'_>) -> Option<Fault> {
    let (key, message) = match element {
        ClassElement::Method(method) => {
            (method.key, "Class constructor may not be a private method")
        }
        ClassElement::Field(field) => {
            (field.key, "Classes may not have a private field named '#constructor'")
        }
        ClassElement::StaticBlock(_) => return None,
    };
    match key {
        PropertyKey::Private(name) if name.name.as_str() == "constructor" => {
            refuse(name.span, message)
        }
        _ => None,
    }
}

/// What a class declares under one private name.
#[derive(Clone, Copy)]
pub(crate) struct PrivateDeclaration {
    span: Span,
    /// The half of an accessor it is, if it is one.
    accessor: Option<MethodKind>,
    is_static: bool,
}

/// A private name is declared once, or as a getter and a setter that are both
/// static or both not.
pub(crate) fn duplicate_private_name<'a>(
    element: &ClassElement<'a>,
    declared: &mut FxHashMap<Name<'a>, PrivateDeclaration>,
) -> Option<Fault> {
    let (key, accessor, is_static) = match element {
        ClassElement::Method(method) => {
            let accessor = matches!(method.kind, MethodKind::Get | MethodKind::Set);
            (method.key, accessor.then_some(method.kind), method.is_static)
        }
        ClassElement::Field(field) => (field.key, None, field.is_static),
        ClassElement::StaticBlock(_) => return None,
    };
    let PropertyKey::Private(name) = key else { return None };
    let declaration = PrivateDeclaration { span: name.span, accessor, is_static };
    let first = declared.insert(name.name, declaration)?;
    let pair = match (first.accessor, accessor) {
        (Some(one), Some(other)) => one != other && first.is_static == is_static,
        _ => false,
    };
    if pair {
        // Neither half may come again.
        declared.insert(name.name, PrivateDeclaration { accessor: None, ..declaration });
        return None;
    }
    let message = format!("Identifier '#{}' has already been declared", name.name);
    Some(Diagnostic::syntax(name.span, message).label(first.span, "first declared here"))
}

/// §15.7.1, §16.1.1 `AllPrivateIdentifiersValid`: a private name is declared by a
/// class around its use.
pub(crate) fn undeclared_private_name(name: &PrivateIdentifier<'_>) -> Fault {
    let message = format!("Private field '#{}' must be declared in an enclosing class", name.name);
    Diagnostic::syntax(name.span, message)
}
