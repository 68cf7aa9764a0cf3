//! Every built-in function's example comes to what the reference says.

use std::cell::RefCell;

use scn::builtin::{EXAMPLE_BOOK, TABLE};
use scn::check::expression;
use scn::eval::{Cell, Settings};
use scn::model::CaseId;
use scn::resolve::Loader;
use scn::workspace::{Checked, Evaluated, open};

struct Book(RefCell<String>);

impl Loader for Book {
    fn read(&self, _path: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.borrow().clone().into_bytes())
    }
}

#[test]
fn examples_hold() {
    let checked = open("book.scn", &Book(RefCell::new(EXAMPLE_BOOK.to_string())), None);
    assert!(checked.is_sound(), "{:#?}", checked.problems);
    let evaluated = checked.evaluate(&Settings::default());
    let mut wrong = Vec::new();
    for entry in TABLE {
        let (text, stated) = entry.example;
        let (left, right) = (value(&checked, &evaluated, text), value(&checked, &evaluated, stated));
        if !alike(&left, &right) {
            wrong.push(format!("{text} is {left:?}, not {stated}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn value(checked: &Checked, evaluated: &Evaluated, text: &str) -> Result<Cell, String> {
    let (formula, _) = expression(&checked.symbols, text, &[])
        .map_err(|problems| problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("; "))?;
    let cells = evaluated.results.formula(&checked.model, CaseId::BASE, &formula, None);
    cells.into_iter().next().ok_or_else(|| "no value".to_string())
}

/// The same to the eleven digits that the reference prints.
fn alike(left: &Result<Cell, String>, right: &Result<Cell, String>) -> bool {
    match (left, right) {
        (Ok(Cell::Number(left)), Ok(Cell::Number(right))) => (left - right).abs() <= 1e-11 * right.abs(),
        (Ok(left), Ok(right)) => left == right,
        _ => false,
    }
}
