//! Which ontology to go by.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use oxrdf::NamedNode;
use tellgraph::{Lexicon, Ontology, ontology};

#[derive(Args)]
pub struct Vocabulary {
    /// An ontology in Turtle, to go by besides the built-in one; may be given more than once
    #[arg(long, value_name = "FILE", help_heading = "Ontology")]
    ontology: Vec<PathBuf>,

    /// Leave the built-in ontology out
    #[arg(long, requires = "ontology", help_heading = "Ontology")]
    no_core: bool,

    /// What the IRIs of extracted things begin with
    #[arg(long, value_name = "IRI", value_parser = absolute_iri, help_heading = "Ontology")]
    base: Option<String>,
}

impl Vocabulary {
    pub fn lexicon(&self) -> Result<Lexicon> {
        Ok(Lexicon::load(!self.no_core, &read_files(&self.ontology)?)?)
    }

    /// The ontology of a lexicon, for things whose IRIs begin as asked for.
    pub fn ontology(&self, lexicon: &Lexicon) -> Ontology {
        let ontology = lexicon.ontology().clone();
        match &self.base {
            Some(base) => ontology.with_base(base),
            None => ontology,
        }
    }
}

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

fn absolute_iri(text: &str) -> Result<String, String> {
    match NamedNode::new(text) {
        Ok(iri) => Ok(iri.into_string()),
        Err(error) => Err(format!("not an absolute IRI such as https://example.org: {error}")),
    }
}
