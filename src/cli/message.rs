//! What people are told on standard error. That nobody listens there is no reason to stop.

use std::fmt::Display;
use std::io::{self, Write};

/// Tells something in the program's name.
pub fn warn(message: impl Display) {
    tell(format_args!("tellgraph: {message}"));
}

/// Tells a line as it is.
pub fn tell(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}
