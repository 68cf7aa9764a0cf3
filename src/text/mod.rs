//! Text and places in it, and numbers as text.

mod columns;
pub mod decimal;
pub mod markdown;
mod nearest;
mod path;
mod source;
mod span;
mod visible;

pub use columns::{columns_of, padded};
pub use nearest::nearest;
pub use path::fault_of_path;
pub use source::{Location, Source, SourceId, Sources};
pub use span::{Place, Span};
pub use visible::visible;
