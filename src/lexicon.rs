//! Lexicon: which words name which class, and which phrases say which property.

pub mod gazetteer;

use crate::ontology::Ontology;

/// An ontology compiled against English.
#[derive(Clone, Debug)]
pub struct Lexicon {
    ontology: Ontology,
}

impl Lexicon {
    /// The built-in core ontology, compiled once a process.
    pub fn core() -> Self {
        Self { ontology: Ontology::default() }
    }
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }
}
