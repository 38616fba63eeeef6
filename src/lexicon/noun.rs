//! Which common nouns name things of which class.

use rustc_hash::FxHashMap;

use crate::ontology::{ClassId, Ontology};

/// Common nouns with the class they name: the ontology's own labels, then WordNet's hypernyms.
#[derive(Clone, Debug, Default)]
pub struct Nouns {
    /// Singular, lower case, words separated by one space.
    classes: FxHashMap<Box<str>, ClassId>,
    /// The labels of classes, as a phrase may use them to mean any noun of the class.
    labels: FxHashMap<Box<str>, ClassId>,
}

/// Nouns from WordNet; see the file's first lines.
const WORDNET: &str = include_str!("nouns.txt");

impl Nouns {
    /// The nouns that can name an instance of one of the ontology's classes.
    pub fn of(ontology: &Ontology) -> Self {
        let mut nouns = Self::default();
        for (kind, noun) in wordnet() {
            let class = if kind == "occupation" { "Person" } else { kind };
            if let Some(class) = ontology.core_class(class) {
                nouns.classes.insert(noun.into(), class);
            }
        }
        for (id, class) in ontology.classes() {
            for label in &class.alternative_labels {
                nouns.classes.insert(label.to_lowercase().into(), id);
            }
        }
        for (id, class) in ontology.classes() {
            nouns.classes.insert(class.label.to_lowercase().into(), id);
            nouns.labels.insert(class.label.to_lowercase().into(), id);
        }
        nouns
    }

    /// The class that a noun, singular and in lower case, names.
    pub fn class(&self, noun: &str) -> Option<ClassId> {
        self.classes.get(noun).copied()
    }

    /// The class whose label this is.
    pub fn labelled(&self, label: &str) -> Option<ClassId> {
        self.labels.get(label).copied()
    }

    /// Whether a noun, singular and in lower case, says what a person does for a living.
    pub fn is_occupation(&self, noun: &str) -> bool {
        occupations().contains(noun)
    }
}

fn wordnet() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut kind = "";
    WORDNET.lines().filter(|line| !line.starts_with('#')).filter_map(move |line| {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => {
                kind = name;
                None
            }
            None => Some((kind, line)),
        }
    })
}

/// What a noun names by WordNet: "Event", "Organization", "Person", "Place" or "Work".
pub fn kind(noun: &str) -> Option<&'static str> {
    static KINDS: std::sync::OnceLock<FxHashMap<&'static str, &'static str>> = std::sync::OnceLock::new();
    let kinds = KINDS.get_or_init(|| {
        let coarse = |kind| if kind == "occupation" { "Person" } else { kind };
        wordnet().map(|(kind, noun)| (noun, coarse(kind))).collect()
    });
    kinds.get(noun).copied()
}

fn occupations() -> &'static std::collections::HashSet<&'static str> {
    static OCCUPATIONS: std::sync::OnceLock<std::collections::HashSet<&'static str>> =
        std::sync::OnceLock::new();
    OCCUPATIONS
        .get_or_init(|| wordnet().filter(|(kind, _)| *kind == "occupation").map(|(_, noun)| noun).collect())
}
