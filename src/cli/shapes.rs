//! `tellgraph shapes`: what an ontology asks of a graph, in SHACL.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use tellgraph::rdf::Syntax;
use tellgraph::{export, shape};

use super::formats;
use super::output::Output;
use super::vocabulary::Vocabulary;

/// Write SHACL shapes that say what the ontology asks of a graph.
///
/// For each property: what its subjects are (rdfs:domain), what its values are (rdfs:range, classes or datatypes), and that
/// there is at most one where it is functional. For each class: which others its things cannot be of (owl:disjointWith).
/// Subclasses stand with the shapes, so that any SHACL processor can use them with no other file.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    vocabulary: Vocabulary,

    /// How to write them; if not given, the ending of the output file tells, or else it is Turtle
    #[arg(short, long, value_name = "FORMAT", value_parser = formats::syntax_parser())]
    to: Option<Syntax>,

    /// The file to write, which appears whole or not at all, packed if it ends in .gz; if not given, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph shapes -o shapes.ttl
  tellgraph shapes --no-core --ontology ships.ttl | pyshacl -s /dev/stdin fleet.ttl";

pub fn run(arguments: &Arguments) -> Result<()> {
    let ontology = arguments.vocabulary.ontology()?;
    let syntax = formats::chosen_syntax(arguments.to, arguments.output.as_deref())?;
    let mut output = Output::open(arguments.output.as_deref())?;
    export::write_rdf(&shape::shapes(&ontology), ontology.prefixes(), syntax, None, &mut output)
        .context("cannot write the shapes")?;
    output.finish()
}
