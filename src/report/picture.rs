//! `Picture`: a chart of a report as a file beside its page.

/// A file that a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its name in the folder of the page.
    pub file: String,
    pub svg: String,
}

impl Picture {
    /// The last line of every picture that a report of this name writes.
    pub fn mark(report: &str) -> String {
        format!("<!-- scn report {report} -->\n")
    }

    /// What the pictures of a page begin with: `co-` for `reports/co.md`.
    pub fn prefix(page: &str) -> String {
        let name = page.rsplit('/').next().unwrap_or(page);
        format!("{}-", name.rsplit_once('.').map_or(name, |(stem, _)| stem))
    }
}
