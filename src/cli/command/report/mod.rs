//! `scn report`: the book's reports with their charts, written or held against what is on disk.

mod files;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::{Given, expression};
use crate::diagnostic::render::counted;
use crate::eval::Settings;
use crate::model::ReportItem;
use crate::report::{Material, Rendered, Templates, render};
use crate::study::Answers;
use crate::text::nearest;

use super::super::Outcome;
use super::super::args::ReportArgs;
use super::super::book::{Book, split};
use super::super::config::Config;
use super::super::disk;
use super::super::draft;
use super::super::failure::Failure;
use super::super::fence::Fence;
use super::super::terminal::Terminal;
use crate::select::repeated;
use files::{files, refuse_strangers, unused};

/// Renders the reports that are named, or all; nothing is written unless all of them could be rendered.
pub fn run(args: &ReportArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let (path, names) = split(&args.words);
    let book = Book::open(&path, &args.strictness, config)?;
    let items = chosen(&book, names)?;
    let Some(rendered) = rendered(&book, &items, args.threads.count(), terminal) else { return Ok(Outcome::Findings) };
    let folder = args.output.as_deref().unwrap_or(&book.folder);
    match args.check {
        true => compare(folder, &items, &rendered, terminal),
        false => write(folder, &items, &rendered, terminal),
    }
}

/// Every report with its charts; nothing if the book or a template has errors, which are printed.
fn rendered(book: &Book, items: &[&ReportItem], threads: usize, terminal: &Terminal) -> Option<Vec<Rendered>> {
    let Some(evaluated) = book.evaluate(&Settings::default()) else {
        book.say(&book.judged([]), terminal);
        return None;
    };
    let mut problems: Vec<_> = evaluated.results.problems.clone();
    let checked = &book.checked;
    let (model, symbols) = (Arc::new(checked.model.clone()), checked.symbols.clone());
    let results = Arc::new(evaluated.results);
    let material = Material {
        answers: Arc::new(Answers::new(model.clone(), results.clone(), threads)),
        model,
        results,
        findings: Arc::new(evaluated.findings),
        templates: Arc::new(Folder { path: book.folder.join("templates"), fence: book.fence().clone() }),
        expressions: Arc::new(move |text: &str, given: &[Given]| expression(&symbols, text, given)),
    };
    let mut sources = checked.sources().clone();
    let mut all = Vec::new();
    for one in render(&material, items, threads, &mut sources) {
        match one {
            Ok(rendered) => all.push(rendered),
            Err(found) => problems.extend(found),
        }
    }
    let judged = book.judged(&problems);
    terminal.problems(&judged, &sources);
    (!judged.has_errors()).then_some(all)
}

fn chosen<'a>(book: &'a Book, names: &[String]) -> Result<Vec<&'a ReportItem>, Failure> {
    let reports = &book.checked.model.reports;
    let one = |name: &String| {
        reports.iter().find(|item| *item.name == **name).ok_or_else(|| {
            let known: Vec<&str> = reports.iter().map(|item| &*item.name).collect();
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "add a `report` item to the book".to_string(),
                None => format!("the reports are {}", known.join(", ")),
            };
            Failure::asked(format!("this book has no report `{name}`"), help)
        })
    };
    if let Some(name) = repeated(names) {
        return Err(Failure::asked(format!("the report `{name}` is named twice"), "name each report once"));
    }
    if names.is_empty() { Ok(reports.iter().collect()) } else { names.iter().map(one).collect() }
}

fn write(folder: &Path, items: &[&ReportItem], all: &[Rendered], terminal: &Terminal) -> Result<Outcome, Failure> {
    if folder == Path::new("-") {
        let texts: Vec<&str> = all.iter().map(|rendered| rendered.text.as_str()).collect();
        terminal.page(None, &texts.join("\n"))?;
        return Ok(Outcome::Clean);
    }
    let files = files(folder, items, all)?;
    refuse_strangers(folder, &files)?;
    let written: Vec<(&Path, &[u8])> = files.iter().map(|file| (&*file.path, file.text.as_bytes())).collect();
    draft::write_all(&written)?;
    files.iter().for_each(|file| terminal.summary(&format!("wrote {}", disk::shown(&file.path))));
    for path in unused(folder, items, &files) {
        disk::remove(&path)?;
        terminal.summary(&format!("removed {}, which no report shows any more", disk::shown(&path)));
    }
    if items.is_empty() {
        terminal.summary("this book has no reports");
    }
    Ok(Outcome::Clean)
}

/// Says which files are not what would be written, and where they first differ; and which charts nothing shows.
fn compare(folder: &Path, items: &[&ReportItem], all: &[Rendered], terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut stale = 0;
    let files = files(folder, items, all)?;
    let differing = files.iter().filter_map(|file| Some((file.path.clone(), difference(&file.path, &file.text)?)));
    let idle = unused(folder, items, &files).into_iter().map(|path| (path, "no report shows it any more".to_string()));
    for (path, difference) in differing.chain(idle) {
        stale += 1;
        terminal.page(None, &format!("{}: {difference}\n", disk::shown(&path)))?;
    }
    terminal.summary(&match stale {
        0 => format!("{} up to date", counted(items.len(), "report")),
        stale => format!("{} of {}; `scn report` writes them", counted(stale, "stale file"), files.len()),
    });
    Ok(Outcome::findings(stale > 0))
}

fn difference(path: &Path, text: &str) -> Option<String> {
    let old = match disk::read_text(path) {
        Ok(old) if old == text => return None,
        Ok(old) => old,
        Err(_) => return Some("is not there".to_string()),
    };
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), text.lines().collect());
    let at = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let line = |lines: &[&str]| lines.get(at).map_or("(the end)".to_string(), |line| line.chars().take(200).collect());
    Some(format!("stale from line {}\n  - {}\n  + {}", at + 1, line(&old), line(&new)))
}

/// The templates of a book, by their path below its `templates/`.
struct Folder {
    path: PathBuf,
    fence: Fence,
}

impl Templates for Folder {
    fn read(&self, name: &str) -> Result<Option<String>, String> {
        let path = self.path.join(name);
        let is_plain = !name.split('/').any(|part| part.is_empty() || part == "..");
        let is_there = is_plain && !disk::is_absent(&path);
        is_there.then(|| self.fence.read_text(&path)).transpose()
    }
}
