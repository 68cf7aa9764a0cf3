//! What the command takes.

mod csv;
mod export;
mod history;
mod study;
mod threads;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub use csv::CsvStyle;
pub use export::{ExportArgs, ExportWhat, SqlArgs, SqlDialect};
pub use history::{BlameArgs, By, HistoryFormat, LogArgs, ReviewArgs, ReviewFormat};
pub use study::StudyArgs;
pub use threads::Threads;

/// Checked scenarios for research: read .scn files, evaluate them, hold them against published figures, write reports.
#[derive(Debug, Parser)]
#[command(name = "scn", version, propagate_version = true, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 clean, 1 findings, 2 usage or input that cannot be read.")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// When to colour what is printed.
    #[arg(long, global = true, value_name = "WHEN", alias = "colour")]
    pub color: Option<When>,
    /// Print no summary.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Print all of what a terminal is shown only the first 200 lines of.
    #[arg(long, global = true)]
    pub whole: bool,
    /// How much memory the run may take before it ends [default: 4GB].
    #[arg(long, global = true, value_name = "MAX", value_parser = super::limit::size)]
    pub memory: Option<u64>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a book: a small one that checks, evaluates and reports.
    New(NewArgs),
    /// Find everything wrong with a book.
    Check(CheckArgs),
    /// Print values: the outputs, or the paths and expressions that are named.
    Eval(EvalArgs),
    /// Say why a value is what it is, what a name means, or what a code stands for.
    Explain(ExplainArgs),
    /// Hold the book against the published figures it names.
    Reconcile(ReconcileArgs),
    /// Write the book's reports.
    Report(ReportArgs),
    /// Answer a study of the book, or list its studies.
    Study(StudyArgs),
    /// Say what changed between two revisions, what it did to the outputs, and why.
    Review(ReviewArgs),
    /// Show how a value moved over the revisions, with who and why.
    Log(LogArgs),
    /// Say which commits a result rests on.
    Blame(BlameArgs),
    /// Put files into the one canonical style.
    Fmt(FmtArgs),
    /// List the sources that are past their age, and who relies on them.
    Stale(StaleArgs),
    /// Record which data and sources the book is read with, or check that they are the same.
    Lock(LockArgs),
    /// Write a study in the words of another system.
    Export(ExportArgs),
    /// Merge two changes of a file fact by fact, as a merge driver of git.
    Merge(MergeArgs),
    /// Print a completion script for a shell.
    Completions { shell: Shell },
    /// Write the manual pages into a directory.
    Man { directory: PathBuf },
}

/// Always, never, or where a terminal reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

/// How strictly a book is read.
#[derive(Debug, Clone, Default, Args)]
pub struct Strictness {
    /// Take a problem as an error: a code, an area such as `units`, `warnings` or `hints`.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub deny: Vec<String>,
    /// Do not mention a warning or hint: a code, an area, `warnings` or `hints`.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub allow: Vec<String>,
    /// Read the book as of this date instead of its own.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// The folder that the book may read in, with what it uses, its data and templates: its git work tree if this is not said.
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The path that a book read from `-` is taken to have.
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
}

/// `scn new`
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The directory to make; its name is the model's name.
    pub directory: PathBuf,
}

/// `scn check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A directory with a `book.scn`, a file, or `-`.
    #[arg(default_value = ".")]
    pub book: PathBuf,
    #[command(flatten)]
    pub strictness: Strictness,
    /// How to print the problems.
    #[arg(long, value_enum, default_value_t = ProblemFormat::Human)]
    pub format: ProblemFormat,
    /// Write to a file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `scn eval`
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// The book (a directory, a file or `-`), then paths, entities, kinds or expressions.
    #[arg(value_name = "BOOK|PATH")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub strictness: Strictness,
    /// Which cases: names separated by commas, or `all`.
    #[arg(long, value_name = "CASES", default_value = "base", value_delimiter = ',')]
    pub case: Vec<String>,
    /// Lay the lines of a file over every case, each such as `co.ke = 12% because "…"`; later files over earlier ones.
    #[arg(long = "with", value_name = "FILE")]
    pub with: Vec<PathBuf>,
    /// Change a value for this run: `co.ke=12%`, `co.revenue[2027E]=15 bn CNY`.
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// Which periods of series: `2025A..2028E`, `2027E`, `2026E..`.
    #[arg(long, value_name = "PERIODS")]
    pub periods: Option<String>,
    /// How to print the values.
    #[arg(long, value_enum, default_value_t = ValueFormat::Human)]
    pub format: ValueFormat,
    #[command(flatten)]
    pub csv: CsvStyle,
    /// Write to a file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `scn explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The book if it is not here, then a path, name, module or code.
    #[arg(value_name = "BOOK|NAME", required = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub strictness: Strictness,
    /// In which case.
    #[arg(long, default_value = "base")]
    pub case: String,
    /// How many levels of formulas to unfold.
    #[arg(long, default_value_t = 2)]
    pub depth: usize,
    /// By how much each input is raised to see what it does to the value, such as 10%; 0% leaves that out.
    #[arg(long, value_name = "SHARE", default_value = "1%", allow_hyphen_values = true)]
    pub raise: String,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = ExplainFormat::Human)]
    pub format: ExplainFormat,
}

/// `scn reconcile`
#[derive(Debug, Args)]
pub struct ReconcileArgs {
    /// The book if it is not here, then beginnings of paths, or names of sources.
    #[arg(value_name = "BOOK|PATH|SOURCE")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub strictness: Strictness,
    /// Which figures.
    #[arg(long, value_enum, value_name = "VERDICT", value_delimiter = ',')]
    pub only: Vec<VerdictArg>,
    /// How to print the figures.
    #[arg(long, value_enum, default_value_t = FigureFormat::Human)]
    pub format: FigureFormat,
    /// Write to a file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `scn report`
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The book if it is not here, then names of reports; all of them if none is named.
    #[arg(value_name = "BOOK|REPORT")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub strictness: Strictness,
    /// Write nothing; say which reports on disk are stale.
    #[arg(long)]
    pub check: bool,
    /// Write the reports under this directory instead of the book's; `-` is standard output.
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub threads: Threads,
}

/// `scn fmt`
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Files and directories; `-` reads standard input and prints.
    #[arg(value_name = "FILE|DIR", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; print what would change and exit with 1 if anything would.
    #[arg(long)]
    pub check: bool,
    /// Write nothing; print what would change.
    #[arg(long, conflicts_with = "check")]
    pub diff: bool,
    /// Write nothing; print the canonical text, or the text as it is if it cannot be read.
    #[arg(long, conflicts_with_all = ["check", "diff"])]
    pub print: bool,
    /// The path that text read from `-` is taken to have.
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
}

/// `scn stale`
#[derive(Debug, Args)]
pub struct StaleArgs {
    /// A directory with a `book.scn`, a file, or `-`.
    #[arg(default_value = ".")]
    pub book: PathBuf,
    #[command(flatten)]
    pub strictness: Strictness,
    /// Also those that will be stale within so many days.
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    pub within: i64,
    /// All sources.
    #[arg(long)]
    pub all: bool,
    /// How to print the sources.
    #[arg(long, value_enum, default_value_t = ValueFormat::Human)]
    pub format: ValueFormat,
    #[command(flatten)]
    pub csv: CsvStyle,
    /// Write to a file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `scn lock`
#[derive(Debug, Args)]
pub struct LockArgs {
    /// A directory with a `book.scn`, or a file.
    #[arg(default_value = ".")]
    pub book: PathBuf,
    #[command(flatten)]
    pub strictness: Strictness,
    /// Write nothing; say what is no longer as it was locked.
    #[arg(long)]
    pub check: bool,
}

/// `scn merge`
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The version that both sides come from; git's %O.
    pub base: PathBuf,
    /// Our version; git's %A.
    pub ours: PathBuf,
    /// Their version; git's %B.
    pub theirs: PathBuf,
    /// What the file is called in messages; git's %P.
    #[arg(long, value_name = "PATH")]
    pub path: Option<String>,
    /// What our side is called.
    #[arg(long, value_name = "NAME", default_value = "ours")]
    pub ours_label: String,
    /// What their side is called.
    #[arg(long, value_name = "NAME", default_value = "theirs")]
    pub theirs_label: String,
    /// Write the result over our version, as git expects of a merge driver.
    #[arg(long, conflicts_with = "output")]
    pub write: bool,
    /// Write to a file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProblemFormat {
    Human,
    Short,
    Json,
    Github,
    Gitlab,
    Junit,
    Sarif,
}

/// How values are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ValueFormat {
    Human,
    Json,
    Csv,
}

/// How what a word stands for is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    Human,
    Json,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StudyFormat {
    Human,
    Json,
    Csv,
    Md,
    #[cfg(feature = "parquet")]
    Parquet,
}

/// How published figures are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FigureFormat {
    Human,
    Short,
    Json,
    Github,
    Gitlab,
    Junit,
    Sarif,
    Md,
}

/// A verdict on a published figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VerdictArg {
    Reconciled,
    Disputed,
    Failed,
    Missing,
}
