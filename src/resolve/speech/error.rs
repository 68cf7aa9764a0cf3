//! `SpeechError`: a value that nothing of its own speaks for, in the reader's words.

use miette::Diagnostic;
use thiserror::Error;

use crate::model::Provenance;
use crate::text::Span;

use super::{Held, Road, Speech, stance};

/// What a value lacks of what must stand behind it.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub enum SpeechError {
    /// A fact without a source.
    #[error("`{name}` is given, and nothing says from where")]
    #[diagnostic(
        code(resolve::no_source),
        help("add `from SOURCE` with the page, or make it `assume … by … because \"…\"`")
    )]
    NoSource {
        name: String,
        #[label("needs `from`")]
        span: Span,
    },
    /// A judgement without an owner or a reason.
    #[error("`{name}` is assumed, and nothing says {lacks}")]
    #[diagnostic(code(resolve::no_reason), help("add {add}, here or on the block"))]
    NoReason {
        name: String,
        lacks: &'static str,
        add: &'static str,
        #[label("a judgement needs both")]
        span: Span,
    },
    /// A literal without a verb and without clauses.
    #[error("nothing says where this number of `{name}` is from")]
    #[diagnostic(
        code(resolve::no_provenance),
        help("add `from SOURCE` if it is a fact, or `by … because \"…\"` if it is a judgement")
    )]
    NoProvenance {
        name: String,
        #[label("neither given nor assumed")]
        span: Span,
    },
    /// A value for which only clauses of another mark, or two at once, could speak.
    #[error("{message}")]
    #[diagnostic(code(resolve::other_mark), help("{help}"))]
    OtherMark {
        message: String,
        help: String,
        #[label("{label}")]
        span: Span,
        label: &'static str,
        #[label("this does not speak for it")]
        other: Option<Span>,
    },
}

impl Speech<'_> {
    pub(super) fn no_source(&self, at: usize) -> SpeechError {
        SpeechError::NoSource { name: self.name.to_string(), span: self.parts[at].span }
    }

    pub(super) fn no_reason(&self, at: usize, said: &Provenance) -> SpeechError {
        let (lacks, add) = match (&said.owner, &said.reason) {
            (None, None) => ("by whom and why", "`by NAME because \"…\"`"),
            (None, _) => ("by whom", "`by NAME`"),
            _ => ("why", "`because \"…\"`"),
        };
        SpeechError::NoReason { name: self.name.to_string(), lacks, add, span: self.parts[at].span }
    }

    /// Nothing of the mark of a value speaks for it.
    pub(super) fn other_mark(&self, at: usize) -> SpeechError {
        let what = self.what(at);
        let part = &self.parts[at];
        let (message, help, label) = match part.held {
            Held::Actual => (
                format!("{what} has happened, and no source of its own or of an actual behind it is said"),
                "add `from SOURCE` behind it, or `by … because \"…\"` if it is a judgement",
                "an actual without a source",
            ),
            _ => (
                format!("{what} is an estimate, and nothing of its own says whether it is printed or thought"),
                "add `by … because \"…\"` behind it, or `from SOURCE` if it is printed",
                "an estimate without a clause",
            ),
        };
        let help = match self.road {
            Road::Line => format!("{help}; `given` or `assume` before the line speaks for all of it"),
            _ => help.to_string(),
        };
        SpeechError::OtherMark { message, help, span: part.span, label, other: self.beside(at) }
    }

    /// A value holds on both sides of the boundary.
    pub(super) fn both_marks(&self, at: usize) -> SpeechError {
        let message = format!("a number of `{}` holds in actual and in estimated periods", self.name);
        let split = "split it where the estimates begin: an actual with `from`, an estimate with `by … because \"…\"`";
        let help = match self.road {
            Road::Line => format!("{split}; or let `given` or `assume` before the line speak for all of it"),
            _ => split.to_string(),
        };
        let (span, label) = (self.parts[at].span, "one clause for both");
        SpeechError::OtherMark { message, help, span, label, other: None }
    }

    /// A block says a source and a reason, and the line neither.
    pub(super) fn two_heads(&self, at: usize) -> SpeechError {
        let message = format!("{} could be given or assumed: its block says a source and a reason", self.what(at));
        let help = "begin the line with `given` or `assume`".to_string();
        let (span, label) = (self.parts[at].span, "either of the two");
        SpeechError::OtherMark { message, help, span, label, other: None }
    }

    /// An actual that cites a source under `assume`, with the reason of another value.
    pub(super) fn quoted(&self, at: usize) -> SpeechError {
        let message = format!("{} has happened and cites a source, and the line assumes it", self.what(at));
        let help = "drop `assume`, so that each piece speaks for itself, or add `because \"…\"` behind it".to_string();
        let (span, label) = (self.parts[at].span, "a fact or a judgement");
        SpeechError::OtherMark { message, help, span, label, other: None }
    }

    fn what(&self, at: usize) -> String {
        match &self.parts[at].period {
            Some(period) => format!("`{}` in {period}", self.name),
            None => format!("`{}`", self.name),
        }
    }

    /// The nearest value that says something, which the reader may have taken for this one's.
    fn beside(&self, at: usize) -> Option<Span> {
        let says = |part: &&super::Part| stance(&part.own).is_some();
        let after = self.parts[at + 1..].iter().find(says);
        after.or_else(|| self.parts[..at].iter().rfind(says)).map(|part| part.span)
    }
}
