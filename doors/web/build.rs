//! Gives the module the stack that nested formulas need; a browser's own has one megabyte.

fn main() {
    if std::env::var("TARGET").is_ok_and(|target| target.starts_with("wasm32")) {
        println!("cargo:rustc-link-arg=-zstack-size={}", 32 << 20);
    }
    println!("cargo:rerun-if-changed=build.rs");
}
