//! What every fuzz target is made of: the checks that the project's own tests make, and the table of targets.

#[path = "../support/alone.rs"]
mod alone;
#[path = "../support/checks.rs"]
mod checks;
#[path = "../support/invariants.rs"]
mod invariants;
pub mod targets;
#[path = "../support/tree.rs"]
mod tree;

use mimalloc::MiMalloc;

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;
