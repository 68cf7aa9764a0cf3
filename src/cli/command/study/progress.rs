//! A bar on standard error while a long study runs: only on a terminal, never on a build server, not in the first second.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Runs shorter than this draw nothing.
const PATIENCE: Duration = Duration::from_secs(1);

const STYLE: &str = "{bar:30} {percent:>3}%  {human_pos} of {human_len}, {eta} left";

/// How far a run is.
pub struct Progress {
    bar: ProgressBar,
    began: Instant,
    wanted: bool,
}

impl Progress {
    /// A bar that nobody sees yet.
    pub fn new(quiet: bool) -> Progress {
        let on_server = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
        let wanted = !quiet && !on_server && std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(STYLE) {
            bar.set_style(style);
        }
        Progress { bar, began: Instant::now(), wanted }
    }

    /// So many points are done.
    pub fn tell(&self, done: u64, all: u64) {
        if !self.wanted || self.began.elapsed() < PATIENCE {
            return;
        }
        if self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(all);
        self.bar.set_position(done);
    }

    /// The bar goes away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
