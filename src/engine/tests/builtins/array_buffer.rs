//! `ArrayBuffer`, `SharedArrayBuffer`, `DataView` and `Atomics`.

use crate::support::{check, check_once, thrown, values};

#[test]
fn array_buffers() {
    values(&[
        ("new ArrayBuffer(8).byteLength", "8"),
        ("new Uint8Array(new Uint8Array([1, 2, 3]).buffer.slice(1))", "2,3"),
        (
            "(b => [b.resizable, b.maxByteLength, (b.resize(6), b.byteLength)])(new ArrayBuffer(4, { maxByteLength: 8 }))",
            "true,8,6",
        ),
        (
            "(b => { const a = new Uint8Array(b); a.fill(7); b.resize(1); b.resize(3); return a })(new ArrayBuffer(2, { maxByteLength: 4 }))",
            "7,0,0",
        ),
        (
            "(b => { const c = b.transfer(4); return [b.detached, b.byteLength, c.byteLength, c.resizable] })(new ArrayBuffer(2))",
            "true,0,4,false",
        ),
        (
            "(b => [b.transfer().resizable, b.detached])(new ArrayBuffer(2, { maxByteLength: 4 }))",
            "true,true",
        ),
        ("new Uint8Array(new Uint8Array([1, 2, 3]).buffer.transferToFixedLength(2))", "1,2"),
        ("ArrayBuffer.isView(new DataView(new ArrayBuffer(1))) && !ArrayBuffer.isView([])", "true"),
        (
            "(class extends ArrayBuffer {}).name + Object.prototype.toString.call(new SharedArrayBuffer(1))",
            "[object SharedArrayBuffer]",
        ),
        (
            "(b => [b.growable, (b.grow(4), b.byteLength)])(new SharedArrayBuffer(2, { maxByteLength: 4 }))",
            "true,4",
        ),
    ]);
    thrown(&[
        ("ArrayBuffer(1)", "TypeError: Constructor ArrayBuffer requires 'new'"),
        ("new ArrayBuffer(-1)", "RangeError: Invalid array buffer length"),
        ("new ArrayBuffer(1e15)", "RangeError: Array buffer allocation failed"),
        ("new ArrayBuffer(2, { maxByteLength: 1 })", "RangeError: Invalid array buffer max length"),
        (
            "new ArrayBuffer(1, { maxByteLength: 4 }).resize(5)",
            "RangeError: ArrayBuffer.prototype.resize: Invalid length parameter",
        ),
        (
            "const b = new ArrayBuffer(1); b.transfer(); b.slice()",
            "TypeError: Cannot perform ArrayBuffer.prototype.slice on a detached ArrayBuffer",
        ),
        (
            "new SharedArrayBuffer(2, { maxByteLength: 4 }).grow(1)",
            "RangeError: SharedArrayBuffer.prototype.grow: Invalid length parameter",
        ),
        (
            "ArrayBuffer.prototype.byteLength",
            "TypeError: Method get ArrayBuffer.prototype.byteLength called on incompatible receiver #<ArrayBuffer>",
        ),
        // The constructor named by the species gives the same buffer back.
        (
            "class B extends ArrayBuffer { static get [Symbol.species]() { return function () { return b } } } const b = new B(2); b.slice()",
            "TypeError: ArrayBuffer subclass returned this from species constructor",
        ),
    ]);
    // What is garbage makes room.
    check_once(
        "let n = 0; for (let i = 0; i < 3000; i++) { n += new ArrayBuffer(1e6).byteLength } n",
        "3000000000",
    );
}

#[test]
fn data_views() {
    values(&[
        (
            "(v => (v.setInt16(0, 258), [v.getInt8(0), v.getInt16(0, true), v.getUint16(0)]))(new DataView(new ArrayBuffer(2)))",
            "1,513,258",
        ),
        (
            "(v => (v.setFloat64(0, Math.PI, true), v.getFloat64(0, true)))(new DataView(new ArrayBuffer(8)))",
            "3.141592653589793",
        ),
        ("(v => (v.setFloat16(0, 1.5), v.getUint8(0)))(new DataView(new ArrayBuffer(2)))", "62"),
        (
            "(v => (v.setBigInt64(0, -1n), v.getBigUint64(0)))(new DataView(new ArrayBuffer(8)))",
            "18446744073709551615",
        ),
        (
            "(b => { const v = new DataView(b, 1); b.resize(4); return v.byteLength })(new ArrayBuffer(2, { maxByteLength: 4 }))",
            "3",
        ),
    ]);
    thrown(&[
        (
            "new DataView(1)",
            "TypeError: First argument to DataView constructor must be an ArrayBuffer",
        ),
        (
            "new DataView(new ArrayBuffer(1), 2)",
            "RangeError: Start offset 2 is outside the bounds of the buffer",
        ),
        ("new DataView(new ArrayBuffer(1), 0, 5)", "RangeError: Invalid DataView length 5"),
        (
            "new DataView(new ArrayBuffer(1)).getInt16(0)",
            "RangeError: Offset is outside the bounds of the DataView",
        ),
        (
            "const b = new ArrayBuffer(4, { maxByteLength: 8 }), v = new DataView(b, 2, 2); b.resize(3); v.getInt8(0)",
            "TypeError: Cannot perform DataView.prototype.getInt8 on a detached or out-of-bounds ArrayBuffer",
        ),
    ]);
}

#[test]
fn atomics() {
    values(&[
        (
            "(a => [Atomics.add(a, 0, 5), Atomics.sub(a, 0, 2), Atomics.or(a, 0, 8), Atomics.and(a, 0, 9), Atomics.xor(a, 0, 1), Atomics.exchange(a, 0, -3), a[0]])(new Int8Array(1))",
            "0,5,3,11,9,8,-3",
        ),
        (
            "(a => [Atomics.compareExchange(a, 0, 0n, 7n), Atomics.compareExchange(a, 0, 0n, 9n), Atomics.load(a, 0)])(new BigInt64Array(1))",
            "0,7,7",
        ),
        (
            "Object.is(Atomics.store(new Int32Array(1), 0, -0), 0) && Atomics.store(new Int8Array(1), 0, 300.7)",
            "300",
        ),
        ("Atomics.isLockFree(4) && !Atomics.isLockFree(3) && Atomics.pause()", "undefined"),
        ("Atomics.notify(new Int32Array(1), 0)", "0"),
        ("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1)", "not-equal"),
        ("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)", "timed-out"),
        (
            "JSON.stringify(Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0))",
            r#"{"async":false,"value":"timed-out"}"#,
        ),
    ]);
    check(&[(
        "var out = ''; const a = new Int32Array(new SharedArrayBuffer(8)); for (const i of [0, 0, 1]) Atomics.waitAsync(a, i, 0).value.then(v => out += i + v); out += Atomics.notify(a, 0); out += Atomics.notify(a, 0); out",
        "200ok0ok",
    )]);
    thrown(&[
        (
            "Atomics.add(new Float64Array(1), 0, 1)",
            "TypeError: [object Float64Array] is not an integer typed array.",
        ),
        ("Atomics.add(new Int8Array(1), 1, 1)", "RangeError: Invalid atomic access index"),
        (
            "Atomics.wait(new Int32Array(1), 0, 0)",
            "TypeError: [object Int32Array] is not a shared typed array.",
        ),
        (
            "Atomics.wait(new Int8Array(1), 0, 0)",
            "TypeError: [object Int8Array] is not an int32 or BigInt64 typed array.",
        ),
        ("Atomics.pause(1.5)", "TypeError: Atomics.pause argument must be undefined or an integer"),
    ]);
}

#[test]
fn what_is_pinned_cannot_be_given_away() {
    use axil_engine::heap::Settings;
    use axil_engine::value::Value;
    use axil_engine::vm::Vm;
    let mut vm = Vm::new(Settings::default());
    vm.enter(|vm| {
        let buffer = vm.new_zeroed_buffer(4).expect("there is memory");
        buffer.is_pinned.set(true);
        let (global, key) = (vm.realm().global, vm.memory.key("buffer"));
        vm.set(global, key, Value::cell(buffer)).expect("nobody is in the way");
        let program =
            "try { buffer.transfer() } catch (error) { error.message + buffer.byteLength }";
        let shown = vm.evaluate("program", program).map(|value| vm.display(value));
        let expected = "ArrayBuffer is not detachable and could not be cloned.4";
        assert_eq!(shown.ok().as_deref(), Some(expected));
    });
}
