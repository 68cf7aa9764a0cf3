//! Problems as text: for people, for editors and terminals, for machines and build servers.

mod github;
mod gitlab;
#[cfg(feature = "cli")]
mod human;
mod json;
#[cfg(feature = "cli")]
mod junit;
#[cfg(feature = "cli")]
mod lines;
mod sarif;
mod short;

use std::fmt;

use super::{Problems, Severity};

pub use github::{annotation, github};
pub use gitlab::gitlab;
#[cfg(feature = "cli")]
pub use human::{Look, human};
pub use json::json;
#[cfg(feature = "cli")]
pub use junit::junit;
pub use sarif::sarif;
pub use short::short;

impl Severity {
    /// The word that people and machines are shown.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// How many problems there are of each severity: `2 errors, 1 warning`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub hints: usize,
}

impl Counts {
    /// Counts problems.
    pub fn of(problems: &Problems) -> Counts {
        let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
        Counts { errors: count(Severity::Error), warnings: count(Severity::Warning), hints: count(Severity::Hint) }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.errors, "error"), (self.warnings, "warning"), (self.hints, "hint")];
        let some = parts.iter().filter(|(number, _)| *number > 0);
        let words: Vec<String> = some.map(|(number, word)| counted(*number, word)).collect();
        if words.is_empty() { f.write_str("no problems") } else { f.write_str(&words.join(", ")) }
    }
}

/// A number and its word in the right number: `1 chip`, `2 chips`.
pub fn counted(number: usize, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}
