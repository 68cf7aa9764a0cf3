//! The workloads W1 to W3 side by side with hand-written Rust, in one run, as ratios: `cargo bench --bench study`.
//!
//! `cargo bench --bench study -- W2` runs one of them, `-- big` writes the book of W3 instead.

#[path = "evaluate/book.rs"]
#[expect(dead_code, reason = "the other forms of the book are raced in evaluate.rs")]
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

use cpu_time::ProcessTime;

/// One line of a table: what ran, the best time by the clock and of the processor in some rounds.
struct Line {
    name: &'static str,
    clock: f64,
    processor: f64,
}

/// Contestants that take turns, so that a noisy neighbour hits all of them.
struct Race {
    rounds: usize,
    lines: Vec<Line>,
}

impl Race {
    fn run(rounds: usize, contestants: &mut [(&'static str, &mut dyn FnMut())]) -> Race {
        let line = |name| Line { name, clock: f64::INFINITY, processor: f64::INFINITY };
        let mut lines: Vec<Line> = contestants.iter().map(|(name, _)| line(*name)).collect();
        for _ in 0..rounds {
            for (line, (_, run)) in lines.iter_mut().zip(contestants.iter_mut()) {
                let (start, busy) = (Instant::now(), ProcessTime::now());
                run();
                line.clock = line.clock.min(start.elapsed().as_secs_f64());
                line.processor = line.processor.min(busy.elapsed().as_secs_f64());
            }
        }
        Race { rounds, lines }
    }

    /// Prints milliseconds and nanoseconds a unit, and ratios to the first contestant, by the clock and of the processor.
    fn print(&self, title: &str, units: f64) {
        println!("\n{title} (best of {})", self.rounds);
        println!(
            "{:<44} {:>9} {:>9} {:>7} | {:>9} {:>9} {:>7}",
            "", "ms", "ns each", "ratio", "cpu ms", "ns each", "ratio"
        );
        for line in &self.lines {
            let columns = |time: f64, first: f64| {
                format!("{:>9.3} {:>9.3} {:>7.2}", time * 1e3, time * 1e9 / units, time / first)
            };
            let (clock, processor) =
                (columns(line.clock, self.lines[0].clock), columns(line.processor, self.lines[0].processor));
            println!("{:<44} {clock} | {processor}", line.name);
        }
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    if words.iter().any(|word| word == "big") {
        return print!("{}", book::book(1_000, book::Form::Kind));
    }
    let is_wanted = |name: &str| words.is_empty() || words.iter().any(|word| word == name);
    if is_wanted("W1") {
        workloads::prescribed(1_000_000);
        workloads::simulated(10_000_000);
    }
    if is_wanted("W2") {
        workloads::grid();
    }
    if is_wanted("W3") {
        workloads::big();
    }
}
