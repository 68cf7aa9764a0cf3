//! Clauses behind a value: which they are, and whether they stand in their one order.

use pest::iterators::Pair;

use super::{Reader, Rule};
use crate::syntax::ast::{Allow, ClauseSet, Clauses, From, Interpolation, Tolerance};
use crate::syntax::error::SyntaxError;
use crate::text::Span;

/// Every clause a line may carry; each kind of line takes some and refuses the others.
#[derive(Default)]
pub(super) struct Tail {
    set: ClauseSet,
    pub tolerance: Option<Tolerance>,
    pub case: Option<Span>,
    pub disputed: Option<Span>,
    seen: Vec<(Clause, Span)>,
}

/// The kinds of clause, in the order they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Clause {
    Range,
    Shape,
    Within,
    AsPrinted,
    From,
    By,
    Because,
    Implied,
    Case,
    Disputed,
    Allow,
}

impl Clause {
    fn of(rule: Rule) -> Option<Clause> {
        Some(match rule {
            Rule::range => Clause::Range,
            Rule::shape => Clause::Shape,
            Rule::within => Clause::Within,
            Rule::as_printed => Clause::AsPrinted,
            Rule::from => Clause::From,
            Rule::by => Clause::By,
            Rule::because => Clause::Because,
            Rule::implied => Clause::Implied,
            Rule::case_clause => Clause::Case,
            Rule::disputed => Clause::Disputed,
            Rule::allowed => Clause::Allow,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Clause::Range => "range",
            Clause::Shape => "a shape",
            Clause::Within => "within",
            Clause::AsPrinted => "as printed",
            Clause::From => "from",
            Clause::By => "by",
            Clause::Because => "because",
            Clause::Implied => "implied by",
            Clause::Case => "case",
            Clause::Disputed => "disputed",
            Clause::Allow => "allow",
        }
    }
}

/// The clauses of a value: how it varies and who stands behind it.
pub(super) const OF_VALUE: &[Clause] =
    &[Clause::Range, Clause::Shape, Clause::From, Clause::By, Clause::Because, Clause::Implied, Clause::Allow];
/// The clauses of a line of a case, whose value has no range of its own.
pub(super) const OF_CHANGE: &[Clause] = &[Clause::From, Clause::By, Clause::Because, Clause::Implied, Clause::Allow];
/// The clauses of a block or an item without a value.
pub(super) const OF_BLOCK: &[Clause] = &[Clause::From, Clause::By, Clause::Because, Clause::Allow];
/// The clauses of the model, which hold for the whole book.
pub(super) const OF_MODEL: &[Clause] = &[Clause::Allow];
/// The clauses of a published figure.
pub(super) const OF_FIGURE: &[Clause] =
    &[Clause::Within, Clause::AsPrinted, Clause::From, Clause::By, Clause::Because, Clause::Case, Clause::Disputed];
/// The clauses of a check.
pub(super) const OF_CHECK: &[Clause] = &[Clause::Within, Clause::Case];

const ORDER: &str = "value, range, shape, from, by, because, implied by, allow";
const FIGURE_ORDER: &str = "value, within or as printed, from, by, because, case, disputed because";

impl Tail {
    /// Everything that stands behind the kind of clauses of [`OF_VALUE`] and [`OF_BLOCK`].
    pub fn clauses(self) -> Clauses {
        Clauses((self.set != ClauseSet::default()).then(|| Box::new(self.set)))
    }

    /// Whether any clause was written.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }
}

impl<'t> Reader<'t> {
    /// Takes a pair if it is a clause.
    pub fn clause(&mut self, tail: &mut Tail, pair: Pair<'t, Rule>) -> Option<()> {
        let Some(clause) = Clause::of(pair.as_rule()) else { return Some(()) };
        self.in_order(tail, clause, self.place(&pair));
        match clause {
            Clause::Range => self.range(tail, pair)?,
            Clause::Shape => self.shape(tail, self.place(&pair)),
            Clause::Within => tail.tolerance = Some(Tolerance::Within(self.inner_expr(pair)?)),
            Clause::AsPrinted => tail.tolerance = Some(Tolerance::AsPrinted(self.place(&pair))),
            Clause::From => tail.set.from = Some(self.from(pair)?),
            Clause::By => tail.set.by = self.inner(pair, Rule::dotted),
            Clause::Because => tail.set.because = self.inner(pair, Rule::string),
            Clause::Implied => tail.set.implied = self.inner(pair, Rule::name),
            Clause::Case => tail.case = self.inner(pair, Rule::name),
            Clause::Disputed => tail.disputed = self.inner(pair, Rule::string),
            Clause::Allow => tail.set.allow = Some(self.allow(pair)?),
        }
        Some(())
    }

    /// Reports the clauses that such a line does not take.
    pub fn only(&mut self, tail: &Tail, taken: &[Clause], what: &str) {
        for (clause, span) in &tail.seen {
            if !taken.contains(clause) {
                let word = clause.word();
                let help = format!("{what} takes {}", listed(taken));
                let what = if *clause == Clause::Shape { word.to_string() } else { format!("`{word}`") };
                let place = "here".to_string();
                self.problems.push(SyntaxError::Misplaced { what, place, span: *span, help: Some(help) });
            }
        }
    }

    /// `from ar25 p 41`
    pub fn from(&mut self, pair: Pair<'t, Rule>) -> Option<From> {
        let mut from = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::dotted => from = Some(From { source: self.place(&part), locator: None }),
                Rule::locator => from.as_mut()?.locator = Some(self.extent(&part)),
                _ => {}
            }
        }
        from
    }

    /// `allow hint::sign, hint::hole because "…"`
    fn allow(&mut self, pair: Pair<'t, Rule>) -> Option<Allow> {
        let because = self.inner(pair.clone(), Rule::string)?;
        let codes = pair.into_inner().filter(|part| part.as_rule() == Rule::code);
        Some(Allow { codes: codes.map(|code| self.place(&code)).collect(), because })
    }

    /// `range 9..14 pert`: the shape is a clause of its own as to its order.
    fn range(&mut self, tail: &mut Tail, pair: Pair<'t, Rule>) -> Option<()> {
        let inner = pair.into_inner().find(|part| part.as_rule() == Rule::spread)?;
        let spread = self.spread(inner)?;
        if let Some(shape) = spread.shape {
            self.in_order(tail, Clause::Shape, shape);
        }
        tail.set.range = Some(spread);
        Some(())
    }

    /// A shape that does not follow its range.
    fn shape(&mut self, tail: &mut Tail, place: Span) {
        if let Some(spread) = &mut tail.set.range {
            spread.shape = spread.shape.or(Some(place));
            return;
        }
        let help = Some("say between which ends: `range LOW..HIGH pert`".to_string());
        let (what, place_word) = ("a shape".to_string(), "without a range".to_string());
        self.problems.push(SyntaxError::Misplaced { what, place: place_word, span: place, help });
    }

    fn in_order(&mut self, tail: &mut Tail, clause: Clause, span: Span) {
        let start = span.start;
        let span = Span { start, end: start + clause.word().len().min(span.len()) as u32 };
        let twice = tail.seen.iter().find(|(seen, _)| *seen == clause);
        let late = tail.seen.iter().find(|(seen, _)| *seen > clause);
        if let Some((_, before)) = twice {
            self.problems.push(SyntaxError::ClauseTwice { word: clause.word(), span, before: *before });
        } else if let Some((after, before)) = late {
            let figure = tail.seen.iter().any(|(seen, _)| !OF_VALUE.contains(seen)) || !OF_VALUE.contains(&clause);
            let order = if figure { FIGURE_ORDER } else { ORDER };
            let (word, after) = (clause.word(), after.word());
            self.problems.push(SyntaxError::ClauseOrder { word, after, order, span, before: *before });
        }
        tail.seen.push((clause, span));
    }
}

/// How the periods between anchors are filled.
pub(super) fn interpolation(word: &str) -> Interpolation {
    match word {
        "linear" => Interpolation::Linear,
        "geometric" => Interpolation::Geometric,
        _ => Interpolation::Step,
    }
}

fn listed(clauses: &[Clause]) -> String {
    let words: Vec<String> = clauses
        .iter()
        .map(|clause| if *clause == Clause::Shape { "a shape".into() } else { format!("`{}`", clause.word()) })
        .collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => "no clause".into(),
    }
}
