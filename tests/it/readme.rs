//! What the documents for people say is true.
//!
//! `BLESS=1 cargo test readme` writes what the commands of the README and of docs/evidence.md print now; read the
//! difference before you commit it.

use std::fs;
use std::path::{Path, PathBuf};

fn read(name: &str) -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// In each block that begins with "```console" a line "$ COMMAND" stands before what the command prints.
#[cfg(unix)]
#[test]
fn readme_shows_what_its_commands_print() {
    let readme = read("README.md");
    let mut parts = readme.split("```console\n$ ");
    let mut found = parts.next().unwrap().to_owned();
    let mut ran = 0;
    let folder = working_folder();
    for part in parts {
        let (block, rest) = part.split_once("\n```").expect("the end of the block");
        let command = block.lines().next().unwrap();
        found +=
            &format!("```console\n$ {command}\n{}\n```{rest}", printed(command, folder.path()).trim_end());
        ran += 1;
    }
    assert!(ran >= 4, "only {ran} commands in the README");
    check_or_bless("README.md", &readme, &found);
}

/// A block that begins with "```turtle" shows what the command in the block before prints, but for the prefixes.
#[cfg(unix)]
#[test]
fn evidence_is_shown_as_it_is_printed() {
    let page = read("docs/evidence.md");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("note.txt"), "Ada Park founded Lumen Works in Oslo.\n").unwrap();
    let mut parts = page.split("```sh\n");
    let mut found = parts.next().unwrap().to_owned();
    for part in parts {
        let (command, rest) = part.split_once("\n```\n\n```turtle\n").expect("a sample after the command");
        let (_, rest) = rest.split_once("```").expect("the end of the sample");
        let text = printed(command, folder.path());
        let lines = text.lines().filter(|line| !line.starts_with("@prefix"));
        let sample = lines.fold(String::new(), |sample, line| sample + line + "\n");
        found += &format!("```sh\n{command}\n```\n\n```turtle\n{}```{rest}", sample.trim_start());
    }
    check_or_bless("docs/evidence.md", &page, &found);
}

fn check_or_bless(name: &str, page: &str, found: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name), found).unwrap();
        return;
    }
    assert!(found == page, "the commands of {name} print something else now: BLESS=1 cargo test readme");
}

/// A folder where commands may write, with what the README's commands read.
#[cfg(unix)]
fn working_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["examples", "ontologies"] {
        let there = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
        std::os::unix::fs::symlink(there, folder.path().join(name)).unwrap();
    }
    folder
}

/// What a shell command prints that calls this `tellgraph`.
#[cfg(unix)]
fn printed(command: &str, folder: &Path) -> String {
    let program = assert_cmd::cargo::cargo_bin("tellgraph");
    let path = std::env::var("PATH").unwrap_or_default();
    let done = std::process::Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", program.parent().unwrap().display()))
        .output()
        .unwrap();
    assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    // Tables in CSV end their lines as RFC 4180 says.
    String::from_utf8(done.stdout).unwrap().replace("\r\n", "\n")
}

#[test]
fn readme_names_files_that_there_are() {
    for name in ["README.md", "ARCHITECTURE.md"] {
        let text = read(name);
        let mut seen = 0;
        for path in text.split(['`', '(', ')', ' ', '\n', '|', ',']) {
            let known = ["src/", "tests/", "examples/", "ontologies/", "training/"].iter();
            if known.into_iter().any(|folder| path.starts_with(folder)) && !path.contains(['*', '{', 'N']) {
                let path = path.trim_end_matches(['.', ':', ';']);
                let is_there = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path).exists();
                assert!(is_there, "{name} names {path}, which is not there");
                seen += 1;
            }
        }
        assert!(seen > 5, "{name} names {seen} files");
    }
}

#[test]
fn architecture_names_each_module_in_order() {
    let library = read("src/lib.rs");
    let modules = library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let text = read("ARCHITECTURE.md");
    let rows: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let named: Vec<&str> = rows.iter().copied().filter(|row| !row.contains(['/', '.', ' '])).collect();
    assert_eq!(named, modules.collect::<Vec<_>>());
}
