//! `scn reconcile`: the book against the figures that others have published.

mod formats;

use crate::diagnostic::render::{counted, gitlab, sarif};
use crate::eval::{Settings, Verdict};
use crate::export::{FigureRow, GivenRow, figure_rows, figures_json, given_rows};
use crate::text::{Place, nearest};
use crate::workspace::Evaluated;

use super::super::Outcome;
use super::super::args::{FigureFormat, ReconcileArgs, VerdictArg};
use super::super::book::{Book, split};
use super::super::config::Config;
use super::super::failure::Failure;
use super::super::terminal::Terminal;

/// A figure as rows show it, with its place in the book.
struct Shown {
    row: FigureRow,
    verdict: Verdict,
    place: Place,
}

impl Shown {
    /// Whether somebody has to do something about it.
    fn is_finding(&self) -> bool {
        matches!(self.verdict, Verdict::Failed | Verdict::Missing)
    }
}

/// Prints how the book stands to each figure; a figure that fails, or that nothing is held against, is a finding.
pub fn run(args: &ReconcileArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let (path, words) = split(&args.words);
    let book = Book::open(&path, &args.strictness, config)?;
    let Some(evaluated) = book.evaluate(&Settings::default()) else {
        book.say(&book.judged([]), terminal);
        return Ok(Outcome::Findings);
    };
    let broken = book.say(&book.judged(&evaluated.results.problems), terminal);
    let figures = chosen(args, words, &book, &evaluated)?;
    let text = match args.format {
        FigureFormat::Human => formats::human(&figures),
        FigureFormat::Short => formats::short(&figures, book.checked.sources()),
        FigureFormat::Json => json(&figures, words, &book, &evaluated),
        FigureFormat::Github => formats::github(&figures, book.checked.sources()),
        FigureFormat::Gitlab => format!("{:#}\n", gitlab(&formats::problems(&figures), book.checked.sources())),
        FigureFormat::Sarif => format!("{:#}\n", sarif(&formats::problems(&figures), book.checked.sources())),
        FigureFormat::Junit => formats::junit(&figures, book.checked.sources()),
        FigureFormat::Md => formats::markdown(&figures),
    };
    let for_people = matches!(args.format, FigureFormat::Human | FigureFormat::Short | FigureFormat::Md);
    terminal.either(for_people, args.output.as_deref(), &text)?;
    terminal.summary(&summary(&figures));
    Ok(Outcome::findings(broken || figures.iter().any(Shown::is_finding)))
}

/// The figures that the words and verdicts ask for, in the order of the files.
fn chosen(args: &ReconcileArgs, words: &[String], book: &Book, evaluated: &Evaluated) -> Result<Vec<Shown>, Failure> {
    let model = &book.checked.model;
    let rows = figure_rows(model, &evaluated.findings);
    let all = rows.into_iter().zip(&evaluated.findings.reconciles).map(|(row, figure)| Shown {
        row,
        verdict: figure.verdict,
        place: model.reconciles[figure.reconcile].place,
    });
    let all: Vec<Shown> = all.collect();
    if let Some(word) = words.iter().find(|word| !all.iter().any(|figure| concerns(word, &figure.row))) {
        return Err(unknown(word, &all));
    }
    let wanted = |figure: &Shown| {
        let named = words.is_empty() || words.iter().any(|word| concerns(word, &figure.row));
        named && (args.only.is_empty() || args.only.iter().any(|only| asked(*only) == figure.verdict))
    };
    Ok(all.into_iter().filter(wanted).collect())
}

/// Whether a word is a figure's source or the beginning of its path.
fn concerns(word: &str, row: &FigureRow) -> bool {
    row.source.as_deref() == Some(word) || begins(&row.path, word)
}

/// `co.value` begins with `co` and `co.value`, not with `c` or `co.val`.
fn begins(path: &str, word: &str) -> bool {
    path.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
}

fn json(figures: &[Shown], words: &[String], book: &Book, evaluated: &Evaluated) -> String {
    let rows: Vec<FigureRow> = figures.iter().map(|figure| figure.row.clone()).collect();
    let givens = given_rows(&book.checked.model, &evaluated.results, book.checked.sources());
    let about = |given: &GivenRow, word: &String| given.source.as_deref() == Some(word) || begins(&given.path, word);
    let wanted = |given: &GivenRow| words.is_empty() || words.iter().any(|word| about(given, word));
    figures_json(&rows, &givens.into_iter().filter(wanted).collect::<Vec<_>>())
}

fn summary(figures: &[Shown]) -> String {
    let count = |verdict| figures.iter().filter(|figure| figure.verdict == verdict).count();
    let verdicts = [Verdict::Reconciled, Verdict::Disputed, Verdict::Failed, Verdict::Missing];
    let some = verdicts.iter().map(|verdict| (count(*verdict), verdict.word())).filter(|(number, _)| *number > 0);
    let words: Vec<String> = some.map(|(number, word)| format!("{number} {word}")).collect();
    let whole = counted(figures.len(), "published figure");
    if words.is_empty() { whole } else { format!("{whole}: {}", words.join(", ")) }
}

fn asked(verdict: VerdictArg) -> Verdict {
    match verdict {
        VerdictArg::Reconciled => Verdict::Reconciled,
        VerdictArg::Disputed => Verdict::Disputed,
        VerdictArg::Failed => Verdict::Failed,
        VerdictArg::Missing => Verdict::Missing,
    }
}

fn unknown(word: &str, all: &[Shown]) -> Failure {
    let paths = all.iter().map(|figure| &*figure.row.path);
    let sources = all.iter().filter_map(|figure| figure.row.source.as_deref());
    let message = format!("no published figure is of `{word}`");
    match nearest(word, paths.chain(sources)) {
        Some(near) => Failure::asked(message, format!("did you mean `{near}`?")),
        None => Failure::asked(message, "name a source, or the beginning of a path as `scn reconcile` lists them"),
    }
}
