//! Values and figures in other systems' words: plain rows that JSON, CSV and tables are made of.

mod age;
mod csv;
mod figure;
mod number;
pub mod sql;
pub mod study;
mod value;

pub use age::{Age, ages};
pub use csv::{Formulas, csv};
pub use figure::{Amount, FigureRow, GivenRow, figure_rows, figures_json, given_rows};
pub use number::{aligned, display, in_unit};
pub use value::{Missing, Selected, json, missing, records, rows, value};
