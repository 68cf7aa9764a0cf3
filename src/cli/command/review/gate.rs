//! `--fail-on`: when a review is a finding.

use crate::eval::Cell;
use crate::model::Model;
use crate::review::view::percent;
use crate::review::{Effect, Review, place_of};
use crate::text::decimal::shifted;
use crate::text::nearest;

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
                for effect in review.effects.iter().filter(wanted).filter(|effect| effect.moved.has_changed()) {
                    if is_beyond(effect, *above, limit, model)? {
                        hits.push(format!("{} hits `{text}`", told(effect, review)));
                    }
                }
            }
        }
    }
    Ok(hits)
}

/// Whether an output moved too far; one that is missing now did.
fn is_beyond(effect: &Effect, above: bool, limit: &Limit, model: &Model) -> Result<bool, Failure> {
    let is_gone =
        matches!(effect.moved.old, Some(Cell::Number(_))) && !matches!(effect.moved.new, Some(Cell::Number(_)));
    let beyond = |moved: f64, limit: f64| if above { moved > limit } else { moved < limit };
    Ok(is_gone
        || match limit {
            Limit::Share(share) => effect.moved.relative.is_some_and(|moved| beyond(moved, *share)),
            Limit::Amount(number, unit) => {
                let unit = match unit.as_str() {
                    "" => effect.moved.unit.clone(),
                    unit => model.units.parse(unit).map_err(|error| Failure::plain(format!("`{unit}`: {error}")))?,
                };
                if !unit.measures_like(&effect.moved.unit) {
                    let message = format!("{} is no measure of {}", unit.symbol, effect.moved.unit.symbol);
                    return Err(Failure::asked(message, "name a share such as `5%`, or a number of the output's unit"));
                }
                effect.moved.difference.is_some_and(|moved| beyond(moved, unit.to_base(*number)))
            }
        })
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

/// A share such as `0.1%` or `0.001`.
pub fn share(text: &str) -> Result<f64, Failure> {
    let wrong = |_| Failure::asked(format!("`{text}` is not a share"), "write it as 0.5%");
    match text.trim().strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().map(|percent| shifted(percent, -2)).map_err(wrong),
        None => text.trim().parse::<f64>().map_err(wrong),
    }
}
