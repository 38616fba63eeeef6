//! Reads a text and prints what it says, as Turtle.
//!
//! `cargo run --example quickstart`, or with files of your own: `cargo run --example quickstart -- story.txt page.html`

use std::error::Error;
use std::path::PathBuf;

use tellgraph::graph::{self, Rules};
use tellgraph::{Format, Lexicon, export, extract, source};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push("examples/harbor-lights.txt".into());
    }
    let lexicon = Lexicon::core();
    let mut graphs = Vec::new();
    for source in source::open(&paths, None)? {
        graphs.push(extract(&source?, &lexicon));
    }
    let graph = graph::unite(graphs, &Rules::default(), lexicon.ontology());
    print!("{}", export::to_string(&graph, lexicon.ontology(), Format::Turtle));
    Ok(())
}
