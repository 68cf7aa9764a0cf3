//! Ctrl-C, and whoever else asks for the end: what is half written is taken away before the run ends; a study that is running ends first, without an answer.

use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(unix)]
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
#[cfg(unix)]
use signal_hook::iterator::Signals;

use super::{Outcome, draft};

/// Whether something runs that looks at `STOP` from time to time.
static LOOKS: AtomicBool = AtomicBool::new(false);

/// Becomes true when the reader asks for the end.
static STOP: AtomicBool = AtomicBool::new(false);

/// From here on an interrupt leaves nothing half written. Where somebody else has decided that a signal is not heard, as a shell does
/// with Ctrl-C for what runs in the background, and `nohup` with the end of the terminal, it stays so.
#[cfg(unix)]
pub fn watch() {
    refuse_to_end_at_limits();
    let ignored = ignored();
    let heard = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    if let Ok(mut told) = Signals::new(heard) {
        std::thread::spawn(move || told.forever().for_each(|_| end()));
    }
}

/// From here on an interrupt leaves nothing half written.
#[cfg(not(unix))]
pub fn watch() {
    let _ = ctrlc::try_set_handler(end);
}

/// The signals that are not heard, a bit for each, where the system tells.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

fn end() {
    if !LOOKS.load(Ordering::Relaxed) || STOP.swap(true, Ordering::Relaxed) {
        draft::discard();
        std::process::exit(i32::from(Outcome::Stopped.code()));
    }
}

/// What becomes true when the reader asks for the end; whoever asks for it promises to look. A second interrupt does not wait.
pub fn stop() -> &'static AtomicBool {
    LOOKS.store(true, Ordering::Relaxed);
    &STOP
}

/// Where files may not be longer than a limit, writing one fails as it does on a full disk, and the draft is taken away.
#[cfg(unix)]
fn refuse_to_end_at_limits() {
    let _ = signal_hook::flag::register(SIGXFSZ, std::sync::Arc::default());
}
