//! A simulation for people: what was drawn, then a table for each output with a column for each case.

use crate::chance::indices::Index;
use crate::chance::summary::Estimate;
use crate::eval::Cell;
use crate::export::display;
use crate::model::{Sampling, Statistic};
use crate::study::{OutputAnswer, SimulateAnswer};
use crate::text::decimal::{fixed, shifted};
use crate::units::{Unit, grouped, significant};

use super::super::drawn::{drawn, percent, still, warned};
use super::super::row::distance;
use super::super::{Part, Table};

pub fn parts(answer: &SimulateAnswer) -> Vec<Part> {
    let mut lines = vec![drawn(answer.draws, answer.sampling, answer.seed, &answer.inputs)];
    lines.extend(still(&answer.pinned, &answer.idle));
    for case in answer.cases.iter().filter(|case| !case.pinned.is_empty()) {
        lines.extend(still(&case.pinned, &[]).iter().map(|line| format!("In case {}, {line}", case.case)));
    }
    lines.extend(warned(&answer.notes));
    if let Some(part) = &answer.part {
        lines.push(format!(
            "This is part {} of {}: write it as JSON, and merge it with the others.",
            part.shard, part.of
        ));
    }
    let mut parts: Vec<Part> = lines.into_iter().map(Part::Line).collect();
    for output in 0..answer.cases.first().map_or(0, |case| case.outputs.len()) {
        parts.extend(of_output(answer, output));
    }
    parts.extend(probabilities(answer).map(Part::Table));
    if !answer.cases.is_empty() && answer.sampling != Sampling::Plain {
        let line =
            "Behind ± stands the error that plain draws would have; points spread more evenly have a smaller one.";
        parts.push(Part::Line(line.to_string()));
    }
    parts
}

fn of_output(answer: &SimulateAnswer, output: usize) -> Vec<Part> {
    let columns = Columns { answer, output };
    let mut parts = vec![Part::Table(columns.statistics())];
    parts.extend(columns.notes().into_iter().map(Part::Line));
    parts.extend(columns.importance().map(Part::Table));
    parts.extend(columns.indices().into_iter().map(Part::Table));
    parts
}

/// One output, a column for each case.
struct Columns<'a> {
    answer: &'a SimulateAnswer,
    output: usize,
}

impl<'a> Columns<'a> {
    fn all(&self) -> impl Iterator<Item = (&'a str, &'a OutputAnswer)> {
        let output = self.output;
        self.answer.cases.iter().map(move |case| (&*case.case, &case.outputs[output]))
    }

    fn row(&self, name: &str, cell: impl Fn(&OutputAnswer) -> String) -> Vec<String> {
        std::iter::once(name.to_string()).chain(self.all().map(|(_, one)| cell(one))).collect()
    }

    fn head(&self, first: String) -> Vec<String> {
        std::iter::once(first).chain(self.all().map(|(case, _)| case.to_string())).collect()
    }

    fn text(&self) -> String {
        self.all().next().map_or(String::new(), |(_, one)| one.output.text.to_string())
    }

    fn statistics(&self) -> Table {
        let mut rows = vec![
            self.row("without draws", |one| display(&one.point, &one.output.unit)),
            self.row("draws below that", |one| one.percentile.map_or("NM".to_string(), share)),
        ];
        let count = self.all().next().map_or(0, |(_, one)| one.statistics.len());
        for at in 0..count {
            let name = self.all().next().map(|(_, one)| one.statistics[at].statistic.word()).unwrap_or_default();
            rows.push(self.row(&name, |one| figure(one, at)));
        }
        Table { caption: None, head: self.head(self.text()), labels: 1, rows }
    }

    /// How the mean of the first case settled, and what has no value.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for (at, (case, one)) in self.all().enumerate() {
            let of = if self.answer.cases.len() > 1 { format!(" in case {case}") } else { String::new() };
            let line = settled(one).filter(|_| at == 0);
            notes.extend(line.map(|line| format!("The mean of `{}`{of} {line}.", one.output.text)));
            if let Some((draw, why)) = &one.first_missing {
                let (missing, all) = (grouped(one.missing as f64, 0), grouped((one.missing + one.count) as f64, 0));
                let first = grouped(*draw as f64, 0);
                notes.push(format!(
                    "`{}`{of} has no value in {missing} of {all} draws; the first is draw {first}: {why}.",
                    one.output.text
                ));
            }
        }
        notes
    }

    fn importance(&self) -> Option<Table> {
        let first = self.all().next()?.1;
        let rows = first.importance.iter().map(|rank| {
            self.row(&rank.input, |one| {
                let found = one.importance.iter().find(|other| other.input == rank.input);
                found.map_or(String::new(), |rank| estimate(rank.correlation, 2))
            })
        });
        let head = self.head(format!("rank correlation with {}", self.text()));
        (!first.importance.is_empty()).then(|| Table { caption: None, head, labels: 1, rows: rows.collect() })
    }

    fn indices(&self) -> Vec<Table> {
        let has = self.all().filter(|(_, one)| !one.indices.is_empty());
        has.map(|(case, one)| {
            let rows = one.indices.iter().map(|shares| vec![shares.input.to_string(), index(&shares.first), index(&shares.total)]);
            let apart = if self.answer.is_linked { ", as if no inputs moved together" } else { "" };
            let caption = format!(
                "Which inputs make the variance of `{}` in case {case}, by {} points{apart}: alone, and with all they interact with.",
                one.output.text,
                grouped(one.index_points as f64, 0)
            );
            let head = ["input", "alone", "with interactions"].map(str::to_string).to_vec();
            Table { caption: Some(caption), head, labels: 1, rows: rows.collect() }
        })
        .collect()
    }
}

fn probabilities(answer: &SimulateAnswer) -> Option<Table> {
    let first = answer.cases.first().filter(|case| !case.predicates.is_empty())?;
    let rows = first.predicates.iter().enumerate().map(|(at, predicate)| {
        let cells = answer.cases.iter().map(|case| {
            let predicate = &case.predicates[at];
            let text = predicate.probability.map_or("NM".to_string(), share);
            let missing = grouped(predicate.missing as f64, 0);
            if predicate.missing > 0 { format!("{text}, unknown in {missing} draws") } else { text }
        });
        std::iter::once(predicate.condition.to_string()).chain(cells).collect()
    });
    let head = std::iter::once("how likely".to_string()).chain(answer.cases.iter().map(|case| case.case.to_string()));
    Some(Table { caption: None, head: head.collect(), labels: 1, rows: rows.collect() })
}

/// A statistic and its error: `112.4 CNY/share ± 0.3`
fn figure(one: &OutputAnswer, at: usize) -> String {
    let (figure, unit) = (&one.statistics[at], &one.output.unit);
    let Some(value) = figure.value else { return "NM".to_string() };
    let text = match figure.statistic {
        Statistic::Sd => distance(value, unit),
        _ => display(&Cell::Number(value), unit),
    };
    match figure.error {
        Some(error) => format!("{text} ± {}", significant(unit.from_base(error) - unit.from_base(0.0), 2)),
        None => text,
    }
}

/// `43% ± 0.4`
fn share(share: Estimate) -> String {
    format!("{} ± {}", percent(share.value), significant(shifted(share.error, 2), 2))
}

fn estimate(estimate: Estimate, digits: usize) -> String {
    format!("{} ± {}", fixed(estimate.value, digits), significant(estimate.error, 1))
}

fn index(index: &Index) -> String {
    let interval = format!("{} to {}", fixed(index.low, 2), fixed(index.high, 2));
    match index.is_separable() {
        true => format!("{} ({interval})", fixed(index.value, 2)),
        false => format!("not separable from 0 ({interval})"),
    }
}

/// How far the mean still moved over the last half of the draws.
fn settled(one: &OutputAnswer) -> Option<String> {
    let [.., before, last] = one.convergence.as_slice() else { return None };
    let unit = &one.output.unit;
    let text = |value: f64| display(&Cell::Number(value), unit);
    Some(format!(
        "was {} after {} draws and is {} after {}; in 19 of 20 runs it is off by less than {}",
        text(before.mean),
        grouped(before.draws as f64, 0),
        text(last.mean),
        grouped(last.draws as f64, 0),
        off(last.half_width, unit)
    ))
}

/// A distance to two digits: `1.2 CNY/share`, `0.083 pp`
fn off(base: f64, unit: &Unit) -> String {
    unit.apart(&significant(unit.from_base(base) - unit.from_base(0.0), 2))
}
