//! `CheckError`: why trees with known names make no sound model.

use miette::Diagnostic;
use thiserror::Error;

use crate::text::Span;

/// What is wrong with units, time, calls, cases and findings.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub(super) enum CheckError {
    /// A name that an entity has and the book has too.
    #[error("`{name}` means two things here")]
    #[diagnostic(code(resolve::ambiguous), help("{help}"))]
    Ambiguous {
        name: String,
        help: String,
        #[label("the attribute or the top-level name?")]
        span: Span,
    },
    /// The two sides of an operator measure different things.
    #[error("{left} and {right} do not go together")]
    #[diagnostic(code(units::mismatch), help("{help}"))]
    Mismatch {
        left: String,
        right: String,
        help: String,
        #[label("{left} here")]
        left_span: Span,
        #[label("{right} here")]
        right_span: Span,
    },
    /// The two sides differ in nothing but the currency.
    #[error("{left} and {right} are different currencies")]
    #[diagnostic(code(units::currency), help("convert one side: `… in {into}`"))]
    Currency {
        left: String,
        right: String,
        into: String,
        #[label("{left} here")]
        left_span: Span,
        #[label("{right} here")]
        right_span: Span,
    },
    /// A ratio added to something that is no ratio.
    #[error("a ratio cannot be added to {what}")]
    #[diagnostic(code(units::ratio_added), help("a relative change is a product: `{instead}`"))]
    RatioAdded {
        what: String,
        instead: String,
        #[label("{what}")]
        span: Span,
        #[label("a ratio")]
        ratio: Span,
    },
    /// A value that does not measure what its line says it does.
    #[error("`{name}` is declared as {declared}, and this is {found}")]
    #[diagnostic(code(units::declared), help("{help}"))]
    Declared {
        name: String,
        declared: String,
        found: String,
        help: String,
        #[label("{found}")]
        span: Span,
    },
    /// A number without a unit where per cents, points or the like are meant.
    #[error("{message}")]
    #[diagnostic(code(units::bare), help("{help}"))]
    Bare {
        message: String,
        help: String,
        #[label("a bare number")]
        span: Span,
    },
    /// A number where text should be, and the like.
    #[error("{message}")]
    #[diagnostic(code(units::kind), help("{help}"))]
    WrongKind {
        message: String,
        help: String,
        #[label("{label}")]
        span: Span,
        label: String,
    },
    /// An argument that measures the wrong thing.
    #[error("`{function}` wants {wanted}, and this is {found}")]
    #[diagnostic(code(units::argument), help("{help}"))]
    Argument {
        function: String,
        wanted: String,
        found: String,
        help: String,
        #[label("{found}")]
        span: Span,
    },
    /// A power whose unit cannot be known.
    #[error("{base} cannot be raised to this power")]
    #[diagnostic(
        code(units::power),
        help("the exponent of something with a unit is a constant such as 2 or 0.5; else divide by one unit first")
    )]
    Power {
        base: String,
        #[label("{what}")]
        span: Span,
        what: String,
    },
    /// `?`
    #[error("a value is wanted here: {needed}")]
    #[diagnostic(code(units::hole), help("{help}"))]
    Hole {
        needed: String,
        help: String,
        #[label("{needed}")]
        span: Span,
    },
    /// A conversion to something else.
    #[error("{from} cannot be shown in {to}")]
    #[diagnostic(code(units::conversion), help("{help}"))]
    Conversion {
        from: String,
        to: String,
        help: String,
        #[label("{from}")]
        span: Span,
    },
    /// A currency conversion without a rate.
    #[error("there is no rate from {from} to {to} {basis}")]
    #[diagnostic(code(units::no_rate), help("add `fx {from}/{to}{word} = …`; {help}"))]
    NoRate {
        from: String,
        to: String,
        basis: String,
        word: String,
        help: String,
        #[label("needs a rate")]
        span: Span,
    },
    /// A conversion that two rates could make.
    #[error("it is not clear at which rate this goes from {from} to {to}")]
    #[diagnostic(code(units::which_rate), help("{help}"))]
    WhichRate {
        from: String,
        to: String,
        left: String,
        right: String,
        help: String,
        #[label("{left}")]
        left_span: Span,
        #[label("{right}")]
        right_span: Option<Span>,
    },
    /// Definitions in a ring, none of which says its unit.
    #[error("the unit of `{name}` depends on itself")]
    #[diagnostic(
        code(units::circular),
        help("state it (`{name}: UNIT = …`), or give one of its periods a number with a unit")
    )]
    Circular {
        name: String,
        #[label("its formula leads back here")]
        span: Span,
    },
    /// A call with too few or too many arguments, or none of the right form.
    #[error("{message}")]
    #[diagnostic(code(check::arguments), help("{help}"))]
    Arguments {
        message: String,
        help: String,
        #[label("this call")]
        span: Span,
    },
    /// Points of a curve that do not go from the lowest to the highest, each once.
    #[error("the points of `interpolate` do not ascend")]
    #[diagnostic(code(check::arguments), help("write them from the lowest x to the highest, each x once"))]
    Order {
        #[label("this x is not above the one before")]
        span: Span,
        #[label("the one before")]
        before: Span,
    },
    /// A slice, a period, a date or an indexed name where one value is wanted.
    #[error("{message}")]
    #[diagnostic(code(check::not_a_value), help("{help}"))]
    NotAValue {
        message: String,
        help: String,
        #[label("{label}")]
        span: Span,
        label: String,
    },
    /// A series where one value is wanted.
    #[error("`{what}` varies over time, and one value is wanted here")]
    #[diagnostic(code(check::not_one_value), help("name the period: `{what}[2026E]`"))]
    NotOneValue {
        what: String,
        #[label("a series")]
        span: Span,
    },
    /// A formula that grows beyond measure when its functions are written out.
    #[error("this formula is too large, with its functions written out")]
    #[diagnostic(code(check::too_large), help("name intermediate results on lines of their own"))]
    TooLarge {
        #[label("more than {limit} steps")]
        span: Span,
        limit: usize,
    },
    /// A value outside its own range.
    #[error("`{name}` lies outside its range")]
    #[diagnostic(code(check::range), severity(warning), help("{help}"))]
    Range {
        name: String,
        help: String,
        #[label("does not hold the value")]
        span: Span,
    },
    /// A spread that no value can have.
    #[error("{message}")]
    #[diagnostic(code(check::spread), help("{help}"))]
    Spread {
        message: String,
        help: String,
        #[label("here")]
        span: Span,
    },
    /// A look along time on a value that has none.
    #[error("{what} has one value and no periods")]
    #[diagnostic(code(series::no_time), help("{help}"))]
    NoTime {
        what: String,
        help: String,
        #[label("does not vary over time")]
        span: Span,
    },
    /// Two frequencies in one formula.
    #[error("{left} and {right} values do not go together")]
    #[diagnostic(code(series::frequency), help("{help}"))]
    Frequency {
        left: String,
        right: String,
        help: String,
        #[label("{left} here")]
        left_span: Span,
        #[label("{right} here")]
        right_span: Option<Span>,
    },
    /// A coarser series asked for a finer period.
    #[error("{what} is {has}, and `{period}` is {finer}")]
    #[diagnostic(code(series::finer), help("a series can be rolled up, and not split; name the longer period"))]
    Finer {
        what: String,
        has: String,
        period: String,
        finer: String,
        #[label("finer than the series")]
        span: Span,
    },
    /// A series that cannot be rolled up.
    #[error("{what} cannot be rolled up to {to} values")]
    #[diagnostic(code(series::roll_up), help("{help}"))]
    RollUp {
        what: String,
        to: String,
        help: String,
        #[label("{why}")]
        span: Span,
        why: String,
    },
    /// A path of a case line that leads nowhere.
    #[error("{message}")]
    #[diagnostic(code(cases::path), help("{help}"))]
    Path {
        message: String,
        /// The names of what leads nowhere.
        missing: Vec<String>,
        help: String,
        #[label("{label}")]
        span: Span,
        label: String,
    },
    /// A change of what has happened.
    #[error("`{path}` is actual in {period}, and a case cannot change what has happened")]
    #[diagnostic(code(cases::actual), help("change estimated periods, or correct the definition itself"))]
    Actual {
        path: String,
        period: String,
        #[label("actual")]
        span: Span,
    },
    /// Two writes to one cell.
    #[error("`{path}` is written twice in one case")]
    #[diagnostic(code(cases::twice), help("keep one of the two lines, or say `over` on the one that should win"))]
    Twice {
        path: String,
        #[label("written again")]
        span: Span,
    },
    /// An end of a range that is not there.
    #[error("{message}")]
    #[diagnostic(code(cases::no_range), help("{help}"))]
    NoRange {
        message: String,
        help: String,
        #[label("takes an end of its range")]
        span: Span,
    },
    /// A candidate that is not there.
    #[error("`{path}` has no candidate from `{name}`")]
    #[diagnostic(code(cases::no_candidate), help("{help}"))]
    NoCandidate {
        path: String,
        name: String,
        help: String,
        #[label("not among its sources")]
        span: Span,
    },
    /// `+ 5%` on a ratio or on anything else.
    #[error("`{text}` {problem}")]
    #[diagnostic(code(cases::percent), help("{help}"))]
    Percent {
        text: String,
        problem: &'static str,
        help: String,
        #[label("{asked}")]
        span: Span,
        asked: String,
    },
    /// Probabilities that are none.
    #[error("{message}")]
    #[diagnostic(code(cases::probability), help("{help}"))]
    Probability {
        message: String,
        help: String,
        #[label("here")]
        span: Span,
    },
    /// A report that would be written where a book writes nothing.
    #[error("a report is not written to `{to}`: {why}")]
    #[diagnostic(
        code(report::place),
        help("name a file in `{folder}/`, such as `memo.md`; `reports \"notes\"` in the model names another folder")
    )]
    Page {
        to: String,
        why: String,
        folder: String,
        #[label("a file in `{folder}/` is wanted here")]
        span: Span,
    },
    /// A published figure that cannot be held against its value.
    #[error("{message}")]
    #[diagnostic(code(check::figure), help("{help}"))]
    Figure {
        message: String,
        help: String,
        #[label("here")]
        span: Span,
    },
}
