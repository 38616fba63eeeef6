//! `load` without a store, and with a server that does what real ones cannot be made to do; `tests/real/load.py` does the rest
//! with real ones.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use tempfile::{TempDir, tempdir};

use crate::server::{Answer, Request, Server};

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

/// Statements with a blank node in no graph, of more than is packed in any case.
fn with_blank_nodes(folder: &Path) {
    let values: String = (0..200).map(|number| format!("_:a <urn:a:p> {number} .\n")).collect();
    fs::write(folder.join("blank.ttl"), values).unwrap();
}

/// Runs `load` with a server that answers so; gives what came, and what was told on standard error.
#[track_caller]
fn served(
    arguments: &[&str],
    code: i32,
    answer: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static,
) -> (Vec<Request>, String) {
    let folder = folder();
    with_blank_nodes(folder.path());
    let server = Server::start(answer);
    let done = load(folder.path(), &[arguments, &["--to", &server.url]].concat()).assert().code(code);
    (server.requests(), String::from_utf8(done.get_output().stderr.clone()).unwrap())
}

#[test]
fn what_may_have_been_done_is_not_done_twice() {
    let done_and_lost = |_: &Request, _| (504, "", "");
    for options in [&[][..], &["--update"], &["--update", "--replace"], &["--replace"]] {
        let (requests, told) = served(&[&["blank.ttl"], options].concat(), 1, done_and_lost);
        assert_eq!(requests.len(), 1, "{options:?}");
        assert!(told.contains("not sure whether it is in") && told.contains("1 may be"), "{told}");
    }
    // The same is the same again where nothing is new each time.
    let late = |_: &Request, number| if number == 0 { (504, "", "") } else { (204, "", "") };
    for options in
        [&["blank.ttl", "--skolemize"][..], &["a.ttl"], &["blank.ttl", "--replace", "--graph", "urn:a:g"]]
    {
        assert_eq!(served(options, 0, late).0.len(), 2, "{options:?}");
    }
}

#[test]
fn a_store_that_is_busy_is_asked_again() {
    for first in [
        (429, "", ""),
        (503, "Retry-After: 0\r\n", ""),
        (503, "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n", ""),
    ] {
        let (requests, _) =
            served(&["blank.ttl"], 0, move |_, number| if number == 0 { first } else { (204, "", "") });
        assert_eq!(requests.len(), 2, "{first:?}");
    }
    let (requests, told) = served(&["blank.ttl"], 1, |_, _| (503, "", ""));
    assert!(requests.len() == 1 && told.contains("not sure"), "{told}");
    let long =
        |_: &Request, number| if number == 0 { (503, "Retry-After: 6\r\n", "") } else { (204, "", "") };
    assert!(served(&["a.ttl"], 0, long).1.contains("again in 6 s: "));
}

#[test]
fn what_cannot_be_unpacked_goes_unpacked_if_it_was_not_done() {
    let packed = |request: &Request| request.head.contains("content-encoding: gzip");
    let refuses = move |status| {
        move |request: &Request, _| if packed(request) { (status, "", "") } else { (204, "", "") }
    };
    let always = ["blank.ttl", "--gzip", "always"];
    assert_eq!(served(&always, 0, refuses(415)).0.len(), 2);
    let (requests, told) = served(&always, 1, refuses(500));
    assert!(requests.len() == 1 && told.contains("not sure"), "{told}");
    assert_eq!(served(&[&always[..], &["--skolemize"]].concat(), 0, refuses(500)).0.len(), 2);
}

#[test]
fn a_page_is_no_answer() {
    for options in [&["a.ttl"][..], &["a.ttl", "--update"]] {
        let (requests, told) =
            served(options, 1, |_, _| (200, "", "<!DOCTYPE html><html><body>Welcome</body></html>"));
        assert!(
            requests.len() == 1 && told.contains("not sure") && told.contains("a web page came back"),
            "{told}"
        );
    }
}

#[test]
fn a_password_is_told_to_who_does_not_say_how() {
    let folder = folder();
    let told = |answer: fn(&Request, usize) -> Answer, code: i32| {
        let server = Server::start(answer);
        let mut command = load(folder.path(), &["a.ttl", "--to", &server.url]);
        let done = command.env("TELLGRAPH_USER", "ida").env("TELLGRAPH_PASSWORD", "holm").assert().code(code);
        (server.requests().len(), String::from_utf8(done.get_output().stderr.clone()).unwrap())
    };
    let basic = |request: &Request, _| {
        if request.head.contains("authorization: basic") { (204, "", "") } else { (401, "", "") }
    };
    assert_eq!(told(basic, 0).0, 2);
    let (count, words) = told(|_, _| (401, "", ""), 1);
    assert!(count == 2 && words.contains("by this user and password"), "{words}");
    let (count, words) = told(|_, _| (401, "WWW-Authenticate: Negotiate\r\n", ""), 1);
    assert!(count == 1 && words.contains("in another way"), "{words}");
}

#[test]
fn a_document_goes_with_its_description() {
    let folder = folder();
    let agent = "<https://w3id.org/tellgraph/version/0>";
    let text = format!(
        "<urn:a:g> <http://www.w3.org/ns/prov#wasAttributedTo> {agent} ; <urn:a:from> <urn:a:page> . <urn:a:page> <urn:a:title> \"Old\" .
        {agent} <urn:a:label> \"tellgraph\" . <urn:a:g> {{ <urn:a:s> <urn:a:p> 2 }}"
    );
    fs::write(folder.path().join("told.trig"), text).unwrap();
    for options in [&["--replace"][..], &["--replace", "--update"]] {
        let server = Server::start(|_, _| (204, "", ""));
        load(folder.path(), &[&["told.trig", "--to", &server.url], options].concat())
            .assert()
            .success()
            .stdout(contains("loaded 5 statements of 1 documents"));
        let requests = server.requests();
        let last = String::from_utf8(requests.last().unwrap().body.clone()).unwrap();
        let in_graph = last.split("GRAPH <urn:a:g>").last().unwrap();
        assert!(
            in_graph.contains("<urn:a:page> <urn:a:title> \"Old\"") && in_graph.contains("<urn:a:s>"),
            "{last}"
        );
        assert!(!in_graph.contains("<urn:a:label>"), "{last}");
        if options.len() == 1 {
            assert_eq!((requests.len(), requests[1].method.as_str()), (2, "PUT"));
            assert_eq!(requests[1].target, "/store?graph=urn%3Aa%3Ag");
        }
    }
}

#[test]
fn an_address_with_a_graph_in_it_is_refused() {
    let folder = folder();
    for query in ["?graph=urn:a:g", "?default", "?graph-uri=urn:a:g"] {
        let address = format!("http://127.0.0.1:1/store{query}");
        load(folder.path(), &["a.ttl", "--to", &address])
            .assert()
            .code(1)
            .stderr(contains("use --graph IRI"));
    }
}

#[test]
fn an_encrypted_line_to_a_plain_port_is_told_as_such() {
    let folder = folder();
    let server = Server::start(|_, _| (204, "", ""));
    let secure = server.url.replace("http:", "https:");
    load(folder.path(), &["a.ttl", "--to", &secure]).assert().code(1).stderr(contains("begins with http://"));
}

#[test]
fn a_silent_store_is_waited_for_once() {
    let folder = folder();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/store", listener.local_addr().unwrap());
    let start = std::time::Instant::now();
    load(folder.path(), &["a.ttl", "--to", &address, "--timeout", "2"])
        .assert()
        .code(1)
        .stderr(contains("no answer in 2 s"));
    assert!(start.elapsed().as_millis() < 3900, "{:?}", start.elapsed());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_with_a_report() {
    let folder = folder();
    let lines: String =
        (0..50).map(|number| format!("<urn:a:s> <urn:a:p> \"{number}\" <urn:g:{number}> .\n")).collect();
    fs::write(folder.path().join("many.nq"), lines).unwrap();
    let server = Server::start(|_, _| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        (204, "", "")
    });
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("tellgraph"));
    command
        .args(["load", "many.nq", "--replace", "--report", "r.json", "--to", &server.url])
        .current_dir(folder.path());
    let child =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    while server.requests().len() < 5 {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let output = child.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.code() == Some(1) && err.contains("stopped before all was sent"), "{err}");
    let came: Vec<String> =
        server.requests().iter().map(|request| request.target.replace("%3A", ":")).collect();
    let told: Vec<String> = out.lines().map(|graph| format!("/store?graph={graph}")).collect();
    assert!((5..50).contains(&came.len()));
    assert_eq!(told.iter().collect::<std::collections::BTreeSet<_>>(), came.iter().collect());
    let report = fs::read_to_string(folder.path().join("r.json")).unwrap();
    assert_eq!(report.matches("\"loaded\"").count(), told.len());
}
