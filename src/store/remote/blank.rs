//! Blank nodes that one request alone cannot carry, made IRIs (RDF 1.1, section 3.5).
//!
//! A blank node is one node inside one request only. So one that two graphs share, or that the pieces of a large graph
//! share, would come apart in the store. It gets an IRI that the same dataset always gives.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use super::document::Document;
use super::hex;
use crate::rdf::{Dataset, Quad, Term};

/// The labels of all blank nodes.
pub(super) fn all(dataset: &Dataset) -> HashSet<&str> {
    let mut found = HashSet::new();
    for quad in dataset.quads() {
        each(quad, &mut |label| {
            found.insert(label);
        });
    }
    found
}

/// The labels of those that stand in more than one document, in a document and what is said of it, in the name of a graph,
/// or in a document that goes in pieces.
pub(super) fn shared<'d>(
    dataset: &'d Dataset,
    documents: &[Document<'_>],
    in_pieces: impl Fn(&Document<'_>) -> bool,
) -> HashSet<&'d str> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut shared = HashSet::new();
    for quad in dataset.quads() {
        if let Some(Term::Blank(label)) = quad.graph {
            shared.insert(label);
        }
    }
    for (number, document) in documents.iter().enumerate() {
        let is_cut = in_pieces(document);
        for (part, rows) in [&document.statements, &document.about].into_iter().enumerate() {
            for place in rows {
                each(dataset.get(*place), &mut |label| {
                    let here = 2 * number + part;
                    if is_cut || *places.entry(label).or_insert(here) != here {
                        shared.insert(label);
                    }
                });
            }
        }
    }
    shared
}

/// The dataset with IRIs in place of some blank nodes, sorted.
pub(super) fn named(dataset: &Dataset, labels: &HashSet<&str>, base: &str) -> Dataset {
    let mut hash = Sha256::new();
    for quad in dataset.quads() {
        let mut has_any = false;
        each(quad, &mut |_| has_any = true);
        if has_any {
            hash.update(format!("{} {} {}\n", quad.subject, quad.predicate, quad.object));
        }
    }
    let hash = hex(&hash.finalize()[..8]);
    let iri =
        |label: &str| labels.contains(label).then(|| format!("<{base}/.well-known/genid/{hash}/{label}>"));
    let mut renamed = Dataset::default();
    for quad in dataset.quads() {
        let (subject, object) = (rename(quad.subject, &iri), rename(quad.object, &iri));
        let graph = quad.graph.map(|graph| rename(graph, &iri));
        renamed.push_terms(Quad {
            subject: Term::read(&subject),
            predicate: quad.predicate,
            object: Term::read(&object),
            graph: graph.as_deref().map(Term::read),
        });
    }
    renamed.sort();
    renamed
}

/// Calls `take` with every blank node of a statement, but the name of its graph.
pub(super) fn each<'d>(quad: Quad<'d>, take: &mut impl FnMut(&'d str)) {
    each_of(quad.subject, take);
    each_of(quad.object, take);
}

fn each_of<'d>(term: Term<'d>, take: &mut impl FnMut(&'d str)) {
    match term {
        Term::Blank(label) => take(label),
        Term::Triple([subject, _, object]) => {
            each_of(Term::read(subject), take);
            each_of(Term::read(object), take);
        }
        Term::Iri(_) | Term::Literal { .. } => {}
    }
}

fn rename(term: Term<'_>, iri: &impl Fn(&str) -> Option<String>) -> String {
    match term {
        Term::Blank(label) => iri(label).unwrap_or_else(|| term.to_string()),
        Term::Triple(parts) => {
            let [subject, predicate, object] = parts.map(|part| rename(Term::read(part), iri));
            Term::Triple([&subject, &predicate, &object]).to_string()
        }
        Term::Iri(_) | Term::Literal { .. } => term.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::documents;
    use super::*;
    use crate::rdf::{Reader, Syntax};

    #[test]
    fn a_node_of_two_graphs_gets_an_iri() {
        let text = "<urn:a:s> <urn:a:p> _:own <urn:g:1> .\n<urn:a:s> <urn:a:p> _:both <urn:g:1> .\n\
            _:both <urn:a:p> <<( _:both <urn:a:p> _:two )>> <urn:g:2> .\n_:two <urn:a:p> _:two <urn:g:2> .\n\
            _:two <urn:a:p> <urn:a:o> _:graph .\n";
        let mut reader = Reader::new(1);
        reader.read("x.nq", text.as_bytes(), Syntax::NQuads, "").unwrap();
        let dataset = reader.finish().0;
        let labels = shared(&dataset, &documents(&dataset, false), |_| false);
        assert_eq!(labels, HashSet::from(["both", "graph"]));
        assert_eq!(all(&dataset).len(), 3);
        let renamed = named(&dataset, &labels, "http://a.example");
        let again = shared(&renamed, &documents(&renamed, false), |_| false);
        assert_eq!(again, HashSet::from(["two"]), "once its graph has a name, it stands in two");
        assert_eq!(renamed.len(), dataset.len());
    }
}
