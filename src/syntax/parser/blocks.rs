//! Lines of the blocks of models, cases, reports and data.

use pest::iterators::Pair;

use super::clauses::{OF_BLOCK, OF_CHANGE, Tail};
use super::lines::{Rest, series, verb};
use super::{Reader, Rule, expression};
use crate::syntax::ast::{Case, Change, Data, DataColumn, DataKey, Expr, Field, ItemKind, Override, Report, Verb};
use crate::syntax::layout::{RawBlock, RawItem, RawLine};
use crate::text::Span;

impl<'t> Reader<'t> {
    /// `currency CNY, as_of 2026-04-26`
    pub fn fields(&mut self, block: &RawBlock) -> Vec<Field> {
        let mut fields = vec![];
        for line in &block.lines {
            let Some(pair) = self.statement(Rule::model_line, *line) else {
                self.unread(line.span);
                continue;
            };
            for field in pair.into_inner().filter(|part| part.as_rule() == Rule::field) {
                let mut parts = field.into_inner();
                if let (Some(name), Some(value)) = (parts.next(), parts.next()) {
                    let place = self.place(&value);
                    let end = place.start + value.as_str().trim_end().len() as u32;
                    fields.push(Field { name: self.place(&name), value: Span { start: place.start, end } });
                }
            }
        }
        fields
    }

    /// A case and its overrides.
    pub fn case(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let pair = self.statement(Rule::case_head, raw.head);
        let head = pair.and_then(|pair| self.case_head(pair));
        let mut overrides = vec![];
        for line in raw.block.iter().flat_map(|block| &block.lines) {
            if self.problems.is_hopeless() {
                break;
            }
            overrides.push(self.case_line(*line));
        }
        Some(ItemKind::Case(Case { overrides, ..head? }))
    }

    fn case_head(&mut self, pair: Pair<'t, Rule>) -> Option<Case> {
        let (mut names, mut about, mut label, mut probability) = (vec![], vec![], None, None);
        let mut tail = Tail::default();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => names.push(self.place(&part)),
                Rule::string => label = Some(self.unquoted(&part)),
                Rule::dotted => about.push(self.place(&part)),
                Rule::expression => probability = Some(self.expr(part)?),
                _ => self.clause(&mut tail, part)?,
            }
        }
        self.only(&tail, OF_BLOCK, "a case");
        let mut names = names.into_iter();
        let (name, extends) = (names.next()?, names.next());
        Some(Case { name, label, extends, about, probability, clauses: tail.clauses(), overrides: vec![] })
    }

    /// A line of a case.
    pub fn case_line(&mut self, line: RawLine) -> Override {
        let read = self.by_shape(b'o', line, |reader| {
            let pair = reader.statement(Rule::case_line, line)?;
            reader.change(pair, line.span)
        });
        read.unwrap_or_else(|| self.broken_override(line.span))
    }

    /// `path=value` of the command line.
    pub fn assignment(&mut self, line: RawLine) -> Option<Override> {
        let pair = self.statement(Rule::assignment_line, line)?;
        self.change(pair, line.span)
    }

    fn broken_override(&mut self, span: Span) -> Override {
        let path = expression::nothing(span);
        Override { span, path, change: Change::Broken, over: false, clauses: Default::default() }
    }

    fn change(&mut self, pair: Pair<'t, Rule>, span: Span) -> Option<Override> {
        let (mut path, mut change, mut over, mut rest) = (None, None, false, Rest::default());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::path => path = Some(self.expr(part)?),
                Rule::set => change = self.set(part, &mut rest)?,
                Rule::plus => change = Some(Change::Plus(self.inner_expr(part)?)),
                Rule::minus => change = Some(Change::Minus(self.inner_expr(part)?)),
                Rule::times => change = Some(Change::Times(self.inner_expr(part)?)),
                Rule::kw_over => over = true,
                _ => self.clause(&mut rest.tail, part)?,
            }
        }
        self.only(&rest.tail, OF_CHANGE, "a line of a case");
        let change = change.or(rest.value.map(Change::Set))?;
        Some(Override { span, path: path?, change, over, clauses: rest.tail.clauses() })
    }

    /// What stands behind `=`; a value is left in `rest`.
    fn set(&mut self, pair: Pair<'t, Rule>, rest: &mut Rest) -> Option<Option<Change>> {
        let mut change = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::low => change = Some(Change::Low),
                Rule::high => change = Some(Change::High),
                Rule::candidate => change = Some(Change::Candidate(self.from(part.into_inner().next()?)?)),
                _ => self.rest_of_value(rest, part)?,
            }
        }
        Some(change)
    }

    /// A report and what its template may use.
    pub fn report(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let head = self.statement(Rule::report_head, raw.head).and_then(|pair| self.report_head(pair));
        let bindings = raw.block.as_ref().map(|block| self.bindings(block)).unwrap_or_default();
        Some(ItemKind::Report(Report { bindings, ..head? }))
    }

    fn report_head(&self, pair: Pair<'t, Rule>) -> Option<Report> {
        let (mut names, mut texts, mut title, mut after) = (vec![], vec![], None, false);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => names.push(self.place(&part)),
                Rule::kw_template => after = true,
                Rule::string if after => texts.push(self.unquoted(&part)),
                Rule::string => title = Some(self.unquoted(&part)),
                _ => {}
            }
        }
        let (mut names, mut texts) = (names.into_iter(), texts.into_iter());
        let (name, case) = (names.next()?, names.next());
        Some(Report { name, title, template: texts.next()?, to: texts.next()?, case, bindings: vec![] })
    }

    fn bindings(&mut self, block: &RawBlock) -> Vec<(Span, Expr)> {
        let mut bindings = vec![];
        for line in &block.lines {
            let Some(pair) = self.statement(Rule::report_line, *line) else { continue };
            for part in pair.into_inner().filter(|part| part.as_rule() == Rule::binding) {
                if let (Some(name), Some(value)) = (self.inner(part.clone(), Rule::name), self.inner_expr(part)) {
                    bindings.push((name, value));
                }
            }
        }
        bindings
    }

    /// A data item and what its columns are.
    pub fn data(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let pair = self.statement(Rule::data_head, raw.head);
        let head = pair.and_then(|pair| self.data_head(pair));
        let Some(block) = &raw.block else {
            if head.is_some() {
                self.missing_block(raw);
            }
            return None;
        };
        let (mut columns, mut ignored, mut skipped, mut broken) = (vec![], vec![], vec![], false);
        for line in &block.lines {
            let read = self.statement(Rule::data_line, *line).and_then(|pair| pair.into_inner().next());
            let Some(pair) = read else {
                self.unread(line.span);
                broken = true;
                continue;
            };
            let list = match pair.as_rule() {
                Rule::ignore_line => &mut ignored,
                Rule::skip_line => &mut skipped,
                _ => {
                    match self.data_column(pair, line.span) {
                        Some(column) => columns.push(column),
                        None => {
                            self.unread(line.span);
                            broken = true;
                        }
                    }
                    continue;
                }
            };
            let texts = pair.into_inner().filter(|part| part.as_rule() == Rule::string);
            list.extend(texts.map(|text| self.unquoted(&text)));
        }
        Some(ItemKind::Data(Data { columns, ignored, skipped, broken, ..head? }))
    }

    fn data_head(&mut self, pair: Pair<'t, Rule>) -> Option<Data> {
        let (mut name, mut format, mut target, mut by_period) = (None, None, None, false);
        let (mut path, mut rows, mut decimal, mut key, mut tail) = (None, None, None, None, Tail::default());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = Some(self.place(&part)),
                Rule::data_format => format = Some(self.place(&part)),
                Rule::dotted => target = Some(self.place(&part)),
                Rule::kw_period => by_period = true,
                Rule::decimal => decimal = self.inner(part, Rule::string),
                Rule::string if path.is_none() => path = Some(self.unquoted(&part)),
                Rule::string if target.is_none() => rows = Some(self.unquoted(&part)),
                Rule::string => key = Some(self.unquoted(&part)),
                _ => self.clause(&mut tail, part)?,
            }
        }
        self.only(&tail, OF_BLOCK, "a data item");
        let key = if by_period { DataKey::Period(key?) } else { DataKey::Entity(key?) };
        let (name, format, path, target) = (name?, format?, path?, target?);
        let clauses = tail.clauses();
        let (columns, ignored, skipped) = (vec![], vec![], vec![]);
        let broken = false;
        Some(Data { name, format, path, rows, decimal, target, key, clauses, columns, ignored, skipped, broken })
    }

    fn data_column(&mut self, pair: Pair<'t, Rule>, span: Span) -> Option<DataColumn> {
        let (mut also, mut optional, mut own_verb, mut kind) = (false, false, Verb::Given, None);
        let (mut name, mut index, mut unit, mut column, mut source_column) = (None, None, None, None, None);
        let mut tail = Tail::default();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_also => also = true,
                Rule::kw_optional => optional = true,
                Rule::verb => own_verb = verb(part.as_str())?,
                Rule::series => kind = series(part.as_str()),
                Rule::name => name = Some(self.place(&part)),
                Rule::name_index => index = self.inner(part, Rule::dotted),
                Rule::unit_pin => unit = self.pinned(part),
                Rule::string => column = Some(self.unquoted(&part)),
                Rule::equals => {}
                Rule::source_column => source_column = self.inner(part, Rule::string),
                _ => self.clause(&mut tail, part)?,
            }
        }
        self.only(&tail, OF_BLOCK, "a column");
        let (name, column, clauses) = (name?, column?, tail.clauses());
        let (verb, series) = (own_verb, kind);
        Some(DataColumn { span, also, optional, verb, series, name, index, unit, column, source_column, clauses })
    }
}
