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
    let found = validate(&read(turtle), &shapes(&core())).unwrap();
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

#[test]
fn shapes_say_which_class_is_below_which() {
    let shapes = shapes(&core());
    assert!(shapes.quads().any(|quad| quad.predicate.ends_with("subClassOf")));
    assert!(shapes.len() > 500, "{}", shapes.len());
}
