//! The studies of a book on a page: each runs, and an `answer NAME` block states what it found.

use scn::diagnostic::Problem;
use scn::workspace::Checked;

use crate::Outcome;
use crate::answers::answers;
use crate::book::Book;

/// Runs every study of a sound book and holds the blocks of its section against the answers; gives the problems of those
/// that have none, and the warnings of the others.
pub fn hold(book: &Book, checked: &Checked, outcome: &mut Outcome) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, answer) in answers(checked) {
        let block = book.answers.iter().find(|block| block.info.split_whitespace().nth(1) == Some(&name));
        match (answer, block) {
            (Ok((answer, notes)), block) => {
                problems.extend(notes);
                if let Some(block) = block {
                    outcome.compare(block.line, &block.text, &answer);
                }
            }
            (Err(found), block) => {
                problems.extend(found);
                if let Some(block) = block {
                    outcome.fail(block.line, format_args!("`{name}` has no answer"));
                }
            }
        }
    }
    problems
}
