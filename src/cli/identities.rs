//! What things are called, and which of them are one.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use oxrdf::NamedNode;
use tellgraph::graph::Rules;
use tellgraph::graph::identity::same::Same;
use tellgraph::lexicon::gazetteer::Gazetteer;
use tellgraph::{Lexicon, Ontology};

use super::vocabulary::read_files;

#[derive(Args)]
pub struct Identities {
    #[command(flatten)]
    known: Known,

    #[command(flatten)]
    uniting: Uniting,
}

/// What things are called, text by text.
#[derive(Args)]
#[command(next_help_heading = "Identity")]
pub struct Known {
    /// What the IRIs of extracted things begin with
    #[arg(long, value_name = "IRI", value_parser = absolute_iri)]
    pub base: Option<String>,

    /// Known things with their public IRIs, in CSV (columns name, aliases, class, iri, context, usual) or Turtle; what
    /// a text names so is written as owl:sameAs. May be given more than once
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Vec<PathBuf>,
}

/// Which things of several texts are one.
#[derive(Args)]
#[command(next_help_heading = "Identity")]
pub struct Uniting {
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
        if let Some(base) = &self.known.base {
            lexicon = lexicon.with_base(base);
        }
        if !self.known.gazetteer.is_empty() {
            let known = Gazetteer::read(&read_files(&self.known.gazetteer)?, lexicon.ontology())?;
            lexicon = lexicon.with_gazetteer(known);
        }
        let rules = self.uniting.rules(lexicon.ontology())?;
        Ok((lexicon, rules))
    }
}

impl Uniting {
    /// The options that are given.
    pub fn given(&self) -> Vec<&'static str> {
        let options = [(self.adopt_iris, "--adopt-iris"), (!self.same.is_empty(), "--same")];
        options.into_iter().filter(|(given, _)| *given).map(|(_, name)| name).collect()
    }

    /// The rules by which documents' things are united.
    ///
    /// # Errors
    /// A file that cannot be read, says what cannot be meant, or contradicts itself.
    pub fn rules(&self, ontology: &Ontology) -> Result<Rules> {
        let same = Same::read(&read_files(&self.same)?, ontology.base())?;
        Ok(Rules { same, adopt_iris: self.adopt_iris })
    }
}

pub fn absolute_iri(text: &str) -> Result<String, String> {
    match NamedNode::new(text) {
        Ok(iri) => Ok(iri.into_string()),
        Err(error) => Err(format!("not an absolute IRI such as https://example.org: {error}")),
    }
}
