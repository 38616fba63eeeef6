//! Linking: which of a document's things stand in a gazetteer, under a public IRI.
//!
//! A name and a class that only one entry has are enough. Where several entries fit, what the document says and names
//! decides: in what a place lies, which other things are linked, the words of the text. Where that is not clear, a thing
//! stays without a link.

use std::collections::{BTreeSet, HashSet};

use oxrdf::NamedNode;

use super::referent::{Named, Reading};
use super::{Link, Linker};
use crate::document::TokenId;
use crate::entity::EntityId;
use crate::lexicon::gazetteer::{self, Context, Entry, Gazetteer, PlaceKind};
use crate::ontology::{ClassId, NAMESPACE};

/// What gazetteers tell of a thing.
#[derive(Clone, Default)]
pub(super) struct Known {
    pub links: BTreeSet<Link>,
    /// Its usual name there.
    pub name: Option<String>,
    /// Its class, where that is more exact than what the document says.
    pub class: Option<ClassId>,
}

/// The longest context that is sought in a text, in words.
const LONGEST_CONTEXT: usize = 4;

/// How far to follow what lies in what: a city in a state in a country on a continent.
const DEPTH: usize = 3;

/// For each named entity what the gazetteers tell of it.
pub(super) fn links(reading: &Reading, named: &[Named]) -> Vec<Known> {
    let mut known = vec![Known::default(); named.len()];
    for (gazetteer, by) in reading.lexicon.gazetteers().into_iter().zip([Linker::Gazetteer, Linker::BuiltIn])
    {
        if gazetteer.is_empty() {
            continue;
        }
        let linked = Linking { reading, named, gazetteer, by }.resolve();
        for (known, entry) in known.iter_mut().zip(linked) {
            if let Some(entry) = entry {
                known.links.insert(Link { by, iri: entry.iri.clone() });
                known.name.get_or_insert_with(|| entry.names[0].clone());
                known.class = known.class.or(class_of(reading, entry));
            }
        }
    }
    for (known, named) in known.iter_mut().zip(named) {
        let ontology = reading.ontology();
        let is_finer = |class: &ClassId| named.class.is_none_or(|told| ontology.is_a(*class, told));
        known.class = known.class.filter(is_finer);
    }
    known
}

fn class_of(reading: &Reading, entry: &Entry) -> Option<ClassId> {
    entry.class.as_ref().and_then(|class| reading.ontology().class_named(class.as_str()))
}

struct Linking<'a, 'd> {
    reading: &'a Reading<'d>,
    named: &'a [Named],
    gazetteer: &'a Gazetteer,
    by: Linker,
}

impl<'a> Linking<'a, '_> {
    /// For each named entity its entry.
    fn resolve(&self) -> Vec<Option<&'a Entry>> {
        let mut candidates: Vec<Vec<&Entry>> =
            self.named.iter().map(|named| self.candidates(named)).collect();
        let containers = self.containers();
        for (at, candidates) in candidates.iter_mut().enumerate() {
            if !containers.iter().any(|(inner, _)| *inner == at) {
                candidates.retain(|entry| !self.is_lesser(entry, &self.named[at]));
            }
        }
        for (at, container) in containers {
            let inside =
                |entry: &&Entry| entry.context.is_empty() || self.lies_in(entry, &self.named[container]);
            candidates[at].retain(inside);
        }
        let is_only = |candidates: &Vec<&'a Entry>| match candidates.as_slice() {
            [only] => Some(*only).filter(|only| self.is_alone(only)),
            _ => None,
        };
        let certain: Vec<Option<&Entry>> = candidates.iter().map(is_only).collect();
        let mut pairs = candidates.iter().zip(&certain);
        if pairs.all(|(candidates, certain)| candidates.is_empty() || certain.is_some()) {
            return certain;
        }
        let setting = Setting::of(self, &certain);
        let settle = |(candidates, certain): (&Vec<&'a Entry>, Option<&'a Entry>)| {
            certain.or_else(|| self.clearest(candidates, &setting))
        };
        candidates.iter().zip(certain).map(settle).collect()
    }

    /// Whether a built-in entry is a city that has its name from a region, or with one: "Ontario" alone is the province.
    fn is_lesser(&self, entry: &Entry, named: &Named) -> bool {
        let is_city = self.reading.lexicon.is_core(class_of(self.reading, entry), "City");
        self.by == Linker::BuiltIn && is_city && gazetteer::place(&named.label) == Some(PlaceKind::Region)
    }

    /// The entries that have the fullest name, or else another one, and a class that goes with what is known.
    fn candidates(&self, named: &Named) -> Vec<&'a Entry> {
        let ontology = self.reading.ontology();
        let is_person = self.reading.lexicon.is_core(named.class, "Person");
        let fits = |entry: &&Entry| match (named.class, &entry.class) {
            (Some(class), Some(_)) => class_of(self.reading, entry)
                .is_some_and(|known| ontology.is_a(known, class) || ontology.is_a(class, known)),
            (_, None) => true,
            // A user's list tells what a name is that nothing else tells; "Reading" may be no city.
            (None, Some(_)) => self.by == Linker::Gazetteer && class_of(self.reading, entry).is_some(),
        };
        // Many people have one surname.
        let others = named.other_names.iter().filter(|name| !is_person || name.contains(' '));
        let by_name = std::iter::once(&named.label)
            .chain(others)
            .map(|name| self.gazetteer.named(name).filter(fits).collect::<Vec<_>>());
        by_name.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Pairs of places of which the text says that one lies in the other.
    fn containers(&self) -> Vec<(usize, usize)> {
        let Some(located) = self.reading.ontology().property_named(&format!("{NAMESPACE}locatedIn")) else {
            return Vec::new();
        };
        let entities = self.reading.entities;
        let place = |id: EntityId| self.named.binary_search_by_key(&id, |named| named.id).ok();
        let facts =
            self.reading.facts.iter().filter(|fact| fact.property == located && self.reading.states(fact));
        let pairs = facts
            .filter_map(|fact| Some((place(entities.of(fact.subject)?)?, place(entities.of(fact.object)?)?)));
        let is_place = |at: usize| self.reading.lexicon.is_core(self.named[at].class, "Place");
        pairs.filter(|(inner, _)| is_place(*inner)).collect()
    }

    /// Whether an entry is told to have to do with a thing of this name, directly or through others.
    fn lies_in(&self, entry: &Entry, container: &Named) -> bool {
        let names: Vec<&NamedNode> = self.gazetteer.named(&container.label).map(|entry| &entry.iri).collect();
        let label = Gazetteer::words_key(&container.label);
        let mut level = vec![entry];
        for _ in 0..DEPTH {
            let around = || level.iter().flat_map(|entry| &entry.context);
            let is_it = |context: &Context| match context {
                Context::Thing(iri) => names.contains(&iri),
                Context::Words(words) => *words == label,
            };
            if around().any(is_it) {
                return true;
            }
            level = around().filter_map(|context| self.around(context)).collect();
        }
        false
    }

    fn around(&self, context: &Context) -> Option<&'a Entry> {
        match context {
            Context::Thing(iri) => self.gazetteer.entry(iri),
            Context::Words(_) => None,
        }
    }

    /// Whether no other entry, of whatever class, has one of an entry's names.
    fn is_alone(&self, entry: &Entry) -> bool {
        self.gazetteer.named(&entry.names[0]).count() == 1
    }

    /// The one of several entries that the document speaks for, if that is clear.
    fn clearest(&self, candidates: &[&'a Entry], setting: &Setting) -> Option<&'a Entry> {
        let mut scored: Vec<(usize, &Entry)> =
            candidates.iter().map(|entry| (setting.speaks_for(entry), *entry)).collect();
        scored.sort_by_key(|(score, entry)| (std::cmp::Reverse(*score), !entry.usual));
        let (most, best) = *scored.first()?;
        let next = scored.get(1);
        if let Some((_, usual)) = scored.iter().find(|(_, entry)| entry.usual) {
            return (usual.iri == best.iri).then_some(best);
        }
        let margin = next.map_or(1, |(_, other)| if other.class == best.class { 1 } else { 2 });
        let alone = next.is_none();
        (alone || most >= next.map_or(0, |(score, _)| *score) + margin).then_some(best)
    }
}

/// What a document speaks of, as far as it is certain.
struct Setting {
    /// Things that are linked, and those that they have to do with.
    linked: HashSet<NamedNode>,
    around: HashSet<NamedNode>,
    /// Runs of words in lower case.
    words: HashSet<String>,
}

impl Setting {
    fn of(linking: &Linking, certain: &[Option<&Entry>]) -> Self {
        let parsed = linking.reading.parsed;
        let tokens = || (0..parsed.words().len() as u32).map(TokenId);
        let peoples = tokens().filter_map(|token| linking.gazetteer.country_of(parsed.text(token)));
        let certain: Vec<&Entry> = certain.iter().flatten().copied().collect();
        let linked =
            certain.iter().map(|entry| entry.iri.clone()).chain(peoples.map(|entry| entry.iri.clone()));
        let around = certain.iter().flat_map(|entry| &entry.context).filter_map(|context| match context {
            Context::Thing(iri) => Some(iri.clone()),
            Context::Words(_) => None,
        });
        let mut words = HashSet::new();
        let lower: Vec<String> = tokens().map(|token| parsed.text(token).to_lowercase()).collect();
        for start in 0..lower.len() {
            let longest = LONGEST_CONTEXT.min(lower.len() - start);
            words.extend((1..=longest).map(|length| lower[start..start + length].join(" ")));
        }
        Self { linked: linked.collect(), around: around.collect(), words }
    }

    /// How much of what the document speaks of has to do with an entry.
    fn speaks_for(&self, entry: &Entry) -> usize {
        let is_spoken_of = |context: &&Context| match context {
            Context::Thing(iri) => self.linked.contains(iri) || self.around.contains(iri),
            Context::Words(words) => self.words.contains(words),
        };
        // That a thing inside it is spoken of says more than that its surroundings are.
        let inside = if self.around.contains(&entry.iri) { 2 } else { 0 };
        inside + entry.context.iter().filter(is_spoken_of).count()
    }
}
