//! Prefixes: short names for the namespaces that a graph's IRIs come from.

use std::collections::BTreeSet;

use oxrdf::{NamedNodeRef, NamedOrBlankNodeRef, TermRef, Triple};

use crate::ontology::Ontology;

/// Well-known prefixes that need no declaration in an ontology.
const WELL_KNOWN: [(&str, &str); 5] = [
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Prefixes and their namespaces: both unique, and no prefix equal to the scheme of an IRI in the graph.
pub(super) struct Prefixes {
    /// With whether anything was shortened by it; longer namespaces first.
    entries: Vec<(String, String, bool)>,
}

impl Prefixes {
    /// The ontology's prefixes, well-known ones, and one for each class of things in the graph ("person:").
    pub(super) fn of(triples: &[Triple], ontology: &Ontology) -> Self {
        let mut prefixes = Self { entries: Vec::new() };
        let schemes: BTreeSet<&str> =
            iris(triples).filter_map(|iri| iri.as_str().split(':').next()).collect();
        let declared =
            ontology.prefixes().iter().map(|(prefix, namespace)| (prefix.as_str(), namespace.as_str()));
        for (prefix, namespace) in declared.chain(WELL_KNOWN) {
            if !schemes.contains(prefix) {
                prefixes.add(prefix, namespace);
            }
        }
        let subjects: BTreeSet<&str> =
            triples.iter().filter_map(|triple| instance_namespace(triple.subject.as_ref())).collect();
        for namespace in subjects {
            let segment = namespace[..namespace.len() - 1].rsplit('/').next().unwrap_or_default();
            if segment.starts_with(|c: char| c.is_ascii_lowercase())
                && is_local_name(segment)
                && !schemes.contains(segment)
            {
                prefixes.add(segment, namespace);
            }
        }
        prefixes
            .entries
            .sort_by_key(|(prefix, namespace, _)| (std::cmp::Reverse(namespace.len()), prefix.clone()));
        prefixes
    }

    /// Leaves out prefixes that a format cannot use.
    pub(super) fn retain(&mut self, keep: impl Fn(&str, &str) -> bool) {
        self.entries.retain(|(prefix, namespace, _)| keep(prefix, namespace));
    }

    fn add(&mut self, prefix: &str, namespace: &str) {
        if self
            .entries
            .iter()
            .all(|(known, known_namespace, _)| known != prefix && known_namespace != namespace)
        {
            self.entries.push((prefix.to_owned(), namespace.to_owned(), false));
        }
    }

    /// "person:ada-park" for an IRI, if a prefix fits and the rest is plain letters, digits, `_` and `-`.
    pub(super) fn shorten(&mut self, iri: &str) -> Option<String> {
        let fits = |namespace: &str| iri.strip_prefix(namespace).filter(|rest| is_local_name(rest));
        self.entries.iter_mut().find_map(|(prefix, namespace, used)| {
            let local = fits(namespace)?;
            *used = true;
            Some(format!("{prefix}:{local}"))
        })
    }

    /// Whether any IRI could be shortened by a prefix of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(prefix, ..)| prefix == name)
    }

    /// The prefixes that something was shortened by, with their namespaces; by prefix.
    pub(super) fn used(&self) -> Vec<(&str, &str)> {
        let used = self.entries.iter().filter(|(.., used)| *used);
        let mut used: Vec<_> =
            used.map(|(prefix, namespace, _)| (prefix.as_str(), namespace.as_str())).collect();
        used.sort_unstable();
        used
    }
}

/// Whether a name can follow a prefix without escapes in every format.
pub(super) fn is_local_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('-')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// All that stands before the last part of a thing's IRI, with its slash.
fn instance_namespace(subject: NamedOrBlankNodeRef<'_>) -> Option<&str> {
    let NamedOrBlankNodeRef::NamedNode(node) = subject else { return None };
    let iri = node.as_str();
    iri.rfind('/').map(|slash| &iri[..=slash])
}

/// Every IRI in the triples.
fn iris(triples: &[Triple]) -> impl Iterator<Item = NamedNodeRef<'_>> {
    triples.iter().flat_map(|triple| {
        let subject = match triple.subject.as_ref() {
            NamedOrBlankNodeRef::NamedNode(node) => Some(node),
            NamedOrBlankNodeRef::BlankNode(_) => None,
        };
        let object = match triple.object.as_ref() {
            TermRef::NamedNode(node) => Some(node),
            TermRef::Literal(literal) => Some(literal.datatype()),
            TermRef::BlankNode(_) => None,
        };
        [subject, Some(triple.predicate.as_ref()), object].into_iter().flatten()
    })
}
