//! `scn completions`, `scn man`: what a shell and a manual want to know of the command.

use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::super::Outcome;
use super::super::args::Cli;
use super::super::disk;
use super::super::draft;
use super::super::failure::{Failure, reason};
use super::super::terminal::Terminal;

/// Prints a completion script.
pub fn completions(shell: Shell, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "scn", &mut script);
    terminal.data(None, &String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}

/// Writes a manual page for the command and each of its verbs.
pub fn man(directory: &Path, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    page(directory, "scn", command.clone())?;
    for verb in command.get_subcommands() {
        page(directory, &format!("scn-{}", verb.get_name()), verb.clone())?;
    }
    terminal.summary(&format!("wrote {} pages to {}", command.get_subcommands().count() + 1, disk::shown(directory)));
    Ok(Outcome::Clean)
}

fn page(directory: &Path, name: &str, command: clap::Command) -> Result<(), Failure> {
    let path = directory.join(format!("{name}.1"));
    let mut text = Vec::new();
    let rendered = Man::new(command).render(&mut text);
    rendered.map_err(|error| disk::error_of("write", &path, reason(&error)))?;
    draft::write(&path, &text)
}
