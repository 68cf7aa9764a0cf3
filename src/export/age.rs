//! How old the sources of a book are on its date, and who relies on them.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Model, Provenance, SourceRef};

/// A source on the book's date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Age {
    pub source: String,
    pub title: String,
    pub dated: Option<String>,
    /// Days from the source's date to the book's; nothing if either has none.
    pub days: Option<i64>,
    /// After how many days it is stale, if it says so.
    pub stale_after_days: Option<u32>,
    /// Days until it is stale; negative if it is.
    pub left_days: Option<i64>,
    /// How many values and published figures cite it.
    pub cited: usize,
    /// Who stands behind the values that cite it; the book's owner where nobody is named.
    pub owners: Vec<String>,
}

impl Age {
    /// Whether it is stale within so many days from the book's date.
    pub fn is_stale_within(&self, days: i64) -> bool {
        self.left_days.is_some_and(|left| left < days)
    }
}

/// The sources of a book in the order of the files, each with its age.
pub fn ages(model: &Model) -> Vec<Age> {
    let mut uses = vec![(0, BTreeSet::new()); model.sources.len()];
    let mut see = |provenance: &Provenance| {
        if let Some(citation) = &provenance.citation {
            let (count, owners): &mut (usize, BTreeSet<Arc<str>>) = &mut uses[citation.source.0 as usize];
            *count += 1;
            owners.extend(provenance.owner.clone().or_else(|| model.owner.clone()));
        }
    };
    let named = model.variables.iter().filter(|variable| !variable.hidden);
    named.flat_map(|variable| &variable.definition.pieces).for_each(|piece| see(&piece.provenance));
    model.cases.iter().flat_map(|case| &case.overrides).flat_map(|line| line.behind()).for_each(|behind| see(behind));
    model.reconciles.iter().for_each(|figure| see(&figure.provenance));
    let row = |(at, (cited, owners)): (usize, (usize, BTreeSet<Arc<str>>))| {
        age(model, SourceRef(at as u32), cited, owners.iter().map(|owner| owner.to_string()).collect())
    };
    uses.into_iter().enumerate().map(row).collect()
}

fn age(model: &Model, of: SourceRef, cited: usize, owners: Vec<String>) -> Age {
    let source = model.source(of);
    let days = source.dated.zip(model.as_of).and_then(|(dated, as_of)| between(dated, as_of));
    let limit = source.stale_after_days;
    Age {
        source: source.name.to_string(),
        title: source.title.to_string(),
        dated: source.dated.map(|dated| dated.to_string()),
        days,
        stale_after_days: limit,
        left_days: limit.zip(days).map(|(limit, days)| i64::from(limit) - days),
        cited,
        owners,
    }
}

fn between(from: Date, to: Date) -> Option<i64> {
    to.since(from).ok().map(|span| i64::from(span.get_days()))
}
