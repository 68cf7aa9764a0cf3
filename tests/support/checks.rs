//! What must hold of any text as a book: it is checked and evaluated without a panic, and twice the same.

use scn::eval::{Cell, Settings};
use scn::model::{CaseId, VariableId};

struct Alone<'t>(&'t str);

impl scn::resolve::Loader for Alone<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        if path == "book.scn" { Ok(self.0.as_bytes().to_vec()) } else { Err("not there".to_string()) }
    }
}

/// Checks and evaluates a text twice; the problems and every value must be the same.
pub fn checks(text: &str) -> Result<(), String> {
    let (first, second) = (outcome(text), outcome(text));
    if first == second { Ok(()) } else { Err(format!("two runs differ:\n{first}\n{second}")) }
}

fn outcome(text: &str) -> String {
    let book = scn::workspace::open("book.scn", &Alone(text), None);
    let mut lines: Vec<String> = book.problems.iter().map(|problem| format!("{problem:?}")).collect();
    if book.is_sound() {
        let results = book.evaluate(&Settings::default()).results;
        for case in 0..book.model.cases.len() as u32 {
            for variable in 0..book.model.variables.len() as u32 {
                let cells = results.cells(CaseId(case), VariableId(variable));
                lines.extend(cells.iter().map(bits));
            }
        }
    }
    lines.join("\n")
}

/// A number to the last bit; anything that is not finite must have become missing.
fn bits(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => {
            assert!(number.is_finite(), "a number that is none reached the results");
            format!("{:016x}", number.to_bits())
        }
        other => format!("{other:?}"),
    }
}
