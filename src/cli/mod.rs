//! The command: arguments in, files read, text out. The only floor that knows the disk and the terminal.

mod args;
mod book;
mod command;
mod config;
mod cut;
mod disk;
mod draft;
mod failure;
mod fence;
mod git;
mod interrupt;
mod limit;
mod picture;
mod sheet;
mod terminal;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Parser;

use args::{Cli, Command};
use config::Config;
use failure::Failure;
use terminal::Terminal;

/// How a run ended, as the exit code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Clean,
    /// Problems, failed figures, files that are not as they should be.
    Findings,
    /// The run could not do what it was asked.
    Failed,
    /// The reader stopped it.
    Stopped,
}

impl Outcome {
    /// 0, 1, 2 or 130.
    pub fn code(self) -> u8 {
        match self {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Failed => 2,
            Outcome::Stopped => 130,
        }
    }

    fn findings(found: bool) -> Outcome {
        if found { Outcome::Findings } else { Outcome::Clean }
    }
}

/// Runs the command with its arguments, the first being its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Outcome::Failed } else { Outcome::Clean };
        }
    };
    limit::set(cli.memory);
    interrupt::watch();
    let bare = Terminal::new(cli.color, None, &cli);
    let config = match config::find(&place_of(&cli.command)) {
        Ok(config) => config,
        Err(failure) => return failed(&bare, &failure),
    };
    let terminal = Terminal::new(cli.color, config.colour, &cli);
    match dispatch(&cli.command, &terminal, &config) {
        Ok(outcome) => outcome,
        Err(failure) => failed(&terminal, &failure),
    }
}

fn dispatch(command: &Command, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    match command {
        Command::New(args) => command::new::run(args, terminal),
        Command::Check(args) => command::check::run(args, terminal, config),
        Command::Eval(args) => command::eval::run(args, terminal, config),
        Command::Explain(args) => command::explain::run(args, terminal, config),
        Command::Reconcile(args) => command::reconcile::run(args, terminal, config),
        Command::Report(args) => command::report::run(args, terminal, config),
        Command::Study(args) => command::study::run(args, terminal, config),
        Command::Review(args) => command::review::run(args, terminal, config),
        Command::Log(args) => command::log::run(args, terminal, config),
        Command::Blame(args) => command::blame::run(args, terminal, config),
        Command::Fmt(args) => command::fmt::run(args, terminal),
        Command::Stale(args) => command::stale::run(args, terminal, config),
        Command::Lock(args) => command::lock::run(args, terminal, config),
        Command::Export(args) => command::export::run(args, terminal, config),
        Command::Merge(args) => command::merge::run(args, terminal, config),
        Command::Completions { shell } => command::shell::completions(*shell, terminal),
        Command::Man { directory } => command::shell::man(directory, terminal),
    }
}

/// The directory from which the configuration is looked for.
fn place_of(command: &Command) -> PathBuf {
    match command {
        Command::Check(args) => config::folder_of(&args.book),
        Command::Stale(args) => config::folder_of(&args.book),
        Command::Lock(args) => config::folder_of(&args.book),
        Command::Export(args) => config::folder_of(&book::split(args.words()).0),
        Command::Eval(args) => config::folder_of(&book::split(&args.words).0),
        Command::Explain(args) => config::folder_of(&book::split(&args.words).0),
        Command::Reconcile(args) => config::folder_of(&book::split(&args.words).0),
        Command::Report(args) => config::folder_of(&book::split(&args.words).0),
        Command::Study(args) => config::folder_of(&book::split(&args.words).0),
        Command::Review(args) => config::folder_of(&command::review::book_of(args)),
        Command::Log(args) => config::folder_of(&book::split(&args.words).0),
        Command::Blame(args) => config::folder_of(&book::split(&args.words).0),
        Command::Merge(args) => config::folder_of(Path::new(args.path.as_deref().unwrap_or("."))),
        _ => PathBuf::from("."),
    }
}

fn failed(terminal: &Terminal, failure: &Failure) -> Outcome {
    if matches!(failure, Failure::BrokenPipe) {
        return Outcome::Clean;
    }
    terminal.failure(failure);
    Outcome::Failed
}
