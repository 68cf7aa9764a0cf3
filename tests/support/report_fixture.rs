//! A fixture of a report: a folder with `model.scn` and its templates beside it.

use std::path::PathBuf;
use std::sync::Arc;

use scn::diagnostic::render::{Look, human};
use scn::diagnostic::{Problem, Problems};
use scn::eval::Settings;
use scn::report::Templates;
use scn::resolve::Loader;
use scn::text::Sources;
use scn::workspace::open;

use super::reports::written;

/// A folder on disk, as a book and as its templates.
struct Folder(PathBuf);

impl Loader for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(self.0.join(path)).map_err(|error| error.to_string())
    }
}

impl Templates for Folder {
    fn read(&self, name: &str) -> Result<Option<String>, String> {
        Ok(std::fs::read_to_string(self.0.join(name)).ok())
    }
}

/// Every report of the fixture, then every problem of writing them; a book that has problems itself is refused.
pub fn shown(folder: PathBuf) -> Result<String, String> {
    let checked = open("model.scn", &Folder(folder.clone()), None);
    let evaluated = checked.evaluate(&Settings::default());
    let before = checked.problems.iter().chain(evaluated.results.problems.iter());
    let before: Vec<Problem> = before.filter(|problem| problem.code != "resolve::unnamed_number").cloned().collect();
    if !before.is_empty() {
        return Err(frames(before, checked.sources()));
    }
    let written = written(&checked, &evaluated, Arc::new(Folder(folder)));
    let texts = written.texts.iter().map(|(path, text)| format!("=== {path}\n{text}"));
    let pictures = written.pictures.iter().map(|picture| format!("=== {}\n{}", picture.file, picture.svg));
    let all: Vec<String> = texts.chain(pictures).chain([frames(written.problems, &written.sources)]).collect();
    Ok(all.join("\n"))
}

fn frames(problems: Vec<Problem>, sources: &Sources) -> String {
    let mut all = Problems::default();
    all.extend(problems);
    human(&all, sources, Look { colour: false, width: 100 })
}
