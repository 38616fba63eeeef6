//! Graphs with hostile names and values leave in every format, and come back the same.

use std::collections::BTreeSet;

use oxrdf::{Literal, NamedNode, Triple};
use oxrdfio::{JsonLdProfileSet, RdfFormat, RdfParser};
use proptest::prelude::*;
use tellgraph::export::{to_string, write};
use tellgraph::graph::{Thing, identity};
use tellgraph::ontology::File;
use tellgraph::{Format, Graph, Ontology};

const RDF_FORMATS: [(Format, RdfFormat); 6] = [
    (Format::TriG, RdfFormat::TriG),
    (Format::RdfXml, RdfFormat::RdfXml),
    (Format::NTriples, RdfFormat::NTriples),
    (Format::NQuads, RdfFormat::NQuads),
    (Format::Turtle, RdfFormat::Turtle),
    (Format::JsonLd, RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
];

/// Pieces that names are made of.
const PIECES: &[&str] = &[
    "Ada",
    " ",
    "Park",
    "\"",
    "'",
    "\"\"\"",
    "\\",
    "\\u0041",
    "\\N",
    "\n",
    "\r",
    "\t",
    "\0",
    "\u{7}",
    "\u{7f}",
    "\u{85}",
    "&",
    "&amp;",
    "<",
    ">",
    "<b>",
    "{",
    "}",
    "|",
    "^",
    "`",
    "%41",
    "@en",
    "^^",
    ".",
    ";",
    ",",
    "#",
    "//",
    ":",
    "_:",
    "💍",
    "👩‍👩‍👧",
    "e\u{301}",
    "é",
    "שלום",
    "مرحبا",
    "\u{202e}",
    "\u{feff}",
    "\u{2028}",
    "\u{fffe}",
    "\u{10ffff}",
    "北京",
    "",
];

const DATATYPES: &[&str] = &["string", "integer", "decimal", "boolean", "date", "gYear", "anyURI", "double"];

/// Prefixes that are an IRI's scheme, a term, empty, the same twice, within another, or end in the midst of a name.
const ONTOLOGY: &str = r#"
@prefix : <http://b.example/n/> .
@prefix urn: <http://urn.example/> .
@prefix http: <http://http.example/> .
@prefix knows: <http://a.example/> .
@prefix n: <http://a.example/n#> .
@prefix again: <http://a.example/n#> .
@prefix half: <http://a.example/n#per> .
@prefix person: <https://example.org/thing/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
n:knows a owl:ObjectProperty, owl:SymmetricProperty .
n:age a owl:FunctionalProperty .
"#;

fn ontology() -> Ontology {
    Ontology::read(&[File::new("test.ttl", ONTOLOGY)]).expect("the ontology of these tests")
}

fn node(iri: impl Into<String>) -> NamedNode {
    NamedNode::new(iri).expect("tests use valid IRIs")
}

pub fn a_name() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 1..6).prop_map(|pieces| pieces.concat());
    prop_oneof![8 => pieces, 2 => any::<String>(), 1 => Just("name \"x\" ".repeat(1000))]
}

fn a_value() -> impl Strategy<Value = Literal> {
    let text = prop_oneof![
        4 => prop::sample::select(&["1", "-7", "007", "+3", "1.5", "1.", ".5", "true", "1e3", "99999999999999999999", "2014-03-01"])
            .prop_map(str::to_owned),
        1 => a_name(),
    ];
    let typed = (text, prop::sample::select(DATATYPES)).prop_map(|(text, datatype)| {
        Literal::new_typed_literal(text, node(format!("http://www.w3.org/2001/XMLSchema#{datatype}")))
    });
    let tagged = a_name()
        .prop_map(|text| Literal::new_language_tagged_literal(text, "en-gb").expect("a language tag"));
    prop_oneof![5 => typed, 1 => tagged]
}

/// Classes and properties whose local names clash with each other, with prefixes and with keywords.
fn a_term() -> impl Strategy<Value = NamedNode> {
    const LOCALS: &[&str] = &[
        "Person", "person", "label", "type", "id", "knows", "age", "thing", "a", "x.y", "é", "", "-b", "@id",
    ];
    const NAMESPACES: &[&str] =
        &["http://a.example/n#", "http://b.example/n/", "urn:n:", "http://urn.example/"];
    (prop::sample::select(NAMESPACES), prop::sample::select(LOCALS))
        .prop_map(|(space, local)| node(format!("{space}{local}")))
}

/// Things with names, each with a class, another name and a value; then statements between them by position.
type Parts = (Vec<(String, NamedNode, String, NamedNode, Literal)>, Vec<(usize, NamedNode, usize)>);

fn the_parts() -> impl Strategy<Value = Parts> {
    let thing = (a_name(), a_term(), a_name(), a_term(), a_value());
    let statement = (0usize..8, a_term(), 0usize..8);
    (prop::collection::vec(thing, 1..8), prop::collection::vec(statement, 0..12))
}

/// The graph of the parts at these positions (all statements are in every graph that has both of their things).
fn graph((things, statements): &Parts, ontology: &Ontology, take: impl Fn(usize) -> bool) -> Graph {
    let mut graph = Graph::default();
    let iri = |at: usize| identity::of(&things[at % things.len()].0, None, ontology);
    for (at, (name, class, other_name, property, value)) in
        things.iter().enumerate().filter(|(at, _)| take(*at))
    {
        let mut thing = Thing::new(iri(at), name);
        thing.classes.insert(class.clone());
        thing.alternative_labels.extend([other_name.clone()]);
        graph.add_thing(thing, ontology);
        graph.add_value(&iri(at), property, value.clone(), None, ontology);
    }
    for (subject, property, object) in statements {
        graph.add_statement(&iri(*subject), property, &iri(*object), None, ontology);
    }
    graph
}

fn parse(text: &str, format: RdfFormat) -> BTreeSet<String> {
    let quads = RdfParser::from_format(format).for_slice(text.as_bytes());
    let parsed = quads.map(|quad| quad.unwrap_or_else(|error| panic!("{format}: {error} in\n{text}")));
    parsed.map(|quad| Triple::from(quad).to_string()).collect()
}

/// Whether XML 1.0 has a form for everything in the triples: for all characters, and a name for each property.
fn is_xml(triples: &BTreeSet<String>) -> bool {
    triples.iter().all(|triple| {
        let property = triple.split(' ').nth(1).unwrap_or_default();
        // N-Triples escapes the characters that XML has not, and a few more.
        let is_control = triple.split("\\\\").any(|part| {
            part.split("\\u").skip(1).any(|code| !code.starts_with("007F"))
                || part.contains("\\b")
                || part.contains("\\f")
        });
        !is_control && !property.ends_with("#>") && !property.ends_with("/>") && !property.ends_with(":>")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_rdf_formats_say_the_same(parts in the_parts()) {
        let ontology = ontology();
        let graph = graph(&parts, &ontology, |_| true);
        let expected = parse(&to_string(&graph, &ontology, Format::NTriples), RdfFormat::NTriples);
        for thing in graph.things() {
            let label = Literal::new_simple_literal(&thing.label);
            let triple = Triple::new(thing.iri.clone(), node("http://www.w3.org/2000/01/rdf-schema#label"), label);
            prop_assert!(expected.contains(&triple.to_string()));
        }
        for (format, parser) in RDF_FORMATS {
            let mut text = Vec::new();
            if let Err(error) = write(&graph, &ontology, format, &mut text) {
                prop_assert!(format == Format::RdfXml && !is_xml(&expected), "{}: {error}", format.name());
                continue;
            }
            let text = String::from_utf8(text).unwrap();
            prop_assert_eq!(&parse(&text, parser), &expected, "{} of\n{}", format.name(), text);
        }
    }

    #[test]
    fn the_order_of_merging_does_not_show(parts in the_parts(), split in any::<u32>()) {
        let ontology = ontology();
        let piece = |number: u32| graph(&parts, &ontology, |at| (split >> (2 * at)) % 4 == number);
        let merged = |order: [u32; 4]| {
            order.into_iter().fold(Graph::default(), |mut graph, number| { graph.merge(piece(number)); graph })
        };
        let (mut left, mut right) = (piece(0), piece(2));
        left.merge(piece(1));
        right.merge(piece(3));
        left.merge(right);
        let first = merged([0, 1, 2, 3]);
        // RDF/XML has no form for control characters.
        let is_whole = |format: &Format| !matches!(format, Format::Facts | Format::RdfXml);
        for format in Format::ALL.into_iter().filter(is_whole) {
            let expected = to_string(&first, &ontology, format);
            prop_assert_eq!(&to_string(&merged([3, 1, 0, 2]), &ontology, format), &expected);
            prop_assert_eq!(&to_string(&left, &ontology, format), &expected);
            prop_assert_eq!(&to_string(&first.clone(), &ontology, format), &expected);
        }
    }

    #[test]
    fn pictures_have_no_loose_quote_or_control_character(parts in the_parts()) {
        let ontology = ontology();
        let text = to_string(&graph(&parts, &ontology, |_| true), &ontology, Format::Dot);
        for line in text.lines() {
            prop_assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
            let outside = line.replace("\\\\", "").replace("\\\"", "");
            prop_assert_eq!(outside.matches('"').count() % 2, 0, "{}", line);
        }
    }
}
