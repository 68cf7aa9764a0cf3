//! What was found once: each input is a file in `tests/attack/seeds/SURFACE-HASH`, and is tried again on every run.

use sha2::{Digest, Sha256};

use crate::files;
use crate::surface::{Input, Surface};
use crate::{books, data, merges, templates};

/// Tries every input that was ever a finding.
pub fn attack(surface: &mut Surface) {
    for path in files::files(&files::tests("attack/seeds")).into_iter().filter(|path| !path.ends_with(".gitkeep")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let replay: fn(&[u8]) -> Result<String, String> = match name.split('-').next() {
            Some("books") => books::replay,
            Some("data") => data::replay,
            Some("merges") => merges::replay,
            Some("templates") => templates::replay,
            _ => {
                surface.found(&name, "no surface replays it");
                continue;
            }
        };
        surface.input(&bytes, || replay(&bytes));
    }
}

/// What an input is called.
pub fn name(input: &Input) -> String {
    let hash: String = Sha256::digest(&input.bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{hash}", input.surface)
}

/// Keeps an input; one of the seeds is there already.
pub fn keep(input: &Input) -> String {
    let name = name(input);
    if input.surface != "seeds" {
        let _ = std::fs::write(files::tests("attack/seeds").join(&name), &input.bytes);
    }
    name
}
