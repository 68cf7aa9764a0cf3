//! Text and places in it.

mod nearest;
mod source;
mod span;

pub use nearest::nearest;
pub use source::{Source, SourceId, Sources};
pub use span::{Place, Span};
