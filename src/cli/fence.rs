//! `Fence`: the folder that a book reads in; nothing outside of it reaches a message, a value or a report.

use std::path::{Component, Path, PathBuf};

use super::disk;

/// The root of a book: what it uses, its data and its templates lie below it.
#[derive(Debug, Clone)]
pub struct Fence {
    root: PathBuf,
}

impl Fence {
    /// Around the folder that was asked for, else the work tree that the book's folder is in, else that folder itself.
    pub fn around(folder: &Path, asked: Option<&Path>) -> Fence {
        let folder = disk::real(asked.unwrap_or(folder)).unwrap_or_else(|| disk::whole(folder));
        let tree = folder.ancestors().find(|above| above.join(".git").exists());
        let root = tree.filter(|_| asked.is_none()).unwrap_or(&folder).to_path_buf();
        Fence { root }
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
        let is_hidden = |part: Component| part.as_os_str().to_string_lossy().starts_with('.');
        match below.components().any(is_hidden) {
            true => Err("a name in its path begins with a dot, and a book reads nothing hidden".to_string()),
            false => Ok(()),
        }
    }
}
