//! `tellgraph list`: the documents of a store.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use tellgraph::ontology::File;
use tellgraph::store::folder::Settings;

use super::Place;
use crate::cli::output::Output;
use crate::cli::table::printable;

/// List the documents of a store, one a line: id, title, date and address, parted by tabs.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,

    /// Show by what they are read instead: ontologies, gazetteers, what IRIs begin with, the least confidence
    #[arg(long)]
    settings: bool,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph list --store news/
  tellgraph list --store news/ | wc -l
  tellgraph list --store news/ --settings";

pub fn run(arguments: &Arguments) -> Result<()> {
    let (folder, _) = arguments.place.open()?;
    let mut output = Output::open(None)?;
    if arguments.settings {
        for (name, value) in told(folder.settings()) {
            writeln!(output, "{name}\t{}", printable(&value))?;
        }
        return output.finish();
    }
    for entry in folder.entries()? {
        let rest = [entry.title, entry.date, entry.url].map(|cell| printable(&cell.unwrap_or_default()));
        writeln!(output, "{}\t{}", printable(&entry.id), rest.join("\t"))?;
    }
    output.finish()
}

/// Settings by what says each as an option, where one does.
fn told(settings: &Settings) -> Vec<(&'static str, String)> {
    let file = |file: &File| file.name.display().to_string();
    let mut told = vec![("program", format!("tellgraph {}", settings.program))];
    told.extend(settings.core.is_none().then(|| ("--no-core", String::new())));
    told.extend(settings.ontologies.iter().map(|ontology| ("--ontology", file(ontology))));
    told.extend(settings.gazetteers.iter().map(|gazetteer| ("--gazetteer", file(gazetteer))));
    told.push(("--base", settings.base().to_owned()));
    told.extend(settings.least_confidence.map(|least| ("--min-confidence", least.to_string())));
    told
}
