//! Evidence in RDF points at the very words, in every form, and comes back when it is read.

use tellgraph::export::{Evidence, Options, Terms, dataset};
use tellgraph::rdf::{Dataset, Quad, Syntax, Term};
use tellgraph::{Graph, Lexicon, Source, extract, graph, rdf};

const TEXT: &str =
    "Zoë Park 💍 founded Lumen Works in Oslo. Zoë Park directed the film Harbor Song. Bo Lind is a baker.";

fn told() -> (Graph, Lexicon) {
    let lexicon = Lexicon::core();
    (extract(&Source::plain("a note", TEXT), &lexicon), lexicon)
}

fn written(evidence: Evidence, terms: Terms) -> Dataset {
    let (graph, lexicon) = told();
    dataset(&graph, lexicon.ontology(), &Options { evidence, terms, ..Options::default() })
}

fn objects<'d>(dataset: &'d Dataset, subject: Term<'d>, predicate: &str) -> Vec<Term<'d>> {
    let all = dataset.quads().filter(|quad| quad.subject == subject && quad.predicate.ends_with(predicate));
    all.map(|quad| quad.object).collect()
}

#[test]
fn annotations_select_the_words_that_they_quote() {
    let dataset = written(Evidence::Span, Terms::Core);
    let characters: Vec<char> = TEXT.chars().collect();
    let targets: Vec<Quad<'_>> =
        dataset.quads().filter(|quad| quad.predicate.ends_with("hasSelector")).collect();
    assert!(targets.len() >= 12);
    for target in targets.chunks(2) {
        let one = |predicate: &str| {
            let all = target.iter().flat_map(|quad| objects(&dataset, quad.object, predicate));
            all.filter_map(Term::value).next().unwrap_or_default().into_owned()
        };
        let (start, end): (usize, usize) = (one("#start").parse().unwrap(), one("#end").parse().unwrap());
        let words: String = characters[start..end].iter().collect();
        assert_eq!(words, one("#exact"));
        let before: String = characters[..start].iter().collect();
        let after: String = characters[end..].iter().collect();
        assert!(before.ends_with(&one("#prefix")) && after.starts_with(&one("#suffix")), "{words}");
    }
}

#[test]
fn each_stated_fact_has_evidence_and_none_has_blank_nodes() {
    for terms in [Terms::Core, Terms::Schema, Terms::Both] {
        let plain = written(Evidence::None, terms);
        for evidence in [Evidence::Graph, Evidence::Statement, Evidence::Span] {
            let dataset = written(evidence, terms);
            assert!(dataset.quads().all(
                |quad| !matches!(quad.subject, Term::Blank(_)) && !matches!(quad.object, Term::Blank(_))
            ));
            // The statements themselves are all there, whatever else is.
            for quad in plain.quads() {
                let is_there = dataset.quads().any(|it| Quad { graph: None, ..it } == quad);
                assert!(is_there, "{evidence:?} {terms:?}: {quad:?}");
            }
        }
    }
}

#[test]
fn documents_have_graphs() {
    let dataset = written(Evidence::Graph, Terms::Core);
    let graph = Term::Iri("https://example.org/document/a%20note");
    let inside = dataset.quads().filter(|quad| quad.graph == Some(graph)).count();
    let outside = dataset.quads().filter(|quad| quad.graph.is_none()).count();
    assert!(inside > 8 && outside == 8, "{inside} {outside}");
    let source = objects(&dataset, graph, "wasDerivedFrom");
    assert_eq!(source, [Term::Iri("https://example.org/source/a%20note")]);
    assert!(!dataset.quads().any(|quad| quad.predicate.ends_with("generatedAtTime")));
}

#[test]
fn other_vocabularies_say_the_same_the_other_way_round() {
    let dataset = written(Evidence::None, Terms::Schema);
    let says = |subject: &str, predicate: &str, object: &str| {
        let (subject, object) =
            (format!("https://example.org/{subject}"), format!("https://example.org/{object}"));
        let predicate = format!("https://schema.org/{predicate}");
        dataset.quads().any(|it| {
            it.subject == Term::Iri(&subject) && it.predicate == predicate && it.object == Term::Iri(&object)
        })
    };
    assert!(says("organization/lumen-works", "founder", "person/zoe-park"));
    assert!(says("work/harbor-song", "director", "person/zoe-park"));
    assert!(dataset.quads().all(|quad| !quad.predicate.contains("tellgraph")));
    let both = written(Evidence::None, Terms::Both);
    assert!(both.quads().any(|quad| quad.predicate.ends_with("core#founderOf")));
    assert!(both.quads().any(|quad| quad.predicate == "https://schema.org/founder"));
}

#[test]
fn evidence_is_read_back() {
    let (graph, lexicon) = told();
    let stated = |graph: &Graph| -> Vec<(String, String, String, f32)> {
        let mut all: Vec<_> = graph
            .statements()
            .flat_map(|(_, statement, _)| statement.evidence.iter().map(|id| graph.evidence(*id)))
            .map(|it| {
                (it.property.clone(), it.quote.clone(), it.rule.clone(), (it.confidence * 1000.0).round())
            })
            .collect();
        all.sort_by(|one, other| one.partial_cmp(other).unwrap());
        all
    };
    assert!(stated(&graph).len() >= 2);
    for form in [Evidence::Statement, Evidence::Span] {
        let again = graph::read(&written(form, Terms::Core), lexicon.ontology());
        assert_eq!(stated(&again), stated(&graph), "{form:?}");
        assert_eq!(again.thing_count(), graph.thing_count(), "{form:?}");
        assert_eq!(again.documents()[0].id, "a note");
    }
    let again = graph::read(&written(Evidence::Span, Terms::Core), lexicon.ontology());
    for evidence in again.all_evidence() {
        let words: String = TEXT
            .chars()
            .skip(evidence.subject.start)
            .take(evidence.subject.end - evidence.subject.start)
            .collect();
        assert_eq!(words, evidence.subject.text);
    }
}

#[test]
fn frames_put_what_is_pointed_to_inside() {
    let dataset = written(Evidence::None, Terms::Schema);
    let mut text = Vec::new();
    rdf::write_framed(&dataset, &[], &["https://schema.org/Movie"], &mut text).unwrap();
    let document: serde_json::Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(document["@type"], "Movie", "{document:#}");
    assert_eq!(document["director"]["name"], "Zoë Park", "{document:#}");
    let mut reader = rdf::Reader::new(1);
    reader.read("framed", &text, Syntax::JsonLd, "http://b.example/").unwrap();
    let framed = reader.finish().0;
    assert!(framed.quads().all(|quad| dataset.quads().any(|it| it == quad)));
}
