//! Text to tree: `parse` reads a source and never fails.

pub mod ast;
