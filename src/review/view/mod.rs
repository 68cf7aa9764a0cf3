//! `View`: a review as others see it: plain, rounded, serialisable.

mod amount;
mod answer;
mod summary;

use serde::Serialize;
use serde_json::Value;

use crate::eval::Cell;
use crate::text::{Place, Sources};
use crate::units::Unit;

use super::{Change, Effect, OutputPair, Review, Why};

pub use amount::Rounding;
pub use answer::{AnswerRowView, AnswerView};
pub use summary::percent;

/// The shape of what is written; it grows when a key goes or changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// One revision of a book: its name and its texts.
#[derive(Clone, Copy)]
pub struct Revision<'a> {
    pub name: &'a str,
    pub sources: &'a Sources,
}

/// A whole review.
#[derive(Debug, Clone, Serialize)]
pub struct View {
    pub schema_version: u32,
    pub baseline: String,
    pub current: String,
    /// The answer in a sentence.
    pub summary: String,
    pub changes: Vec<ChangeView>,
    /// Outputs that changed.
    pub effects: Vec<EffectView>,
    /// How many outputs (in all cases and periods) did not.
    pub unchanged: usize,
    pub why: Vec<WhyView>,
    /// Studies that were asked for.
    pub studies: Vec<AnswerView>,
    pub flags: Vec<FlagView>,
}

/// One change.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    /// From 1, in the order of the book.
    pub id: usize,
    pub kind: &'static str,
    pub also: Vec<&'static str>,
    pub path: String,
    pub was: Option<String>,
    pub case: Option<String>,
    pub old: Option<String>,
    pub new: Option<String>,
    pub old_source: Option<String>,
    pub new_source: Option<String>,
    pub by: Option<String>,
    pub because: Option<String>,
    /// `path:line:column` in the baseline and in the current revision.
    pub old_place: Option<String>,
    pub new_place: Option<String>,
    /// How many values the line defines.
    pub values: usize,
}

/// One output in one case and period.
#[derive(Debug, Clone, Serialize)]
pub struct EffectView {
    /// `co.value[2027E]@bull`
    pub id: String,
    pub path: String,
    pub was: Option<String>,
    pub label: Option<String>,
    pub case: String,
    pub period: Option<String>,
    pub unit: String,
    pub old: Option<Amount>,
    pub new: Option<Amount>,
    pub difference: Option<Amount>,
    /// A share: 0.05 is 5%.
    pub relative: Option<f64>,
    pub material: bool,
}

/// A value as machines and people read it.
#[derive(Debug, Clone, Serialize)]
pub struct Amount {
    pub value: Value,
    pub display: String,
}

/// Why one output moved.
#[derive(Debug, Clone, Serialize)]
pub struct WhyView {
    /// The id of the effect.
    pub effect: String,
    pub from: String,
    pub to: String,
    pub difference: String,
    pub shares: Vec<ShareView>,
    pub together: Vec<TogetherView>,
    /// What no change is charged with.
    pub rest: Option<Amount>,
    pub exact: bool,
    pub note: Option<String>,
}

/// What a change, or a group of them, did.
#[derive(Debug, Clone, Serialize)]
pub struct ShareView {
    pub label: String,
    /// The ids of the changes.
    pub changes: Vec<usize>,
    pub effect: Amount,
    /// The standard error in the output's unit, if the share was sampled.
    pub error: Option<f64>,
    /// The values on the shortest way from a single change to the output, both left out.
    pub through: Vec<String>,
}

/// What two shares do together beyond what each does alone; it is part of both.
#[derive(Debug, Clone, Serialize)]
pub struct TogetherView {
    pub labels: [String; 2],
    pub effect: Amount,
}

/// What a reviewer should look at.
#[derive(Debug, Clone, Serialize)]
pub struct FlagView {
    pub code: &'static str,
    pub message: String,
    pub change: Option<usize>,
    /// `path:line:column` in the current revision.
    pub place: Option<String>,
}

/// A review as others see it.
pub fn view(review: &Review, baseline: Revision<'_>, current: Revision<'_>) -> View {
    let changes = review.changes.iter().enumerate();
    let changed = review.effects.iter().filter(|effect| effect.moved.has_changed());
    let place = |change: usize| review.changes[change].places.1.map(|place| current.sources.locate(place));
    let flags = review.flags.iter().map(|flag| FlagView {
        code: flag.code,
        message: flag.message.clone(),
        change: flag.change.map(|change| change + 1),
        place: flag.change.and_then(place),
    });
    View {
        schema_version: SCHEMA_VERSION,
        baseline: baseline.name.to_string(),
        current: current.name.to_string(),
        summary: summary::sentence(review),
        changes: changes.map(|(at, change)| change_view(at, change, baseline.sources, current.sources)).collect(),
        unchanged: review.effects.len() - changed.clone().count(),
        effects: changed.map(|effect| effect_view(effect, &review.outputs)).collect(),
        why: review.whys.iter().map(|why| why_view(why, review)).collect(),
        studies: review.answers.iter().map(answer::answer_view).collect(),
        flags: flags.collect(),
    }
}

fn change_view(at: usize, change: &Change, old: &Sources, new: &Sources) -> ChangeView {
    let locate = |place: Option<Place>, sources: &Sources| place.map(|place| sources.locate(place));
    ChangeView {
        id: at + 1,
        kind: change.kind.word(),
        also: change.also.iter().map(|kind| kind.word()).collect(),
        path: change.path.clone(),
        was: change.was.clone(),
        case: change.case.clone(),
        old: change.old.clone(),
        new: change.new.clone(),
        old_source: change.sources.0.clone(),
        new_source: change.sources.1.clone(),
        by: change.who.clone(),
        because: change.because.clone(),
        old_place: locate(change.places.0, old),
        new_place: locate(change.places.1, new),
        values: change.variables.len(),
    }
}

impl View {
    /// The changes that are listed for people, and how many are only counted: published figures that came or went in numbers.
    pub fn listed(&self) -> (Vec<&ChangeView>, Vec<String>) {
        let of = |kind: &str| {
            self.changes.iter().filter(|change| change.kind == kind && change.path.starts_with("reconcile ")).count()
        };
        let folded: Vec<(&str, usize)> = ["added", "removed"]
            .into_iter()
            .map(|kind| (kind, of(kind)))
            .filter(|(_, count)| *count > MOST_FIGURES)
            .collect();
        let is_folded = |change: &&ChangeView| {
            !(change.path.starts_with("reconcile ") && folded.iter().any(|(kind, _)| *kind == change.kind))
        };
        let counts = folded.iter().map(|(kind, count)| format!("{count} published figures {kind}"));
        (self.changes.iter().filter(is_folded).collect(), counts.collect())
    }
}

/// So many published figures that came or went are listed one by one.
const MOST_FIGURES: usize = 10;

impl ChangeView {
    /// The path, and the case if it is a case's line.
    pub fn title(&self) -> String {
        match &self.case {
            Some(case) if self.path != format!("case {case}") => format!("{} in {case}", self.path),
            _ => self.path.clone(),
        }
    }
}

fn id(effect: &Effect, outputs: &[OutputPair]) -> String {
    let period = effect.period.as_ref().map(|period| format!("[{period}]")).unwrap_or_default();
    format!("{}{period}@{}", outputs[effect.output].path, effect.case)
}

fn effect_view(effect: &Effect, outputs: &[OutputPair]) -> EffectView {
    let output = &outputs[effect.output];
    let rounding = Rounding::of(&effect.moved);
    let side = |cell: &Option<Cell>| cell.as_ref().map(|cell| rounding.cell(cell, &effect.moved.unit));
    EffectView {
        id: id(effect, outputs),
        path: output.path.clone(),
        was: output.was.clone(),
        label: Some(output.label.clone()).filter(|label| !label.is_empty()),
        case: effect.case.clone(),
        period: effect.period.clone(),
        unit: effect.moved.unit.symbol.to_string(),
        old: side(&effect.moved.old),
        new: side(&effect.moved.new),
        difference: effect.moved.difference.map(|_| rounding.total(&effect.moved)),
        relative: effect.moved.relative.map(clean),
        material: effect.moved.material,
    }
}

fn why_view(why: &Why, review: &Review) -> WhyView {
    let effect = &review.effects[why.effect];
    let rounding = Rounding::of(&effect.moved);
    let unit: &Unit = &effect.moved.unit;
    let cell = |cell: &Option<Cell>| cell.as_ref().map(|cell| rounding.cell(cell, unit).display).unwrap_or_default();
    let label = |share: &super::Share| match &share.group {
        Some(group) => group.clone(),
        None => share.changes.iter().map(|change| review.changes[*change].title()).collect::<Vec<_>>().join(", "),
    };
    let parts: Vec<f64> =
        why.shares.iter().map(|share| share.effect).chain((why.rest != 0.0).then_some(why.rest)).collect();
    let amounts = rounding.parts(&effect.moved, &parts);
    let shares = why.shares.iter().zip(&amounts).map(|(share, amount)| ShareView {
        label: label(share),
        changes: share.changes.iter().map(|change| change + 1).collect(),
        effect: amount.clone(),
        error: share.error.map(|error| clean(unit.from_base(error))),
        through: share.through.clone(),
    });
    let together = why.together.iter().map(|pair| TogetherView {
        labels: [label(&why.shares[pair.shares.0]), label(&why.shares[pair.shares.1])],
        effect: rounding.move_of(pair.effect, unit),
    });
    WhyView {
        effect: id(effect, &review.outputs),
        from: cell(&effect.moved.old),
        to: cell(&effect.moved.new),
        difference: rounding.total(&effect.moved).display,
        shares: shares.collect(),
        together: together.collect(),
        rest: (why.rest != 0.0).then(|| amounts.last().cloned()).flatten(),
        exact: why.exact,
        note: why.note.clone(),
    }
}

/// A number without the noise of its last digits.
fn clean(number: f64) -> f64 {
    crate::text::decimal::to_digits(number, 13)
}
