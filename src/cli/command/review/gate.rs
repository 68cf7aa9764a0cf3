//! `--fail-on`: when a review is a finding.

use crate::eval::Cell;
use crate::model::Model;
use crate::review::view::percent;
use crate::review::{Effect, Review, place_of};
use crate::text::decimal::shifted;
use crate::text::nearest;
use crate::units::{Unit, readings, typed};

use super::super::super::failure::Failure;

/// One rule.
pub enum Rule {
    /// A flag of this code; any of them for `flags`.
    Flag(String),
    Move {
        text: String,
        /// `*` is every output.
        path: String,
        case: Option<String>,
        above: bool,
        limit: Limit,
    },
}

/// How far is too far.
pub enum Limit {
    /// As a share of what it was.
    Share(f64),
    /// A number and the text of its unit; the output's own if there is none.
    Amount(f64, String),
}

/// Reads rules such as `co.value base > +5%`, `* < -10%`, `stale_source`.
pub fn rules(texts: &[String]) -> Result<Vec<Rule>, Failure> {
    texts.iter().map(|text| rule(text)).collect()
}

fn rule(text: &str) -> Result<Rule, Failure> {
    let wrong = || {
        let help = "write `PATH CASE > +5%`, `PATH < -3 CNY/share`, `* > 10%`, `flags`, or the code of a flag";
        Failure::asked(format!("`{text}` is not a rule"), help)
    };
    let Some(at) = text.find(['<', '>']) else {
        let word = text.trim();
        let is_code = !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
        return if is_code { Ok(Rule::Flag(word.to_string())) } else { Err(wrong()) };
    };
    let (what, limit) = (&text[..at], text[at + 1..].trim());
    let mut words = what.split_whitespace();
    let path = words.next().ok_or_else(wrong)?.to_string();
    let case = words.next().map(str::to_string);
    if words.next().is_some() {
        return Err(wrong());
    }
    let end = limit.find(|letter: char| !(letter.is_ascii_digit() || "+-._".contains(letter))).unwrap_or(limit.len());
    let number: f64 = limit[..end].replace('_', "").parse().map_err(|_| wrong())?;
    let limit = match limit[end..].trim() {
        "%" => Limit::Share(shifted(number, -2)),
        unit => Limit::Amount(number, unit.to_string()),
    };
    Ok(Rule::Move { text: text.to_string(), path, case, above: text.as_bytes()[at] == b'>', limit })
}

/// What hits a rule, in words.
pub fn hits(rules: &[Rule], review: &Review, model: &Model) -> Result<Vec<String>, Failure> {
    let mut hits = Vec::new();
    for rule in rules {
        match rule {
            Rule::Flag(code) => {
                let flags = review.flags.iter().filter(|flag| code == "flags" || flag.code == code);
                hits.extend(flags.map(|flag| format!("{}: {}", flag.code, flag.message)));
            }
            Rule::Move { text, path, case, above, limit } => {
                known(path, case.as_deref(), review)?;
                let wanted = |effect: &&Effect| {
                    let output = &review.outputs[effect.output].path;
                    (path == "*" || output == path) && case.as_ref().is_none_or(|case| *case == effect.case)
                };
                // A rule that cannot be held against an output is told before that output moves.
                for effect in review.effects.iter().filter(wanted).filter(|effect| path != "*" || is_number(effect)) {
                    let limit = in_base(limit, effect, model)?;
                    if effect.moved.has_changed() && is_beyond(effect, *above, &limit) {
                        hits.push(format!("{} hits `{text}`", told(effect, review)));
                    }
                }
            }
        }
    }
    Ok(hits)
}

fn is_number(effect: &Effect) -> bool {
    [&effect.moved.old, &effect.moved.new].into_iter().any(|cell| matches!(cell, Some(Cell::Number(_))))
}

/// A limit in the terms of what an output moved by.
enum Bound {
    Share(f64),
    /// In base units.
    Distance(f64),
}

/// A limit for an output; its unit must measure what the output does.
fn in_base(limit: &Limit, effect: &Effect, model: &Model) -> Result<Bound, Failure> {
    let (number, unit) = match limit {
        Limit::Share(share) => return Ok(Bound::Share(*share)),
        Limit::Amount(number, unit) => (*number, unit.as_str()),
    };
    let own = &effect.moved.unit;
    let unit = match unit {
        "" if own.is_share() && number != 0.0 => return Err(no_unit(number, effect)),
        "" => own.clone(),
        unit => model.units.parse(unit).map_err(|error| Failure::plain(format!("`{unit}`: {error}")))?,
    };
    if !unit.measures_like(own) {
        let message = format!("{} is no measure of {}", name_of(&unit), name_of(own));
        return Err(Failure::asked(message, "name a share such as `5%`, or a number of the output's unit"));
    }
    Ok(Bound::Distance(unit.to_base(number)))
}

fn name_of(unit: &Unit) -> &str {
    if unit.symbol.is_empty() { "a plain number" } else { &unit.symbol }
}

/// Whether an output moved too far; one that is missing now did.
fn is_beyond(effect: &Effect, above: bool, limit: &Bound) -> bool {
    let is_gone =
        matches!(effect.moved.old, Some(Cell::Number(_))) && !matches!(effect.moved.new, Some(Cell::Number(_)));
    let beyond = |moved: f64, limit: f64| if above { moved > limit } else { moved < limit };
    is_gone
        || match limit {
            Bound::Share(share) => effect.moved.relative.is_some_and(|moved| beyond(moved, *share)),
            Bound::Distance(limit) => effect.moved.difference.is_some_and(|moved| beyond(moved, *limit)),
        }
}

/// A bare number of points has two readings, and a share of what it was is a third.
fn no_unit(number: f64, effect: &Effect) -> Failure {
    let (text, unit) = (typed(number), effect.moved.unit.of_difference());
    let [one, other] = readings(&text, number, &unit);
    let message = format!("an output is in {}, and `{text}` is a bare number", effect.moved.unit.symbol);
    let help = format!("write `{one}` or `{other}`, whichever is meant; `{text}%` is a share of what it was");
    Failure::asked(message, help)
}

fn known(path: &str, case: Option<&str>, review: &Review) -> Result<(), Failure> {
    let paths = || review.outputs.iter().map(|output| output.path.as_str());
    let cases = || review.effects.iter().map(|effect| effect.case.as_str());
    let said = |what: &str, name: &str, near: Option<&str>| {
        let help = near.map_or("the review lists what there is".to_string(), |near| format!("did you mean `{near}`?"));
        Err(Failure::asked(format!("there is no {what} `{name}`"), help))
    };
    if path != "*" && !paths().any(|other| other == path) {
        return said("output", path, nearest(path, paths()));
    }
    match case {
        Some(case) if !cases().any(|other| other == case) => said("case", case, nearest(case, cases())),
        _ => Ok(()),
    }
}

fn told(effect: &Effect, review: &Review) -> String {
    let place = place_of(&review.outputs[effect.output].path, effect);
    match effect.moved.relative {
        Some(share) => format!("{place}: {}", percent(share)),
        None => place,
    }
}

/// A share such as `0.1%`; a bare number has two readings.
pub fn share(text: &str) -> Result<f64, Failure> {
    let wrong = || Failure::asked(format!("`{text}` is not a share"), "write it as 0.5%");
    if let Some(percent) = text.trim().strip_suffix('%') {
        return percent.trim().parse::<f64>().map(|percent| shifted(percent, -2)).map_err(|_| wrong());
    }
    let number = text.trim().parse::<f64>().map_err(|_| wrong())?;
    if number == 0.0 {
        return Ok(number);
    }
    let [one, other] = [text.trim().to_string(), typed(shifted(number, 2))].map(|number| format!("`{number}%`"));
    let help = format!("write {one} or {other}, whichever is meant");
    Err(Failure::asked(format!("`{text}` is a bare number, and a share is in %"), help))
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_says_its_per_cent() {
        let read = |text: &str| share(text).map_err(|failure| format!("{failure:?}"));
        assert_eq!(read("0.5%"), Ok(0.005));
        assert_eq!(read("0"), Ok(0.0));
        assert!(read("5").is_err_and(|told| told.contains("`5%` or `500%`")));
        assert!(read("0.001").is_err_and(|told| told.contains("`0.001%` or `0.1%`")));
        assert!(read("much").is_err());
    }
}
