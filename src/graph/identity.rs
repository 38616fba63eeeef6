//! Identity: the IRI of a thing, from what it is and nothing else.
//!
//! `{base}/{class}/{slug}`: the same name and class give the same IRI in every document, run and order. What tells two
//! things of one name apart stands in [`homonym`], what a user says of them in [`same`].

pub mod homonym;
pub mod same;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use oxrdf::NamedNode;
use oxrdf::vocab::rdfs;
use unicode_normalization::UnicodeNormalization;

use crate::ontology::{ClassId, Ontology, slug_words};
use homonym::Distinctions;

/// The longest slug that is written out, in bytes.
const LONGEST_SLUG: usize = 80;

/// Where things go whose class nothing tells.
const ANY_CLASS: &str = "thing";

/// What a thing is identified by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The IRI that its class and name give, or its class and key.
    pub plain: NamedNode,
    /// What tells it from others of the same plain IRI, as far as its documents say.
    pub distinctions: Distinctions,
}

/// What the properties of a key say of a thing.
pub type KeyValues = BTreeMap<NamedNode, BTreeSet<String>>;

/// Properties that say what a thing is called.
const NAMES: [&str; 5] = [
    rdfs::LABEL.as_str(),
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://xmlns.com/foaf/0.1/name",
    "https://schema.org/name",
    "http://schema.org/name",
];

/// The properties by which things of a class are told apart besides their name: what `owl:hasKey` says of the class, or
/// of the nearest one above it that has a key.
pub fn key(class: ClassId, ontology: &Ontology) -> impl Iterator<Item = &NamedNode> {
    keys(class, ontology).iter().filter(|property| !NAMES.contains(&property.as_str()))
}

fn keys(class: ClassId, ontology: &Ontology) -> &[NamedNode] {
    let mut keys = ontology.ancestors(class).iter().map(|id| ontology.class(*id).keys.as_slice());
    keys.find(|keys| !keys.is_empty()).unwrap_or_default()
}

/// The IRI of what has this name and class, or this key where the class has one of which the name is no part (a ship's
/// number) and all of it is known.
pub fn of_keyed(name: &str, class: Option<ClassId>, values: &KeyValues, ontology: &Ontology) -> NamedNode {
    let keys = class.map_or(&[][..], |class| keys(class, ontology));
    let is_named = keys.iter().any(|property| NAMES.contains(&property.as_str()));
    let told: Option<Vec<&str>> =
        keys.iter().map(|property| Some(values.get(property)?.first()?.as_str())).collect();
    match told {
        Some(told) if !is_named && !told.is_empty() => of(&told.join(" "), class, ontology),
        _ => of(name, class, ontology),
    }
}

/// The IRI of what has this name and class.
pub fn of(name: &str, class: Option<ClassId>, ontology: &Ontology) -> NamedNode {
    let segment = class.map_or_else(|| ANY_CLASS.to_owned(), |class| segment(class, ontology));
    let path = format!("{segment}/{}", slug(name));
    let iri = NamedNode::new(format!("{}/{path}", ontology.base()));
    // A base that is no IRI must not make the whole output invalid.
    iri.unwrap_or_else(|_| NamedNode::new_unchecked(format!("https://example.org/{path}")))
}

/// The part of an IRI that a class gives: the nearest class at or above it that has a key, or else the topmost.
///
/// So a thing that one text calls a film and another a work is still one thing. An article counts as keyed: it is not
/// the film that its headline names.
fn segment(class: ClassId, ontology: &Ontology) -> String {
    let article = ontology.core_class("Article");
    let is_keyed = |id: &&ClassId| !ontology.class(**id).keys.is_empty() || Some(**id) == article;
    let is_topmost = |id: &&ClassId| ontology.class(**id).parents.is_empty();
    let ancestors = || ontology.ancestors(class).iter();
    let identifying = *ancestors().find(is_keyed).or_else(|| ancestors().find(is_topmost)).unwrap_or(&class);
    match slug_words(&kebab(local_name(ontology.class(identifying).iri.as_str()))) {
        words if words.is_empty() => ANY_CLASS.to_owned(),
        words => words,
    }
}

/// A name as the last part of an IRI: ASCII letters, digits and single dashes, never empty.
///
/// The name is taken in Unicode's composed form (NFC), so that both ways to write "é" give the same.
pub fn slug(name: &str) -> String {
    let name: String = name.nfc().collect();
    let words = slug_words(&name);
    match words.len() {
        0 => hash(&name),
        1..=LONGEST_SLUG => words,
        _ => format!("{}-{}", words[..LONGEST_SLUG].trim_end_matches('-'), hash(&words)),
    }
}

/// "MusicAlbum" as "Music-Album", "TVSeries" as "TV-Series".
fn kebab(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (i, &c) in chars.iter().enumerate() {
        let after_lower = i > 0 && !chars[i - 1].is_uppercase();
        let before_lower = chars.get(i + 1).is_some_and(|next| next.is_lowercase());
        if i > 0 && c.is_uppercase() && (after_lower || before_lower) {
            out.push('-');
        }
        out.push(c);
    }
    out
}

/// What follows the last `#` or `/` of an IRI.
fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).find(|part| !part.is_empty()).unwrap_or_default()
}

/// Ten hexadecimal digits of a text's 64-bit FNV-1a hash (Fowler, Noll, Vo 1991): the same on every machine, for ever.
fn hash(text: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    format!("{:010x}", hash >> 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(slug(name), expected, "{name:?}");
    }

    #[test]
    fn names_become_slugs() {
        check("Ada Park", "ada-park");
        check("  Ada -- Park.  ", "ada-park");
        check("Zoë O’Brien-Løvås", "zoe-o-brien-lovas");
        check("Zoe\u{308}", "zoe");
        check("AT&T 3", "at-t-3");
        check("Привет", "privet");
        check("a\0b\nc\"d\\e", "a-b-c-d-e");
    }

    #[test]
    fn odd_names_become_stable_hashes() {
        check("", "cbf29ce484");
        check("!!!", "bbe43c17ca");
        assert_ne!(slug("!!!"), slug("???"));
    }

    #[test]
    fn long_names_are_cut_but_stay_apart() {
        let (long, longer) = ("word ".repeat(100), "word ".repeat(101));
        assert!(slug(&long).len() <= LONGEST_SLUG + 11);
        assert_ne!(slug(&long), slug(&longer));
        assert_eq!(slug(&long), slug(long.trim()));
    }

    #[test]
    fn classes_become_words() {
        for (iri, expected) in [
            ("http://a.example/x#MusicAlbum", "music-album"),
            ("http://a.example/TVSeries", "tv-series"),
            ("http://a.example/Q5", "q5"),
            ("http://a.example/person/", "person"),
            ("urn:person", "urn-person"),
        ] {
            assert_eq!(slug_words(&kebab(local_name(iri))), expected, "{iri}");
        }
    }
}
