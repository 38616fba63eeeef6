//! Thing: a node of the graph.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::NamedNode;
use serde::{Deserialize, Serialize};

use super::identity::Identity;
use super::identity::homonym::{Aspect, Distinctions};
use super::{Appearance, EvidenceId, Value};
use crate::ontology::local_name;

/// A node: something that exists, in whatever document it was met.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub iri: NamedNode,
    /// What the IRI is made from.
    pub identity: Identity,
    /// The most specific classes that hold of it, sorted; none above another.
    pub classes: BTreeSet<NamedNode>,
    /// Its fullest name.
    pub label: String,
    pub alternative_labels: BTreeSet<String>,
    /// IRIs that mean the same thing elsewhere.
    pub links: BTreeSet<Link>,
    /// Whatever is said of it in literals, with the evidence; sorted by property, then by value.
    ///
    /// [`Graph::values_of`](super::Graph::values_of) leaves out what contradicts better evidence.
    pub values: BTreeMap<NamedNode, BTreeMap<Value, Vec<EvidenceId>>>,
    /// Where it is mentioned, in the order of documents and of their texts; empty where only the surroundings of a text
    /// name it.
    pub appearances: Vec<Appearance>,
}

/// A thing's IRI in somebody else's vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub by: Linker,
    pub iri: NamedNode,
}

/// Who says so; whom to believe first comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Linker {
    /// The user, of this very thing.
    User,
    /// A gazetteer that the user gave.
    Gazetteer,
    /// The built-in gazetteer.
    BuiltIn,
}

impl Link {
    /// All of the IRI but its last part: two IRIs of one namespace mean two things.
    pub(super) fn namespace(&self) -> &str {
        let iri = self.iri.as_str();
        iri.strip_suffix(local_name(iri)).unwrap_or_else(|| {
            let trimmed = iri.trim_end_matches('/');
            trimmed.strip_suffix(local_name(iri)).unwrap_or(trimmed)
        })
    }
}

impl Thing {
    /// A thing with a name, and nothing else known of it.
    pub fn new(iri: NamedNode, label: impl Into<String>) -> Self {
        let identity = Identity { plain: iri.clone(), distinctions: Distinctions::new() };
        let (classes, alternative_labels, links, values, appearances) = Default::default();
        Self { iri, identity, classes, label: label.into(), alternative_labels, links, values, appearances }
    }

    /// What tells it from others of its name, with these links.
    pub(super) fn distinctions(&self, links: &BTreeSet<Link>) -> Distinctions {
        let mut distinctions = self.identity.distinctions.clone();
        let classes = self.classes.iter().map(|class| class.as_str().to_owned());
        distinctions.insert(Aspect::Class, classes.collect());
        for link in links {
            let aspect = Aspect::Link(link.namespace().to_owned());
            distinctions.entry(aspect).or_default().insert(link.iri.as_str().to_owned());
        }
        distinctions
    }

    /// Takes over what is said of the same thing elsewhere: the fuller label stays the label.
    pub(super) fn absorb(&mut self, other: Thing) {
        self.classes.extend(other.classes);
        let mut label = other.label;
        if is_fuller(&label, &self.label) {
            std::mem::swap(&mut label, &mut self.label);
        }
        self.alternative_labels.insert(label);
        self.alternative_labels.extend(other.alternative_labels);
        self.alternative_labels.remove(&self.label);
        if other.identity.plain < self.identity.plain {
            self.identity.plain = other.identity.plain;
        }
        for (aspect, values) in other.identity.distinctions {
            self.identity.distinctions.entry(aspect).or_default().extend(values);
        }
        self.links.extend(other.links);
        self.appearances.extend(other.appearances);
        for (property, values) in other.values {
            let known = self.values.entry(property).or_default();
            for (value, evidence) in values {
                known.entry(value).or_default().extend(evidence);
            }
        }
    }
}

/// Whether a name is better to call a thing by: not all in capitals where another is not, longer in code points, or as
/// long and before it in the order of code points.
fn is_fuller(name: &str, other: &str) -> bool {
    let rank = |name: &str| (has_lower_case(name), name.chars().count());
    let (own, others) = (rank(name), rank(other));
    own > others || (own == others && name < other)
}

/// Whether a name is written with small letters, or has no capitals to do without them.
fn has_lower_case(name: &str) -> bool {
    name.contains(char::is_lowercase) || !name.contains(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fuller_name_wins() {
        for (name, other) in
            [("Ida Holm", "Holm"), ("Zoë Park", "ZOË PARK"), ("Ida Holm", "IDA MARIA HOLM"), ("a", "b")]
        {
            assert!(is_fuller(name, other) && !is_fuller(other, name), "{name} / {other}");
        }
        assert!(!is_fuller("Holm", "Holm"));
    }

    #[test]
    fn namespaces_are_what_stands_before_the_last_part() {
        for (iri, expected) in [
            ("http://www.wikidata.org/entity/Q20", "http://www.wikidata.org/entity/"),
            ("https://sws.geonames.org/2988507/", "https://sws.geonames.org/"),
            ("urn:isbn:1", "urn:isbn:"),
        ] {
            let link = Link { by: Linker::User, iri: NamedNode::new_unchecked(iri) };
            assert_eq!(link.namespace(), expected);
        }
    }
}
