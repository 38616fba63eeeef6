//! The store on disk: ids of files, settings, faults of people, and what the words are for them.

use std::fs;
use std::path::Path;

use predicates::prelude::*;
use predicates::str::contains;
use tellgraph::store::folder::Folder;

use crate::store::{GRAPH, news, printed};
use crate::tool::{files, tellgraph};

/// The ids of a store in a folder, and its other lines if options ask for these.
fn listed(folder: &Path, options: &[&str]) -> Vec<String> {
    let done =
        tellgraph(&[&["list", "--store", "s"], options].concat()).current_dir(folder).assert().success();
    let output = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    let cut = |line: &str| {
        if options.is_empty() { line.split('\t').next().unwrap().to_owned() } else { line.to_owned() }
    };
    output.lines().map(cut).collect()
}

#[test]
fn a_file_keeps_its_id_whatever_comes() {
    let folder = files(&[
        ("news/2019/monday.txt", "Ida Holm founded Quillon Works."),
        ("other/tuesday.txt", "Bo Lind founded Lind Works."),
        ("more/tuesday.txt", "Odo Lind founded Odo Works."),
    ]);
    let add = |arguments: &[&str]| {
        let mut command = tellgraph(&[&["add", "--store", "s"], arguments].concat());
        command.current_dir(folder.path());
        command
    };
    add(&["news"]).assert().success();
    assert_eq!(listed(folder.path(), &[]), ["2019/monday"]);
    // More of the same name, and another form of it.
    for more in ["news/2020/monday.txt", "news/monday.txt", "news/2019/monday.md"] {
        fs::create_dir_all(folder.path().join("news/2020")).unwrap();
        fs::write(folder.path().join(more), "Odo Lind founded Night Works.").unwrap();
    }
    add(&["news"]).assert().success().stderr("tellgraph: documents: 3 added, 1 unchanged\n");
    let ids = listed(folder.path(), &[]);
    assert_eq!(ids, ["2019/monday", "2019/monday.md", "2020/monday", "monday"]);
    // Named in any other way, they are the same documents.
    add(&["./news/2019", "news/2020/monday.txt", "news/2020/monday.txt", "."])
        .assert()
        .success()
        .stderr("tellgraph: documents: 2 added, 4 unchanged\n");
    assert_eq!(listed(folder.path(), &[])[4..], ["more/tuesday", "other/tuesday"]);
    tellgraph(&["remove", "--store", "s", "more/tuesday", "other/tuesday"])
        .current_dir(folder.path())
        .assert()
        .success();

    add(&["other/tuesday.txt"]).assert().success();
    let expected = contains("other/tuesday.txt")
        .and(contains("more/tuesday.txt would have the same id"))
        .and(contains("--id"));
    add(&["more/tuesday.txt"]).assert().code(1).stderr(expected);
    add(&["more/tuesday.txt", "--id", "odo"]).assert().success();
    add(&["more"]).assert().success().stderr("tellgraph: documents: 1 unchanged\n");
    assert_eq!(listed(folder.path(), &[])[4..], ["odo", "tuesday"]);
    let export = printed(&["export", "--store", folder.path().join("s").to_str().unwrap()]);
    assert!(export.contains("Lind Works") && export.contains("Odo Works"));
    // A file that has moved is the same document, and that is told.
    fs::create_dir(folder.path().join("archive")).unwrap();
    fs::rename(folder.path().join("other/tuesday.txt"), folder.path().join("archive/tuesday.txt")).unwrap();
    add(&["archive"]).assert().success().stderr(contains("1 unchanged, 1 from another file than before"));
    add(&["archive"]).assert().success().stderr("tellgraph: documents: 1 unchanged\n");
    add(&["--renew"]).assert().success();
    fs::write(folder.path().join("more/tuesday.txt"), "Odo Lind founded Odo Group.").unwrap();
    add(&["."]).assert().success().stderr("tellgraph: documents: 1 replaced, 5 unchanged\n");
    add(&["--id", "talk"]).write_stdin("Ada Park founded Lumen Works.").assert().success();
    assert!(listed(folder.path(), &[]).contains(&"talk".to_owned()));
    add(&["news", "--id", "all"]).assert().code(1).stderr(contains("--id is for one text"));
}

#[test]
fn a_store_of_the_first_form_is_taken_over() {
    let (_folder, texts, store) = news();
    tellgraph(&["add", "--store", &store, &texts]).assert().success();
    let base = rusqlite::Connection::open(Path::new(&store).join("documents.sqlite")).unwrap();
    base.execute_batch("ALTER TABLE document DROP COLUMN path; PRAGMA user_version = 1;").unwrap();
    drop(base);
    assert_eq!(printed(&["export", "--store", &store]), printed(&["extract", &texts]));
    tellgraph(&["add", "--store", &store, &texts])
        .assert()
        .success()
        .stderr("tellgraph: documents: 5 unchanged\n");
    tellgraph(&["add", "--store", &store, &format!("{texts}/old.txt"), "--id", "older"]).assert().success();
    assert_eq!(printed(&["list", "--store", &store]).lines().count(), 6);
}

#[test]
fn what_is_read_before_a_fault_is_kept() {
    let record =
        |number: usize| format!("{{\"id\":\"r{number}\",\"text\":\"Ida Holm founded Quillon Works.\"}}\n");
    let records: String = (0..5).map(record).collect();
    let folder = files(&[
        ("a.jsonl", (records + "no record\n").as_str()),
        ("b/one.txt", "Bo Lind founded Lind Works."),
        ("b/two.txt", &"\0".repeat(100)),
    ]);
    tellgraph(&["add", "--store", "s", "a.jsonl"])
        .current_dir(folder.path())
        .assert()
        .code(1)
        .stderr(contains("a.jsonl:6").and(contains("5 added")));
    tellgraph(&["add", "--store", "s", "b"])
        .current_dir(folder.path())
        .assert()
        .code(1)
        .stderr(contains("two.txt").and(contains("1 added")));
    assert_eq!(listed(folder.path(), &[]), ["one", "r0", "r1", "r2", "r3", "r4"]);
}

#[test]
fn settings_that_are_not_named_stay() {
    let ontology = "@prefix owl: <http://www.w3.org/2002/07/owl#> . <http://l.example/Lamp> a owl:Class .";
    let folder = files(&[
        ("lamps.ttl", ontology),
        ("known.csv", "name,iri\nQuillon Works,http://q.example/\n"),
        ("a.txt", "Ida Holm founded Quillon Works."),
    ]);
    let add = |arguments: &[&str], code: i32| {
        let mut command = tellgraph(&[&["add", "--store", "s"], arguments].concat());
        command.current_dir(folder.path()).assert().code(code);
    };
    add(&["a.txt", "--ontology", "lamps.ttl", "--gazetteer", "known.csv", "--min-confidence", "0.6"], 0);
    let own = [
        "--ontology\tlamps.ttl",
        "--gazetteer\tknown.csv",
        "--base\thttps://example.org",
        "--min-confidence\t0.6",
    ];
    let told = |rest: &[&'static str]| [&["program\ttellgraph 0.1.0"][..], rest].concat();
    assert_eq!(listed(folder.path(), &["--settings"]), told(&own));
    // One that is the store's own is no other, and what is left out neither.
    for options in
        [&["--base", "https://example.org/"][..], &["--ontology", "lamps.ttl"], &["--min-confidence", "0.6"]]
    {
        add(&[&["a.txt"], options].concat(), 0);
    }
    add(&["a.txt", "--base", "https://lamps.example"], 1);
    add(&["--renew", "--base", "https://lamps.example"], 0);
    let based = [own[0], own[1], "--base\thttps://lamps.example", own[3]];
    assert_eq!(listed(folder.path(), &["--settings"]), told(&based));
    add(&["--renew", "--forget", "--min-confidence", "0.7"], 0);
    assert_eq!(listed(folder.path(), &["--settings"]), told(&[own[2], "--min-confidence\t0.7"]));
    add(&["--forget", "a.txt"], 2);
}

#[test]
fn what_cannot_be_added_makes_no_store() {
    let folder = files(&[("a.ttl", "<urn:a:s> <urn:a:p> 1 ."), ("empty/picture.png", "")]);
    for (input, expected) in [
        ("missing.txt", "cannot read missing.txt"),
        ("a.ttl", "a graph by its ending"),
        ("empty", "no text in this folder"),
    ] {
        tellgraph(&["add", "--store", "s", input])
            .current_dir(folder.path())
            .assert()
            .code(1)
            .stderr(contains(expected));
        assert!(!folder.path().join("s").exists(), "{input}");
    }
    tellgraph(&["add", "--store", "s", "--from", "text", "a.ttl"])
        .current_dir(folder.path())
        .assert()
        .success();
}

#[test]
fn queries_that_go_wrong_say_how() {
    let folder =
        files(&[("graph.trig", GRAPH), ("a.txt", "Ida Holm founded Quillon Works."), ("same.ttl", "")]);
    tellgraph(&["add", "--store", "s", "a.txt"]).current_dir(folder.path()).assert().success();
    for (arguments, code, expected) in [
        (&["graph.trig"][..], 1, "graph.trig is a file: give the query after the graphs"),
        (&["missing.ttl"], 1, "give the query after the graphs"),
        (&["graph.trig", "SELECT ?x { ?x nowhere:p ?y }"], 1, "no prefix \"nowhere:\" is known"),
        (&["graph.trig", "INSERT DATA { person:a tg:age 4 }"], 1, "queries only ask: `tellgraph load`"),
        (&["graph.trig", "DELETE WHERE { ?a ?b ?c }"], 1, "queries only ask"),
        (
            &["graph.trig", "ASK {}", "--adopt-iris", "--same", "same.ttl"],
            1,
            "leave --adopt-iris and --same out",
        ),
        (&["graph.trig", "ASK {}", "--evidence", "span"], 1, "leave --evidence out"),
        (&["--store", "s", "ASK {}", "--ontology", "same.ttl"], 1, "leave --ontology out"),
        (&["--store", "s", "ASK {}", "--from", "turtle"], 1, "leave --from out"),
        (&["graph.trig", "--ask", "words"], 0, "--evidence span"),
    ] {
        tellgraph(&[&["query"], arguments].concat())
            .current_dir(folder.path())
            .assert()
            .code(code)
            .stderr(contains(expected));
    }
    for (name, query) in [
        ("rows.csv.gz", "SELECT ?who { ?who tg:age ?age }"),
        ("some.ttl.gz", "DESCRIBE person:b"),
        ("some.nt", "DESCRIBE person:b"),
    ] {
        tellgraph(&["query", "graph.trig", query, "-o", name]).current_dir(folder.path()).assert().success();
        assert!(folder.path().join(name).is_file());
    }
    let packed = fs::read(folder.path().join("rows.csv.gz")).unwrap();
    let mut rows = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*packed), &mut rows).unwrap();
    assert_eq!(rows, "who\r\nhttps://example.org/person/b\r\n");
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("texts")).unwrap();
    for number in 0..1500 {
        let text = format!(
            "Ida Holm founded Quillon {number} Works. Odo Lind directed the film Night Tide {number}."
        )
        .repeat(4);
        fs::write(folder.path().join(format!("texts/{number}.txt")), text).unwrap();
    }
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("tellgraph"));
    command
        .args(["add", "--store", "s", "texts"])
        .current_dir(folder.path())
        .stderr(std::process::Stdio::piped());
    let child = command.spawn().unwrap();
    let store = folder.path().join("s");
    while Folder::open(&store).and_then(|store| store.count()).unwrap_or(0) == 0 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let count = listed(folder.path(), &[]).len();
    assert!(output.status.code() == Some(1) && told.contains("stopped before all was read"), "{told}");
    assert!(count < 1500 && told.contains(&format!("documents: {count} added")), "{told}");
}
