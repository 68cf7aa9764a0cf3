//! Histories as a table with a line of bars, as Markdown, and as JSON.

use serde_json::{Value, json};

use crate::cli::git::Commit;
use crate::cli::sheet::Sheet;
use crate::explain::{History, Moment};
use crate::text::markdown;

use super::history::Walked;

const HEAD: [&str; 8] = ["commit", "date", "author", "value", "", "by", "because", "in the commit's words"];

/// Each history as a table under its path.
pub fn human(all: &Walked) -> String {
    let one = |history: &History| {
        let head = format!("{} in {}  {}", history.path, history.case, bars(history));
        let rows = history.rows.iter().map(|row| cells(all, row).to_vec()).collect();
        let head_cells = HEAD.map(str::to_string).to_vec();
        let table = Sheet { head: head_cells, labels: 3, trailing: 3, rows }.text(None);
        format!("{}\n{table}", head.trim_end())
    };
    all.histories.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Each history as a table of Markdown.
pub fn markdown(all: &Walked) -> String {
    let one = |history: &History| {
        let mut text = format!("**{} in {}** {}\n\n", markdown::escaped(&history.path), history.case, bars(history));
        text += &format!("| {} |\n| --- | --- | --- | ---: | ---: | --- | --- | --- |\n", HEAD.join(" | "));
        for row in &history.rows {
            text += &markdown::row(cells(all, row).iter().map(String::as_str));
        }
        text
    };
    all.histories.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Every row, as programs read it.
pub fn json(all: &Walked) -> String {
    let row = |row: &Moment| {
        let commit = |of: fn(&Commit) -> &String| all.commit(row).map(of).cloned();
        json!({
            "commit": commit(|commit| &commit.hash),
            "date": commit(|commit| &commit.date),
            "author": commit(|commit| &commit.author),
            "subject": commit(|commit| &commit.subject),
            "period": row.period,
            "value": row.point.number,
            "display": row.point.display,
            "difference": row.difference,
            "by": row.point.by,
            "because": row.point.because,
        })
    };
    let one = |history: &History| {
        let rows: Vec<Value> = history.rows.iter().map(row).collect();
        json!({ "path": history.path, "case": history.case, "unit": history.unit, "rows": rows })
    };
    let whole = json!({ "schema_version": 1, "histories": all.histories.iter().map(one).collect::<Vec<_>>() });
    format!("{whole:#}\n")
}

fn cells(all: &Walked, row: &Moment) -> [String; 8] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let period = row.period.as_ref().map(|period| format!("{period} ")).unwrap_or_default();
    let moved = text(&row.share);
    let (commit, date, author, subject) = match all.commit(row) {
        Some(commit) => {
            (commit.short().to_string(), commit.date.clone(), commit.author.clone(), commit.subject.clone())
        }
        None => ("not committed".to_string(), String::new(), String::new(), String::new()),
    };
    [
        commit,
        date,
        author,
        format!("{period}{}", row.point.display),
        moved,
        text(&row.point.by),
        text(&row.point.because),
        subject,
    ]
}

/// A bar of text for every value of a path without periods, from its least to its greatest.
fn bars(history: &History) -> String {
    let numbers: Vec<f64> =
        history.rows.iter().filter(|row| row.period.is_none()).filter_map(|row| row.point.number).collect();
    let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if numbers.len() < 2 || high <= low {
        return String::new();
    }
    let bar = |number: &f64| {
        let step = ((number - low) / (high - low) * 7.0).round() as usize;
        ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'][step.min(7)]
    };
    numbers.iter().map(bar).collect()
}
