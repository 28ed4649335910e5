//! Every early error has a program it accepts and one it refuses.
//!
//! The first table has a row or more for each rule in `src/early_errors`; a rule
//! without a row fails the test. The second is about what the grammar, its cover
//! grammars and the lexer refuse.

use axil_grammar::{Arena, Goal, Source, parse};

/// One rule: a program that keeps it, one that breaks it, and what is said then.
struct Case {
    rule: &'static str,
    module: bool,
    accepted: &'static str,
    refused: &'static str,
    message: &'static str,
}

/// One row a case: the goal, the rule, the two programs, the message.
macro_rules! cases {
    ($($goal:ident $rule:literal: $accepted:literal, $refused:literal => $message:literal;)*) => {
        &[$(Case {
            rule: $rule,
            module: is_module(stringify!($goal).as_bytes()),
            accepted: $accepted,
            refused: $refused,
            message: $message,
        }),*]
    };
}

const fn is_module(goal: &[u8]) -> bool {
    matches!(goal, b"module")
}

const RULES: &[Case] = cases! {
    script "classes::duplicate_constructor":
        "class A { constructor() {} ['constructor']() {} }",
        "class A { constructor() {} 'constructor'() {} }"
        => "A class may only have one constructor";
    script "classes::method_name":
        "class A { static constructor() {} static get constructor() {} }",
        "class A { get constructor() {} }"
        => "Class constructor may not be an accessor";
    script "classes::method_name":
        "class A { static *constructor() {} }",
        "class A { *constructor() {} }"
        => "Class constructor may not be a generator";
    script "classes::method_name":
        "class A { static async constructor() {} }",
        "class A { async constructor() {} }"
        => "Class constructor may not be an async method";
    script "classes::method_name":
        "class A { prototype() {} static ['prototype']() {} }",
        "class A { static prototype() {} }"
        => "Classes may not have a static property named 'prototype'";
    script "classes::field_name":
        "class A { ['constructor'] = 1 }",
        "class A { constructor = 1 }"
        => "Classes may not have a field named 'constructor'";
    script "classes::field_name":
        "class A { prototype = 1 }",
        "class A { static prototype = 1 }"
        => "Classes may not have a static property named 'prototype'";
    script "classes::private_constructor":
        "class A { #prototype = 1 }",
        "class A { #constructor = 1 }"
        => "Classes may not have a private field named '#constructor'";
    script "classes::private_constructor":
        "class A { #constructors() {} }",
        "class A { #constructor() {} }"
        => "Class constructor may not be a private method";
    script "classes::duplicate_private_name":
        "class A { get #a() {} set #a(v) {} }",
        "class A { get #a() {} #a }"
        => "Identifier '#a' has already been declared";
    script "classes::duplicate_private_name":
        "class A { static get #a() {} static set #a(v) {} }",
        "class A { static get #a() {} set #a(v) {} }"
        => "Identifier '#a' has already been declared";
    script "classes::undeclared_private_name":
        "class A { #a; b() { class C { d() { this.#a } } } }",
        "class A { b() { class C { #a } this.#a } }"
        => "Private field '#a' must be declared in an enclosing class";
    script "declarations::redeclaration":
        "let a; { let a; }",
        "let a; { var a; }"
        => "Identifier 'a' has already been declared";
    script "declarations::redeclaration":
        "{ function a() {} function a() {} }",
        "'use strict'; { function a() {} function a() {} }"
        => "Identifier 'a' has already been declared";
    script "declarations::redeclaration":
        "try {} catch (a) { for (var a of b) ; }",
        "try {} catch ([a]) { var a }"
        => "Identifier 'a' has already been declared";
    script "declarations::redeclaration":
        "let a; function b() { try {} catch (a) { var a } }",
        "{ let a; try {} catch (a) { var a } }"
        => "Identifier 'a' has already been declared";
    script "declarations::redeclaration":
        "switch (0) { case 1: let a; case 2: { let a } }",
        "switch (0) { case 1: let a; case 2: let a }"
        => "Identifier 'a' has already been declared";
    script "declarations::redeclaration":
        "for (let a of b) { let a }",
        "for (let a of b) { var a }"
        => "Identifier 'a' has already been declared";
    script "declarations::redeclaration":
        "function a(b) { { let b } }",
        "function a(b) { let b }"
        => "Identifier 'b' has already been declared";
    module "declarations::redeclaration":
        "import { a } from 'b'; { let a }",
        "import { a } from 'b'; let a"
        => "Identifier 'a' has already been declared";
    script "declarations::let_as_lexical_name":
        "var let",
        "const let = 1"
        => "let is disallowed as a lexically bound name";
    script "declarations::using_not_here":
        "{ using a = b }",
        "using a = b"
        => "Unexpected 'using' declaration";
    script "declarations::using_not_here":
        "switch (0) { case 1: { using a = b } }",
        "switch (0) { case 1: using a = b }"
        => "Unexpected 'using' declaration";
    script "expressions::new_target":
        "function a() { () => new.target }",
        "() => new.target"
        => "new.target expression is not allowed here";
    module "expressions::import_meta":
        "import.meta",
        "({ a: import.met\\u0061 })"
        => "'import.meta' must not contain escaped characters";
    script "expressions::import_meta":
        "import('a')",
        "import.meta"
        => "Cannot use 'import.meta' outside a module";
    script "expressions::super_property":
        "({ a() { () => super.b } })",
        "({ a: () => super.b })"
        => "'super' keyword unexpected here";
    script "expressions::super_property":
        "class A { b = super.c; static { super.d } }",
        "class A { b() { function c() { super.d } } }"
        => "'super' keyword unexpected here";
    script "expressions::super_call":
        "class A extends B { constructor() { () => super() } }",
        "class A { constructor() { super() } }"
        => "'super' keyword unexpected here";
    script "expressions::super_call":
        "class A extends B { 'constructor'() { super() } }",
        "class A extends B { c() { super() } }"
        => "'super' keyword unexpected here";
    script "expressions::delete_operand":
        "delete ((a))",
        "'use strict'; delete ((a))"
        => "Delete of an unqualified identifier in strict mode.";
    script "expressions::delete_operand":
        "class A { #a; b() { delete this.#a.c } }",
        "class A { #a; b() { delete (this?.#a) } }"
        => "Private fields can not be deleted";
    script "expressions::call_as_target":
        "a() = 1; a()++; for (a() in b) ;",
        "'use strict'; a() = 1"
        => "Invalid left-hand side in assignment";
    script "expressions::call_as_target":
        "a() += 1",
        "a() ||= 1"
        => "Invalid left-hand side in assignment";
    script "expressions::duplicate_proto":
        "({ __proto__: a, ['__proto__']: b, __proto__() {} }); ({ __proto__: a, __proto__: b } = c)",
        "({ __proto__: a, '__proto__': b })"
        => "Duplicate __proto__ fields are not allowed in object literals";
    script "expressions::yield_in_parameters":
        "function* a(b = function* () { yield }) {}",
        "function* a(b = yield) {}"
        => "Yield expression not allowed in formal parameter";
    script "expressions::yield_in_parameters":
        "function* a() { (b = function* () { yield }) => c }",
        "function* a() { (b = yield) => c }"
        => "Yield expression not allowed in formal parameter";
    script "expressions::await_not_here":
        "async function a(b = async () => await c) {}",
        "async function a(b = await c) {}"
        => "Illegal await-expression in formal parameters of async function";
    script "expressions::await_not_here":
        "class A { static { async () => await b } }",
        "class A { static { await b } }"
        => "Unexpected reserved word";
    script "expressions::await_not_here":
        "class A { static { async () => { await using a = b } } }",
        "class A { static { await using a = b } }"
        => "Unexpected reserved word";
    script "expressions::await_not_here":
        "class A { static { async () => { for await (a of b) ; } } }",
        "class A { static { for await (a of b) ; } }"
        => "Unexpected reserved word";
    script "functions::use_strict_with_complex_parameters":
        "function a(b, c) { 'use strict' }",
        "function a(b, ...c) { 'use strict' }"
        => "Illegal 'use strict' directive in function with non-simple parameter list";
    script "functions::use_strict_with_complex_parameters":
        "(b) => { 'use strict' }",
        "({ b }) => { 'use strict' }"
        => "Illegal 'use strict' directive in function with non-simple parameter list";
    script "functions::duplicate_parameter":
        "function a(b, b) {}",
        "function a(b, b) { 'use strict' }"
        => "Duplicate parameter name not allowed in this context";
    script "functions::duplicate_parameter":
        "(a, b) => c",
        "(a, [a]) => c"
        => "Duplicate parameter name not allowed in this context";
    script "identifiers::reserved_in_context":
        "var static, interface, let, yield, await",
        "'use strict'; var interface"
        => "Unexpected strict mode reserved word";
    script "identifiers::reserved_in_context":
        "function a() { yield: await: b }",
        "function* a() { var yield }"
        => "Unexpected identifier 'yield'";
    module "identifiers::reserved_in_context":
        "a.await; ({ await: 1 })",
        "var await"
        => "Unexpected reserved word";
    script "identifiers::reserved_in_context":
        "class A { static { function a() { await } } }",
        "class A { static { class await {} } }"
        => "Unexpected reserved word";
    script "identifiers::eval_or_arguments":
        "eval = arguments; function eval() {}",
        "'use strict'; eval = 1"
        => "Unexpected eval or arguments in strict mode";
    script "identifiers::eval_or_arguments":
        "function a(arguments) {}",
        "function a(arguments) { 'use strict' }"
        => "Unexpected eval or arguments in strict mode";
    script "identifiers::arguments_in_class":
        "class A { b = function () { arguments }; c = d.arguments }",
        "class A { b = () => arguments }"
        => "'arguments' is not allowed in class field initializer or static initialization block";
    script "identifiers::arguments_in_class":
        "class A { static { function b() { arguments } } }",
        "class A { static { ({ arguments }) } }"
        => "'arguments' is not allowed in class field initializer or static initialization block";
    script "literals::legacy_number":
        "010; 08.5",
        "'use strict'; 010"
        => "Octal literals are not allowed in strict mode.";
    script "literals::legacy_number":
        "'use strict'; 0.8; 0o10",
        "'use strict'; 08"
        => "Decimals with leading zeros are not allowed in strict mode.";
    script "literals::legacy_escape":
        r"'\01'; '\8'; 'use strict\0'",
        r"'\01'; 'use strict'"
        => "Octal escape sequences are not allowed in strict mode.";
    script "literals::legacy_escape":
        r"'use strict'; '\0'",
        r"'use strict'; '\8'"
        => r"\8 and \9 are not allowed in strict mode.";
    module "modules::duplicate_export":
        "var a; export { a, a as b }",
        "var a; export { a, a }"
        => "Duplicate export of 'a'";
    module "modules::duplicate_export":
        "export * from 'a'; export * from 'a'",
        "export default 1; export * as default from 'a'"
        => "Duplicate export of 'default'";
    module "modules::exported_using":
        "using a = null; export { a }",
        "export using a = null;"
        => "Unexpected token 'export'";
    module "modules::undeclared_export":
        "export { a } from 'b'; export { c }; { var c }",
        "export { a }; { let a }"
        => "Export 'a' is not defined in module";
    module "modules::duplicate_attribute":
        "import 'a' with { type: 'b', 'other': 'c' }",
        "import 'a' with { type: 'b', 'type': 'c' }"
        => "Import attribute has duplicate key 'type'";
    script "statements::declaration_as_body":
        "if (a) function b() {}",
        "'use strict'; if (a) function b() {}"
        => "In strict mode code, functions can only be declared at top level or inside a block.";
    script "statements::declaration_as_body":
        "a: b: function c() {}",
        "while (a) b: function c() {}"
        => "In non-strict mode code, functions can only be declared at top level, inside a block, or as the body of an if statement.";
    script "statements::declaration_as_body":
        "if (a) { function* b() {} }",
        "if (a) function* b() {}"
        => "Generators can only be declared at the top level or inside a block.";
    script "statements::declaration_as_body":
        "if (a) async () => {}",
        "if (a) async function b() {}"
        => "Async functions can only be declared at the top level or inside a block.";
    script "statements::declaration_as_body":
        "if (a) (class {})",
        "if (a) class B {}"
        => "Unexpected token 'class'";
    script "statements::declaration_as_body":
        "if (a) var b = 1",
        "if (a) const b = 1"
        => "Unexpected token 'const'";
    script "statements::with_in_strict_mode":
        "with (a) b",
        "'use strict'; with (a) b"
        => "Strict mode code may not include a with statement";
    script "statements::return_outside_function":
        "() => { return }",
        "{ return }"
        => "Illegal return statement";
    script "statements::break_target":
        "a: { break a }",
        "() => { break }"
        => "Illegal break statement";
    script "statements::break_target":
        "switch (0) { case 1: break }",
        "a: function b() { break a }"
        => "Undefined label 'a'";
    script "statements::continue_target":
        "a: b: while (1) { continue a }",
        "a: { while (1) { continue a } }"
        => "Illegal continue statement: 'a' does not denote an iteration statement";
    script "statements::continue_target":
        "while (1) switch (0) { case 1: continue }",
        "switch (0) { case 1: continue }"
        => "Illegal continue statement: no surrounding iteration statement";
    script "statements::duplicate_label":
        "a: b; a: { () => { a: b } }",
        "a: { b: { a: c } }"
        => "Label 'a' has already been declared";
    script "statements::for_in_initializer":
        "for (var a = b in c) ;",
        "'use strict'; for (var a = b in c) ;"
        => "for-in loop variable declaration may not have an initializer.";
    script "statements::duplicate_default":
        "switch (0) { default: switch (0) { default: } }",
        "switch (0) { default: case 1: default: }"
        => "More than one default clause in switch statement";
};

const GRAMMAR: &[Case] = cases! {
    // Cover grammars.
    script "cover": "(a, b) => c", "(a, b + 1) => c" => "Invalid destructuring assignment target";
    script "cover": "([a.b] = c)", "([a.b]) => c" => "Illegal property in declaration context";
    script "cover": "f() = 1", "[f() = 1] = a" => "Invalid destructuring assignment target";
    script "cover": "(a) => b", "((a)) => b" => "Invalid destructuring assignment target";
    script "cover": "((a)) = b", "[(a = 1)] = b" => "Invalid destructuring assignment target";
    script "cover": "async ({ a = 1 }) => b", "async ({ a = 1 })" => "Invalid shorthand property initializer";
    script "cover": "({ a = 1 } = b)", "({ a = 1 })" => "Invalid shorthand property initializer";
    script "cover": "[...[a]] = b", "[...a, b] = c" => "Rest element must be last element";
    script "cover": "({ ...a.b } = c)", "({ ...{ a } } = b)" => "`...` must be followed by an assignable reference in assignment contexts";
    script "cover": "(...a) => b", "(...a)" => "Unexpected token '...'";
    script "cover": "() => {}", "()" => "Unexpected token ')'";
    script "cover": "async (...a) => b", "async (...a, b) => c" => "Rest parameter must be last formal parameter";
    script "cover": "async (...a)", "async (...a = 1) => b" => "Rest parameter may not have a default initializer";
    script "cover": "a || (b => c)", "a || b => c" => "Malformed arrow function parameter list";
    script "cover": "(a)\n(b)", "(a)\n=> b" => "Unexpected token '=>'";
    // Targets.
    script "target": "a.b = 1", "1 = a" => "Invalid left-hand side in assignment";
    script "target": "a?.b.c", "a?.b = c" => "Invalid left-hand side in assignment";
    script "target": "++a.b", "++a++" => "Invalid left-hand side expression in prefix operation";
    script "target": "a[0]--", "this--" => "Invalid left-hand side expression in postfix operation";
    // Binding patterns.
    script "pattern": "let [...[a]] = b", "let [...a, b] = c" => "Rest element must be last element";
    script "pattern": "let { ...a } = b", "let { ...[a] } = b" => "`...` must be followed by an identifier in declaration contexts";
    script "pattern": "let { if: a } = b", "let { if } = b" => "Unexpected token 'if'";
    script "pattern": "var a", "const a" => "Missing initializer in const declaration";
    script "pattern": "for (let [a] of b) ;", "let [a]" => "Missing initializer in destructuring declaration";
    // For-heads.
    script "for": "for (var a of b) ;", "for (var a, b of c) ;" => "Invalid left-hand side in for-of loop: Must have a single binding.";
    script "for": "for (let a = 1;;) ;", "for (let a = 1 of b) ;" => "for-of loop variable declaration may not have an initializer.";
    script "for": "for (const a in b) ;", "for (const a;;) ;" => "Missing initializer in const declaration";
    script "for": "for (a.b of c) ;", "for (a + b of c) ;" => "Invalid left-hand side in for-loop";
    script "for": "for (async of => 1;;) ;", "for (async of a) ;" => "The left-hand side of a for-of loop may not be 'async'.";
    script "for": "for (let.a in b) ;", "for (let.a of b) ;" => "The left-hand side of a for-of loop may not start with 'let'.";
    script "for": "for (a of (b, c)) ;", "for (a of b, c) ;" => "Unexpected token ','";
    script "for": "for (var a = (b in c);;) ;", "for (let a = 1 in b) ;" => "for-in loop variable declaration may not have an initializer.";
    script "for": "async () => { for await (async of a) ; }", "async () => { for await (a in b) ; }" => "Unexpected token 'in'";
    // Functions, getters and setters.
    script "function": "({ get a() {} })", "({ get a(b) {} })" => "Getter must not have any formal parameters.";
    script "function": "({ set a(b) {} })", "({ set a() {} })" => "Setter must have exactly one formal parameter.";
    script "function": "({ set a([b]) {} })", "({ set a(...b) {} })" => "Setter function argument must not be a rest parameter";
    script "function": "(function () {})", "function () {}" => "Function statements require a function name";
    script "function": "function a(b,) {}", "function a(...b,) {}" => "Rest parameter must be last formal parameter";
    script "function": "function a(...[b]) {}", "function a(...b = 1) {}" => "Rest parameter may not have a default initializer";
    script "function": "async () => await a", "() => await a" => "await is only valid in async functions and the top level bodies of modules";
    module "function": "await a", "() => await a" => "Unexpected reserved word";
    // Statements.
    script "statement": "try {} finally {}", "try {} a" => "Missing catch or finally after try";
    script "statement": "throw a", "throw\na" => "Illegal newline after throw";
    script "statement": "if (a) let\nb", "if (a) let b" => "Lexical declaration cannot appear in a single-statement context";
    script "statement": "do a; while (b) c", "do a while (b)" => "Unexpected token 'while'";
    // Expressions.
    script "expression": "(-a) ** b", "-a ** b" => "Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence";
    script "expression": "(a || b) ?? c", "a || b ?? c" => "Unexpected token '??'";
    script "expression": "f(a, ...b,)", "f(a b)" => "missing ) after argument list";
    script "expression": "(a?.b)`c`", "a?.b`c`" => "Invalid tagged template on optional chain";
    script "expression": "new a.b", "new.a" => "Unexpected identifier 'a'";
    script "expression": "class A { #a; b() { #a in c } }", "class A { #a; b() { (#a) in c } }" => "Unexpected identifier '#a'";
    script "expression": "({ super() {} })", "super" => "'super' keyword unexpected here";
    // Modules.
    module "module": "import { 'a b' as c } from 'd'", "import { if } from 'a'" => "Unexpected reserved word";
    module "module": "export { if } from 'a'", "export { if }" => "Unexpected reserved word";
    module "module": "export { 'a b' } from 'c'", "export { 'a b' }" => "String literal module export names must be followed by a 'from' clause";
    module "module": r"export * as '\u{1F600}' from 'a'", r"export * as '\uD83D' from 'a'" => "Invalid module export name: contains unpaired surrogate";
    module "module": "import 'a'", "{ import 'a' }" => "Unexpected string";
    script "module": "import('a')", "import 'a'" => "Cannot use import statement outside a module";
    script "module": "var exports", "export {}" => "Unexpected token 'export'";
    module "module": "export default (a, b)", "export default a, b" => "Unexpected token ','";
    // Literals.
    script "literal": "1_000", "1__000" => "Only one underscore is allowed as numeric separator";
    script "literal": "0.1_1", "1_" => "Numeric separators are not allowed at the end of numeric literals";
    script "literal": "09.1_0 + 09e1_0", "09_1.5" => "Invalid or unexpected token";
    script "literal": "0.0_1", "0_1" => "Numeric separator can not be used after leading 0.";
    script "literal": "0x1Fn", "1.5n" => "Invalid or unexpected token";
    script "literal": "3 in a", "3in a" => "Invalid or unexpected token";
    script "literal": r"'\x41\u{41}\u0041'", r"'\x4'" => "Invalid hexadecimal escape sequence";
    script "literal": r"'\u{10FFFF}'", r"'\u{110000}'" => "Undefined Unicode code-point";
    script "literal": "'a\\\nb'", "'a\nb'" => "Invalid or unexpected token";
    script "literal": r"a`\01\u`", r"`\01`" => "Octal escape sequences are not allowed in template strings.";
    script "literal": r"`\0`", r"`\8`" => r"\8 and \9 are not allowed in template strings.";
    script "literal": "`a${b}c`", "`a${b c}`" => "Missing } in template expression";
    script "literal": "`a`", "`a" => "Unterminated template literal";
    // Words with escapes.
    script "escape": r"var l\u0065t, st\u0061tic", r"v\u0061r a" => "Keyword must not contain escaped characters";
    script "escape": r"a.\u0069f; ({ \u0069f: 1 })", r"\u0069f (a) b" => "Keyword must not contain escaped characters";
    script "escape": "function a() { new.target }", r"function a() { new.t\u0061rget }" => "'new.target' must not contain escaped characters";
    // Regular expressions.
    script "regexp": "/(?<a>.)|(?<a>.)/", "/(?<a>.)(?<a>.)/" => "Invalid regular expression: /(?<a>.)(?<a>.)/: Duplicate capture group name";
    script "regexp": "/a{,1}/", "/a{1,0}/" => "Invalid regular expression: /a{1,0}/: numbers out of order in {} quantifier";
    script "regexp": "/[b-b]/v", "/[b-a]/v" => "Invalid regular expression: /[b-a]/v: Range out of order in character class";
    script "regexp": r"/\p{L}/", r"/\p{Lx}/u" => r"Invalid regular expression: /\p{Lx}/u: Invalid property name";
    script "regexp": "/(?i-m:a)/", "/(?i-i:a)/" => "Invalid regular expression: /(?i-i:a)/: Repeated flag in flag group";
    script "regexp": "/a/dgimsuy", "/a/gg" => "Invalid regular expression flags";
    script "regexp": "a / b", "(/b" => "Invalid regular expression: missing /";
    // Explicit resource management.
    script "using": "{ using a = b, c = d }", "{ using a }" => "Missing initializer in using declaration";
    script "using": "{ using\n[a] = b }", "{ using [a] = b; let {} }" => "Missing initializer in destructuring declaration";
    module "using": "for (await using a of b) ;", "for (using a in b) ;" => "Invalid 'using' in for-in loop";
    script "using": "for (using of of) ;", "for (using a, b of c) ;" => "Invalid left-hand side in for-of loop: Must have a single binding.";
};

fn message(text: &str, module: bool) -> Option<String> {
    let source = Source::new("case.js", text);
    let goal = if module { Goal::Module } else { Goal::Script };
    let arena = Arena::new();
    parse(&source, goal, &arena).err().map(|faults| faults.first().message.clone())
}

fn check(cases: &[Case]) {
    let mut wrong = String::new();
    for case in cases {
        if let Some(message) = message(case.accepted, case.module) {
            wrong += &format!("{}: {:?} is refused: {message}\n", case.rule, case.accepted);
        }
        let said = message(case.refused, case.module);
        if said.as_deref() != Some(case.message) {
            wrong += &format!(
                "{}: {:?}\n  is refused with {said:?}\n       instead of {:?}\n",
                case.rule, case.refused, case.message
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn rules_accept_and_refuse() {
    check(RULES);
}

#[test]
fn grammar_accepts_and_refuses() {
    check(GRAMMAR);
}

/// The rules as `src/early_errors` has them: the functions that give a fault.
fn rules_in_source() -> Vec<String> {
    let files = [
        ("classes", include_str!("../src/early_errors/classes.rs")),
        ("declarations", include_str!("../src/early_errors/declarations.rs")),
        ("expressions", include_str!("../src/early_errors/expressions.rs")),
        ("functions", include_str!("../src/early_errors/functions.rs")),
        ("identifiers", include_str!("../src/early_errors/identifiers.rs")),
        ("literals", include_str!("../src/early_errors/literals.rs")),
        ("modules", include_str!("../src/early_errors/modules.rs")),
        ("statements", include_str!("../src/early_errors/statements.rs")),
    ];
    let listed = include_str!("../src/early_errors/mod.rs").matches("pub(crate) mod ").count();
    assert_eq!(listed, files.len(), "a file of rules is missing here");
    let mut rules = Vec::new();
    for (file, text) in files {
        for function in text.split("pub(crate) fn ").skip(1) {
            let signature = function.split('{').next().unwrap_or_default();
            let name: String =
                function.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if signature.contains("Fault") {
                rules.push(format!("{file}::{name}"));
            }
        }
    }
    rules
}

#[test]
fn every_rule_has_a_case() {
    let rules = rules_in_source();
    assert!(rules.len() > 30, "rules are not found any more: {rules:?}");
    for rule in &rules {
        assert!(RULES.iter().any(|case| case.rule == rule), "{rule} has no case");
    }
    for case in RULES {
        assert!(rules.iter().any(|rule| rule == case.rule), "{} is no rule", case.rule);
    }
}
