//! What `scn study` takes.

use std::path::PathBuf;

use clap::Args;

use super::{CsvStyle, Strictness, StudyFormat, Threads};

/// `scn study`
#[derive(Debug, Args)]
pub struct StudyArgs {
    /// The book if it is not here, then the name of a study; without one, the studies are listed.
    #[arg(value_name = "BOOK|STUDY")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub strictness: Strictness,
    /// Start from this case instead of the study's own.
    #[arg(long, value_name = "CASE")]
    pub case: Option<String>,
    /// Lay the lines of a file over every case, each such as `co.ke = 12% because "…"`; later files over earlier ones.
    #[arg(long = "with", value_name = "FILE")]
    pub with: Vec<PathBuf>,
    /// Change a value for this run; it stays as it is set, whatever the study does.
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// How many draws, instead of the study's own.
    #[arg(long, value_name = "N", value_parser = whole)]
    pub draws: Option<u64>,
    /// Which stream of chance, instead of the study's own.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    #[command(flatten)]
    pub threads: Threads,
    /// Take only a part of the draws, such as `2/8`; written as JSON, the parts can be merged.
    #[arg(long, value_name = "K/N")]
    pub shard: Option<String>,
    /// Put the parts of a run together, each written with `--shard K/N --format json -o FILE`.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["shard", "draws", "seed"])]
    pub merge: Vec<PathBuf>,
    /// How to print the answer.
    #[arg(long, value_enum, default_value_t = StudyFormat::Human)]
    pub format: StudyFormat,
    #[command(flatten)]
    pub csv: CsvStyle,
    /// Write to a file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Draw the answer as SVG into a file, several outputs into FILE-1.svg and so on; `-` prints bars.
    #[arg(long, value_name = "FILE")]
    pub chart: Option<PathBuf>,
    /// Write what a calibration found into the book, where values are `implied by` it.
    #[arg(long)]
    pub write: bool,
}

/// A whole number, with `_` between its digits where that helps.
fn whole(text: &str) -> Result<u64, String> {
    text.replace('_', "").parse().map_err(|_| "it is no whole number".to_string())
}
