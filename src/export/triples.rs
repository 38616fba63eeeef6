//! Triples: the graph as RDF says it, in the one order that all RDF formats share.

use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, TermRef, Triple};

use crate::graph::{Graph, Thing};

const ALTERNATIVE_LABEL: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#altLabel");

const SAME_AS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#sameAs");

/// Every triple once: by subject, its classes first, then its label, then by property and object.
pub(super) fn of(graph: &Graph) -> Vec<Triple> {
    let mut triples = Vec::new();
    for thing in graph.things() {
        let start = triples.len();
        add(graph, thing, &mut triples);
        triples[start..].sort_by(|a, b| key(a).cmp(&key(b)));
    }
    triples.dedup();
    triples
}

fn add(graph: &Graph, thing: &Thing, triples: &mut Vec<Triple>) {
    let mut say = |property: NamedNodeRef<'_>, object: Term| {
        triples.push(Triple::new(thing.iri.clone(), property.into_owned(), object));
    };
    for class in &thing.classes {
        say(rdf::TYPE, class.clone().into());
    }
    say(rdfs::LABEL, Literal::new_simple_literal(&thing.label).into());
    for label in &thing.alternative_labels {
        say(ALTERNATIVE_LABEL, Literal::new_simple_literal(label).into());
    }
    for link in &thing.links {
        say(SAME_AS, link.iri.clone().into());
    }
    for (property, value, _) in graph.values_of(thing) {
        say(property.as_ref(), value.clone().into());
    }
    for (statement, object) in graph.statements_of(&thing.iri) {
        say(statement.property.as_ref(), object.iri.clone().into());
    }
}

/// What the triples of one subject are sorted by.
fn key(triple: &Triple) -> (usize, &NamedNode, usize, &str, NamedNodeRef<'_>, Option<&str>) {
    let first = [rdf::TYPE, rdfs::LABEL];
    let rank =
        first.iter().position(|property| *property == triple.predicate.as_ref()).unwrap_or(first.len());
    match triple.object.as_ref() {
        TermRef::Literal(literal) => {
            (rank, &triple.predicate, 1, literal.value(), literal.datatype(), literal.language())
        }
        TermRef::NamedNode(node) => (rank, &triple.predicate, 0, node.as_str(), node, None),
        TermRef::BlankNode(node) => (rank, &triple.predicate, 2, node.as_str(), rdf::NIL, None),
    }
}
