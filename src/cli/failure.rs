//! `Failure`: why the command cannot do what it was asked; these end with exit code 2.

use thiserror::Error;

use crate::diagnostic::Refusal;

/// Why a run ends before it has anything to say about a book.
#[derive(Debug, Error)]
pub enum Failure {
    /// The reader of standard output has gone; nothing is said.
    #[error("nobody reads the output any more")]
    BrokenPipe,
    /// A path, a word or a flag that leads nowhere.
    #[error(transparent)]
    Asked(#[from] Refusal),
    /// A file that cannot be read or written.
    #[error("cannot {what} `{path}`: {reason}")]
    File { what: &'static str, path: String, reason: String },
}

impl Failure {
    /// A failure of what was asked, with what to do instead.
    pub fn asked(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::Asked(Refusal::with(message, help))
    }

    /// A failure that has no remedy to name.
    pub fn plain(message: impl Into<String>) -> Failure {
        Failure::Asked(Refusal::plain(message))
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&str> {
        match self {
            Failure::Asked(refusal) => refusal.help.as_deref(),
            Failure::BrokenPipe | Failure::File { .. } => None,
        }
    }
}

/// An error of the system in words without its number.
pub fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_string(),
        ErrorKind::PermissionDenied => "permission denied".to_string(),
        ErrorKind::IsADirectory => "it is a directory".to_string(),
        ErrorKind::NotADirectory => "a part of the path is not a directory".to_string(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_string(),
        ErrorKind::StorageFull => "the disk is full".to_string(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}
