//! The program as a test runs it.

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

pub fn tellgraph(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("tellgraph").unwrap();
    command.args(arguments).env("NO_COLOR", "1").timeout(std::time::Duration::from_secs(120));
    command
}

/// A new folder with files in it, by their paths.
pub fn files(files: &[(&str, impl AsRef<[u8]>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}
