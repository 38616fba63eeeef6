//! Who is who: homonyms, what a user says of them, and public IRIs.

use oxrdf::NamedNode;
use proptest::prelude::*;
use tellgraph::graph::identity::same::Same;
use tellgraph::graph::{Rules, unite};
use tellgraph::lexicon::gazetteer::Gazetteer;
use tellgraph::ontology::File;
use tellgraph::{Format, Graph, Lexicon, Source, export, extract};

/// Documents, each an id and a text, as one graph.
fn graph_by(documents: &[(&str, &str)], lexicon: &Lexicon, rules: &Rules) -> Graph {
    let graphs = documents.iter().map(|(id, text)| extract(&Source::plain(*id, *text), lexicon));
    unite(graphs.collect(), rules, lexicon.ontology())
}

fn graph(documents: &[(&str, &str)]) -> Graph {
    graph_by(documents, &Lexicon::core(), &Rules::default())
}

/// The parts of things' IRIs after the base, but for articles.
fn iris(graph: &Graph) -> Vec<String> {
    let local = |iri: &NamedNode| {
        iri.as_str().strip_prefix("https://example.org/").unwrap_or(iri.as_str()).to_owned()
    };
    graph.things().map(|thing| local(&thing.iri)).collect()
}

#[track_caller]
fn check(documents: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(iris(&graph(documents)), expected);
}

/// The links of the thing with this label.
#[track_caller]
fn links(graph: &Graph, label: &str) -> Vec<String> {
    let thing = graph.things().find(|thing| thing.label == label);
    let thing = thing.unwrap_or_else(|| panic!("no {label} among {:?}", iris(graph)));
    thing.links.iter().map(|link| link.iri.as_str().to_owned()).collect()
}

const OLD: (&str, &str) = ("old", "Ida Holm was born on 4 May 1950. Holm founded Quillon Works.");
const YOUNG: (&str, &str) = ("young", "Ida Holm, who was born in 1987, founded Brindle Group.");
const VAGUE: (&str, &str) = ("vague", "Ida Holm married Odo Lind.");
const OLD_TOO: (&str, &str) = ("old-too", "Ida Holm was born in 1950.");

#[test]
fn the_same_class_and_name_is_one_thing() {
    check(&[OLD, VAGUE], &["organization/quillon-works", "person/ida-holm", "person/odo-lind"]);
    check(&[OLD, OLD_TOO], &["organization/quillon-works", "person/ida-holm"]);
}

#[test]
fn birth_dates_tell_people_apart() {
    check(
        &[OLD, YOUNG],
        &[
            "organization/brindle-group",
            "organization/quillon-works",
            "person/ida-holm_1950",
            "person/ida-holm_1987",
        ],
    );
    let graph = graph(&[VAGUE, YOUNG, OLD_TOO, OLD]);
    // Of the vague one nobody can say which of the two she is.
    let people: Vec<String> = iris(&graph).into_iter().filter(|iri| iri.starts_with("person")).collect();
    assert_eq!(
        people,
        ["person/ida-holm", "person/ida-holm_1950", "person/ida-holm_1987", "person/odo-lind"]
    );
    let facts = export::to_string(&graph, Lexicon::core().ontology(), Format::Facts);
    let founder = facts.lines().find(|line| line.contains("founderOf") && line.contains("Quillon"));
    assert!(founder.is_some_and(|line| line.contains("person/ida-holm_1950\"")), "{facts}");
}

#[test]
fn variants_of_a_name_stay_apart() {
    let first = ("first", "Jane Marlow founded Quillon Works.");
    let second = ("second", "J. Marlow founded Brindle Group.");
    check(
        &[first, second],
        &[
            "organization/brindle-group",
            "organization/quillon-works",
            "person/j-marlow",
            "person/jane-marlow",
        ],
    );
}

fn same(turtle: &str) -> Result<Same, String> {
    let prefixes = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix person: <https://example.org/person/> .\n\
        @prefix wd: <http://www.wikidata.org/entity/> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";
    let file = File::new("same.ttl", format!("{prefixes}{turtle}"));
    Same::read(&[file], "https://example.org").map_err(|error| error.to_string())
}

#[track_caller]
fn by_rules(documents: &[(&str, &str)], turtle: &str, adopt_iris: bool) -> Graph {
    let rules = Rules { same: same(turtle).expect("a file that makes sense"), adopt_iris };
    graph_by(documents, &Lexicon::core(), &rules)
}

#[test]
fn a_user_says_who_is_who() {
    let documents =
        [("first", "Jane Marlow founded Quillon Works."), ("second", "J. Marlow founded Brindle Group.")];
    let graph = by_rules(&documents, "person:j-marlow owl:sameAs person:jane-marlow .", false);
    assert_eq!(
        iris(&graph),
        ["organization/brindle-group", "organization/quillon-works", "person/jane-marlow"]
    );
    let jane = graph.things().last().expect("Jane");
    assert_eq!((jane.label.as_str(), jane.alternative_labels.len()), ("Jane Marlow", 1));

    let public = "person:j-marlow owl:sameAs wd:Q4242 . wd:Q4242 owl:sameAs person:jane-marlow .";
    let graph = by_rules(&documents, public, false);
    assert_eq!(links(&graph, "Jane Marlow"), ["http://www.wikidata.org/entity/Q4242"]);
    let graph = by_rules(&documents, public, true);
    assert!(iris(&graph).contains(&"http://www.wikidata.org/entity/Q4242".to_owned()), "{:?}", iris(&graph));
}

#[test]
fn a_user_says_who_is_not_who() {
    let documents = [VAGUE, ("other", "Ida Holm founded Brindle Group.")];
    let apart = "<https://example.org/person/ida-holm#vague> owl:differentFrom <https://example.org/person/ida-holm#other> .";
    let people = |graph: &Graph| {
        iris(graph).into_iter().filter(|iri| iri.starts_with("person/ida")).collect::<Vec<_>>()
    };
    assert_eq!(
        people(&by_rules(&documents, apart, false)),
        ["person/ida-holm_other", "person/ida-holm_vague"]
    );
    let one = "<https://example.org/person/ida-holm#vague> owl:differentFrom person:ida-holm .";
    assert_eq!(people(&by_rules(&documents, one, false)), ["person/ida-holm", "person/ida-holm_vague"]);
    // What birth dates tell apart is one all the same if the user says so.
    let together =
        "<https://example.org/person/ida-holm#old> owl:sameAs <https://example.org/person/ida-holm#young> .";
    assert_eq!(people(&by_rules(&[OLD, YOUNG], together, false)), ["person/ida-holm"]);
    let called = "<https://example.org/person/ida-holm#young> owl:sameAs person:ida-h .";
    assert_eq!(people(&by_rules(&[OLD, YOUNG], called, false)), ["person/ida-h", "person/ida-holm"]);
}

#[test]
fn what_contradicts_itself_is_told_with_its_place() {
    for (turtle, expected) in [
        (
            "person:a owl:differentFrom person:a .",
            "same.ttl:5:28: <https://example.org/person/a> cannot be different",
        ),
        (
            "person:a owl:sameAs person:b .\nperson:c owl:sameAs person:b .\nperson:c owl:differentFrom person:a .",
            "same.ttl:7:28: <https://example.org/person/c> and <https://example.org/person/a> are said to be different here, \
             and the same by same.ttl:6:21 and same.ttl:5:21",
        ),
        (
            "person:a owl:sameas person:b .",
            "same.ttl:5:10: <http://www.w3.org/2002/07/owl#sameas> says nothing",
        ),
        ("person:a owl:sameAs \"b\" .", "same.ttl:5:21: expected an IRI on either side"),
        ("person:a owl:sameAs b:c .", "same.ttl:5:21: The prefix b: has not been declared"),
    ] {
        let error = same(turtle).expect_err(turtle);
        assert!(error.starts_with(expected), "{error}");
    }
    assert!(same("person:a rdfs:comment \"a note\" ; owl:differentFrom person:b .").is_ok());
}

#[test]
fn known_places_get_public_iris() {
    let check = |text: &str, label: &str, expected: &[&str]| {
        assert_eq!(links(&graph(&[("text", text)]), label), expected, "{text}");
    };
    check("Odo Lind was born in Norway.", "Norway", &["http://www.wikidata.org/entity/Q20"]);
    check("Odo Lind was born in the UK.", "UK", &["http://www.wikidata.org/entity/Q145"]);
    check("Odo Lind was born in Paris.", "Paris", &["https://sws.geonames.org/2988507/"]);
    check("Odo Lind was born in Paris, Texas.", "Paris", &["https://sws.geonames.org/4717560/"]);
    // A village that the list does not have.
    check("Odo Lind was born in Paris, Maine.", "Paris", &[]);
    // Two states of the world.
    check("Odo Lind was born in Georgia.", "Georgia", &[]);
    check(
        "Odo Lind was born in Georgia. He moved to Atlanta.",
        "Georgia",
        &["https://sws.geonames.org/4197000/"],
    );
    check(
        "Odo Lind was born in Georgia. He moved to Tbilisi.",
        "Georgia",
        &["http://www.wikidata.org/entity/Q230"],
    );
    check("Odo Lind lives in Hamilton.", "Hamilton", &[]);
    check(
        "Odo Lind, a Canadian painter, lives in Hamilton.",
        "Hamilton",
        &["https://sws.geonames.org/5969782/"],
    );
    // A person is no place.
    check("Paris Lind was born in Norway.", "Paris Lind", &[]);
}

#[test]
fn one_country_of_many_names_is_one_thing() {
    let documents = [("a", "Odo Lind was born in the UK."), ("b", "Ida Holm lives in the United Kingdom.")];
    check(&documents, &["person/ida-holm", "person/odo-lind", "place/united-kingdom"]);
}

#[test]
fn places_that_are_linked_to_different_ones_are_two() {
    let documents = [("a", "Odo Lind was born in Paris."), ("b", "Ida Holm lives in Paris, Texas.")];
    check(
        &documents,
        &["person/ida-holm", "person/odo-lind", "place/paris_2988507", "place/paris_4717560", "place/texas"],
    );
}

fn with_gazetteer(name: &str, text: &str) -> Result<Lexicon, String> {
    let lexicon = Lexicon::core();
    let known =
        Gazetteer::read(&[File::new(name, text)], lexicon.ontology()).map_err(|error| error.to_string())?;
    Ok(lexicon.with_gazetteer(known))
}

const TABLE: &str = "\
# Companies and people that we know.
name,aliases,class,iri,context
Quillon Works,Quillon|Quillon Works Ltd,company,https://known.example/quillon,
Ida Holm,,person,https://known.example/ida-1,ferry|Quillon Works
Ida Holm,,person,https://known.example/ida-2,https://known.example/brindle
Brindle Group,,tg:Organization,https://known.example/brindle,
\"Harbor, The\",,film,https://known.example/harbor,
";

#[test]
fn a_gazetteer_links_by_name_class_and_context() {
    let lexicon = with_gazetteer("known.csv", TABLE).expect("a table");
    let check = |text: &str, label: &str, expected: &[&str]| {
        let graph = graph_by(&[("text", text)], &lexicon, &Rules::default());
        assert_eq!(links(&graph, label), expected, "{text}");
    };
    check("Odo Lind founded Quillon Works.", "Quillon Works", &["https://known.example/quillon"]);
    // Two people, and nothing tells which, or one thing does.
    check("Ida Holm married Odo Lind.", "Ida Holm", &[]);
    check("Ida Holm bought a ferry. She married Odo Lind.", "Ida Holm", &["https://known.example/ida-1"]);
    check("Ida Holm founded Brindle Group.", "Ida Holm", &["https://known.example/ida-2"]);
    check("Ida Holm founded Brindle Group and bought a ferry.", "Ida Holm", &[]);
}

#[test]
fn a_gazetteer_gives_iris_if_asked() {
    let lexicon = with_gazetteer("known.csv", TABLE).expect("a table");
    let rules = Rules { adopt_iris: true, ..Rules::default() };
    let graph = graph_by(&[("text", "Odo Lind founded Quillon Works in Norway.")], &lexicon, &rules);
    let expected = ["http://www.wikidata.org/entity/Q20", "https://known.example/quillon", "person/odo-lind"];
    let found = iris(&graph);
    assert!(expected[1..].iter().all(|iri| found.iter().any(|found| found == iri)), "{found:?}");
    let facts = export::to_string(&graph, lexicon.ontology(), Format::Facts);
    assert!(facts.contains("\"iri\":\"https://known.example/quillon\""), "{facts}");
}

#[test]
fn a_gazetteer_may_be_turtle() {
    let turtle = r#"
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix known: <https://known.example/> .
known:quillon a schema:Organization ; rdfs:label "Quillon Works Limited"@en, "Quillonwerke"@de ;
    skos:altLabel "Quillon Works" ; schema:keywords "ferry, rope" .
"#;
    let lexicon = with_gazetteer("known.ttl", turtle).expect("Turtle");
    let graph = graph_by(&[("text", "Odo Lind founded Quillon Works.")], &lexicon, &Rules::default());
    assert_eq!(links(&graph, "Quillon Works"), ["https://known.example/quillon"]);
    // The document's name is the label, the usual one makes the IRI.
    assert!(iris(&graph).contains(&"organization/quillon-works-limited".to_owned()));
}

#[test]
fn a_gazetteer_that_is_wrong_says_where() {
    for (name, text, expected) in [
        ("a.csv", "name,alias,iri\n", "a.csv:1:1: no column is called \"alias\"; did you mean \"aliases\"?"),
        ("a.csv", "name,class\nA,person\n", "a.csv:1:1: expected a first line with the columns name and iri"),
        ("a.csv", "name,iri\nA,b\n", "a.csv:2:1: \"b\" is no IRI"),
        ("a.csv", "name,iri\n,urn:a\n", "a.csv:2:1: a thing needs a name"),
        ("a.csv", "name,class,iri\nA,persn,urn:a\n", "a.csv:2:1: no class is called \"persn\""),
        ("a.csv", "name,iri\nA,urn:a\nB,urn:b,c\n", "a.csv:3:1: 3 fields where the first line has 2"),
        ("a.ttl", "<urn:a> a <urn:b> .", "a.ttl:1:11: <urn:b> is no class of the ontology"),
        ("a.ttl", "<urn:a> a", "a.ttl:1:"),
    ] {
        let error = with_gazetteer(name, text).expect_err(text);
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn a_key_without_a_name_identifies() {
    let ships = r#"
@prefix : <https://ships.example/#> .
@prefix tg: <https://w3id.org/tellgraph/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Ship a owl:Class ; rdfs:label "ship" ; owl:hasKey ( :builtIn ) .
:builtIn a owl:DatatypeProperty ; rdfs:domain :Ship ; rdfs:range xsd:gYear ; tg:phrase "{subject} was built in {object}" .
"#;
    let lexicon = Lexicon::load(true, &[File::new("ships.ttl", ships)]).expect("an ontology");
    let documents =
        [("a", "The ship Solvei was built in 1987."), ("b", "Odo Lind admired the ship Brisling.")];
    let graph = graph_by(&documents, &lexicon, &Rules::default());
    assert_eq!(iris(&graph), ["person/odo-lind", "ship/1987", "ship/brisling"]);
}

/// What documents say of people of few names: enough to agree, to conflict and to leave open.
fn a_document() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["Ida Holm", "Odo Lind", "Mara Quill"]);
    let said = prop::sample::select(vec![
        "was born in 1950",
        "was born on 4 May 1950",
        "was born on 5 May 1950",
        "was born in 1987",
        "founded Quillon Works",
        "lives in Paris",
        "lives in Paris, Texas",
        "lives in Georgia",
        "lives in Atlanta",
    ]);
    let sentence = (name, said).prop_map(|(name, said)| format!("{name} {said}. "));
    prop::collection::vec(sentence, 1..4).prop_map(|sentences| sentences.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_documents_does_not_show(
        (documents, shuffled) in prop::collection::vec(a_document(), 1..6).prop_flat_map(|documents| {
            let numbered: Vec<(usize, String)> = documents.into_iter().enumerate().collect();
            (Just(numbered.clone()), Just(numbered).prop_shuffle())
        }),
        adopt_iris in any::<bool>(),
    ) {
        let lexicon = Lexicon::core();
        let said = "<https://example.org/person/ida-holm#0> owl:differentFrom <https://example.org/person/ida-holm#1> .\n\
            <https://example.org/person/ida-holm#2> owl:sameAs <https://example.org/person/odo-lind#1> .\n\
            person:mara-quill owl:sameAs person:mara .";
        for turtle in ["", said] {
            let rules = Rules { same: same(turtle).expect("a file"), adopt_iris };
            let turtle = |documents: &[(usize, String)]| {
                let graphs = documents.iter().map(|(id, text)| extract(&Source::plain(id.to_string(), text.clone()), &lexicon));
                let graph = unite(graphs.collect(), &rules, lexicon.ontology());
                export::to_string(&graph, lexicon.ontology(), Format::Turtle)
            };
            prop_assert_eq!(turtle(&documents), turtle(&shuffled));
        }
    }
}
