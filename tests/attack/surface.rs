//! `Surface`: the inputs of one surface, how each ended, what was slow, and what should not have come of one.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread::ThreadId;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;

use crate::chance::Chance;
use crate::run::{Ran, peak_of};
use crate::seeds;

/// What takes longer does not end. It is far more than anything takes, since other work on the machine may take all its time; the
/// table of a run shows what was slowest.
pub const LONGEST: Duration = Duration::from_secs(180);

/// The first seed; those of a run count up from it.
pub const SEED: u64 = 20_260_331;

/// What each surface came to, for the table at the end.
static TABLE: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// What is being tried by each thread, since when; an input that never ends, or takes the process with it, is named by it.
static RUNNING: Mutex<BTreeMap<String, (Instant, Input)>> = Mutex::new(BTreeMap::new());

/// An input that can be replayed: the surface, and its text.
#[derive(Debug, Clone)]
pub struct Input {
    pub surface: &'static str,
    pub bytes: Vec<u8>,
}

/// One surface while it is attacked.
pub struct Surface {
    name: &'static str,
    inputs: usize,
    ends: BTreeMap<String, usize>,
    slowest: (Duration, String),
    peak: u64,
    known: Vec<String>,
    findings: Vec<String>,
    started: Instant,
}

/// Attacks one surface; its findings fail the test.
pub fn run(name: &'static str, attack: fn(&mut Surface)) -> Result<(), Failed> {
    let mut surface = Surface {
        name,
        inputs: 0,
        ends: BTreeMap::new(),
        slowest: (Duration::ZERO, String::new()),
        peak: 0,
        known: Vec::new(),
        findings: Vec::new(),
        started: Instant::now(),
    };
    attack(&mut surface);
    TABLE.lock().expect("the table").push(surface.row());
    if surface.findings.is_empty() {
        return Ok(());
    }
    let first: Vec<&str> = surface.findings.iter().take(12).map(String::as_str).collect();
    Err(format!("{} findings, seed {SEED}:\n\n{}", surface.findings.len(), first.join("\n\n")).into())
}

/// Prints the row of each surface.
pub fn print_table() {
    let mut rows = TABLE.lock().expect("the table").clone();
    rows.sort();
    println!("seeds from {SEED}, {}", seconds().map_or("the short run".to_string(), |long| format!("{long:?} each")));
    println!("| surface | inputs | seconds | findings | known | peak MB | slowest | ends |");
    println!("| --- | --: | --: | --: | --: | --: | --- | --- |");
    rows.iter().for_each(|row| println!("{row}"));
}

/// Ends the process where an input does not end, after its text is kept.
pub fn watch() {
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let running = RUNNING.lock().expect("what runs");
            if let Some((_, input)) = running.values().find(|(since, _)| since.elapsed() > 2 * LONGEST) {
                eprintln!("an input does not end; it is kept as {}", seeds::keep(input));
                std::process::exit(101);
            }
        }
    });
}

/// For how long each surface of chance goes on, if not for a number of inputs.
fn seconds() -> Option<Duration> {
    std::env::var("ATTACK").ok()?.parse().ok().map(Duration::from_secs)
}

impl Surface {
    /// Whether this is the long run.
    pub fn is_long(&self) -> bool {
        seconds().is_some()
    }

    /// Goes on for so many rounds, or for as long as the long run lasts; each has its own choices, by its seed.
    pub fn rounds(&mut self, short: u64, mut round: impl FnMut(&mut Surface, &mut Chance)) {
        let mut at = 0;
        while seconds().map_or(at < short, |long| self.started.elapsed() < long) {
            round(self, &mut Chance::new(SEED + at));
            at += 1;
        }
    }

    /// Tries an input in this process: how it ends, or what is wrong with that.
    pub fn input(&mut self, bytes: &[u8], run: impl FnOnce() -> Result<String, String>) {
        let input = Input { surface: self.name, bytes: bytes.to_vec() };
        let (ended, took) = watched(&input, run);
        let wrong = match ended {
            Ok(end) => {
                *self.ends.entry(end).or_default() += 1;
                None
            }
            Err(wrong) => Some(wrong),
        };
        let what = seeds::name(&input);
        self.count(took, &what, peak_of(std::process::id()));
        let late = (took > LONGEST).then(|| format!("it takes {took:?}"));
        if let Some(wrong) = wrong.or(late) {
            let kept = seeds::keep(&input);
            self.findings.push(format!("{kept}: {wrong}"));
        }
    }

    /// Counts a run of the command; whatever it was asked, it must end by itself, in time, with one of its codes.
    pub fn ran(&mut self, what: &str, ran: &Ran) {
        *self.ends.entry(ran.end()).or_default() += 1;
        self.count(ran.took, what, ran.peak);
        if let Some(wrong) = ran.wrong() {
            self.found(what, &wrong);
        }
    }

    /// Something that should not have come of an input.
    pub fn found(&mut self, what: &str, wrong: &str) {
        self.findings.push(format!("{what}: {wrong}"));
    }

    /// Something that should not have come of an input, and is known.
    pub fn known(&mut self, what: &str, why: &str) {
        self.known.push(format!("{what}: {why}"));
    }

    /// How many findings there are.
    pub fn found_so_far(&self) -> usize {
        self.findings.len()
    }

    /// Keeps the input of a finding as a seed of another surface, which replays it.
    pub fn keep_as(&mut self, surface: &'static str, bytes: &[u8]) {
        let kept = seeds::keep(&Input { surface, bytes: bytes.to_vec() });
        if let Some(last) = self.findings.last_mut() {
            last.push_str(&format!("\nthe book is kept as {kept}"));
        }
    }

    /// Counts an input that was tried in another way.
    pub fn count(&mut self, took: Duration, what: &str, peak: u64) {
        self.inputs += 1;
        self.peak = self.peak.max(peak);
        if took > self.slowest.0 {
            self.slowest = (took, what.to_string());
        }
    }

    fn row(&self) -> String {
        let (slowest, what) = &self.slowest;
        let what: String = what.chars().take(60).map(|letter| if letter == '|' { '/' } else { letter }).collect();
        let mut ends: Vec<(&String, &usize)> = self.ends.iter().collect();
        ends.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let ends: Vec<String> = ends.iter().take(12).map(|(end, count)| format!("{end} {count}")).collect();
        format!(
            "| {} | {} | {:.1} | {} | {} | {} | {:.2} s {:?} | {} |",
            self.name,
            self.inputs,
            self.started.elapsed().as_secs_f64(),
            self.findings.len(),
            self.known.len(),
            self.peak >> 10,
            slowest.as_secs_f64(),
            what,
            ends.join(", "),
        )
    }
}

/// Runs something that may panic, and that the watch ends if it does not.
fn watched(input: &Input, run: impl FnOnce() -> Result<String, String>) -> (Result<String, String>, Duration) {
    let thread: ThreadId = std::thread::current().id();
    let key = format!("{thread:?}");
    let started = Instant::now();
    RUNNING.lock().expect("what runs").insert(key.clone(), (started, input.clone()));
    let ended = catch_unwind(AssertUnwindSafe(run));
    RUNNING.lock().expect("what runs").remove(&key);
    let ended = ended.unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|said| said.to_string()));
        Err(format!("it panics: {}", said.unwrap_or_default()))
    });
    (ended, started.elapsed())
}
