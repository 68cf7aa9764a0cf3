//! The terminal: colour, width, and the two streams.

use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::diagnostic::Problems;
use crate::diagnostic::render::{Look, human};
use crate::text::{Sources, visible};

use super::args::{Cli, When};
use super::cut::cut;
use super::disk;
use super::draft;
use super::failure::{Failure, reason};

/// What a run knows of its terminal.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    when: When,
    pub quiet: bool,
    /// Whether what is long is printed whole.
    whole: bool,
}

impl Terminal {
    /// Decides by the flag, then the configuration, then the environment, then who reads.
    pub fn new(flag: Option<When>, config: Option<When>, cli: &Cli) -> Terminal {
        let when = flag.or_else(from_environment).or(config).unwrap_or(When::Auto);
        Terminal { when, quiet: cli.quiet, whole: cli.whole }
    }

    /// How problems are drawn on standard error.
    pub fn look(&self) -> Look {
        Look { colour: self.colours(std::io::stderr().is_terminal()), width: width() }
    }

    /// How problems are drawn into a file.
    pub fn plain(&self) -> Look {
        Look { colour: false, width: 100 }
    }

    /// Prints what programs read to standard output, or writes it to a file; `-` is standard output. A terminal is shown the
    /// letters that it would obey.
    pub fn data(&self, output: Option<&Path>, text: &str) -> Result<(), Failure> {
        match output.filter(|path| *path != Path::new("-")) {
            Some(path) => draft::write(path, text),
            None if std::io::stdout().is_terminal() => print(&mut std::io::stdout().lock(), &visible(text)),
            None => print(&mut std::io::stdout().lock(), text),
        }
    }

    /// The same of what people read, who may look at it in a terminal later; a terminal is given as much as can be read there.
    pub fn page(&self, output: Option<&Path>, text: &str) -> Result<(), Failure> {
        let text = visible(text);
        let to_file = output.is_some_and(|path| path != Path::new("-"));
        match to_file || self.whole || !std::io::stdout().is_terminal() {
            true => self.data(output, &text),
            false => self.data(output, &cut(&text)),
        }
    }

    /// The same of what either of them reads.
    pub fn either(&self, for_people: bool, output: Option<&Path>, text: &str) -> Result<(), Failure> {
        if for_people { self.page(output, text) } else { self.data(output, text) }
    }

    /// Draws problems on standard error.
    pub fn problems(&self, problems: &Problems, sources: &Sources) {
        if !problems.is_empty() {
            self.draw(&human(problems, sources, self.look()));
        }
    }

    /// Prints to standard error, which may be closed.
    pub fn say(&self, text: &str) {
        self.draw(&visible(text));
    }

    /// Prints what has colours of its own to standard error.
    fn draw(&self, text: &str) {
        let _ = print(&mut std::io::stderr().lock(), text);
    }

    /// Prints one line to standard error unless the run is quiet.
    pub fn summary(&self, text: &str) {
        if !self.quiet {
            self.say(&format!("{text}\n"));
        }
    }

    /// Prints why the run ends.
    pub fn failure(&self, failure: &Failure) {
        let (bold, plain) = if self.look().colour { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
        let help = failure.help().map(|help| format!("help: {help}\n")).unwrap_or_default();
        self.draw(&format!("{bold}error:{plain} {}", visible(&format!("{failure}\n{help}"))));
    }

    fn colours(&self, terminal: bool) -> bool {
        match self.when {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal,
        }
    }
}

/// How wide a table or a drawing may be.
pub fn width() -> usize {
    let found = terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| usize::from(width.0));
    found.unwrap_or(80).clamp(40, 120)
}

fn print(stream: &mut dyn Write, text: &str) -> Result<(), Failure> {
    let written = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
        _ => disk::error_of("write", Path::new("-"), reason(&error)),
    })
}

fn from_environment() -> Option<When> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return Some(When::Never);
    }
    set("CLICOLOR_FORCE").filter(|value| value != "0").map(|_| When::Always)
}
