//! What a name of a book stands for: an entity, a kind, a case, a source, a unit, a function.

use crate::diagnostic::render::counted;
use crate::export::study::settings;
use crate::model::{Model, Provenance, Type};
use crate::workspace::Checked;

/// What a name stands for, if it is one.
pub fn named(word: &str, checked: &Checked) -> Option<String> {
    let model = &checked.model;
    entity(word, checked)
        .or_else(|| kind(word, checked))
        .or_else(|| case(word, checked))
        .or_else(|| study(word, checked))
        .or_else(|| source(word, checked))
        .or_else(|| function(word, checked))
        .or_else(|| unit(word, model))
}

/// Every name that is explained.
pub fn names(checked: &Checked) -> impl Iterator<Item = &str> {
    let model = &checked.model;
    let paths = model.variables.iter().filter(|variable| !variable.hidden).map(|variable| &*variable.path);
    let entities = model.entities.iter().map(|entity| &*entity.name);
    let kinds = model.kinds.iter().map(|kind| &*kind.name);
    let cases = model.cases.iter().map(|case| &*case.name);
    let sources = model.sources.iter().map(|source| &*source.name);
    let studies = model.studies.iter().map(|study| &*study.name);
    paths.chain(entities).chain(kinds).chain(cases).chain(sources).chain(studies)
}

fn entity(word: &str, checked: &Checked) -> Option<String> {
    let model = &checked.model;
    let entity = model.entity(model.entity_named(word)?);
    let like = entity.like.map(|other| format!(", like {}", model.entity(other).name)).unwrap_or_default();
    let kind = &model.kind(entity.kind).name;
    let mut out = format!("{kind} {}  {}{like}\n      {}\n", entity.name, entity.label, place(checked, entity.place));
    for id in &entity.slots {
        let variable = model.variable(*id);
        out += &format!("  {}{}\n", variable.path, measured(model, &variable.ty, &variable.unit.symbol));
    }
    Some(out)
}

fn kind(word: &str, checked: &Checked) -> Option<String> {
    let model = &checked.model;
    let kind = model.kind(model.kind_named(word)?);
    let mut out = format!("kind {}  {}\n      {}\n", kind.name, kind.label, place(checked, kind.place));
    for attribute in &kind.attributes {
        out += &format!("  {}{}\n", attribute.name, measured(model, &attribute.ty, &attribute.unit.symbol));
    }
    let entities: Vec<&str> = kind.entities.iter().map(|id| &*model.entity(*id).name).collect();
    Some(out + &format!("  {} of it: {}\n", entities.len(), entities.join(", ")))
}

fn case(word: &str, checked: &Checked) -> Option<String> {
    let model = &checked.model;
    let case = model.case(model.case_named(word)?);
    let parent = case.extends.map(|id| format!(" from {}", model.case(id).name)).unwrap_or_default();
    let about = case.about(model).map(|about| format!(" {about}")).unwrap_or_default();
    let share = case.probability.map(|share| format!(" prob {}", crate::units::percent(share))).unwrap_or_default();
    let mut out =
        format!("case {}{parent}{about}{share}  {}\n      {}\n", case.name, case.label, place(checked, case.place));
    let mut told = Vec::new();
    for change in case.overrides.iter() {
        if told.contains(&change.place) {
            continue;
        }
        told.push(change.place);
        for said in change.said(model) {
            out += format!("  {}  {}", said.text, clauses(model, &said.provenance)).trim_end();
            out.push('\n');
        }
    }
    Some(out)
}

/// The source, the owner and the reason behind a value, as they are written.
pub(super) fn clauses(model: &Model, provenance: &Provenance) -> String {
    let source = provenance.citation.as_ref().map(|citation| {
        let name = &model.source(citation.source).name;
        citation.locator.as_ref().map_or(format!("from {name}"), |at| format!("from {name} {at}"))
    });
    let owner = provenance.owner.as_ref().map(|owner| format!("by {owner}"));
    let reason = provenance.reason.as_ref().map(|reason| format!("because \"{reason}\""));
    let implied = provenance.implied.as_ref().map(|study| format!("implied by {study}"));
    [source, owner, reason, implied].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A study in words: what it asks, from where, and what it sets.
fn study(word: &str, checked: &Checked) -> Option<String> {
    let model = &checked.model;
    let study = model.study(model.study_named(word)?);
    let title = study.title.as_ref().map(|title| format!("  {title}")).unwrap_or_default();
    let head = format!("{} {}{title}\n      {}\n", study.kind.word(), study.name, place(checked, study.place));
    let lines: String = settings(model, study).iter().map(|line| format!("  {line}\n")).collect();
    let by = study.provenance.owner.as_ref().map(|owner| format!("  by {owner}")).unwrap_or_default();
    let because = study.provenance.reason.as_ref().map(|reason| format!("  because \"{reason}\"")).unwrap_or_default();
    let said = if by.is_empty() && because.is_empty() { String::new() } else { format!("{by}{because}\n") };
    Some(format!("{head}{lines}{said}"))
}

fn source(word: &str, checked: &Checked) -> Option<String> {
    let model = &checked.model;
    let at = model.sources.iter().position(|source| &*source.name == word)?;
    let source = &model.sources[at];
    let cites =
        |provenance: &Provenance| provenance.citation.as_ref().is_some_and(|cited| cited.source.0 as usize == at);
    let values = model.variables.iter().filter(|variable| !variable.hidden);
    let values = values.filter(|variable| variable.definition.pieces.iter().any(|piece| cites(&piece.provenance)));
    let lines = model.cases.iter().flat_map(|case| &case.overrides);
    let mut lines: Vec<_> = lines.filter(|line| line.behind().any(|behind| cites(behind))).collect();
    lines.dedup_by_key(|line| line.place);
    let figures = model.reconciles.iter().filter(|figure| cites(&figure.provenance));
    let dated = source.dated.map(|date| format!(" dated {date}")).unwrap_or_default();
    let accessed = source.accessed.map(|date| format!(" accessed {date}")).unwrap_or_default();
    let head = format!("source {}  {}\n      {}\n", source.name, source.title, place(checked, source.place));
    let target = format!("  {} {}{dated}{accessed}\n", source.medium, source.target);
    let in_cases = (!lines.is_empty()).then(|| format!("{} of cases", counted(lines.len(), "line")));
    let cited = [Some(counted(values.count(), "value")), in_cases, Some(counted(figures.count(), "published figure"))];
    let mut cited: Vec<String> = cited.into_iter().flatten().collect();
    let figures = cited.pop().unwrap_or_default();
    Some(format!("{head}{target}  {} and {figures} cite it\n", cited.join(", ")))
}

/// A function of the book or the library, as it is written.
fn function(word: &str, checked: &Checked) -> Option<String> {
    let at = checked.function(word)?;
    Some(format!("{}\n      {}\n", checked.sources().slice(at), place(checked, at)))
}

fn unit(word: &str, model: &Model) -> Option<String> {
    let unit = model.units.parse(word).ok()?;
    let label = unit.dimension.single().map(|base| model.units.label(base)).filter(|label| *label != word);
    let label = label.map(|label| format!("  {label}")).unwrap_or_default();
    let base = model.units.canonical(&unit.dimension);
    let base = if base.symbol.is_empty() { "as a pure number".to_string() } else { base.symbol.to_string() };
    Some(format!("unit {word}{label}\n  = {} {base}\n", crate::units::significant(unit.factor, 12)))
}

fn measured(model: &Model, ty: &Type, symbol: &str) -> String {
    match ty {
        Type::Text => ", text".to_string(),
        Type::YesNo => ", yes/no".to_string(),
        Type::Number(dimension) if symbol.is_empty() => format!(", {}", model.units.describe(dimension)),
        Type::Number(_) => format!(", {symbol}"),
    }
}

fn place(checked: &Checked, place: crate::text::Place) -> String {
    checked.sources().locate(place)
}
