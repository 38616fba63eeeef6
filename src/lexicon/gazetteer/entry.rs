//! Entries: things that the world knows, with their names, classes and public IRIs.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use oxrdf::NamedNode;
use unicode_normalization::UnicodeNormalization;

use super::{country_of_demonym, table, turtle};
use crate::ontology::{Error, File, NAMESPACE, Ontology, slug_words};

/// Something that is known by name under a public IRI.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The usual name first; never empty.
    pub names: Vec<String>,
    /// `None` where the gazetteer does not say.
    pub class: Option<NamedNode>,
    pub iri: NamedNode,
    /// What a text speaks of that means this one, and not another of its name.
    pub context: Vec<Context>,
    /// Whether its name means this one where nothing speaks for another ("Paris").
    pub usual: bool,
}

/// What tells which of several things of a name is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// Another thing that has to do with it: the country that a city is in.
    Thing(NamedNode),
    /// Words as [`Gazetteer::words_key`] writes them.
    Words(String),
}

/// Known things, to be found by name.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    /// By [`name_key`]; positions rise.
    by_name: HashMap<String, Vec<u32>>,
    by_iri: HashMap<NamedNode, u32>,
}

impl Gazetteer {
    /// Reads files, each a CSV table with a line of column names or Turtle; names that end in `.ttl` are Turtle's.
    ///
    /// # Errors
    /// Text that is neither, an IRI that is none, a class that the ontology does not have.
    pub fn read(files: &[File], ontology: &Ontology) -> Result<Self, Error> {
        let mut gazetteer = Self::default();
        for file in files {
            let is_turtle = file.name.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ttl"));
            let entries = if is_turtle {
                turtle::read(file, ontology)?
            } else {
                table::read(file, &|name| table::Class::named(name, ontology), &|name| ontology.expand(name))?
            };
            entries.into_iter().for_each(|entry| gazetteer.add(entry));
        }
        Ok(gazetteer)
    }

    /// Continents, countries, states of the USA and large cities, read once a process.
    pub fn built_in() -> &'static Self {
        static WORLD: OnceLock<Gazetteer> = OnceLock::new();
        WORLD.get_or_init(|| {
            let prefixes = [
                ("wd", "http://www.wikidata.org/entity/"),
                ("gn", "https://sws.geonames.org/"),
                ("tg", NAMESPACE),
            ];
            let expand = |name: &str| {
                let (prefix, local) = name.split_once(':')?;
                let (_, namespace) = prefixes.iter().find(|(known, _)| *known == prefix)?;
                NamedNode::new(format!("{namespace}{local}")).ok()
            };
            let class = |name: &str| expand(name).map_or(table::Class::Unknown, table::Class::Known);
            let file = File::new("built-in world.csv", include_str!("world.csv"));
            let entries = table::read(&file, &class, &expand);
            let mut world = Self::default();
            entries.unwrap_or_else(|error| panic!("{error}")).into_iter().for_each(|entry| world.add(entry));
            world
        })
    }

    /// Adds an entry; what is said twice of one IRI adds up.
    fn add(&mut self, entry: Entry) {
        let next = self.entries.len() as u32;
        let at = *self.by_iri.entry(entry.iri.clone()).or_insert(next);
        let keys: BTreeSet<String> = entry.names.iter().map(|name| name_key(name)).collect();
        if at == next {
            self.entries.push(entry);
        } else {
            let known = &mut self.entries[at as usize];
            known.names.extend(entry.names);
            known.context.extend(entry.context);
            known.usual |= entry.usual;
            known.class = known.class.take().or(entry.class);
        }
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            let places = self.by_name.entry(key).or_default();
            if let Err(place) = places.binary_search(&at) {
                places.insert(place, at);
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries that have a name, whatever its case, accents and leading "the".
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Entry> {
        let places = self.by_name.get(&name_key(name));
        places.into_iter().flatten().map(|at| &self.entries[*at as usize])
    }

    pub fn entry(&self, iri: &NamedNode) -> Option<&Entry> {
        self.by_iri.get(iri).map(|at| &self.entries[*at as usize])
    }

    /// The country that a people's name or adjective means ("Danish"), if it has an entry of its own.
    pub fn country_of(&self, demonym: &str) -> Option<&Entry> {
        let mut named = self.named(country_of_demonym(demonym)?);
        named.next().filter(|_| named.next().is_none())
    }

    /// Words as [`Context::Words`] has them, however they are written.
    pub fn words_key(words: &str) -> String {
        words.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
    }
}

/// What a name is found by: its words in lower-case ASCII.
fn name_key(name: &str) -> String {
    let words = slug_words(&name.nfc().collect::<String>());
    words.strip_prefix("the-").map(str::to_owned).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_known_by_its_usual_names() {
        let world = Gazetteer::built_in();
        let check = |name: &str, expected: &[&str]| {
            let iris: Vec<&str> = world.named(name).map(|entry| entry.iri.as_str()).collect();
            assert_eq!(iris, expected, "{name}");
        };
        check("Norway", &["http://www.wikidata.org/entity/Q20"]);
        check("the Netherlands", &["http://www.wikidata.org/entity/Q55"]);
        check("U.K.", &["http://www.wikidata.org/entity/Q145"]);
        check("Cote d'Ivoire", &["http://www.wikidata.org/entity/Q1008"]);
        check("Georgia", &["http://www.wikidata.org/entity/Q230", "https://sws.geonames.org/4197000/"]);
        check("Paris", &["https://sws.geonames.org/2988507/", "https://sws.geonames.org/4717560/"]);
        check("Nowhere", &[]);
        assert_eq!(world.country_of("Danish").map(|entry| &*entry.names[0]), Some("Denmark"));
        assert!(world.named("Paris").next().is_some_and(|paris| paris.usual));
    }

    #[test]
    fn entries_of_the_world_hang_together() {
        let world = Gazetteer::built_in();
        for entry in &world.entries {
            let class = entry.class.as_ref().expect("a class").as_str();
            assert!(
                ["Region", "Country", "City"].iter().any(|local| class == format!("{NAMESPACE}{local}")),
                "{entry:?}"
            );
            for context in &entry.context {
                let Context::Thing(iri) = context else { panic!("{entry:?}") };
                assert!(
                    world.entry(iri).is_some(),
                    "{} has to do with {iri}, which has no entry",
                    entry.names[0]
                );
            }
        }
    }
}
