//! Realms besides the first one.

use axil_engine::compiler::compile;
use axil_engine::heap::Settings;
use axil_engine::value::Value;
use axil_engine::vm::{Completion, Vm};
use axil_grammar::{Arena, Goal, Source, parse};
use std::rc::Rc;

fn run(vm: &mut Vm, text: &str) -> Completion {
    let source = Rc::new(Source::new("test.js", text));
    let arena = Arena::new();
    let program = parse(&source, Goal::Script, &arena).expect("the program is right");
    let code = compile(&vm.memory, &source, program).expect("all of it is built");
    vm.run(code)
}

/// Runs each program where `other` is the global object of another realm, with and
/// without a collection at every allocation.
fn check(cases: &[(&str, &str)]) {
    for stress in [None, Some(1)] {
        for (program, expected) in cases {
            let mut vm = Vm::new(Settings { stress, ..Settings::default() });
            let shown = vm.enter(|vm| {
                let other = vm.create_realm();
                let (global, key) = (vm.realm().global, vm.memory.key("other"));
                assert_ne!(global, other.global);
                vm.set(global, key, Value::cell(other.global)).expect("it can be set");
                match run(vm, program) {
                    Ok(value) => vm.display(value),
                    Err(_) => {
                        let exception = vm.take_exception();
                        format!("throws {}", vm.display(exception))
                    }
                }
            });
            assert_eq!(shown, *expected, "{program}");
        }
    }
}

#[test]
fn code_finds_what_its_realm_has() {
    check(&[
        ("other.Object === Object", "false"),
        ("other.eval('Object') === other.Object", "true"),
        ("other.eval('() => [].constructor')() === other.Array", "true"),
        ("other.eval('(function () { return this })')() === other", "true"),
        ("other.Function('return this')() === other", "true"),
        ("other.Function('return () => ({})')()() instanceof other.Object", "true"),
        ("other.eval('var made = 1'); typeof made + other.made", "undefined1"),
        ("var here = 1; other.eval('typeof here')", "undefined"),
        ("other.eval('(class {})').prototype instanceof other.Object", "true"),
        (
            "Object.getPrototypeOf(other.eval('(async () => {})')()) === other.Promise.prototype",
            "true",
        ),
        // Functions complete themselves when somebody looks, from whatever realm.
        ("other.eval('(function () {})').prototype instanceof other.Object", "true"),
        ("'' + other.eval('[1, 2]').map(x => x * 2)", "2,4"),
        ("[...other.eval('[1, 2]'), ...[3]].join()", "1,2,3"),
    ]);
}

#[test]
fn functions_of_the_engine_keep_their_realm() {
    check(&[
        ("other.Array.of(1) instanceof other.Array", "true"),
        ("other.Object.keys({ a: 1 }) instanceof other.Array", "true"),
        ("try { other.Reflect.ownKeys(1) } catch (e) { e instanceof other.TypeError }", "true"),
        ("try { [].reduce(other.eval('() => 1')) } catch (e) { e instanceof TypeError }", "true"),
        ("try { other.eval('null.x') } catch (e) { e instanceof other.TypeError }", "true"),
        ("try { other.eval('(class {})')() } catch (e) { e instanceof other.TypeError }", "true"),
        // Calls there and back.
        (
            "other.eval('f => [f(), []]')(() => []).map(x => x instanceof Array).join()",
            "true,false",
        ),
        ("other.Reflect.apply(() => [], null, []) instanceof Array", "true"),
        ("other.Function.prototype() === undefined", "true"),
    ]);
}

#[test]
fn prototypes_come_from_the_realm_of_the_new_target() {
    check(&[
        (
            "var f = other.eval('(function () {})'); f.prototype = null;
             [Array, Error, String, Promise, RegExp].map(C =>
               Object.getPrototypeOf(Reflect.construct(C, [() => {}], f))
                 === other[C.name].prototype).join()",
            "true,true,true,true,true",
        ),
        (
            "var f = other.eval('(function () {})'); f.prototype = 1;
             Object.getPrototypeOf(Reflect.construct(Array, [], f.bind())) === other.Array.prototype",
            "true",
        ),
        (
            "var f = other.eval('(function () {})'); f.prototype = 1;
             Object.getPrototypeOf(Reflect.construct(Object, [], new Proxy(f, {})))
               === other.Object.prototype",
            "true",
        ),
        ("other.eval('[1]').map.call([1], x => x).constructor === other.Array", "true"),
        ("Array.prototype.map.call(other.eval('[1]'), x => x) instanceof Array", "true"),
        (
            "var a = []; a.constructor = other.Array;
             Array.prototype.concat.call(a) instanceof Array",
            "true",
        ),
    ]);
}

#[test]
fn symbols_are_shared() {
    check(&[
        ("other.Symbol.iterator === Symbol.iterator", "true"),
        ("other.Symbol.for('a') === Symbol.for('a')", "true"),
        ("other.Symbol.prototype === Symbol.prototype", "false"),
    ]);
}

#[test]
fn template_objects_are_not() {
    check(&[
        ("other.eval('(s => s)`a`') instanceof other.Array", "true"),
        ("other.eval('(s => () => s`a`)')(x => x)() instanceof other.Array", "true"),
    ]);
}

#[test]
fn iteration_heeds_the_realm_of_the_code() {
    check(&[(
        "other.Array.prototype[Symbol.iterator] = function* () { yield 'changed' };
             [...[1]].join() + other.eval('[...[1]].join()') + [...[2]].join()",
        "1changed2",
    )]);
}

#[test]
fn objects_that_emulate_undefined() {
    let mut vm = Vm::new(Settings::default());
    vm.enter(|vm| {
        let (global, key) = (vm.realm().global, vm.memory.key("all"));
        let all = vm.new_undetectable_object();
        vm.set(global, key, Value::cell(all)).expect("it can be set");
        for (program, expected) in [
            ("typeof all", "undefined"),
            (
                "[all == null, undefined == all, all != null, all == all].join()",
                "true,true,false,true",
            ),
            ("[all === undefined, all === null, all === all].join()", "false,false,true"),
            ("[all == 0, all == '', all == false].join()", "false,false,false"),
            (
                "[!all, all ? 1 : 2, all || 3, all && 4 === all].join()",
                "true,2,3,[object Function]",
            ),
            ("if (all) 'truthy'; else 'falsy'", "falsy"),
            ("(all ?? 5) === all && all?.x === undefined && (all.x = 1, all.x)", "1"),
            ("[all(), Boolean(all), [all, 1].filter(x => x).length].join()", ",false,1"),
            ("(({ a = 1 }) => a === all)({ a: all })", "true"),
            ("Object(all) === all && [all].includes(all)", "true"),
        ] {
            let shown = run(vm, program).map(|value| vm.display(value));
            assert_eq!(shown.as_deref(), Ok(expected), "{program}");
        }
    });
}
