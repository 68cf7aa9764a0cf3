//! `Refusal`: why what was asked of a book cannot be answered; there is no place in a file that it is about.

use thiserror::Error;

/// What cannot be answered, and what to ask instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct Refusal {
    pub message: String,
    pub help: Option<String>,
}

impl Refusal {
    /// A refusal that says what to do instead.
    pub fn with(message: impl Into<String>, help: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), help: Some(help.into()) }
    }

    /// A refusal that has no remedy to name.
    pub fn plain(message: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), help: None }
    }
}
