//! `SyntaxError`: what was expected, in the reader's words.

use miette::Diagnostic;
use thiserror::Error;

use super::MOST_PROBLEMS;
use crate::text::{NumberFault, Span};

/// Why a text, or a part of it, could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error, Diagnostic)]
pub enum SyntaxError {
    /// Something else should stand here.
    #[error("expected {expected}")]
    #[diagnostic(code(syntax::expected))]
    Expected {
        expected: String,
        found: String,
        #[label("{found}")]
        span: Span,
        #[help]
        help: Option<String>,
    },

    /// A line in column 0 begins with no word that begins an item.
    #[error("no item begins with `{word}`")]
    #[diagnostic(code(syntax::unknown_item))]
    UnknownItem {
        word: String,
        #[label("not a word that begins an item")]
        span: Span,
        #[help]
        help: Option<String>,
    },

    /// A line of a block that stands outside any.
    #[error("an indented line belongs to a block, and none is open here")]
    #[diagnostic(code(syntax::indented), help("move the line to column 0, or into the block it belongs to"))]
    Indented {
        #[label("no `{{` is open here")]
        span: Span,
    },

    /// A line that this block cannot hold.
    #[error("{what} cannot stand {place}")]
    #[diagnostic(code(syntax::misplaced))]
    Misplaced {
        what: String,
        place: String,
        #[label("does not belong here")]
        span: Span,
        #[help]
        help: Option<String>,
    },

    /// Text behind an item or its closing brace.
    #[error("nothing may follow an item on its line")]
    #[diagnostic(code(syntax::after_item), help("begin the next item on a line of its own"))]
    AfterItem {
        #[label("the item ends before this")]
        span: Span,
    },

    /// A block without its end.
    #[error("this block is not closed")]
    #[diagnostic(code(syntax::unclosed_block), help("add `}}` on a line of its own after the block's last line"))]
    UnclosedBlock {
        #[label("opened here")]
        open: Span,
    },

    /// A brace that closes nothing.
    #[error("no block is open here")]
    #[diagnostic(code(syntax::stray_brace), help("delete the brace, or open a block with `{{` before it"))]
    StrayBrace {
        #[label("closes nothing")]
        span: Span,
    },

    /// A bracket without its partner at the end.
    #[error("this bracket is not closed")]
    #[diagnostic(code(syntax::unclosed_bracket), help("close it before the end of its line"))]
    UnclosedBracket {
        #[label("opened here")]
        open: Span,
    },

    /// A closing bracket that fits no open one.
    #[error("this bracket closes nothing")]
    #[diagnostic(code(syntax::stray_bracket), help("delete it, or make it match the bracket it should close"))]
    StrayBracket {
        #[label("fits no open bracket")]
        span: Span,
        #[label("open here")]
        open: Option<Span>,
    },

    /// A text without its closing quote.
    #[error("this text is not closed")]
    #[diagnostic(code(syntax::unclosed_text), help("add `\"` where the text ends; a text stands on one line"))]
    UnclosedString {
        #[label("begins here and runs to the end of the line")]
        span: Span,
    },

    /// Brackets or conditions inside one another beyond all reading.
    #[error("this line nests deeper than {limit} levels", limit = super::DEEPEST_NESTING)]
    #[diagnostic(code(syntax::too_deep), help("give inner parts a name in a `derive` of their own"))]
    TooDeep {
        #[label("too deep from here on")]
        span: Span,
    },

    /// A file beyond the limit.
    #[error("this file has {} MB, more than the {} MB that are read", size >> 20, super::LARGEST_FILE >> 20)]
    #[diagnostic(
        code(syntax::too_large),
        help("split the book into several files, or bring tables in with a `data` item")
    )]
    TooLarge {
        size: usize,
        #[label("not read")]
        span: Span,
    },

    /// A line beyond the limit.
    #[error("this line is too long to be read")]
    #[diagnostic(code(syntax::too_long), help("break it into several definitions"))]
    TooLong {
        #[label("more than {} kB", super::LONGEST_LINE >> 10)]
        span: Span,
    },

    /// The problems that are not listed.
    #[error("and {more} more problems in this file")]
    #[diagnostic(code(syntax::too_many), help("mend those above first; the others may follow from them"))]
    TooMany {
        more: usize,
        #[label("the first that is not listed")]
        span: Span,
    },

    /// The first line is missing or names another version.
    #[error("a file begins with `scn 1`")]
    #[diagnostic(
        code(syntax::version),
        help("write `scn 1` on the first line: it says which version of the language the file is in")
    )]
    Version {
        #[label("{found}")]
        span: Span,
        found: String,
    },

    /// A comma inside a number.
    #[error("a comma does not group digits")]
    #[diagnostic(code(syntax::digit_groups), help("write `{instead}`"))]
    DigitGroups {
        instead: String,
        #[label("this would be two numbers")]
        span: Span,
    },

    /// A number beyond all bounds, or with more digits than are kept.
    #[error("this number {}", fault.problem())]
    #[diagnostic(code(syntax::number), help("{}", fault.help()))]
    Number {
        fault: NumberFault,
        #[label("{}", fault.label())]
        span: Span,
    },

    /// A scale of another house.
    #[error("`{word}` is not a scale")]
    #[diagnostic(code(syntax::scale), help("{help}"))]
    Scale {
        word: String,
        help: String,
        #[label("means different things to different readers")]
        span: Span,
    },

    /// A unit stuck to its number.
    #[error("a blank separates a number from its unit")]
    #[diagnostic(code(syntax::glued_unit), help("write `{instead}`"))]
    GluedUnit {
        instead: String,
        #[label("number and unit are one word here")]
        span: Span,
    },

    /// A year without A or E.
    #[error("a period says whether it is actual or estimated")]
    #[diagnostic(code(syntax::period_suffix), help("write `{period}A` for an actual, `{period}E` for an estimate"))]
    PeriodSuffix {
        period: String,
        #[label("`A` or `E` is missing")]
        span: Span,
    },

    /// A word of the language used as a name.
    #[error("`{word}` is a word of the language and cannot be a name")]
    #[diagnostic(code(syntax::reserved_word), help("{help}"))]
    ReservedWord {
        word: String,
        help: String,
        #[label("has a meaning of its own")]
        span: Span,
    },

    /// Clauses out of their one order.
    #[error("`{word}` stands before `{after}`")]
    #[diagnostic(code(syntax::clause_order), help("clauses come in one order: {order}"))]
    ClauseOrder {
        word: &'static str,
        after: &'static str,
        order: &'static str,
        #[label("too late here")]
        span: Span,
        #[label("`{after}` stands here")]
        before: Span,
    },

    /// The same clause twice.
    #[error("`{word}` is said twice")]
    #[diagnostic(code(syntax::clause_twice), help("keep one of them"))]
    ClauseTwice {
        word: &'static str,
        #[label("said again here")]
        span: Span,
        #[label("said here")]
        before: Span,
    },

    /// An item of a later version: kept, not read.
    #[error("`{word}` is kept for a later version")]
    #[diagnostic(
        code(syntax::reserved),
        severity(Advice),
        help("the rest of the file is read as if `{word}` were not there")
    )]
    Reserved {
        word: String,
        #[label("kept as it is written")]
        span: Span,
    },
}

impl crate::diagnostic::Fault for SyntaxError {}

impl SyntaxError {
    /// The place it is sorted under.
    pub fn span(&self) -> Span {
        let label = self.labels().and_then(|mut labels| labels.next());
        label.map_or(Span::default(), |label| Span::new(label.offset(), label.offset() + label.len()))
    }

    /// Whether it is advice and the text is read all the same.
    pub fn is_hint(&self) -> bool {
        matches!(self, SyntaxError::Reserved { .. })
    }
}

/// After so many problems the rest of a file is junk and is not read.
const HOPELESS: usize = 5_000;

/// Problems as they are found: the first are kept, the others counted.
#[derive(Debug, Default)]
pub(super) struct Sink {
    kept: Vec<SyntaxError>,
    more: usize,
}

impl Sink {
    /// Keeps one, or counts it.
    pub fn push(&mut self, problem: SyntaxError) {
        if self.kept.len() <= MOST_PROBLEMS {
            self.kept.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// Whether there are so many that the rest is junk and not worth reading.
    pub fn is_hopeless(&self) -> bool {
        self.len() > HOPELESS
    }

    /// How many were found.
    pub fn len(&self) -> usize {
        self.kept.len() + self.more
    }

    /// A point to come [`back_to`](Sink::back_to).
    pub fn mark(&self) -> usize {
        self.kept.len()
    }

    /// Forgets what was found after a mark.
    pub fn back_to(&mut self, mark: usize) {
        self.kept.truncate(mark);
    }

    /// All of them by place, and how many more there are.
    pub fn finish(mut self, others: Sink) -> Vec<SyntaxError> {
        self.kept.extend(others.kept);
        self.kept.sort_by_key(SyntaxError::span);
        let more = self.more + others.more + self.kept.len().saturating_sub(MOST_PROBLEMS);
        if let Some(first) = self.kept.get(MOST_PROBLEMS).map(SyntaxError::span) {
            self.kept.truncate(MOST_PROBLEMS);
            self.kept.push(SyntaxError::TooMany { more, span: first });
        }
        self.kept
    }
}
