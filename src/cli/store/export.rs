//! `tellgraph export`: the graph of a store.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use tellgraph::graph::unite;
use tellgraph::{Format, export};

use super::Place;
use crate::cli::formats;
use crate::cli::identities::Uniting;
use crate::cli::output::Output;
use crate::cli::rdf_options::RdfOptions;

/// Write the graph of all documents of a store: the same bytes as `tellgraph extract` makes of all their texts at once, in
/// the order of their ids.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,

    /// How to write the graph; if not given, the ending of the output file tells, or else it is Turtle
    #[arg(short, long, value_name = "FORMAT", value_parser = formats::parser())]
    to: Option<Format>,

    /// The file to write, which appears whole or not at all; if not given, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    uniting: Uniting,

    #[command(flatten)]
    rdf: RdfOptions,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph export --store news/ -o all.ttl
  tellgraph export --store news/ -o all.trig --evidence graph     a named graph for each document
  tellgraph export --store news/ -o all.html                      one page, with the texts
  tellgraph export --store news/ --to facts > facts.jsonl
  tellgraph export --store news/ --same same.ttl --to nquads | gzip > all.nq.gz";

pub fn run(arguments: &Arguments) -> Result<()> {
    let format = formats::chosen(arguments.to, arguments.output.as_deref())?;
    let (folder, ontology) = arguments.place.open()?;
    let rules = arguments.uniting.rules(&ontology)?;
    let options = arguments.rdf.options(format, &ontology)?;
    let mut output = Output::open_for(format, arguments.output.as_deref())?;
    if format == Format::Facts {
        for graph in folder.graphs(&ontology, false)? {
            export::write(&unite(vec![graph], &rules, &ontology), &ontology, format, &mut output)?;
        }
    } else {
        let graph = folder.graph(&rules, &ontology, format.shows_text())?;
        output.write_graph(&graph, &ontology, format, &options)?;
    }
    output.finish()
}
