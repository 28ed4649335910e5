//! Stacks of errors, as V8 gives them.

mod support;

use support::check;

#[test]
fn frames_of_calls() {
    check(&[
        ("new Error('m').stack", "Error: m\n    at test.js:1:1"),
        (
            "function f() {\n  return new Error('m');\n}\nconst o = { g() { return f(); } };\no.g().stack",
            "Error: m\n    at f (test.js:2:10)\n    at Object.g (test.js:4:26)\n    at test.js:5:3",
        ),
        (
            "class A { constructor() { this.e = new Error(); } static s() { return new A(); } } A.s().e.stack",
            "Error\n    at new A (test.js:1:36)\n    at A.s (test.js:1:71)\n    at test.js:1:86",
        ),
        (
            "const o = { f: function named() { return new Error().stack; } }; o.f()",
            "Error\n    at Object.named [as f] (test.js:1:42)\n    at test.js:1:68",
        ),
        (
            "const o = { get g() { return new Error().stack; } }; o.g",
            "Error\n    at get g (test.js:1:30)\n    at test.js:1:56",
        ),
    ]);
}

#[test]
fn native_functions_between() {
    check(&[
        (
            "'a'.replace('a', function r() { return new Error().stack; })",
            "Error\n    at r (test.js:1:40)\n    at String.replace (<anonymous>)\n    at test.js:1:5",
        ),
        (
            "(function f() { return new Error().stack; }).call(1)",
            "Error\n    at Number.f (test.js:1:24)\n    at test.js:1:46",
        ),
        (
            "let s; new Promise(function f() { s = new Error().stack; }); s",
            "Error\n    at f (test.js:1:39)\n    at new Promise (<anonymous>)\n    at test.js:1:8",
        ),
        (
            "try { 'a'.repeat(-1) } catch (e) { e.stack }",
            "RangeError: Invalid count value: -1\n    at String.repeat (<anonymous>)\n    at test.js:1:11",
        ),
        (
            "function* g() { yield new Error().stack; } g().next().value",
            "Error\n    at g (test.js:1:23)\n    at g.next (<anonymous>)\n    at test.js:1:48",
        ),
    ]);
}

#[test]
fn errors_of_the_machine() {
    check(&[
        (
            "function f(o) { return o.x.y; } try { f({}) } catch (e) { e.stack }",
            "TypeError: Cannot read properties of undefined (reading 'y')\n    at f (test.js:1:28)\n    at test.js:1:39",
        ),
        (
            "try { none } catch (e) { e.stack }",
            "ReferenceError: none is not defined\n    at test.js:1:7",
        ),
        (
            "eval('new Error(1).stack')",
            "Error: 1\n    at eval (eval at <anonymous> (test.js:1:1), <anonymous>:1:1)\n    at test.js:1:1",
        ),
    ]);
}

#[test]
fn constructors_of_errors_are_left_out() {
    check(&[
        (
            "class Own extends Error { constructor() { super('m'); } } function f() { return new Own(); } f().stack",
            "Error: m\n    at f (test.js:1:81)\n    at test.js:1:94",
        ),
        (
            "function cap(o) { Error.captureStackTrace(o, cap); return o.stack; } cap({ name: 'N', message: 'm' })",
            "N: m\n    at test.js:1:70",
        ),
        (
            "const o = {}; Error.captureStackTrace(o); o.stack + Object.getOwnPropertyNames(o).length",
            "Error\n    at test.js:1:211",
        ),
        (
            "try { Error.captureStackTrace(Object.freeze({})) } catch (e) { e.message }",
            "Cannot define property stack, object is not extensible",
        ),
    ]);
}

#[test]
fn the_limit() {
    check(&[
        (
            "function f(n) { return n ? f(n - 1) : new Error(); } f(20).stack.split('    at f').length",
            "11",
        ),
        ("Error.stackTraceLimit = 0; new Error('m').stack", "Error: m"),
        ("Error.stackTraceLimit = -5; new Error('m').stack", "Error: m"),
        ("Error.stackTraceLimit = 'x'; String(new Error('m').stack)", "undefined"),
        ("delete Error.stackTraceLimit; 'stack' in new Error('m')", "true"),
        (
            "Error.stackTraceLimit = Infinity; function f(n) { return n ? f(n - 1) : new Error(); } f(50).stack.split('    at f').length",
            "52",
        ),
    ]);
}

#[test]
fn the_property() {
    check(&[
        (
            "const e = new Error(), d = Object.getOwnPropertyDescriptor(e, 'stack'); typeof d.get + typeof d.set + d.enumerable + d.configurable",
            "functionfunctionfalsetrue",
        ),
        ("Reflect.ownKeys(new Error('m', { cause: 1 })).length", "3"),
        ("const e = new Error('a'); e.message = 'b'; e.stack", "Error: b\n    at test.js:1:11"),
        ("const e = new Error('a'); e.stack = 5; e.stack", "5"),
        ("const e = Object.create(new Error('a')); e.stack", "Error: a\n    at test.js:1:25"),
        ("Object.getOwnPropertyDescriptor(new Error(), 'stack').get.call(1)", "undefined"),
        (
            "const e = new Error(); e.name = { toString() { throw 1 } }; e.stack",
            "Error\n    at test.js:1:11",
        ),
    ]);
}

#[test]
fn prepared_by_a_program() {
    check(&[
        (
            "Error.prepareStackTrace = (error, sites) => error.message + sites.length + sites[0]; function f() { return new Error('m').stack } f()",
            "m2f (test.js:1:108)",
        ),
        (
            "Error.prepareStackTrace = (error, sites) => sites[0]; const site = new Error().stack; site.getLineNumber() + ':' + site.getColumnNumber() + site.getFileName() + site.isToplevel()",
            "1:68test.jstrue",
        ),
        (
            "Error.prepareStackTrace = () => { throw 1 }; try { new Error().stack } catch (e) { e }",
            "1",
        ),
        (
            "Error.prepareStackTrace = (e, sites) => sites[0]; const site = new Error().stack; try { site.getLineNumber.call({}) } catch (e) { e.message }",
            "CallSite method getLineNumber expects CallSite as receiver, got #<Object>",
        ),
    ]);
}

/// What is thrown at which column of the line.
#[track_caller]
fn throws_at(cases: &[(&str, &str)]) {
    for (code, expected) in cases {
        let code = code.replace('\\', "\\\\").replace('`', "\\`");
        let program = format!(
            "var u, t = {{ u }}, f = () => u, g = () => ({{}}), s = Symbol(); \
             try {{ eval(`{code}`) }} catch (e) {{ \
             e.message + ' ' + /<anonymous>:1:(\\d+)/.exec(e.stack)[1] }}"
        );
        check(&[(&program, expected)]);
    }
}

#[test]
fn calls_stand_where_their_names_are_or_their_arguments() {
    throws_at(&[
        ("t.x(1)", "t.x is not a function 3"),
        ("t.delete (1)", "t.delete is not a function 10"),
        ("t['x'](1)", "t.x is not a function 7"),
        ("(0, t.x)(1)", "(0 , t.x) is not a function 9"),
        ("f(1) /* ( */ (2)", "f(...) is not a function 14"),
    ]);
}

#[test]
fn properties_stand_where_their_names_are_but_for_those_of_results() {
    throws_at(&[
        ("t.u.x", "Cannot read properties of undefined (reading 'x') 5"),
        ("t.u['x']", "Cannot read properties of undefined (reading 'x') 4"),
        ("f() . x", "Cannot read properties of undefined (reading 'x') 5"),
        ("g().x.y", "Cannot read properties of undefined (reading 'y') 6"),
        ("t?.u.x", "Cannot read properties of undefined (reading 'x') 5"),
        ("t.u.x = 1", "Cannot set properties of undefined (setting 'x') 7"),
    ]);
}

#[test]
fn operators_stand_where_they_are() {
    throws_at(&[
        ("1 + s", "Cannot convert a Symbol value to a number 3"),
        ("1 in u", "Cannot use 'in' operator to search for '1' in undefined 3"),
        ("const c = 1; c = 2", "Assignment to constant variable. 16"),
        ("var {a} = u", "Cannot destructure property 'a' of 'u' as it is undefined. 6"),
        ("var [a] = f()", "f is not a function or its return value is not iterable 11"),
        ("f(...u)", "u is not iterable (cannot read property undefined) 1"),
    ]);
}

#[test]
fn functions_without_names_are_called_what_they_are_assigned_to() {
    check(&[
        (
            "const t = {}; t.a = { b: {} }; t.a.b.c = function () { return new Error('m').stack }; t.a.b.c().split('\\n')[1]",
            "    at t.a.b.c (test.js:1:63)",
        ),
        (
            "function P() {} P.prototype.m = function () { return new Error('m').stack }; const m = new P().m; m().split('\\n')[1]",
            "    at P.m (test.js:1:54)",
        ),
    ]);
}

#[test]
fn functions_of_the_embedder() {
    use axil_engine::heap::Settings;
    use axil_engine::value::Value;
    use axil_engine::vm::{HostFrame, Vm};

    static OUTER: HostFrame =
        HostFrame { receiver: Some("host"), function: "loop", file: "host:a", line: 3, column: 4 };
    static INNER: HostFrame =
        HostFrame { receiver: None, function: "turn", file: "host:b", line: 5, column: 6 };

    let mut vm = Vm::new(Settings::default());
    vm.enter(|vm| {
        let again = vm.new_native_function("again", 1, |vm, arguments| {
            let callback = arguments.get(0);
            vm.keep_host_frame(|vm| {
                vm.set_host_frame(Some(&INNER));
                vm.call(callback, Value::UNDEFINED, &[])
            })
        });
        let stack = vm.new_native_function("stack", 0, |vm, _| {
            vm.throw_error("");
            let error = vm.take_exception();
            let key = vm.memory.key("stack");
            vm.get(axil_engine::operators::as_object(error).expect("an error"), key)
        });
        vm.set_host_frame(Some(&OUTER));
        let text = vm.call(Value::cell(again), Value::UNDEFINED, &[Value::cell(stack)]);
        let outer = vm.call(Value::cell(stack), Value::UNDEFINED, &[]).unwrap_or(Value::UNDEFINED);
        assert_eq!(
            vm.display(outer),
            "Error\n    at stack (<anonymous>)\n    at host.loop (host:a:3:4)"
        );
        vm.set_host_frame(None);
        let text = text.unwrap_or(Value::UNDEFINED);
        assert_eq!(
            vm.display(text),
            "Error\n    at stack (<anonymous>)\n    at turn (host:b:5:6)\n    at again (<anonymous>)"
        );
    });
}
