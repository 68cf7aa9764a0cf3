//! Ctrl-C: what is half written is taken away before the run ends; a study that is running ends first, without an answer.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Outcome, draft};

/// Whether something runs that looks at `STOP` from time to time.
static LOOKS: AtomicBool = AtomicBool::new(false);

/// Becomes true when the reader asks for the end.
static STOP: AtomicBool = AtomicBool::new(false);

/// From here on an interrupt leaves nothing half written. Where somebody else has decided what Ctrl-C does, as a shell does for
/// what runs in the background, it stays so.
pub fn watch() {
    let _ = ctrlc::try_set_handler(|| {
        if !LOOKS.load(Ordering::Relaxed) || STOP.swap(true, Ordering::Relaxed) {
            draft::discard();
            std::process::exit(i32::from(Outcome::Stopped.code()));
        }
    });
}

/// What becomes true when the reader asks for the end; whoever asks for it promises to look. A second interrupt does not wait.
pub fn stop() -> &'static AtomicBool {
    LOOKS.store(true, Ordering::Relaxed);
    &STOP
}
