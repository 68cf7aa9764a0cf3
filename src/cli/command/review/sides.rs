//! The two revisions that a review is about: of a repository, or two books on the disk.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Problems, Severity};
use crate::resolve::Loader;
use crate::workspace::{Checked, open as open_book};

use super::super::super::args::ReviewArgs;
use super::super::super::book::{Book, date, root_of};
use super::super::super::config::Config;
use super::super::super::disk;
use super::super::super::failure::Failure;
use super::super::super::fence::Fence;
use super::super::super::git::{Git, Revision, Tree};
use super::super::super::terminal::Terminal;

/// A book as it was in one revision.
pub struct Side {
    pub name: String,
    pub checked: Checked,
}

/// The two sides of a review.
pub struct Sides {
    pub baseline: Side,
    pub current: Side,
    /// The command that makes the review again.
    pub reproduce: String,
}

/// What the words of the command ask for.
enum Asked {
    Books(PathBuf, PathBuf),
    /// A range if one is named, and the book.
    Range(Option<String>, PathBuf),
}

/// The folder or file whose configuration holds.
pub fn book_of(args: &ReviewArgs) -> PathBuf {
    match asked(args) {
        Ok(Asked::Books(_, new)) => new,
        Ok(Asked::Range(_, book)) => book,
        Err(_) => PathBuf::from("."),
    }
}

/// Opens both sides; nothing if the current one does not check, which is said.
pub fn open(args: &ReviewArgs, terminal: &Terminal, config: &Config) -> Result<Option<Sides>, Failure> {
    let sides = match asked(args)? {
        Asked::Books(old, new) => books(args, &old, &new, config)?,
        Asked::Range(range, book) => revisions(args, range.as_deref(), &book)?,
    };
    let baseline = &sides.baseline;
    if !baseline.checked.is_sound() {
        terminal.problems(&errors(&baseline.checked), baseline.checked.sources());
        let message = format!("the book does not check in {}, so nothing can be held against it", baseline.name);
        return Err(Failure::asked(message, "the problems above are in that revision; name a later one as the base"));
    }
    let current = &sides.current;
    if !current.checked.is_sound() {
        terminal.problems(&errors(&current.checked), current.checked.sources());
        terminal.summary(&format!("the book does not check in {}", current.name));
        return Ok(None);
    }
    Ok(Some(sides))
}

fn errors(checked: &Checked) -> Problems {
    let mut errors = Problems::default();
    errors.extend(checked.problems.iter().filter(|problem| problem.severity == Severity::Error).cloned());
    errors
}

fn asked(args: &ReviewArgs) -> Result<Asked, Failure> {
    let is_path = |word: &String| Path::new(word).exists();
    match args.words.as_slice() {
        [] => Ok(Asked::Range(None, PathBuf::from("."))),
        [one] if is_path(one) => Ok(Asked::Range(None, PathBuf::from(one))),
        [one] => Ok(Asked::Range(Some(one.clone()), PathBuf::from("."))),
        [old, new] if is_path(old) && is_path(new) => Ok(Asked::Books(PathBuf::from(old), PathBuf::from(new))),
        [range, book] if is_path(book) => Ok(Asked::Range(Some(range.clone()), PathBuf::from(book))),
        [_, book, ..] => {
            let message = format!("there is no book at `{book}`");
            Err(Failure::asked(message, "name a range and then the book: `scn review main..HEAD BOOK`"))
        }
    }
}

fn books(args: &ReviewArgs, old: &Path, new: &Path, config: &Config) -> Result<Sides, Failure> {
    let side = |path: &Path| -> Result<Side, Failure> {
        let book = Book::open(path, &args.strictness, config)?;
        Ok(Side { name: disk::shown(path), checked: ManuallyDrop::into_inner(book.checked) })
    };
    let reproduce = format!("scn review {} {}{}", disk::shown(old), disk::shown(new), flags(args));
    Ok(Sides { baseline: side(old)?, current: side(new)?, reproduce })
}

fn revisions(args: &ReviewArgs, range: Option<&str>, book: &Path) -> Result<Sides, Failure> {
    let folder = if book.is_dir() {
        book
    } else {
        book.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
    };
    let git = Git::at(folder)?;
    let (base, head) = ends(&git, range)?;
    let as_of = args.strictness.as_of.as_deref().map(date).transpose()?;
    let (new_root, current) = match &head {
        Some(head) => {
            let tree = git.tree(head)?;
            let root = root_in(&tree, &git.relative(book)?, head)?;
            (root.clone(), Side { name: head.shown(), checked: open_book(&root, &tree, as_of) })
        }
        None => {
            let root = git.relative(&root_of(book)?)?;
            let checked = open_book(&root, &WorkTree::of(&git, args.strictness.root.as_deref())?, as_of);
            (root, Side { name: "the work tree".to_string(), checked })
        }
    };
    let tree = git.tree(&base)?;
    let old_root = old_root(args, &git, &tree, &base, head.as_ref(), &new_root)?;
    let baseline = Side { name: base.shown(), checked: open_book(&old_root, &tree, as_of) };
    let to =
        head.as_ref().map(|head| format!("..{}", head.commit.get(..12).unwrap_or(&head.commit))).unwrap_or_default();
    let from = base.commit.get(..12).unwrap_or(&base.commit);
    let shown = git.relative(book)?;
    let shown = if shown.is_empty() { String::new() } else { format!(" {shown}") };
    Ok(Sides { baseline, current, reproduce: format!("scn review {from}{to}{shown}{}", flags(args)) })
}

/// The flags that make a review what it is, as they are typed.
fn flags(args: &ReviewArgs) -> String {
    let mut flags = String::new();
    flags += &args.base_book.as_ref().map(|path| format!(" --base-book {path}")).unwrap_or_default();
    flags += &args.strictness.as_of.as_ref().map(|date| format!(" --as-of {date}")).unwrap_or_default();
    flags += &args.renamed.iter().map(|names| format!(" --renamed {names}")).collect::<String>();
    flags += &args.materiality.as_ref().map(|share| format!(" --materiality {share}")).unwrap_or_default();
    match args.studies.as_deref() {
        None => {}
        Some([]) => flags += " --studies",
        Some(names) => flags += &format!(" --studies={}", names.join(",")),
    }
    flags
}

/// The two ends of a range; no head is the work tree.
fn ends(git: &Git, range: Option<&str>) -> Result<(Revision, Option<Revision>), Failure> {
    let or_head = |name: &str| if name.is_empty() { "HEAD".to_string() } else { name.to_string() };
    let Some(range) = range else { return Ok((git.base()?, None)) };
    if let Some((base, head)) = range.split_once("...") {
        let head = git.revision(&or_head(head))?;
        return Ok((git.merge_base(&git.revision(&or_head(base))?, &head)?, Some(head)));
    }
    match range.split_once("..") {
        Some((base, head)) => Ok((git.revision(&or_head(base))?, Some(git.revision(&or_head(head))?))),
        None => Ok((git.revision(range)?, None)),
    }
}

/// The root file of a book in a revision: the path itself, or the book in that folder.
pub fn root_in(tree: &Tree, path: &str, revision: &Revision) -> Result<String, Failure> {
    if tree.has(path) {
        return Ok(path.to_string());
    }
    let book = if path.is_empty() { "book.scn".to_string() } else { format!("{path}/book.scn") };
    if tree.has(&book) {
        return Ok(book);
    }
    match tree.scenarios_in(path).as_slice() {
        [single] => Ok(single.clone()),
        _ => {
            let place = if path.is_empty() { "." } else { path };
            let message = format!("there is no book at `{place}` in {}", revision.shown());
            Err(Failure::asked(message, "name the folder or the file of the book as that revision has it"))
        }
    }
}

/// Where the book was in the base: at the same path, where git sees that it was moved from, or where the flag says.
fn old_root(
    args: &ReviewArgs,
    git: &Git,
    tree: &Tree,
    base: &Revision,
    head: Option<&Revision>,
    root: &str,
) -> Result<String, Failure> {
    if let Some(path) = &args.base_book {
        return root_in(tree, path.trim_end_matches('/'), base);
    }
    if tree.has(root) {
        return Ok(root.to_string());
    }
    git.moved(base, head, root).filter(|old| tree.has(old)).ok_or_else(|| {
        let message = format!("there is no `{root}` in {}", base.shown());
        Failure::asked(message, "the book is new, or it was moved: say where it was with `--base-book PATH`")
    })
}

/// The files of a repository as they are on the disk.
struct WorkTree {
    /// The folder that paths begin at.
    top: PathBuf,
    fence: Fence,
}

impl WorkTree {
    fn of(git: &Git, asked: Option<&Path>) -> Result<WorkTree, Failure> {
        Ok(WorkTree { top: git.top.clone(), fence: Fence::around(&git.top, asked.or(Some(&git.top)))? })
    }
}

impl Loader for WorkTree {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.fence.read(&self.top.join(path))
    }
}
