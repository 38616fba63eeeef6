//! `tellgraph list`: the documents of a store.

use std::io::Write;

use anyhow::Result;
use clap::Args;

use super::Place;
use crate::cli::output::Output;
use crate::cli::table::printable;

/// List the documents of a store, one a line: id, title, date and address, parted by tabs.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph list --store news/
  tellgraph list --store news/ | wc -l";

pub fn run(arguments: &Arguments) -> Result<()> {
    let (folder, _) = arguments.place.open()?;
    let mut output = Output::open(None)?;
    for entry in folder.entries()? {
        let rest = [entry.title, entry.date, entry.url].map(|cell| printable(&cell.unwrap_or_default()));
        writeln!(output, "{}\t{}", printable(&entry.id), rest.join("\t"))?;
    }
    output.finish()
}
