//! The command line: parse arguments, call, print errors, exit code.

fn main() {}
