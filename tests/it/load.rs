//! `load` as far as it goes without a server; `tests/real/load.py` does the rest with real ones.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use tempfile::{TempDir, tempdir};

/// `tellgraph load` in a folder, with nothing in the environment about who we are.
fn load(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("tellgraph").unwrap();
    for name in ["TELLGRAPH_USER", "TELLGRAPH_PASSWORD", "TELLGRAPH_TOKEN"] {
        command.env_remove(name);
    }
    command.arg("load").args(arguments).current_dir(folder).timeout(std::time::Duration::from_secs(60));
    command
}

fn folder() -> TempDir {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("a.ttl"), "<urn:a:s> <urn:a:p> <urn:a:o> .\n").unwrap();
    fs::write(folder.path().join("both.trig"), "<urn:a:s> <urn:a:p> 1 . <urn:a:g> { <urn:a:s> <urn:a:p> 2 }")
        .unwrap();
    folder
}

/// An address at which nothing listens: the port was free a moment ago.
fn nobody() -> String {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    format!("http://127.0.0.1:{port}/store")
}

#[test]
fn nobody_there_is_told_at_once() {
    let folder = folder();
    let start = std::time::Instant::now();
    let expected = contains("does not answer: nothing listens there");
    load(folder.path(), &["a.ttl", "--to", &nobody()]).assert().code(1).stdout("").stderr(expected);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn addresses_are_those_of_the_web_and_tell_no_secret() {
    let folder = folder();
    let told = |address: &str| {
        let done = load(folder.path(), &["a.ttl", "--to", address]).assert().code(1);
        String::from_utf8(done.get_output().stderr.clone()).unwrap()
    };
    assert!(told("store.example/data").contains("begins with http:// or https://"));
    assert!(told("ftp://store.example/data").contains("begins with http:// or https://"));
    let secret = told("https://me:open-sesame@store.example/data");
    assert!(secret.contains("password") && !secret.contains("open-sesame"), "{secret}");
}

#[test]
fn secrets_stay_off_lines_that_all_can_read() {
    let folder = folder();
    let arguments = ["a.ttl", "--to", "http://store.example/data"];
    let expected = contains("store.example for everybody").and(contains("--expose-password"));
    load(folder.path(), &arguments).env("TELLGRAPH_TOKEN", "t").assert().code(1).stderr(expected);
}

#[test]
fn who_we_are_is_said_in_one_way() {
    let folder = folder();
    let wrong = |variables: &[(&str, &str)], expected: &str| {
        let mut command = load(folder.path(), &["a.ttl", "--to", "http://127.0.0.1:1/"]);
        command.envs(variables.iter().copied()).assert().code(1).stderr(contains(expected.to_owned()));
    };
    wrong(&[("TELLGRAPH_TOKEN", "t"), ("TELLGRAPH_USER", "u")], "only one can be used");
    wrong(&[("TELLGRAPH_PASSWORD", "p")], "TELLGRAPH_USER is not");
    wrong(&[("TELLGRAPH_USER", "a:b")], "colon");
    wrong(&[("TELLGRAPH_TOKEN", "two\nlines")], "no token");
}

#[test]
fn arguments_are_checked_before_anything_is_read() {
    let folder = folder();
    let to = nobody();
    for (arguments, code, expected) in [
        (vec!["a.ttl"], 2, "--to"),
        (vec!["--to", &to], 2, "GRAPH"),
        (vec!["a.ttl", "--to", &to, "--graph", "no iri"], 2, "--graph"),
        (vec!["a.ttl", "--to", &to, "--connections", "0"], 2, "--connections"),
        (vec!["a.ttl", "--to", &to, "--timeout", "0"], 2, "--timeout"),
        (vec!["missing.ttl", "--to", &to], 1, "cannot read missing.ttl"),
        (vec!["both.trig", "--to", &to, "--replace", "--graph", "urn:a:g"], 1, "is a graph of the input"),
    ] {
        load(folder.path(), &arguments).assert().code(code).stderr(contains(expected));
    }
    load(folder.path(), &["-", "--to", &to]).write_stdin("x").assert().code(1).stderr(contains("--from"));
    load(folder.path(), &["-", "--from", "turtle", "--to", &to])
        .write_stdin("x")
        .assert()
        .code(1)
        .stderr(contains("standard input:1:"));
}

#[test]
fn a_report_comes_to_be_whole_or_not_at_all() {
    let folder = folder();
    load(folder.path(), &["a.ttl", "--to", &nobody(), "--report", "r.json"]).assert().code(1);
    assert!(!folder.path().join("r.json").exists());
}
