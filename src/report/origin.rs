//! `Origin`: what a printed number rests on, and the sentence a reader finds it under.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::eval::{Layer, Results, writes};
use crate::model::{CaseId, Citation, Model, Provenance, Role, VariableId};
use crate::text::Place;
use crate::text::markdown::escaped;

use super::subject::Subject;
use super::text::sentence;

/// What one number rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    pub role: Role,
    pub provenance: Arc<Provenance>,
    /// As written, without clauses.
    pub text: Arc<str>,
    /// The case that wrote it, if it is not the file's own value.
    pub case: Option<CaseId>,
    pub place: Option<Place>,
}

impl Origin {
    /// Looks up the last write to a cell.
    pub fn of(model: &Model, results: &Results, subject: &Subject, case: CaseId, index: Option<usize>) -> Origin {
        match subject {
            Subject::Variable(id) => Origin::of_variable(model, results, *id, case, index),
            Subject::Expression(asked) => Origin::derived(asked.formula.text.clone(), None),
            Subject::Printed(at) => {
                let reconcile = &model.reconciles[*at];
                Origin {
                    role: Role::Given,
                    provenance: reconcile.provenance.clone(),
                    text: reconcile.printed.text.clone(),
                    case: None,
                    place: Some(reconcile.place),
                }
            }
        }
    }

    fn of_variable(model: &Model, results: &Results, id: VariableId, case: CaseId, index: Option<usize>) -> Origin {
        let variable = model.variable(id);
        let Some(last) = writes(model, &results.settings, case, id, index).pop() else {
            return Origin::derived(variable.path.clone(), Some(variable.place));
        };
        let case = match last.layer {
            Layer::Case(case) => Some(case),
            Layer::Definition | Layer::Settings => None,
        };
        Origin { role: last.role, provenance: last.provenance, text: last.text, case, place: Some(last.place) }
    }

    fn derived(text: Arc<str>, place: Option<Place>) -> Origin {
        Origin { role: Role::Derived, provenance: Arc::default(), text, case: None, place }
    }

    /// The footnote of a number with this origin.
    pub fn footnote(&self, model: &Model, path: &str) -> String {
        let said = match (self.role, &self.provenance.citation) {
            (Role::Given, Some(citation)) => escaped(&cited(model, citation)),
            (Role::Given, None) => "Given".to_string(),
            (Role::Assumed, _) => self.assumption(model),
            (Role::Derived, _) if &*self.text == path => format!("Computed: `{}`", self.text),
            (Role::Derived, _) => format!("Computed: `{path} = {}`", self.text),
        };
        match self.case {
            Some(case) => sentence(&format!("{said} (case {})", model.case(case).name)),
            None => sentence(&said),
        }
    }

    fn assumption(&self, model: &Model) -> String {
        let mut said = match &self.provenance.owner {
            Some(owner) => format!("Assumption of {}", escaped(owner)),
            None => "Assumption".to_string(),
        };
        if let Some(citation) = &self.provenance.citation {
            said = format!("{said} after {}", escaped(&cited(model, citation)));
        }
        match why(model, &self.provenance) {
            Some(reason) => format!("{said}: {}", escaped(&reason)),
            None => said,
        }
    }
}

/// Why a value is assumed: the reason given, or the calibration that solved it.
pub fn why(model: &Model, provenance: &Provenance) -> Option<Arc<str>> {
    let solved = || {
        let name = provenance.implied.as_ref()?;
        let study = model.studies.iter().find(|study| study.name == *name);
        let title = study.and_then(|study| study.title.clone()).unwrap_or_else(|| name.clone());
        Some(format!("solved by {name}: {title}").into())
    };
    provenance.implied.as_ref().map_or_else(|| provenance.reason.clone(), |_| solved())
}

/// Title, locator and date of a citation: `Annual report 2025, p 41, 2026-03-28`.
pub fn cited(model: &Model, citation: &Citation) -> String {
    let source = model.source(citation.source);
    let mut said = source.title.to_string();
    if let Some(locator) = &citation.locator {
        said = format!("{said}, {locator}");
    }
    match source.dated {
        Some(date) => format!("{said}, {date}"),
        None => said,
    }
}

/// What the numbers of an exhibit rest on, in one line: sources with their locators, who assumed, what is computed.
pub fn together(model: &Model, origins: &[Origin]) -> String {
    let mut parts = given_together(model, origins);
    let mut owners: Vec<&str> = Vec::new();
    for origin in origins.iter().filter(|origin| origin.role == Role::Assumed) {
        let owner = origin.provenance.owner.as_deref().unwrap_or("the book");
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    if !owners.is_empty() {
        parts.push(format!("assumptions of {}", owners.join(", ")));
    }
    if origins.iter().any(|origin| origin.role == Role::Derived) {
        parts.push("computed by the model".to_string());
    }
    sentence(&parts.join("; "))
}

fn given_together(model: &Model, origins: &[Origin]) -> Vec<String> {
    let mut locators: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for citation in origins.iter().filter_map(|origin| origin.provenance.citation.as_ref()) {
        let of_source = locators.entry(citation.source.0 as usize).or_default();
        let locator = citation.locator.as_deref().unwrap_or("");
        if !locator.is_empty() && !of_source.contains(&locator) {
            of_source.push(locator);
        }
    }
    let said = |(source, locators): (usize, Vec<&str>)| {
        let title = &model.sources[source].title;
        if locators.is_empty() { title.to_string() } else { format!("{title} ({})", listed(&locators)) }
    };
    locators.into_iter().map(said).collect()
}

/// More places than this on one page are said by the first and the last.
const SPELLED_OUT: usize = 5;

/// Locators of one source; those that differ in their number only share their words: `ex 47 line 2261, 2266`.
fn listed(locators: &[&str]) -> String {
    let mut groups: Vec<(&str, Vec<u64>)> = Vec::new();
    for locator in locators {
        let (head, number) = match locator.rsplit_once(' ') {
            Some((head, last)) => last.parse().map_or((*locator, None), |number| (head, Some(number))),
            None => (*locator, None),
        };
        match groups.iter_mut().find(|(known, _)| *known == head) {
            Some((_, numbers)) => numbers.extend(number),
            None => groups.push((head, number.into_iter().collect())),
        }
    }
    groups.into_iter().map(|(head, numbers)| group(head, numbers)).collect::<Vec<_>>().join("; ")
}

fn group(head: &str, mut numbers: Vec<u64>) -> String {
    numbers.sort_unstable();
    match numbers.as_slice() {
        [] => head.to_string(),
        [first, .., last] if numbers.len() > SPELLED_OUT => format!("{head} {first} to {last}"),
        _ => format!("{head} {}", numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")),
    }
}
