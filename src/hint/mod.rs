//! Hints: what is sound in a checked book and still looks like a slip.
//!
//! ```text
//! book      what every hint looks at: what is stated, which values are alike
//! one file for each hint, and a row for it in `HINTS`
//! ```
//!
//! Each is a pure function of the model and its results, so nothing here can change a value.

mod book;
mod compounding;
mod error;
mod form;
mod formula;
mod hole;
mod left_out;
mod named_value;
mod odd_one;
mod share;
mod sign;
mod thousandfold;
mod total;
mod unused;
mod words;

use crate::diagnostic::{Problem, Problems};
use crate::eval::Results;
use crate::model::Model;

use book::Book;

pub use book::Beside;

/// Every hint; a new one is a file and a row.
const HINTS: [fn(&Book) -> Vec<Problem>; 10] = [
    thousandfold::look,
    hole::look,
    share::look,
    total::look,
    compounding::look,
    sign::look,
    odd_one::look,
    named_value::look,
    unused::look,
    left_out::look,
];

/// Everything in a book that looks like a slip, sorted by place: one for each place, so that one that is meant hides no other.
pub fn hints(model: &Model, results: &Results, beside: Beside) -> Problems {
    let book = Book::new(model, results, beside);
    let mut problems = Problems::default();
    for look in HINTS {
        problems.extend(look(&book));
    }
    problems.sorted()
}
