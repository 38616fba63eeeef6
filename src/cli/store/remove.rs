//! `tellgraph remove`: documents out of a store.

use anyhow::Result;
use clap::Args;
use tellgraph::store::folder::Writer;

use super::Place;

/// Take documents out of a store, by their ids: all of them or, if one is not there, none.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,

    /// The ids of documents, as `tellgraph list` shows them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph remove --store news/ harbor-lights
  tellgraph list --store news/ | cut -f 1 | grep ^2019/ | xargs -d '\\n' tellgraph remove --store news/";

pub fn run(arguments: &Arguments) -> Result<()> {
    Ok(Writer::open(&arguments.place.store)?.remove(&arguments.ids)?)
}
