//! The program as a test runs it.

use assert_cmd::Command;

pub fn tellgraph(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("tellgraph").unwrap();
    command.args(arguments).env("NO_COLOR", "1").timeout(std::time::Duration::from_secs(120));
    command
}
