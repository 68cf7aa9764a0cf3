//! `--chart`: histories as pictures, each a line over the revisions in which something changed.

use std::path::Path;

use crate::chart::{Category, ChartSpec, Datum, Lines, Row as Line, Shape};
use crate::cli::failure::Failure;
use crate::cli::git::Commit;
use crate::cli::picture;
use crate::cli::terminal::Terminal;
use crate::explain::{History, Moment};

use super::history::Walked;

/// So many periods of a series are drawn, the last ones.
const MOST_LINES: usize = 6;

/// So many revisions are drawn, the last ones.
const MOST_REVISIONS: usize = 60;

/// Writes a picture for each history, several with a number each.
pub fn write(all: &Walked, path: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let charts: Vec<ChartSpec> = all.histories.iter().map(|history| chart(all, history)).collect();
    picture::write(charts.iter(), path, "a history is drawn where its value is a number", terminal)
}

fn chart(all: &Walked, history: &History) -> ChartSpec {
    let mut revisions: Vec<usize> = Vec::new();
    let mut periods: Vec<&Option<String>> = Vec::new();
    for row in &history.rows {
        if revisions.last() != Some(&row.revision) {
            revisions.push(row.revision);
        }
        if !periods.contains(&&row.period) {
            periods.push(&row.period);
        }
    }
    let (older, others) = (revisions.len().saturating_sub(MOST_REVISIONS), periods.len().saturating_sub(MOST_LINES));
    let line = |period: &&Option<String>| Line {
        label: period.as_deref().unwrap_or_default().to_string(),
        values: values(history, period, &revisions).split_off(older),
    };
    let lines = Lines {
        unit: history.unit.clone(),
        categories: revisions[older..]
            .iter()
            .map(|at| category(all.commits.get(*at).and_then(Option::as_ref)))
            .collect(),
        rows: periods[others..].iter().map(line).collect(),
    };
    ChartSpec {
        title: format!("{} in {}", history.path, history.case),
        note: "By the revisions in which it changed.".to_string(),
        shape: Shape::Lines(lines),
    }
}

/// What a period was in each of the revisions: as its last row says.
fn values(history: &History, period: &Option<String>, revisions: &[usize]) -> Vec<Datum> {
    let mut rows = history.rows.iter().filter(|row| row.period == *period).peekable();
    let mut last = Datum::default();
    let mut value = |revision: &usize| {
        if let Some(row) = rows.next_if(|row| row.revision == *revision) {
            last = datum(row);
        }
        last.clone()
    };
    revisions.iter().map(&mut value).collect()
}

fn datum(row: &Moment) -> Datum {
    Datum { size: row.point.number, text: row.point.display.clone() }
}

fn category(commit: Option<&Commit>) -> Category {
    let label = commit.map_or("now".to_string(), |commit| commit.date.clone());
    Category { label, estimated: false }
}
