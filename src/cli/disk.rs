//! The disk: where files are read, listed and removed.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crate::text::{nearest, on_one_line};

use super::failure::{Failure, reason};

/// No file of a book is longer than this.
const LARGEST: u64 = 64 << 20;

/// Reads a plain file; the error is in words, with the nearest sibling if there is no such file. A pipe or a device is not
/// opened, since it might never end.
#[allow(clippy::disallowed_methods)]
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    let metadata = fs::metadata(path).map_err(|error| not_there(path, &error))?;
    if metadata.is_dir() {
        return Err("it is a directory".to_string());
    }
    if !metadata.is_file() {
        return Err("it is no plain file; what comes through a pipe is read as `-`".to_string());
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| reason(&error))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    within_limit(bytes)
}

/// Reads standard input to its end.
pub fn read_stdin() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| error_of("read", Path::new("-"), reason(&error)))?;
    within_limit(bytes).map_err(|reason| error_of("read", Path::new("-"), reason))
}

/// Reads a file as UTF-8 text.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    let bytes = read(path).map_err(|reason| error_of("read", path, reason))?;
    text(bytes).map_err(|reason| error_of("read", path, reason))
}

/// Bytes as text, or where they stop being any.
pub fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("byte {valid}, on line {line}, is not UTF-8 text")
    })
}

/// Every `.scn` file in a directory and below it, sorted; hidden directories and links are left out.
pub fn scenarios_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for (path, kind) in entries(&folder)? {
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if kind.is_dir() && !hidden {
                open.push(path);
            } else if kind.is_file() && is_scenario(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The `.scn` files of one directory, sorted.
pub fn scenarios_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let files = entries(folder)?.into_iter().map(|(path, _)| path);
    let mut found: Vec<PathBuf> = files.filter(|path| is_scenario(path) && path.is_file()).collect();
    found.sort();
    Ok(found)
}

/// The files of one directory that end in `.EXTENSION`, sorted.
pub fn files_in(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Failure> {
    let files = entries(folder)?.into_iter().filter(|(_, kind)| kind.is_file()).map(|(path, _)| path);
    let mut found: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == extension)).collect();
    found.sort();
    Ok(found)
}

/// The files of one directory with their sizes, those that were written last first; nothing where that cannot be seen.
pub fn newest_first(folder: &Path) -> Vec<(PathBuf, u64)> {
    let seen = |(path, kind): (PathBuf, fs::FileType)| {
        let file = path.metadata().ok().filter(|_| kind.is_file())?;
        Some((file.modified().ok()?, path, file.len()))
    };
    let mut files: Vec<_> = entries(folder).unwrap_or_default().into_iter().filter_map(seen).collect();
    files.sort_by(|a, b| b.cmp(a));
    files.into_iter().map(|(_, path, size)| (path, size)).collect()
}

/// Removes a file.
pub fn remove(path: &Path) -> Result<(), Failure> {
    fs::remove_file(path).map_err(|error| error_of("remove", path, reason(&error)))
}

/// Whether nothing is at a path; what may not be looked at is there.
pub fn is_absent(path: &Path) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    path.symlink_metadata().is_err_and(|error| matches!(error.kind(), NotFound | NotADirectory))
}

/// A path with its links followed; nothing if there is no such file.
pub fn real(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// A path from the root of the disk on, with the links of as much of it followed as is there.
pub fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let found = path.ancestors().find_map(|above| Some((real(above)?, path.strip_prefix(above).ok()?)));
    let mut whole = PathBuf::new();
    for part in found.map_or(path.clone(), |(above, rest)| above.join(rest)).components() {
        match part {
            Component::ParentDir => drop(whole.pop()),
            part => whole.push(part),
        }
    }
    whole
}

/// A path as messages show it, on one line: relative to the working directory where it lies below it, with `/`.
pub fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let relative = path.strip_prefix(&here).unwrap_or(path);
    let text = relative.to_string_lossy().replace('\\', "/");
    let text = on_one_line(text.strip_prefix("./").unwrap_or(&text)).into_owned();
    if text.is_empty() { ".".to_string() } else { text }
}

/// The failure of doing something to a file.
pub fn error_of(what: &'static str, path: &Path, reason: String) -> Failure {
    Failure::File { what, path: shown(path), reason }
}

fn within_limit(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it is longer than the {} MB that a file may have", LARGEST >> 20));
    }
    Ok(bytes)
}

fn entries(folder: &Path) -> Result<Vec<(PathBuf, fs::FileType)>, Failure> {
    let failed = |error: std::io::Error| error_of("list", folder, reason(&error));
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        all.push((entry.path(), entry.file_type().map_err(failed)?));
    }
    Ok(all)
}

fn is_scenario(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "scn")
}

fn not_there(path: &Path, error: &std::io::Error) -> String {
    let why = reason(error);
    if error.kind() != std::io::ErrorKind::NotFound {
        return why;
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let siblings: Vec<String> = entries(folder).unwrap_or_default().iter().map(|(path, _)| file_name(path)).collect();
    match nearest(&file_name(path), siblings.iter().map(String::as_str)) {
        Some(near) => format!("{why}; did you mean `{}`?", shown(&folder.join(near))),
        None => why,
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
