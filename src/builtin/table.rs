//! The reference of every built-in function: how it is called, what it gives, and an example that holds.

use super::Builtin;

/// One built-in function as a reference shows it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub builtin: Builtin,
    pub name: &'static str,
    /// How it is called; two blanks between several ways.
    pub signature: &'static str,
    /// One sentence: what it gives.
    pub sentence: &'static str,
    /// An expression on the small book of `EXAMPLE_BOOK`, and its value.
    pub example: (&'static str, &'static str),
}

/// The book that the examples stand in.
pub const EXAMPLE_BOOK: &str = "\
scn 1
model example \"Examples of the built-in functions\" { as_of 2026-03-31, owner docs }
calendar fy = annual 2026E..2028E ending Dec
calendar hy = half 1H26E..2H27E ending Dec
calendar qy = quarter 1Q26E..4Q27E ending Dec
assume flow x = 2026E 10 | 2027E 20 | 2028E 30 by docs because \"an example\"
assume flow y = 2026E -10 | 2027E 12 by docs because \"an example\"
assume flow h = 1H26E 4 | 2H26E 6 by docs because \"an example\"
assume flow q = 1Q26E 1 | 2Q26E 2 | 3Q26E 3 | 4Q26E 4 by docs because \"an example\"
kind box {
  in size: ratio
}
box small by docs because \"an example\" { assume size = 2 }
box large by docs because \"an example\" { assume size = 4 }
case base prob 100%
";

/// Every built-in function, in the order of the reference.
pub const TABLE: &[Entry] = &[
    Entry {
        builtin: Builtin::Abs,
        name: "abs",
        signature: "abs(x)",
        sentence: "The size of a number without its sign.",
        example: ("abs(-3)", "3"),
    },
    Entry {
        builtin: Builtin::Sqrt,
        name: "sqrt",
        signature: "sqrt(x)",
        sentence: "The square root; its unit is the root of the unit of `x`. Not meaningful for a negative number.",
        example: ("sqrt(9 mm2)", "3 mm"),
    },
    Entry {
        builtin: Builtin::Exp,
        name: "exp",
        signature: "exp(x: ratio)",
        sentence: "Euler's number to the power of `x`; not meaningful where that is too large, above 709.",
        example: ("exp(0)", "1"),
    },
    Entry {
        builtin: Builtin::Ln,
        name: "ln",
        signature: "ln(x: ratio)",
        sentence: "The natural logarithm; not meaningful for a number that is not positive.",
        example: ("ln(1)", "0"),
    },
    Entry {
        builtin: Builtin::Log10,
        name: "log10",
        signature: "log10(x: ratio)",
        sentence: "The logarithm to base 10; not meaningful for a number that is not positive.",
        example: ("log10(1000)", "3"),
    },
    Entry {
        builtin: Builtin::Floor,
        name: "floor",
        signature: "floor(x)",
        sentence: "The nearest whole number of base units that is not larger.",
        example: ("floor(2.7)", "2"),
    },
    Entry {
        builtin: Builtin::Ceil,
        name: "ceil",
        signature: "ceil(x)",
        sentence: "The nearest whole number of base units that is not smaller.",
        example: ("ceil(2.1)", "3"),
    },
    Entry {
        builtin: Builtin::Round,
        name: "round",
        signature: "round(x, digits)",
        sentence: "The nearest number with so many digits after the point, halves away from zero; whole without `digits`, which are whole themselves.",
        example: ("round(2.345, 1)", "2.3"),
    },
    Entry {
        builtin: Builtin::Min,
        name: "min",
        signature: "min(x, y, …)  min(slice)  min(c in kind: x)",
        sentence: "The smallest of its arguments, of a stretch of a series, or over a kind; not meaningful of none.",
        example: ("min(2, 3)", "2"),
    },
    Entry {
        builtin: Builtin::Max,
        name: "max",
        signature: "max(x, y, …)  max(slice)  max(c in kind: x)",
        sentence: "The largest of its arguments, of a stretch of a series, or over a kind; not meaningful of none.",
        example: ("max(2, 3)", "3"),
    },
    Entry {
        builtin: Builtin::Sum,
        name: "sum",
        signature: "sum(slice)  sum(c in kind: x)",
        sentence: "The total of a stretch of a series, or over a kind; 0 of none.",
        example: ("sum(x[2026E..2028E])", "60"),
    },
    Entry {
        builtin: Builtin::Mean,
        name: "mean",
        signature: "mean(slice)  mean(c in kind: x)",
        sentence: "The arithmetic mean of a stretch of a series, or over a kind; not meaningful of none.",
        example: ("mean(x[2026E..2028E])", "20"),
    },
    Entry {
        builtin: Builtin::Median,
        name: "median",
        signature: "median(slice)  median(c in kind: x)",
        sentence: "The middle one of a stretch of a series, or over a kind; of two middle ones their mean. Not meaningful of none.",
        example: ("median(x[2026E..2028E])", "20"),
    },
    Entry {
        builtin: Builtin::Count,
        name: "count",
        signature: "count(slice)  count(c in kind: x)",
        sentence: "How many there are.",
        example: ("count(x[2026E..2028E])", "3"),
    },
    Entry {
        builtin: Builtin::Product,
        name: "product",
        signature: "product(slice)  product(c in kind: x)",
        sentence: "All multiplied with one another; 1 of none.",
        example: ("product(x[2026E..2028E])", "6_000"),
    },
    Entry {
        builtin: Builtin::Any,
        name: "any",
        signature: "any(c in kind: condition)",
        sentence: "Whether the condition holds for at least one; no of none.",
        example: ("any(c in box: c.size > 3)", "yes"),
    },
    Entry {
        builtin: Builtin::All,
        name: "all",
        signature: "all(c in kind: condition)",
        sentence: "Whether the condition holds for every one; yes of none.",
        example: ("all(c in box: c.size > 3)", "no"),
    },
    Entry {
        builtin: Builtin::ArgMax,
        name: "argmax",
        signature: "argmax(c in kind: x)",
        sentence: "The label of the one with the largest value, the first of equals; not meaningful of none.",
        example: ("argmax(c in box: c.size)", "\"large\""),
    },
    Entry {
        builtin: Builtin::ArgMin,
        name: "argmin",
        signature: "argmin(c in kind: x)",
        sentence: "The label of the one with the smallest value, the first of equals; not meaningful of none.",
        example: ("argmin(c in box: c.size)", "\"small\""),
    },
    Entry {
        builtin: Builtin::Rank,
        name: "rank",
        signature: "rank(x, c in kind: y, lowest)",
        sentence: "The place of `x` among the others, 1 for the highest (with `lowest`, for the lowest); equals share the better place, and missing ones have none.",
        example: ("rank(3, c in box: c.size)", "2"),
    },
    Entry {
        builtin: Builtin::Pv,
        name: "pv",
        signature: "pv(x, rate: ratio, at: period)",
        sentence: "The value at the end of `at` of a stretch of a series, or of all its periods after `at`; not meaningful at -100% or less.",
        example: ("pv(x[2027E..2028E], 10%, 2026E)", "42.9752066116"),
    },
    Entry {
        builtin: Builtin::Npv,
        name: "npv",
        signature: "npv(x, rate: ratio)",
        sentence: "The value of a stretch of a series at its first period, which is not discounted; not meaningful at -100% or less.",
        example: ("npv(x[2026E..2028E], 10%)", "52.9752066116"),
    },
    Entry {
        builtin: Builtin::Irr,
        name: "irr",
        signature: "irr(x)  irr(x, near: ratio)",
        sentence: "The yearly rate at which a stretch of a series is worth nothing; not meaningful where there is none, or several and `near` does not say which.",
        example: ("irr(y[2026E..2027E])", "20%"),
    },
    Entry {
        builtin: Builtin::Yoy,
        name: "yoy",
        signature: "yoy(x)",
        sentence: "Growth over the same period a year before; not meaningful on a base that is not positive.",
        example: ("yoy(x)[2027E]", "100%"),
    },
    Entry {
        builtin: Builtin::Cagr,
        name: "cagr",
        signature: "cagr(x, from: period, to: period)",
        sentence: "Growth a year from one period to another; not meaningful on a base that is not positive, to a negative number, or over no time.",
        example: ("cagr(x, 2026E, 2027E)", "100%"),
    },
    Entry {
        builtin: Builtin::Average,
        name: "average",
        signature: "average(x)",
        sentence: "The mean of a period and the period before.",
        example: ("average(x)[2027E]", "15"),
    },
    Entry {
        builtin: Builtin::Cumulative,
        name: "cumulative",
        signature: "cumulative(x)",
        sentence: "The total of a series from its first period up to each period.",
        example: ("cumulative(x)[2027E]", "30"),
    },
    Entry {
        builtin: Builtin::YearsSince,
        name: "years_since",
        signature: "years_since(period)",
        sentence: "The years from the end of a period to the end of each period, a series.",
        example: ("years_since(2026E)[2028E]", "2"),
    },
    Entry {
        builtin: Builtin::Days,
        name: "days",
        signature: "days()",
        sentence: "The days of each period, a series; a plain number.",
        example: ("days()[2027E]", "365"),
    },
    Entry {
        builtin: Builtin::Interpolate,
        name: "interpolate",
        signature: "interpolate(x, x1, y1, x2, y2, …)",
        sentence: "The height at `x` of straight lines through points whose x ascend, flat outside them; not meaningful if they do not ascend.",
        example: ("interpolate(1.5, 1, 10, 2, 20)", "15"),
    },
    Entry {
        builtin: Builtin::IsMissing,
        name: "is_missing",
        signature: "is_missing(x)",
        sentence: "Whether there is no value.",
        example: ("is_missing(NA)", "yes"),
    },
    Entry {
        builtin: Builtin::OrElse,
        name: "or_else",
        signature: "or_else(x, y)",
        sentence: "The first value, or the second where the first is missing.",
        example: ("or_else(NM, 3)", "3"),
    },
    Entry {
        builtin: Builtin::Expected,
        name: "expected",
        signature: "expected(x)",
        sentence: "The value weighted by the probabilities of the cases that have one.",
        example: ("expected(x[2026E])", "10"),
    },
    Entry {
        builtin: Builtin::Annual,
        name: "annual",
        signature: "annual(x)",
        sentence: "The series rolled up to fiscal years, as its kind adds up.",
        example: ("annual(x)[2026E]", "10"),
    },
    Entry {
        builtin: Builtin::Half,
        name: "half",
        signature: "half(x)",
        sentence: "The series rolled up to halves, as its kind adds up.",
        example: ("half(h)[1H26E]", "4"),
    },
    Entry {
        builtin: Builtin::Quarter,
        name: "quarter",
        signature: "quarter(x)",
        sentence: "The series rolled up to quarters, as its kind adds up.",
        example: ("quarter(q)[1Q26E]", "1"),
    },
];
