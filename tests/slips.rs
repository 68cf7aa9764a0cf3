//! One slip of the pen in a sound book: the first problem shown is where the slip is, and nothing is missed that stands in the text.

#[path = "support/chance.rs"]
mod chance;

use std::collections::BTreeMap;
use std::path::Path;

use chance::Chance;

use scn::diagnostic::{Problem, Severity};
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
    let Some(place) = first.place() else {
        return Some(format!("first, and nowhere: {} {}", first.code, first.message));
    };
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

/// Slips that were judged, and each complaint once, with a line that raises it.
#[derive(Default)]
struct Judged {
    count: usize,
    complaints: BTreeMap<String, String>,
}

impl Judged {
    /// Slips in one file of a book, as many as asked for; one that reads well is none.
    fn take(&mut self, folder: &str, (root, path): (&str, &str), count: usize) {
        let text = std::fs::read_to_string(Path::new(folder).join(path)).expect("a book");
        let lines = lines(&scn::syntax::outline(&text), &text);
        let mut chance = Chance::new(count as u64 + text.len() as u64);
        for _ in 0..count {
            let (line, tokens) = &lines[chance.below(lines.len())];
            let (token, slip) = (tokens[chance.below(tokens.len())], chance.pick(&SLIPS));
            let instead = slip(&text, token);
            let edited = [&text[..token.start as usize], &instead, &text[token.end as usize..]].concat();
            if !scn::syntax::parse(&edited).has_errors() {
                continue;
            }
            self.count += 1;
            let checked = open(root, &Edited { folder: Path::new(folder), path, text: &edited }, None);
            // A number without a name is one with the slip and without it.
            let problems = checked.problems.iter().filter(|problem| problem.severity != Severity::Hint);
            let problems: Vec<Problem> = problems.cloned().collect();
            let grown = instead.len() as isize - (token.end - token.start) as isize;
            let why = complaint(path, *line, grown, &problems, checked.sources());
            // A name that the slip took away stands nowhere in the text.
            let taken = |why: &String| instead.is_empty() && why.contains(&format!("`{}`", token.of(&text)));
            if let Some(why) = why.filter(|why| !taken(why)) {
                let stop = (line.end as isize + grown) as usize;
                let shown = edited.get(line.start as usize..stop).unwrap_or("");
                self.complaints.entry(why).or_insert_with(|| format!("{folder}/{path}\n  {shown}"));
            }
        }
    }

    /// None of the slips raised a complaint, and at least so many were judged.
    fn hold(&self, floor: usize) {
        let complaints: Vec<String> = self.complaints.iter().map(|(why, shown)| format!("{shown}\n  {why}")).collect();
        assert!(complaints.is_empty(), "{} of {}\n{}", complaints.len(), self.count, complaints.join("\n"));
        assert!(self.count >= floor, "only {} slips were judged", self.count);
    }
}

/// So many, or as many as `SLIPS` says.
fn count(few: usize) -> usize {
    std::env::var("SLIPS").ok().and_then(|many| many.parse().ok()).unwrap_or(few)
}

#[test]
fn a_slip_in_a_book_is_shown_where_it_is_and_nothing_else_is_missed() {
    let mut judged = Judged::default();
    judged.take("scenarios/tour", ("book.scn", "book.scn"), count(100));
    judged.take("scenarios/grid_battery", ("book.scn", "book.scn"), count(30));
    judged.take("scenarios/grid_battery", ("book.scn", "costs.scn"), count(100));
    judged.take("scenarios/grid_battery", ("book.scn", "project.scn"), count(100));
    judged.hold(100);
}

#[test]
fn a_slip_in_a_small_book_is_shown_where_it_is() {
    let mut judged = Judged::default();
    for folder in
        ["tests/fixtures/eval", "tests/fixtures/series", "tests/fixtures/study/answers", "tests/fixtures/hint"]
    {
        for path in sound_books(folder) {
            judged.take(folder, (&path, &path), count(12));
        }
    }
    judged.hold(300);
}

/// The files of a folder that are whole books without errors.
fn sound_books(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("a file").file_name().to_string_lossy().to_string()).collect();
    names.retain(|name| name.ends_with(".scn"));
    names.sort();
    let is_sound = |name: &String| {
        let text = std::fs::read_to_string(Path::new(folder).join(name)).expect("a book");
        open(name, &Edited { folder: Path::new(folder), path: name, text: &text }, None).is_sound()
    };
    names.retain(is_sound);
    names
}
