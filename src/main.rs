//! `scn`: arguments to `cli::run`, its outcome to the exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;
use scn::memory::Counted;

#[global_allocator]
static ALLOCATOR: Counted<MiMalloc> = Counted(MiMalloc);

fn main() -> ExitCode {
    let outcome = std::panic::catch_unwind(|| scn::cli::run(std::env::args_os()));
    match outcome {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(_) => {
            eprintln!("this is a bug in scn; please report it with the file that shows it");
            ExitCode::from(2)
        }
    }
}
