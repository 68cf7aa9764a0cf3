//! Texts that a spreadsheet would take for a formula, and run: how they are written, and read back.

use std::borrow::Cow;

/// What begins a formula in some spreadsheet.
const BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text as it may stand in a cell: what begins as a formula has a `'` before it, but for a number with its unit.
pub fn guarded(text: &str) -> Cow<'_, str> {
    match begins_a_formula(text) && !is_number(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// A text that was written with such a `'`, without it; nothing for any other.
pub fn unguarded(cell: &str) -> Option<&str> {
    cell.strip_prefix('\'').filter(|text| begins_a_formula(text))
}

/// What is guarded already is guarded once more, so that each cell reads back as the text it was.
fn begins_a_formula(text: &str) -> bool {
    text.trim_start_matches(['\'', ' ']).starts_with(BEGINS)
}

/// `-1.5`, `-1,234`, `-7%`, `-3.11 CNY/share`: digits behind the sign, then at most a unit, in which no formula has room.
fn is_number(text: &str) -> bool {
    let Some(number) =
        text.strip_prefix(['-', '+']).filter(|number| number.starts_with(|first: char| first.is_ascii_digit()))
    else {
        return false;
    };
    let is_digit = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '_');
    let unit = number.trim_start_matches(is_digit);
    let exponent = unit.strip_prefix(['e', 'E']).map(|power| power.strip_prefix(['-', '+']).unwrap_or(power));
    let is_exponent =
        exponent.is_some_and(|power| !power.is_empty() && power.bytes().all(|digit| digit.is_ascii_digit()));
    let is_unit =
        |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '%' | '/' | '\u{b7}' | '^' | '_' | '.');
    // Behind a blank no formula goes on; close to a number only a sign may stand, since `-2/A1` divides.
    is_exponent || ["", "%", "x"].contains(&unit) || unit.starts_with(' ') && unit.chars().all(is_unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded() {
        for text in [
            "=1+1",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "-A1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "-1 CNY+A1",
            "'=1",
            "-",
            "-2/A1",
            "+2/SUM",
            "-2^A1",
            "＝1+1",
            " =1+1",
            "\n=1",
        ] {
            assert_eq!(guarded(text), format!("'{text}"));
            assert_eq!(unguarded(&guarded(text)), Some(text));
        }
    }

    #[test]
    fn numbers_and_other_texts_stay() {
        for text in ["-1.5", "-1e-7", "+3", "-7%", "-1,234.5 bn CNY/share", "-12 \u{b5}m^2", "a=b", "", "'quoted'"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), None);
        }
    }
}
