//! A definition of a block to its plain form: windows, roles, provenance.

use std::sync::Arc;

use crate::calendar::Frequency;
use crate::model::{Provenance, Role, Window};
use crate::syntax::ast::{self, Clauses, Definition, Expr, Periods, Value};
use crate::text::SourceId;

use super::super::Resolver;
use super::super::clause::is_literal;
use super::super::error::ResolveError;
use super::super::speech::{Head, Held, Part, Road, Speech, Spoken};
use super::super::symbols::{Content, Line, Owner, Piece, SpreadDef, Written};

impl<'a> Resolver<'a> {
    pub(super) fn gather_definition(&mut self, definition: &Definition, source: SourceId, owner: Owner, head: &Head) {
        let index = match definition.index {
            Some(span) => match self.entity_named(source, span, None) {
                Some(entity) => Some(entity),
                None => return,
            },
            None => None,
        };
        let line = self.line(definition, source, owner, (head, Road::Line));
        let key = self.key(owner, source, self.text(source, definition.name), index);
        self.gathered.add(key, line, definition.also);
    }

    /// The plain form of a definition.
    pub(in super::super) fn line(
        &mut self,
        definition: &Definition,
        source: SourceId,
        owner: Owner,
        (head, road): (&Head, Road),
    ) -> Line {
        let before = self.problems.len();
        let own = self.own(&definition.clauses, source);
        let unit = definition.unit.and_then(|span| self.unit(source, span));
        let mut line = Line {
            owner,
            series: definition.series,
            pinned: unit.as_ref().and(definition.unit).map(|span| span.at(source)),
            unit,
            frequency: None,
            pieces: Vec::new(),
            interpolation: None,
            place: definition.name.at(source),
        };
        let (values, parts) = match &definition.value {
            Value::Scalar(expr) => (vec![(expr, None, None)], vec![self.single(&line, expr, own)]),
            Value::Series { pieces, interpolation } => {
                line.interpolation = *interpolation;
                if let Some(last) = pieces.last() {
                    self.clauses_once(source, &last.clauses, &definition.clauses);
                }
                self.pieces(source, &mut line, pieces, own)
            }
        };
        let is_series = matches!(definition.value, Value::Series { .. });
        let (verb, name) = (definition.verb, self.text(source, definition.name));
        let speech = Speech { verb, road, is_series, name, source, head, parts: &parts };
        // A source without a name is reported already.
        let mut silent = self.problems.len() > before;
        let spoken = self.speak(&speech, &mut silent);
        for ((expr, ..), (role, said)) in values.iter().zip(&spoken) {
            if *role == Role::Derived && said.citation.is_none() && said.reason.is_none() {
                self.unnamed(expr, source);
            }
        }
        line.pieces = values.into_iter().zip(spoken).map(|(value, spoken)| piece(source, value, spoken)).collect();
        self.last_range(definition, &mut line, source);
        line
    }

    /// One value of a line without pieces; a series holds it in all its periods.
    fn single(&self, line: &Line, expr: &Expr, own: Arc<Provenance>) -> Part {
        let held = if line.series.is_some() { self.held(None, None) } else { Held::Timeless };
        Part { held, period: None, own, literal: is_literal(expr), span: expr.span }
    }

    /// The pieces that hold somewhere, and what could speak for each; behind the last one stands what the line says.
    fn pieces<'p>(
        &mut self,
        source: SourceId,
        line: &mut Line,
        pieces: &'p [ast::Piece],
        said: Arc<Provenance>,
    ) -> (Vec<Value1<'p>>, Vec<Part>) {
        let (mut values, mut parts) = (Vec::with_capacity(pieces.len()), Vec::with_capacity(pieces.len()));
        for (at, piece) in pieces.iter().enumerate() {
            let Some((frequency, window)) = self.window(source, &piece.periods) else { continue };
            if !self.same_frequency(source, line, frequency, &piece.periods) {
                continue;
            }
            let own = match at + 1 == pieces.len() {
                true => self.said_in(&piece.clauses, source, &said),
                false => self.own(&piece.clauses, source),
            };
            let (held, period) = (self.held(Some(frequency), Some(window)), self.period_name(frequency, window.first));
            parts.push(Part { held, period, own, literal: is_literal(&piece.value), span: piece.value.span });
            values.push((&piece.value, Some(window), self.range(&piece.clauses, source, None)));
        }
        (values, parts)
    }

    /// The range behind the last piece is about that piece, unlike what says where the numbers are from. Behind the word
    /// that fills the gaps, it would be about all of them.
    fn last_range(&mut self, definition: &Definition, line: &mut Line, source: SourceId) {
        let Some(range) = self.range(&definition.clauses, source, None) else { return };
        // Two ranges of one number are said twice already.
        let is_first = line.pieces.last().is_some_and(|last| last.range.is_none());
        if is_first && line.interpolation.is_some() && line.pieces.len() > 1 {
            let span = range.spread.span;
            let word = line.interpolation.map_or("linear", ast::Interpolation::word);
            self.report(
                source,
                &ResolveError::SharedRange {
                    message: format!("this range stands behind `{word}`, and each anchor has its own"),
                    help: format!(
                        "write it before `{word}`, behind the number that it is about; an anchor without one stays"
                    ),
                    span,
                },
            );
        }
        if let Some(last) = line.pieces.last_mut() {
            last.range = last.range.take().or(Some(range));
        }
    }

    /// Notes the frequency of a line's first piece, and holds the others against it.
    pub(super) fn same_frequency(
        &mut self,
        source: SourceId,
        line: &mut Line,
        frequency: Frequency,
        periods: &Periods,
    ) -> bool {
        let first = *line.frequency.get_or_insert(frequency);
        if first != frequency {
            let message = format!("this line mixes {} and {} periods", first.word(), frequency.word());
            let help = "let a line keep to one calendar; `annual(x)` rolls a finer series up".to_string();
            let span = match periods {
                Periods::One(span) | Periods::From(span) => *span,
                Periods::Range(from, to) => from.to(*to),
            };
            self.report(source, &ResolveError::Periods { message, help, span });
        }
        first == frequency
    }

    /// The range of a piece, its bare numbers in the unit of a table's row.
    pub(super) fn range(
        &self,
        clauses: &Clauses,
        source: SourceId,
        cell: Option<&crate::units::Unit>,
    ) -> Option<Arc<SpreadDef>> {
        let spread = clauses.0.as_ref()?.range.as_ref()?;
        let file = &self.loaded.sources.get(source).text;
        Some(Arc::new(SpreadDef { cell: cell.cloned(), ..SpreadDef::new(spread, source, file) }))
    }
}

/// A value as written, where it holds, and how far it may be off.
type Value1<'p> = (&'p Expr, Option<Window>, Option<Arc<SpreadDef>>);

fn piece(source: SourceId, (expr, window, range): Value1, (role, provenance): Spoken) -> Piece {
    let written = Written { expr: expr.clone(), source };
    let content = Content::Written { written, cell: None };
    Piece { window, content, role, provenance, range, place: expr.span.at(source) }
}
