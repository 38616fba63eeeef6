//! The context of a JSON-LD document: what its short names mean.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::vocab::rdf;
use oxrdf::{NamedNode, NamedNodeRef, Term, TermRef, Triple};
use serde_json::{Map, Value, json};

use super::super::local_name;
use super::super::prefix::{Prefixes, is_local_name};
use super::own_datatype;
use crate::ontology::Ontology;

/// How a plain string is read as a property's value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Coercion {
    None,
    /// As the IRI of a thing.
    Identifier,
    /// As a literal of this datatype.
    Datatype(NamedNode),
}

/// The names of classes and properties, and the prefixes of all other IRIs.
pub(super) struct Context {
    prefixes: Prefixes,
    /// By IRI; an IRI without a term goes by a prefix, or is written whole.
    terms: BTreeMap<NamedNode, String>,
    /// For each property with a term.
    coercions: BTreeMap<NamedNode, Coercion>,
    classes: BTreeSet<NamedNode>,
}

impl Context {
    /// Terms for all classes and properties used, but where two have the same local name.
    pub(super) fn of(triples: &[Triple], ontology: &Ontology) -> Self {
        let mut prefixes = Prefixes::of(triples, ontology);
        // JSON-LD 1.1 takes a plain entry of the context as a prefix only if it ends so (section 4.1.5).
        prefixes.retain(|prefix, namespace| !prefix.is_empty() && namespace.ends_with(['/', '#', ':', '?']));
        let is_type = |triple: &&Triple| triple.predicate.as_ref() == rdf::TYPE;
        let classes: BTreeSet<NamedNode> =
            triples.iter().filter(is_type).filter_map(|triple| named(&triple.object)).collect();
        let others = triples.iter().filter(|triple| !is_type(triple));
        let properties: BTreeSet<NamedNode> = others.map(|triple| triple.predicate.clone()).collect();
        let terms = terms(classes.union(&properties), &prefixes);
        let mut coercions = coercions(triples);
        coercions.retain(|property, _| terms.contains_key(property));
        Self { prefixes, terms, coercions, classes }
    }

    /// How the property's plain values are read.
    pub(super) fn coercion(&self, property: NamedNodeRef<'_>) -> Coercion {
        self.coercions.get(&property.into_owned()).cloned().unwrap_or(Coercion::None)
    }

    /// An IRI for use as an `@id`, where terms have no meaning.
    pub(super) fn shorten(&mut self, iri: NamedNodeRef<'_>) -> String {
        self.prefixes.shorten(iri.as_str()).unwrap_or_else(|| iri.as_str().to_owned())
    }

    /// An IRI for use as a `@type`.
    pub(super) fn class_name(&mut self, class: NamedNodeRef<'_>) -> String {
        match self.terms.get(&class.into_owned()) {
            Some(term) => term.clone(),
            None => self.shorten(class),
        }
    }

    /// An IRI for use as a key.
    pub(super) fn property_name(&mut self, property: NamedNodeRef<'_>) -> String {
        self.class_name(property)
    }

    /// The context with all that was used: prefixes, then classes, then properties, each by name.
    pub(super) fn into_json(mut self) -> Value {
        let mut entries: Vec<(bool, String, Value)> = Vec::new();
        for (iri, term) in std::mem::take(&mut self.terms) {
            let name = self.shorten(iri.as_ref());
            let definition = match self.coercions.get(&iri).cloned().unwrap_or(Coercion::None) {
                Coercion::None => Value::String(name),
                Coercion::Identifier => json!({ "@id": name, "@type": "@id" }),
                Coercion::Datatype(datatype) => {
                    json!({ "@id": name, "@type": self.shorten(datatype.as_ref()) })
                }
            };
            entries.push((!self.classes.contains(&iri), term, definition));
        }
        entries.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let mut context = Map::new();
        for (prefix, namespace) in self.prefixes.used() {
            context.insert(prefix.to_owned(), Value::String(namespace.to_owned()));
        }
        context.extend(entries.into_iter().map(|(_, term, definition)| (term, definition)));
        Value::Object(context)
    }
}

/// A term for each IRI whose local name is its alone and no prefix.
fn terms<'i>(iris: impl Iterator<Item = &'i NamedNode>, prefixes: &Prefixes) -> BTreeMap<NamedNode, String> {
    let mut by_name: BTreeMap<&str, Vec<&NamedNode>> = BTreeMap::new();
    for iri in iris {
        by_name.entry(local_name(iri.as_str())).or_default().push(iri);
    }
    let mut terms = BTreeMap::new();
    for (name, iris) in by_name {
        if let [iri] = iris.as_slice()
            && is_local_name(name)
            && !prefixes.has(name)
        {
            terms.insert((*iri).clone(), name.to_owned());
        }
    }
    terms
}

/// For each property the way most of its objects are; of equals, the first.
fn coercions(triples: &[Triple]) -> BTreeMap<NamedNode, Coercion> {
    let mut counts: BTreeMap<&NamedNode, BTreeMap<Coercion, usize>> = BTreeMap::new();
    for triple in triples {
        let coercion = match triple.object.as_ref() {
            TermRef::Literal(literal) => own_datatype(literal)
                .map_or(Coercion::None, |datatype| Coercion::Datatype(datatype.into_owned())),
            TermRef::NamedNode(_) | TermRef::BlankNode(_) => Coercion::Identifier,
        };
        *counts.entry(&triple.predicate).or_default().entry(coercion).or_default() += 1;
    }
    let most = |counts: BTreeMap<Coercion, usize>| counts.into_iter().rev().max_by_key(|(_, count)| *count);
    let chosen =
        counts.into_iter().filter_map(|(property, counts)| Some((property.clone(), most(counts)?.0)));
    chosen.collect()
}

fn named(term: &Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone()),
        _ => None,
    }
}
