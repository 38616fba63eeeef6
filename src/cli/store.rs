//! A store on disk: documents come and go, and what they say is exported or asked.

pub mod add;
pub mod export;
pub mod list;
pub mod remove;

use std::path::PathBuf;

use super::message::warn;
use anyhow::Result;
use clap::Args;
use tellgraph::Ontology;
use tellgraph::store::folder::{Folder, Settings};

#[derive(Args)]
pub struct Place {
    /// The folder of the store
    #[arg(long, value_name = "FOLDER")]
    pub store: PathBuf,
}

impl Place {
    /// Opens the store to read, with the ontology that its graphs go by.
    pub fn open(&self) -> Result<(Folder, Ontology)> {
        open(&self.store)
    }
}

/// Opens a store to read, with the ontology that its graphs go by; tells if other versions of the program read its
/// documents.
pub fn open(path: &std::path::Path) -> Result<(Folder, Ontology)> {
    let folder = Folder::open(path)?;
    let ontology = folder.settings().ontology()?;
    let current = Settings::default().program;
    for (program, count) in folder.programs()?.iter().filter(|(program, _)| *program != current) {
        warn(format_args!(
            "{count} documents were read by tellgraph {program}: `tellgraph add --store {} --renew` reads them again",
            path.display()
        ));
    }
    Ok((folder, ontology))
}
