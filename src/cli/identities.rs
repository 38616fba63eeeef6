//! What things are called, and which of them are one.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use oxrdf::NamedNode;
use tellgraph::Lexicon;
use tellgraph::graph::Rules;
use tellgraph::graph::identity::same::Same;
use tellgraph::lexicon::gazetteer::Gazetteer;

use super::vocabulary::read_files;

#[derive(Args)]
#[command(next_help_heading = "Identity")]
pub struct Identities {
    /// What the IRIs of extracted things begin with
    #[arg(long, value_name = "IRI", value_parser = absolute_iri)]
    base: Option<String>,

    /// Known things with their public IRIs, in CSV (columns name, aliases, class, iri, context, usual) or Turtle; what
    /// a text names so is written as owl:sameAs. May be given more than once
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,

    /// Let things that have a public IRI go by it
    #[arg(long)]
    adopt_iris: bool,

    /// Who is who, in Turtle: owl:sameAs and owl:differentFrom between IRIs. May be given more than once
    #[arg(long, value_name = "FILE")]
    same: Vec<PathBuf>,
}

impl Identities {
    /// The lexicon with the gazetteers, and the rules by which documents' things are united.
    ///
    /// # Errors
    /// A file that cannot be read, says what cannot be meant, or contradicts itself.
    pub fn apply(&self, mut lexicon: Lexicon) -> Result<(Lexicon, Rules)> {
        if let Some(base) = &self.base {
            lexicon = lexicon.with_base(base);
        }
        if !self.gazetteer.is_empty() {
            let known = Gazetteer::read(&read_files(&self.gazetteer)?, lexicon.ontology())?;
            lexicon = lexicon.with_gazetteer(known);
        }
        let same = Same::read(&read_files(&self.same)?, lexicon.ontology().base())?;
        Ok((lexicon, Rules { same, adopt_iris: self.adopt_iris }))
    }
}

fn absolute_iri(text: &str) -> Result<String, String> {
    match NamedNode::new(text) {
        Ok(iri) => Ok(iri.into_string()),
        Err(error) => Err(format!("not an absolute IRI such as https://example.org: {error}")),
    }
}
