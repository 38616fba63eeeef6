//! Shapes made from ontologies, and what keeps to them.

use tellgraph::ontology::{Ontology, core_file};
use tellgraph::rdf::{Dataset, Reader, Syntax};
use tellgraph::shape::{shapes, validate};

fn core() -> Ontology {
    Ontology::read(&[core_file()]).unwrap()
}

fn read(turtle: &str) -> Dataset {
    let mut reader = Reader::new(1);
    let text = format!(
        "@prefix tg: <https://w3id.org/tellgraph/core#> . @prefix e: <http://e.example/> .\n\
         @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n{turtle}"
    );
    reader.read("test", text.as_bytes(), Syntax::Turtle, "http://e.example/").unwrap();
    reader.finish().0
}

/// What is wrong with a graph: focus, path, value and what was asked for, shortened.
fn check(turtle: &str, expected: &[&str]) {
    let found = validate(&read(turtle), &shapes(&core())).unwrap().violations;
    let shown: Vec<String> = found
        .iter()
        .map(|it| {
            let parts =
                [Some(it.focus.as_str()), it.path.as_deref(), it.value.as_deref(), Some(it.asked.as_str())];
            let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" | ");
            text.replace("https://w3id.org/tellgraph/core#", "").replace("http://e.example/", "")
        })
        .collect();
    assert_eq!(shown.len(), expected.len(), "{shown:#?}");
    for (shown, expected) in shown.iter().zip(expected) {
        assert!(shown.starts_with(expected), "{shown}");
    }
}

#[test]
fn what_the_ontology_asks_for_is_fine() {
    check("e:a a tg:Person ; tg:directorOf e:f ; tg:bornOn \"1950\"^^xsd:gYear . e:f a tg:Film .", &[]);
    check("e:a e:unknown e:b .", &[]);
    check("", &[]);
}

#[test]
fn what_it_does_not_is_told() {
    check("e:a a tg:Person ; tg:directorOf e:b . e:b a tg:Person .", &["<a> | <directorOf> | <b>"]);
    check("e:a a tg:Film ; tg:founderOf e:o . e:o a tg:Company .", &["<a>"]);
    check("e:a a tg:Person ; tg:bornOn \"in spring\" .", &["<a> | <bornOn> | \"in spring\""]);
    check("e:a a tg:Person ; tg:bornOn \"1950\"^^xsd:gYear, \"1951\"^^xsd:gYear .", &["<a> | <bornOn>"]);
}

/// As many as there are, not only the first that a shape forbids.
#[test]
fn every_two_classes_that_exclude_each_other_are_told() {
    for others in [
        "Person, tg:Organization",
        "Person, tg:Place",
        "Person, tg:Award",
        "Film, tg:Book",
        "City, tg:Person",
    ] {
        check(&format!("e:a a tg:{others} ."), &["<a>"]);
    }
}

/// Whether both say it, or one of the two.
#[test]
fn what_stands_at_either_end_of_a_symmetric_property_is_told_once() {
    check("e:a tg:spouseOf e:b . e:b tg:spouseOf e:a ; a tg:Person .", &["<a>"]);
    check("e:b tg:spouseOf e:a ; a tg:Person .", &["<a>"]);
    check("e:a tg:spouseOf e:b .", &["<a>", "<b>"]);
}

#[test]
fn each_shape_says_in_words_what_it_asks() {
    let data = read("e:a a tg:Person, tg:Film ; tg:founderOf e:b ; tg:bornOn \"x\" . e:b tg:spouseOf e:a .");
    let report = validate(&data, &shapes(&core())).unwrap();
    let messages: Vec<String> = report.violations.iter().map(|it| it.messages.join(" | ")).collect();
    for expected in [
        "what is of class person is not of class organization or",
        "“founder of” leads to what is of class organization",
        "“born on” leads to a value of type",
        "only what is of class person has “spouse of”, or is what it leads to",
    ] {
        assert!(messages.iter().any(|message| message.starts_with(expected)), "{expected}: {messages:#?}");
    }
    assert!(messages.iter().all(|message| !message.is_empty()));
    assert!(report.applied > 2 && report.applied < report.shapes);
}

fn refused(rules: &str) -> String {
    let rules = read(&format!("@prefix sh: <http://www.w3.org/ns/shacl#> .\n{rules}"));
    validate(&read("e:a a e:C ; e:p e:a ."), &rules).unwrap_err()
}

#[test]
fn shapes_that_mean_nothing_are_errors() {
    assert!(refused("").contains("no shape"));
    assert!(refused("e:a a e:C .").contains("no shape"));
    assert!(refused("e:s a sh:NodeShape ; sh:class e:D .").contains("says what it is for"));
    let target = "e:s a sh:NodeShape ; sh:targetClass e:C ;";
    for shape in [
        "sh:property [ sh:path e:p ; sh:node e:s ] .",
        "sh:not e:s .",
        "sh:or ( [ sh:class e:D ] [ sh:and ( e:t ) ] ) . e:t a sh:NodeShape ; sh:node e:s .",
        "sh:property [ sh:path _:p ] . _:p sh:zeroOrMorePath _:p .",
        "sh:or _:l . _:l rdf:first [ sh:class e:D ] ; rdf:rest _:l .",
    ] {
        let rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .";
        let error = refused(&format!("{rdf} {target} {shape}"));
        assert!(error.contains("leads back to itself"), "{shape}: {error}");
    }
    let deep: String = (0..200).map(|i| format!("e:n{i} a sh:NodeShape ; sh:node e:n{} . ", i + 1)).collect();
    assert!(refused(&format!("{target} sh:node e:n0 . {deep}")).contains("stand in one another"));
}

#[test]
fn shapes_for_nothing_in_the_graph_are_counted() {
    let report = validate(&read("e:a e:p e:b ."), &shapes(&core())).unwrap();
    assert_eq!((report.applied, report.violations.len()), (0, 0));
    assert!(report.shapes > 40);
}

#[test]
fn shapes_say_which_class_is_below_which() {
    let shapes = shapes(&core());
    assert!(shapes.quads().any(|quad| quad.predicate.ends_with("subClassOf")));
    assert!(shapes.len() > 500, "{}", shapes.len());
}
