//! Settings: by what the documents of a store are read.

use std::path::Path;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::kept::{packed, unpacked};
use super::{Error, PROGRAM};
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::Gazetteer;
use crate::ontology::{self, File, Ontology};

/// Everything besides a text that its graph depends on. A store keeps it, so that an ontology is named once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// The version of the program.
    pub program: String,
    /// The built-in ontology as that version had it, unless it is left out.
    pub core: Option<File>,
    pub ontologies: Vec<File>,
    pub gazetteers: Vec<File>,
    /// What the IRIs of things begin with, where that is asked for.
    pub base: Option<String>,
    /// The confidence below which nothing is told, where that is asked for.
    pub least_confidence: Option<f32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            program: PROGRAM.to_owned(),
            core: Some(ontology::core_file()),
            ontologies: Vec::new(),
            gazetteers: Vec::new(),
            base: None,
            least_confidence: None,
        }
    }
}

impl Settings {
    /// The ontology that the documents' graphs go by.
    ///
    /// # Errors
    /// An ontology that this version of the program does not understand.
    pub fn ontology(&self) -> Result<Ontology, ontology::Error> {
        let files: Vec<_> = self.core.iter().chain(&self.ontologies).cloned().collect();
        let ontology = Ontology::read(&files)?;
        Ok(match &self.base {
            Some(base) => ontology.with_base(base),
            None => ontology,
        })
    }

    /// What reads texts by these settings, with this program's own built-in ontology.
    ///
    /// # Errors
    /// An ontology or a gazetteer that says what cannot be meant.
    pub fn lexicon(&self) -> Result<Lexicon, ontology::Error> {
        let mut lexicon = Lexicon::load(self.core.is_some(), &self.ontologies)?;
        if let Some(least) = self.least_confidence {
            lexicon = lexicon.with_least_confidence(least);
        }
        if let Some(base) = &self.base {
            lexicon = lexicon.with_base(base);
        }
        if !self.gazetteers.is_empty() {
            let known = Gazetteer::read(&self.gazetteers, lexicon.ontology())?;
            lexicon = lexicon.with_gazetteer(known);
        }
        Ok(lexicon)
    }

    /// The same, with the version and the built-in ontology of this program.
    pub fn renewed(&self) -> Self {
        let Self { program, core, .. } = Self::default();
        Self { program, core: self.core.as_ref().and(core), ..self.clone() }
    }

    /// What the IRIs of things begin with.
    pub fn base(&self) -> &str {
        self.base.as_deref().map_or(ontology::BASE, |base| base.trim_end_matches('/'))
    }

    /// Whether the built-in ontology that they go by is that of this program.
    pub(super) fn has_current_core(&self) -> bool {
        self.core.as_ref().is_none_or(|core| core.text == ontology::core_file().text)
    }

    /// In what they differ from others, if they do: in what is asked for, not in the version of the program.
    pub(super) fn difference(&self, other: &Self) -> Option<&'static str> {
        let differ = |one: &[File], other: &[File]| {
            !one.iter().map(|file| &file.text).eq(other.iter().map(|file| &file.text))
        };
        if self.core.is_some() != other.core.is_some() || differ(&self.ontologies, &other.ontologies) {
            Some("another ontology (--ontology, --no-core)")
        } else if differ(&self.gazetteers, &other.gazetteers) {
            Some("another --gazetteer")
        } else if self.base() != other.base() {
            Some("another --base")
        } else if self.least_confidence != other.least_confidence {
            Some("another --min-confidence")
        } else {
            None
        }
    }

    pub(super) fn load(connection: &Connection, path: &Path) -> Result<Self, Error> {
        let bytes = connection.query_row("SELECT value FROM settings", [], |row| row.get::<_, Vec<u8>>(0));
        let bytes = unpacked(&bytes.map_err(|error| Error::of_engine(path, error))?);
        let settings =
            bytes.and_then(|bytes| postcard::from_bytes(&bytes).map_err(|error| error.to_string()));
        settings.map_err(|error| Error::Damaged {
            path: path.to_owned(),
            message: format!("what its documents are read by: {error}"),
        })
    }

    pub(super) fn save(&self, connection: &Connection) -> rusqlite::Result<()> {
        let bytes = postcard::to_stdvec(self).expect("strings and numbers can be written to memory");
        connection
            .execute("INSERT OR REPLACE INTO settings (one, value) VALUES (1, ?1)", [packed(&bytes)])?;
        Ok(())
    }
}
