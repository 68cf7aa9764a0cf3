//! Dimensions, units and quantities; knows nothing of files.

mod currency;
mod dimension;
mod display;
mod error;
mod quantity;
mod readings;
mod registry;
mod unit;
mod written;

pub use currency::currency_help;
pub use dimension::{Base, Dimension};
pub use display::{decimals_for, grouped, percent, percent_to, shown, significant};
pub use error::UnitError;
pub use quantity::Quantity;
pub use readings::{readings, typed};
pub use registry::Units;
pub use unit::Unit;
pub use written::{sticks, written};
