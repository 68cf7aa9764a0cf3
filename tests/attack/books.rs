//! Books with a few things wrong, in this process: they are read, set, checked, evaluated and reported without a panic, setting
//! them moves no value, and doing it twice gives the same bits.

use std::collections::BTreeMap;
use std::path::Path;

use scn::diagnostic::{Severity, render};
use scn::eval::{Cell, Settings};
use scn::model::{CaseId, VariableId};
use scn::workspace::{Checked, open};

use crate::book::{Memory, with_texts};
use crate::mutate::mutated;
use crate::surface::Surface;
use crate::{checks, files, invariants, oracle};

const HEAD: &str = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\ncalendar fy = annual 2024A..2030E ending Dec\n\
    source note \"N\" = document \"n\" dated 2026-03-01\nsource ar25 \"A\" = document \"a\" dated 2026-03-01\n";

/// Every text of the repository, changed.
pub fn attack(surface: &mut Surface) {
    let texts = texts();
    surface.rounds(400, |surface, chance| {
        let (text, other) = (&texts[chance.below(texts.len())], &texts[chance.below(texts.len())]);
        let text = mutated(text, other, chance);
        surface.input(text.as_bytes(), || replay(text.as_bytes()));
    });
}

/// What must hold of any book; the answer is its first error, or that it has none.
pub fn replay(bytes: &[u8]) -> Result<String, String> {
    let book = |bytes: &[u8]| open("book.scn", &Memory::of(&[("book.scn", bytes)]), None);
    let first = book(bytes);
    said(&first)?;
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(ended(&first)) };
    let set = invariants::sets(text)?;
    checks::checks(text)?;
    if let Some(set) = set.filter(|_| first.is_sound()) {
        invariants::same("what it says", &values(&first), &values(&book(set.as_bytes())))?;
    }
    Ok(ended(&first))
}

/// What is said of a book can be shown to people and to machines.
fn said(checked: &Checked) -> Result<(), String> {
    let look = render::Look { colour: false, width: 100 };
    oracle::human(&render::human(&checked.problems, checked.sources(), look))
}

/// The first error of a book, by its code.
fn ended(checked: &Checked) -> String {
    let mut errors = checked.problems.iter().filter(|problem| problem.severity == Severity::Error);
    errors.next().map_or("sound".to_string(), |problem| problem.code.clone())
}

/// Every value of a sound book, to the bit, by its path and case.
fn values(checked: &Checked) -> String {
    if !checked.is_sound() {
        return format!("it is not sound: {}", ended(checked));
    }
    let results = checked.evaluate(&Settings::default()).results;
    let mut values = BTreeMap::new();
    for case in 0..checked.model.cases.len() as u32 {
        for variable in 0..checked.model.variables.len() as u32 {
            let path = &checked.model.variables[variable as usize].path;
            let cells = results.cells(CaseId(case), VariableId(variable)).iter().map(bits).collect::<Vec<_>>();
            values.insert((path.to_string(), case), cells.join(" "));
        }
    }
    values.iter().map(|((path, case), cells)| format!("{path} {case}: {cells}\n")).collect()
}

fn bits(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => format!("{:016x}", number.to_bits()),
        Cell::Missing { code, .. } => format!("{code:?}"),
        Cell::Text(_) | Cell::YesNo(_) => format!("{cell:?}"),
    }
}

/// Every `.scn` file of the repository and every block of its pages.
pub fn texts() -> Vec<String> {
    let folders = ["fixtures", "fuzz/corpus", "../scenarios"].map(files::tests);
    let paths = folders.iter().flat_map(|folder| files::files(folder));
    let is_scn = |path: &std::path::PathBuf| path.extension().is_none_or(|extension| extension == "scn");
    let mut texts: Vec<String> = paths.filter(is_scn).filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    texts.retain(|text| text.len() < 40_000);
    for folder in ["../docs/language", "../docs/errors"] {
        let pages = files::files(&files::tests(folder));
        texts.extend(pages.iter().flat_map(|page| blocks(page)));
    }
    texts.push(String::from_utf8_lossy(&with_texts(|at| format!("text {at}")).0["book.scn"]).into_owned());
    texts
}

fn blocks(page: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(page).unwrap_or_default();
    let blocks =
        text.split("```scn").skip(1).filter_map(|rest| Some(rest.split_once('\n')?.1.split("```").next()?.to_string()));
    blocks.map(|block| if block.starts_with("scn 1") { block } else { format!("{HEAD}{block}") }).collect()
}
