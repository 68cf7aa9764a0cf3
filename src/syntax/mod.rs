//! Text to tree: `parse` reads a source and never fails.

pub mod ast;
mod comment;
mod error;
pub(crate) mod hash;
mod layout;
pub mod outline;
mod parser;
mod places;
mod show;
mod words;

pub use comment::Comment;
pub use error::SyntaxError;
pub use words::{ITEM_WORDS, KEPT_WORDS, LINE_WORDS, RESERVED, STUDY_WORDS, is_reserved};

use crate::diagnostic::Problem;
use crate::text::SourceId;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 64 << 20;
/// How deep brackets and conditions may nest in one line.
pub const DEEPEST_NESTING: usize = 200;
/// The longest line that is read, in bytes.
pub const LONGEST_LINE: usize = 1 << 20;
/// How many problems of one file are kept; the others are counted.
pub const MOST_PROBLEMS: usize = 200;

/// A file's tree, its comments, and what could not be read.
///
/// Every byte is a blank, or in an item, a comment or a problem. What could not be read stands in the tree as
/// [`ast::LineKind::Broken`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parsed {
    pub file: ast::File,
    pub comments: Vec<Comment>,
    pub problems: Vec<SyntaxError>,
    /// The words of lines and items that could not be read; nobody need report them as unknown or unused.
    pub broken_names: Vec<String>,
    /// Whether a `use` is among them: what it would have brought is not known either.
    pub lost_use: bool,
}

impl Parsed {
    /// The problems, with places in `source`.
    pub fn problems(&self, source: SourceId) -> impl Iterator<Item = Problem> {
        self.problems.iter().map(move |problem| Problem::new(source, problem))
    }

    /// Whether anything could not be read; hints do not count.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| !problem.is_hint())
    }
}

/// Reads a file. Never fails: one mistake costs one line of a block, or one item.
pub fn parse(text: &str) -> Parsed {
    parser::file(text)
}

/// The lines and tokens of a text that reads well, for the formatter.
pub fn outline(text: &str) -> Vec<outline::OutlineItem> {
    parser::outline(text)
}

/// The tokens of a formula, of how a value is spread, or of a line of a case; nothing for any other text.
pub fn fragment(text: &str) -> Option<Vec<outline::Token>> {
    parser::fragment(text)
}

/// Reads one expression, as given on the command line.
pub fn parse_expression(text: &str) -> Result<ast::Expr, Vec<SyntaxError>> {
    parser::expression(text)
}

/// Reads a text of lines such as stand in the block of a case, as given to `--with`.
pub fn parse_changes(text: &str) -> (Vec<ast::Override>, Vec<SyntaxError>) {
    parser::changes(text)
}

/// Reads `path=value`, as given to `--set`; `path*1.1`, `path+1` and `path-1` are changes too.
pub fn parse_path_assignment(text: &str) -> Result<ast::Override, Vec<SyntaxError>> {
    parser::assignment(text)
}
