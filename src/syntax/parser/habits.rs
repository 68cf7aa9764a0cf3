//! Habits of spreadsheets and programs: signs and first words that mean something elsewhere, with what to write here.

use super::Rule;
use crate::syntax::words::{DEFINITION_WORDS, nearest};

/// What to write for a sign that stands where reading stopped.
pub(super) fn sign(text: &str, at: usize) -> Option<&'static str> {
    let (before, rest) = (text[..at].trim_end(), &text[at..]);
    let signs: [(&str, &str); 8] = [
        ("&&", "say `and`"),
        ("||", "say `or`"),
        ("&", "numbers are not joined; texts are put together in a report's template"),
        ("?", "a choice is written `if CONDITION then A else B`"),
        ("$", "values have names here, and no cells; money is written `5 USD`"),
        (";", "parts are separated by commas, and each line has one definition"),
        ("%", "`%` stands directly behind a number; what is left of a division is `a - floor(a / b) * b`"),
        ("!", "operators are `+ - * / ^`, `== != < <= > >=`, `and`, `or`, `not`"),
    ];
    match () {
        () if text[..at].ends_with('<') && rest.starts_with('>') => Some("two things differ: `a != b`"),
        () if text[..at].ends_with('*') && rest.starts_with('*') => Some("a power is written `a^b`"),
        () if text[..at].ends_with('/') && rest.starts_with('/') => {
            Some("a division is `a / b`, its whole part `floor(a / b)`")
        }
        () if rest.starts_with('/') && before.trim_start().starts_with("fx.") => {
            Some("in a path the two currencies are parted by a dot: `fx.USD.CNY.average`")
        }
        () if before.ends_with('=') && rest.starts_with('=') => Some("a formula stands right behind one `=`"),
        () if is_choice(before) => Some("a choice is written `if CONDITION then A else B`"),
        () => signs.into_iter().find(|(sign, _)| rest.starts_with(sign)).map(|(_, help)| help),
    }
}

/// Whether `if` stands open before a comma or a bracket.
fn is_choice(before: &str) -> bool {
    let last = before.rsplit(['(', ',', '=', '+', '-', '*', '/', ' ']).find(|word| !word.is_empty());
    last.is_some_and(|word| word.eq_ignore_ascii_case("if"))
}

/// The first word of a line, and what to write for it, where a name follows it and it is none that may stand there.
pub(super) fn first_word(rule: Rule, text: &str) -> Option<(&str, String)> {
    let (first, rest) = split(text);
    Some((first, instead(rule, text, (first, rest))?))
}

fn instead(rule: Rule, text: &str, (first, rest): (&str, &str)) -> Option<String> {
    let second = rest.trim_start();
    let a_name_follows =
        second.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_' || letter == '"');
    let a_name_follows =
        a_name_follows || rule == Rule::study_line && second.starts_with(|letter: char| letter.is_ascii_digit());
    if rule == Rule::data_line && is_column_without_verb(first, text) {
        return Some(format!("a column begins with `given` or `assume`: `given {}`", text.trim()));
    }
    if first.is_empty() || !a_name_follows || rest == second {
        return None;
    }
    if rule == Rule::case_line {
        let (name, _) = split(second);
        return Some(format!("a line of a case begins with what it changes: `{name} = …`"));
    }
    let words = begins(rule)?;
    if words.contains(&first) {
        return None;
    }
    if let Some(near) = nearest(first, words.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    foreign(first).map(str::to_string)
}

/// Whether a line of a data item maps a column and does not say who says so.
fn is_column_without_verb(first: &str, text: &str) -> bool {
    let known = begins(Rule::data_line).unwrap_or_default();
    let is_slip = foreign(first).is_some() || nearest(first, known.iter().copied()).is_some();
    text.contains('=') && !first.is_empty() && first != "optional" && !known.contains(&first) && !is_slip
}

/// What to write for the word that begins a definition elsewhere.
pub(super) fn foreign(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "let" | "var" | "const" | "def" | "set" | "calc" | "formula" | "define" | "val" | "double" | "float"
        | "int" => Some("a formula begins with `derive`, a fact with `given`, a judgement with `assume`"),
        "input" | "param" | "parameter" | "assumption" | "hypothesis" => {
            Some("an input of a kind begins with `in`, a judgement with `assume`, a fact with `given`")
        }
        "function" | "func" | "fun" | "macro" | "lambda" => Some("a function is written `fn f(x) = …`"),
        "import" | "include" | "require" => Some("say `use \"file.scn\"` or `use std.MODULE`"),
        "class" | "struct" | "type" | "object" => Some("what instances share is a `kind`"),
        "scenario" => Some("a scenario is a `case`"),
        "assert" | "test" | "expect" => Some("a condition that must hold begins with `check`"),
        "print" | "show" | "return" => Some("say `output x` for what the book is asked for"),
        "if" | "iif" | "ifs" => Some("a choice is a formula: `derive x = if CONDITION then A else B`"),
        _ => None,
    }
}

/// The words that may begin a line; nothing where any name may.
fn begins(rule: Rule) -> Option<&'static [&'static str]> {
    Some(match rule {
        Rule::line => DEFINITION_WORDS,
        Rule::data_line => &["given", "assume", "derive", "also", "ignore", "skip"],
        Rule::function_line => &["let"],
        Rule::row_line => {
            &["given", "assume", "derive", "also", "flow", "stock", "ratio", "rate", "price", "reconcile"]
        }
        Rule::columns_line => &["columns"],
        Rule::rows_line => &["rows"],
        Rule::study_line => &[
            "cases",
            "case",
            "over",
            "pin",
            "free",
            "vary",
            "correlate",
            "report",
            "probability",
            "draws",
            "seed",
            "sampling",
            "support",
            "importance",
            "indices",
            "by",
        ],
        _ => return None,
    })
}

fn split(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(text.len());
    text.split_at(end)
}
