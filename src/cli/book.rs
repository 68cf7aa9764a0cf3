//! The book a command is about: its root file, its problems by the run's policy, and what it comes to.

use std::collections::BTreeSet;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::diagnostic::{PAGES, Policy, Problem, Problems, Severity};
use crate::eval::Settings;
use crate::resolve::Loader;
use crate::text::{Source, nearest};
use crate::workspace::{Checked, Evaluated, open};

use super::args::Strictness;
use super::config::Config;
use super::disk;
use super::failure::Failure;
use super::fence::Fence;
use super::terminal::Terminal;
use crate::select::sets;

/// An opened book.
pub struct Book {
    /// Never taken apart: a process gives its memory back sooner as a whole.
    pub checked: ManuallyDrop<Checked>,
    pub policy: Policy,
    /// The folder of the root file.
    pub folder: PathBuf,
    /// Its files, with the root as it was read.
    pub disk: Disk,
}

impl Book {
    /// Where the book may read.
    pub fn fence(&self) -> &Fence {
        &self.disk.fence
    }
}

impl Book {
    /// Opens the book at a path: a directory, a file, or `-`.
    pub fn open(path: &Path, strictness: &Strictness, config: &Config) -> Result<Book, Failure> {
        let as_of = strictness.as_of.as_deref().map(date).transpose()?;
        let policy = policy(strictness, config)?;
        let (root, bytes) = if path == Path::new("-") {
            (strictness.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<stdin>")), disk::read_stdin()?)
        } else {
            let root = root_of(path)?;
            let text = disk::read_text(&root)?;
            (root, text.into_bytes())
        };
        let folder = root.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let fence = Fence::around(folder, strictness.root.as_deref())?;
        let shown = disk::shown(&root);
        let disk = Disk { held: (shown.clone(), bytes), fence };
        let checked = open(&shown, &disk, as_of);
        Ok(Book { checked: ManuallyDrop::new(checked), policy, folder: folder.to_path_buf(), disk })
    }

    /// What `--with` and `--set` lay over the book; nothing if a file's problems were printed instead.
    pub fn settings(
        &mut self,
        with: &[PathBuf],
        set: &[String],
        terminal: &Terminal,
    ) -> Result<Option<Settings>, Failure> {
        let mut layers = Vec::new();
        for path in with {
            let (shown, text) = (disk::shown(path), disk::read_text(path)?);
            let source = self.checked.loaded.sources.add(Source::new(shown.clone(), text.clone()));
            match crate::check::layer(&self.checked.model, &self.checked.symbols, (source, &shown, &text)) {
                Ok(layer) => layers.push(layer),
                Err(problems) => {
                    self.say(&self.judged(&problems), terminal);
                    return Ok(None);
                }
            }
        }
        Ok(Some(Settings { layers, sets: sets(&self.checked, set)?, ..Settings::default() }))
    }

    /// Evaluates the book if it is sound.
    pub fn evaluate(&self, settings: &Settings) -> Option<Evaluated> {
        self.checked.is_sound().then(|| self.checked.evaluate(settings))
    }

    /// The book's problems and those of later phases, by the run's policy. Hints are for `scn check` to give.
    pub fn judged<'a>(&self, more: impl IntoIterator<Item = &'a Problem>) -> Problems {
        let mut all = self.checked.problems.clone();
        all.extend(more.into_iter().cloned());
        let mut judged = Problems::default();
        judged.extend(self.policy.judge(all).into_iter().filter(|problem| problem.severity != Severity::Hint));
        judged
    }

    /// Draws problems on standard error; whether any of them is an error.
    pub fn say(&self, problems: &Problems, terminal: &Terminal) -> bool {
        terminal.problems(problems, self.checked.sources());
        problems.has_errors()
    }
}

/// Splits a command's words into the book and the rest: the first word is the book if it is a path.
pub fn split(words: &[String]) -> (PathBuf, &[String]) {
    match words.split_first() {
        Some((first, rest)) if is_book(first) => (PathBuf::from(first), rest),
        _ => (PathBuf::from("."), words),
    }
}

fn is_book(word: &str) -> bool {
    let path = Path::new(word);
    let looks_so = word == "-" || word.ends_with(".scn") || word.ends_with('/') || word.starts_with('.');
    looks_so || path.is_dir() || is_slip(path)
}

/// A path into a directory that is there, whose last part is not: a slip, rather than a division.
fn is_slip(path: &Path) -> bool {
    path.parent().is_some_and(|parent| !parent.as_os_str().is_empty() && parent.is_dir())
}

/// The root file of a path: a file is its own, a directory has a `book.scn` or a single `.scn`.
pub fn root_of(path: &Path) -> Result<PathBuf, Failure> {
    if !path.is_dir() {
        return Ok(path.to_path_buf());
    }
    let book = path.join("book.scn");
    if book.is_file() {
        return Ok(book);
    }
    let found = disk::scenarios_in(path)?;
    let names: Vec<String> = found.iter().map(|path| disk::shown(path)).collect();
    match found.as_slice() {
        [single] => Ok(single.clone()),
        [] => {
            let message = format!("there is no book in `{}`", disk::shown(path));
            Err(Failure::asked(message, "name a directory with a `book.scn`, or start one with `scn new NAME`"))
        }
        _ => {
            let message = format!("`{}` holds {} files and no `book.scn`", disk::shown(path), found.len());
            Err(Failure::asked(message, format!("name the root file: {}", names.join(", "))))
        }
    }
}

/// What a run takes more seriously than usual, by its flags and its configuration.
pub fn policy(strictness: &Strictness, config: &Config) -> Result<Policy, Failure> {
    let all = |flag: &[String], config: &[String]| -> Result<BTreeSet<String>, Failure> {
        flag.iter().chain(config).map(|word| known(word)).collect()
    };
    Ok(Policy { deny: all(&strictness.deny, &config.deny)?, allow: all(&strictness.allow, &config.allow)? })
}

/// A code, an area or a group of problems that exists.
fn known(word: &str) -> Result<String, Failure> {
    let codes = PAGES.iter().map(|(code, _)| *code);
    let areas = codes.clone().filter_map(|code| code.split("::").next());
    let words: Vec<&str> = codes.chain(areas).chain(["warnings", "hints"]).collect();
    if words.contains(&word) {
        return Ok(word.to_string());
    }
    let help = match nearest(word, words) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "a code stands at the head of each problem; `scn explain CODE` prints its page".to_string(),
    };
    Err(Failure::asked(format!("`{word}` is not the code of a problem"), help))
}

/// A date of the command line.
pub fn date(text: &str) -> Result<Date, Failure> {
    let wrong = || Failure::asked(format!("`{text}` is not a date"), "write it as 2026-03-31");
    text.parse::<Date>().map_err(|_| wrong())
}

/// Files as the book sees them; the root is held, so that it is read once and may come from a pipe.
pub struct Disk {
    held: (String, Vec<u8>),
    fence: Fence,
}

impl Disk {
    /// The disk within a fence, with a text in the place of one file.
    pub fn holding(path: &str, text: &str, fence: Fence) -> Disk {
        Disk { held: (path.to_string(), text.as_bytes().to_vec()), fence }
    }
}

impl Loader for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let (held, bytes) = &self.held;
        if held == path { Ok(bytes.clone()) } else { self.fence.read(Path::new(path)) }
    }
}
