//! The workloads W1 to W3 side by side with hand-written Rust, in one run, as ratios: `cargo bench --bench study`.
//!
//! `cargo bench --bench study -- big` writes the book of W3 instead.

#[path = "evaluate/book.rs"]
mod book;
#[path = "study/chance.rs"]
mod chance;
#[path = "study/firms.rs"]
mod firms;
#[path = "study/hand.rs"]
mod hand;
#[path = "study/summary.rs"]
mod summary;
#[path = "study/wide.rs"]
mod wide;
#[path = "study/workloads.rs"]
mod workloads;

use std::time::Instant;

/// One line of a table: what ran, and the best time of some rounds.
struct Line {
    name: &'static str,
    best: f64,
}

/// Contestants that take turns, so that a noisy neighbour hits all of them.
struct Race {
    rounds: usize,
    lines: Vec<Line>,
}

impl Race {
    fn run(rounds: usize, contestants: &mut [(&'static str, &mut dyn FnMut())]) -> Race {
        let mut lines: Vec<Line> = contestants.iter().map(|(name, _)| Line { name, best: f64::INFINITY }).collect();
        for _ in 0..rounds {
            for (line, (_, run)) in lines.iter_mut().zip(contestants.iter_mut()) {
                let start = Instant::now();
                run();
                line.best = line.best.min(start.elapsed().as_secs_f64());
            }
        }
        Race { rounds, lines }
    }

    /// Prints milliseconds, nanoseconds a unit, and the ratio to the first contestant.
    fn print(&self, title: &str, units: f64) {
        println!("\n{title} (best of {})\n{:<44} {:>10} {:>10} {:>8}", self.rounds, "", "ms", "ns each", "ratio");
        for line in &self.lines {
            let (ms, each) = (line.best * 1e3, line.best * 1e9 / units);
            println!("{:<44} {ms:>10.3} {each:>10.3} {:>8.2}", line.name, line.best / self.lines[0].best);
        }
    }
}

fn main() {
    if std::env::args().any(|word| word == "big") {
        return print!("{}", book::book(1_000, book::Form::Kind));
    }
    workloads::prescribed(1_000_000);
    workloads::grid();
    workloads::simulated(10_000_000);
    workloads::big();
}
