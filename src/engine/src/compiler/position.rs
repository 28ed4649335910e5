//! Where errors and stack frames point: at the places that V8 has for them, some of which
//! are tokens that no node of the tree stands for.

use axil_grammar::ast::{
    AssignmentExpression, BinaryExpression, CallExpression, Expression, MemberExpression,
    MemberObject, MemberProperty, Pattern, Spanned, UpdateExpression,
};

use super::Compiler;

/// Chains of properties are looked at no deeper than this.
const DEEPEST: usize = 100;

impl<'a> Compiler<'_, 'a> {
    /// What is compiled next stands at an offset.
    pub(super) fn position_at(&mut self, offset: u32) {
        self.state().code.position(offset);
    }

    /// The next token from an offset on.
    fn token_from(&self, offset: u32) -> u32 {
        let text = self.source.text();
        let mut at = offset as usize;
        loop {
            match text.get(at..) {
                Some([b'/', b'/', rest @ ..]) => {
                    let line = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                    at += 2 + line.unwrap_or(rest.len());
                }
                Some([b'/', b'*', rest @ ..]) => {
                    let end = rest.windows(2).position(|pair| pair == b"*/");
                    at += 2 + end.map_or(rest.len(), |end| end + 2);
                }
                Some([b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C, ..]) => at += 1,
                // No operator has such bytes, so it is white space or a line's end.
                Some([0x80..=0xFF, ..]) => at += 1,
                _ => return at as u32,
            }
        }
    }

    /// The token from an offset on that is no parenthesis around what was before.
    fn operator_from(&self, offset: u32) -> u32 {
        let mut at = self.token_from(offset);
        while self.source.text().get(at as usize) == Some(&b')') {
            at = self.token_from(at + 1);
        }
        at
    }

    /// A call stands where the name of what it calls does, or where its arguments begin if
    /// no name is right before them.
    pub(super) fn place_of_call(&self, call: &CallExpression<'a>) -> u32 {
        if !call.optional {
            match call.callee {
                Expression::Identifier(identifier) => return identifier.span.start,
                Expression::Member(member) => {
                    if let MemberProperty::Name(name) = member.property
                        && !is_reserved(name.text)
                    {
                        return name.span.start;
                    }
                }
                _ => {}
            }
        }
        let past = self.token_from(call.callee.span().end);
        if call.optional { self.token_from(past + 2) } else { past }
    }

    /// A property stands where its name does, or its bracket; behind a call, where its dot
    /// does.
    pub(super) fn position_of_property(&mut self, member: &MemberExpression<'a>) {
        let place = match (member.property, member.object) {
            (MemberProperty::Computed(_), MemberObject::Super(span)) => self.token_from(span.end),
            (MemberProperty::Computed(_), MemberObject::Expression(object)) => {
                let past = self.token_from(object.span().end);
                if member.optional { self.token_from(past + 2) } else { past }
            }
            (_, MemberObject::Expression(object)) if member.optional || has_call(object) => {
                self.token_from(object.span().end)
            }
            (MemberProperty::Name(name), _) => name.span.start,
            (MemberProperty::Private(name), _) => name.span.start,
        };
        self.position_at(place);
    }

    pub(super) fn position_of_binary(&mut self, binary: &BinaryExpression<'a>) {
        let place = self.token_from(binary.left.span().end);
        self.position_at(place);
    }

    pub(super) fn place_of_operator(&self, assignment: &AssignmentExpression<'a>) -> u32 {
        self.operator_from(assignment.left.span().end)
    }

    /// An assignment stands where its operator does.
    pub(super) fn position_of_assignment(&mut self, assignment: &AssignmentExpression<'a>) {
        let place = self.place_of_operator(assignment);
        self.position_at(place);
    }

    /// What is computed before it is assigned stands where the target does.
    pub(super) fn position_of_operands(&mut self, assignment: &AssignmentExpression<'a>) {
        match assignment.left {
            Pattern::Member(member) => self.position_of_property(member),
            _ => self.position(assignment),
        }
    }

    pub(super) fn position_of_update(&mut self, update: &UpdateExpression<'a>) {
        match update.argument {
            _ if !update.prefix => {
                let place = self.operator_from(update.argument.span().end);
                self.position_at(place);
            }
            Pattern::Member(member) => self.position_of_property(member),
            _ => self.position(update),
        }
    }
}

/// Whether an expression before a dot is the result of a call, or a property of one.
fn has_call(mut object: Expression<'_>) -> bool {
    for _ in 0..DEEPEST {
        object = match object {
            Expression::Call(_) | Expression::SuperCall(_) => return true,
            Expression::Member(member) if member.optional => return true,
            Expression::Member(member) => match member.object {
                MemberObject::Expression(object) => object,
                MemberObject::Super(_) => return false,
            },
            Expression::TaggedTemplate(template) => template.tag,
            _ => return false,
        };
    }
    false
}

/// Whether a word is reserved everywhere, so that V8 takes it for no name.
fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        "break"
            | "case"
            | "catch"
            | "class"
            | "const"
            | "continue"
            | "debugger"
            | "default"
            | "delete"
            | "do"
            | "else"
            | "enum"
            | "export"
            | "extends"
            | "false"
            | "finally"
            | "for"
            | "function"
            | "if"
            | "import"
            | "in"
            | "instanceof"
            | "new"
            | "null"
            | "return"
            | "switch"
            | "this"
            | "throw"
            | "true"
            | "try"
            | "typeof"
            | "var"
            | "void"
            | "while"
            | "with"
    )
}
