//! `HintError`: what looks like a slip, in a sentence, and what to do about it.

use miette::Diagnostic;
use thiserror::Error;

use crate::text::Span;

/// What looks like a slip.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub enum HintError {
    /// A thousand times, or a thousandth of, what stands beside it.
    #[error("`{path}` is {value}, about {times} {beside}: {others}")]
    #[diagnostic(
        code(hint::thousandfold),
        severity(Advice),
        help(
            "see whether k, mn or bn is meant; if the number is right, say so behind it: `allow hint::thousandfold because \"…\"`"
        )
    )]
    Thousandfold {
        path: String,
        value: String,
        times: &'static str,
        /// `its neighbours`, `the others`, `another source`.
        beside: &'static str,
        others: String,
        #[label("{value}")]
        span: Span,
    },
    /// Periods inside a series about which nothing is said.
    #[error("`{path}` says nothing for {missing}, between {before} and {after}")]
    #[diagnostic(
        code(hint::hole),
        severity(Advice),
        help(
            "give the value, write `NA` where there is none, or between two estimates fill it with `linear`; `allow hint::hole because \"…\"` if it is meant"
        )
    )]
    Hole {
        path: String,
        missing: String,
        before: String,
        after: String,
        #[label("after this piece")]
        span: Span,
    },
    /// A share of a whole that is more than the whole, or less than nothing.
    #[error("`{path}` is {value}, and {what} lies {between}")]
    #[diagnostic(
        code(hint::share),
        severity(Advice),
        help("see whether the number or its unit is a slip; if it can be so, `allow hint::share because \"…\"`")
    )]
    Share {
        path: String,
        value: String,
        /// `a yield`, `the weight of a mean`.
        what: String,
        /// `between 0% and 100%`
        between: String,
        #[label("{value}")]
        span: Span,
    },
    /// Shares of one whole that are not the whole together.
    #[error("the members of `{path}` add up to {sum}{period}, not to 100%: {parts}")]
    #[diagnostic(
        code(hint::share),
        severity(Advice),
        help("mend the share that is off; if they need not add up, `allow hint::share because \"…\"`")
    )]
    Whole {
        path: String,
        sum: String,
        period: String,
        parts: String,
        #[label("one of the shares")]
        span: Span,
    },
    /// Parts beside their total that do not add up to it.
    #[error("`{path}` is {total}, and its parts add up to {sum}: {parts}")]
    #[diagnostic(
        code(hint::total),
        severity(Advice),
        help(
            "mend the part or the total that is off by {off}; if a part is left out on purpose, `allow hint::total because \"…\"`"
        )
    )]
    Total {
        path: String,
        total: String,
        sum: String,
        parts: String,
        off: String,
        #[label("{total} here, {sum} in parts")]
        span: Span,
    },
    /// A growth rate of a part of a year that looks like one of a year.
    #[error("`{path}` is {rate} a {period}, which makes {year} in a year")]
    #[diagnostic(
        code(hint::compounding),
        severity(Advice),
        help(
            "a rate of a year is taken to a {period} by `(1 + r)^(1/{per_year}) - 1`; if it really moves so fast, `allow hint::compounding because \"…\"`"
        )
    )]
    Compounding {
        path: String,
        rate: String,
        period: &'static str,
        year: String,
        per_year: i32,
        #[label("{year} in a year")]
        span: Span,
    },
    /// One number with another sign than its row.
    #[error("`{path}` is {value}, and {others} beside it are {sign}: {list}")]
    #[diagnostic(
        code(hint::sign),
        severity(Advice),
        help("write all of a row with one sign; if this one does differ, `allow hint::sign because \"…\"`")
    )]
    Sign {
        path: String,
        value: String,
        others: String,
        sign: &'static str,
        list: String,
        #[label("{value}")]
        span: Span,
    },
    /// A formula that differs from its siblings in one place.
    #[error("`{path}` has {here} where {siblings} have {there}")]
    #[diagnostic(
        code(hint::odd_one),
        severity(Advice),
        help("see whether it was changed on purpose; if so, `allow hint::odd_one because \"…\"`")
    )]
    OddOne {
        path: String,
        here: String,
        there: String,
        siblings: String,
        #[label("{here} here")]
        span: Span,
    },
    /// A literal that equals a named value.
    #[error("{literal} in `{path}` is what `{name}` is")]
    #[diagnostic(
        code(hint::named_value),
        severity(Advice),
        help(
            "write `{name}`, so that both move together; if they are equal by chance, `allow hint::named_value because \"…\"`"
        )
    )]
    NamedValue {
        path: String,
        literal: String,
        name: String,
        #[label("a number that has a name")]
        span: Span,
    },
    /// An assumption that nothing looks at.
    #[error("nothing rests on `{path}`")]
    #[diagnostic(
        code(hint::unused),
        severity(Advice),
        help(
            "use it in a formula, or drop the line; if it is kept for the reader, `allow hint::unused because \"…\"`"
        )
    )]
    Unused {
        path: String,
        #[label("no formula, check, study or report reads it")]
        span: Span,
    },
    /// A sum that leaves out one of several.
    #[error("`{path}` adds up {count} of {all} {what}, and leaves out `{missing}`")]
    #[diagnostic(
        code(hint::left_out),
        severity(Advice),
        help(
            "add `{missing}`, or add up all of them with `sum`; if it is left out on purpose, `allow hint::left_out because \"…\"`"
        )
    )]
    LeftOut {
        path: String,
        count: usize,
        all: usize,
        what: String,
        missing: String,
        #[label("`{missing}` is not in it")]
        span: Span,
    },
}

impl crate::diagnostic::Fault for HintError {}
