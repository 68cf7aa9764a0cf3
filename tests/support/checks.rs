//! What must hold of any text as a book: it is checked and evaluated without a panic, and twice the same.

// Few tests look at a book in all of these ways.
#![allow(dead_code)]

use scn::diagnostic::Problems;
use scn::diagnostic::render::{Look, human};
use scn::eval::{Cell, Settings};
use scn::model::{CaseId, VariableId};
use scn::resolve::Loader;
use scn::workspace::{Checked, Evaluated, open};

/// A book of one file, and what stands at any other path.
pub struct Files<'t> {
    pub book: &'t str,
    pub beside: Option<&'t [u8]>,
}

impl Loader for Files<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match (path, self.beside) {
            ("book.scn", _) => Ok(self.book.as_bytes().to_vec()),
            (_, Some(bytes)) => Ok(bytes.to_vec()),
            (_, None) => Err("not there".to_string()),
        }
    }
}

/// Checks and evaluates a text twice; the problems and every value must be the same.
pub fn checks(text: &str) -> Result<(), String> {
    let (first, second) = (shown(text), shown(text));
    if first == second { Ok(()) } else { Err(format!("two runs differ:\n{first}\n{second}")) }
}

/// Everything that is said of a book, as people see it, and its values.
fn shown(text: &str) -> String {
    let files = Files { book: text, beside: None };
    let book = open("book.scn", &files, None);
    let evaluated = book.is_sound().then(|| book.evaluate(&Settings::default()));
    let problems = book.whole(evaluated.as_ref(), &files);
    let frames = human(&problems, book.sources(), Look { colour: false, width: 100 });
    frames + &evaluated.map(|evaluated| cells(&book, &evaluated)).unwrap_or_default()
}

/// What a text as a book comes to: where its problems are, and its values.
pub fn outcome(text: &str) -> String {
    outcome_with(text, None)
}

/// The same of a book with one file beside it.
pub fn outcome_with(text: &str, beside: Option<&[u8]>) -> String {
    let files = Files { book: text, beside };
    let book = open("book.scn", &files, None);
    let evaluated = book.is_sound().then(|| book.evaluate(&Settings::default()));
    let problems = places(&book, &book.whole(evaluated.as_ref(), &files));
    problems + &evaluated.map(|evaluated| cells(&book, &evaluated)).unwrap_or_default()
}

/// The values of a book that checks; nothing of one that does not.
pub fn values(text: &str) -> String {
    let book = open("book.scn", &Files { book: text, beside: None }, None);
    if !book.is_sound() {
        return book.problems.iter().map(|problem| format!("{}\n", problem.code)).collect();
    }
    cells(&book, &book.evaluate(&Settings::default()))
}

fn places(book: &Checked, problems: &Problems) -> String {
    let places = |problem: &scn::diagnostic::Problem| -> String {
        problem
            .labels
            .iter()
            .map(|label| format!("{} {:?}\n", problem.code, book.sources().slice(label.place)))
            .collect()
    };
    problems.iter().map(places).collect()
}

fn cells(book: &Checked, evaluated: &Evaluated) -> String {
    let mut lines = String::new();
    for case in 0..book.model.cases.len() as u32 {
        for variable in 0..book.model.variables.len() as u32 {
            let cells = evaluated.results.cells(CaseId(case), VariableId(variable));
            cells.iter().for_each(|cell| lines += &bits(cell));
        }
    }
    lines
}

/// A number to the last bit; anything that is not finite must have become missing.
fn bits(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => {
            assert!(number.is_finite(), "a number that is none reached the results");
            format!("{:016x}\n", number.to_bits())
        }
        other => format!("{other:?}\n"),
    }
}
