//! `Tree`: the files of one revision, read when they are asked for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use crate::cli::failure::reason;
use crate::cli::fence::refuse_hidden;
use crate::resolve::Loader;

use super::{Revision, command};

/// The files of one revision, read when they are asked for.
pub struct Tree {
    top: PathBuf,
    revision: Revision,
    entries: BTreeMap<String, Entry>,
    batch: RefCell<Option<Batch>>,
}

/// What a path of a revision is.
struct Entry {
    mode: String,
    object: String,
}

/// Files longer than this are not read.
const LARGEST: u64 = 64 << 20;

impl Tree {
    /// The files that `git ls-tree -z` lists.
    pub(super) fn new(top: PathBuf, revision: Revision, listed: &str) -> Tree {
        let entries = listed.split('\0').filter_map(entry).collect();
        Tree { top, revision, entries, batch: RefCell::new(None) }
    }

    /// Whether the revision has a file.
    pub fn has(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    /// The `.scn` files right in a folder.
    pub fn scenarios_in(&self, folder: &str) -> Vec<String> {
        let inside = |path: &&String| {
            let rest = if folder.is_empty() {
                Some(path.as_str())
            } else {
                path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'))
            };
            rest.is_some_and(|rest| !rest.contains('/') && rest.ends_with(".scn"))
        };
        self.entries.keys().filter(inside).cloned().collect()
    }

    fn blob(&self, object: &str) -> Result<Vec<u8>, String> {
        let mut batch = self.batch.borrow_mut();
        if batch.is_none() {
            *batch = Some(Batch::start(&self.top)?);
        }
        match batch.as_mut() {
            Some(running) => running.read(object),
            None => Err("git does not answer".to_string()),
        }
    }

    /// Why a revision has no such file.
    fn missing(&self, path: &str) -> String {
        let submodule = self
            .entries
            .iter()
            .find(|(folder, entry)| entry.mode == "160000" && path.starts_with(&format!("{folder}/")));
        match submodule {
            Some((folder, _)) => format!("it is in the submodule `{folder}`, which is another repository"),
            None => format!("there is no such file in {}", self.revision.shown()),
        }
    }
}

impl Loader for Tree {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        refuse_hidden(Path::new(path))?;
        let entry = self.entries.get(path).ok_or_else(|| self.missing(path))?;
        match entry.mode.as_str() {
            "160000" => return Err("it is a submodule, which is another repository".to_string()),
            "120000" => return Err("it is a link, and links are not followed in a revision".to_string()),
            _ => {}
        }
        let bytes = self.blob(&entry.object)?;
        match bytes.starts_with(b"version https://git-lfs") {
            true => Err("git holds only a pointer to it, the file is kept by Git LFS".to_string()),
            false => Ok(bytes),
        }
    }
}

/// What a clone with a filter left out is not fetched behind the reader's back.
const NOT_HERE: &str =
    "its content is not in this clone; where that was made with a filter, `git fetch --refetch --no-filter` brings it";

/// `git cat-file --batch`, which answers one object after the other.
struct Batch {
    child: Child,
    asked: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Batch {
    fn start(top: &Path) -> Result<Batch, String> {
        let mut command = command(top, &["cat-file", "--batch"]);
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = started.map_err(|error| reason(&error))?;
        let asked = child.stdin.take();
        let answers = child.stdout.take().ok_or("git does not answer")?;
        Ok(Batch { child, asked, answers: BufReader::new(answers) })
    }

    fn read(&mut self, object: &str) -> Result<Vec<u8>, String> {
        let broken = |error: std::io::Error| reason(&error);
        let asked = self.asked.as_mut().ok_or("git does not answer")?;
        writeln!(asked, "{object}").and_then(|()| asked.flush()).map_err(broken)?;
        let mut head = String::new();
        self.answers.read_line(&mut head).map_err(broken)?;
        let size = head.trim().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let Some(size) = size else { return Err(NOT_HERE.to_string()) };
        let mut bytes = Vec::new();
        let mut content = (&mut self.answers).take(size + 1);
        if size > LARGEST {
            std::io::copy(&mut content, &mut std::io::sink()).map_err(broken)?;
            return Err(format!("it is longer than the {} MB that a file may have", LARGEST >> 20));
        }
        content.read_to_end(&mut bytes).map_err(broken)?;
        bytes.truncate(size as usize);
        Ok(bytes)
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        drop(self.asked.take());
        let _ = self.child.wait();
    }
}

/// `100644 blob HASH\tpath` as `git ls-tree` prints it.
fn entry(line: &str) -> Option<(String, Entry)> {
    let (head, path) = line.split_once('\t')?;
    let mut words = head.split(' ');
    let (mode, _, object) = (words.next()?, words.next()?, words.next()?);
    Some((path.to_string(), Entry { mode: mode.to_string(), object: object.to_string() }))
}
