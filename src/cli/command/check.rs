//! `scn check`: everything wrong with a book.

use crate::diagnostic::Problems;
use crate::diagnostic::render::{Counts, counted, github, gitlab, human, json, junit, sarif, short};
use crate::eval::{Settings, Verdict};
use crate::workspace::Evaluated;

use super::super::Outcome;
use super::super::args::{CheckArgs, ProblemFormat};
use super::super::book::Book;
use super::super::config::Config;
use super::super::failure::Failure;
use super::super::terminal::Terminal;

/// Checks a book, evaluates it if it is sound, and prints what is wrong.
pub fn run(args: &CheckArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let book = Book::open(&args.book, &args.strictness, config)?;
    let evaluated = book.evaluate(&Settings::default());
    let problems = book.policy.judge(book.checked.whole(evaluated.as_ref(), &book.disk));
    print(args, &book, &problems, terminal)?;
    terminal.summary(&summary(&book, evaluated.as_ref(), &problems));
    Ok(Outcome::findings(problems.has_errors()))
}

/// People read problems on standard error; every other format is the data that was asked for.
fn print(args: &CheckArgs, book: &Book, problems: &Problems, terminal: &Terminal) -> Result<(), Failure> {
    let sources = book.checked.sources();
    let output = args.output.as_deref();
    let text = match args.format {
        ProblemFormat::Human if output.is_none() => {
            book.say(problems, terminal);
            return Ok(());
        }
        ProblemFormat::Human => human(problems, sources, terminal.plain()),
        ProblemFormat::Short => short(problems, sources),
        ProblemFormat::Json => format!("{:#}\n", json(problems, sources)),
        ProblemFormat::Github => github(problems, sources),
        ProblemFormat::Gitlab => format!("{:#}\n", gitlab(problems, sources)),
        ProblemFormat::Sarif => format!("{:#}\n", sarif(problems, sources)),
        ProblemFormat::Junit => junit(problems, sources),
    };
    terminal.data(output, &text)
}

fn summary(book: &Book, evaluated: Option<&Evaluated>, problems: &Problems) -> String {
    let files = book.checked.loaded.files.iter().filter(|file| file.library.is_none()).count();
    let counts = Counts::of(problems);
    let Some(evaluated) = evaluated else {
        return format!("{counts} in {}", counted(files, "file"));
    };
    let model = &book.checked.model;
    let values = model.variables.iter().filter(|variable| !variable.hidden).count();
    let parts = [
        counted(files, "file"),
        counted(values, "value"),
        counted(model.cases.len(), "case"),
        counted(model.checks.len(), "check"),
        figures(evaluated),
    ];
    format!("{counts}: {}", parts.join(", "))
}

fn figures(evaluated: &Evaluated) -> String {
    let all = &evaluated.findings.reconciles;
    let count = |verdict: Verdict| all.iter().filter(|figure| figure.verdict == verdict).count();
    let words = [(Verdict::Failed, "failed"), (Verdict::Disputed, "disputed"), (Verdict::Missing, "missing")];
    let some = words.iter().map(|(verdict, word)| (count(*verdict), word)).filter(|(number, _)| *number > 0);
    let exceptions: Vec<String> = some.map(|(number, word)| format!("{number} {word}")).collect();
    let whole = counted(all.len(), "published figure");
    if exceptions.is_empty() { whole } else { format!("{whole} ({})", exceptions.join(", ")) }
}
