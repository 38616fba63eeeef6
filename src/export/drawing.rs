//! Drawing: what people look at, made from a graph. Pictures, the page and the tables are all written from it.

pub(super) mod layout;
pub(super) mod style;
pub(super) mod text;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use oxrdf::{Literal, NamedNode};
use serde::Serialize;

use crate::graph::{Evidence, EvidenceId, Graph, Statement, Thing};
use crate::ontology::{Ontology, local_name};
use style::Style;

/// Things and what is said of them, with labels for everything that has an IRI; sorted as the graph is.
pub(super) struct Drawing<'g> {
    pub nodes: Vec<Node<'g>>,
    pub edges: Vec<Edge<'g>>,
}

/// A class or property, by its IRI and what people call it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub(super) struct Term {
    pub label: String,
    pub iri: String,
}

/// A thing.
pub(super) struct Node<'g> {
    pub thing: &'g Thing,
    /// At least one: of a thing whose class nothing tells, `owl:Thing`.
    pub classes: Vec<Term>,
    pub style: Style,
    /// What is said of it in literals.
    pub values: Vec<Value<'g>>,
}

/// A literal that is said of a thing.
pub(super) struct Value<'g> {
    pub property: Term,
    pub value: &'g Literal,
    pub evidence: Vec<&'g Evidence>,
}

/// A statement, from one node to another by their places in the drawing.
pub(super) struct Edge<'g> {
    pub subject: usize,
    pub object: usize,
    pub property: Term,
    /// Whether it reads the same both ways, so that its line has no arrow head.
    pub symmetric: bool,
    pub evidence: Vec<&'g Evidence>,
}

/// The most sentences that a tooltip shows.
const MOST_QUOTES: usize = 5;

impl<'g> Drawing<'g> {
    pub(super) fn of(graph: &'g Graph, ontology: &Ontology) -> Self {
        let nodes: Vec<Node> = graph.things().map(|thing| Node::of(thing, graph, ontology)).collect();
        let places: HashMap<&NamedNode, usize> =
            nodes.iter().enumerate().map(|(place, node)| (&node.thing.iri, place)).collect();
        let edge = |(subject, statement, object): (&Thing, &'g Statement, &Thing)| Edge {
            subject: places[&subject.iri],
            object: places[&object.iri],
            property: property(&statement.property, ontology),
            symmetric: is_symmetric(&statement.property, ontology),
            evidence: sorted(graph, &statement.evidence),
        };
        let edges = graph.statements().map(edge).collect();
        Self { nodes, edges }
    }

    /// The classes that things are shown as, with their looks; core classes first, then by label.
    pub(super) fn legend(&self) -> Vec<(&Term, Style)> {
        let shown: BTreeMap<(usize, &Term), Style> =
            self.nodes.iter().map(|node| ((node.style.rank, node.class()), node.style)).collect();
        shown.into_iter().map(|((_, class), style)| (class, style)).collect()
    }
}

impl<'g> Node<'g> {
    fn of(thing: &'g Thing, graph: &'g Graph, ontology: &Ontology) -> Self {
        let value = |(property_iri, value, ids): (&NamedNode, &'g Literal, &[EvidenceId])| Value {
            property: property(property_iri, ontology),
            value,
            evidence: sorted(graph, ids),
        };
        let mut classes: Vec<Term> = thing.classes.iter().map(|iri| class(iri, ontology)).collect();
        if classes.is_empty() {
            classes.push(Term { label: "thing".to_owned(), iri: style::THING.to_owned() });
        }
        let style = style::of(&classes[0].iri, ontology);
        Self { thing, classes, style, values: graph.values_of(thing).into_iter().map(value).collect() }
    }

    /// The class that it is shown as.
    pub(super) fn class(&self) -> &Term {
        &self.classes[0]
    }

    /// Its name and values as a picture shows them; of each how many lines it takes is for [`text`] to say.
    pub(super) fn lines(&self) -> Vec<String> {
        let values = self.values.iter().map(|value| format!("{}: {}", value.property.label, value.shown()));
        std::iter::once(self.thing.label.clone()).chain(values).map(|line| text::shown(&line)).collect()
    }

    /// Its name and classes, and the sentences that tell its values.
    pub(super) fn tooltip(&self) -> String {
        let classes: Vec<&str> = self.classes.iter().map(|class| class.label.as_str()).collect();
        let mut lines = vec![format!("{} ({})", text::cut(&self.thing.label), classes.join(", "))];
        lines.extend(quotes(self.values.iter().flat_map(|value| &value.evidence).copied()));
        lines.join("\n")
    }
}

impl Value<'_> {
    /// The value, and its language if it has one.
    pub(super) fn shown(&self) -> Cow<'_, str> {
        match self.value.language() {
            Some(language) => format!("{} ({language})", self.value.value()).into(),
            None => self.value.value().into(),
        }
    }
}

impl Edge<'_> {
    /// What it says, and the sentences that say so.
    pub(super) fn tooltip(&self, nodes: &[Node]) -> String {
        let name = |place: usize| text::cut(&nodes[place].thing.label);
        let line = format!("{} – {} – {}", name(self.subject), self.property.label, name(self.object));
        std::iter::once(line).chain(quotes(self.evidence.iter().copied())).collect::<Vec<_>>().join("\n")
    }
}

/// How sure the surest of the places is that say something; `None` where only the surroundings of a text do.
pub(super) fn confidence(evidence: &[&Evidence]) -> Option<f32> {
    evidence.iter().map(|evidence| evidence.confidence).max_by(f32::total_cmp)
}

/// Whether a browser may follow an IRI: one of another scheme (`javascript:`) could do anything.
pub(super) fn is_web_address(iri: &str) -> bool {
    iri.split_once("://").is_some_and(|(scheme, _)| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    })
}

/// The evidence in the order of documents' names and of their texts, so that the order of reading does not show.
fn sorted<'g>(graph: &'g Graph, ids: &[EvidenceId]) -> Vec<&'g Evidence> {
    let mut evidence: Vec<&Evidence> = ids.iter().map(|id| graph.evidence(*id)).collect();
    evidence.sort_by(|a, b| in_text(a).cmp(&in_text(b)).then(a.confidence.total_cmp(&b.confidence)));
    evidence
}

/// Where in which document something is said.
pub(super) fn in_text(evidence: &Evidence) -> impl Ord {
    let Evidence { document, sentence, subject, object, rule, .. } = evidence;
    (document, sentence.start, subject.start, object.start, rule)
}

/// The first sentences that say something, each once, with how sure it is.
fn quotes<'e>(evidence: impl Iterator<Item = &'e Evidence>) -> Vec<String> {
    let mut quotes: Vec<(String, f32)> = Vec::new();
    for evidence in evidence {
        let quote = text::cut(&evidence.quote);
        if let Some((_, confidence)) = quotes.iter_mut().find(|(known, _)| *known == quote) {
            *confidence = confidence.max(evidence.confidence);
        } else if quotes.len() < MOST_QUOTES {
            quotes.push((quote, evidence.confidence));
        }
    }
    quotes.into_iter().map(|(quote, confidence)| format!("{quote} ({confidence:.2})")).collect()
}

/// A property with its label in the ontology, or else its local name.
fn property(iri: &NamedNode, ontology: &Ontology) -> Term {
    let known = ontology.property_named(iri.as_str()).map(|id| ontology.property(id).label.clone());
    term(iri, known)
}

fn class(iri: &NamedNode, ontology: &Ontology) -> Term {
    term(iri, ontology.class_named(iri.as_str()).map(|id| ontology.class(id).label.clone()))
}

fn term(iri: &NamedNode, label: Option<String>) -> Term {
    let label = label.unwrap_or_else(|| local_name(iri.as_str()).to_owned());
    Term { label, iri: iri.as_str().to_owned() }
}

fn is_symmetric(property: &NamedNode, ontology: &Ontology) -> bool {
    ontology.property_named(property.as_str()).is_some_and(|id| ontology.property(id).symmetric)
}
