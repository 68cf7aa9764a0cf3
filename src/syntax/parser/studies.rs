//! Studies: their heads, the lines of their blocks, and spreads.

use pest::iterators::Pair;

use super::clauses::{OF_BLOCK, Tail};
use super::{Reader, Rule};
use crate::syntax::ast::{
    Clauses, Expr, ItemKind, Levels, Setting, SettingKind, Spread, SpreadKind, Study, StudyLine, StudyLineKind,
    StudyWord,
};
use crate::syntax::error::SyntaxError;
use crate::syntax::layout::{RawItem, RawLine};
use crate::text::Span;

impl StudyWord {
    /// The study that a word begins, and the rule of its head.
    pub(super) fn of(word: &str) -> Option<(StudyWord, Rule)> {
        Some(match word {
            "grid" => (StudyWord::Grid, Rule::grid_head),
            "tornado" => (StudyWord::Tornado, Rule::tornado_head),
            "simulate" => (StudyWord::Simulate, Rule::simulate_head),
            "calibrate" => (StudyWord::Calibrate, Rule::calibrate_head),
            "bridge" => (StudyWord::Bridge, Rule::bridge_head),
            "discover" => (StudyWord::Discover, Rule::discover_head),
            _ => return None,
        })
    }
}

impl<'t> Reader<'t> {
    /// A study and what its lines say.
    pub fn study(&mut self, raw: &RawItem, word: &str) -> Option<ItemKind> {
        let (word, rule) = StudyWord::of(word)?;
        let head = self.statement(rule, raw.head).and_then(|pair| self.study_head(pair, word));
        let mut lines = vec![];
        for line in raw.block.iter().flat_map(|block| &block.lines) {
            if self.problems.is_hopeless() {
                break;
            }
            lines.push(self.study_line(*line));
        }
        Some(ItemKind::Study(Study { lines, ..head? }))
    }

    fn study_head(&mut self, pair: Pair<'t, Rule>, word: StudyWord) -> Option<Study> {
        let (mut names, mut title, mut outputs, mut tail) = (vec![], None, vec![], Tail::default());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => names.push(self.place(&part)),
                Rule::string => title = Some(self.unquoted(&part)),
                Rule::expression => outputs.push(self.expr(part)?),
                _ => self.clause(&mut tail, part)?,
            }
        }
        self.only(&tail, OF_BLOCK, "a study");
        let mut names = names.into_iter();
        let name = names.next()?;
        let between = names.next().zip(names.next());
        Some(Study { word, name, title, outputs, between, clauses: tail.clauses(), lines: vec![] })
    }

    fn study_line(&mut self, line: RawLine) -> StudyLine {
        let pair = self.statement(Rule::study_line, line).and_then(|pair| pair.into_inner().next());
        let kind = pair.and_then(|pair| self.study_line_kind(pair));
        StudyLine { span: line.span, kind: kind.unwrap_or(StudyLineKind::Broken) }
    }

    fn study_line_kind(&mut self, pair: Pair<'t, Rule>) -> Option<StudyLineKind> {
        Some(match pair.as_rule() {
            Rule::cases_line => StudyLineKind::Cases(self.places(pair, Rule::name)),
            Rule::report_words => StudyLineKind::Report(self.places(pair, Rule::statistic)),
            Rule::over_line => StudyLineKind::Over(self.exprs(pair)?),
            Rule::pin_line => StudyLineKind::Pin(self.exprs(pair)?),
            Rule::probability_line => StudyLineKind::Probability(self.inner_expr(pair)?),
            Rule::free_line => {
                let [path, low, high] = self.three(pair)?;
                StudyLineKind::Free { path, low, high }
            }
            Rule::correlate_line => {
                let [left, right, rho] = self.three(pair)?;
                StudyLineKind::Correlate { left, right, rho }
            }
            Rule::vary_line => self.vary(pair)?,
            Rule::settings_line => StudyLineKind::Settings(self.settings(pair)?),
            Rule::said_line => StudyLineKind::Said(self.said_line(pair)?),
            _ => self.levels_line(pair)?,
        })
    }

    fn places(&self, pair: Pair<'t, Rule>, rule: Rule) -> Vec<Span> {
        pair.into_inner().filter(|part| part.as_rule() == rule).map(|part| self.place(&part)).collect()
    }

    /// Every expression and path directly inside a pair.
    fn exprs(&mut self, pair: Pair<'t, Rule>) -> Option<Vec<Expr>> {
        let parts = pair.into_inner().filter(|part| matches!(part.as_rule(), Rule::expression | Rule::path));
        parts.map(|part| self.expr(part)).collect()
    }

    fn three(&mut self, pair: Pair<'t, Rule>) -> Option<[Expr; 3]> {
        self.exprs(pair)?.try_into().ok()
    }

    fn vary(&mut self, pair: Pair<'t, Rule>) -> Option<StudyLineKind> {
        let (mut path, mut spread, mut stream) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::path => path = Some(self.expr(part)?),
                Rule::spread => spread = Some(self.spread(part)?),
                Rule::count => stream = Some(self.place(&part)),
                _ => {}
            }
        }
        Some(StudyLineKind::Vary { path: path?, spread: spread?, stream })
    }

    fn settings(&mut self, pair: Pair<'t, Rule>) -> Option<Vec<Setting>> {
        let settings = pair.into_inner().filter(|part| part.as_rule() == Rule::setting);
        settings.map(|part| self.setting(part.into_inner().next()?)).collect()
    }

    fn setting(&mut self, pair: Pair<'t, Rule>) -> Option<Setting> {
        let span = self.extent(&pair);
        let kind = match pair.as_rule() {
            Rule::draws => SettingKind::Draws(self.inner(pair, Rule::count)?),
            Rule::seed => SettingKind::Seed(self.inner(pair, Rule::count)?),
            Rule::sampling => SettingKind::Sampling(self.inner(pair, Rule::reference)?),
            Rule::support => SettingKind::Support(self.inner_expr(pair)?),
            Rule::importance => SettingKind::Importance,
            _ => SettingKind::Indices,
        };
        Some(Setting { span, kind })
    }

    fn said_line(&mut self, pair: Pair<'t, Rule>) -> Option<Clauses> {
        let mut tail = Tail::default();
        for part in pair.into_inner() {
            self.clause(&mut tail, part)?;
        }
        self.only(&tail, OF_BLOCK, "a study");
        Some(tail.clauses())
    }

    fn levels_line(&mut self, pair: Pair<'t, Rule>) -> Option<StudyLineKind> {
        let (mut what, mut levels, mut within) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expression => what = Some(self.expr(part)?),
                Rule::levels => levels = Some(self.levels(part)?),
                Rule::within => within = Some(self.inner_expr(part)?),
                _ => {}
            }
        }
        Some(StudyLineKind::Levels { what: what?, levels: levels?, within })
    }

    fn levels(&mut self, pair: Pair<'t, Rule>) -> Option<Levels> {
        let (mut list, mut step, mut count) = (vec![], None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expression => list.push(self.expr(part)?),
                Rule::by_step => step = Some(self.inner_expr(part)?),
                Rule::by_count => count = self.inner(part, Rule::count),
                _ => {}
            }
        }
        if step.is_none() && count.is_none() {
            return Some(Levels::List(list));
        }
        let [first, last] = <[Expr; 2]>::try_from(list).ok()?;
        Some(match (step, count) {
            (Some(step), _) => Levels::Steps { first, last, step },
            (None, count) => Levels::Count { first, last, count: count? },
        })
    }

    /// `9..14 triangular mode 10 within 8..15`
    pub fn spread(&mut self, pair: Pair<'t, Rule>) -> Option<Spread> {
        let span = self.extent(&pair);
        let (mut kind, mut shape, mut within) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::between => (kind, shape) = self.between(part)?,
                Rule::normal => kind = self.normal(part)?,
                Rule::lognormal => {
                    let [mu, sigma] = <[Expr; 2]>::try_from(self.exprs(part)?).ok()?;
                    kind = Some(SpreadKind::Lognormal { mu, sigma });
                }
                Rule::discrete => kind = Some(SpreadKind::Discrete(self.chances(part)?)),
                _ => within = <[Expr; 2]>::try_from(self.exprs(part)?).ok().map(|[low, high]| (low, high)),
            }
        }
        Some(Spread { span, kind: kind?, shape, within })
    }

    fn between(&mut self, pair: Pair<'t, Rule>) -> Option<(Option<SpreadKind>, Option<Span>)> {
        let shape = pair.clone().into_inner().find(|part| part.as_rule() == Rule::shape);
        let shape = shape.map(|shape| self.place(&shape));
        let mut ends = self.exprs(pair)?.into_iter();
        let (low, high, mode) = (ends.next()?, ends.next()?, ends.next());
        Some((Some(SpreadKind::Between { low, high, mode }), shape))
    }

    fn normal(&mut self, pair: Pair<'t, Rule>) -> Option<Option<SpreadKind>> {
        let mut numbers = self.exprs(pair)?;
        let sd = numbers.pop()?;
        Some(Some(SpreadKind::Normal { mean: numbers.pop(), sd }))
    }

    fn chances(&mut self, pair: Pair<'t, Rule>) -> Option<Vec<(Expr, Expr)>> {
        let mut chances = vec![];
        for part in pair.into_inner().filter(|part| part.as_rule() == Rule::chance) {
            let [value, probability] = <[Expr; 2]>::try_from(self.exprs(part)?).ok()?;
            chances.push((value, probability));
        }
        Some(chances)
    }

    /// An item of a word that is kept for later: its word, and a hint.
    pub fn kept(&mut self, span: Span) -> ItemKind {
        let text = span.of(self.text);
        let length = text.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(text.len());
        let word = Span { start: span.start, end: span.start + length as u32 };
        self.problems.push(SyntaxError::Reserved { word: text[..length].to_string(), span: word });
        ItemKind::Reserved { word }
    }
}
