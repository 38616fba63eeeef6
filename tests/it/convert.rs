//! `convert`, `diff`, `shapes` and `validate`, and the options of `extract` for RDF.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, starts_with};
use tempfile::tempdir;

fn tellgraph(arguments: &[&str], folder: &Path) -> assert_cmd::assert::Assert {
    Command::cargo_bin("tellgraph").unwrap().args(arguments).current_dir(folder).assert()
}

const GRAPH: &str = "@prefix e: <http://e.example/> .\n\
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
    e:b rdfs:label \"Bo\" ; e:knows e:a, [ rdfs:label \"somebody\" ] .\n\
    e:a a e:Person ; rdfs:label \"Ada \\\"<&>\\\" Park\"@en ; e:age 34 .\n";

#[test]
fn every_form_of_rdf_becomes_every_other() {
    let folder = tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.ttl"), GRAPH).unwrap();
    let endings = ["ttl", "trig", "nt", "nq", "rdf", "jsonld"];
    for from in endings {
        tellgraph(&["convert", "a.ttl", "-o", &format!("from.{from}")], folder).success();
        for to in endings {
            let name = format!("{from}-to.{to}");
            tellgraph(&["convert", &format!("from.{from}"), "-o", &name], folder).success();
            tellgraph(&["diff", "a.ttl", &name], folder).success().stdout("0 statements came, 0 went\n");
        }
    }
    tellgraph(&["convert", "a.ttl"], folder).success().stdout(starts_with("@prefix e:"));
}

#[test]
fn any_graph_becomes_a_picture_a_page_or_tables() {
    let folder = tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.ttl"), GRAPH).unwrap();
    for (form, expected) in [
        ("dot", "digraph"),
        ("svg", "<svg"),
        ("html", "<!DOCTYPE html>"),
        ("graphml", "<?xml"),
        ("csv", ":START_ID"),
    ] {
        let done = tellgraph(&["convert", "a.ttl", "--to", form], folder).success();
        let text = String::from_utf8(done.get_output().stdout.clone()).unwrap();
        assert!(text.starts_with(expected), "{form}: {}", &text[..40]);
        assert!(text.contains("knows") && (form == "csv" || text.contains("somebody")), "{form}");
    }
    tellgraph(&["convert", "a.ttl", "-o", "a.csv"], folder).success();
    assert!(fs::read_to_string(folder.join("a.nodes.csv")).unwrap().contains("somebody"));
    assert_eq!(fs::read_to_string(folder.join("a.edges.csv")).unwrap().lines().count(), 3);
}

#[test]
fn the_words_of_evidence_go_with_a_graph_into_pages() {
    let folder = tempdir().unwrap();
    let folder = folder.path();
    let text = "Ada Park founded Lumen Works.";
    fs::write(folder.join("note.txt"), text).unwrap();
    for form in ["statement", "span"] {
        tellgraph(&["extract", "note.txt", "--evidence", form, "-o", "a.nq"], folder).success();
        tellgraph(&["convert", "a.nq", "--to", "html"], folder).success().stdout(contains(text));
    }
    let facts =
        tellgraph(&["convert", "a.nq", "--to", "facts"], folder).success().get_output().stdout.clone();
    let told =
        tellgraph(&["extract", "note.txt", "--to", "facts"], folder).success().get_output().stdout.clone();
    assert_eq!(String::from_utf8(facts).unwrap(), String::from_utf8(told).unwrap());
}

#[test]
fn lines_are_copied_as_they_come_or_sorted() {
    let folder = tempdir().unwrap();
    let lines =
        "<urn:x:b> <urn:x:p> _:one .\n<urn:x:a> <urn:x:p> \"\\u0041\" .\n<urn:x:b> <urn:x:p> _:one .\n";
    let copied = lines.replace("\\u0041", "A");
    fs::write(folder.path().join("a.nt"), lines).unwrap();
    tellgraph(&["convert", "a.nt", "--to", "nquads"], folder.path()).success().stdout(copied.clone());
    let sorted: String = copied.lines().rev().take(2).map(|line| format!("{line}\n")).collect();
    let sorted: Vec<&str> = {
        let mut lines: Vec<&str> = sorted.lines().collect();
        lines.sort_unstable();
        lines
    };
    let sorted = sorted.join("\n") + "\n";
    tellgraph(&["convert", "a.nt", "--to", "nquads", "--sorted"], folder.path()).success().stdout(sorted);
}

#[test]
fn blank_nodes_of_two_files_are_two() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("a.nt"), "<urn:x:a> <urn:x:p> _:x .\n").unwrap();
    fs::write(folder.path().join("b.nt"), "<urn:x:a> <urn:x:p> _:x .\n").unwrap();
    fs::write(folder.path().join("c.ttl"), "<urn:x:a> <urn:x:p> [] .\n").unwrap();
    let done = tellgraph(&["convert", "a.nt", "b.nt", "c.ttl", "--to", "ntriples"], folder.path()).success();
    assert_eq!(String::from_utf8_lossy(&done.get_output().stdout).lines().count(), 3);
}

#[test]
fn what_a_form_cannot_carry_is_told_and_no_file_written() {
    let folder = tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("g.nq"), "<urn:x:a> <urn:x:p> \"\\u0000\" <urn:x:g> .\n").unwrap();
    fs::write(folder.join("n.nq"), "<urn:x:a> <urn:x:p> \"\\u0000\" .\n").unwrap();
    fs::write(folder.join("remote.jsonld"), "{\"@context\": \"https://c.example/\", \"name\": \"x\"}")
        .unwrap();
    for (arguments, expected) in [
        (&["convert", "g.nq", "-o", "out.ttl"][..], "use trig, nquads or jsonld"),
        (&["convert", "g.nq", "-o", "out.nt"], "no named graphs"),
        (&["convert", "n.nq", "-o", "out.rdf"], "U+0000"),
        (&["convert", "remote.jsonld", "-o", "out.ttl"], "from the network"),
        (&["convert", "n.nq", "-o", "out.docx"], "no format ends so"),
        (&["convert", "missing.ttl", "-o", "out.ttl"], "cannot read missing.ttl"),
        (&["convert", "n.nq", "--to", "facts"], "--evidence span"),
        (&["convert", "n.nq", "--frame", "Film"], "--to jsonld"),
        (&["convert", "n.nq", "--frame", "Nonsense", "--to", "jsonld"], "no class is called \"Nonsense\""),
        (&["convert", "n.nq", "--frame", "", "--to", "jsonld"], "no class is called \"\""),
    ] {
        tellgraph(arguments, folder).code(1).stderr(contains(expected));
    }
    assert!(
        fs::read_dir(folder).unwrap().all(|entry| !entry
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with("out"))
    );
}

#[test]
fn diff_tells_what_came_and_went() {
    let folder = tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.ttl"), GRAPH).unwrap();
    let after = GRAPH.replace("e:age 34", "e:age 35") + "e:c rdfs:label \"Cy\" .\n";
    fs::write(folder.join("b.ttl"), after).unwrap();
    tellgraph(&["diff", "a.ttl", "b.ttl"], folder).code(1).stdout(
        "~ Ada \"<&>\" Park (e:a)\n    \
            - e:age  \"34\"^^xsd:integer\n    \
            + e:age  \"35\"^^xsd:integer\n\
         + Cy (e:c)\n    \
            + rdfs:label  \"Cy\"\n\
         2 statements came, 1 went\n",
    );
    let done = tellgraph(&["diff", "a.ttl", "b.ttl", "--to", "json"], folder).code(1);
    let told: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
    assert_eq!(told["things"]["added"][0]["label"], "Cy");
    assert_eq!(told["statements"]["removed"][0]["object"]["value"], "34");
}

/// 0 and 1 are answers.
#[test]
fn what_cannot_be_looked_at_exits_with_two() {
    let folder = tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.ttl"), GRAPH).unwrap();
    fs::write(folder.join("empty.ttl"), "").unwrap();
    fs::write(folder.join("wrong.ttl"), "<a> <b> .").unwrap();
    for (arguments, expected) in [
        (&["diff", "a.ttl", "missing.ttl"][..], "cannot read missing.ttl"),
        (&["diff", "a.ttl", "wrong.ttl"], "wrong.ttl:1:"),
        (&["diff", "a.ttl", "a.doc"], "or use .ttl .turtle"),
        (&["validate", "missing.ttl"], "cannot read missing.ttl"),
        (&["validate", "a.ttl", "--shapes", "empty.ttl"], "there is no shape"),
    ] {
        fs::write(folder.join("a.doc"), "").unwrap();
        tellgraph(arguments, folder).code(2).stderr(contains(expected));
    }
    tellgraph(&["validate", "a.ttl"], folder).success().stdout(contains("shapes, none of which applies"));
}

#[test]
fn diff_calls_things_what_they_are() {
    let folder = tempdir().unwrap();
    let folder = folder.path();
    let prefixes = "@prefix e: <http://e.example/> . @prefix m: <http://e.example/more/> .\n";
    fs::write(folder.join("a.ttl"), format!("{prefixes}e:a e:p [ e:q 1 ; e:r 2 ] .")).unwrap();
    fs::write(folder.join("b.ttl"), format!("{prefixes}e:a a m:C ; e:p [ e:q 1 ; e:r m:d ] .")).unwrap();
    let done = tellgraph(&["diff", "a.ttl", "b.ttl"], folder).code(1);
    let text = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(
        text.contains("~ _:h") && text.contains("    - e:r  \"2\"^^xsd:integer\n    + e:r  m:d\n"),
        "{text}"
    );
    assert!(text.contains("~ e:a\n    + a  m:C\n"), "{text}");
    let done = tellgraph(&["diff", "a.ttl", "b.ttl", "--to", "json"], folder).code(1);
    let told: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
    let subject = &told["statements"]["removed"][0]["subject"];
    assert!(subject["blank"].as_str().unwrap().starts_with("_:") && subject.get("iri").is_none(), "{told:#}");
}

#[test]
fn files_are_packed_and_their_endings_known() {
    let folder = tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("a.ttl"), GRAPH).unwrap();
    for name in
        ["a.turtle", "a.ntriples", "a.nquads", "a.xml", "a.json", "a.ttl.gz", "a.jsonld.GZ", "a.nq.gz"]
    {
        tellgraph(&["convert", "a.ttl", "-o", name], folder).success();
        tellgraph(&["diff", "a.ttl", name], folder).success();
        assert_eq!(
            fs::read(folder.join(name)).unwrap().starts_with(&[0x1f, 0x8b]),
            name.to_lowercase().ends_with(".gz")
        );
    }
    tellgraph(&["convert", "a.ttl", "-o", "t.csv.gz"], folder).success();
    assert!(folder.join("t.nodes.csv.gz").is_file() && folder.join("t.edges.csv.gz").is_file());
    tellgraph(&["shapes", "-o", "s.rdf.gz"], folder).success();
    tellgraph(&["validate", "a.ttl", "--shapes", "s.rdf.gz"], folder).success();
    tellgraph(&["shapes", "-o", "s.csv"], folder).code(1).stderr(contains("csv is no RDF"));
    tellgraph(&["convert", "a.ttl", "-o", "none/a.ttl"], folder)
        .code(1)
        .stderr("tellgraph: cannot write none/a.ttl: No such file or directory (os error 2)\n");
}

#[test]
fn pictures_show_the_members_of_lists_and_the_languages_of_words() {
    let folder = tempdir().unwrap();
    let folder = folder.path();
    let text = "@prefix e: <http://e.example/> .\n\
        e:a e:has ( e:b \"word\" ( e:c ) ), () ; e:note \"Wort\"@de, \"word\"@en .";
    fs::write(folder.join("a.ttl"), text).unwrap();
    let done = tellgraph(&["convert", "a.ttl", "--to", "dot"], folder).success();
    let dot = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(!dot.contains("rest") && !dot.contains("nil") && dot.matches(" -> ").count() == 2, "{dot}");
    assert!(dot.contains("Wort (de)") && dot.contains("has: word"), "{dot}");
}

#[test]
fn validate_exits_with_one_if_something_is_wrong() {
    let folder = tempdir().unwrap();
    let folder = folder.path();
    let prefix = "@prefix tg: <https://w3id.org/tellgraph/core#> . @prefix e: <http://e.example/> .\n";
    fs::write(
        folder.join("good.ttl"),
        format!("{prefix}e:a a tg:Person ; tg:founderOf e:o . e:o a tg:Company ."),
    )
    .unwrap();
    fs::write(
        folder.join("bad.ttl"),
        format!("{prefix}e:a a tg:Film ; tg:founderOf e:o . e:o a tg:Company ."),
    )
    .unwrap();
    tellgraph(&["validate", "good.ttl"], folder).success().stdout(contains("all as they should be"));
    tellgraph(&["validate", "bad.ttl"], folder)
        .code(1)
        .stdout(starts_with("e:a\n    itself: only what is of class "));
    tellgraph(&["shapes", "-o", "shapes.ttl"], folder).success();
    tellgraph(&["validate", "bad.ttl", "--shapes", "shapes.ttl"], folder).code(1);
    tellgraph(&["validate", "good.ttl", "--shapes", "shapes.ttl"], folder).success();
}

#[test]
fn extract_refuses_evidence_that_the_format_cannot_carry() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("note.txt"), "Ada Park founded Lumen Works.").unwrap();
    let run = |arguments: &[&str]| tellgraph(&[&["extract", "note.txt"], arguments].concat(), folder.path());
    run(&["--evidence", "graph"]).code(1).stderr(contains("use trig, nquads or jsonld"));
    run(&["--evidence", "statement", "--to", "jsonld"]).code(1).stderr(contains("--evidence span"));
    run(&["--evidence", "span", "--to", "dot"])
        .code(1)
        .stderr("tellgraph: dot is no RDF: leave --evidence out\n");
    run(&["--with-time"]).code(1).stderr(contains("--evidence graph"));
    run(&["--evidence", "statement"]).success().stdout(starts_with("VERSION \"1.2\"\n"));
    run(&["--evidence", "span", "--to", "rdfxml"]).success().stdout(contains("oa:exact>Ada Park<"));
    run(&["--with-ontology"]).success().stdout(contains("tg:founderOf a owl:ObjectProperty"));
    run(&["--with-ontology", "--vocab", "schema"])
        .success()
        .stdout(contains("tg:founderOf a owl:ObjectProperty").and(contains(", schema:founder ;")));
    run(&["--frame", "Movie", "--to", "jsonld"]).success().stderr(contains("nothing is of the class"));
    run(&["--vocab", "schema"]).success().stdout(contains("schema:Person ;\n    schema:name \"Ada Park\""));
    run(&["--vocab", "schema", "--frame", "Organization", "--to", "jsonld"])
        .success()
        .stdout(contains("\"founder\": {"));
    let time = Command::cargo_bin("tellgraph")
        .unwrap()
        .args(["extract", "note.txt", "--evidence", "graph", "--with-time", "--to", "trig"])
        .env("SOURCE_DATE_EPOCH", "0")
        .current_dir(folder.path())
        .assert();
    time.success().stdout(contains("prov:generatedAtTime \"1970-01-01T00:00:00Z\"^^xsd:dateTime"));
}
