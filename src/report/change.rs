//! A case, and each line of it, as a template sees them: what it changes, by whom, and why.

use std::sync::Arc;

use minijinja::value::Value;

use crate::model::{CaseId, Override, Said, Window};

use super::desk::Desk;
use super::number::Number;
use super::series::view;
use super::source::SourceView;
use super::subject::Subject;

/// A case: its name, where it starts, and its lines.
pub fn case(desk: &Arc<Desk>, id: CaseId) -> Value {
    let case = desk.model.case(id);
    let extends = case.extends.map(|parent| desk.model.case(parent).name.clone());
    let probability = case.probability.map(crate::units::percent);
    Value::from_pairs([
        ("name", Value::from(case.name.clone())),
        ("label", Value::from(case.label.clone())),
        ("extends", extends.map_or(Value::from(()), Value::from)),
        ("about", case.about(&desk.model).map_or(Value::from(()), Value::from)),
        ("probability", probability.map_or(Value::from(()), Value::from)),
        ("changes", changes(desk, id)),
        ("place", Value::from(desk.locate(case.place))),
    ])
}

/// The lines of a case; a line that touches every entity of a kind is one, and each piece of a line whose pieces rest on
/// different things.
fn changes(desk: &Arc<Desk>, id: CaseId) -> Value {
    let overrides = &desk.model.case(id).overrides;
    let mut lines: Vec<(&Override, usize)> = Vec::new();
    for one in overrides {
        match lines.last_mut().filter(|(first, _)| first.place == one.place) {
            Some((_, touched)) => *touched += 1,
            None => lines.push((one, 1)),
        }
    }
    let said = lines.into_iter().flat_map(|(first, touched)| {
        first.said(&desk.model).into_iter().map(move |said| change(desk, id, (first, &said), touched))
    });
    said.collect()
}

fn change(desk: &Arc<Desk>, id: CaseId, (line, said): (&Override, &Said), touched: usize) -> Value {
    let text = |text: &Option<Arc<str>>| text.clone().map_or(Value::from(()), Value::from);
    let parent = desk.model.case(id).extends.unwrap_or(CaseId::BASE);
    let subject = Subject::Variable(line.variable);
    let index = first_index(desk, &subject, said.window);
    let at = |case: CaseId| Number::read(desk, &subject, case, index);
    let (before, after) = (at(parent), at(id));
    let citation = said.provenance.citation.clone();
    let source =
        citation.map_or(Value::from(()), |citation| Value::from_object(SourceView { desk: desk.clone(), citation }));
    Value::from_pairs([
        ("path", Value::from(desk.path(&subject))),
        ("label", Value::from(desk.label(&subject))),
        ("text", Value::from(said.text.clone())),
        ("touched", Value::from(touched)),
        ("period", period(desk, &subject, index)),
        ("before", before),
        ("after", after),
        ("series", view(desk, &subject, id)),
        ("source", source),
        ("owner", text(&said.provenance.owner)),
        ("because", text(&said.provenance.reason)),
        ("place", Value::from(desk.locate(said.place))),
    ])
}

/// The first period a line touches that has a value.
fn first_index(desk: &Arc<Desk>, subject: &Subject, window: Option<Window>) -> Option<usize> {
    let line = desk.timeline(subject)?;
    let first_estimate = (line.last_actual + 1 - line.first).max(0) as usize;
    Some(window.map_or(first_estimate, |window| window.first).min(line.len.saturating_sub(1)))
}

fn period(desk: &Arc<Desk>, subject: &Subject, index: Option<usize>) -> Value {
    let period = index.and_then(|index| desk.period(subject, index));
    period.map_or(Value::from(()), |period| Value::from(period.to_string()))
}
