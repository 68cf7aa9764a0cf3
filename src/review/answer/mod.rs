//! Answers of studies, then and now: what each comes to in both revisions.

mod row;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::eval::Cell;
use crate::model::{MissingCode, Model, Study, StudyId};
use crate::study::{Options, run};

use super::moved::Move;
use row::{Key, Row, rows};

/// Which studies a review answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Studies {
    #[default]
    None,
    All,
    Named(Vec<String>),
}

impl Studies {
    fn has(&self, name: &str) -> bool {
        match self {
            Studies::None => false,
            Studies::All => true,
            Studies::Named(names) => names.iter().any(|other| other == name),
        }
    }
}

/// What the answer of a study was and is.
#[derive(Debug, Clone)]
pub struct AnswerPair {
    pub study: String,
    pub kind: &'static str,
    pub title: Option<String>,
    /// Why a revision has no answer, though it asks.
    pub failed: (Option<String>, Option<String>),
    /// The numbers that moved and are worth a line.
    pub rows: Vec<AnswerRow>,
    /// How many others moved, and how many did not.
    pub more: usize,
    pub unchanged: usize,
}

/// One number of an answer, then and now.
#[derive(Debug, Clone)]
pub struct AnswerRow {
    pub case: String,
    /// The output, the condition, or the input that is solved for.
    pub of: String,
    /// `mean`, `q95`, `probability`, `co.ke high`, `solved`, `co.ke = 9%, co.growth = 2%`.
    pub says: String,
    pub moved: Move,
}

/// How studies are answered and compared.
pub(super) struct Asked<'a> {
    pub studies: &'a Studies,
    pub threads: usize,
    pub materiality: f64,
    /// Old and new paths of what was renamed.
    pub renamed: &'a [(String, String)],
}

/// Answers the studies that are asked for, of both models.
pub(super) fn answers(baseline: &Model, current: &Model, asked: &Asked<'_>) -> Vec<AnswerPair> {
    let mut names: Vec<&Arc<str>> = Vec::new();
    for study in current.studies.iter().chain(&baseline.studies) {
        if asked.studies.has(&study.name) && !names.contains(&&study.name) {
            names.push(&study.name);
        }
    }
    let options = || Options { threads: asked.threads, ..Options::default() };
    let (old, new) = ((baseline, &options()), (current, &options()));
    names.into_iter().filter_map(|name| pair(name, old, new, asked)).collect()
}

/// A model, and how all of its studies are run: on one evaluation of it.
type Subject<'a> = (&'a Model, &'a Options<'a>);

fn pair(name: &str, old: Subject<'_>, new: Subject<'_>, asked: &Asked<'_>) -> Option<AnswerPair> {
    let (baseline, current) = (old.0, new.0);
    let (old, new) = (Side::of(old, name), Side::of(new, name));
    let study = current.study_named(name).map(|id| current.study(id));
    let study: &Study = study.or_else(|| Some(baseline.study(baseline.study_named(name)?)))?;
    let mut pair = AnswerPair {
        study: name.to_string(),
        kind: study.kind.word(),
        title: study.title.as_deref().map(str::to_string),
        failed: (old.failed(), new.failed()),
        rows: Vec::new(),
        more: 0,
        unchanged: 0,
    };
    let renamed = |text: &str| asked.renamed.iter().fold(text.to_string(), |text, (old, new)| text.replace(old, new));
    let old_rows = old.rows().into_iter().map(|mut row| {
        row.key = (row.key.0, renamed(&row.key.1), renamed(&row.key.2));
        row
    });
    let (joined, firsts) = joined(old_rows.collect(), new.rows());
    for (key, unit, was, is) in joined {
        let moved = Move::between(unit, was.or_else(|| old.absent()), is.or_else(|| new.absent()), asked.materiality);
        match moved.has_changed() {
            true => pair.rows.push(AnswerRow { case: key.0.clone(), of: key.1.clone(), says: key.2.clone(), moved }),
            false => pair.unchanged += 1,
        }
    }
    let key = |row: &AnswerRow| (row.case.clone(), row.of.clone(), row.says.clone());
    pair.keep(|row| firsts.contains(&key(row)));
    Some(pair)
}

/// So many numbers of one answer are listed, be they first or not.
const FEW: usize = 12;

impl AnswerPair {
    /// Keeps what is worth a line: everything if it is little, else what comes first.
    fn keep(&mut self, first: impl Fn(&AnswerRow) -> bool) {
        let all = self.rows.len();
        self.rows.retain(|row| row.moved.material && (all <= FEW || first(row)));
        self.more = all - self.rows.len();
    }
}

/// What one model answers.
enum Side {
    /// The book has no such study.
    NotAsked,
    Failed(String),
    Rows(Vec<Row>),
}

impl Side {
    fn of((model, options): Subject<'_>, name: &str) -> Side {
        let Some(id) = model.study_named(name) else { return Side::NotAsked };
        match answered(model, id, options) {
            Ok(rows) => Side::Rows(rows),
            Err(why) => Side::Failed(why),
        }
    }

    fn rows(&self) -> Vec<Row> {
        match self {
            Side::Rows(rows) => rows.clone(),
            _ => Vec::new(),
        }
    }

    fn failed(&self) -> Option<String> {
        match self {
            Side::Failed(why) => Some(why.clone()),
            _ => None,
        }
    }

    /// What stands for a number that this side does not have: nothing, or that it is missing because there is no answer.
    fn absent(&self) -> Option<Cell> {
        let reason = self.failed()?;
        Some(Cell::Missing { code: MissingCode::Nm, reason: Some(reason.into()) })
    }
}

fn answered(model: &Model, id: StudyId, options: &Options<'_>) -> Result<Vec<Row>, String> {
    match run(model, id, options) {
        Ok(answer) => Ok(rows(&answer, model)),
        Err(problems) => {
            Err(problems.first().map_or_else(|| "it has no answer".to_string(), |problem| problem.message.clone()))
        }
    }
}

type Joined = Vec<(Key, crate::units::Unit, Option<Cell>, Option<Cell>)>;

/// The numbers of both sides by their keys, in the order of the new one, and the keys that come first on either side.
fn joined(old: Vec<Row>, new: Vec<Row>) -> (Joined, BTreeSet<Key>) {
    let firsts = old.iter().chain(&new).filter(|row| row.first).map(|row| row.key.clone()).collect();
    let mut before: BTreeMap<Key, Row> = old.iter().map(|row| (row.key.clone(), row.clone())).collect();
    let mut all: Joined = Vec::new();
    for row in new {
        let was = before.remove(&row.key).map(|row| row.cell);
        all.push((row.key, row.unit, was, Some(row.cell)));
    }
    for row in old.into_iter().filter(|row| before.contains_key(&row.key)) {
        all.push((row.key, row.unit, Some(row.cell), None));
    }
    (all, firsts)
}
