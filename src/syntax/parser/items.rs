//! Items: which one a head begins, and what the heads say.

use pest::iterators::Pair;

use super::clauses::{Clause, OF_BLOCK, OF_MODEL, OF_VALUE, Tail};
use super::lines::Rest;
use super::{Reader, Rule, expected, habits};
use crate::syntax::ast::{
    Calendar, Clauses, Entity, Expr, Function, Fx, FxBasis, Item, ItemKind, Kind, Line, LineKind, ModelItem, Parameter,
    SourceItem, UnitItem, Use, UseTarget,
};
use crate::syntax::error::SyntaxError;
use crate::syntax::layout::{RawBlock, RawItem};
use crate::syntax::words::{ITEM_WORDS, STUDY_WORDS, item_word, nearest};
use crate::text::Span;

impl<'t> Reader<'t> {
    /// Reads an item by its first word.
    pub fn item_kind(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let word = item_word(raw.head.span.of(self.text));
        match word {
            "scn" => self.no_block(raw, |reader| reader.version_item(raw)),
            "use" => self.no_block(raw, |reader| reader.use_item(raw)),
            "calendar" => self.no_block(raw, |reader| reader.calendar(raw)),
            "source" => self.no_block(raw, |reader| reader.source(raw)),
            "fx" => self.no_block(raw, |reader| reader.fx(raw)),
            "unit" => self.no_block(raw, |reader| reader.unit(raw)),
            "model" => self.model(raw),
            "kind" => self.kind(raw),
            "fn" | "over" => self.function(raw),
            "table" => self.table(raw),
            "data" => self.data(raw),
            "case" => self.case(raw),
            "report" => self.report(raw),
            _ if STUDY_WORDS.contains(&word) => self.study(raw, word),
            "in" => {
                self.misplaced_inputs(raw.span);
                None
            }
            _ if ITEM_WORDS.contains(&word) => self.no_block(raw, |reader| reader.top_line(raw)),
            _ => self.entity(raw, word),
        }
    }

    /// Reports a file that does not begin with `scn 1`.
    pub fn version(&mut self, items: &[Item]) {
        let Some(first) = items.first() else { return };
        let found = match first.kind {
            ItemKind::Version { number } if number.of(self.text) == "1" => None,
            ItemKind::Version { number } => Some((number, "not a version this program reads")),
            ItemKind::Line(LineKind::Broken) => None,
            _ => Some((Span { start: first.span.start, end: first.span.start + 1 }, "the first item stands here")),
        };
        if let Some((span, found)) = found {
            self.problems.push(SyntaxError::Version { span, found: found.into() });
        }
        for item in items.iter().skip(1) {
            if let ItemKind::Version { .. } = item.kind {
                let found = "not the first line".to_string();
                self.problems.push(SyntaxError::Version { span: item.span, found });
            }
        }
    }

    fn no_block(&mut self, raw: &RawItem, read: impl FnOnce(&mut Self) -> Option<ItemKind>) -> Option<ItemKind> {
        let kind = read(self);
        if let (Some(_), Some(block)) = (&kind, &raw.block) {
            self.problems.push(SyntaxError::AfterItem { span: block.span });
        }
        kind
    }

    /// Says that an item of this kind has a block.
    pub fn missing_block(&mut self, raw: &RawItem) {
        let end = raw.head.span.end;
        self.problems.push(SyntaxError::Expected {
            expected: "`{`".into(),
            found: "the block is missing".into(),
            span: Span { start: end.saturating_sub(1), end },
            help: Some("open the item's block on this line: ` {`".into()),
        });
    }

    fn version_item(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let pair = self.statement(Rule::version_head, raw.head)?;
        Some(ItemKind::Version { number: self.inner(pair, Rule::integer)? })
    }

    fn use_item(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let pair = self.statement(Rule::use_head, raw.head)?;
        let (mut what, mut alias) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::string => what = Some(UseTarget::File(self.unquoted(&part))),
                Rule::dotted => what = Some(UseTarget::Library(self.place(&part))),
                Rule::name => alias = Some(self.place(&part)),
                _ => {}
            }
        }
        Some(ItemKind::Use(Use { what: what?, alias }))
    }

    fn model(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let head = self.statement(Rule::model_head, raw.head).and_then(|pair| {
            let clauses = self.head_clauses(pair.clone(), OF_MODEL, "a model")?;
            Some((self.named(pair)?, clauses))
        });
        let fields = raw.block.as_ref().map(|block| self.fields(block)).unwrap_or_default();
        let ((name, label), clauses) = head?;
        Some(ItemKind::Model(ModelItem { name, label, clauses, fields }))
    }

    /// The name and the text of a head.
    fn named(&self, pair: Pair<'t, Rule>) -> Option<(Span, Option<Span>)> {
        let label = self.inner(pair.clone(), Rule::string);
        Some((self.inner(pair, Rule::name)?, label))
    }

    fn calendar(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let pair = self.statement(Rule::calendar_head, raw.head)?;
        let (mut name, mut frequency, mut ranges, mut ending) = (None, None, vec![], None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => name = Some(self.place(&part)),
                Rule::frequency => frequency = Some(self.place(&part)),
                Rule::month => ending = Some(self.place(&part)),
                Rule::period_range => {
                    let mut ends = part.into_inner();
                    ranges.push((self.place(&ends.next()?), self.place(&ends.next()?)));
                }
                _ => {}
            }
        }
        Some(ItemKind::Calendar(Calendar { name: name?, frequency: frequency?, ranges, ending }))
    }

    fn source(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let pair = self.statement(Rule::source_head, raw.head)?;
        let (mut name, mut medium, mut texts) = (None, None, [None, None]);
        let (mut dated, mut accessed, mut stale_after) = (None, None, None);
        let mut said = vec![];
        for part in pair.into_inner() {
            self.once(&mut said, &part);
            match part.as_rule() {
                Rule::name => name = Some(self.place(&part)),
                Rule::medium => medium = Some(self.place(&part)),
                Rule::string => texts[usize::from(medium.is_some())] = Some(self.unquoted(&part)),
                Rule::dated => dated = self.inner(part, Rule::date),
                Rule::accessed => accessed = self.inner(part, Rule::date),
                Rule::stale => stale_after = self.inner(part, Rule::integer),
                _ => {}
            }
        }
        let [title, target] = texts;
        let (name, medium, target) = (name?, medium?, target?);
        Some(ItemKind::Source(SourceItem { name, title, medium, target, dated, accessed, stale_after }))
    }

    /// Reports a clause of a source that stands there already.
    fn once(&mut self, said: &mut Vec<(Rule, Span)>, part: &Pair<'t, Rule>) {
        let word = match part.as_rule() {
            Rule::dated => "dated",
            Rule::accessed => "accessed",
            Rule::stale => "stale after",
            _ => return,
        };
        let span = self.extent(part);
        match said.iter().find(|(rule, _)| *rule == part.as_rule()) {
            Some((_, before)) => self.problems.push(SyntaxError::ClauseTwice { word, span, before: *before }),
            None => said.push((part.as_rule(), span)),
        }
    }

    fn fx(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let pair = self.statement(Rule::fx_head, raw.head)?;
        let (mut currencies, mut basis, mut rest) = (vec![], FxBasis::Fixed, Rest::default());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::currency => currencies.push(self.place(&part)),
                Rule::fx_average => basis = FxBasis::Average,
                Rule::fx_closing => basis = FxBasis::Closing,
                Rule::fx_on => basis = FxBasis::On(self.inner(part, Rule::date)?),
                _ => self.rest_of_value(&mut rest, part)?,
            }
        }
        self.only(&rest.tail, OF_VALUE, "a rate");
        let (quote, base) = (currencies.pop()?, currencies.pop()?);
        Some(ItemKind::Fx(Fx { base, quote, basis, value: rest.value?, clauses: rest.tail.clauses() }))
    }

    fn unit(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let pair = self.statement(Rule::unit_head, raw.head)?;
        let (mut name, mut label, mut value) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::unit_name => name = Some(self.place(&part)),
                Rule::string => label = Some(self.unquoted(&part)),
                Rule::expression => value = Some(self.expr(part)?),
                _ => {}
            }
        }
        Some(ItemKind::Unit(UnitItem { name: name?, label, value }))
    }

    fn kind(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let pair = self.statement(Rule::kind_head, raw.head);
        let head = pair.and_then(|pair| {
            let also = self.inner(pair.clone(), Rule::kw_also).is_some();
            let (name, label) = self.named(pair.clone())?;
            Some((also, name, label, self.block_clauses(pair, "a kind")?))
        });
        let Some(block) = &raw.block else {
            if head.is_some() {
                self.missing_block(raw);
            }
            return None;
        };
        let lines = self.lines(block, true);
        let (also, name, label, clauses) = head?;
        Some(ItemKind::Kind(Kind { also, name, label, clauses, lines }))
    }

    fn lines(&mut self, block: &RawBlock, in_kind: bool) -> Vec<Line> {
        let mut lines = Vec::with_capacity(block.lines.len());
        for line in &block.lines {
            if self.problems.is_hopeless() {
                break;
            }
            lines.push(self.block_line(*line, in_kind));
        }
        lines
    }

    /// The clauses among a head's pairs.
    pub fn block_clauses(&mut self, pair: Pair<'t, Rule>, what: &str) -> Option<Clauses> {
        self.head_clauses(pair, OF_BLOCK, what)
    }

    fn head_clauses(&mut self, pair: Pair<'t, Rule>, taken: &[Clause], what: &str) -> Option<Clauses> {
        let mut tail = Tail::default();
        for part in pair.into_inner() {
            self.clause(&mut tail, part)?;
        }
        self.only(&tail, taken, what);
        Some(tail.clauses())
    }

    fn entity(&mut self, raw: &RawItem, word: &str) -> Option<ItemKind> {
        if !self.looks_like_entity(raw, word) {
            self.unknown_item(raw, word);
            return None;
        }
        let pair = self.statement(Rule::entity_head, raw.head);
        let head = pair.and_then(|pair| self.entity_head(pair));
        let lines = raw.block.as_ref().map(|block| self.lines(block, false)).unwrap_or_default();
        let entity = head?;
        if raw.block.is_none() && entity.like.is_none() {
            self.missing_block(raw);
        }
        Some(ItemKind::Entity(Entity { lines, ..entity }))
    }

    fn entity_head(&mut self, pair: Pair<'t, Rule>) -> Option<Entity> {
        let (mut dotted, mut name, mut label) = (vec![], None, None);
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::dotted => dotted.push(self.place(&part)),
                Rule::name => name = Some(self.place(&part)),
                Rule::string => label = Some(self.unquoted(&part)),
                _ => {}
            }
        }
        let clauses = self.block_clauses(pair, "an entity")?;
        let mut dotted = dotted.into_iter();
        let (kind, like) = (dotted.next()?, dotted.next());
        Some(Entity { kind, name: name?, label, like, clauses, lines: vec![] })
    }

    /// Whether two names stand at the start of the head.
    fn looks_like_entity(&self, raw: &RawItem, word: &str) -> bool {
        let head = raw.head.span.of(self.text);
        let kind = head.split([' ', '\t', '\r', '\n']).next().unwrap_or("");
        let next = head[kind.len()..].trim_start();
        let begins = |text: &str| text.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
        let outside_quotes: String = next.split('"').step_by(2).collect();
        let named = begins(next) && !outside_quotes.contains('=') || next.starts_with('"') && raw.block.is_some();
        let slip = raw.block.is_none() && nearest(word, ITEM_WORDS).is_some();
        begins(word) && named && !slip
    }

    fn unknown_item(&mut self, raw: &RawItem, word: &str) {
        let head = raw.head.span;
        if raw.head.broken {
            return;
        }
        let first = head.of(self.text).chars().next().map_or(0, char::len_utf8);
        let end = head.start + (word.len().max(first)) as u32;
        let word = if word.is_empty() { Span { start: head.start, end }.of(self.text) } else { word };
        let meant = nearest(word, ITEM_WORDS);
        self.broken_names.extend(meant);
        self.lost_use |= meant == Some("use");
        let meant = meant.map(|near| format!("did you mean `{near}`?"));
        let rest = head.of(self.text)[word.len()..].trim_start();
        let help = match (meant, habits::foreign(word)) {
            (Some(meant), _) => meant,
            (None, Some(foreign)) => foreign.to_string(),
            (None, None) if word == "=" => "a formula begins with its verb and name: `derive NAME = …`".to_string(),
            (None, None) if rest.starts_with('=') || rest.starts_with(':') && rest.contains('=') => {
                format!("a line begins with its verb: `derive {word} = …`, or `given`, or `assume`")
            }
            (None, None) => expected::ITEMS.to_string(),
        };
        let span = Span { start: head.start, end: end.max(head.start + 1) };
        self.problems.push(SyntaxError::UnknownItem { word: word.to_string(), span, help: Some(help) });
    }

    fn top_line(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let kind = self.line_kind(raw.head);
        Some(ItemKind::Line(kind.unwrap_or_else(|| self.broken(raw.head.span))))
    }

    fn function(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let pair = self.statement(Rule::function_head, raw.head)?;
        let (mut over, mut name, mut unit, mut body) = (false, None, None, None);
        let mut parameters = vec![];
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_over => over = true,
                Rule::name => name = Some(self.place(&part)),
                Rule::unit_pin => unit = self.pinned(part),
                Rule::parameter => parameters.push(self.parameter(part)?),
                Rule::expression => body = Some(self.expr(part)?),
                _ => {}
            }
        }
        let (lets, body) = match (&raw.block, body) {
            (None, Some(body)) => (vec![], body),
            (Some(block), None) => self.function_body(block)?,
            (Some(block), Some(_)) => {
                self.problems.push(SyntaxError::AfterItem { span: block.span });
                return None;
            }
            (None, None) => {
                self.missing_block(raw);
                return None;
            }
        };
        Some(ItemKind::Function(Function { over, name: name?, parameters, unit, lets, body }))
    }

    fn parameter(&mut self, pair: Pair<'t, Rule>) -> Option<Parameter> {
        let mut parts = pair.into_inner();
        let name = self.place(&parts.next()?);
        Some(Parameter { name, ty: parts.next().and_then(|pin| self.pinned(pin)) })
    }

    fn function_body(&mut self, block: &RawBlock) -> Option<(Vec<(Span, Expr)>, Expr)> {
        let (mut lets, mut result, mut broken) = (vec![], None, false);
        for line in &block.lines {
            let Some(pair) = self.statement(Rule::function_line, *line) else {
                broken = true;
                continue;
            };
            let inner = pair.into_inner().next()?;
            let is_let = inner.as_rule() == Rule::let_line;
            if result.is_some() {
                self.expected_end(line.span);
                broken = true;
            } else if is_let {
                let name = self.inner(inner.clone(), Rule::name)?;
                lets.push((name, self.inner_expr(inner)?));
            } else {
                result = Some(self.expr(inner)?);
            }
        }
        if result.is_none() && !broken {
            let end = block.span.end;
            self.no_result(Span { start: end.saturating_sub(1), end });
        }
        result.filter(|_| !broken).map(|result| (lets, result))
    }

    fn expected_end(&mut self, span: Span) {
        self.problems.push(SyntaxError::Expected {
            expected: "`}` after the function's value".into(),
            found: "the value stands on the line above".into(),
            span,
            help: Some("give inner results a name with `let`, and the value on the last line".into()),
        });
    }

    fn no_result(&mut self, span: Span) {
        self.problems.push(SyntaxError::Expected {
            expected: "the function's value".into(),
            found: "the block ends here".into(),
            span,
            help: Some("write the value as the block's last line".into()),
        });
    }
}
