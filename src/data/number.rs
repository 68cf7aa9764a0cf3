//! How cells write numbers: decimal marks and groups of digits, and what a text that is no number may have meant.

/// The sign between whole digits and a fraction, as a data item states it for its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    Point,
    Comma,
}

impl DecimalMark {
    /// `.` or `,`
    pub fn named(text: &str) -> Option<DecimalMark> {
        match text {
            "." => Some(DecimalMark::Point),
            "," => Some(DecimalMark::Comma),
            _ => None,
        }
    }

    fn sign(self) -> char {
        if self == DecimalMark::Point { '.' } else { ',' }
    }

    fn other(self) -> char {
        if self == DecimalMark::Point { ',' } else { '.' }
    }

    /// A text as a number where this is the mark; the other mark and blanks may group its digits by three.
    pub fn read(self, text: &str) -> Option<f64> {
        let (sign, digits) = signed(text);
        let (whole, fraction) = digits.split_once(self.sign()).unwrap_or((digits, ""));
        let grouped = |mark: char| whole.contains(mark) && in_threes(whole, mark);
        let groups = [self.other(), ' ', '\u{a0}', '\u{202f}', '\''].into_iter().find(|mark| grouped(*mark));
        let plain: String = whole.chars().filter(|letter| Some(*letter) != groups).collect();
        let fits = is_digits(&plain) && (fraction.is_empty() || is_digits(fraction));
        fits.then(|| format!("{sign}{plain}.{fraction}0").parse().ok())?
    }
}

/// A plain decimal number; `inf`, `nan` and a lone sign are text.
pub(super) fn plain(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse::<f64>().ok().filter(|number| plain && number.is_finite())
}

/// Whether a number can be read in two ways: `7.100` is 7.1, or 7100 where points group digits.
pub(super) fn may_be_grouped(text: &str) -> bool {
    let (_, digits) = signed(text);
    digits.matches('.').count() == 1 && in_threes(digits, '.')
}

/// Whether a number settles that its column writes fractions behind a point: `7.25`, `0.125`, `1234.567`.
pub(super) fn has_a_fraction(text: &str) -> bool {
    text.contains(['.', 'e', 'E']) && !may_be_grouped(text)
}

/// Whether a text is a number, in whatever way it is written.
pub(super) fn is_number(text: &str) -> bool {
    plain(text).is_some() || is_grouped(text)
}

/// Whether a text is a number with the sign of per cents.
pub(super) fn is_percent(text: &str) -> bool {
    text.strip_suffix('%').is_some_and(|digits| is_number(digits.trim()))
}

/// Why a number that may be grouped is refused, and what to do: its readings are offered.
pub(super) fn doubt(text: &str) -> (String, String) {
    let say = |mark: DecimalMark| format!("`decimal \"{}\"`", mark.sign());
    let one = |mark: DecimalMark, plain: f64| {
        let help = format!("write {plain}, or say which mark the file uses, behind its path: {}", say(mark));
        ("is text, not a number".to_string(), help)
    };
    match [DecimalMark::Point, DecimalMark::Comma].map(|mark| mark.read(text)) {
        [Some(point), Some(comma)] if point != comma => {
            let problem = format!("can be read as {point} and as {comma}");
            let (point_mark, comma_mark) = (say(DecimalMark::Point), say(DecimalMark::Comma));
            let help = format!(
                "write {point} or {comma}, or say which mark the file uses, behind its path: {point_mark} or {comma_mark}"
            );
            (problem, help)
        }
        [Some(plain), _] => one(DecimalMark::Point, plain),
        [None, Some(plain)] => one(DecimalMark::Comma, plain),
        [None, None] => ("is text, not a number".to_string(), advice(text)),
    }
}

/// What to do about a number that is not written with the stated mark.
pub(super) fn against(mark: DecimalMark, text: &str) -> String {
    let (sign, other) = (mark.sign(), mark.other());
    if signed(text).1.starts_with('0') {
        return format!(
            "the data item says `decimal \"{sign}\"`, and no digits parted in threes begin with 0: write the fraction \
             behind `{sign}`, or the number without groups"
        );
    }
    format!("the data item says `decimal \"{sign}\"`, so `{other}` may only part the digits before it in threes")
}

/// Whether a text is a number whose digits are grouped, or whose mark is a comma.
pub(super) fn is_grouped(text: &str) -> bool {
    text.contains(|letter: char| ",.' \u{a0}\u{202f}".contains(letter))
        && (DecimalMark::Point.read(text).is_some() || DecimalMark::Comma.read(text).is_some())
}

/// What a text that is no number may have meant, and what to write for it.
pub(super) fn advice(text: &str) -> String {
    slip(text).unwrap_or_else(|| {
        format!("write a bare number; the unit stands in the `data` item; where there is none, {NO_NUMBER}")
    })
}

const NO_NUMBER: &str =
    "NA if nobody has it, ND if it is not disclosed, NM if it means nothing, X if it does not apply";

/// What to write for a text that was to be a number, or no number, and is written in another way.
pub(super) fn slip(text: &str) -> Option<String> {
    let known = is_number;
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    if is_no_value(text) {
        return Some(format!("say why there is no number: {NO_NUMBER}; write 0 if it is none at all"));
    }
    if let Some(inner) = inner.filter(|inner| known(inner.trim())) {
        return Some(format!("brackets around a negative number are not read: write -{}", inner.trim()));
    }
    let hyphen = text.replace(['\u{2212}', '\u{2013}', '\u{2012}', '\u{2014}', '\u{fe63}', '\u{ff0d}'], "-");
    if hyphen != text && known(&hyphen) {
        return Some(format!("its minus is another sign than `-`: write {hyphen}"));
    }
    if let Some(number) = without_note(text).filter(|number| known(number)) {
        return Some(format!("take the mark of the footnote away: write {number}"));
    }
    if let Some(plain) = of_another_base(text) {
        return Some(format!("numbers are read in tens: write {plain} if that is meant"));
    }
    if text.starts_with('=') {
        return Some("a formula of a spreadsheet is not worked out: export its value".to_string());
    }
    if known(text.trim_matches(['"', '\'', ' '])) {
        return Some("write it without quotes".to_string());
    }
    None
}

/// What `0x10`, `0o17` or `0b11` stand for.
fn of_another_base(text: &str) -> Option<i64> {
    let (sign, digits) = signed(text);
    let base = match digits.get(..2)? {
        "0x" | "0X" => 16,
        "0o" | "0O" => 8,
        "0b" | "0B" => 2,
        _ => return None,
    };
    let digits = digits.get(2..).filter(|digits| digits.chars().all(|letter| letter.is_ascii_alphanumeric()))?;
    i64::from_str_radix(&format!("{sign}{digits}"), base).ok()
}

/// Texts that people write where there is no number.
fn is_no_value(text: &str) -> bool {
    let word = text.trim().trim_matches(['#', '!', '*', '?', '.']).to_lowercase();
    let words =
        ["n/a", "na", "n.a", "n/m", "nm", "n.m", "nd", "n/d", "nil", "null", "none", "tbd", "x", "div/0", "ref"];
    text.chars().all(|letter| "-–—−.*?…_".contains(letter)) || words.contains(&word.as_str())
}

/// The number before a mark such as `(1)`, `[a]`, `*`, `¹`.
fn without_note(text: &str) -> Option<&str> {
    let open = text.rfind(['(', '[']).filter(|at| *at > 0 && text.ends_with([')', ']']));
    let marked = |letter: char| "*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰^".contains(letter);
    let number = open.map_or_else(|| text.trim_end_matches(marked), |at| &text[..at]).trim_end();
    (number.len() < text.len()).then_some(number)
}

fn signed(text: &str) -> (&str, &str) {
    let digits = text.trim_start_matches(['-', '+']);
    let sign = &text[..text.len() - digits.len()];
    if sign.len() > 1 { ("", text) } else { (sign, digits) }
}

/// Whether a mark parts digits into groups of three; no such number begins with 0, so `0.250` is a fraction wherever it stands.
fn in_threes(digits: &str, mark: char) -> bool {
    let mut groups = digits.split(mark);
    let begins = |first: &str| is_digits(first) && first.len() <= 3 && !first.starts_with('0');
    let first = groups.next().is_some_and(begins);
    first && groups.all(|group| is_digits(group) && group.len() == 3)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_what_the_other_one_does() {
        for (text, point, comma) in [
            ("7.100", Some(7.1), Some(7100.0)),
            ("7,100", Some(7100.0), Some(7.1)),
            ("-1.234.567,8", None, Some(-1234567.8)),
            ("1,234,567.8", Some(1234567.8), None),
            ("1 234,5", None, Some(1234.5)),
            ("1\u{a0}234", Some(1234.0), Some(1234.0)),
            ("0.250", Some(0.25), None),
            ("-0.250", Some(-0.25), None),
            ("00.250", Some(0.25), None),
            ("007.250", Some(7.25), None),
            ("0.001.250", None, None),
            ("0,250", None, Some(0.25)),
            ("0 250", None, None),
            ("0.000,5", None, None),
            ("100.250", Some(100.25), Some(100250.0)),
            ("7.10", Some(7.1), None),
            ("12,34", None, Some(12.34)),
            ("1,2345", None, Some(1.2345)),
            ("400 W", None, None),
            ("--5", None, None),
            ("", None, None),
        ] {
            assert_eq!((DecimalMark::Point.read(text), DecimalMark::Comma.read(text)), (point, comma), "{text}");
        }
    }

    #[test]
    fn three_digits_behind_a_point_may_be_a_group() {
        let grouped: Vec<&str> =
            ["7.100", "-12.345", "123.000", "0.125", "7.1", "7.1000", "1234.567", "5200", "1.234.567"]
                .into_iter()
                .filter(|text| may_be_grouped(text))
                .collect();
        assert_eq!(grouped, ["7.100", "-12.345", "123.000"]);
        assert_eq!(doubt("7.100").0, "can be read as 7.1 and as 7100");
        assert_eq!(doubt("1,200").0, "can be read as 1200 and as 1.2");
        assert!(doubt("1,234,567").1.starts_with("write 1234567, or"));
    }

    #[test]
    fn what_people_write_is_answered_with_what_to_write() {
        for (text, word) in [
            ("(20)", "write -20"),
            ("\u{2212}20", "write -20"),
            ("5,200 (1)", "write 5,200"),
            ("5200*", "write 5200"),
            ("-", "NA if nobody has it"),
            ("–", "NA if nobody has it"),
            ("n/a", "NA if nobody has it"),
            ("#N/A", "NA if nobody has it"),
            ("0x10", "write 16"),
            ("-0b11", "write -3"),
            ("=A1", "formula of a spreadsheet"),
            ("400 W", "the unit stands in the `data` item"),
        ] {
            assert!(advice(text).contains(word), "{text}: {}", advice(text));
        }
    }
}
