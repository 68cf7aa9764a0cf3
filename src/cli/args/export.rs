//! What `scn export` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Strictness;

/// `scn export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(subcommand)]
    pub what: ExportWhat,
}

impl ExportArgs {
    /// The book and the names that follow it.
    pub fn words(&self) -> &[String] {
        match &self.what {
            ExportWhat::Sql(args) => &args.words,
        }
    }
}

/// Into which system's words.
#[derive(Debug, Subcommand)]
pub enum ExportWhat {
    /// A simulation as one SQL statement: the same draws and formulas, where the rows are.
    Sql(SqlArgs),
}

/// `scn export sql`
#[derive(Debug, Args)]
pub struct SqlArgs {
    /// The book if it is not here, then the name of a simulation.
    #[arg(value_name = "BOOK|STUDY", required = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub strictness: Strictness,
    /// For which engine.
    #[arg(long, value_enum)]
    pub dialect: SqlDialect,
    /// How many draws, instead of the study's own number.
    #[arg(long, value_name = "N")]
    pub draws: Option<u64>,
    /// The first of them; several statements may share the work.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub first: u64,
    /// The seed, instead of the study's own.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The case, instead of the study's first.
    #[arg(long, value_name = "CASE")]
    pub case: Option<String>,
    /// Change a value for this statement: `co.ke=12%`.
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// Write to a file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// An SQL engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SqlDialect {
    Duckdb,
    Datafusion,
    Spark,
    Postgres,
    Bigquery,
    Snowflake,
}
