//! Functions of spreadsheets, with how the same is said in the language.

/// What to write for a function of a spreadsheet; nothing if it is none of them, or has the same name here.
pub fn of_a_spreadsheet(name: &str) -> Option<&'static str> {
    let upper = name.to_ascii_uppercase();
    let (_, help) = HABITS.iter().find(|(names, _)| names.contains(&upper.as_str()))?;
    Some(help)
}

const HABITS: [(&[&str], &str); 14] = [
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
    (&["ROUNDUP", "CEILING"], "say `ceil(x)`"),
    (&["ROUNDDOWN", "TRUNC", "INT"], "say `floor(x)`"),
    (&["POWER", "POW"], "say `a^b`"),
    (&["LOG"], "say `ln(x)` or `log10(x)`"),
    (&["CONCAT", "CONCATENATE", "TEXT", "TEXTJOIN"], "texts are put together in a report's template"),
    (
        &["EOMONTH", "EDATE", "DATE", "YEAR", "MONTH", "TODAY", "NOW", "YEARFRAC"],
        "periods such as 2026E are the time of a book; `days(x)` and `years_since(DATE)` measure it",
    ),
    (&["RAND", "RANDBETWEEN", "NORMINV", "NORM"], "give an assumption a `range`, and ask a `simulate` study"),
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
}
