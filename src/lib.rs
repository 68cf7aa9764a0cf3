//! scn: a declarative scenario engine.

// The grammar's generated code names it.
extern crate alloc;

pub mod builtin;
pub mod calendar;
pub mod check;
pub mod cli;
pub mod data;
pub mod diagnostic;
pub mod eval;
pub mod export;
pub mod format;
pub mod model;
pub mod report;
pub mod resolve;
pub mod syntax;
pub mod text;
pub mod units;
pub mod value;
pub mod word;
pub mod workspace;
