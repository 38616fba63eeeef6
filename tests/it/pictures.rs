//! Pictures, pages and tables: whole, with every name as it is, and nothing on top of anything else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use oxrdf::{Literal, NamedNode};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use tellgraph::export::{self, to_string};
use tellgraph::graph::{DocumentRecord, End, Evidence, EvidenceId, Offsets, Status, Thing};
use tellgraph::{Format, Graph, Ontology};

use crate::tool::tellgraph;

const FEATURE: &str = "examples/harbor-lights.txt";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What `extract` makes of a file of this repository.
fn extracted(path: &str, format: &str) -> String {
    let path = root().join(path);
    let done = tellgraph(&["extract", path.to_str().unwrap(), "--to", format]).assert().success();
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

/// An element's name, its attributes and the text in it.
type Element = (String, Vec<(String, String)>, String);

/// Every element of an XML document; fails on what is no XML 1.0.
fn elements(text: &str) -> Vec<Element> {
    let allowed = |c: char| {
        matches!(c, '\t' | '\n' | '\r') || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}'))
    };
    assert!(text.chars().all(allowed), "characters that no XML has");
    let attributes = |start: &BytesStart| {
        let pair = |attribute: quick_xml::events::attributes::Attribute| {
            let name = String::from_utf8(attribute.key.0.to_vec()).unwrap();
            (name, attribute.unescape_value().unwrap().into_owned())
        };
        start.attributes().map(|attribute| pair(attribute.unwrap())).collect()
    };
    let name = |start: &BytesStart| String::from_utf8(start.name().0.to_vec()).unwrap();
    let (mut reader, mut open, mut found) = (Reader::from_str(text), Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(found.len());
                found.push((name(&start), attributes(&start), String::new()));
            }
            Event::Empty(start) => found.push((name(&start), attributes(&start), String::new())),
            Event::Text(text) => {
                let text = text.unescape().unwrap();
                if let Some(last) = open.last() {
                    found[*last].2.push_str(&text);
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    found
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Left, top, right and bottom of each node and label of a picture.
fn boxes(svg: &str) -> Vec<[f64; 4]> {
    let mut wanted = false;
    let mut found = Vec::new();
    for (name, attributes, _) in elements(svg) {
        if let Some(class) = attribute(&attributes, "class") {
            wanted |= matches!(class, "node" | "label");
        }
        let number = |name: &str| attribute(&attributes, name).and_then(|text| text.parse::<f64>().ok());
        let corners = match name.as_str() {
            _ if !wanted => continue,
            "rect" => {
                let (x, y) = (number("x").unwrap(), number("y").unwrap());
                [x, y, x + number("width").unwrap(), y + number("height").unwrap()]
            }
            "polygon" => {
                let points = attribute(&attributes, "points").unwrap().split([' ', ',']);
                let points: Vec<f64> = points.map(|number| number.parse().unwrap()).collect();
                let side = |start: usize| points.iter().skip(start).step_by(2).copied();
                let (least, most) = (
                    |start| side(start).fold(f64::MAX, f64::min),
                    |start| side(start).fold(f64::MIN, f64::max),
                );
                [least(0), least(1), most(0), most(1)]
            }
            _ => continue,
        };
        found.push(corners);
        wanted = false;
    }
    found
}

fn check_apart(svg: &str) -> usize {
    let boxes = boxes(svg);
    // Coordinates are written to a tenth.
    const ROUNDING: f64 = 0.11;
    for (at, one) in boxes.iter().enumerate() {
        for other in &boxes[at + 1..] {
            let over = |low: usize, high: usize| one[high].min(other[high]) - one[low].max(other[low]);
            assert!(over(0, 2) < ROUNDING || over(1, 3) < ROUNDING, "{one:?} lies on {other:?}");
        }
    }
    boxes.len()
}

#[test]
fn no_label_lies_on_another() {
    for path in [FEATURE, "examples/clockmaker.md"] {
        assert!(check_apart(&extracted(path, "svg")) > 20, "{path}");
    }
}

/// `BLESS=1 cargo test pictures` writes what the tool draws now: look at it before you commit it.
#[test]
fn the_picture_in_the_readme_is_what_is_drawn() {
    let (path, drawn) = (root().join("docs/harbor-lights.svg"), extracted(FEATURE, "svg"));
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &drawn).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap() == drawn, "BLESS=1 cargo test pictures");
    assert!(fs::read_to_string(root().join("README.md")).unwrap().contains("docs/harbor-lights.svg"));
}

#[test]
fn csv_is_two_tables() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("lights.csv");
    let (source, output) = (root().join(FEATURE), output.to_str().unwrap());
    tellgraph(&["extract", source.to_str().unwrap(), "-o", output]).assert().success();
    let names: BTreeSet<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, ["lights.edges.csv", "lights.nodes.csv"].map(str::to_owned).into());
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("lights.edges.csv"), extracted(FEATURE, "csv"));
    let (nodes, edges) = (rows(&read("lights.nodes.csv")), rows(&read("lights.edges.csv")));
    let ids: BTreeSet<&String> = nodes[1..].iter().map(|row| &row[0]).collect();
    assert_eq!((nodes[0][0].as_str(), nodes[0].last().unwrap().as_str()), ("iri:ID", ":LABEL"));
    assert_eq!(edges[0][..3], [":START_ID", ":END_ID", ":TYPE"]);
    assert!(edges.len() > 5 && edges[1..].iter().all(|row| ids.contains(&row[0]) && ids.contains(&row[1])));
    let age = nodes[0].iter().position(|name| name == "age:long").expect("a column of whole numbers");
    assert!(nodes.iter().any(|row| row[age] == "34"));
}

fn rows(table: &str) -> Vec<Vec<String>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    reader.into_records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The JSON that a page holds.
fn data(page: &str) -> serde_json::Value {
    let (_, rest) = page.split_once(r#"<script type="application/json" id="data">"#).unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn a_page_holds_the_text_and_where_it_says_what() {
    let page = extracted(FEATURE, "html");
    let text = fs::read_to_string(root().join(FEATURE)).unwrap();
    let data = data(&page);
    assert_eq!(data["documents"][0]["text"].as_str(), Some(text.as_str()));
    let points: Vec<char> = text.chars().collect();
    let words = |range: &serde_json::Value| {
        let at = |end: usize| range[end].as_u64().unwrap() as usize;
        points[at(0)..at(1)].iter().collect::<String>()
    };
    let facts = data["facts"].as_array().unwrap();
    let place_of = |fact: &serde_json::Value| words(&fact["places"][0]["subject"]);
    assert!(facts.iter().any(|fact| place_of(fact) == "Berit Eikeland"));
    for outside in ["src=", "http-equiv=\"refresh\"", "@import", "<link"] {
        let (own, _) = page.split_once("<script>").unwrap();
        assert!(!own.split_once("id=\"data\"").unwrap().0.contains(outside), "{outside}");
    }
}

/// Names that break what does not escape them.
fn hostile_names() -> Vec<String> {
    let mut names: Vec<String> = [
        "</script><script>window.pwned = 1</script>",
        "<img src=x onerror=\"window.pwned = 2\">",
        "<!--<script>window.pwned = 3",
        "\"><svg onload='window.pwned = 4'>",
        "javascript:window.pwned=5",
        "'; window.pwned = 6; '",
        "]]>&amp;&#9;&lt;",
        "back\\slash \\N \\\"",
        "two\nlines\r\nand\ta tab",
        "NUL \0 bell \u{7} next \u{85} none \u{FFFE}",
        "{curly|pipe}; semi, comma",
        "=cmd|' /C calc'!A0",
        "👩‍👩‍👧 💍",
        "e\u{301}\u{302}\u{303} Z\u{336}a\u{336}l\u{336}g\u{336}o",
        "שלום עולם مرحبا",
        "\u{202e}desrever\u{202c} \u{2066}x\u{2069}",
        "line\u{2028}separator\u{2029}",
        "北京大学",
        "${x} {{y}} <%= z %> {policy} {data}",
    ]
    .map(str::to_owned)
    .into();
    names.push("long ".repeat(2000));
    names.push("x".repeat(10_000));
    names
}

/// Each name is a thing's, a value and a sentence, and stands in a document's text.
fn hostile_graph(ontology: &Ontology) -> Graph {
    let mut graph = Graph::default();
    let names = hostile_names();
    let node = |iri: String| NamedNode::new(iri).unwrap();
    let iri = |number: usize| node(format!("https://example.org/thing/{}", number % names.len()));
    let text = names.join("\n\n");
    graph.add_document(DocumentRecord {
        id: names[0].clone(),
        iri: None,
        url: Some("javascript:window.pwned=7".to_owned()),
        text: Some(text),
    });
    let mut start = 0;
    for (number, name) in names.iter().enumerate() {
        let mut thing = Thing::new(iri(number), name);
        thing.classes.insert(node(format!("https://example.org/class#{}", number % 3)));
        thing.alternative_labels.insert(format!("{name}."));
        graph.add_thing(thing, ontology);
        let end = start + name.chars().count();
        let here = End { start, end, text: name.clone(), ..End::default() };
        let evidence = |sentence| Evidence {
            document: names[0].clone(),
            property: String::new(),
            subject: here.clone(),
            object: here.clone(),
            sentence,
            confidence: 0.75,
            status: Status::Asserted,
            implicit: false,
            past: false,
            speaker: None,
            rule: name.clone(),
            quote: name.clone(),
        };
        let id = graph.add_evidence(evidence(Offsets { start, end }));
        let said = node("javascript:window.pwned=8".to_owned());
        graph.add_value(&iri(number), &said, Literal::new_simple_literal(name), Some(id), ontology);
        start = end + 2;
    }
    for number in 0..names.len() {
        let knows = node(format!("https://example.org/knows#{}", number % 4));
        let id = EvidenceId(number as u32);
        graph.add_statement(&iri(number), &knows, &iri(number * 7 + 1), Some(id), ontology);
    }
    graph
}

/// Writes the hostile graph in every format that is no RDF, for other programs to read: `target/tmp/hostile.*`.
#[test]
fn hostile_names_leave_as_they_are() {
    let ontology = Ontology::default();
    let graph = hostile_graph(&ontology);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let written = |format: Format, name: &str| {
        let text = to_string(&graph, &ontology, format);
        fs::write(folder.join(name), &text).unwrap();
        text
    };
    let names: BTreeSet<String> = hostile_names().into_iter().collect();
    let shown = |name: &String| -> String {
        let bad = |c: char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || c == '\u{FFFE}';
        name.chars().map(|c| if bad(c) { '\u{FFFD}' } else { c }).collect()
    };

    written(Format::Dot, "hostile.dot");
    check_apart(&written(Format::Svg, "hostile.svg"));
    let graphml = elements(&written(Format::GraphMl, "hostile.graphml"));
    let labels = graphml.iter().filter(|(_, attributes, _)| attribute(attributes, "key") == Some("n.label"));
    let labels: BTreeSet<String> = labels.map(|(.., text)| text.clone()).collect();
    assert_eq!(labels, names.iter().map(shown).collect());

    let page = written(Format::Html, "hostile.html");
    let data = data(&page);
    let labels: BTreeSet<String> = data["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["label"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(labels, names);
    assert_eq!(data["documents"][0]["url"], serde_json::Value::Null, "no link to a script");

    let edges = rows(&written(Format::Csv, "hostile.edges.csv"));
    let mut nodes = Vec::new();
    export::write_nodes(&graph, &ontology, &mut nodes).unwrap();
    fs::write(folder.join("hostile.nodes.csv"), &nodes).unwrap();
    let nodes = rows(std::str::from_utf8(&nodes).unwrap());
    let plain = |name: &String| name.replace('\0', "\u{FFFD}");
    let labels: BTreeSet<String> = nodes[1..].iter().map(|row| row[1].clone()).collect();
    assert_eq!(labels, names.iter().map(plain).collect());
    assert_eq!(edges.len(), 1 + graph.statements().count());
}
