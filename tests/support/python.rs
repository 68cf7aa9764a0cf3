//! A Python that has some packages, to hold results against.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A Python with the packages, if there is one; with the variable set they are installed into `target/NAME`.
pub fn python(name: &str, packages: &[&str], variable: &str) -> Option<PathBuf> {
    let venv = Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(name);
    let own = venv.join("bin/python");
    let import = format!("import {}", packages.join(", "));
    let has_all = |python: &Path| {
        let import = Command::new(python).args(["-c", &import]).output();
        import.is_ok_and(|output| output.status.success())
    };
    let found = [PathBuf::from("python3"), own.clone()].into_iter().find(|python| has_all(python));
    if found.is_some() || std::env::var_os(variable).is_none() {
        return found;
    }
    let made = Command::new("python3").args(["-m", "venv"]).arg(&venv).status();
    let pip = Command::new(&own).args(["-m", "pip", "install", "-q"]).args(packages).status();
    assert!(made.is_ok_and(|status| status.success()) && pip.is_ok_and(|status| status.success()), "pip failed");
    Some(own)
}
