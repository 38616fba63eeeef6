//! Lexicon: which words name which class, and which phrases say which property.

use crate::ontology::{self, Ontology};

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
    /// Reads ontologies, together with the core ontology if that is wanted.
    ///
    /// # Errors
    /// Those of [`Ontology::read`].
    pub fn load(core: bool, files: &[ontology::File]) -> Result<Self, ontology::Error> {
        if core && files.is_empty() {
            Ok(Self::core())
        } else {
            Ok(Self { ontology: Ontology::read(files)? })
        }
    }
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }
}
