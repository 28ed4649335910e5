//! The names that a CommonJS module exports, found in its text: those that ECMAScript
//! modules can import from it. What is found is what Node.js finds, which looks at forms
//! that people and compilers write, wherever they stand, and does not run anything.
//!
//! <https://nodejs.org/api/esm.html#commonjs-namespaces>

use axil_grammar::ast::{
    Argument, ArrayElement, ArrowBody, AssignmentOperator, CallExpression, ClassElement,
    Expression, ForHead, ForInit, Function, FunctionBody, MemberExpression, MemberObject,
    MemberProperty, MethodKind, ObjectLiteral, Pattern, PatternElement, Program, Property,
    PropertyKey, Statement, VariableDeclaration,
};
use rustc_hash::FxHashMap;

/// What a text exports.
#[derive(Default, PartialEq, Eq, Debug)]
pub(crate) struct Exports {
    /// The names, in the order in which they stand, each once.
    pub(crate) names: Vec<String>,
    /// The specifiers of modules whose exports are all exported.
    pub(crate) reexports: Vec<String>,
}

impl Exports {
    fn add(&mut self, name: &str) {
        if !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }

    fn add_module(&mut self, specifier: &str) {
        if !self.reexports.iter().any(|known| known == specifier) {
            self.reexports.push(specifier.to_owned());
        }
    }
}

/// Finds what a program exports.
pub(crate) fn find(program: &Program<'_>) -> Exports {
    let mut search = Search {
        stack: Vec::new(),
        required: FxHashMap::default(),
        found: Exports::default(),
        whole: None,
    };
    search.push_statements(program.body);
    while let Some(node) = search.stack.pop() {
        match node {
            Node::Statement(statement) => search.statement(statement),
            Node::Expression(expression) => search.expression(expression),
        }
    }
    if let Some(whole) = search.whole {
        search.found.add_module(&whole);
    }
    search.found
}

/// What is still to be looked at.
#[derive(Clone, Copy)]
enum Node<'a> {
    Statement(Statement<'a>),
    Expression(Expression<'a>),
}

struct Search<'a> {
    /// The next one is the last one.
    stack: Vec<Node<'a>>,
    /// Variables that hold what `require` gave, by name.
    required: FxHashMap<&'a str, &'a str>,
    found: Exports,
    /// The module that is all that is exported: `module.exports = require(…)`, the last.
    whole: Option<String>,
}

// ---------------------------------------------------------------------------
// Forms
// ---------------------------------------------------------------------------

fn is_name(expression: Expression<'_>, name: &str) -> bool {
    matches!(expression, Expression::Identifier(identifier) if identifier.name.as_str() == name)
}

/// The object and the name of `a.b` or `a['b']`.
fn member<'a>(node: &MemberExpression<'a>) -> Option<(Expression<'a>, &'a str)> {
    let MemberObject::Expression(object) = node.object else { return None };
    let name = match node.property {
        MemberProperty::Name(name) => name.text,
        MemberProperty::Computed(Expression::String(text)) => text.value.as_str()?,
        _ => return None,
    };
    Some((object, name))
}

fn is_module_exports(node: &MemberExpression<'_>) -> bool {
    let is_plain = matches!(node.property, MemberProperty::Name(_));
    is_plain
        && member(node).is_some_and(|(object, name)| name == "exports" && is_name(object, "module"))
}

/// `exports` or `module.exports`.
fn is_exports(expression: Expression<'_>) -> bool {
    match expression {
        Expression::Member(node) => is_module_exports(node),
        other => is_name(other, "exports"),
    }
}

/// The specifier of `require('…')`.
fn required(expression: Expression<'_>) -> Option<&str> {
    let Expression::Call(call) = expression else { return None };
    if !is_name(call.callee, "require") {
        return None;
    }
    first_text(call)
}

fn first_text<'a>(call: &CallExpression<'a>) -> Option<&'a str> {
    match call.arguments {
        [Argument::Expression(Expression::String(text))] => text.value.as_str(),
        _ => None,
    }
}

/// The specifier of `require('…')`, which may be within another call, as Babel has it.
fn required_somehow(expression: Expression<'_>) -> Option<&str> {
    required(expression).or_else(|| match expression {
        Expression::Call(call) if matches!(call.callee, Expression::Identifier(_)) => {
            match call.arguments.first() {
                Some(Argument::Expression(inner)) => required(*inner),
                _ => None,
            }
        }
        _ => None,
    })
}

fn key_text(key: PropertyKey<'_>) -> Option<&str> {
    match key {
        PropertyKey::Identifier(name) => Some(name.text),
        PropertyKey::String(text) => text.value.as_str(),
        _ => None,
    }
}

/// Whether an expression begins with a word, and whether it is nothing but that word.
fn begins_with_word(expression: Expression<'_>) -> (bool, bool) {
    let mut first = expression;
    let mut is_all = true;
    loop {
        let begins = match first {
            Expression::Identifier(_)
            | Expression::Null(_)
            | Expression::This(_)
            | Expression::Boolean(_) => true,
            Expression::Function(_) => {
                is_all = false;
                true
            }
            Expression::Arrow(arrow) => {
                is_all = false;
                arrow.is_async
            }
            Expression::Call(call) => {
                (first, is_all) = (call.callee, false);
                continue;
            }
            Expression::Member(node) => match node.object {
                MemberObject::Expression(object) => {
                    (first, is_all) = (object, false);
                    continue;
                }
                MemberObject::Super(_) => false,
            },
            _ => false,
        };
        return (begins, begins && is_all);
    }
}

impl<'a> Search<'a> {
    /// `module.exports = { … }`: names up to the first one whose value is more than a word.
    fn literal(&mut self, object: &ObjectLiteral<'a>) {
        for property in object.properties {
            match property {
                Property::Shorthand(shorthand) => self.found.add(shorthand.name.name.as_str()),
                Property::KeyValue(pair) => {
                    let Some(key) = key_text(pair.key) else { return };
                    let (begins, is_all) = begins_with_word(pair.value);
                    if begins {
                        self.found.add(key);
                    }
                    if let Some(specifier) = required(pair.value) {
                        self.found.add_module(specifier);
                    }
                    if !is_all {
                        return;
                    }
                }
                Property::Method(method) => {
                    if method.kind == MethodKind::Method
                        && !method.value.kind.is_async()
                        && !method.value.kind.is_generator()
                        && let Some(key) = key_text(method.key)
                    {
                        self.found.add(key);
                    }
                    return;
                }
                Property::Spread(spread) => {
                    if let Some(specifier) = required(spread.argument) {
                        self.found.add_module(specifier);
                    } else if !matches!(spread.argument, Expression::Identifier(_)) {
                        return;
                    }
                }
            }
        }
    }

    /// `exports.x = …`, `module.exports = …`
    fn assigned(&mut self, target: Pattern<'a>, value: Expression<'a>) {
        match target {
            Pattern::Member(node) if is_module_exports(node) => match value {
                Expression::Object(object) => self.literal(object),
                value => {
                    if let Some(specifier) = required(value) {
                        self.whole = Some(specifier.to_owned());
                    }
                }
            },
            Pattern::Member(node) => {
                if let Some((object, name)) = member(node)
                    && is_exports(object)
                {
                    self.found.add(name);
                }
            }
            _ => {}
        }
    }

    /// Calls that export something.
    fn call(&mut self, call: &CallExpression<'a>) {
        let callee = match call.callee {
            Expression::Identifier(identifier) => Some(identifier.name.as_str()),
            Expression::Member(node) => member(node).map(|(_, name)| name),
            _ => None,
        };
        match (callee, call.arguments) {
            (Some("__export" | "__exportStar"), [Argument::Expression(first), ..]) => {
                if let Some(specifier) = required(*first) {
                    self.found.add_module(specifier);
                }
            }
            (
                Some("defineProperty"),
                [
                    Argument::Expression(object),
                    Argument::Expression(Expression::String(name)),
                    Argument::Expression(Expression::Object(descriptor)),
                ],
            ) => {
                let is_object = matches!(call.callee, Expression::Member(node)
                    if member(node).is_some_and(|(object, _)| is_name(object, "Object")));
                if is_object
                    && is_exports(*object)
                    && let Some(name) = name.value.as_str()
                    && is_exporting(descriptor)
                {
                    self.found.add(name);
                }
            }
            (Some("forEach"), [Argument::Expression(Expression::Function(function))]) => {
                if let Some(specifier) = self.keys_of_required(call.callee)
                    && copies_keys(function)
                {
                    self.found.add_module(specifier);
                }
            }
            _ => {}
        }
    }

    /// The specifier in `Object.keys(_x).forEach`, where `_x` holds what `require` gave.
    fn keys_of_required(&self, callee: Expression<'a>) -> Option<&'a str> {
        let Expression::Member(node) = callee else { return None };
        let (Expression::Call(keys), _) = member(node)? else { return None };
        let Expression::Member(callee) = keys.callee else { return None };
        let (object, name) = member(callee)?;
        let [Argument::Expression(Expression::Identifier(variable))] = keys.arguments else {
            return None;
        };
        let is_keys = is_name(object, "Object") && name == "keys";
        self.required.get(variable.name.as_str()).copied().filter(|_| is_keys)
    }
}

/// `{ value: … }`, `{ enumerable: true, value: … }` and `{ enumerable: true, get: … }`,
/// where the getter gives a variable or a property of one.
fn is_exporting(descriptor: &ObjectLiteral<'_>) -> bool {
    let mut properties = descriptor.properties;
    if let [Property::KeyValue(pair), rest @ ..] = properties
        && key_text(pair.key) == Some("enumerable")
        && matches!(pair.value, Expression::Boolean(literal) if literal.value)
    {
        properties = rest;
        match properties.first() {
            Some(Property::KeyValue(pair)) if key_text(pair.key) == Some("get") => {
                return matches!(pair.value, Expression::Function(function) if gives_a_variable(&function.body));
            }
            Some(Property::Method(method))
                if method.kind == MethodKind::Method && key_text(method.key) == Some("get") =>
            {
                return gives_a_variable(&method.value.body);
            }
            _ => {}
        }
    }
    matches!(properties.first(), Some(Property::KeyValue(pair)) if key_text(pair.key) == Some("value"))
}

fn gives_a_variable(body: &FunctionBody<'_>) -> bool {
    let [Statement::Return(statement)] = body.statements else { return false };
    match statement.argument {
        Some(Expression::Identifier(_)) => true,
        Some(Expression::Member(node)) => {
            member(node).is_some_and(|(object, _)| matches!(object, Expression::Identifier(_)))
        }
        _ => false,
    }
}

/// A function that copies properties to `exports`, but for `default`: what Babel makes of
/// `export * from`.
fn copies_keys(function: &Function<'_>) -> bool {
    let [PatternElement { target: Pattern::Identifier(key), .. }] = function.params.items else {
        return false;
    };
    let key = key.name.as_str();
    let mentions_default = matches!(function.body.statements.first(), Some(Statement::If(statement)) if mentions(statement.test, key));
    let copies = |statement: &Statement<'_>| {
        let statement = match statement {
            Statement::If(statement) => match statement.consequent {
                Statement::Block(block) => *block.body.last().unwrap_or(&Statement::Block(block)),
                other => other,
            },
            other => *other,
        };
        let Statement::Expression(statement) = statement else { return false };
        match statement.expression {
            Expression::Assignment(assignment) => {
                matches!(assignment.left, Pattern::Member(node) if is_computed_export(node, key))
            }
            Expression::Call(call) => matches!(call.arguments,
                [Argument::Expression(object), Argument::Expression(name), ..]
                    if is_exports(*object) && is_name(*name, key)),
            _ => false,
        }
    };
    mentions_default && function.body.statements.iter().any(copies)
}

fn is_computed_export(node: &MemberExpression<'_>, key: &str) -> bool {
    let MemberObject::Expression(object) = node.object else { return false };
    matches!(node.property, MemberProperty::Computed(name) if is_name(name, key))
        && is_exports(object)
}

/// Whether a condition compares a variable with `'default'`.
fn mentions(mut test: Expression<'_>, key: &str) -> bool {
    while let Expression::Logical(logical) = test {
        test = logical.left;
    }
    let Expression::Binary(binary) = test else { return false };
    let is_default = |expression| matches!(expression, Expression::String(text) if text.value.as_str() == Some("default"));
    is_name(binary.left, key) && is_default(binary.right)
}

// ---------------------------------------------------------------------------
// The way through the tree: everything, in the order of the text
// ---------------------------------------------------------------------------

impl<'a> Search<'a> {
    fn push(&mut self, expression: Expression<'a>) {
        self.stack.push(Node::Expression(expression));
    }

    fn push_statement(&mut self, statement: Statement<'a>) {
        self.stack.push(Node::Statement(statement));
    }

    fn push_statements(&mut self, statements: &[Statement<'a>]) {
        self.stack.extend(statements.iter().rev().copied().map(Node::Statement));
    }

    fn push_arguments(&mut self, arguments: &[Argument<'a>]) {
        for argument in arguments.iter().rev() {
            match argument {
                Argument::Expression(expression) => self.push(*expression),
                Argument::Spread(spread) => self.push(spread.argument),
            }
        }
    }

    fn push_pattern(&mut self, pattern: Pattern<'a>) {
        match pattern {
            Pattern::Member(node) => self.push(Expression::Member(node)),
            Pattern::Object(object) => {
                for property in object.properties.iter().rev() {
                    self.push_element(&property.element);
                }
            }
            Pattern::Array(array) => {
                for element in array.elements.iter().rev().flatten() {
                    self.push_element(element);
                }
            }
            Pattern::Identifier(_) | Pattern::Call(_) => {}
        }
    }

    fn push_element(&mut self, element: &PatternElement<'a>) {
        if let Some(initializer) = element.initializer {
            self.push(initializer);
        }
        self.push_pattern(element.target);
    }

    fn push_declaration(&mut self, declaration: &VariableDeclaration<'a>) {
        for declarator in declaration.declarators {
            if let (Pattern::Identifier(variable), Some(value)) =
                (declarator.target, declarator.initializer)
                && let Some(specifier) = required_somehow(value)
            {
                self.required.insert(variable.name.as_str(), specifier);
            }
        }
        for declarator in declaration.declarators.iter().rev() {
            if let Some(initializer) = declarator.initializer {
                self.push(initializer);
            }
            self.push_pattern(declarator.target);
        }
    }

    fn push_function(&mut self, function: &Function<'a>) {
        self.push_statements(function.body.statements);
        for item in function.params.items.iter().rev() {
            self.push_element(item);
        }
    }

    fn push_class(&mut self, superclass: Option<Expression<'a>>, elements: &[ClassElement<'a>]) {
        for element in elements.iter().rev() {
            match element {
                ClassElement::Method(method) => self.push_function(method.value),
                ClassElement::Field(field) => {
                    if let Some(value) = field.value {
                        self.push(value);
                    }
                }
                ClassElement::StaticBlock(block) => self.push_statements(block.statements),
            }
        }
        if let Some(superclass) = superclass {
            self.push(superclass);
        }
    }

    fn statement(&mut self, statement: Statement<'a>) {
        match statement {
            Statement::Block(block) => self.push_statements(block.body),
            Statement::Expression(node) => self.push(node.expression),
            Statement::If(node) => {
                if let Some(alternate) = node.alternate {
                    self.push_statement(alternate);
                }
                self.push_statement(node.consequent);
                self.push(node.test);
            }
            Statement::For(node) => {
                self.push_statement(node.body);
                for expression in [node.update, node.test].into_iter().flatten() {
                    self.push(expression);
                }
                match node.init {
                    Some(ForInit::Declaration(declaration)) => self.push_declaration(declaration),
                    Some(ForInit::Expression(expression)) => self.push(expression),
                    None => {}
                }
            }
            Statement::ForIn(node) => {
                self.push_statement(node.body);
                self.push(node.right);
                self.head(node.left);
            }
            Statement::ForOf(node) => {
                self.push_statement(node.body);
                self.push(node.right);
                self.head(node.left);
            }
            Statement::While(node) => {
                self.push_statement(node.body);
                self.push(node.test);
            }
            Statement::DoWhile(node) => {
                self.push(node.test);
                self.push_statement(node.body);
            }
            Statement::Return(node) => {
                if let Some(argument) = node.argument {
                    self.push(argument);
                }
            }
            Statement::With(node) => {
                self.push_statement(node.body);
                self.push(node.object);
            }
            Statement::Switch(node) => {
                for case in node.cases.iter().rev() {
                    self.push_statements(case.body);
                    if let Some(test) = case.test {
                        self.push(test);
                    }
                }
                self.push(node.discriminant);
            }
            Statement::Labelled(node) => self.push_statement(node.body),
            Statement::Throw(node) => self.push(node.argument),
            Statement::Try(node) => {
                if let Some(finalizer) = node.finalizer {
                    self.push_statements(finalizer.body);
                }
                if let Some(handler) = node.handler {
                    self.push_statements(handler.body.body);
                }
                self.push_statements(node.block.body);
            }
            Statement::Variable(declaration) => self.push_declaration(declaration),
            Statement::Function(function) => self.push_function(function),
            Statement::Class(class) => self.push_class(class.superclass, class.elements),
            Statement::Empty(_)
            | Statement::Continue(_)
            | Statement::Break(_)
            | Statement::Debugger(_)
            | Statement::Import(_)
            | Statement::Export(_) => {}
        }
    }

    fn head(&mut self, head: ForHead<'a>) {
        match head {
            ForHead::Declaration(declaration) => self.push_declaration(declaration),
            ForHead::Pattern(pattern) => self.push_pattern(pattern),
        }
    }

    fn expression(&mut self, expression: Expression<'a>) {
        match expression {
            Expression::Template(node) => {
                self.stack.extend(node.expressions.iter().rev().copied().map(Node::Expression));
            }
            Expression::TaggedTemplate(node) => {
                let parts = node.quasi.expressions.iter().rev().copied();
                self.stack.extend(parts.map(Node::Expression));
                self.push(node.tag);
            }
            Expression::Array(node) => {
                for element in node.elements.iter().rev() {
                    match element {
                        ArrayElement::Expression(expression) => self.push(*expression),
                        ArrayElement::Spread(spread) => self.push(spread.argument),
                        ArrayElement::Elision => {}
                    }
                }
            }
            Expression::Object(node) => {
                for property in node.properties.iter().rev() {
                    match property {
                        Property::KeyValue(pair) => self.push(pair.value),
                        Property::Method(method) => self.push_function(method.value),
                        Property::Spread(spread) => self.push(spread.argument),
                        Property::Shorthand(_) => {}
                    }
                }
            }
            Expression::Function(function) => self.push_function(function),
            Expression::Arrow(arrow) => {
                match &arrow.body {
                    ArrowBody::Expression(expression) => self.push(*expression),
                    ArrowBody::Block(body) => self.push_statements(body.statements),
                }
                for item in arrow.params.items.iter().rev() {
                    self.push_element(item);
                }
            }
            Expression::Class(class) => self.push_class(class.superclass, class.elements),
            Expression::Parenthesized(node) => self.push(node.expression),
            Expression::Member(node) => {
                if let MemberProperty::Computed(property) = node.property {
                    self.push(property);
                }
                if let MemberObject::Expression(object) = node.object {
                    self.push(object);
                }
            }
            Expression::Call(call) => {
                self.call(call);
                self.push_arguments(call.arguments);
                self.push(call.callee);
            }
            Expression::SuperCall(node) => self.push_arguments(node.arguments),
            Expression::Chain(node) => self.push(node.expression),
            Expression::New(node) => {
                self.push_arguments(node.arguments);
                self.push(node.callee);
            }
            Expression::Unary(node) => self.push(node.argument),
            Expression::Binary(node) => {
                self.push(node.right);
                self.push(node.left);
            }
            Expression::PrivateIn(node) => self.push(node.right),
            Expression::Logical(node) => {
                self.push(node.right);
                self.push(node.left);
            }
            Expression::Conditional(node) => {
                self.push(node.alternate);
                self.push(node.consequent);
                self.push(node.test);
            }
            Expression::Assignment(node) => {
                if node.operator == AssignmentOperator::Assign {
                    self.assigned(node.left, node.right);
                }
                self.push(node.right);
                self.push_pattern(node.left);
            }
            Expression::Yield(node) => {
                if let Some(argument) = node.argument {
                    self.push(argument);
                }
            }
            Expression::Await(node) => self.push(node.argument),
            Expression::Sequence(node) => {
                self.stack.extend(node.expressions.iter().rev().copied().map(Node::Expression));
            }
            Expression::Import(_)
            | Expression::This(_)
            | Expression::Identifier(_)
            | Expression::Null(_)
            | Expression::Boolean(_)
            | Expression::Number(_)
            | Expression::BigInt(_)
            | Expression::String(_)
            | Expression::RegExp(_)
            | Expression::ImportMeta(_)
            | Expression::NewTarget(_)
            | Expression::Update(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use axil_grammar::{Arena, Goal, Source, parse};

    use super::*;

    fn check(text: &str, names: &[&str], reexports: &[&str]) {
        let source = Source::new("test.js", text);
        let arena = Arena::new();
        let program = parse(&source, Goal::CommonJs, &arena).expect("it is CommonJS");
        let found = find(program);
        assert_eq!(found.names, names, "{text}");
        assert_eq!(found.reexports, reexports, "{text}");
    }

    #[test]
    fn assignments() {
        check("exports.a = exports['b'] = 1; module.exports.c = 2", &["a", "b", "c"], &[]);
        check("if (x) { (function () { exports.inner = 1 })() }", &["inner"], &[]);
        check("exports.a.b = 1; x.exports.c = 1; e.d = 1", &[], &[]);
        check("`${exports.a = 1}`; for (exports.i = 0;;);", &["a", "i"], &[]);
    }

    #[test]
    fn literals() {
        check("module.exports = { a, 'b': c, d: e.f, g }", &["a", "b", "d"], &[]);
        check("module.exports = { a: 1, b }", &[], &[]);
        check("module.exports = { a, ...require('./x'), ...y, b() {}, c }", &["a", "b"], &["./x"]);
        check("0 && (module.exports = { a, b })", &["a", "b"], &[]);
        check("exports = module.exports = { a: function () {}, b }", &["a"], &[]);
    }

    #[test]
    fn properties_that_are_defined() {
        for descriptor in [
            "{ value: 1 }",
            "{ enumerable: true, value: 1 }",
            "{ enumerable: true, get: function () { return q.p; } }",
            "{ enumerable: true, get() { return q['p'] } }",
        ] {
            check(&format!("Object.defineProperty(exports, 'a', {descriptor})"), &["a"], &[]);
        }
        for descriptor in [
            "{ enumerable: true, get: () => q.p }",
            "{ enumerable: false, get: function () { return q.p; } }",
            "{ get: function () { return q.p; }, enumerable: true }",
        ] {
            check(&format!("Object.defineProperty(exports, 'a', {descriptor})"), &[], &[]);
        }
    }

    #[test]
    fn other_modules() {
        check("module.exports = require('a'); module.exports = require('b')", &[], &["b"]);
        check(
            "tslib_1.__exportStar(require('./a'), exports); __export(require('./b'))",
            &[],
            &["./a", "./b"],
        );
        check(
            "var _a = _interop(require('./a'));
             Object.keys(_a).forEach(function (key) {
                 if (key === 'default' || key === '__esModule') return;
                 Object.defineProperty(exports, key, { enumerable: true, get: function () { return _a[key]; } });
             });",
            &[],
            &["./a"],
        );
    }
}
