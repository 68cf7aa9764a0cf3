//! Dimensions, units and quantities; knows nothing of files.

mod currency;
mod dimension;
mod display;
mod error;
mod quantity;
mod registry;
mod unit;

pub use dimension::{Base, Dimension};
pub use display::{decimals_for, grouped, shown, significant};
pub use error::UnitError;
pub use quantity::Quantity;
pub use registry::Units;
pub use unit::Unit;
