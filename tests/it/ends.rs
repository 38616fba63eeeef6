//! The ends of a fact fit its property, its direction is right, and it is told once.

use std::sync::LazyLock;

use tellgraph::ontology::File;
use tellgraph::rdf::{Reader, Syntax};
use tellgraph::shape::{shapes, validate};
use tellgraph::{Format, Graph, Lexicon, Source, export, extract};

const SEA: &str = r#"
@prefix tg: <https://w3id.org/tellgraph/core#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <https://sea.example/> .
e:Ship a owl:Class ; rdfs:label "ship"@en ; rdfs:subClassOf tg:Product .
e:homeland a owl:ObjectProperty ; rdfs:domain tg:Person ; rdfs:range tg:Country ; tg:phrase "{subject} hails from {object}" .
e:home a owl:ObjectProperty ; rdfs:domain tg:Person ; rdfs:range tg:City ; tg:phrase "{subject} feels at home in {object}" .
e:coach a owl:ObjectProperty ; rdfs:label "coach" ; rdfs:domain tg:Person ; rdfs:range tg:Person .
e:builder a owl:ObjectProperty ; rdfs:label "builder" ; rdfs:domain e:Ship ; rdfs:range tg:Organization .
e:owner a owl:ObjectProperty ; rdfs:label "owner" ; rdfs:domain e:Ship ; rdfs:range tg:Person .
e:homePort a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:domain e:Ship ; rdfs:range tg:Place ;
    tg:phrase "{subject} was registered in {object}", "{subject} sailed out of {object}" .
e:crew a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain e:Ship ; rdfs:range xsd:nonNegativeInteger ;
    tg:phrase "{subject} has a crew of {object}", "{subject} carried a crew of {object}" .
e:launchedOn a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain e:Ship ; rdfs:range xsd:date ;
    tg:phrase "{subject} was launched in {object}", "{subject} was launched on {object}" .
e:launchYear a owl:DatatypeProperty ; rdfs:domain e:Ship ; rdfs:range xsd:gYear ; tg:phrase "{subject} was launched on {object}" .
"#;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::load(true, &[File::new("sea.ttl", SEA)]).unwrap_or_else(|error| panic!("{error}"))
});

fn graph(text: &str) -> Graph {
    extract(&Source::plain("text", text), &LEXICON)
}

/// The facts of some properties, by local name: "Ada Park homeland Norway"; an end is called by its words.
fn facts(text: &str, properties: &[&str]) -> Vec<String> {
    let graph = graph(text);
    let shown = graph.all_evidence().iter().filter_map(|fact| {
        let local = fact.property.rsplit(['#', '/']).next()?;
        let object = fact.object.value.as_ref().unwrap_or(&fact.object.text);
        properties.contains(&local).then(|| format!("{} {local} {object}", fact.subject.text))
    });
    shown.collect()
}

fn check(text: &str, properties: &[&str], expected: &[&str]) {
    assert_eq!(facts(text, properties), expected, "{text}");
}

#[test]
fn a_gazetteer_knows_what_sort_of_place_a_name_is() {
    check("Ada Park hails from Norway.", &["homeland"], &["Ada Park homeland Norway"]);
    check("Ada Park hails from Oslo.", &["homeland"], &[]);
    check("Ada Park feels at home in Oslo.", &["home"], &["Ada Park home Oslo"]);
}

#[test]
fn a_label_takes_no_end_of_a_class_that_it_excludes() {
    let all = ["coach", "builder", "owner"];
    check("Ada Park hails from Norway.", &all, &[]);
    check("The ship Petrel was owned by Norway.", &all, &[]);
    let built = "The ship Petrel was built by Mr. Odo Marsh in Oslo for Lumen Works.";
    assert!(
        facts(built, &all).iter().all(|fact| !fact.contains("coach") && !fact.ends_with("Oslo")),
        "{built}"
    );
}

#[test]
fn what_else_a_text_tells_of_a_thing_excludes_it() {
    let text = "Brant Foods, founded by Tom Reed and chaired by Ann Hale, is based in Leeds.";
    check(text, &["livedIn", "headquarteredIn"], &["Brant Foods headquarteredIn Leeds"]);
}

#[test]
fn what_holds_one_way_is_told_one_way() {
    for text in ["Edda Marsh coaches Hugo Park.", "Edda Marsh is the coach of Hugo Park."] {
        check(text, &["coach"], &["Edda Marsh coach Hugo Park"]);
    }
}

#[test]
fn what_holds_both_ways_is_told_once() {
    check("Tom Reed and Ann Hale are married.", &["spouseOf"], &["Tom Reed spouseOf Ann Hale"]);
    check("Ida Reed and Ann Hale are sisters.", &["siblingOf"], &["Ida Reed siblingOf Ann Hale"]);
}

#[test]
fn no_words_stand_at_both_ends() {
    let text =
        "Ada Park and her husband Odo Marsh love their spouse. They met in Oslo, where their children live.";
    for fact in graph(text).all_evidence() {
        let [subject, object] = [&fact.subject, &fact.object].map(|end| (end.start, end.end, &end.iri));
        assert!(subject != object && (subject.0, subject.1) != (object.0, object.1), "{fact:?}");
    }
}

#[test]
fn one_value_alone_is_told_where_there_is_but_one() {
    check(
        "The ship Petrel has a crew of 12. The Petrel carried a crew of 14.",
        &["crew"],
        &["Petrel crew 12"],
    );
    let launched = "The ship Petrel was launched in 1931. The Petrel was launched on 4 June 1931.";
    check(launched, &["launchedOn"], &["Petrel launchedOn 1931", "Petrel launchedOn 1931-06-04"]);
    let ports = "The ship Petrel was registered in Oslo. The Petrel sailed out of Bergen.";
    check(ports, &["homePort"], &["Petrel homePort Oslo"]);
    let inside = "The ship Petrel was registered in Oslo. The Petrel sailed out of Norway.";
    check(inside, &["homePort"], &["Petrel homePort Oslo", "Petrel homePort Norway"]);
    check(
        "The ship Petrel was not registered in Oslo. The Petrel sailed out of Bergen.",
        &["homePort"],
        &["Petrel homePort Oslo", "Petrel homePort Bergen"],
    );
}

#[test]
fn what_is_written_is_what_the_ontology_asks_for() {
    let text = "The ship Petrel was launched in 1931. The ship Heron was launched on 4 June 1932. The ship Heron has a \
        crew of 12. Ada Park hails from Norway. The ship Petrel was owned by Odo Marsh. Edda Marsh coaches Hugo Park.";
    check(
        text,
        &["launchedOn", "launchYear"],
        &["Petrel launchedOn 1931", "Heron launchedOn 1932-06-04", "Heron launchYear 1932"],
    );
    let turtle = export::to_string(&graph(text), LEXICON.ontology(), Format::Turtle);
    assert!(turtle.contains("xsd:nonNegativeInteger"), "{turtle}");
    let mut reader = Reader::new(1);
    reader.read("text", turtle.as_bytes(), Syntax::Turtle, "https://example.org/").unwrap();
    let violations = validate(&reader.finish().0, &shapes(LEXICON.ontology())).unwrap().violations;
    assert!(violations.is_empty(), "{violations:#?}\n{turtle}");
}
