//! `Store`: what was found out about revisions, kept between runs under git's own directory.
//!
//! An entry is named after what it answers and after the program that found it, and begins with the hash of its text: one that was
//! cut short, tampered with, or written by another version is as good as none. Entries are written whole or not at all, so
//! runs beside each other do no harm.

use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::super::disk;
use super::super::draft;
use super::{Git, run};

/// So many entries are kept, and so many bytes; the ones that were written last.
const MOST_ENTRIES: usize = 2_000;
const MOST_BYTES: u64 = 16 << 20;

/// What was found out about revisions; nothing is kept without a folder.
pub struct Store {
    folder: Option<PathBuf>,
    engine: String,
    has_new: std::cell::Cell<bool>,
}

impl Store {
    /// The store of a repository, shared by all of its work trees.
    pub fn of(git: &Git, name: &str) -> Store {
        let found = run(&git.top, &["rev-parse", "--git-common-dir"]).ok().and_then(Result::ok);
        let folder = found.and_then(|folder| {
            let kept = git.top.join(folder.trim_end_matches('\n')).join("scn");
            // A link there would have others' files read and written as if they were ours.
            let is_ours = !kept.is_symlink() && !kept.join(name).is_symlink();
            is_ours.then(|| kept.join(name))
        });
        Store { folder, engine: engine(), has_new: false.into() }
    }

    /// One that remembers nothing.
    pub fn none() -> Store {
        Store { folder: None, engine: String::new(), has_new: false.into() }
    }

    /// What is kept under a key.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let path = self.path(key)?;
        let text = path.is_file().then(|| disk::read(&path).ok()).flatten()?;
        let text = String::from_utf8(text).ok()?;
        let (hash, value) = text.split_once('\n')?;
        (hash == hashed(value)).then(|| serde_json::from_str(value).ok()).flatten()
    }

    /// Keeps a value; where that is not possible, it is found out again next time.
    pub fn put<T: Serialize>(&self, key: &str, value: &T) {
        let (Some(path), Ok(text)) = (self.path(key), serde_json::to_string(value)) else { return };
        let written = draft::write(&path, format!("{}\n{text}", hashed(&text)));
        self.has_new.set(self.has_new.get() || written.is_ok());
    }

    /// Drops the oldest entries where there are more than are kept.
    pub fn trim(&self) {
        let Some(folder) = self.folder.as_ref().filter(|_| self.has_new.get()) else { return };
        let mut bytes = 0;
        for (at, (path, size)) in disk::newest_first(folder).into_iter().enumerate() {
            bytes += size;
            if at >= MOST_ENTRIES || bytes > MOST_BYTES {
                let _ = disk::remove(&path);
            }
        }
    }

    fn path(&self, key: &str) -> Option<PathBuf> {
        let name = hashed(&format!("{}\n{key}", self.engine));
        Some(self.folder.as_ref()?.join(name))
    }
}

/// The program that answers: its version, and its file, since versions stand still while it is worked on.
fn engine() -> String {
    let file = std::env::current_exe().ok().and_then(|path| path.metadata().ok());
    let file = file.map(|file| (file.len(), file.modified().ok()));
    format!("{} {file:?}", env!("CARGO_PKG_VERSION"))
}

/// The hash of a text.
pub fn hashed(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
