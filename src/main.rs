//! The command line: parse arguments, call, print errors, exit code.

use std::process::ExitCode;

mod cli;

/// Texts are read into many small pieces, which it hands out and takes back quicker than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
