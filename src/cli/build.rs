//! How the program is linked.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}"));
    let is = |name, value: &str| target(name).is_ok_and(|it| it == value);
    if is("OS", "linux") && is("ENV", "gnu") {
        // The places where pointers have to be corrected when the program is loaded, as
        // bitmaps: 5 kB to read at each start instead of 350. Linkers that do not know this
        // warn, and leave it.
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
