//! One slip of the pen in a sound book: the first problem shown is where the slip is, and nothing is missed that stands in the text.

use std::collections::BTreeMap;
use std::path::Path;

use scn::diagnostic::Problem;
use scn::resolve::Loader;
use scn::syntax::outline::OutlineItem;
use scn::text::Span;
use scn::workspace::open;

/// A book on disk, with one file replaced.
struct Edited<'t> {
    folder: &'t Path,
    path: &'t str,
    text: &'t str,
}

impl Loader for Edited<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        if path == self.path {
            return Ok(self.text.as_bytes().to_vec());
        }
        std::fs::read(self.folder.join(path)).map_err(|error| error.to_string())
    }
}

/// What is put into a line, or taken out of it, at one of its tokens.
const SLIPS: [fn(&str, Span) -> String; 9] = [
    |_, _| String::new(),
    |text, token| format!("{0} {0}", token.of(text)),
    |text, token| format!("{} ;", token.of(text)),
    |text, token| format!("§{}", token.of(text)),
    |text, token| format!("({}", token.of(text)),
    |text, token| format!("{} )", token.of(text)),
    |text, token| format!("\"{}", token.of(text)),
    |text, token| format!("= {}", token.of(text)),
    |text, token| format!(", {}", token.of(text)),
];

/// Codes of problems that miss something.
const ABSENT: [&str; 4] = ["::unknown", "resolve::missing_inputs", "cases::path", "units::no_rate"];

/// A small generator, so that the slips are the same on every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}

/// The lines of a text with their tokens; braces and texts in quotes are left as they are.
fn lines(items: &[OutlineItem], text: &str) -> Vec<(Span, Vec<Span>)> {
    let heads = items.iter().map(|item| &item.head);
    let inner = items.iter().flat_map(|item| item.block.iter().flat_map(|block| &block.lines));
    let all = heads.chain(inner).map(|line| {
        let tokens = line.tokens.iter().map(|token| token.span);
        (line.span, tokens.filter(|token| !token.of(text).starts_with(['"', '#', '{', '}'])).collect())
    });
    all.filter(|(_, tokens): &(Span, Vec<Span>)| !tokens.is_empty()).collect()
}

/// What is wrong with the problems of a slip, if anything.
fn complaint(
    path: &str,
    line: Span,
    grown: isize,
    problems: &[Problem],
    sources: &scn::text::Sources,
) -> Option<String> {
    let first = problems.first()?;
    let place = first.place()?;
    let of = sources.get(place.source);
    let end = (line.end as isize + grown).max(line.start as isize + 1) as u32;
    let is_there = &*of.path == path && line.start <= place.span.start && place.span.start <= end;
    if !is_there {
        return Some(format!("first: {} {} ({})", first.code, first.message, of.path));
    }
    let missed = problems.iter().find(|problem| {
        let elsewhere = problem.place().is_some_and(|at| at.source != place.source || at.span.start > end);
        elsewhere && ABSENT.iter().any(|code| problem.code.ends_with(code))
    });
    missed.map(|problem| format!("missed: {} {}", problem.code, problem.message))
}

/// Slips in a book, as many as asked for; each complaint with how often it came.
fn slips(folder: &str, path: &str, count: usize) -> Vec<String> {
    let folder = Path::new(folder);
    let text = std::fs::read_to_string(folder.join(path)).expect("a book");
    let lines = lines(&scn::syntax::outline(&text), &text);
    let mut chance = Chance(count as u64);
    let mut complaints: BTreeMap<String, String> = BTreeMap::new();
    for _ in 0..count {
        let (line, tokens) = &lines[chance.below(lines.len())];
        let token = tokens[chance.below(tokens.len())];
        let instead = SLIPS[chance.below(SLIPS.len())](&text, token);
        let (start, end) = (token.start as usize, token.end as usize);
        let edited = [&text[..start], &instead, &text[end..]].concat();
        if !scn::syntax::parse(&edited).has_errors() {
            continue;
        }
        let loader = Edited { folder, path, text: &edited };
        let checked = open("book.scn", &loader, None);
        let problems: Vec<Problem> = checked.problems.iter().cloned().collect();
        let grown = instead.len() as isize - (end - start) as isize;
        let why = complaint(path, *line, grown, &problems, checked.sources());
        // A name that the slip took away stands nowhere in the text.
        let taken = |why: &String| instead.is_empty() && why.contains(&format!("`{}`", token.of(&text)));
        if let Some(why) = why.filter(|why| !taken(why)) {
            let stop = (line.end as isize + grown) as usize;
            complaints.entry(why).or_insert_with(|| edited.get(line.start as usize..stop).unwrap_or("").to_string());
        }
    }
    complaints.into_iter().map(|(why, line)| format!("{folder:?} {path}\n  {line}\n  {why}")).collect()
}

fn count(few: usize) -> usize {
    std::env::var("SLIPS").ok().and_then(|many| many.parse().ok()).unwrap_or(few)
}

#[test]
fn a_slip_is_shown_where_it_is_and_nothing_else_is_missed() {
    let mut complaints = slips("scenarios/tour", "book.scn", count(100));
    complaints.extend(slips("scenarios/grid_battery", "book.scn", count(100)));
    assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
}
