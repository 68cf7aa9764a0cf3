//! `Threads`: how many threads work.

use clap::Args;

/// How many threads work.
#[derive(Debug, Args)]
pub struct Threads {
    /// How many threads work; all of the machine's if nothing is said. What comes out is the same.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl Threads {
    /// How many threads are asked for.
    pub fn count(&self) -> usize {
        self.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}
