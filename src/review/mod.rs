//! Two models to a review: what changed by its meaning, what it did to every output, and how much each change did.

mod answer;
mod cause;
mod change;
mod compare;
mod diff;
mod effect;
mod family;
mod flag;
mod mix;
mod moved;
mod pair;
mod reach;
mod rename;
mod span;
mod translate;
mod union;
pub mod view;
mod why;
pub mod write;

use std::collections::BTreeMap;

use crate::eval::{Settings, evaluate, findings};
use crate::model::{Model, VariableId};
use crate::text::Place;

pub use answer::{AnswerPair, AnswerRow, Studies};
pub use change::{Change, ChangeKind};
pub use effect::{Effect, OutputPair};
pub use flag::{Flag, days_past};
pub use moved::Move;
pub use why::{Share, Together, Why};

/// How a review is made.
#[derive(Debug, Clone)]
pub struct Options {
    /// The share of an output's size below which a move is counted and not listed; as the book says if nothing is said.
    pub materiality: Option<f64>,
    /// Names that are known to have changed: old and new.
    pub renamed: Vec<(String, String)>,
    /// How changes are grouped in the why; by what there are, if nothing is said.
    pub grouping: Option<Grouping>,
    /// So many changes are named one by one.
    pub most_named: usize,
    /// About so many models are computed for one explanation that is sampled.
    pub evaluations: u64,
    /// The paths of the files of the baseline and of the current model, by their ids.
    pub files: (Vec<String>, Vec<String>),
    /// The functions of both, by name.
    pub functions: (Functions, Functions),
    /// Which studies are answered, on how many threads.
    pub studies: Studies,
    pub threads: usize,
}

/// Functions by name: where each is written, and its text.
pub type Functions = BTreeMap<String, (Place, String)>;

impl Default for Options {
    fn default() -> Options {
        Options {
            materiality: None,
            renamed: Vec::new(),
            grouping: None,
            most_named: 24,
            evaluations: 2_000,
            files: (Vec::new(), Vec::new()),
            functions: (Functions::new(), Functions::new()),
            studies: Studies::None,
            threads: 1,
        }
    }
}

/// What changes are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Each for itself.
    Change,
    Entity,
    File,
    Owner,
}

impl Options {
    /// The group of a change.
    fn group_of(&self, change: &Change, by: Grouping) -> String {
        let otherwise = || "the book".to_string();
        match by {
            Grouping::Change => change.title(),
            Grouping::Entity => change.entity.clone().unwrap_or_else(otherwise),
            Grouping::Owner => change.who.clone().unwrap_or_else(|| "nobody named".to_string()),
            Grouping::File => {
                let new = change.places.1.and_then(|place| self.files.1.get(place.source.0 as usize));
                let old = change.places.0.and_then(|place| self.files.0.get(place.source.0 as usize));
                new.or(old).cloned().unwrap_or_else(otherwise)
            }
        }
    }
}

/// What became of a book between two revisions.
#[derive(Debug, Clone, Default)]
pub struct Review {
    pub changes: Vec<Change>,
    pub outputs: Vec<OutputPair>,
    /// Every output in every case and period, changed or not.
    pub effects: Vec<Effect>,
    pub whys: Vec<Why>,
    pub answers: Vec<AnswerPair>,
    pub flags: Vec<Flag>,
}

impl Review {
    /// Whether nothing changed in meaning.
    pub fn is_empty(&self) -> bool {
        let is_still = |answer: &AnswerPair| answer.rows.is_empty() && answer.more == 0;
        let outputs_are_still = self.effects.iter().all(|effect| !effect.moved.has_changed());
        self.changes.is_empty() && outputs_are_still && self.answers.iter().all(is_still)
    }
}

/// Compares two models: the changes, their effects and why, and what to look at.
pub fn review(baseline: &Model, current: &Model, options: &Options) -> Review {
    // Formulas of any depth are compared part by part.
    stacker::grow(STACK, || reviewed(baseline, current, options))
}

/// Only what is used of it is taken from the system.
const STACK: usize = 256 << 20;

/// Where neither the command nor the book says what is worth a line.
const MATERIALITY: f64 = 0.001;

fn reviewed(baseline: &Model, current: &Model, options: &Options) -> Review {
    let mut pairs = pair::Pairs::by_name(baseline, current, &options.renamed);
    rename::detect(baseline, current, &mut pairs);
    let union = union::Union::of(baseline, current, &pairs);
    let changes = compare::changes((baseline, current), &pairs, &union, &options.functions);
    let before = evaluate(baseline, &Settings::default());
    let after = evaluate(current, &Settings::default());
    let materiality = options.materiality.or(current.materiality).unwrap_or(MATERIALITY);
    let outputs = effect::outputs(baseline, current, &pairs);
    let effects = effect::effects(&outputs, (baseline, &before), (current, &after), &pairs, materiality);
    let whys = why::whys(&union, (baseline, current), &changes, &outputs, &effects, options);
    let (old_findings, new_findings) = (findings(baseline, &before), findings(current, &after));
    let old = flag::Side { model: baseline, findings: &old_findings };
    let new = flag::Side { model: current, findings: &new_findings };
    let flags = flag::flags(old, new, &changes, &outputs, &effects);
    let answers = answer::answers(
        baseline,
        current,
        &answer::Asked {
            studies: &options.studies,
            threads: options.threads,
            materiality,
            renamed: &pairs.names(baseline, current),
        },
    );
    Review { changes, outputs, effects, whys, answers, flags }
}

/// The path that a value of the current model had in the baseline; nothing if it was not there.
pub fn earlier_path(baseline: &Model, current: &Model, path: &str) -> Option<String> {
    let mut pairs = pair::Pairs::by_name(baseline, current, &[]);
    rename::detect(baseline, current, &mut pairs);
    let old = pairs.back[current.variable_at(path)?.0 as usize]?;
    Some(baseline.variable(old).path.to_string())
}

/// Every variable that one rests on, itself included, over its formulas and the lines of all cases.
pub fn rests_on(model: &Model, id: VariableId) -> Vec<VariableId> {
    reach::Reach::of(model, &[]).variables_behind(id)
}

/// An output with its period and case: `co.value[2027E] in bull`.
pub fn place_of(path: &str, effect: &Effect) -> String {
    let period = effect.period.as_ref().map(|period| format!("[{period}]")).unwrap_or_default();
    format!("{path}{period} in {}", effect.case)
}
