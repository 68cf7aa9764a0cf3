//! `--chart`: an answer as pictures, or as bars of text.

use std::path::Path;

use crate::chart::text;
use crate::export::study::{Part, charts};
use crate::study::Answer;

use super::super::super::failure::Failure;
use super::super::super::picture;
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
    let help = "`scn explain` with the code `chart::too_many` and its like says why";
    picture::write(charts.iter().map(|(_, chart)| chart), path, help, terminal)
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
    terminal.page(None, &super::draw::text(&bars, true))
}
