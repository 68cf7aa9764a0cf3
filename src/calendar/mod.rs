//! Periods and the line they stand on.

mod period;
mod timeline;

pub use period::{Frequency, Period, PeriodError};
pub use timeline::{Timeline, Timelines};
