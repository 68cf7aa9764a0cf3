//! `--chart`: an answer as pictures, or as bars of text.

use std::path::{Path, PathBuf};

use crate::chart::{svg, text};
use crate::export::study::{Part, charts};
use crate::study::Answer;

use super::super::super::disk;
use super::super::super::failure::Failure;
use super::super::super::terminal::Terminal;

/// How many columns bars take where nobody says.
const COLUMNS: usize = 100;

/// Writes the chart of an answer, several with a number each; with `-`, prints those that are bars.
pub fn write(answer: &Answer, path: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let charts = charts(answer);
    if charts.is_empty() {
        return Err(Failure::asked(
            format!("the answer of `{}` is no chart", answer.head().name),
            "grids of one or two axes, tornado charts, bridges and simulations are drawn",
        ));
    }
    if path == Path::new("-") {
        return print(answer, terminal);
    }
    let mut pictures = Vec::new();
    for (_, chart) in &charts {
        pictures.push(svg(chart).map_err(|error| {
            Failure::asked(error.to_string(), "`scn explain` with the code `chart::too_many` and its like says why")
        })?);
    }
    for (at, picture) in pictures.iter().enumerate() {
        let path = numbered(path, at, pictures.len());
        disk::write(&path, picture)?;
        terminal.summary(&format!("wrote {}", disk::shown(&path)));
    }
    Ok(())
}

/// The bars of an answer as parts of it.
pub fn bars(answer: &Answer, columns: usize) -> Vec<Part> {
    charts(answer).iter().filter_map(|(_, chart)| text(chart, columns)).map(Part::Drawing).collect()
}

fn print(answer: &Answer, terminal: &Terminal) -> Result<(), Failure> {
    let bars = bars(answer, COLUMNS);
    if bars.is_empty() {
        let message = format!("the chart of `{}` has no bars", answer.head().name);
        return Err(Failure::asked(message, "name a file, such as `--chart answer.svg`"));
    }
    terminal.data(None, &super::draw::text(&bars, true))
}

/// `swings.svg`; of several, `swings-1.svg` and so on.
pub fn numbered(path: &Path, at: usize, count: usize) -> PathBuf {
    if count == 1 {
        return path.to_path_buf();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let end = path.extension().map_or("svg".into(), |end| end.to_string_lossy());
    path.with_file_name(format!("{stem}-{}.{end}", at + 1))
}
