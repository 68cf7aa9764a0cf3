//! What the studies of a book ask: each setting of one is compared by itself.

use std::collections::BTreeMap;

use crate::eval::Cell;
use crate::export::display;
use crate::format::wording;
use crate::model::{
    Asked, Axis, CaseId, Correlation, Discover, Factor, Levels, Model, Sampling, Simulate, Study, StudyKind, Target,
    Vary,
};
use crate::units::{Unit, grouped, shown as number_text};

use super::super::change::{Change, ChangeKind};
use super::Compare;

/// One setting of a study: its name and what is said, in words.
struct Setting {
    kind: ChangeKind,
    name: String,
    said: String,
}

impl Compare<'_> {
    /// Compares the studies of both models by their names.
    pub(super) fn studies(&mut self) {
        let (old, new) = (self.baseline, self.current);
        for study in &new.studies {
            match old.studies.iter().find(|other| other.name == study.name) {
                Some(before) => self.study(before, study),
                None => self.changes.push(came_or_went(new, study, true)),
            }
        }
        for study in &old.studies {
            if new.studies.iter().all(|other| other.name != study.name) {
                self.changes.push(came_or_went(old, study, false));
            }
        }
    }

    fn study(&mut self, old: &Study, new: &Study) {
        let names = self.pairs.names(self.baseline, self.current);
        let renamed = |text: &str| names.iter().fold(text.to_string(), |text, (old, new)| text.replace(old, new));
        let mut before: BTreeMap<String, Setting> = BTreeMap::new();
        for one in settings(self.baseline, old) {
            before.insert(renamed(&one.name), one);
        }
        let mut found: Vec<(ChangeKind, String, Option<String>, Option<String>)> = Vec::new();
        for one in settings(self.current, new) {
            let was = before.remove(&one.name).map(|was| renamed(&was.said));
            if was.as_ref() != Some(&one.said) {
                found.push((one.kind, one.name, was, Some(one.said)));
            }
        }
        found.extend(before.into_iter().map(|(name, was)| (was.kind, name, Some(was.said), None)));
        let places = (Some(old.place), Some(new.place));
        for (kind, name, was, is) in found {
            let change = Change::of(kind, format!("study {}: {name}", new.name)).saying(was, is);
            self.changes.push(change.at(places.0, places.1).by(Some(&old.provenance), Some(&new.provenance)));
        }
    }
}

fn came_or_went(model: &Model, study: &Study, is_new: bool) -> Change {
    let said = Some(format!("{} {}", study.kind.word(), crate::export::study::question(model, study)));
    let (path, place) = (format!("study {}", study.name), Some(study.place));
    match is_new {
        true => {
            Change::of(ChangeKind::Added, path).saying(None, said).at(None, place).by(None, Some(&study.provenance))
        }
        false => {
            Change::of(ChangeKind::Removed, path).saying(said, None).at(place, None).by(Some(&study.provenance), None)
        }
    }
}

/// Everything that a study sets.
fn settings(model: &Model, study: &Study) -> Vec<Setting> {
    let mut all = vec![setting("kind", study.kind.word())];
    all.extend(study.title.as_ref().map(|title| Setting { kind: ChangeKind::Words, ..setting("title", &**title) }));
    all.extend(study.provenance.spoken().map(|words| Setting { kind: ChangeKind::Words, ..setting("words", words) }));
    let case = || setting("case", &*model.case(study.case).name);
    match &study.kind {
        StudyKind::Grid(grid) => {
            all.extend([case(), outputs(&grid.outputs)]);
            all.extend(grid.axes.iter().map(axis));
        }
        StudyKind::Tornado(tornado) => {
            all.extend([case(), outputs(&tornado.outputs)]);
            all.extend(some("inputs", tornado.over.iter().map(|factor| wording(&factor.text))));
        }
        StudyKind::Simulate(simulate) => all.extend(simulation(model, simulate)),
        StudyKind::Calibrate(calibrate) => {
            all.push(case());
            for free in &calibrate.free {
                let unit = &model.variable(free.factor.variable).unit;
                all.push(range(&free.factor, format!("{}..{}", number(free.low, unit), number(free.high, unit))));
            }
            all.extend(calibrate.targets.iter().flat_map(target));
        }
        StudyKind::Bridge(bridge) => {
            let name = |case: CaseId| &model.case(case).name;
            all.push(setting("cases", format!("{} to {}", name(bridge.from), name(bridge.to))));
            all.push(outputs(&bridge.outputs));
        }
        StudyKind::Discover(discover) => {
            all.push(case());
            all.extend(discovery(model, discover));
        }
    }
    all
}

fn simulation(model: &Model, simulate: &Simulate) -> Vec<Setting> {
    let mut all = vec![outputs(&simulate.outputs)];
    all.extend(some("cases", simulate.cases.iter().map(|case| model.case(*case).name.to_string())));
    all.extend(drawn(simulate.draws, simulate.seed, simulate.sampling));
    all.extend(spread(model, &simulate.vary, &simulate.pin, &simulate.correlations));
    let figures: Vec<String> = simulate.report.iter().map(|statistic| statistic.word()).collect();
    all.extend(some("figures", figures.into_iter()));
    all.extend(some("conditions", simulate.predicates.iter().map(|predicate| wording(&predicate.text))));
    all.extend(simulate.importance.then(|| setting("drivers", "rank correlations")));
    all.extend(simulate.indices.then(|| setting("indices", "shares of the variance")));
    all
}

fn discovery(model: &Model, discover: &Discover) -> Vec<Setting> {
    let mut all = vec![setting("condition", wording(&discover.predicate.text))];
    all.extend(drawn(discover.draws, discover.seed, discover.sampling));
    all.extend(spread(model, &discover.vary, &discover.pin, &discover.correlations));
    all.push(setting("support", crate::units::percent(discover.support)));
    all
}

fn drawn(draws: u64, seed: u64, sampling: Sampling) -> [Setting; 3] {
    let how = match sampling {
        Sampling::Plain => "plain",
        Sampling::Latin => "latin",
        Sampling::Sobol => "sobol",
    };
    [setting("draws", grouped(draws as f64, 0)), setting("seed", seed.to_string()), setting("sampling", how)]
}

fn spread(model: &Model, vary: &[Vary], pin: &[Factor], correlations: &[Correlation]) -> Vec<Setting> {
    let mut all: Vec<Setting> = Vec::new();
    for vary in vary {
        let stream = vary.stream.map(|stream| format!(" from stream {stream}")).unwrap_or_default();
        all.push(range(&vary.factor, format!("{}{stream}", wording(&vary.text))));
    }
    all.extend(some("pinned", pin.iter().map(|factor| wording(&factor.text))));
    for pair in correlations {
        let (left, right) = (&model.variable(pair.left).path, &model.variable(pair.right).path);
        all.push(setting(&format!("correlation of {left} and {right}"), number_text(pair.rho)));
    }
    all
}

fn axis(axis: &Axis) -> Setting {
    let level = |level: f64| number(level, &axis.unit);
    let said = match &axis.levels {
        Levels::List(list) => list.iter().map(|one| level(*one)).collect::<Vec<_>>().join(", "),
        Levels::Steps { first, last, step } => format!("{} to {} by {}", level(*first), level(*last), level(*step)),
        Levels::Count { first, last, count } => format!("{} to {} in {count} levels", level(*first), level(*last)),
    };
    setting(&format!("levels of {}", wording(&axis.factor.text)), said)
}

fn target(target: &Target) -> [Setting; 2] {
    let unit = &target.output.unit;
    let near = format!("within {}", number(target.tolerance, unit));
    let what = wording(&target.output.text);
    let tolerance = setting(&format!("tolerance of {what}"), near);
    [
        setting(&format!("target of {what}"), number(target.value, unit)),
        Setting { kind: ChangeKind::Tolerance, ..tolerance },
    ]
}

fn range(factor: &Factor, said: String) -> Setting {
    Setting { kind: ChangeKind::Range, ..setting(&format!("range of {}", wording(&factor.text)), said) }
}

fn outputs(asked: &[Asked]) -> Setting {
    setting("outputs", asked.iter().map(|asked| wording(&asked.text)).collect::<Vec<_>>().join(", "))
}

/// A setting that is a list; nothing for an empty one.
fn some(name: &str, all: impl Iterator<Item = String>) -> Option<Setting> {
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| setting(name, all.join(", ")))
}

fn setting(name: &str, said: impl Into<String>) -> Setting {
    Setting { kind: ChangeKind::Study, name: name.to_string(), said: said.into() }
}

fn number(base: f64, unit: &Unit) -> String {
    display(&Cell::Number(base), unit)
}
