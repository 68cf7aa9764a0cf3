//! Git: the one place that runs the `git` command. Revisions are read as blobs; nothing is checked out.

mod history;
mod store;
mod tree;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::disk;
use super::failure::Failure;

pub use history::{Blamed, Commit};
pub use store::{Store, hashed};
pub use tree::Tree;

/// A repository.
#[derive(Debug, Clone)]
pub struct Git {
    /// The folder that its paths begin at.
    pub top: PathBuf,
}

/// A commit and the name it was asked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub name: String,
    pub commit: String,
}

impl Revision {
    /// The name, with the commit if the name does not say it: `main (1a2b3c4)`.
    pub fn shown(&self) -> String {
        let short = self.commit.get(..7).unwrap_or(&self.commit);
        if self.commit.starts_with(&self.name) { short.to_string() } else { format!("{} ({short})", self.name) }
    }
}

impl Git {
    /// The repository that a folder is in.
    pub fn at(folder: &Path) -> Result<Git, Failure> {
        let found = run(folder, &["rev-parse", "--show-toplevel"])?;
        match found {
            Ok(top) => Ok(Git { top: PathBuf::from(top.trim_end_matches('\n')) }),
            Err(said) if said.contains("dubious ownership") => {
                let message = format!(
                    "git does not trust the repository of `{}`: it belongs to somebody else",
                    disk::shown(folder)
                );
                Err(Failure::asked(message, "say `git config --global --add safe.directory DIRECTORY`"))
            }
            Err(_) => {
                let message = format!("`{}` is not in a git repository", disk::shown(folder));
                Err(Failure::asked(message, "compare two books without git: `scn review OLD NEW`"))
            }
        }
    }

    /// The commit of a name: a branch, a tag, a hash, `HEAD~3`.
    pub fn revision(&self, name: &str) -> Result<Revision, Failure> {
        let commit = format!("{name}^{{commit}}");
        let found = run(&self.top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        match found {
            Ok(commit) => Ok(Revision { name: name.to_string(), commit: commit.trim().to_string() }),
            Err(_) => Err(self.unknown(name)?),
        }
    }

    /// The last commit that two revisions have in common.
    pub fn merge_base(&self, left: &Revision, right: &Revision) -> Result<Revision, Failure> {
        let found = run(&self.top, &["merge-base", &left.commit, &right.commit])?;
        match found {
            Ok(commit) => {
                let commit = commit.trim().to_string();
                let name = if commit == left.commit { left.name.clone() } else { commit.clone() };
                Ok(Revision { name, commit })
            }
            Err(_) if self.is_shallow()? => Err(self.unknown(&left.name)?),
            Err(_) => {
                let message = format!("`{}` and `{}` have no commit in common", left.name, right.name);
                Err(Failure::asked(message, "name the two revisions: `scn review BASE..HEAD`"))
            }
        }
    }

    /// Where the work on the current branch began: its merge base with the main branch, else its last commit.
    pub fn base(&self) -> Result<Revision, Failure> {
        let head = self.revision("HEAD")?;
        for name in ["origin/HEAD", "origin/main", "origin/master", "main", "master"] {
            if let Ok(main) = self.revision(name) {
                return self.merge_base(&main, &head);
            }
        }
        Ok(head)
    }

    /// The files of a revision.
    pub fn tree(&self, revision: &Revision) -> Result<Tree, Failure> {
        let listed = run(&self.top, &["ls-tree", "-r", "-z", "--full-tree", &revision.commit])?;
        let listed = listed.map_err(|said| Failure::plain(format!("git cannot list `{}`: {said}", revision.name)))?;
        Ok(Tree::new(self.top.clone(), revision.clone(), &listed))
    }

    /// A path as the repository names it.
    pub fn relative(&self, path: &Path) -> Result<String, Failure> {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let folder = whole.parent().and_then(|parent| parent.canonicalize().ok());
        let whole = match (path.canonicalize(), folder, whole.file_name()) {
            (Ok(found), _, _) => found,
            (_, Some(folder), Some(name)) => folder.join(name),
            _ => whole,
        };
        let top = self.top.canonicalize().unwrap_or_else(|_| self.top.clone());
        match whole.strip_prefix(&top) {
            Ok(relative) => Ok(relative.to_string_lossy().replace('\\', "/")),
            Err(_) => Err(Failure::plain(format!(
                "`{}` is outside of the repository `{}`",
                disk::shown(path),
                disk::shown(&top)
            ))),
        }
    }

    /// The path that a file had in an earlier revision, if it was moved since.
    pub fn moved(&self, base: &Revision, head: Option<&Revision>, path: &str) -> Option<String> {
        let mut words = vec!["diff", "--no-ext-diff", "--no-textconv", "--find-renames=40%", "--diff-filter=R"];
        words.extend(["--name-status", "-z", &base.commit]);
        words.extend(head.map(|head| head.commit.as_str()));
        let listed = run(&self.top, &words).ok()?.ok()?;
        let fields: Vec<&str> = listed.split('\0').collect();
        let found = fields.chunks(3).find(|fields| fields.get(2) == Some(&path));
        found.map(|fields| fields[1].to_string())
    }

    fn is_shallow(&self) -> Result<bool, Failure> {
        Ok(run(&self.top, &["rev-parse", "--is-shallow-repository"])?.is_ok_and(|said| said.trim() == "true"))
    }

    fn unknown(&self, name: &str) -> Result<Failure, Failure> {
        if self.is_shallow()? {
            let message = format!("`{name}` is not in this clone, which is shallow");
            return Ok(Failure::asked(
                message,
                "fetch the history: `git fetch --unshallow`, or `fetch-depth: 0` where it is checked out",
            ));
        }
        let message = format!("there is no revision `{name}`");
        Ok(Failure::asked(message, "name a branch, a tag or a commit that `git log` shows"))
    }
}

/// Runs git to its end: what it prints, or what it says is wrong.
fn run(folder: &Path, words: &[&str]) -> Result<Result<String, String>, Failure> {
    let output = command(folder, words).stdin(Stdio::null()).output();
    let output = output.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            Failure::asked("git is not installed", "install it, or compare two books without it: `scn review OLD NEW`")
        }
        _ => Failure::plain(format!("git cannot be run: {}", super::failure::reason(&error))),
    })?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr).trim().to_string()) })
}

/// Settings of a repository that would make git run a program are put out of force, and so is fetching what a clone left out: a
/// folder with a `.git` in it may be a stranger's.
const SAFE: [&str; 8] = [
    "-c",
    "core.quotePath=false",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "log.showSignature=false",
];

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(SAFE).args(words);
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
    command
}
