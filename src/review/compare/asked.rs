//! What a book is asked for: outputs and reports.

use std::collections::BTreeMap;

use crate::format::wording;
use crate::model::{Model, ReportBinding, ReportItem};

use super::super::change::{Change, ChangeKind};
use super::super::effect;
use super::Compare;

impl Compare<'_> {
    /// Outputs that came, went or are called differently.
    pub(super) fn outputs(&mut self) {
        let place = |model: &Model, id: Option<crate::model::VariableId>| {
            model.outputs.iter().find(|output| Some(output.variable) == id).map(|output| output.place)
        };
        let label = |model: &Model, id: Option<crate::model::VariableId>| {
            let output = model.outputs.iter().find(|output| Some(output.variable) == id)?;
            Some(output.label.to_string()).filter(|label| !label.is_empty())
        };
        for output in effect::outputs(self.baseline, self.current, self.pairs) {
            let kind = match (output.old, output.new) {
                (None, _) => ChangeKind::Added,
                (_, None) => ChangeKind::Removed,
                _ => ChangeKind::Words,
            };
            let (old, new) = (label(self.baseline, output.old), label(self.current, output.new));
            if kind == ChangeKind::Words && old == new {
                continue;
            }
            let change = Change::of(kind, format!("output {}", output.path)).saying(old, new);
            self.changes.push(change.at(place(self.baseline, output.old), place(self.current, output.new)));
        }
    }

    /// Reports that came, went, or are made of something else.
    pub(super) fn reports(&mut self) {
        let (baseline, current) = (self.baseline, self.current);
        for new in &current.reports {
            match baseline.reports.iter().find(|old| old.name == new.name) {
                Some(old) => self.report(old, new),
                None => {
                    let change = Change::of(ChangeKind::Added, format!("report {}", new.name));
                    self.changes.push(change.saying(None, Some(new.title.to_string())).at(None, Some(new.place)));
                }
            }
        }
        for old in baseline.reports.iter().filter(|old| current.reports.iter().all(|new| new.name != old.name)) {
            let change = Change::of(ChangeKind::Removed, format!("report {}", old.name));
            self.changes.push(change.saying(Some(old.title.to_string()), None).at(Some(old.place), None));
        }
    }

    fn report(&mut self, old: &ReportItem, new: &ReportItem) {
        let names = self.pairs.names(self.baseline, self.current);
        let entity = |text: &str| {
            let mut entities = self.pairs.renamed_entities.iter();
            let found = entities.find(|(old, _)| &*self.baseline.entity(*old).name == text);
            found.map(|(_, new)| self.current.entity(*new).name.to_string())
        };
        let renamed = |text: &str| {
            entity(text)
                .unwrap_or_else(|| names.iter().fold(text.to_string(), |text, (old, new)| text.replace(old, new)))
        };
        let mut before: BTreeMap<String, String> =
            parts(self.baseline, old).into_iter().map(|(name, said)| (name, renamed(&said))).collect();
        let mut found: Vec<(String, Option<String>, Option<String>)> = Vec::new();
        for (name, said) in parts(self.current, new) {
            let was = before.remove(&name);
            if was.as_ref() != Some(&said) {
                found.push((name, was, Some(said)));
            }
        }
        found.extend(before.into_iter().map(|(name, was)| (name, Some(was), None)));
        for (name, was, is) in found {
            let kind = if name == "title" { ChangeKind::Words } else { ChangeKind::Report };
            let change = Change::of(kind, format!("report {}: {name}", new.name)).saying(was, is);
            self.changes.push(change.at(Some(old.place), Some(new.place)));
        }
    }
}

/// What a report is made of: its title, its files, its case, and what each name stands for.
fn parts(model: &Model, report: &ReportItem) -> Vec<(String, String)> {
    let mut parts = vec![
        ("title".to_string(), report.title.to_string()),
        ("template".to_string(), report.template.to_string()),
        ("file".to_string(), report.to.to_string()),
        ("case".to_string(), model.case(report.case).name.to_string()),
    ];
    parts.extend(report.bindings.iter().map(|(name, binding)| {
        let said = match binding {
            ReportBinding::Entity(id) => model.entity(*id).name.to_string(),
            ReportBinding::Kind(id) => format!("every {}", model.kind(*id).name),
            ReportBinding::Variable(id) => wording(&model.variable(*id).path),
            ReportBinding::Text(text) => format!("\"{text}\""),
        };
        (format!("name {name}"), said)
    }));
    parts
}
