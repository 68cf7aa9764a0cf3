//! `BookView`: the book itself as a template sees it, under the name `model`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use minijinja::value::{Object, ObjectRepr, Value};

use crate::model::{Citation, SourceRef};

use super::desk::Desk;
use super::entity::KindView;
use super::finding;
use super::input::inputs;
use super::series::view;
use super::source::SourceView;
use super::subject::Subject;
use super::{change, origin, study};

/// The book; its longer lists are made once.
#[derive(Debug)]
pub struct BookView {
    desk: Arc<Desk>,
    figures: OnceLock<Value>,
    inputs: OnceLock<Value>,
    cases: OnceLock<Value>,
}

impl BookView {
    /// The book that lies on a desk.
    pub fn new(desk: &Arc<Desk>) -> BookView {
        let desk = desk.clone();
        BookView { desk, figures: OnceLock::new(), inputs: OnceLock::new(), cases: OnceLock::new() }
    }

    fn outputs(&self) -> Value {
        let desk = &self.desk;
        let one = |output: &crate::model::Output| {
            let subject = Subject::Variable(output.variable);
            let has_label = output.label != desk.model.variable(output.variable).name;
            let label = if has_label { output.label.clone() } else { desk.label(&subject) };
            Value::from_pairs([
                ("label", Value::from(label)),
                ("path", Value::from(desk.path(&subject))),
                ("unit", Value::from(desk.unit(&subject).symbol)),
                ("is_series", Value::from(desk.timeline(&subject).is_some())),
                ("value", view(desk, &subject, desk.case)),
            ])
        };
        desk.model.outputs.iter().map(one).collect()
    }

    fn cases(&self) -> Value {
        self.desk.cases.iter().map(|id| change::case(&self.desk, *id)).collect()
    }

    fn kinds(&self) -> Value {
        let one =
            |at: usize| KindView { desk: self.desk.clone(), id: crate::model::KindId(at as u32), case: self.desk.case };
        (0..self.desk.model.kinds.len()).map(|at| Value::from_object(one(at))).collect()
    }

    fn sources(&self) -> Value {
        let one = |at: usize| {
            let citation = Citation { source: SourceRef(at as u32), locator: None };
            Value::from_object(SourceView { desk: self.desk.clone(), citation })
        };
        (0..self.desk.model.sources.len()).map(one).collect()
    }

    /// How many values each source stands behind, the most cited first.
    fn citations(&self) -> Value {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let pieces = self.desk.model.variables.iter().flat_map(|variable| &variable.definition.pieces);
        for citation in pieces.filter_map(|piece| piece.provenance.citation.as_ref()) {
            *counts.entry(citation.source.0).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(source, count)| (std::cmp::Reverse(*count), *source));
        let one = |(source, count): (u32, usize)| {
            let citation = Citation { source: SourceRef(source), locator: None };
            let cited = origin::cited(&self.desk.model, &citation);
            Value::from_pairs([("source", Value::from(cited)), ("count", Value::from(count))])
        };
        counts.into_iter().map(one).collect()
    }
}

impl Object for BookView {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (desk, model) = (&self.desk, &self.desk.model);
        let optional = |text: &Option<Arc<str>>| text.clone().map_or(Value::from(()), Value::from);
        Some(match key.as_str()? {
            "name" => Value::from(model.name.clone()),
            "label" => Value::from(model.label.clone()),
            "currency" => optional(&model.currency),
            "owner" => optional(&model.owner),
            "as_of" => model.as_of.map_or(Value::from(()), |date| Value::from(date.to_string())),
            "case" => change::case(desk, desk.case),
            "cases" => self.cases.get_or_init(|| self.cases()).clone(),
            "outputs" => self.outputs(),
            "inputs" => self.inputs.get_or_init(|| inputs(desk, None, desk.case)).clone(),
            "kinds" => self.kinds(),
            "sources" => self.sources(),
            "citations" => self.citations(),
            "figures" => self.figures.get_or_init(|| finding::figures(desk)).clone(),
            "checks" => finding::checks(desk),
            "studies" => study::list(desk),
            "claims" => finding::claims(desk),
            _ => return None,
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.desk.model.label)
    }
}
