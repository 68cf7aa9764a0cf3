//! Runs of the real command, each in a folder of its own, with an end, and with a look at how much memory it took.

use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::surface::LONGEST;

/// What a run came to.
pub struct Ran {
    pub status: Option<ExitStatus>,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    pub took: Duration,
    /// The most memory it had, in kB.
    pub peak: u64,
}

/// Runs the command.
pub fn scn(folder: &Path, words: &[&str]) -> Ran {
    scn_in(folder, words, &[])
}

/// Runs the command in an environment.
pub fn scn_in(folder: &Path, words: &[&str], environment: &[(&str, &str)]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scn"));
    command.args(words).envs(environment.iter().copied());
    ended(command, folder, b"")
}

/// Runs the command with a text on its standard input.
pub fn scn_fed(folder: &Path, words: &[&str], fed: &[u8]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scn"));
    command.args(words);
    ended(command, folder, fed)
}

/// Runs the command under a limit that a shell sets: `ulimit -v 4194304`.
pub fn scn_under(limit: &str, folder: &Path, words: &[&str]) -> Ran {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{limit}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_scn")]).args(words);
    ended(command, folder, b"")
}

/// The most memory that a process ever had, in kB; nothing where that cannot be seen.
pub fn peak_of(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn ended(mut command: Command, folder: &Path, fed: &[u8]) -> Ran {
    command
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let started = Instant::now();
    let mut child = command.spawn().expect("a run");
    let stdin = child.stdin.take();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    std::thread::scope(|threads| {
        threads.spawn(move || stdin.map(|mut stdin| stdin.write_all(fed)));
        let stdout = threads.spawn(|| all_of(stdout));
        let stderr = threads.spawn(|| all_of(stderr));
        let (status, peak) = wait(&mut child, started);
        let took = started.elapsed();
        Ran { status, stdout: stdout.join().expect("a stream"), stderr: stderr.join().expect("a stream"), took, peak }
    })
}

fn all_of(stream: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        let _ = stream.take(256 << 20).read_to_end(&mut bytes);
    }
    bytes
}

/// Waits for the end, and brings it about where it does not come.
fn wait(child: &mut Child, started: Instant) -> (Option<ExitStatus>, u64) {
    let mut peak = 0;
    loop {
        peak = peak_of(child.id()).max(peak);
        match child.try_wait().expect("a run") {
            Some(status) => return (Some(status), peak),
            None if started.elapsed() > LONGEST => {
                let _ = child.kill();
                let _ = child.wait();
                return (None, peak);
            }
            None => std::thread::sleep(Duration::from_millis(3)),
        }
    }
}

impl Ran {
    /// The exit code; below zero if there was none.
    pub fn code(&self) -> i32 {
        self.status.and_then(|status| status.code()).unwrap_or(-1)
    }

    /// What it printed, on both streams.
    pub fn said(&self) -> String {
        self.out() + &String::from_utf8_lossy(&self.stderr)
    }

    /// What it printed on standard output.
    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// How it ended, in a word.
    pub fn end(&self) -> String {
        match self.status {
            None => "no end".to_string(),
            Some(status) => match (status.code(), status.signal()) {
                (Some(code), _) => format!("exit {code}"),
                (None, signal) => format!("signal {}", signal.unwrap_or(0)),
            },
        }
    }

    /// What is wrong with how it ended, whatever it was asked.
    pub fn wrong(&self) -> Option<String> {
        let said = String::from_utf8_lossy(&self.stderr);
        let tail: String = said.chars().take(400).collect();
        if said.contains("this is a bug in scn") || said.contains("panicked at") {
            return Some(format!("it panics: {tail}"));
        }
        match self.status.and_then(|status| status.code()) {
            Some(0..=2 | 130) => None,
            _ => Some(format!("it ends by {}: {tail}", self.end())),
        }
    }
}
