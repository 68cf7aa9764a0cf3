//! Whether a merged file still checks, beside the other files of its book as they stand on the disk.

use std::collections::BTreeSet;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use crate::diagnostic::render::counted;
use crate::diagnostic::{Policy, Problem, Problems, Severity};
use crate::eval::Settings;
use crate::merge::Sides;
use crate::workspace::{Checked, open};

use super::super::super::book::Disk;
use super::super::super::disk;
use super::super::super::fence::Fence;
use super::super::super::terminal::Terminal;

/// The three texts of a file that merged without a conflict.
pub struct Texts<'t> {
    pub ours: &'t str,
    pub theirs: &'t str,
    pub merged: &'t str,
}

/// Checks the file as it is on either side and as it was merged, and says what is wrong with the merge alone, or that this
/// cannot be judged; whether anything is wrong.
pub fn has_come_apart(path: &str, texts: &Texts<'_>, sides: Sides<'_>, policy: &Policy, terminal: &Terminal) -> bool {
    let seen = |text: &str| Seen::of(path, text, policy);
    let merged = seen(texts.merged);
    if merged.errors.is_empty() {
        return false;
    }
    let (ours, theirs) = (seen(texts.ours), seen(texts.theirs));
    let known: BTreeSet<(String, String)> = ours.marks().chain(theirs.marks()).collect();
    let mut new = Problems::default();
    new.extend(merged.errors.iter().filter(|problem| !known.contains(&merged.mark(problem))).cloned());
    if !new.is_empty() {
        terminal.problems(&new, merged.checked.sources());
        let many = counted(new.len(), "problem");
        terminal.say(&format!("{path}: merged, and {many} came of it that neither side has\n"));
        return true;
    }
    for (label, side) in [(sides.ours, &ours), (sides.theirs, &theirs)].into_iter().filter(|(_, side)| !side.is_sound())
    {
        terminal.say(&unjudged(path, label, side));
    }
    false
}

fn unjudged(path: &str, label: &str, side: &Seen) -> String {
    let many = counted(side.errors.len(), "problem");
    format!(
        "{path}: merged, but nobody knows whether it checks: {label} has {many} beside the other files as they are now; run \
         `scn check` when all of them are merged\n"
    )
}

/// A file in its book, and what is wrong there.
struct Seen {
    /// Never taken apart: a process gives its memory back sooner as a whole.
    checked: ManuallyDrop<Checked>,
    errors: Vec<Problem>,
}

impl Seen {
    fn of(path: &str, text: &str, policy: &Policy) -> Seen {
        let (checked, disk) = book_with(path, text);
        let evaluated = checked.is_sound().then(|| checked.evaluate(&Settings::default()));
        let all = policy.judge(checked.whole(evaluated.as_ref(), &disk)).into_iter();
        let errors = all.filter(|problem| problem.severity == Severity::Error).collect();
        Seen { checked: ManuallyDrop::new(checked), errors }
    }

    fn is_sound(&self) -> bool {
        self.errors.is_empty()
    }

    fn marks(&self) -> impl Iterator<Item = (String, String)> {
        self.errors.iter().map(|problem| self.mark(problem))
    }

    /// What tells one problem from another wherever its line stands now: its code, and what stands at its place.
    fn mark(&self, problem: &Problem) -> (String, String) {
        let at = problem.place().map(|place| self.checked.sources().slice(place).to_string());
        (problem.code.clone(), at.unwrap_or_else(|| problem.message.clone()))
    }
}

/// The nearest `book.scn` beside a file or above it that uses the file, with a text in its place; the file alone if there is none.
fn book_with(path: &str, text: &str) -> (Checked, Disk) {
    let disk = || {
        let folder = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty());
        Disk::holding(path, text, Fence::of(folder.unwrap_or(Path::new("."))))
    };
    for root in roots(Path::new(path)) {
        let (root, disk) = (disk::shown(&root), disk());
        let checked = open(&root, &disk, None);
        let uses = |checked: &Checked| checked.sources().iter().any(|(_, source)| &*source.path == path);
        if uses(&checked) {
            return (checked, disk);
        }
    }
    let disk = disk();
    (open(path, &disk, None), disk)
}

/// Every `book.scn` beside a file and above it, the nearest first.
fn roots(path: &Path) -> impl Iterator<Item = PathBuf> {
    let folders = path.ancestors().skip(1).map(|folder| folder.join("book.scn"));
    folders.filter(move |root| root.is_file()).collect::<Vec<_>>().into_iter()
}
