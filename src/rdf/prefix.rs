//! Prefixes: short names for the namespaces that a graph's IRIs come from.

use std::collections::{HashMap, HashSet};

use rustc_hash::FxHashMap;

use super::read::Prefix;
use super::{Dataset, Term};

/// Well-known prefixes that need no declaration.
const WELL_KNOWN: [(&str, &str); 11] = [
    ("dcterms", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The most namespaces of subjects that get a prefix though nobody declared one.
const MOST_FOUND: usize = 64;

/// Prefixes and their namespaces: both unique, and no prefix equal to the scheme of an IRI in the dataset.
#[derive(Clone)]
pub(super) struct Prefixes {
    /// With whether anything was shortened by it.
    entries: Vec<(Prefix, bool)>,
    by_namespace: FxHashMap<String, usize>,
}

impl Prefixes {
    /// Declared prefixes, well-known ones, and one for each class of things ("person:").
    pub(super) fn of(datasets: &[&Dataset], declared: &[Prefix]) -> Self {
        let mut prefixes = Self { entries: Vec::new(), by_namespace: FxHashMap::default() };
        let (schemes, namespaces) = survey(datasets);
        let declared = declared.iter().map(|(prefix, namespace)| (prefix.as_str(), namespace.as_str()));
        for (prefix, namespace) in declared.chain(WELL_KNOWN) {
            if !schemes.contains(prefix) && is_prefix(prefix) {
                prefixes.add(prefix, namespace);
            }
        }
        for namespace in namespaces {
            let segment = namespace[..namespace.len() - 1].rsplit('/').next().unwrap_or_default();
            if segment.starts_with(|c: char| c.is_ascii_lowercase())
                && is_local_name(segment)
                && !schemes.contains(segment)
            {
                prefixes.add(segment, namespace);
            }
        }
        prefixes
    }

    /// Leaves out prefixes that a format cannot use.
    pub(super) fn retain(&mut self, keep: impl Fn(&str, &str) -> bool) {
        self.entries.retain(|((prefix, namespace), _)| keep(prefix, namespace));
        let places = self.entries.iter().enumerate();
        self.by_namespace = places.map(|(place, ((_, namespace), _))| (namespace.clone(), place)).collect();
    }

    fn add(&mut self, prefix: &str, namespace: &str) {
        let is_taken = self.entries.iter().any(|((known, _), _)| known == prefix);
        if !is_taken && !self.by_namespace.contains_key(namespace) {
            self.by_namespace.insert(namespace.to_owned(), self.entries.len());
            self.entries.push(((prefix.to_owned(), namespace.to_owned()), false));
        }
    }

    /// The prefix and the rest ("person", "ada-park") of an IRI, if one is declared for all but its last part.
    pub(super) fn shorten<'i>(&mut self, iri: &'i str) -> Option<(&str, &'i str)> {
        let (namespace, local) = split(iri)?;
        Some((self.of_namespace(namespace)?, local))
    }

    /// The same, for a text that does not declare its prefixes.
    pub(super) fn find<'i>(&self, iri: &'i str) -> Option<(&str, &'i str)> {
        let (namespace, local) = split(iri)?;
        let ((prefix, _), _) = &self.entries[*self.by_namespace.get(namespace)?];
        Some((prefix, local))
    }

    /// The prefix of a namespace.
    pub(super) fn of_namespace(&mut self, namespace: &str) -> Option<&str> {
        let ((prefix, _), used) = &mut self.entries[*self.by_namespace.get(namespace)?];
        *used = true;
        Some(prefix)
    }

    /// Takes those that something was shortened by in a copy of these as used.
    pub(super) fn use_too(&mut self, copy: &Self) {
        for ((_, used), (_, used_there)) in self.entries.iter_mut().zip(&copy.entries) {
            *used |= used_there;
        }
    }

    /// Whether any IRI could be shortened by a prefix of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|((prefix, _), _)| prefix == name)
    }

    pub(super) fn all(self) -> Vec<Prefix> {
        self.entries.into_iter().map(|(prefix, _)| prefix).collect()
    }

    /// The prefixes that something was shortened by, with their namespaces; by prefix.
    pub(super) fn used(&self) -> Vec<(&str, &str)> {
        let used = self.entries.iter().filter(|(_, used)| *used);
        let mut used: Vec<_> =
            used.map(|((prefix, namespace), _)| (prefix.as_str(), namespace.as_str())).collect();
        used.sort_unstable();
        used
    }
}

/// Whether a name can be a prefix in every format: none, or one that begins with a letter.
fn is_prefix(name: &str) -> bool {
    name.bytes().all(is_local_byte) && !name.starts_with(|c: char| !c.is_ascii_alphabetic())
}

/// An IRI cut before its last part, if that can follow a prefix.
fn split(iri: &str) -> Option<(&str, &str)> {
    let local = iri.bytes().rev().take_while(|byte| is_local_byte(*byte)).count();
    let (namespace, local) = iri.split_at(iri.len() - local);
    is_local_name(local).then_some((namespace, local))
}

fn is_local_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Whether a name can follow a prefix without escapes in every format.
pub(super) fn is_local_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('-') && name.bytes().all(is_local_byte)
}

/// The schemes of all IRIs, and the namespaces of subjects that end in a slash: the most common, the shallow before the deep,
/// so that `.../person/` is called "person" before what a document of that name holds, by their letters.
fn survey<'d>(datasets: &[&'d Dataset]) -> (HashSet<&'d str>, Vec<&'d str>) {
    let mut schemes = HashSet::new();
    let mut namespaces: HashMap<&str, usize> = HashMap::new();
    // Neighbours are alike, and comparing is quicker than looking up.
    let (mut last_scheme, mut last_subject) = ("", "");
    for quad in datasets.iter().flat_map(|dataset| dataset.quads()) {
        let mut see = |iri: &'d str| {
            let scheme = iri.split(':').next().unwrap_or_default();
            if scheme != last_scheme {
                schemes.insert(scheme);
                last_scheme = scheme;
            }
        };
        see(quad.predicate);
        for term in [Some(quad.subject), Some(quad.object), quad.graph].into_iter().flatten() {
            each_iri(term, &mut see);
        }
        if let Some(iri) = quad.subject.iri().filter(|iri| *iri != last_subject) {
            last_subject = iri;
            if let Some(slash) = iri.rfind('/') {
                *namespaces.entry(&iri[..=slash]).or_default() += 1;
            }
        }
    }
    let mut namespaces: Vec<(&str, usize)> = namespaces.into_iter().collect();
    namespaces.sort_unstable_by_key(|(namespace, count)| (std::cmp::Reverse(*count), *namespace));
    namespaces.truncate(MOST_FOUND);
    let mut namespaces: Vec<&str> = namespaces.into_iter().map(|(namespace, _)| namespace).collect();
    namespaces.sort_unstable_by_key(|namespace| (namespace.matches('/').count(), *namespace));
    (schemes, namespaces)
}

fn each_iri<'a>(term: Term<'a>, see: &mut impl FnMut(&'a str)) {
    match term {
        Term::Iri(iri) => see(iri),
        Term::Literal { .. } => term.datatype().into_iter().for_each(see),
        Term::Blank(_) => {}
        Term::Triple(parts) => parts.into_iter().for_each(|part| each_iri(Term::read(part), see)),
    }
}
