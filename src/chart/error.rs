//! `ChartError`: why something makes no chart.

use miette::Diagnostic;
use thiserror::Error;

/// Why something makes no chart.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub enum ChartError {
    /// There is no number in it.
    #[error("the chart `{title}` has nothing to show")]
    #[diagnostic(code(chart::empty), help("none of its values is a number; leave it out, or ask with `is missing`"))]
    Empty { title: String },

    /// More than a page has room for.
    #[error("{count} {what} are too many for a chart")]
    #[diagnostic(code(chart::too_many), help("it has room for {most}; choose fewer, or draw two charts"))]
    TooMany { what: &'static str, count: usize, most: usize },

    /// A number that no axis reaches.
    #[error("the number {number} is beyond what a chart can show")]
    #[diagnostic(code(chart::beyond), help("numbers on a chart are smaller than 1e100"))]
    Beyond { number: String },

    /// A number that has no place on an axis of ratios.
    #[error("`{label}` is not above zero and has no place on a logarithmic axis")]
    #[diagnostic(code(chart::not_positive), help("leave it out, or draw the chart without `log`"))]
    NotPositive { label: String },

    /// Numbers of different dimensions on one axis.
    #[error("a chart shows {first} or {other} along an axis, not both")]
    #[diagnostic(code(chart::units), help("draw two charts, or show both as the same measure"))]
    Units { first: String, other: String },

    /// Steps of a walk that do not lead where it is said to end.
    #[error("the steps lead to {sum}, not to {total}")]
    #[diagnostic(code(chart::does_not_add_up), help("name the missing step, or leave the total out"))]
    DoesNotAddUp { sum: String, total: String },
}

impl crate::diagnostic::Fault for ChartError {}
