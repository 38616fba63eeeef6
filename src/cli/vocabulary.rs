//! Which ontology to go by.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use tellgraph::{Lexicon, Ontology, mention, ontology, syntax};

#[derive(Args)]
pub struct Vocabulary {
    /// An ontology in Turtle, to go by besides the built-in one; may be given more than once
    #[arg(long, value_name = "FILE", help_heading = "Ontology")]
    ontology: Vec<PathBuf>,

    /// Leave the built-in ontology out
    #[arg(long, requires = "ontology", help_heading = "Ontology")]
    no_core: bool,
}

impl Vocabulary {
    /// The ontologies compiled.
    ///
    /// # Errors
    /// A file that cannot be read, or says what cannot be meant.
    pub fn lexicon(&self) -> Result<Lexicon> {
        let files = read_files(&self.ontology)?;
        let models = || rayon::join(syntax::load, mention::name::load);
        let (lexicon, _) = rayon::join(|| Lexicon::load(!self.no_core, &files), models);
        Ok(lexicon?)
    }

    /// The files that are named.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn files(&self) -> Result<Vec<ontology::File>> {
        read_files(&self.ontology)
    }

    /// The options that are given.
    pub fn given(&self) -> Vec<&'static str> {
        let options = [(!self.ontology.is_empty(), "--ontology"), (self.no_core, "--no-core")];
        options.into_iter().filter(|(given, _)| *given).map(|(_, name)| name).collect()
    }

    /// Whether the built-in ontology is wanted.
    pub fn has_core(&self) -> bool {
        !self.no_core
    }

    /// The ontologies by themselves, with no way to read a text.
    ///
    /// # Errors
    /// A file that cannot be read, or says what cannot be meant.
    pub fn ontology(&self) -> Result<Ontology> {
        let core = (!self.no_core).then(ontology::core_file);
        let files: Vec<_> = core.into_iter().chain(read_files(&self.ontology)?).collect();
        Ok(Ontology::read(&files)?)
    }
}

/// Reads ontologies as text.
pub fn read_files(paths: &[PathBuf]) -> Result<Vec<ontology::File>> {
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(ontology::File {
            name: path.clone(),
            text: text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned(),
        })
    };
    paths.iter().map(read).collect()
}
