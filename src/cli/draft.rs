//! Files written whole or not at all: each beside its place first, then all of them take their names together.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::disk::error_of;
use super::failure::{Failure, reason};

/// What is written and has no name yet. An interrupt takes these away, and waits while they take their names.
static UNNAMED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Writes a file.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    write_all(&[(path, bytes.as_ref())])
}

/// Writes some files: if one of them cannot be filled, none takes its name. A name that cannot be taken then, as one that another
/// program holds, leaves those before it written; the error says which it was.
pub fn write_all(files: &[(&Path, &[u8])]) -> Result<(), Failure> {
    let drafts = files.iter().map(|(path, bytes)| Draft::of(path, bytes)).collect::<Result<Vec<Draft>, Failure>>();
    let named = drafts.and_then(|drafts| {
        let mut unnamed = unnamed();
        drafts.iter().try_for_each(Draft::take_name)?;
        unnamed.clear();
        Ok(())
    });
    if named.is_err() {
        discard();
    }
    named
}

/// Takes away what has no name yet.
pub fn discard() {
    for draft in unnamed().drain(..) {
        let _ = fs::remove_file(draft);
    }
}

/// The same where the process ends at once, and nobody can be waited for: if another thread stopped while it held the list, what is
/// on it stays.
pub fn discard_now() {
    if let Ok(unnamed) = UNNAMED.try_lock() {
        for draft in unnamed.iter() {
            let _ = fs::remove_file(draft);
        }
    }
}

/// A file that is written and has no name yet.
struct Draft<'p> {
    path: &'p Path,
    target: PathBuf,
    draft: PathBuf,
}

impl Draft<'_> {
    fn of<'p>(path: &'p Path, bytes: &[u8]) -> Result<Draft<'p>, Failure> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| error_of("make the directory", folder, reason(&error)))?;
        if target.is_dir() {
            return Err(error_of("write", path, "it is a directory".to_string()));
        }
        // A draft would take its place: a pipe or a device, such as /dev/null, would be a file from then on.
        if target.exists() && !target.is_file() {
            return Err(error_of(
                "write",
                path,
                "it is a pipe or a device; leave the flag out for standard output".to_string(),
            ));
        }
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let draft = folder.join(format!(".{name}.{}.tmp", std::process::id()));
        unnamed().push(draft.clone());
        let filled = fill(&draft, bytes).and_then(|()| keep_mode(&target, &draft));
        filled.map_err(|error| error_of("write", path, reason(&error)))?;
        Ok(Draft { path, target, draft })
    }

    fn take_name(&self) -> Result<(), Failure> {
        fs::rename(&self.draft, &self.target).map_err(|error| error_of("write", self.path, reason(&error)))
    }
}

fn unnamed() -> MutexGuard<'static, Vec<PathBuf>> {
    UNNAMED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn fill(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // What stands at that name already is taken away and never written through: it may be a link to somewhere else.
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A file that is replaced keeps who may read and write it.
fn keep_mode(old: &Path, new: &Path) -> std::io::Result<()> {
    match fs::metadata(old) {
        Ok(metadata) if metadata.permissions().readonly() => Err(std::io::ErrorKind::PermissionDenied.into()),
        Ok(metadata) => fs::set_permissions(new, metadata.permissions()),
        Err(_) => Ok(()),
    }
}
