//! The store on disk: what must hold whatever comes, goes and breaks; and questions.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};
use proptest::prelude::*;
use tellgraph::export::{Evidence, Options};
use tellgraph::graph::{Rules, unite};
use tellgraph::source::conllu::Given;
use tellgraph::store::folder::{Error, Folder, Kept, Settings, Writer};
use tellgraph::{Format, Graph, Lexicon, Source, document, export};

use crate::tool::tellgraph;

/// Texts that have much to do with each other: homonyms, a couple told twice, dates that contradict, what only a title says.
const TEXTS: [(&str, &str); 10] = [
    ("old", "Ida Holm was born on 4 May 1950. Holm founded Quillon Works."),
    ("old", "Ida Holm was born on 5 May 1950. Ida Holm founded Quillon Works in Oslo."),
    ("young", "Ida Holm, who was born in 1987, founded Brindle Group."),
    ("vague", "Ida Holm married Odo Lind. She is the chief executive of Brindle Group."),
    ("couple", "Odo Lind married Ida Holm. Odo Lind was born in Bergen, Norway, on 3 March 1948."),
    ("couple", "Odo Lind, an actor, was born in 1949."),
    ("film", "Odo Lind directed the film Night Tide. QUILLON WORKS is based in Oslo."),
    ("film", ""),
    ("none", "\"<&>\\ \u{1f48d} e\u{301} \u{0} did not found anything."),
    ("again", "Quillon Works was founded in 1979 by Ida Holm. Ida Holm did not found Brindle Group."),
];

fn given(at: usize) -> Given {
    let (id, text) = TEXTS[at];
    let mut source = Source::plain(id, text);
    if at.is_multiple_of(3) {
        source.title = Some("Of Ida Holm".to_owned());
        source.author = Some("Bo Lind".to_owned());
        source.url = Some(format!("https://news.example/{at}"));
    }
    Given { source, ..Given::default() }
}

/// The graph of each text, with its text.
fn graphs() -> &'static [Graph] {
    static GRAPHS: OnceLock<Vec<Graph>> = OnceLock::new();
    GRAPHS.get_or_init(|| {
        let lexicon = Lexicon::core();
        let graph = |at| {
            let given = given(at);
            let mut graph = tellgraph::tell(document::of(&given), &lexicon);
            graph.keep_text(given.source.text);
            graph
        };
        (0..TEXTS.len()).map(graph).collect()
    })
}

fn kept(at: usize) -> Kept {
    Kept::of(&given(at), &graphs()[at])
}

/// A graph in every form that tells one from another.
fn written(graph: &Graph) -> Vec<String> {
    let core = Lexicon::core();
    let write = |(format, evidence)| {
        let (mut bytes, options) = (Vec::new(), Options { evidence, ..Options::default() });
        export::write_with(graph, core.ontology(), format, &options, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let forms = [
        (Format::Turtle, Evidence::None),
        (Format::NQuads, Evidence::Graph),
        (Format::NTriples, Evidence::Statement),
        (Format::NTriples, Evidence::Span),
        (Format::Facts, Evidence::None),
        (Format::Html, Evidence::None),
    ];
    forms.into_iter().map(write).collect()
}

#[test]
fn a_graph_is_the_same_when_it_was_kept() {
    let core = Lexicon::core();
    for graph in graphs() {
        let mut read = Graph::from_record(&graph.to_record(), core.ontology()).unwrap();
        assert_eq!(read.to_record(), graph.to_record());
        for document in graph.documents() {
            read.keep_text(document.text.clone().unwrap());
        }
        assert_eq!(written(&read), written(graph));
    }
}

#[test]
fn what_is_no_record_is_an_error_and_no_panic() {
    let core = Lexicon::core();
    let record = graphs()[4].to_record();
    for end in (0..record.len()).step_by(3) {
        assert!(Graph::from_record(&record[..end], core.ontology()).is_err(), "cut at {end}");
    }
    for at in (0..record.len()).step_by(5) {
        let mut broken = record.clone();
        broken[at] ^= 0x41;
        // Another letter in a name is no error; what points outside of the record is.
        if let Ok(graph) = Graph::from_record(&broken, core.ontology()) {
            written(&graph);
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Put(Vec<usize>),
    Remove(usize),
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => prop::collection::vec(0..TEXTS.len(), 1..4).prop_map(Step::Put),
        2 => (0..TEXTS.len()).prop_map(Step::Remove),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_came_and_went_leaves_what_reading_at_once_gives(steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::default();
        let mut writer = Writer::create(folder.path(), &settings).unwrap();
        let mut there: Vec<usize> = Vec::new();
        for step in steps {
            match step {
                Step::Put(texts) => {
                    writer.put(&texts.iter().copied().map(kept).collect::<Vec<_>>()).unwrap();
                    for at in texts {
                        there.retain(|other| TEXTS[*other].0 != TEXTS[at].0);
                        there.push(at);
                    }
                }
                Step::Remove(at) => {
                    let id = TEXTS[at].0;
                    let is_there = there.iter().any(|other| TEXTS[*other].0 == id);
                    assert_eq!(writer.remove(&[id.to_owned()]).is_ok(), is_there);
                    there.retain(|other| TEXTS[*other].0 != id);
                }
                Step::Reopen => {
                    drop(writer);
                    writer = Writer::create(folder.path(), &settings).unwrap();
                }
            }
        }
        there.sort_by_key(|at| TEXTS[*at].0);
        let core = Lexicon::core();
        let expected = unite(there.iter().map(|at| graphs()[*at].clone()).collect(), &Rules::default(), core.ontology());
        // Another connection sees it while the writer is open.
        let reader = Folder::open(folder.path()).unwrap();
        let ontology = reader.settings().ontology().unwrap();
        let found = reader.graph(&Rules::default(), &ontology, true).unwrap();
        assert_eq!(written(&found), written(&expected));
        let known = writer.known().unwrap();
        for at in 0..TEXTS.len() {
            assert_eq!(known.is_current(&given(at)), there.contains(&at) );
        }
    }
}

/// A folder with texts, and the path of a store that is to be.
pub fn news() -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).unwrap();
    for at in [0, 2, 3, 4, 6] {
        fs::write(texts.join(TEXTS[at].0).with_extension("txt"), TEXTS[at].1).unwrap();
    }
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (texts, store) = (path("texts"), path("store"));
    (folder, texts, store)
}

pub fn printed(arguments: &[&str]) -> String {
    let done = tellgraph(arguments).assert().success();
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

#[test]
fn commands_put_take_list_and_export() {
    let (folder, texts, store) = news();
    let add = ["add", "--store", &store, &texts];
    tellgraph(&add).assert().success().stdout(is_empty()).stderr("tellgraph: documents: 5 added\n");
    tellgraph(&add).assert().success().stderr("tellgraph: documents: 5 unchanged\n");
    for form in [
        &["--to", "turtle"][..],
        &["--to", "facts"],
        &["--to", "html"],
        &["--to", "trig", "--evidence", "graph"],
    ] {
        let [export, extract] = [&["export", "--store", &store][..], &["extract", &texts]]
            .map(|command| printed(&[command, form].concat()));
        assert_eq!(export, extract, "{form:?}");
    }
    assert_eq!(printed(&["list", "--store", &store]).lines().count(), 5);

    fs::write(Path::new(&texts).join("old.txt"), TEXTS[1].1).unwrap();
    tellgraph(&add).assert().success().stderr("tellgraph: documents: 1 replaced, 4 unchanged\n");
    tellgraph(&["remove", "--store", &store, "vague", "missing"])
        .assert()
        .code(1)
        .stderr(contains("there is no document \"missing\"; nothing was removed"));
    tellgraph(&["remove", "--store", &store, "vague"]).assert().success();
    fs::remove_file(Path::new(&texts).join("vague.txt")).unwrap();
    assert_eq!(printed(&["export", "--store", &store]), printed(&["extract", &texts]));

    let tables = folder.path().join("all.csv");
    printed(&["export", "--store", &store, "-o", tables.to_str().unwrap()]);
    assert!(tables.with_extension("nodes.csv").is_file() && tables.with_extension("edges.csv").is_file());
}

#[test]
fn a_store_remembers_its_ontology() {
    let (folder, texts, store) = news();
    let ontology = folder.path().join("lamps.ttl");
    let lamps = "@prefix l: <http://lamps.example/#> . @prefix tg: <https://w3id.org/tellgraph/core#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        l:litBy a owl:ObjectProperty ; rdfs:label \"lit by\" ; rdfs:domain tg:Person ; rdfs:range tg:Person ;
        tg:phrase \"{subject} kissed {object}\" .";
    fs::write(&ontology, lamps).unwrap();
    let ontology = ontology.to_str().unwrap();
    let lit = folder.path().join("lit.txt");
    fs::write(&lit, "Mara Quill kissed Odo Lind.").unwrap();
    let lit = lit.to_str().unwrap();
    let by = ["--ontology", ontology, "--base", "https://lamps.example", "--min-confidence", "0.6"];

    tellgraph(&[&["add", "--store", &store, lit][..], &by].concat()).assert().success();
    tellgraph(&["add", "--store", &store, &texts]).assert().success();
    let extracted = printed(&[&["extract", lit, &texts][..], &by].concat());
    assert_eq!(printed(&["export", "--store", &store]), extracted);
    assert!(extracted.contains("l:litBy"));
    let query = "SELECT ?who { ?who l:litBy <https://lamps.example/person/odo-lind> }";
    assert_eq!(printed(&["query", "--store", &store, query]), "?who\nperson:mara-quill\n");

    // A file that says something else now does not fit what is there; --renew reads all of it again.
    fs::write(ontology, lamps.replace("litBy", "lightedBy")).unwrap();
    let other = [
        "add",
        "--store",
        &store,
        lit,
        "--ontology",
        ontology,
        "--base",
        "https://lamps.example",
        "--min-confidence",
        "0.6",
    ];
    tellgraph(&other).assert().code(1).stderr(contains("another ontology").and(contains("--renew")));
    assert_eq!(printed(&["export", "--store", &store]), extracted);
    tellgraph(&[&other[..], &["--renew"]].concat())
        .assert()
        .success()
        .stderr(contains("6 read again, 1 unchanged"));
    assert_eq!(printed(&["export", "--store", &store]), extracted.replace("litBy", "lightedBy"));
    tellgraph(&["add", "--store", &store, "--renew"]).assert().success().stderr(contains("6 read again"));
}

#[test]
fn a_store_that_cannot_be_used_says_why() {
    let (folder, texts, store) = news();
    let fails = |arguments: &[&str], expected: &str| {
        tellgraph(arguments).assert().code(1).stdout(is_empty()).stderr(contains(expected.to_owned()));
    };
    let commands = |store: &str, expected: &str| {
        fails(&["query", "--store", store, "ASK {}"], expected);
        fails(&["export", "--store", store], expected);
        fails(&["remove", "--store", store, "old"], expected);
    };
    commands(&store, "there is no store; `tellgraph add --store` makes one");
    fails(&["add", "--store", &store, "missing.txt"], "cannot read missing.txt");
    // Something else in the folder is left alone.
    commands(&texts, "a folder that holds something else");
    fails(&["add", "--store", &texts, &texts], "a folder that holds something else");
    assert_eq!(fs::read_dir(&texts).unwrap().count(), 5);
    fails(&["add", "--store", "Cargo.toml", &texts], "Cargo.toml: a folder that holds something else");

    tellgraph(&["add", "--store", &store, &texts]).assert().success();
    let file = Path::new(&store).join("documents.sqlite");
    let whole = fs::read(&file).unwrap();
    let export = ["export", "--store", &store, "--to", "html"];
    let right = printed(&export);
    for page in (0..whole.len()).step_by(4096) {
        let mut broken = whole.clone();
        broken[page..page + 2000].fill(0x5a);
        fs::write(&file, &broken).unwrap();
        let done = tellgraph(&export).output().unwrap();
        let error = String::from_utf8(done.stderr).unwrap();
        let is_told = error.contains("damaged") || error.contains("something else");
        let is_unused = done.status.success() && done.stdout == right.as_bytes();
        assert!(is_told || (is_unused && page > 0), "page {page}: {error}");
    }
    fs::write(&file, &whole).unwrap();
    // Another program's database, and a later form of ours.
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    let mut foreign = whole.clone();
    foreign[68..72].fill(7);
    fs::write(other.join("documents.sqlite"), &foreign).unwrap();
    commands(other.to_str().unwrap(), "something else");
    let mut later = whole.clone();
    later[60..64].copy_from_slice(&9_u32.to_be_bytes());
    fs::write(other.join("documents.sqlite"), &later).unwrap();
    commands(other.to_str().unwrap(), "kept in form 9, which only a later tellgraph reads");
    assert_eq!(printed(&["export", "--store", &store]), printed(&["extract", &texts]));
}

#[test]
fn one_writes_and_others_read() {
    let (_folder, texts, store) = news();
    tellgraph(&["add", "--store", &store, &texts]).assert().success();
    let mut writer = Writer::open(Path::new(&store)).unwrap();
    for arguments in [&["add", "--store", &store, &texts][..], &["remove", "--store", &store, "old"]] {
        tellgraph(arguments).assert().code(1).stderr(contains("in use by another process"));
    }
    assert!(matches!(Writer::open(Path::new(&store)), Err(Error::InUse { .. })));
    let before = printed(&["export", "--store", &store]);
    assert_eq!(before, printed(&["extract", &texts]));
    writer.put(&[kept(8)]).unwrap();
    assert_eq!(printed(&["list", "--store", &store]).lines().count(), 6);
    drop(writer);
    tellgraph(&["remove", "--store", &store, "none"]).assert().success();
    assert_eq!(printed(&["export", "--store", &store]), before);
}

#[test]
fn a_store_that_is_being_made_is_made_by_the_next() {
    let (_folder, texts, store) = news();
    fs::create_dir(&store).unwrap();
    fs::write(Path::new(&store).join("lock"), "").unwrap();
    fs::write(Path::new(&store).join("documents.sqlite"), "").unwrap();
    tellgraph(&["query", "--store", &store, "ASK {}"]).assert().code(1).stderr(contains("there is no store"));
    tellgraph(&["add", "--store", &store, &texts]).assert().success();
    assert_eq!(printed(&["export", "--store", &store]), printed(&["extract", &texts]));
}

pub const GRAPH: &str = "@prefix person: <https://example.org/person/> .
@prefix tg: <https://w3id.org/tellgraph/core#> .
person:b a tg:Person ; tg:founderOf <https://example.org/organization/c> ; tg:age 3 .
person:a a tg:Person ; tg:founderOf <https://example.org/organization/c> .
<https://news.example/1> { person:a a tg:Person ; tg:livedIn <https://example.org/place/d> }";

#[test]
fn files_are_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("graph.trig");
    fs::write(&file, GRAPH).unwrap();
    let file = file.to_str().unwrap();
    let check = |arguments: &[&str], expected: &str| {
        assert_eq!(printed(&[&["query", file], arguments].concat()), expected, "{arguments:?}");
    };
    let founders = "SELECT ?who ?what ?age { ?who tg:founderOf ?what OPTIONAL { ?who tg:age ?age } }";
    check(
        &[founders],
        "?who      ?what                                 ?age\n\
        person:a  <https://example.org/organization/c>\n\
        person:b  <https://example.org/organization/c>  3\n",
    );
    check(&["SELECT ?who { ?who tg:age ?age }", "--to", "csv"], "who\r\nhttps://example.org/person/b\r\n");
    check(&["SELECT ?age { ?who tg:age ?age }", "--to", "tsv"], "?age\n3\n");
    check(
        &["SELECT ?age { ?who tg:age ?age }", "--to", "json"],
        "{\"head\":{\"vars\":[\"age\"]},\"results\":{\"bindings\":[{\"age\":{\"type\":\"literal\",\"value\":\"3\",\"datatype\":\"http://www.w3.org/2001/XMLSchema#integer\"}}]}}",
    );
    // Said twice, in two graphs, and there once in all of them together.
    check(&["SELECT (COUNT(*) AS ?n) { person:a a tg:Person }"], "?n\n1\n");
    check(
        &["SELECT ?g ?who { GRAPH ?g { ?who tg:livedIn ?where } }"],
        "?g                        ?who\n<https://news.example/1>  person:a\n",
    );
    check(&["ASK { person:a tg:livedIn ?where }"], "true\n");
    check(&["ASK { person:b tg:livedIn ?where }", "--to", "json"], "{\"head\":{},\"boolean\":false}");
    check(
        &["CONSTRUCT { ?what tg:founderOf ?who } WHERE { ?who tg:founderOf ?what }", "--to", "ntriples"],
        "<https://example.org/organization/c> <https://w3id.org/tellgraph/core#founderOf> <https://example.org/person/a> .\n\
        <https://example.org/organization/c> <https://w3id.org/tellgraph/core#founderOf> <https://example.org/person/b> .\n",
    );
    let described = printed(&["query", file, "DESCRIBE person:b"]);
    assert!(described.ends_with("person:b a tg:Person ;\n    tg:age 3 ;\n    tg:founderOf <https://example.org/organization/c> .\n"), "{described}");

    for (arguments, expected) in [
        (&["SELECT"][..], "not SPARQL: error at 1:"),
        (&["SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }"], "cannot be answered"),
        (&["ASK {}", "--to", "turtle"], "rows are written as table"),
        (&["DESCRIBE person:b", "--to", "csv"], "the answer is a graph"),
        (&["--query-file", "missing.rq"], "cannot read missing.rq"),
    ] {
        tellgraph(&[&["query", file], arguments].concat())
            .assert()
            .code(1)
            .stdout(is_empty())
            .stderr(contains(expected));
    }
    tellgraph(&["query", "ASK {}"]).assert().code(1).stderr(contains("name graphs before the query"));
    tellgraph(&["query"]).assert().code(1).stderr(contains("nothing is asked"));
    tellgraph(&["query", "--ask", "riddles"]).assert().code(2).stderr(contains("founders"));
}

#[test]
fn every_question_has_an_answer() {
    let (folder, texts, store) = news();
    tellgraph(&["add", "--store", &store, &texts]).assert().success();
    let file = folder.path().join("all.nt");
    printed(&["export", "--store", &store, "--evidence", "span", "-o", file.to_str().unwrap()]);
    for (question, about, expected) in [
        ("founders", "brindle", "?who      ?what          ?when\nIda Holm  Brindle Group\n"),
        (
            "leaders",
            "brindle",
            "?who      ?as              ?what\nIda Holm  chief executive  Brindle Group\n",
        ),
        ("works", "", "?what       ?as       ?who\nNight Tide  director  Odo Lind\n"),
        (
            "organizations",
            "",
            "?what          ?property        ?value\nQuillon Works  headquarteredIn  Oslo\n",
        ),
    ] {
        let answer = printed(&["query", "--store", &store, "--ask", question, "--about", about]);
        let squeeze = |text: &str| {
            text.split('\n')
                .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
        };
        assert_eq!(squeeze(&answer), squeeze(expected), "{question}:\n{answer}");
    }
    for question in ["families", "colleagues", "people", "kinds", "words"] {
        let answer = printed(&["query", "--store", &store, "--ask", question]);
        assert!(answer.lines().count() > 1, "{question}: {answer}");
        let of_file = printed(&["query", file.to_str().unwrap(), "--ask", question]);
        if question != "kinds" {
            assert_eq!(of_file, answer, "{question}");
        }
        tellgraph(&["query", "--ask", question, "--show"]).assert().success().stdout(starts_with("# "));
    }
    let words =
        printed(&["query", "--store", &store, "--ask", "words", "--about", "directorOf", "--to", "csv"]);
    assert_eq!(
        words.lines().nth(1).unwrap().split(',').next_back().unwrap(),
        "Odo Lind directed the film Night Tide."
    );
}
