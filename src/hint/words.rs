//! The words of a name, and what they tell of the value.

/// The words of a name or a label, in small letters: `die_yield` is `die` and `yield`.
pub fn words(name: &str) -> Vec<String> {
    let parts = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(str::to_lowercase).collect()
}

/// Whether a name has one of some words, which are in small letters.
pub fn has(name: &str, some: &[&str]) -> bool {
    let mut parts = name.split(|letter: char| !letter.is_alphanumeric());
    parts.any(|part| some.iter().any(|word| part.eq_ignore_ascii_case(word)))
}

/// Whether a name says that it is the sum of others.
pub fn is_total(name: &str) -> bool {
    has(name, &["total", "totals", "sum"])
}

/// Words of what may well be below zero: results, differences, moves, and what is written off one year and back the next.
pub const RESULTS: &[&str] = &[
    "adjustment",
    "adjustments",
    "balance",
    "cash",
    "change",
    "delta",
    "deficit",
    "difference",
    "earnings",
    "ebit",
    "ebitda",
    "effect",
    "eps",
    "equity",
    "fcf",
    "flow",
    "fx",
    "gain",
    "growth",
    "impact",
    "impairment",
    "impairments",
    "income",
    "loss",
    "margin",
    "minorities",
    "net",
    "ni",
    "other",
    "premium",
    "profit",
    "provision",
    "provisions",
    "release",
    "releases",
    "result",
    "return",
    "reversal",
    "reversals",
    "ri",
    "risk",
    "spread",
    "surplus",
    "tax",
    "taxes",
    "upside",
    "variance",
    "working",
    "writedown",
    "writedowns",
];

/// Words of what is paid.
pub const COSTS: &[&str] = &[
    "amortisation",
    "amortization",
    "capex",
    "cogs",
    "cost",
    "costs",
    "depreciation",
    "expense",
    "expenses",
    "opex",
    "rent",
    "salaries",
    "wages",
];

/// Words of what stands in one column of costs, where each has the same sign.
pub const COLUMN: &[&str] = &["cogs", "cost", "costs", "expense", "expenses", "opex"];

/// Words of what is counted or sold, and never below zero.
pub const COUNTS: &[&str] = &[
    "asp",
    "capacity",
    "employees",
    "headcount",
    "price",
    "revenue",
    "revenues",
    "sales",
    "shipments",
    "units",
    "volume",
];
