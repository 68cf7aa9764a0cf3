//! Functions of spreadsheets, with how the same is said in the language.

/// What to write for a function of a spreadsheet; nothing if it is none of them, or has the same name here.
pub fn of_a_spreadsheet(name: &str) -> Option<&'static str> {
    let upper = name.to_ascii_uppercase();
    let (_, help) = HABITS.iter().find(|(names, _)| names.contains(&upper.as_str()))?;
    Some(help)
}

const HABITS: [(&[&str], &str); 21] = [
    (&["IF", "IFS", "IIF", "SWITCH", "CHOOSE"], "a choice is written `if CONDITION then A else B`"),
    (&["IFERROR", "IFNA", "ISERROR", "ISNA", "ISBLANK"], "say `or_else(x, y)`, or ask `is_missing(x)`"),
    (
        &["VLOOKUP", "HLOOKUP", "XLOOKUP", "LOOKUP", "INDEX", "MATCH", "OFFSET", "INDIRECT"],
        "values have names: say `ENTITY.NAME`, `SERIES[PERIOD]`, or add up those that you mean: `sum(c in KIND where …: c.NAME)`",
    ),
    (&["SUMIF", "SUMIFS", "SUMPRODUCT", "DSUM"], "say over what and which: `sum(c in KIND where CONDITION: c.NAME)`"),
    (
        &["COUNTIF", "COUNTIFS", "COUNTA", "AVERAGEIF", "AVERAGEIFS", "MAXIFS", "MINIFS"],
        "say over what and which: `count(c in KIND where CONDITION)`, and so with `mean`, `max` and `min`",
    ),
    (&["AND", "OR", "NOT", "XOR"], "conditions are joined by words: `a and b`, `a or b`, `not a`"),
    (&["ROUNDUP", "CEILING"], "say `ceil(x)`, and to a step `ceil(x / step) * step`"),
    (&["ROUNDDOWN", "TRUNC", "INT"], "say `floor(x)`, and to a step `floor(x / step) * step`"),
    (&["POWER", "POW"], "say `a^b`"),
    (&["LOG"], "say `log10(x)`, or `ln(x)`; to another base, `ln(x) / ln(base)`"),
    (
        &["AVERAGE", "AVERAGEA", "AVG"],
        "the mean of periods is `mean(x[2026E..2028E])`, that of several things `mean(c in KIND: c.NAME)`; `average(x)` is another thing: half of a balance and the one of the period before",
    ),
    (
        &["NPV"],
        "say `pv(x[2026E..2028E], rate, 2025A)`, which discounts the first flow by a period as a spreadsheet does; `npv(x, rate)` leaves the first flow as it is",
    ),
    (
        &[
            "STDEV",
            "STDEVP",
            "STDEV_S",
            "STDEV_P",
            "STDDEV",
            "STD",
            "SD",
            "VAR",
            "VARIANCE",
            "CORREL",
            "PERCENTILE",
            "QUARTILE",
        ],
        "there is none for the numbers of a series; what is uncertain has a `range`, and a `simulate` study tells how it spreads",
    ),
    (&["RRI"], "say `cagr(x, 2025A, 2028E)`"),
    (&["MROUND"], "say `round(x / step) * step`"),
    (&["CONCAT", "CONCATENATE", "TEXT", "TEXTJOIN"], "texts are put together in a report's template"),
    (
        &["EOMONTH", "EDATE", "DATE", "YEAR", "MONTH", "TODAY", "NOW", "YEARFRAC"],
        "periods such as 2026E are the time of a book; `days(x)` and `years_since(DATE)` measure it",
    ),
    (&["RAND", "RANDBETWEEN", "NORMINV", "NORM"], "give an assumption a `range`, and ask a `simulate` study"),
    (&["COUNT"], "`count(c in KIND where CONDITION)` counts the entities of a kind"),
    (
        &["PV"],
        "`pv(x, rate, PERIOD)` is the value of a series; a level payment over n periods is worth `payment * (1 - (1 + rate)^-n) / rate`",
    ),
    (&["XIRR", "XNPV", "PMT", "FV", "RATE"], "see `npv`, `pv`, `irr` and the library: `use std.valuation`"),
];

#[cfg(test)]
mod tests {
    use super::of_a_spreadsheet;

    #[test]
    fn habits_are_known_in_any_case() {
        assert!(of_a_spreadsheet("If").is_some_and(|help| help.contains("then A else B")));
        assert!(of_a_spreadsheet("VLOOKUP").is_some());
        assert_eq!(of_a_spreadsheet("gross_dies"), None);
    }

    #[test]
    fn what_computes_something_else_here_is_told_apart() {
        assert!(of_a_spreadsheet("AVERAGE").is_some_and(|help| help.contains("mean(x[")));
        assert!(of_a_spreadsheet("NPV").is_some_and(|help| help.starts_with("say `pv(")));
        assert!(of_a_spreadsheet("STDEV").is_some_and(|help| help.contains("simulate")));
    }
}
