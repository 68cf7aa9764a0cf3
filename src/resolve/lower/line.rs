//! A definition of a block to its plain form: windows, roles, provenance.

use std::sync::Arc;

use crate::calendar::Frequency;
use crate::model::{Provenance, Role, Window};
use crate::syntax::ast::{self, Clauses, Definition, Expr, Periods, Value};
use crate::text::{SourceId, Span};

use super::super::Resolver;
use super::super::clause::{Asked, is_literal};
use super::super::error::ResolveError;
use super::super::symbols::{Content, Line, Owner, Piece, SpreadDef, Written};

impl<'a> Resolver<'a> {
    pub(super) fn gather_definition(
        &mut self,
        definition: &Definition,
        source: SourceId,
        owner: Owner,
        block: &Arc<Provenance>,
    ) {
        let index = match definition.index {
            Some(span) => match self.entity_named(source, span, None) {
                Some(entity) => Some(entity),
                None => return,
            },
            None => None,
        };
        let line = self.line(definition, source, owner, block);
        let key = self.key(owner, source, self.text(source, definition.name), index);
        self.gathered.add(key, line, definition.also);
    }

    /// The plain form of a definition.
    pub(in super::super) fn line(
        &mut self,
        definition: &Definition,
        source: SourceId,
        owner: Owner,
        block: &Arc<Provenance>,
    ) -> Line {
        let said = self.said_in(&definition.clauses, source, block);
        let unit = definition.unit.and_then(|span| self.unit(source, span));
        let mut line = Line {
            owner,
            series: definition.series,
            pinned: unit.as_ref().and(definition.unit).map(|span| span.at(source)),
            unit,
            frequency: None,
            pieces: Vec::with_capacity(match &definition.value {
                Value::Scalar(_) => 1,
                Value::Series { pieces, .. } => pieces.len(),
            }),
            interpolation: None,
            place: definition.name.at(source),
        };
        let own = self.said_in(&definition.clauses, source, &self.nobody.clone());
        let is_series = matches!(definition.value, Value::Series { .. });
        let (verb, name) = (definition.verb, definition.name);
        let mut writer = Writer { source, verb, name, is_series, own, silent: false };
        match &definition.value {
            Value::Scalar(expr) => line.pieces.push(self.piece(&mut writer, expr, None, &said)),
            Value::Series { pieces, interpolation } => {
                line.interpolation = *interpolation;
                self.pieces(&mut writer, &mut line, pieces, &said);
            }
        }
        self.last_range(definition, &mut line, source);
        line
    }

    fn pieces(&mut self, writer: &mut Writer, line: &mut Line, pieces: &[ast::Piece], said: &Arc<Provenance>) {
        for piece in pieces {
            let Some((frequency, window)) = self.window(writer.source, &piece.periods) else { continue };
            if !self.same_frequency(writer.source, line, frequency, &piece.periods) {
                continue;
            }
            let said = self.said_in(&piece.clauses, writer.source, said);
            let own = self.said_in(&piece.clauses, writer.source, &writer.own.clone());
            let of_line = std::mem::replace(&mut writer.own, own);
            let lowered = self.piece(writer, &piece.value, Some(window), &said);
            writer.own = of_line;
            line.pieces.push(Piece { range: self.range(&piece.clauses, writer.source, None), ..lowered });
        }
    }

    /// The range behind the last piece is about that piece, unlike what says where the numbers are from. Behind the word
    /// that fills the gaps, it would be about all of them.
    fn last_range(&mut self, definition: &Definition, line: &mut Line, source: SourceId) {
        let Some(range) = self.range(&definition.clauses, source, None) else { return };
        if line.interpolation.is_some() && line.pieces.len() > 1 {
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

    fn piece(&mut self, writer: &mut Writer, expr: &Expr, window: Option<Window>, said: &Arc<Provenance>) -> Piece {
        let literal = is_literal(expr);
        let asked = Asked {
            verb: writer.verb.filter(|_| literal || !writer.is_series),
            literal,
            name: self.text(writer.source, writer.name),
            source: writer.source,
            span: expr.span,
            silent: writer.silent,
        };
        let before = self.problems.len();
        let role = self.role(asked, said);
        writer.silent |= self.problems.len() > before;
        let written = Written { expr: expr.clone(), source: writer.source };
        let provenance = if role == Role::Derived { writer.own.clone() } else { said.clone() };
        Piece {
            window,
            content: Content::Written { written, cell: None },
            role,
            provenance,
            range: None,
            place: expr.span.at(writer.source),
        }
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

/// The line whose pieces are lowered.
struct Writer {
    source: SourceId,
    verb: Option<ast::Verb>,
    name: Span,
    /// Whether it has pieces; a formula among given or assumed pieces is derived.
    is_series: bool,
    /// What the line says itself; a formula does not inherit its block's source.
    own: Arc<Provenance>,
    /// Whether something is reported already.
    silent: bool,
}
