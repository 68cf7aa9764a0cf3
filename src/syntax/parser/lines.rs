//! Lines that may stand at top level, in a kind and in an entity.

use pest::iterators::{Pair, Pairs};

use super::clauses::{OF_CHECK, OF_FIGURE, OF_VALUE, Tail, interpolation};
use super::{Reader, Rule};
use crate::syntax::ast::{
    Binder, Check, Claim, Definition, Expr, Hole, InputLine, InputType, Line, LineKind, OutputLine, Periods, Piece,
    Printed, Reconcile, SeriesKind, Value, Verb,
};
use crate::syntax::error::SyntaxError;
use crate::syntax::layout::RawLine;
use crate::text::Span;

impl<'t> Reader<'t> {
    /// A line of a kind or an entity; `in_kind` says whether it may declare inputs.
    pub fn block_line(&mut self, raw: RawLine, in_kind: bool) -> Line {
        let kind = self.line_kind(raw).unwrap_or_else(|| self.broken(raw.span));
        if matches!(kind, LineKind::Inputs(_)) && !in_kind {
            self.misplaced_inputs(raw.span);
        }
        Line { span: raw.span, kind }
    }

    /// Reads a line, wherever it stands.
    pub fn line_kind(&mut self, raw: RawLine) -> Option<LineKind> {
        self.by_shape(b'l', raw, |reader| reader.fresh_line(raw))
    }

    fn fresh_line(&mut self, raw: RawLine) -> Option<LineKind> {
        let pair = self.statement(Rule::line, raw)?.into_inner().next()?;
        Some(match pair.as_rule() {
            Rule::inputs => LineKind::Inputs(self.inputs(pair)?),
            Rule::check => LineKind::Check(self.check(pair)?),
            Rule::reconcile => LineKind::Reconcile(self.reconcile(pair)?),
            Rule::claim => LineKind::Claim(self.claim(pair)?),
            Rule::output => LineKind::Output(self.outputs(pair)?),
            _ => LineKind::Definition(self.definition(pair)?),
        })
    }

    /// A line that could not be read.
    pub fn broken(&mut self, span: Span) -> LineKind {
        self.unread(span);
        LineKind::Broken
    }

    /// Says that `in` belongs into a kind.
    pub fn misplaced_inputs(&mut self, span: Span) {
        let help = "declare inputs in the kind; here give or assume their values".to_string();
        let span = Span { start: span.start, end: span.start + 2 };
        let (what, place) = ("`in`".to_string(), "outside a kind".to_string());
        self.problems.push(SyntaxError::Misplaced { what, place, span, help: Some(help) });
    }

    fn inputs(&mut self, pair: Pair<'t, Rule>) -> Option<Vec<InputLine>> {
        pair.into_inner().filter(|part| part.as_rule() == Rule::input).map(|part| self.input(part)).collect()
    }

    fn input(&mut self, pair: Pair<'t, Rule>) -> Option<InputLine> {
        let (mut optional, mut kind, mut name, mut ty) = (false, None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_optional => optional = true,
                Rule::series => kind = series(part.as_str()),
                Rule::name => name = Some(self.place(&part)),
                Rule::yes_no_type => ty = Some(InputType::YesNo),
                Rule::text_type => ty = Some(InputType::Text),
                Rule::colon => {}
                _ => ty = Some(InputType::Unit(self.place(&part))),
            }
        }
        Some(InputLine { optional, series: kind, name: name?, ty: ty? })
    }

    fn check(&mut self, pair: Pair<'t, Rule>) -> Option<Check> {
        let (mut alert, mut binder, mut condition, mut message) = (false, None, None, None);
        let mut tail = Tail::default();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_alert => alert = true,
                Rule::binder => binder = Some(self.binder(part)?),
                Rule::expression => condition = Some(self.expr(part)?),
                Rule::string => message = Some(self.unquoted(&part)),
                _ => self.clause(&mut tail, part)?,
            }
        }
        self.only(&tail, OF_CHECK, "a check");
        let tolerance = match tail.tolerance {
            Some(crate::syntax::ast::Tolerance::Within(tolerance)) => Some(tolerance),
            _ => None,
        };
        Some(Check { alert, binder, condition: condition?, tolerance, case: tail.case, message })
    }

    fn binder(&mut self, pair: Pair<'t, Rule>) -> Option<Binder> {
        let (mut name, mut kind, mut filter) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = Some(self.place(&part)),
                Rule::dotted => kind = Some(self.place(&part)),
                Rule::expression => filter = Some(self.expr(part)?),
                Rule::skip => {
                    let help = Some("leave elements out with `where not is_missing(…)`".to_string());
                    let (what, place) = ("`skip`".to_string(), "in a check".to_string());
                    self.problems.push(SyntaxError::Misplaced { what, place, span: self.extent(&part), help });
                }
                _ => {}
            }
        }
        Some(Binder { name: name?, kind: kind?, filter })
    }

    fn reconcile(&mut self, pair: Pair<'t, Rule>) -> Option<Reconcile> {
        let (mut what, mut printed, mut tail) = (None, None, Tail::default());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expression => what = Some(self.expr(part)?),
                Rule::printed => printed = Some(self.printed(part)?),
                _ => self.clause(&mut tail, part)?,
            }
        }
        self.only(&tail, OF_FIGURE, "a published figure");
        let (what, printed) = (what?, printed?);
        let (tolerance, case, disputed) = (tail.tolerance.take(), tail.case, tail.disputed);
        Some(Reconcile { what, printed, tolerance, case, disputed, clauses: tail.clauses() })
    }

    /// `50%..150%`, `120%..`, `..40%`, or one figure.
    fn printed(&mut self, pair: Pair<'t, Rule>) -> Option<Printed> {
        let (mut low, mut high, mut is_range) = (None, None, false);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expression => low = Some(self.expr(part)?),
                Rule::dots => is_range = true,
                Rule::at_most => (is_range, high) = (true, self.inner_expr(part)),
                _ => high = Some(self.expr(part)?),
            }
        }
        Some(if is_range { Printed::Range { low, high } } else { Printed::One(low?) })
    }

    fn claim(&mut self, pair: Pair<'t, Rule>) -> Option<Claim> {
        let (mut names, mut sentence, mut condition, mut holes) = (vec![], None, None, vec![]);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => names.push(self.place(&part)),
                Rule::string => sentence = Some(self.unquoted(&part)),
                Rule::expression => condition = Some(self.expr(part)?),
                Rule::hole => holes.push(self.hole(part)?),
                _ => {}
            }
        }
        let mut names = names.into_iter();
        let (name, case) = (names.next()?, names.next());
        Some(Claim { name, sentence: sentence?, condition: condition?, case, holes })
    }

    fn hole(&mut self, pair: Pair<'t, Rule>) -> Option<Hole> {
        let (mut name, mut value, mut format) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = Some(self.place(&part)),
                Rule::expression => value = Some(self.expr(part)?),
                Rule::format if part.as_str().starts_with('"') => format = Some(self.unquoted(&part)),
                Rule::format => format = Some(self.place(&part)),
                _ => {}
            }
        }
        Some(Hole { name: name?, value: value?, format })
    }

    fn outputs(&mut self, pair: Pair<'t, Rule>) -> Option<Vec<OutputLine>> {
        let mut outputs = vec![];
        for part in pair.into_inner().filter(|part| part.as_rule() == Rule::output_value) {
            let mut parts = part.into_inner();
            let what = self.expr(parts.next()?)?;
            outputs.push(OutputLine { what, label: parts.next().map(|label| self.unquoted(&label)) });
        }
        Some(outputs)
    }

    fn definition(&mut self, pair: Pair<'t, Rule>) -> Option<Definition> {
        let line = self.extent(&pair);
        let (mut also, mut own_verb, mut kind) = (false, None, None);
        let (mut name, mut index, mut unit) = (None, None, None);
        let mut rest = Rest::default();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_also => also = true,
                Rule::verb => own_verb = verb(part.as_str()),
                Rule::series => kind = series(part.as_str()),
                Rule::name => name = Some(self.place(&part)),
                Rule::name_index => index = self.inner(part, Rule::dotted),
                Rule::unit_pin => unit = self.pinned(part),
                Rule::equals => {}
                _ => self.rest_of_value(&mut rest, part)?,
            }
        }
        let name: Span = name?;
        if !also && own_verb.is_none() && kind.is_none() {
            self.no_verb(name, line);
        }
        self.only(&rest.tail, OF_VALUE, "a definition");
        let (value, clauses) = (rest.value?, rest.tail.clauses());
        Some(Definition { also, verb: own_verb, series: kind, name, index, unit, value, clauses })
    }

    fn no_verb(&mut self, name: Span, line: Span) {
        let text = line.of(self.text);
        self.problems.push(SyntaxError::Expected {
            expected: "`given`, `assume` or `derive`".into(),
            found: "a line begins with a verb or a kind of series".into(),
            span: name,
            help: Some(format!("write `derive {}` if it is a formula", super::expected::shortened(text))),
        });
    }

    /// The unit behind `:`.
    pub fn pinned(&self, pair: Pair<'t, Rule>) -> Option<Span> {
        pair.into_inner().next().map(|unit| self.place(&unit))
    }

    /// The expression inside a pair.
    pub fn inner_expr(&mut self, pair: Pair<'t, Rule>) -> Option<Expr> {
        let inner =
            pair.into_inner().find(|part| matches!(part.as_rule(), Rule::expression | Rule::literal | Rule::bound))?;
        self.expr(inner)
    }

    /// Takes a part of `VALUE [interpolation] [clauses]`.
    pub fn rest_of_value(&mut self, rest: &mut Rest, part: Pair<'t, Rule>) -> Option<()> {
        match part.as_rule() {
            Rule::expression => rest.value = Some(Value::Scalar(self.expr(part)?)),
            Rule::pieces => rest.value = Some(self.pieces(part.into_inner(), &mut rest.tail)?),
            Rule::interpolation => self.interpolate(rest, &part),
            _ => self.clause(&mut rest.tail, part)?,
        }
        Some(())
    }

    fn interpolate(&mut self, rest: &mut Rest, part: &Pair<'t, Rule>) {
        let word = interpolation(part.as_str());
        match &mut rest.value {
            // What stands before the word is the last anchor's, what stands behind it is the line's.
            Some(Value::Series { pieces, interpolation }) => {
                *interpolation = Some(word);
                let own = std::mem::take(&mut rest.tail);
                if let (false, Some(last)) = (own.is_empty(), pieces.last_mut()) {
                    self.only(&own, OF_VALUE, "a piece");
                    last.clauses = own.clauses();
                }
            }
            _ => self.problems.push(SyntaxError::Misplaced {
                what: format!("`{}`", part.as_str()),
                place: "behind a single value".into(),
                span: self.place(part),
                help: Some("write anchors: `2026E 26% | 2037E 17% linear`".into()),
            }),
        }
    }

    /// Pieces over periods; the clauses of the last one go to the line.
    fn pieces(&mut self, parts: Pairs<'t, Rule>, line: &mut Tail) -> Option<Value> {
        let mut pieces = vec![];
        let mut parts = parts.peekable();
        while let Some(part) = parts.next() {
            let mut tail = Tail::default();
            let (mut periods, mut value) = (None, None);
            for inner in part.into_inner() {
                match inner.as_rule() {
                    Rule::periods => periods = Some(self.periods(inner)?),
                    Rule::expression => value = Some(self.expr(inner)?),
                    _ => self.clause(&mut tail, inner)?,
                }
            }
            let clauses = match parts.peek() {
                Some(_) => {
                    self.only(&tail, OF_VALUE, "a piece");
                    tail.clauses()
                }
                None => {
                    *line = tail;
                    Default::default()
                }
            };
            pieces.push(Piece { periods: periods?, value: value?, clauses });
        }
        Some(Value::Series { pieces, interpolation: None })
    }

    fn periods(&mut self, pair: Pair<'t, Rule>) -> Option<Periods> {
        let (mut named, mut open) = (vec![], false);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::period => named.push(self.place(&part)),
                _ => open = true,
            }
        }
        Some(match (named.as_slice(), open) {
            ([from, to], _) => Periods::Range(*from, *to),
            ([from], true) => Periods::From(*from),
            _ => Periods::One(*named.first()?),
        })
    }
}

/// What stands behind `=`.
#[derive(Default)]
pub(super) struct Rest {
    pub value: Option<Value>,
    pub tail: Tail,
}

/// The verb a word is.
pub(super) fn verb(word: &str) -> Option<Verb> {
    match word {
        "given" => Some(Verb::Given),
        "assume" => Some(Verb::Assume),
        "derive" => Some(Verb::Derive),
        _ => None,
    }
}

/// The kind of series a word is.
pub(super) fn series(word: &str) -> Option<SeriesKind> {
    match word {
        "flow" => Some(SeriesKind::Flow),
        "stock" => Some(SeriesKind::Stock),
        "ratio" => Some(SeriesKind::Ratio),
        "rate" => Some(SeriesKind::Rate),
        "price" => Some(SeriesKind::Price),
        _ => None,
    }
}
