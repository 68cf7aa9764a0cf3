//! One file for each command.

pub mod blame;
pub mod check;
pub mod eval;
pub mod explain;
pub mod export;
pub mod fmt;
pub mod lock;
pub mod log;
pub mod merge;
pub mod new;
pub mod reconcile;
pub mod report;
pub mod review;
pub mod shell;
pub mod stale;
pub mod study;
