//! Ctrl-C, and whoever else asks for the end: what is half written is taken away before the run ends; a study that is running ends first, without an answer.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Outcome, draft};

/// Whether something runs that looks at `STOP` from time to time.
static LOOKS: AtomicBool = AtomicBool::new(false);

/// Becomes true when the reader asks for the end.
static STOP: AtomicBool = AtomicBool::new(false);

/// From here on an interrupt leaves nothing half written. Where somebody else has decided what Ctrl-C does, as a shell does for
/// what runs in the background, it stays so.
pub fn watch() {
    refuse_to_end_at_limits();
    if ctrlc::try_set_handler(end).is_err() {
        end_when_told();
    }
}

fn end() {
    if !LOOKS.load(Ordering::Relaxed) || STOP.swap(true, Ordering::Relaxed) {
        draft::discard();
        std::process::exit(i32::from(Outcome::Stopped.code()));
    }
}

/// Where one of the signals is not to be heard, as under `nohup`, the one that nobody ignores is heard alone.
#[cfg(unix)]
fn end_when_told() {
    if let Ok(mut told) = signal_hook::iterator::Signals::new([signal_hook::consts::SIGTERM]) {
        std::thread::spawn(move || told.forever().for_each(|_| end()));
    }
}

#[cfg(not(unix))]
fn end_when_told() {}

/// What becomes true when the reader asks for the end; whoever asks for it promises to look. A second interrupt does not wait.
pub fn stop() -> &'static AtomicBool {
    LOOKS.store(true, Ordering::Relaxed);
    &STOP
}

/// Where files may not be longer than a limit, writing one fails as it does on a full disk, and the draft is taken away.
#[cfg(unix)]
fn refuse_to_end_at_limits() {
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

#[cfg(not(unix))]
fn refuse_to_end_at_limits() {}
