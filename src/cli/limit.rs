//! How much memory a run may take, and what it says where that is not enough.

use std::io::Write;

use crate::memory::{self, Cause};

use super::{Outcome, draft};

/// What a run may take unless it is told otherwise.
const USUAL: u64 = 4 << 30;

/// The least that a run does with.
const LEAST: u64 = 64 << 20;

/// Ends the run in words where it would take more than so many bytes.
pub fn set(bytes: Option<u64>) {
    memory::limit(usize::try_from(bytes.unwrap_or(USUAL)).unwrap_or(usize::MAX), end);
}

/// A size as people write it: `2GB`, `1.5 GB`, `512MB`.
pub fn size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(text.len()));
    let power = match unit.to_ascii_uppercase().as_str() {
        "MB" | "M" | "MIB" => 20,
        "GB" | "G" | "GIB" => 30,
        _ => return Err("write a size such as `512MB` or `8GB`".to_string()),
    };
    let number: f64 = number.trim().parse().map_err(|_| "write a size such as `512MB` or `8GB`".to_string())?;
    let bytes = number * f64::from(1u32 << power);
    match bytes.is_finite() && bytes >= LEAST as f64 {
        true => Ok(bytes as u64),
        false => Err(format!("no run does with less than {} MB", LEAST >> 20)),
    }
}

/// Takes away what is half written, says why, and ends the process. Nothing here asks for memory that is not there.
fn end(cause: Cause) -> ! {
    draft::discard_now();
    let mut out = std::io::stderr();
    let _ = match cause {
        Cause::Limit(most) => writeln!(
            out,
            "error: the run needs more memory than the {} MB that it may take; nothing is written\nhelp: ask for less at once (fewer \
             rows, points or files), or let it take more, as in `--memory {}GB`",
            most >> 20,
            (2 * most).div_ceil(1 << 30)
        ),
        Cause::Machine(asked) => writeln!(
            out,
            "error: the machine gives the run no more memory: {} MB more were asked for; nothing is written\nhelp: ask for less at \
             once (fewer rows, points or files), or let the system give it more",
            asked.div_ceil(1 << 20)
        ),
    };
    std::process::exit(i32::from(Outcome::Failed.code()))
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!([size("2GB"), size("1.5 gb"), size("512M")], [Ok(2 << 30), Ok(3 << 29), Ok(512 << 20)]);
        for wrong in ["", "2", "GB", "-1GB", "1MB", "nanGB", "2TB", "1e300GB0"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
