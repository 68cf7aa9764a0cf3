//! A file as items and lines, and three files to one text.

use super::line::{Line, above, same_above};
use super::sequence::{Judge, Part};
use super::{Conflict, Version};
use crate::syntax::STUDY_WORDS;
use crate::syntax::outline;
use crate::syntax::outline::{OutlineItem, OutlineKind, OutlineLine, TokenKind};

/// An item, with the comments and blank lines above it.
#[derive(Debug, Clone)]
struct Item {
    name: String,
    above: String,
    head: Line,
    /// Nothing for an item without a block.
    lines: Option<Vec<Line>>,
    /// Comments after the last line.
    below: String,
}

/// The items of three canonical texts as one text, and what the sides disagree on; there the preferred side is taken.
pub fn merged(texts: [&str; 3], prefer: Version) -> (String, Vec<Conflict>) {
    let mut sides = texts.map(items);
    tell_tables_apart(&mut sides);
    let [base, ours, theirs] = sides;
    let mut judge = Judge { prefer, conflicts: Vec::new() };
    let found = judge.sequence([&base.0, &ours.0, &theirs.0], "", Item::merged);
    let mut text: String = found.iter().map(Item::text).collect();
    text.push_str(&above(&mut judge, [&base.1, &ours.1, &theirs.1], "the end"));
    (text, judge.conflicts)
}

/// The items of a text, and what stands after the last.
fn items(text: &str) -> (Vec<Item>, String) {
    let mut end = 0;
    let mut items = Vec::new();
    for item in outline(text) {
        let above = text.get(end..item.span.start as usize).unwrap_or_default();
        end = item.span.end as usize;
        items.push(Item::of(text, &item, above));
    }
    (items, text.get(end..).unwrap_or_default().to_string())
}

impl Item {
    fn of(text: &str, item: &OutlineItem, above: &str) -> Item {
        let head = match item.kind {
            OutlineKind::Verbatim => Line::verbatim(item.span.of(text)),
            _ => Line::of(text, &item.head, "", &[]),
        };
        let (lines, below) = match &item.block {
            Some(block) => {
                let (lines, below) = lines(text, item, block.span.start as usize + 1, block.span.end as usize);
                (Some(lines), below)
            }
            None => (None, String::new()),
        };
        let name = if item.kind == OutlineKind::Verbatim { head.name.clone() } else { name(&head) };
        Item { name, above: above.to_string(), head, lines, below }
    }

    fn merged(judge: &mut Judge, base: Option<&Item>, ours: &Item, theirs: &Item, path: &str) -> Option<Item> {
        let base = base?;
        let below = above(judge, [&base.below, &ours.below, &theirs.below], &format!("{path} > the end"));
        let above = above(judge, [&base.above, &ours.above, &theirs.above], path);
        let lines = match (&base.lines, &ours.lines, &theirs.lines) {
            (Some(base), Some(ours), Some(theirs)) => Some(judge.sequence([base, ours, theirs], path, Line::merged)),
            (None, None, None) => None,
            _ => return None,
        };
        let whole = |judge: &mut Judge, base: Option<&Line>, ours: &Line, theirs: &Line| {
            Line::merged(judge, base, ours, theirs, path)
        };
        let head = judge.part([Some(&base.head), Some(&ours.head), Some(&theirs.head)], path, whole)?;
        Some(Item { name: ours.name.clone(), above, head, lines, below })
    }

    fn text(&self) -> String {
        let head = self.head.text();
        let above = on_a_new_line(&self.above);
        let Some(lines) = &self.lines else { return format!("{above}{head}") };
        let is_broken = lines.iter().map(|line| &line.above).chain([&self.below]).any(|between| between.contains('\n'));
        if !is_broken {
            return format!("{above}{head} {{ {} }}", in_one(lines).join(", "));
        }
        let mut text = format!("{above}{head} {{");
        for (at, line) in lines.iter().enumerate() {
            match follows(lines, at) {
                true => text += &format!(", {}", line.text()),
                false => text += &(on_a_new_line(&line.above) + &line.quoted()),
            }
        }
        text + &format!("{}}}", on_a_new_line(&self.below))
    }
}

/// Whether a line goes on in the line of settings before it; one that begins a line of its own has that line's end above it.
fn follows(lines: &[Line], at: usize) -> bool {
    let same = at > 0 && lines[at].group.is_some() && lines[at].group == lines[at - 1].group;
    same && !lines[at].above.contains('\n')
}

/// The lines of a block on one line.
fn in_one(lines: &[Line]) -> Vec<String> {
    (0..lines.len()).map(|at| if follows(lines, at) { lines[at].text() } else { lines[at].quoted() }).collect()
}

/// A stretch between two lines that breaks the line at its end, so that a comment in it ends there.
fn on_a_new_line(between: &str) -> String {
    let is_broken = between.trim_end_matches(' ').ends_with('\n');
    if is_broken { between.to_string() } else { format!("{between}\n") }
}

impl Part for Item {
    fn name(&self) -> &str {
        &self.name
    }

    fn says_the_same(&self, other: &Item) -> bool {
        let same_lines = match (&self.lines, &other.lines) {
            (None, None) => true,
            (Some(left), Some(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.says_the_same(right))
            }
            _ => false,
        };
        same_lines
            && self.head.says_the_same(&other.head)
            && same_above(&self.above, &other.above)
            && same_above(&self.below, &other.below)
    }

    fn quoted(&self) -> String {
        match &self.lines {
            None => self.head.text(),
            Some(lines) => format!("{} {{ … {} lines … }}", self.head.text(), lines.len()),
        }
    }
}

/// The lines of a block between two places of the text, and what stands after the last.
fn lines(text: &str, item: &OutlineItem, start: usize, end: usize) -> (Vec<Line>, String) {
    let mut lines: Vec<Line> = Vec::new();
    let mut columns = Vec::new();
    let mut at = start;
    for line in item.block.iter().flat_map(|block| &block.lines) {
        let above = text.get(at..line.span.start as usize).unwrap_or_default();
        at = line.span.end as usize;
        if is_settings(text, item, line) {
            lines.extend(Line::settings(text, line, above, word(text, &item.head) == "model"));
            continue;
        }
        let line = Line::of(text, line, above, &columns);
        columns = line.columns(item.kind).unwrap_or(columns);
        lines.push(line);
    }
    let below = text.get(at..end.saturating_sub(1)).unwrap_or_default();
    (lines, below.to_string())
}

/// Whether a line is one of settings, or of a kind's inputs: facts that their first words tell apart, without a sign.
fn is_settings(text: &str, item: &OutlineItem, line: &OutlineLine) -> bool {
    let head = word(text, &item.head);
    let has_sign = line.tokens.iter().any(|token| token.kind == TokenKind::Sign);
    (head == "model" || STUDY_WORDS.contains(&head) || word(text, line) == "in") && !has_sign
}

fn word<'t>(text: &'t str, line: &OutlineLine) -> &'t str {
    line.tokens.first().map_or("", |token| token.span.of(text))
}

/// What tells an item from others: its words up to a title, a sign or a clause.
fn name(head: &Line) -> String {
    if !head.facts.is_empty() {
        return head.name.clone();
    }
    let first = head.subject.first().map(String::as_str);
    match first {
        Some("model") => "model".to_string(),
        Some("table") => {
            head.subject.iter().take(if has_target(head) { 2 } else { 1 }).cloned().collect::<Vec<_>>().join(" ")
        }
        Some("use" | "scn") => head.name.clone(),
        _ => head.subject.iter().take(2).cloned().collect::<Vec<_>>().join(" "),
    }
}

/// What may stand behind `table` where it has no target.
const NO_TARGET: [&str; 11] =
    ["in", "from", "by", "because", "range", "implied", "within", "as", "case", "disputed", "allow"];

/// Whether the head of a table names what it is about.
fn has_target(head: &Line) -> bool {
    let second = head.subject.get(1).map(String::as_str);
    second.is_some_and(|word| !NO_TARGET.contains(&word))
}

/// Names tables about one thing by their sources too, on every side, if there are several on any: a table alone is the same one
/// whatever its head says.
fn tell_tables_apart(sides: &mut [(Vec<Item>, String); 3]) {
    let is_table = |item: &Item| item.head.subject.first().is_some_and(|word| word == "table");
    let mut several = std::collections::BTreeSet::new();
    for (items, _) in sides.iter() {
        let mut seen = std::collections::BTreeSet::new();
        let twice = items.iter().filter(|item| is_table(item) && !seen.insert(&item.name));
        several.extend(twice.map(|item| item.name.clone()));
    }
    for item in sides.iter_mut().flat_map(|(items, _)| items) {
        if is_table(item) && several.contains(&item.name) {
            let source = item.head.subject.iter().skip_while(|word| *word != "from");
            let source: Vec<&str> = source.map(String::as_str).collect();
            item.name = [&[item.name.as_str()], &source[..]].concat().join(" ");
        }
    }
}
