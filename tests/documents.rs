//! Runs the documents: every block of docs/language, docs/errors and README.md says what comes out of it.
//!
//! `ACCEPT=1 cargo test --test documents` writes what came out into the pages instead of comparing.

#[path = "support/answers.rs"]
mod answers;
#[path = "documents/book.rs"]
mod book;
#[path = "documents/console.rs"]
mod console;
#[path = "documents/listing.rs"]
mod listing;
#[path = "documents/page.rs"]
mod page;
#[path = "support/reports.rs"]
mod reports;
#[path = "documents/stated.rs"]
mod stated;
#[path = "documents/studies.rs"]
mod studies;
#[path = "documents/style.rs"]
mod style;

use std::path::PathBuf;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};

use page::{Edit, Page, Section};

/// What running a part of a page gave: what differs, and how the page would have to read.
#[derive(Debug, Default)]
pub struct Outcome {
    pub failures: Vec<String>,
    pub edits: Vec<Edit>,
}

impl Outcome {
    /// Notes a difference at a line of the page, without a remedy.
    pub fn fail(&mut self, line: usize, text: impl std::fmt::Display) {
        self.failures.push(format!("line {line}: {text}"));
    }

    /// Holds the lines of a block against what came out.
    pub fn compare(&mut self, first: usize, stated: &str, actual: &str) {
        if stated.trim_end() != actual.trim_end() {
            self.fail(first, format_args!("stated:\n{stated}\ncame out:\n{actual}"));
            self.edits.push(Edit { first, count: stated.lines().count(), text: actual.trim_end().to_string() });
        }
    }
}

fn main() {
    let pages: Vec<Arc<Page>> = page_paths().into_iter().map(|path| Arc::new(Page::read(&path))).collect();
    let preamble: Arc<str> = preamble(&pages).into();
    let arguments = Arguments::from_args();
    if std::env::var_os("ACCEPT").is_some() {
        let wanted = |page: &&Arc<Page>| arguments.filter.as_ref().is_none_or(|filter| page.name.contains(filter));
        return pages.iter().filter(wanted).for_each(|page| accept(page, &preamble));
    }
    let trials = pages.iter().flat_map(|page| trials(page, &preamble)).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn page_paths() -> Vec<PathBuf> {
    let mut paths =
        ["README.md", "CHANGELOG.md", "docs/command.md", "docs/review.md", "docs/sql.md"].map(PathBuf::from).to_vec();
    for folder in ["docs/language", "docs/errors"] {
        let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
        paths.extend(entries.map(|entry| entry.expect("a readable folder").path()));
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths
}

fn preamble(pages: &[Arc<Page>]) -> String {
    let found = pages.iter().flat_map(|page| page.blocks()).find(|block| block.info == "scn preamble");
    found.expect("docs/language/index.md has the preamble").text.clone()
}

fn trials(page: &Arc<Page>, preamble: &Arc<str>) -> Vec<Trial> {
    let with_blocks = (0..page.sections.len()).filter(|at| !page.sections[*at].blocks.is_empty());
    let of_section = |at: usize| {
        let (page, preamble) = (page.clone(), preamble.clone());
        let name = format!("{}: {}", page.name, page.sections[at].title);
        Trial::test(name, move || match run(&page, &page.sections[at], &preamble).failures {
            failures if failures.is_empty() => Ok(()),
            failures => Err(Failed::from(failures.join("\n"))),
        })
    };
    with_blocks.map(of_section).collect()
}

fn run(page: &Page, section: &Section, preamble: &str) -> Outcome {
    let mut outcome = Outcome::default();
    for book in book::books(page, section, preamble) {
        stated::hold(&book, &mut outcome);
    }
    style::hold(section, &mut outcome);
    console::hold(page, section, &mut outcome);
    listing::hold(section, &mut outcome);
    outcome
}

fn accept(page: &Page, preamble: &str) {
    let edits: Vec<Edit> = page.sections.iter().flat_map(|section| run(page, section, preamble).edits).collect();
    if !edits.is_empty() {
        println!("{}: {} places", page.path.display(), edits.len());
        page.write(edits);
    }
}
