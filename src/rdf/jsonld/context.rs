//! The context of a JSON-LD document: what its short names mean.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxrdf::vocab::rdf;
use serde_json::{Map, Value, json};

use super::super::nesting::Nesting;
use super::super::prefix::{Prefixes, is_local_name};
use super::super::read::Prefix;
use super::super::{Dataset, Term};
use super::own_datatype;
use crate::ontology::local_name;

/// How a plain string is read as a property's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Coercion<'d> {
    None,
    /// As the IRI of a thing.
    Identifier,
    /// As a literal of this datatype.
    Datatype(&'d str),
}

/// The names of classes and properties, and the prefixes of all other IRIs.
pub(super) struct Context<'d> {
    prefixes: Prefixes,
    /// By IRI; an IRI without a term goes by a prefix, or is written whole.
    terms: HashMap<&'d str, String>,
    /// For each property with a term.
    coercions: HashMap<&'d str, Coercion<'d>>,
    classes: BTreeSet<&'d str>,
}

impl<'d> Context<'d> {
    /// Terms for all classes and properties used, but where two have the same local name.
    pub(super) fn of(dataset: &'d Dataset, declared: &[Prefix], nesting: &Nesting<'d>) -> Self {
        let mut prefixes = Prefixes::of(&[dataset], declared);
        // JSON-LD 1.1 takes a plain entry of the context as a prefix only if it ends so (section 4.1.5).
        prefixes.retain(|prefix, namespace| !prefix.is_empty() && namespace.ends_with(['/', '#', ':', '?']));
        let mut classes = BTreeSet::new();
        let mut counts: HashMap<&str, BTreeMap<Coercion<'_>, usize>> = HashMap::new();
        for quad in dataset.quads().filter(|quad| !nesting.is_cell(quad.subject)) {
            if quad.predicate == rdf::TYPE.as_str() {
                classes.extend(quad.object.iri());
            }
            let counts = counts.entry(quad.predicate).or_default();
            for object in nesting.list(quad.object).unwrap_or(&[quad.object]) {
                *counts.entry(coercion_of(*object)).or_default() += 1;
            }
        }
        let properties: BTreeSet<&str> =
            counts.keys().copied().filter(|property| *property != rdf::TYPE.as_str()).collect();
        let terms = terms(classes.union(&properties).copied(), &prefixes);
        let coercions = counts.into_iter().filter(|(property, _)| terms.contains_key(property));
        let coercions = coercions.filter_map(|(property, counts)| Some((property, most(counts)?))).collect();
        Self { prefixes, terms, coercions, classes }
    }

    /// How the property's plain values are read.
    pub(super) fn coercion(&self, property: &str) -> Coercion<'d> {
        self.coercions.get(property).copied().unwrap_or(Coercion::None)
    }

    /// An IRI for use as an `@id`, where terms have no meaning.
    pub(super) fn shorten(&mut self, iri: &str) -> String {
        match self.prefixes.shorten(iri) {
            Some((prefix, local)) => format!("{prefix}:{local}"),
            None => iri.to_owned(),
        }
    }

    /// An IRI for use as a key or a `@type`.
    pub(super) fn term(&mut self, iri: &str) -> String {
        match self.terms.get(iri) {
            Some(term) => term.clone(),
            None => self.shorten(iri),
        }
    }

    /// The context with all that was used: prefixes, then classes, then properties, each by name.
    pub(super) fn into_json(mut self) -> Value {
        let mut entries: Vec<(bool, String, Value)> = Vec::new();
        for (iri, term) in std::mem::take(&mut self.terms) {
            let name = self.shorten(iri);
            let definition = match self.coercion(iri) {
                Coercion::None => Value::String(name),
                Coercion::Identifier => json!({ "@id": name, "@type": "@id" }),
                Coercion::Datatype(datatype) => json!({ "@id": name, "@type": self.shorten(datatype) }),
            };
            entries.push((!self.classes.contains(iri), term, definition));
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
fn terms<'d>(iris: impl Iterator<Item = &'d str>, prefixes: &Prefixes) -> HashMap<&'d str, String> {
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for iri in iris {
        by_name.entry(local_name(iri)).or_default().push(iri);
    }
    let mut terms = HashMap::new();
    for (name, iris) in by_name {
        if let [iri] = iris.as_slice()
            && is_local_name(name)
            && !prefixes.has(name)
        {
            terms.insert(*iri, name.to_owned());
        }
    }
    terms
}

fn coercion_of(object: Term<'_>) -> Coercion<'_> {
    match object {
        Term::Literal { .. } => own_datatype(object).map_or(Coercion::None, Coercion::Datatype),
        _ => Coercion::Identifier,
    }
}

/// The way most of a property's objects are; of equals, the first.
fn most(counts: BTreeMap<Coercion<'_>, usize>) -> Option<Coercion<'_>> {
    let (most, _) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    Some(most)
}
