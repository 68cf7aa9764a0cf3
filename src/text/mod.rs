//! Text and places in it, and numbers as text.

mod columns;
pub mod decimal;
mod formula;
pub mod markdown;
mod nearest;
mod number;
mod path;
mod shortened;
mod source;
mod span;
mod unbroken;
mod visible;

pub use columns::{columns_of, padded};
pub use formula::{guarded, unguarded};
pub use nearest::nearest;
pub use number::{NumberFault, fault_of_number};
pub use path::fault_of_path;
pub use shortened::{message, shortened};
pub use source::{Location, Source, SourceId, Sources};
pub use span::{Place, Span};
pub use unbroken::unbroken;
pub use visible::{on_one_line, visible};
