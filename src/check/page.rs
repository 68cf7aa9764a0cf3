//! Where a report is written: a plain file in the book's report folder, by whichever way its path is said.

use super::error::CheckError;
use crate::text::{Span, fault_of_path};

/// The folder of reports where the book names none.
pub const FOLDER: &str = "reports";

/// The path of a page from the book's folder on. `to` names a file in the report folder, whose own name may lead.
pub fn page(folder: Option<&str>, to: &str, span: Span) -> Result<String, Box<CheckError>> {
    let folder = folder.unwrap_or(FOLDER);
    let to = to.trim_start_matches("./");
    let inside = to.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(to);
    match fault_of_path(inside).or_else(|| fault_of_ending(inside)) {
        None => Ok(format!("{folder}/{inside}")),
        Some(why) => {
            let (to, why, folder) = (to.to_string(), why.to_string(), folder.to_string());
            Err(Box::new(CheckError::Page { to, why, folder, span }))
        }
    }
}

/// A page ends in a remark by which scn knows its own files again, which Markdown and HTML can hold.
fn fault_of_ending(path: &str) -> Option<&'static str> {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    let is_page =
        ending.is_some_and(|ending| ["md", "markdown", "html", "htm"].contains(&ending.to_lowercase().as_str()));
    (!is_page).then_some("a report is a page of Markdown or HTML, which ends in `.md` or `.html`")
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::text::Span;

    #[test]
    fn pages_lie_in_the_report_folder() {
        let of = |folder, to| page(folder, to, Span::default()).ok();
        assert_eq!(of(None, "memo.md").as_deref(), Some("reports/memo.md"));
        assert_eq!(of(None, "reports/memo.md").as_deref(), Some("reports/memo.md"));
        assert_eq!(of(Some("docs/notes"), "docs/notes/a/b.md").as_deref(), Some("docs/notes/a/b.md"));
        for to in ["../x.md", ".git/config", "/etc/x", "reports/../x", "reports/", "x.json", "x", "x.svg"] {
            assert!(of(None, to).is_none(), "{to}");
        }
    }
}
