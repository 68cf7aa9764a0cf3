//! Cases by their names.

use crate::diagnostic::Refusal;
use crate::model::{CaseId, Model};
use crate::text::nearest;

/// The cases of a run by name; `all` is every one.
pub fn cases(model: &Model, names: &[String]) -> Result<Vec<CaseId>, Refusal> {
    if names.iter().any(|name| name == "all") {
        return Ok((0..model.cases.len() as u32).map(CaseId).collect());
    }
    if let Some(name) = repeated(names) {
        return Err(Refusal::with(format!("the case `{name}` is named twice"), "name each case once"));
    }
    names.iter().map(|name| case(model, name)).collect()
}

/// The first word of a list that stands in it before.
pub fn repeated(words: &[String]) -> Option<&String> {
    words.iter().enumerate().find(|(at, word)| words[..*at].contains(word)).map(|(_, word)| word)
}

/// The case of a name.
pub fn case(model: &Model, name: &str) -> Result<CaseId, Refusal> {
    model.case_named(name).ok_or_else(|| {
        let names: Vec<&str> = model.cases.iter().map(|case| &*case.name).collect();
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the cases are {}", names.join(", ")),
        };
        Refusal::with(format!("there is no case `{name}`"), help)
    })
}
