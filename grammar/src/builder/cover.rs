//! Cover grammars: expressions that turn out to be patterns or parameters.
//!
//! `[a, b] = c` and `({ a }) => a` are read as literals before `=` or `=>` shows
//! what they are. The conversion walks the literal once and refuses what no
//! pattern can hold (ECMA-262 §13.15.1, §15.3.1).

use crate::ast::*;
use crate::depth;
use crate::source::Span;

use super::{ArrowHead, Cover, Cx, Fallible, syntax_error};

/// What a pattern is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// Leaves are assigned to: identifiers and properties, parentheses allowed.
    Assignment,
    /// Leaves are declared as parameters: plain identifiers only.
    Parameters,
}

/// A target that takes one value: §8.6.4 `AssignmentTargetType` is `simple`, or
/// the call that Annex B lets pass.
pub(crate) fn simple_target<'a>(target: Expression<'a>, message: &str) -> Fallible<Pattern<'a>> {
    match target.without_parentheses() {
        Expression::Identifier(identifier) => Ok(Pattern::Identifier(identifier)),
        Expression::Member(member) => Ok(Pattern::Member(member)),
        call @ Expression::Call(_) => Ok(Pattern::Call(call)),
        _ => syntax_error(target.span(), message),
    }
}

/// The left-hand side of `=`, or of `in` or `of` in a for-head.
pub(crate) fn assignment_target<'a>(
    cx: &Cx<'a>,
    target: Expression<'a>,
    message: &str,
) -> Fallible<Pattern<'a>> {
    match target {
        Expression::Array(_) | Expression::Object(_) => {
            Converter { cx, purpose: Purpose::Assignment }.target(target)
        }
        _ => simple_target(target, message),
    }
}

/// The parameters of an arrow function that were read as parentheses.
pub(crate) fn arrow_parameters<'a>(
    cx: &Cx<'a>,
    cover: &Cover<'a>,
) -> Fallible<FormalParameters<'a>> {
    let converter = Converter { cx, purpose: Purpose::Parameters };
    let list = cx.parameters.start();
    for item in cover.items {
        let element = converter.parameter(*item)?;
        cx.parameters.push(list, element);
    }
    let items = cx.parameters.finish(list, cx.arena);
    Ok(FormalParameters { span: cover.span, items, rest: cover.rest })
}

/// The parameters of an async arrow function that were read as arguments.
pub(crate) fn async_arrow_parameters<'a>(
    cx: &Cx<'a>,
    head: &ArrowHead<'a>,
) -> Fallible<FormalParameters<'a>> {
    let converter = Converter { cx, purpose: Purpose::Parameters };
    let list = cx.parameters.start();
    let mut rest = None;
    for (index, argument) in head.arguments.iter().enumerate() {
        match argument {
            Argument::Expression(expression) => {
                let element = converter.parameter(*expression)?;
                cx.parameters.push(list, element);
            }
            Argument::Spread(spread) => {
                if index + 1 < head.arguments.len() || head.trailing_comma {
                    return syntax_error(
                        spread.span,
                        "Rest parameter must be last formal parameter",
                    );
                }
                rest = Some(converter.rest(spread, true)?);
            }
        }
    }
    let items = cx.parameters.finish(list, cx.arena);
    Ok(FormalParameters { span: head.parameters_span, items, rest })
}

struct Converter<'c, 'a> {
    cx: &'c Cx<'a>,
    purpose: Purpose,
}

impl<'a> Converter<'_, 'a> {
    /// A parameter as a whole.
    fn parameter(&self, expression: Expression<'a>) -> Fallible<PatternElement<'a>> {
        if let Expression::Member(member) = expression {
            return self.refuse(member.span);
        }
        self.element(expression)
    }

    /// `target` or `target = initializer`.
    fn element(&self, expression: Expression<'a>) -> Fallible<PatternElement<'a>> {
        let span = expression.span();
        match expression {
            Expression::Assignment(node) if node.operator == AssignmentOperator::Assign => {
                let target = if self.purpose == Purpose::Parameters {
                    if node.parenthesized_target {
                        return self.refuse(node.left.span());
                    }
                    self.declared(node.left)?
                } else if let Pattern::Call(call) = node.left {
                    // Alone, a call may be assigned to; in a pattern it may not.
                    return self.refuse(call.span());
                } else {
                    node.left
                };
                Ok(PatternElement { span, target, initializer: Some(node.right) })
            }
            _ => Ok(PatternElement { span, target: self.target(expression)?, initializer: None }),
        }
    }

    fn target(&self, expression: Expression<'a>) -> Fallible<Pattern<'a>> {
        match expression {
            Expression::Array(array) => depth::grow(|| self.array(array)),
            Expression::Object(object) => depth::grow(|| self.object(object)),
            Expression::Identifier(identifier) => Ok(Pattern::Identifier(identifier)),
            Expression::Member(member) if self.purpose == Purpose::Parameters => {
                syntax_error(member.span, "Illegal property in declaration context")
            }
            _ if self.purpose == Purpose::Parameters => self.refuse(expression.span()),
            _ => match expression.without_parentheses() {
                Expression::Identifier(identifier) => {
                    self.cx.parenthesized_leaves.borrow_mut().insert(identifier.span.start);
                    Ok(Pattern::Identifier(identifier))
                }
                Expression::Member(member) => Ok(Pattern::Member(member)),
                _ => self.refuse(expression.span()),
            },
        }
    }

    /// A pattern that was made for an assignment, now as one that declares: the
    /// `[a]` in `([a] = b) => c`.
    fn declared(&self, pattern: Pattern<'a>) -> Fallible<Pattern<'a>> {
        depth::grow(|| {
            match pattern {
                Pattern::Identifier(identifier) => {
                    let parenthesized = self.cx.parenthesized_leaves.borrow();
                    if parenthesized.contains(&identifier.span.start) {
                        return self.refuse(identifier.span);
                    }
                }
                Pattern::Member(_) | Pattern::Call(_) => return self.refuse(pattern.span()),
                Pattern::Array(array) => {
                    let elements = array.elements.iter().flatten().map(|element| element.target);
                    for target in elements.chain(array.rest.map(|rest| rest.target)) {
                        self.declared(target)?;
                    }
                }
                Pattern::Object(object) => {
                    let properties = object.properties.iter().map(|p| p.element.target);
                    for target in properties.chain(object.rest.map(|rest| rest.target)) {
                        self.declared(target)?;
                    }
                }
            }
            Ok(pattern)
        })
    }

    fn array(&self, array: &ArrayLiteral<'a>) -> Fallible<Pattern<'a>> {
        let list = self.cx.pattern_elements.start();
        let mut rest = None;
        for (index, element) in array.elements.iter().enumerate() {
            match element {
                ArrayElement::Elision => {
                    self.cx.pattern_elements.push(list, None);
                }
                ArrayElement::Expression(expression) => {
                    let element = self.element(*expression)?;
                    self.cx.pattern_elements.push(list, Some(element));
                }
                ArrayElement::Spread(spread) => {
                    let last = index + 1 == array.elements.len() && !array.comma_after_spread;
                    rest = Some(self.rest(spread, last)?);
                }
            }
        }
        let elements = self.cx.pattern_elements.finish(list, self.cx.arena);
        Ok(Pattern::Array(self.cx.alloc(ArrayPattern { span: array.span, elements, rest })))
    }

    fn object(&self, object: &ObjectLiteral<'a>) -> Fallible<Pattern<'a>> {
        let list = self.cx.pattern_properties.start();
        let mut rest = None;
        for (index, property) in object.properties.iter().enumerate() {
            match property {
                Property::KeyValue(node) => {
                    let element = self.element(node.value)?;
                    let (span, key) = (node.span, node.key);
                    let property = PatternProperty { span, key, shorthand: false, element };
                    self.cx.pattern_properties.push(list, property);
                }
                Property::Shorthand(node) => {
                    if node.initializer.is_some() {
                        self.cx.accept_cover_initialized_name(node.span);
                    }
                    let property =
                        self.cx.shorthand_property(node.span, node.name, node.initializer);
                    self.cx.pattern_properties.push(list, property);
                }
                Property::Spread(spread) => {
                    let message =
                        "`...` must be followed by an assignable reference in assignment contexts";
                    if let Expression::Assignment(initialized) = spread.argument {
                        return syntax_error(initialized.span, message);
                    }
                    let last = index + 1 == object.properties.len() && !object.comma_after_spread;
                    let element = self.rest(spread, last)?;
                    if matches!(element.target, Pattern::Array(_) | Pattern::Object(_)) {
                        return syntax_error(element.target.span(), message);
                    }
                    rest = Some(element);
                }
                Property::Method(node) => return self.refuse(node.span),
            }
        }
        let properties = self.cx.pattern_properties.finish(list, self.cx.arena);
        Ok(Pattern::Object(self.cx.alloc(ObjectPattern { span: object.span, properties, rest })))
    }

    fn rest(&self, spread: &SpreadElement<'a>, last: bool) -> Fallible<&'a RestElement<'a>> {
        if !last {
            return syntax_error(spread.span, "Rest element must be last element");
        }
        if let Expression::Assignment(_) = spread.argument {
            return match self.purpose {
                Purpose::Parameters => syntax_error(
                    spread.argument.span(),
                    "Rest parameter may not have a default initializer",
                ),
                Purpose::Assignment => self.refuse(spread.argument.span()),
            };
        }
        let target = self.target(spread.argument)?;
        Ok(self.cx.alloc(RestElement { span: spread.span, target }))
    }

    fn refuse<T>(&self, span: Span) -> Fallible<T> {
        syntax_error(span, "Invalid destructuring assignment target")
    }
}
