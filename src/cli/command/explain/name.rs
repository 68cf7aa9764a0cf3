//! Names of a book as text: an entity, a kind, a case, a study, a source, a unit.

use crate::diagnostic::render::counted;
use crate::explain::{Attribute, Case, CaseLine, Entity, Kind, Measured, Source, Study};
use crate::units::{percent, significant};

use super::place;

pub fn entity(entity: &Entity) -> String {
    let Entity { name, label, kind, .. } = entity;
    let like = entity.like.as_ref().map(|other| format!(", like {other}")).unwrap_or_default();
    format!("{kind} {name}  {label}{like}\n{}{}", place(&entity.place), attributes(&entity.values))
}

pub fn kind(kind: &Kind) -> String {
    let head = format!("kind {}  {}\n{}", kind.name, kind.label, place(&kind.place));
    let entities = format!("  {} of it: {}\n", kind.entities.len(), kind.entities.join(", "));
    head + &attributes(&kind.attributes) + &entities
}

fn attributes(all: &[Attribute]) -> String {
    all.iter().map(|one| format!("  {}, {}\n", one.name, one.measure)).collect()
}

pub fn case(case: &Case) -> String {
    let from = case.from.as_ref().map(|parent| format!(" from {parent}")).unwrap_or_default();
    let about = if case.about.is_empty() { String::new() } else { format!(" about {}", case.about.join(", ")) };
    let share = case.probability.map(|share| format!(" prob {}", percent(share))).unwrap_or_default();
    let head = format!("case {}{from}{about}{share}  {}\n{}", case.name, case.label, place(&case.place));
    let line = |line: &CaseLine| format!("  {}  {}", line.text, line.clauses).trim_end().to_string() + "\n";
    head + &case.lines.iter().map(line).collect::<String>()
}

/// A study in words: what it asks, from where, and what it sets.
pub fn study(study: &Study) -> String {
    let title = study.title.as_ref().map(|title| format!("  {title}")).unwrap_or_default();
    let head = format!("{} {}{title}\n{}", study.kind, study.name, place(&study.place));
    let lines: String = study.settings.iter().map(|line| format!("  {line}\n")).collect();
    let by = study.clauses.by.as_ref().map(|owner| format!("  by {owner}"));
    let because = study.clauses.because.as_ref().map(|reason| format!("  because \"{reason}\""));
    let said: String = by.into_iter().chain(because).collect();
    let end = if said.is_empty() { "" } else { "\n" };
    format!("{head}{lines}{said}{end}")
}

pub fn source(source: &Source) -> String {
    let dated = source.dated.as_ref().map(|date| format!(" dated {date}")).unwrap_or_default();
    let accessed = source.accessed.as_ref().map(|date| format!(" accessed {date}")).unwrap_or_default();
    let head = format!("source {}  {}\n{}", source.name, source.title, place(&source.place));
    let target = format!("  {} {}{dated}{accessed}\n", source.medium, source.target);
    let values = counted(source.values, "value");
    let in_cases = (source.case_lines > 0).then(|| format!(", {} of cases", counted(source.case_lines, "line")));
    let figures = counted(source.figures, "published figure");
    format!("{head}{target}  {values}{} and {figures} cite it\n", in_cases.unwrap_or_default())
}

pub fn unit(unit: &Measured) -> String {
    let label = unit.label.as_ref().map(|label| format!("  {label}")).unwrap_or_default();
    let base = if unit.base.is_empty() { "as a pure number" } else { &unit.base };
    format!("unit {}{label}\n  = {} {base}\n", unit.unit, significant(unit.factor, 12))
}
