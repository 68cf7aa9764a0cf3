//! The studies of a book: what each asks.

use serde_json::{Value, json};

use crate::export::study::{Part, Table, markdown, question};
use crate::export::{Formulas, csv};
use crate::model::{Model, Study};

use super::super::super::args::StudyFormat;
use super::draw;

const HEAD: [&str; 4] = ["study", "kind", "asks", "title"];

/// The list in a format.
pub fn text(model: &Model, format: StudyFormat, formulas: Formulas) -> String {
    let records = || std::iter::once(HEAD.map(str::to_string).to_vec()).chain(rows(model));
    match format {
        StudyFormat::Human if model.studies.is_empty() => String::new(),
        StudyFormat::Human => draw::text(&[Part::Table(table(model))], true),
        StudyFormat::Md => markdown(&[Part::Table(table(model))]),
        #[cfg(feature = "parquet")]
        StudyFormat::Parquet => csv(records(), formulas),
        StudyFormat::Csv => csv(records(), formulas),
        StudyFormat::Json => {
            let studies: Vec<Value> = model.studies.iter().map(|study| one(model, study)).collect();
            format!("{:#}\n", json!({ "schema_version": 1, "studies": studies }))
        }
    }
}

fn table(model: &Model) -> Table {
    Table { caption: None, head: HEAD.map(str::to_string).to_vec(), labels: HEAD.len(), rows: rows(model) }
}

fn rows(model: &Model) -> Vec<Vec<String>> {
    let title = |study: &Study| study.title.as_deref().unwrap_or("").to_string();
    let row = |study: &Study| {
        vec![study.name.to_string(), study.kind.word().to_string(), question(model, study), title(study)]
    };
    model.studies.iter().map(row).collect()
}

fn one(model: &Model, study: &Study) -> Value {
    json!({
        "study": &*study.name,
        "kind": study.kind.word(),
        "title": study.title.as_deref(),
        "asks": question(model, study),
        "case": &*model.case(study.case).name,
        "by": study.provenance.owner.as_deref(),
        "because": study.provenance.reason.as_deref(),
    })
}
