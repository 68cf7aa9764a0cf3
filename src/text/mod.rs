//! Text and places in it, and numbers as text.

mod columns;
pub mod decimal;
mod nearest;
mod source;
mod span;

pub use columns::{columns_of, padded};
pub use nearest::nearest;
pub use source::{Source, SourceId, Sources};
pub use span::{Place, Span};
