//! What a document's graph holds, what merging keeps, and what is shown of it.

mod built;

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode};
use tellgraph::fact::Status;
use tellgraph::graph::{End, Evidence, EvidenceId, Offsets, Thing, identity};
use tellgraph::ontology::File;
use tellgraph::{Graph, Ontology};

const ONTOLOGY: &str = r#"
@prefix tg: <https://w3id.org/tellgraph/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix x: <http://example.org/x#> .

tg:Agent a owl:Class .
tg:Person a owl:Class ; rdfs:subClassOf tg:Agent ; owl:hasKey ( rdfs:label ) .
tg:Organization a owl:Class ; rdfs:subClassOf tg:Agent ; owl:hasKey ( rdfs:label ) .
tg:Company a owl:Class ; rdfs:subClassOf tg:Organization .
tg:Work a owl:Class ; owl:hasKey ( rdfs:label ) .
tg:Film a owl:Class ; rdfs:subClassOf tg:Work .
tg:Article a owl:Class ; rdfs:subClassOf tg:Work .
x:Vehicle a owl:Class .
x:SteamEngine a owl:Class ; rdfs:subClassOf x:Vehicle .

tg:founderOf a owl:ObjectProperty ; rdfs:domain tg:Person ; rdfs:range tg:Organization .
tg:authorOf a owl:ObjectProperty ; rdfs:domain tg:Person ; rdfs:range tg:Work .
tg:childOf a owl:ObjectProperty ; rdfs:label "child of" ; rdfs:domain tg:Person ; rdfs:range tg:Person .
tg:spouseOf a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:domain tg:Person ; rdfs:range tg:Person .
tg:bornIn a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:domain tg:Person .
tg:bornOn a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:domain tg:Person ; rdfs:range xsd:date .
tg:releasedOn a owl:DatatypeProperty ; rdfs:domain tg:Work ; rdfs:range xsd:date .
tg:occupation a owl:DatatypeProperty ; rdfs:domain tg:Person ; rdfs:range xsd:string .
"#;

fn ontology() -> Ontology {
    Ontology::read(&[File::new("test.ttl", ONTOLOGY)]).expect("the ontology of these tests")
}

fn tg(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("https://w3id.org/tellgraph/core#{local}"))
}

fn iri(path: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("https://example.org/{path}"))
}

/// Evidence of which nothing counts but its confidence.
fn evidence(confidence: f32) -> Evidence {
    Evidence {
        document: String::new(),
        property: String::new(),
        subject: End::default(),
        object: End::default(),
        sentence: Offsets { start: 0, end: 0 },
        confidence,
        status: Status::Asserted,
        implicit: false,
        past: false,
        speaker: None,
        rule: String::new(),
        quote: String::new(),
    }
}

fn thing(path: &str, label: &str, classes: &[&str]) -> Thing {
    let mut thing = Thing::new(iri(path), label);
    thing.classes.extend(classes.iter().map(|class| tg(class)));
    thing
}

/// A graph of persons `person/a`, `person/b` ..., with statements and confidences.
fn persons(statements: &[(&str, &str, &str, f32)]) -> Graph {
    persons_by(&ontology(), statements)
}

fn persons_by(ontology: &Ontology, statements: &[(&str, &str, &str, f32)]) -> Graph {
    let mut graph = Graph::default();
    for (subject, property, object, confidence) in statements {
        for end in [subject, object] {
            graph.add_thing(thing(&format!("person/{end}"), end, &["Person"]), ontology);
        }
        let id = graph.add_evidence(evidence(*confidence));
        let [subject, object] = [subject, object].map(|end| iri(&format!("person/{end}")));
        graph.add_statement(&subject, &tg(property), &object, Some(id), ontology);
    }
    graph
}

fn merged(graphs: impl IntoIterator<Item = Graph>) -> Graph {
    graphs.into_iter().fold(Graph::default(), |mut all, graph| {
        all.merge(graph);
        all
    })
}

/// The statements a graph shows, as "a property b".
fn shown(graph: &Graph) -> Vec<String> {
    let line = |(subject, statement, object): (&Thing, &tellgraph::graph::Statement, &Thing)| {
        let property = statement.property.as_str().rsplit('#').next().unwrap_or_default().to_owned();
        format!("{} {property} {}", subject.label, object.label)
    };
    graph.statements().map(line).collect()
}

#[test]
fn name_and_class_make_the_iri() {
    let ontology = ontology();
    for (name, class, expected) in [
        ("Ada Park", "https://w3id.org/tellgraph/core#Person", "person/ada-park"),
        ("Lumen Works", "https://w3id.org/tellgraph/core#Company", "organization/lumen-works"),
        ("Tide", "https://w3id.org/tellgraph/core#Film", "work/tide"),
        ("Tide", "https://w3id.org/tellgraph/core#Article", "article/tide"),
        ("No. 9", "http://example.org/x#SteamEngine", "vehicle/no-9"),
        ("Anything", "none", "thing/anything"),
    ] {
        assert_eq!(identity::of(name, ontology.class_named(class), &ontology), iri(expected));
    }
    let based = ontology.with_base("https://news.example/kg/");
    assert_eq!(identity::of("Tide", None, &based).as_str(), "https://news.example/kg/thing/tide");
    let hopeless = based.with_base("not an IRI");
    assert_eq!(identity::of("Tide", None, &hopeless), iri("thing/tide"));
}

#[test]
fn the_fullest_name_becomes_the_label() {
    let ontology = ontology();
    let one = |label: &str, other: &str| {
        let mut graph = Graph::default();
        let mut thing = thing("person/a", label, &["Person"]);
        thing.alternative_labels.insert(other.to_owned());
        graph.add_thing(thing, &ontology);
        graph
    };
    let check = |order: [usize; 3]| {
        let graphs = [one("ADA", "Ms. Ada Park"), one("Ada!", "ADA"), one("Ada?", "Ada!")];
        let graph = merged(order.map(|at| graphs[at].clone()));
        let thing = graph.thing(&iri("person/a")).expect("the thing");
        assert_eq!(thing.label, "Ada!");
        assert_eq!(thing.alternative_labels.iter().collect::<Vec<_>>(), ["ADA", "Ada?", "Ms. Ada Park"]);
    };
    [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]].into_iter().for_each(check);
}

#[test]
fn a_class_gives_way_to_its_subclass() {
    let ontology = ontology();
    let graph = |classes: &[&str]| {
        let mut graph = Graph::default();
        graph.add_thing(thing("work/a", "A", classes), &ontology);
        graph
    };
    let check = |graphs: &[Graph], expected: &[&str]| {
        let graph = merged(graphs.iter().cloned());
        let classes = &graph.thing(&iri("work/a")).expect("the thing").classes;
        assert_eq!(
            classes.iter().cloned().collect::<Vec<_>>(),
            expected.iter().map(|class| tg(class)).collect::<Vec<_>>()
        );
    };
    let owl_thing = {
        let mut graph = Graph::default();
        let mut thing = thing("work/a", "A", &[]);
        thing.classes.insert(NamedNode::new_unchecked("http://www.w3.org/2002/07/owl#Thing"));
        graph.add_thing(thing, &ontology);
        graph
    };
    check(&[graph(&["Work"]), graph(&["Film"])], &["Film"]);
    check(&[graph(&["Film"]), graph(&["Work"])], &["Film"]);
    check(&[graph(&["Company", "Agent", "Organization"])], &["Company"]);
    check(&[graph(&["Film"]), graph(&["Article"])], &["Article", "Film"]);
    check(&[owl_thing, graph(&["Work"])], &["Work"]);
}

#[test]
fn of_a_functional_property_the_best_supported_statement_is_shown() {
    let graphs = [
        persons(&[("a", "bornIn", "x", 0.8)]),
        persons(&[("a", "bornIn", "y", 0.5), ("a", "founderOf", "x", 0.1)]),
        persons(&[("a", "bornIn", "y", 0.4), ("a", "founderOf", "y", 0.1)]),
    ];
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let graph = merged(order.map(|at| graphs[at].clone()));
        assert_eq!(shown(&graph), ["a bornIn y", "a founderOf x", "a founderOf y"]);
        assert_eq!(graph.statement_count(), 3);
        assert_eq!(graph.all_evidence().len(), 5);
    }
    assert_eq!(shown(&graphs[0]), ["a bornIn x"]);
}

#[test]
fn a_year_supports_the_day_in_it() {
    let ontology = ontology();
    let mut graph = Graph::default();
    graph.add_thing(thing("person/a", "A", &["Person"]), &ontology);
    for (date, datatype, confidence) in
        [("1867-11-07", xsd::DATE, 0.5), ("1867", xsd::G_YEAR, 0.6), ("1868-01-01", xsd::DATE, 0.7)]
    {
        let id = graph.add_evidence(evidence(confidence));
        let date = Literal::new_typed_literal(date, datatype);
        graph.add_value(&iri("person/a"), &tg("bornOn"), date, Some(id), &ontology);
    }
    let thing = graph.thing(&iri("person/a")).expect("the thing");
    let values: Vec<&str> = graph.values_of(thing).into_iter().map(|(_, value, _)| value.value()).collect();
    assert_eq!(values, ["1867-11-07"]);
}

#[test]
fn a_symmetric_property_is_stated_once() {
    let graph = merged([persons(&[("b", "spouseOf", "a", 0.5)]), persons(&[("a", "spouseOf", "b", 0.5)])]);
    assert_eq!(shown(&graph), ["a spouseOf b"]);
    let statements = graph.statements_of(&iri("person/a"));
    assert_eq!(statements[0].0.evidence, [EvidenceId(0), EvidenceId(1)]);
}

#[test]
fn nothing_is_said_of_itself_or_of_what_is_not_there() {
    let mut graph = persons(&[("a", "spouseOf", "a", 0.5), ("a", "founderOf", "a", 0.5)]);
    graph.add_statement(&iri("person/a"), &tg("founderOf"), &iri("person/z"), None, &ontology());
    assert_eq!(shown(&graph), [""; 0]);
    assert_eq!((graph.thing_count(), graph.all_evidence().len()), (1, 2));
}

#[test]
fn many_documents_merge_in_linear_time() {
    // One publisher with twenty thousand articles: a walk over its statements for each would take minutes.
    let ontology = ontology();
    let graphs =
        (0..20_000).map(|number| persons_by(&ontology, &[("hub", "founderOf", &format!("n{number}"), 0.5)]));
    let graph = merged(graphs.collect::<Vec<_>>());
    assert_eq!(graph.statements_of(&iri("person/hub")).len(), 20_000);
}
