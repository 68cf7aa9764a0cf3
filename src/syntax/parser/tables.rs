//! Tables: their head line, their rows and cells.

use pest::iterators::Pair;

use super::clauses::{OF_BLOCK, OF_FIGURE, OF_VALUE, Tail};
use super::lines::{series, verb};
use super::{Reader, Rule};
use crate::syntax::ast::{Cell, ItemKind, RowHead, RowKind, Table, TableHead, TableRow, TableRowHead};
use crate::syntax::error::SyntaxError;
use crate::syntax::layout::{RawBlock, RawItem, RawLine};
use crate::syntax::words::nearest;
use crate::text::Span;

impl<'t> Reader<'t> {
    /// A table: its first line says what the columns are.
    pub fn table(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let pair = self.statement(Rule::table_head, raw.head);
        let head = pair.and_then(|pair| self.table_head(pair));
        let Some(block) = &raw.block else {
            if head.is_some() {
                self.missing_block(raw);
            }
            return None;
        };
        let columns = self.columns(block);
        let by_rows = matches!(columns, Some(TableHead::Attributes { .. }));
        let lines = block.lines.iter().skip(1);
        let rows = lines.filter_map(|line| self.row(*line, by_rows)).collect();
        let table = head?;
        Some(ItemKind::Table(Table { head: columns?, rows, ..table }))
    }

    fn table_head(&mut self, pair: Pair<'t, Rule>) -> Option<Table> {
        let (mut target, mut unit, mut tail) = (None, None, Tail::default());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::dotted => target = Some(self.place(&part)),
                Rule::unit_spec => unit = Some(self.place(&part)),
                _ => self.clause(&mut tail, part)?,
            }
        }
        self.only(&tail, OF_BLOCK, "a table");
        let head = TableHead::Columns { span: Span::default(), names: vec![] };
        Some(Table { target, unit, clauses: tail.clauses(), head, rows: vec![] })
    }

    /// The line of a table that says what its columns are.
    fn columns(&mut self, block: &RawBlock) -> Option<TableHead> {
        let line = *block.lines.first().or_else(|| {
            self.no_columns(block.span);
            None
        })?;
        let text = line.span.of(self.text);
        if text.starts_with("rows") {
            let pair = self.statement(Rule::rows_line, line)?;
            let heads = pair.into_inner().filter(|part| part.as_rule() == Rule::row_head);
            let columns = heads.map(|head| self.row_head(head)).collect::<Option<Vec<_>>>()?;
            return Some(TableHead::Attributes { span: line.span, columns });
        }
        if !text.starts_with("columns") {
            self.no_columns(line.span);
            return None;
        }
        let (mut cases, mut names) = (false, vec![]);
        for part in self.statement(Rule::columns_line, line)?.into_inner() {
            match part.as_rule() {
                Rule::kw_case => cases = true,
                Rule::column => names.push(self.place(&part)),
                _ => {}
            }
        }
        let span = line.span;
        Some(if cases { TableHead::Cases { span, names } } else { TableHead::Columns { span, names } })
    }

    fn no_columns(&mut self, span: Span) {
        let first = span.of(self.text).split_whitespace().next().unwrap_or("");
        let meant = nearest(first, ["columns", "rows"]).map(|near| format!("did you mean `{near}`?"));
        self.problems.push(SyntaxError::Expected {
            expected: "`columns` or `rows`".into(),
            found: "a table's first line says what its columns are".into(),
            span,
            help: meant.or(Some(
                "write `columns A | B` for entities or periods, `rows given a: USD | given b: GB` for attributes"
                    .into(),
            )),
        });
    }

    fn row_head(&mut self, pair: Pair<'t, Rule>) -> Option<RowHead> {
        let span = self.extent(&pair);
        let (mut also, mut own_verb, mut kind, mut unit) = (false, None, None, None);
        let (mut name, mut index, mut what) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_also => also = true,
                Rule::verb => own_verb = verb(part.as_str()),
                Rule::series => kind = series(part.as_str()),
                Rule::dotted => name = Some(self.place(&part)),
                Rule::name_index => index = self.inner(part, Rule::dotted),
                Rule::unit_pin => unit = self.pinned(part),
                Rule::expression => what = Some(self.expr(part)?),
                _ => {}
            }
        }
        let what = match what {
            Some(what) => RowKind::Reconcile { what },
            None => RowKind::Define { verb: own_verb, series: kind, name: name?, index },
        };
        Some(RowHead { span, also, what, unit })
    }

    /// An entity by its label in quotes.
    fn row_label(&mut self, pair: Pair<'t, Rule>) -> Option<RowHead> {
        let span = self.inner(pair, Rule::string)?;
        // The quotes belong to it: they tell a label from a name.
        let name = Span { start: span.start - 1, end: span.end + 1 };
        let what = RowKind::Define { verb: None, series: None, name, index: None };
        Some(RowHead { span: name, also: false, what, unit: None })
    }

    fn row(&mut self, line: RawLine, by_rows: bool) -> Option<TableRow> {
        let row = self.by_shape(if by_rows { b'r' } else { b'c' }, line, |reader| reader.fresh_row(line, by_rows));
        if row.is_none() {
            self.unread(line.span);
        }
        row
    }

    fn fresh_row(&mut self, line: RawLine, by_rows: bool) -> Option<TableRow> {
        let pair = self.statement(Rule::row_line, line)?;
        let (mut head, mut sign, mut cells, mut tail) = (None, None, vec![], Tail::default());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::row_head => head = Some(self.row_head(part)?),
                Rule::row_label => head = Some(self.row_label(part)?),
                Rule::row_sign => sign = Some(self.place(&part)),
                Rule::cell => cells.push(self.cell(part)?),
                _ => self.clause(&mut tail, part)?,
            }
        }
        let head = head?;
        let compares = matches!(head.what, RowKind::Reconcile { .. });
        self.sign_fits(compares, sign?);
        self.only(&tail, if compares { OF_FIGURE } else { OF_VALUE }, "a row");
        let head = self.row_fits(head, by_rows)?;
        let (tolerance, case, disputed) = (tail.tolerance.take(), tail.case, tail.disputed);
        Some(TableRow { span: line.span, head, cells, tolerance, case, disputed, clauses: tail.clauses() })
    }

    fn cell(&mut self, pair: Pair<'t, Rule>) -> Option<Cell> {
        let inner = pair.into_inner().next()?;
        let span = self.extent(&inner);
        let value = if inner.as_rule() == Rule::literal { Some(self.expr(inner)?) } else { None };
        Some(Cell { span, value })
    }

    /// `=` defines and `~` compares.
    fn sign_fits(&mut self, compares: bool, sign: Span) {
        let wanted = if compares { "~" } else { "=" };
        if sign.of(self.text) != wanted {
            self.problems.push(SyntaxError::Expected {
                expected: format!("`{wanted}`"),
                found: format!("`{}` stands here", sign.of(self.text)),
                span: sign,
                help: Some("a row that defines has `=`, a row that reconciles has `~`".into()),
            });
        }
    }

    /// Rows with a verb belong under `columns`, rows of entities under `rows`.
    fn row_fits(&mut self, head: RowHead, by_rows: bool) -> Option<TableRowHead> {
        let bare = matches!(
            &head,
            RowHead {
                also: false,
                what: RowKind::Define { verb: None, series: None, index: None, .. },
                unit: None,
                ..
            }
        );
        match (by_rows, bare) {
            (true, true) => Some(TableRowHead::Entity(head.span)),
            (false, false) => Some(TableRowHead::Row(head)),
            (true, false) => self.row_expected("the name of an entity", head.span),
            (false, true) => self.row_expected("`given`, `assume`, `also given` or `reconcile`", head.span),
        }
    }

    fn row_expected(&mut self, expected: &str, span: Span) -> Option<TableRowHead> {
        self.problems.push(SyntaxError::Expected {
            expected: expected.into(),
            found: "the row begins here".into(),
            span,
            help: Some("under `columns` a row begins with its verb; under `rows` the columns have the verbs".into()),
        });
        None
    }
}
