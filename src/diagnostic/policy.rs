//! `Policy`: which problems a run takes more seriously than usual, and which it does not mention.

use std::collections::BTreeSet;

use super::{Problem, Problems, Severity};

/// What `--deny` and `--allow` say: codes, areas (`units`), or `warnings`.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    pub deny: BTreeSet<String>,
    pub allow: BTreeSet<String>,
}

impl Policy {
    /// The problems with denied ones as errors and allowed ones left out; a real error is never left out.
    pub fn judge(&self, problems: Problems) -> Problems {
        let mut judged = Problems::default();
        judged.extend(problems.into_iter().filter_map(|problem| self.verdict(problem)));
        judged.sorted()
    }

    fn verdict(&self, problem: Problem) -> Option<Problem> {
        if problem.severity == Severity::Error {
            return Some(problem);
        }
        if names(&self.deny, &problem) {
            return Some(Problem { severity: Severity::Error, ..problem });
        }
        (!names(&self.allow, &problem)).then_some(problem)
    }
}

fn names(words: &BTreeSet<String>, problem: &Problem) -> bool {
    let area = problem.code.split("::").next().unwrap_or("");
    let group = match problem.severity {
        Severity::Error => "errors",
        Severity::Warning => "warnings",
        Severity::Hint => "hints",
    };
    [problem.code.as_str(), area, group].iter().any(|word| words.contains(*word))
}
