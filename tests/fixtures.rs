//! Every `.scn` below `tests/fixtures` is one test, and what comes of it stands beside it in a `.snap`.
//!
//! `cargo test --test fixtures syntax/err` runs a folder; `INSTA_UPDATE=always` before it accepts what came.

#[path = "support/answers.rs"]
mod answers;
#[path = "support/checked.rs"]
mod checked;
#[path = "support/files.rs"]
mod files;
#[path = "support/invariants.rs"]
mod invariants;
#[path = "support/report_fixture.rs"]
mod report_fixture;
#[path = "support/reports.rs"]
mod reports;
#[path = "support/tree.rs"]
mod tree;
#[path = "support/values.rs"]
mod values;

use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};

/// A fixture: its place, its name, its text.
struct Fixture {
    name: String,
    path: PathBuf,
    text: String,
}

impl Fixture {
    /// The folder it stands in.
    fn folder(&self) -> PathBuf {
        self.path.parent().unwrap_or(Path::new(".")).to_path_buf()
    }
}

/// A folder of fixtures and what is shown of each; to add a folder, add a line to [`FOLDERS`].
struct Folder {
    path: &'static str,
    show: fn(&Fixture) -> Result<String, String>,
}

const FOLDERS: &[Folder] = &[
    Folder { path: "syntax/ok", show: syntax::tree },
    Folder { path: "syntax/err", show: syntax::problems },
    Folder { path: "format", show: syntax::set },
    Folder { path: "resolve/ok", show: |fixture| checked::variables(&fixture.path) },
    Folder { path: "resolve/err", show: |fixture| checked::problems(&fixture.path) },
    Folder { path: "units/ok", show: |fixture| checked::variables(&fixture.path) },
    Folder { path: "units/err", show: |fixture| checked::problems(&fixture.path) },
    Folder { path: "eval/ok", show: |fixture| values::shown(&fixture.text) },
    Folder { path: "eval/err", show: |fixture| values::problems(&fixture.text) },
    Folder { path: "series", show: |fixture| values::shown(&fixture.text) },
    Folder { path: "cases", show: |fixture| values::shown(&fixture.text) },
    Folder { path: "study/ok", show: |fixture| checked::studies(&fixture.path) },
    Folder { path: "study/err", show: |fixture| checked::problems(&fixture.path) },
    Folder { path: "study/answers", show: |fixture| studies::answered(&fixture.path) },
    Folder { path: "hint", show: |fixture| checked::hints(&fixture.path) },
    Folder { path: "report", show: |fixture| report_fixture::shown(fixture.folder()) },
];

fn main() {
    let mut trials = vec![];
    for folder in FOLDERS {
        let root = files::tests("fixtures").join(folder.path);
        let files = files::files(&root).into_iter();
        trials.extend(files.filter(|path| is_scenario(path)).map(|path| trial(folder, &root, path)));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// A file of its own, or the root of a folder that is one book.
fn is_scenario(path: &Path) -> bool {
    let is_root = path.file_name().is_some_and(|name| name == "book.scn");
    let is_part = path.with_file_name("book.scn").exists() && !is_root;
    path.extension().is_some_and(|extension| extension == "scn") && !is_part
}

fn trial(folder: &'static Folder, root: &Path, path: PathBuf) -> Trial {
    let inside = path.strip_prefix(root).unwrap_or(&path).with_extension("");
    let name = inside.display().to_string();
    let show = folder.show;
    Trial::test(format!("{}/{name}", folder.path), move || {
        let text = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let fixture = Fixture { name, path, text };
        let shown = show(&fixture)?;
        snapshot(&fixture, &shown)
    })
}

/// Compares with the `.snap` beside the fixture.
fn snapshot(fixture: &Fixture, shown: &str) -> Result<(), Failed> {
    let stem = fixture.path.file_stem().unwrap_or_default().to_string_lossy().to_string();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixture.path.parent().unwrap_or(Path::new(".")));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_input_file(&fixture.name);
    let compare = || settings.bind(|| insta::assert_snapshot!(stem, shown));
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare))
        .map_err(|_| Failed::from(format!("differs from its snapshot:\n{shown}")))
}

mod studies {
    use std::path::Path;

    use scn::diagnostic::Problem;

    use super::{answers, checked};

    /// What every study of a sound book finds, or why it finds nothing; and what evaluation finds wrong.
    pub fn answered(path: &Path) -> Result<String, String> {
        let checked = checked::book(path);
        let shown = |problems: &[Problem]| -> String {
            problems.iter().map(|one| checked::problem_shown(&checked, one)).collect()
        };
        if checked.problems.has_errors() {
            return Err(checked.problems.iter().map(|problem| checked::problem_shown(&checked, problem)).collect());
        }
        let answers = answers::answers(&checked).into_iter();
        let found = answers.map(|(_, answer)| {
            answer.map_or_else(|problems| shown(&problems), |(answer, notes)| answer + &shown(&notes))
        });
        let evaluated = checked.evaluate(&Default::default());
        let problems: Vec<Problem> = evaluated.problems().cloned().collect();
        Ok(found.chain([shown(&problems)]).collect::<Vec<_>>().join("\n"))
    }
}

mod syntax {
    use scn::syntax::parse;

    use super::Fixture;
    use super::{invariants, tree};

    /// The tree of a text that reads without problems.
    pub fn tree(fixture: &Fixture) -> Result<String, String> {
        let parsed = invariants::reads(&fixture.text)?;
        if parsed.has_errors() {
            return Err(super::shown_problems(&fixture.text));
        }
        Ok(tree::shown(&parsed, &fixture.text))
    }

    /// The problems of a text that has some.
    pub fn problems(fixture: &Fixture) -> Result<String, String> {
        invariants::reads(&fixture.text)?;
        if parse(&fixture.text).problems.is_empty() {
            return Err("no problem was found".to_string());
        }
        Ok(super::shown_problems(&fixture.text))
    }

    /// The canonical text.
    pub fn set(fixture: &Fixture) -> Result<String, String> {
        let set = invariants::sets(&fixture.text)?;
        set.ok_or_else(|| super::shown_problems(&fixture.text))
    }
}

/// The problems of reading a text: place, code, message, labels and help.
fn shown_problems(text: &str) -> String {
    use scn::text::{Source, Sources};
    let mut sources = Sources::default();
    let id = sources.add(Source::new("fixture.scn", text));
    let mut shown = String::new();
    for problem in scn::syntax::parse(text).problems(id) {
        let place = problem.place().map(|place| sources.locate(place)).unwrap_or_default();
        shown += &format!("{} {}\n  {}\n", place.trim_start_matches("fixture.scn:"), problem.code, problem.message);
        for label in &problem.labels {
            let there = sources.slice(label.place).lines().next().unwrap_or("");
            shown += &format!("  · {there:.60} · {}\n", label.text);
        }
        shown += &problem.help.map(|help| format!("  help: {help}\n")).unwrap_or_default();
    }
    shown
}
