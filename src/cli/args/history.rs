//! What `scn review`, `scn log` and `scn blame` take.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Strictness;

/// `scn review`
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// A revision or a range, `BASE..HEAD`, and the book if it is not here; or two books.
    #[arg(value_name = "BASE[..HEAD]|BOOK", num_args = 0..=2)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub strictness: Strictness,
    /// Where the book was in the base, if it was moved.
    #[arg(long, value_name = "PATH")]
    pub base_book: Option<String>,
    /// A name that has changed: `old=new`.
    #[arg(long, value_name = "OLD=NEW")]
    pub renamed: Vec<String>,
    /// Moves of less than this share of an output are counted, not listed; as the book says, else 0.1%.
    #[arg(long, value_name = "SHARE")]
    pub materiality: Option<String>,
    /// What the changes of the why are grouped by; each for itself while they are few.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub by: Option<By>,
    /// Answer the studies of both revisions too, all of them or those that are named: `--studies=risk,swings`.
    #[arg(long, value_name = "NAMES", num_args = 0..=1, require_equals = true, value_delimiter = ',')]
    pub studies: Option<Vec<String>>,
    /// Exit with 1 if an output moves too far, `co.value base < -5%`, or at a flag, `stale_source`.
    #[arg(long, value_name = "RULE", allow_hyphen_values = true)]
    pub fail_on: Vec<String>,
    /// How to print the review; from the ending of the output's name if nothing is said.
    #[arg(long, value_enum)]
    pub format: Option<ReviewFormat>,
    /// Write to a file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What changes are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    Change,
    Entity,
    File,
    Owner,
}

/// How a review is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReviewFormat {
    Human,
    Json,
    Md,
    Html,
}

/// `scn log`
#[derive(Debug, Args)]
pub struct LogArgs {
    /// The book if it is not here, then paths or expressions; its outputs if none is named.
    #[arg(value_name = "BOOK|PATH")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub strictness: Strictness,
    /// In which case.
    #[arg(long, default_value = "base")]
    pub case: String,
    /// Up to which revision; the work tree comes last if nothing is said.
    #[arg(long, value_name = "REVISION")]
    pub upto: Option<String>,
    /// How many commits are looked at, from the newest.
    #[arg(long, short = 'n', value_name = "NUMBER", default_value_t = 50)]
    pub most: usize,
    /// Compute every revision again, and keep nothing of it for the next run.
    #[arg(long)]
    pub no_cache: bool,
    /// Draw each history as SVG into a file, several paths into FILE-1.svg and so on.
    #[arg(long, value_name = "FILE")]
    pub chart: Option<PathBuf>,
    /// How to print the history.
    #[arg(long, value_enum, default_value_t = HistoryFormat::Human)]
    pub format: HistoryFormat,
    /// Write to a file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `scn blame`
#[derive(Debug, Args)]
pub struct BlameArgs {
    /// The book if it is not here, then a path.
    #[arg(value_name = "BOOK|PATH", required = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub strictness: Strictness,
    /// In which case.
    #[arg(long, default_value = "base")]
    pub case: String,
    /// How to print the commits.
    #[arg(long, value_enum, default_value_t = HistoryFormat::Human)]
    pub format: HistoryFormat,
    /// Write to a file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How a history is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HistoryFormat {
    Human,
    Json,
    Md,
}
