//! What resolving and checking make of a book: its problems, or its variables with their types.

use std::path::Path;

use scn::diagnostic::Problem;
use scn::model::Variable;
use scn::resolve::Loader;
use scn::workspace::{Checked, open};

/// A folder of a fixture, read as the book's root.
struct Folder<'p>(&'p Path);

impl Loader for Folder<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(self.0.join(path)).map_err(|_| "it does not exist".to_string())
    }
}

/// The problems of a book that has some: place, code, message, labels and help.
pub fn problems(path: &Path) -> Result<String, String> {
    let checked = book(path);
    // A fixture is about one thing, and its numbers need no names.
    let about = |problem: &&Problem| problem.code != "resolve::unnamed_number" || path.ends_with("unnamed_number.scn");
    let shown: String = checked.problems.iter().filter(about).map(|problem| problem_shown(&checked, problem)).collect();
    if shown.is_empty() { Err("no problem was found".to_string()) } else { Ok(shown) }
}

/// What looks like a slip in a sound book, or that nothing does; and no other problem.
pub fn hints(path: &Path) -> Result<String, String> {
    let (checked, folder) = (book(path), path.parent().expect("a folder"));
    let shown =
        |problems: &[Problem]| -> String { problems.iter().map(|problem| problem_shown(&checked, problem)).collect() };
    let evaluated = checked.evaluate(&Default::default());
    let problems: Vec<Problem> = checked.problems.iter().chain(evaluated.problems()).cloned().collect();
    // A fixture is about one hint, and its numbers need no names.
    if problems.iter().any(|problem| problem.code != "resolve::unnamed_number") {
        return Err(shown(&problems));
    }
    let hints: Vec<Problem> = checked.hints(&evaluated, &Folder(folder)).into_iter().collect();
    Ok(if hints.is_empty() { "nothing\n".to_string() } else { shown(&hints) })
}

/// Every variable of a book without errors: path, type, unit, time axis, and how it adds up.
pub fn variables(path: &Path) -> Result<String, String> {
    let checked = book(path);
    if checked.problems.has_errors() {
        return Err(checked.problems.iter().map(|problem| problem_shown(&checked, problem)).collect());
    }
    let shown = checked.model.variables.iter().filter(|variable| !variable.hidden);
    Ok(shown.map(|variable| variable_shown(&checked, variable)).collect())
}

/// Every study of a book without errors: what it asks, and what it sets.
pub fn studies(path: &Path) -> Result<String, String> {
    let checked = book(path);
    if checked.problems.has_errors() {
        return Err(checked.problems.iter().map(|problem| problem_shown(&checked, problem)).collect());
    }
    let shown = checked.model.studies.iter().map(|study| {
        let asks = scn::export::study::question(&checked.model, study);
        let settings = scn::export::study::settings(&checked.model, study);
        let lines: String = settings.iter().map(|line| format!("  {line}\n")).collect();
        format!("{} {}: {asks}\n{lines}", study.kind.word(), study.name)
    });
    Ok(shown.collect())
}

/// A book of files on disk.
pub fn book(path: &Path) -> Checked {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_string();
    open(&name, &Folder(folder), None)
}

/// A problem with its places and its help.
pub fn problem_shown(checked: &Checked, problem: &Problem) -> String {
    let sources = checked.sources();
    let word = problem.severity.word();
    let mut shown = format!("{word} {}\n  {}\n", problem.code, problem.message);
    for label in &problem.labels {
        let there = sources.slice(label.place).lines().next().unwrap_or("");
        shown += &format!("  · {} · {there:.60} · {}\n", sources.locate(label.place), label.text);
    }
    shown + &problem.help.as_ref().map(|help| format!("  help: {help}\n")).unwrap_or_default()
}

fn variable_shown(checked: &Checked, variable: &Variable) -> String {
    let ty = match &variable.ty {
        scn::model::Type::Number(dimension) => checked.model.units.describe(dimension),
        scn::model::Type::Text => "text".to_string(),
        scn::model::Type::YesNo => "yes/no".to_string(),
    };
    let time = variable.time.map(|time| format!(", {}", time.word())).unwrap_or_default();
    let series = variable.series.map(|series| format!(" {series:?}").to_lowercase()).unwrap_or_default();
    let unit = match &*variable.unit.symbol {
        "" => String::new(),
        symbol => format!(", shown in {symbol}"),
    };
    format!("{}: {ty}{unit}{time}{series}\n", variable.path)
}
