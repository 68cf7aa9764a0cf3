//! `Fence`: the folder that a book reads in; nothing outside of it reaches a message, a value or a report.

use std::path::{Component, Path, PathBuf};

use super::disk;
use super::failure::Failure;

/// The root of a book: what it uses, its data and its templates lie below it.
#[derive(Debug, Clone)]
pub struct Fence {
    root: PathBuf,
}

impl Fence {
    /// Around the folder that was asked for, else the work tree that the book's folder is in, else that folder itself.
    pub fn around(folder: &Path, asked: Option<&Path>) -> Result<Fence, Failure> {
        if let Some(asked) = asked {
            let missing = || disk::error_of("read below", asked, "there is no such directory".to_string());
            return disk::real(asked).filter(|root| root.is_dir()).map(|root| Fence { root }).ok_or_else(missing);
        }
        Ok(Fence::of(folder))
    }

    /// Around the work tree that a folder is in, else that folder itself.
    pub fn of(folder: &Path) -> Fence {
        let folder = disk::whole(folder);
        let tree = folder.ancestors().find(|above| above.join(".git").exists());
        Fence { root: tree.unwrap_or(&folder).to_path_buf() }
    }

    /// Reads a plain file below the root. The reason of a refusal says nothing of the file, not even whether it is there.
    pub fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        let real = disk::real(path);
        self.allows(real.as_deref().unwrap_or(&disk::whole(path)))?;
        disk::read(real.as_deref().unwrap_or(path))
    }

    /// Reads a file below the root as text.
    pub fn read_text(&self, path: &Path) -> Result<String, String> {
        self.read(path).and_then(disk::text)
    }

    /// Whether a path whose links are followed is one that the book may read.
    fn allows(&self, path: &Path) -> Result<(), String> {
        let Ok(below) = path.strip_prefix(&self.root) else {
            let root = disk::shown(&self.root);
            return Err(format!(
                "it lies outside `{root}`, where the book may read; `--root DIR` names another folder"
            ));
        };
        refuse_hidden(below)
    }
}

/// Refuses a path below a root in which a name begins with a dot, on the disk as in a revision.
pub fn refuse_hidden(below: &Path) -> Result<(), String> {
    let is_hidden = |part: Component| part.as_os_str().to_string_lossy().starts_with('.');
    match below.components().any(is_hidden) {
        true => Err("a name in its path begins with a dot, and a book reads nothing hidden".to_string()),
        false => Ok(()),
    }
}
