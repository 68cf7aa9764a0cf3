//! The attack suite: what a stranger may put before scn, surface by surface, and what must never come of it.
//!
//! `cargo test --test attack` takes two minutes. `ATTACK=3600 cargo test --release --test attack -- --nocapture` goes on for so
//! many seconds on each surface that is made of chance, and prints what each came to.

#![cfg_attr(not(unix), allow(dead_code, unused_imports))]

#[path = "attack/book.rs"]
mod book;
#[path = "attack/books.rs"]
mod books;
#[path = "support/chance.rs"]
mod chance;
#[path = "support/checks.rs"]
mod checks;
#[path = "attack/commands.rs"]
mod commands;
#[path = "attack/data.rs"]
mod data;
#[path = "support/files.rs"]
mod files;
#[path = "attack/histories.rs"]
mod histories;
#[path = "attack/injection.rs"]
mod injection;
#[path = "attack/interrupted.rs"]
mod interrupted;
#[path = "support/invariants.rs"]
mod invariants;
#[path = "attack/merges.rs"]
mod merges;
#[path = "attack/mutate.rs"]
mod mutate;
#[path = "attack/oracle.rs"]
mod oracle;
#[path = "support/reports.rs"]
mod reports;
#[path = "attack/repositories.rs"]
mod repositories;
#[path = "attack/run.rs"]
mod run;
#[path = "attack/seeds.rs"]
mod seeds;
#[path = "attack/surface.rs"]
mod surface;
#[path = "attack/templates.rs"]
mod templates;
#[path = "support/tree.rs"]
mod tree;
#[path = "attack/ways_out.rs"]
mod ways_out;

use libtest_mimic::{Arguments, Trial};

/// How a surface is attacked.
type Attack = fn(&mut surface::Surface);

#[cfg(unix)]
fn main() {
    let arguments = Arguments::from_args();
    surface::watch();
    let surfaces: [(&str, Attack); 13] = [
        ("seeds", seeds::attack),
        ("books", books::attack),
        ("merges", merges::attack),
        ("data", data::attack),
        ("templates", templates::attack),
        ("bombs", templates::bombs),
        ("commands", commands::attack),
        ("injection", injection::attack),
        ("injection_git", injection::attack_git),
        ("ways_out", ways_out::attack),
        ("repositories", repositories::attack),
        ("histories", histories::attack),
        ("interrupted", interrupted::attack),
    ];
    let trials = surfaces.map(|(name, attack)| Trial::test(name, move || surface::run(name, attack)));
    let conclusion = libtest_mimic::run(&arguments, trials.into());
    surface::print_table();
    conclusion.exit();
}

#[cfg(not(unix))]
fn main() {}
