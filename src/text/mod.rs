//! Text and places in it.

mod source;
mod span;

pub use source::{Source, SourceId, Sources};
pub use span::{Place, Span};
