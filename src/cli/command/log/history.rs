//! The history of a value: a walk over the revisions, each of them computed once and kept for the next walk.

use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::cli::args::LogArgs;
use crate::cli::book::{Book, date, root_of};
use crate::cli::command::review::root_in;
use crate::cli::failure::Failure;
use crate::cli::git::{Commit, Git, Revision, Store, Tree, hashed};
use crate::explain::{History, Moment, State, earlier_name, history, states};
use crate::model::Model;
use crate::workspace::{Checked, open};

/// How paths moved, and the commits of the revisions that their rows name.
pub struct Walked {
    /// The oldest first; nothing for the work tree.
    pub commits: Vec<Option<Commit>>,
    pub histories: Vec<History>,
}

impl Walked {
    /// The commit of a row; nothing for the work tree.
    pub fn commit(&self, row: &Moment) -> Option<&Commit> {
        self.commits.get(row.revision)?.as_ref()
    }
}

/// Walks from the newest revision to the oldest, following renames, and tells each path's history forward.
pub fn histories(args: &LogArgs, git: &Git, path: &Path, book: &Book, words: &[String]) -> Result<Walked, Failure> {
    let root = git.relative(&root_of(path)?)?;
    let commits = git.log(args.upto.as_deref().unwrap_or("HEAD"), &paths(git, book, &root), args.most)?;
    let mut walk = Walk {
        git,
        case: &args.case,
        as_of: args.strictness.as_of.as_deref().map(date).transpose()?,
        store: if args.no_cache { Store::none() } else { Store::of(git, "log") },
        names: words.to_vec(),
        root,
        newer: Newer::None,
    };
    let mut revisions: Vec<(Option<Commit>, Vec<State>)> = Vec::new();
    if args.upto.is_none() {
        // What is asked for must be there now.
        let now = states(&book.checked, words, &args.case)?.into_iter().collect::<Result<Vec<_>, _>>()?;
        revisions.push((None, now));
        walk.newer = Newer::Here(content(&book.checked), &book.checked);
    }
    for commit in commits {
        match walk.back_to(&commit)? {
            Found::Nothing => break,
            Found::Broken | Found::Unread => {}
            Found::Said { states, .. } => revisions.push((Some(commit), states)),
        }
    }
    walk.store.trim();
    revisions.reverse();
    let units = &book.checked.model.units;
    let (commits, said): (Vec<Option<Commit>>, Vec<Vec<State>>) = revisions.into_iter().unzip();
    let told = |(at, word): (usize, &String)| history(word, &args.case, units, said.iter().map(|all| &all[at]));
    let histories = words.iter().enumerate().map(told).collect();
    Ok(Walked { commits, histories })
}

/// What was found in one revision.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Found {
    /// There is no book yet.
    Nothing,
    /// The book does not check.
    Broken,
    /// A file of the book cannot be read, which may be otherwise next time.
    Unread,
    Said {
        root: String,
        names: Vec<String>,
        states: Vec<State>,
    },
}

/// A walk back in time.
struct Walk<'a> {
    git: &'a Git,
    case: &'a str,
    as_of: Option<Date>,
    store: Store,
    /// Where the book is and what the paths are called in the revision that was looked at last.
    root: String,
    names: Vec<String>,
    newer: Newer<'a>,
}

/// The revision that was looked at last and checks; names are followed from it.
enum Newer<'a> {
    None,
    /// As it is on the disk, by its content.
    Here(String, &'a Checked),
    Open(Commit, Box<Checked>),
    /// Known from an earlier walk, and not opened yet.
    Kept(Commit, String),
}

impl Walk<'_> {
    /// Looks at an older revision, unless an earlier walk did.
    fn back_to(&mut self, commit: &Commit) -> Result<Found, Failure> {
        let key = self.key(commit);
        let kept: Option<Found> = self.store.get(&key);
        let found = match kept {
            Some(found) => {
                if let Found::Said { root, .. } = &found {
                    self.newer = Newer::Kept(commit.clone(), root.clone());
                }
                found
            }
            None => {
                let found = self.looked_at(commit)?;
                if !matches!(found, Found::Unread) {
                    self.store.put(&key, &found);
                }
                found
            }
        };
        if let Found::Said { root, names, .. } = &found {
            (self.root, self.names) = (root.clone(), names.clone());
        }
        Ok(found)
    }

    /// Everything that an answer depends on: content, question, and what names are followed from.
    fn key(&self, commit: &Commit) -> String {
        let newer = match &self.newer {
            Newer::None => "",
            Newer::Here(content, _) => content,
            Newer::Open(commit, _) | Newer::Kept(commit, _) => &commit.tree,
        };
        let names = serde_json::to_string(&self.names).unwrap_or_default();
        format!("{}\n{}\n{:?}\n{}\n{newer}\n{names}", commit.tree, self.root, self.as_of, self.case)
    }

    fn looked_at(&mut self, commit: &Commit) -> Result<Found, Failure> {
        let tree = self.tree(commit)?;
        let folder = self.root.rsplit_once('/').map_or("", |(folder, _)| folder);
        let place = if tree.has(&self.root) { &self.root } else { folder };
        let Ok(root) = root_in(&tree, place, &revision(commit)) else { return Ok(Found::Nothing) };
        let checked = open(&root, &tree, self.as_of);
        if !checked.is_sound() {
            let is_unread = checked.problems.iter().any(|problem| problem.code == "resolve::unreadable");
            return Ok(if is_unread { Found::Unread } else { Found::Broken });
        }
        let names = self.earlier_names(&checked.model)?;
        let mut said = states(&checked, &names, self.case).unwrap_or_default().into_iter();
        let states = names.iter().map(|_| said.next().and_then(Result::ok).unwrap_or_default()).collect();
        self.newer = Newer::Open(commit.clone(), Box::new(checked));
        Ok(Found::Said { root, names, states })
    }

    /// What the paths were called in an older revision.
    fn earlier_names(&mut self, old: &Model) -> Result<Vec<String>, Failure> {
        if let Newer::Kept(commit, root) = &self.newer {
            let checked = open(root, &self.tree(commit)?, self.as_of);
            self.newer = Newer::Open(commit.clone(), Box::new(checked));
        }
        let newer = match &self.newer {
            Newer::Here(_, checked) => &checked.model,
            Newer::Open(_, checked) => &checked.model,
            Newer::None | Newer::Kept(..) => return Ok(self.names.clone()),
        };
        Ok(self.names.iter().map(|name| earlier_name(old, newer, name)).collect())
    }

    fn tree(&self, commit: &Commit) -> Result<Tree, Failure> {
        self.git.tree(&revision(commit))
    }
}

fn revision(commit: &Commit) -> Revision {
    Revision { name: commit.hash.clone(), commit: commit.hash.clone() }
}

/// What a book on the disk is made of, in a word.
fn content(checked: &Checked) -> String {
    let texts = checked.sources().iter().map(|(_, source)| format!("{}\n{}", source.path, source.text));
    let data = checked.loaded.data.iter().map(|(path, bytes)| format!("{path}\n{}", String::from_utf8_lossy(bytes)));
    hashed(&texts.chain(data).map(|text| hashed(&text)).collect::<String>())
}

/// The book's folder, and every file that it reads from elsewhere.
fn paths(git: &Git, book: &Book, root: &str) -> Vec<String> {
    let folder = root.rsplit_once('/').map_or(".", |(folder, _)| folder).to_string();
    let read = book.checked.loaded.files.iter().filter(|file| file.library.is_none());
    let sources = read.map(|file| book.checked.sources().get(file.source).path.to_string());
    let data = book.checked.loaded.data.keys().cloned();
    let all = sources.chain(data).filter_map(|path| git.relative(Path::new(&path)).ok());
    let outside = all.filter(|path| folder != "." && !path.starts_with(&format!("{folder}/")));
    let mut paths: Vec<String> = [folder.clone()].into_iter().chain(outside).collect();
    paths.dedup();
    paths
}
