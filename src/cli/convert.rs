//! `tellgraph convert`: RDF, ours or not, in another form.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Args;
use tellgraph::export::Options;
use tellgraph::rdf::Syntax;
use tellgraph::{Format, Ontology, export, graph, rdf};

use super::formats;
use super::graphs::{self, Graphs};
use super::output::Output;
use super::rdf_options::Framing;
use super::vocabulary::Vocabulary;

/// Read RDF and write it in another form: other RDF, with every statement and nothing added, a picture or a table.
///
/// RDF leaves sorted, so that the same statements give the same bytes; only N-Triples and N-Quads made of N-Triples or
/// N-Quads keep the order in which they come, in memory that does not grow with them, unless --sorted is given. Named graphs
/// need trig, nquads or jsonld. Blank nodes stay what they are: those of N-Triples and N-Quads keep their labels, others are
/// numbered. Nothing is loaded from a network: JSON-LD that points to a context elsewhere is an error.
///
/// Pictures and tables show things by rdfs:label, skos:prefLabel, schema:name or foaf:name, or else by the end of their IRI,
/// and the words of the evidence that `tellgraph extract --evidence statement` or `span` wrote.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    graphs: Graphs,

    /// How to write the graph; if not given, the ending of the output file tells, or else it is Turtle
    #[arg(short, long, value_name = "FORMAT", value_parser = formats::parser())]
    to: Option<Format>,

    /// The file to write, which appears whole or not at all, packed if it ends in .gz; if not given, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Sort N-Triples and N-Quads too, and say each statement once
    #[arg(long)]
    sorted: bool,

    #[command(flatten)]
    framing: Framing,

    #[command(flatten)]
    vocabulary: Vocabulary,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph convert story.ttl -o story.jsonld          the endings tell the forms
  tellgraph convert a.nq b.ttl --to trig               two graphs as one, to read
  zcat dump.nt.gz | tellgraph convert --from ntriples - --to nquads > dump.nq
  tellgraph convert foreign.rdf -o foreign.svg         a picture; foreign.html is a page to explore
  tellgraph convert foreign.rdf -o foreign.csv         two tables, foreign.nodes.csv and foreign.edges.csv
  tellgraph convert films.ttl --to jsonld --frame schema:Movie";

pub fn run(arguments: &Arguments) -> Result<()> {
    let format = formats::chosen(arguments.to, arguments.output.as_deref())?;
    let ontology = arguments.vocabulary.ontology()?;
    let frame = arguments.framing.class(format, &ontology)?;
    if let (false, Some((from, to))) = (arguments.sorted, lines(arguments, format)?) {
        return copy(arguments, from, to);
    }
    let (dataset, mut prefixes) = arguments.graphs.read()?;
    if let Some(class) = &frame {
        Framing::warn_of_none(class, &dataset, &ontology);
    }
    prefixes.extend_from_slice(ontology.prefixes());
    let mut output = Output::open_for(format, arguments.output.as_deref())?;
    if let Some(syntax) = format.syntax() {
        let frame = frame.as_ref().map(|class| (class, &ontology));
        export::write_rdf(&dataset, &prefixes, syntax, frame, &mut output)
            .context("cannot write the graph")?;
    } else {
        let graph = shown(&dataset, format, &ontology)?;
        output.write_graph(&graph, &ontology, format, &Options::default())?;
    }
    output.finish()
}

/// From and to which form, if statements can be copied line by line: from one file, since blank nodes of two are two.
fn lines(arguments: &Arguments, format: Format) -> Result<Option<(Syntax, Syntax)>> {
    let [input] = arguments.graphs.inputs.as_slice() else { return Ok(None) };
    let from = arguments.graphs.reading.syntax(input)?;
    Ok(format.syntax().filter(|to| to.is_lines() && from.is_lines()).map(|to| (from, to)))
}

fn copy(arguments: &Arguments, from: Syntax, to: Syntax) -> Result<()> {
    let input = &arguments.graphs.inputs[0];
    let mut output = Output::open(arguments.output.as_deref())?;
    rdf::copy_lines(&graphs::name(input), &mut graphs::open(input)?, &mut output, (from, to))?;
    output.finish()
}

/// The graph as things and statements.
fn shown(dataset: &rdf::Dataset, format: Format, ontology: &Ontology) -> Result<tellgraph::Graph> {
    let graph = graph::read(dataset, ontology);
    if format == Format::Facts {
        let placed = graph.all_evidence().iter().all(|evidence| evidence.subject.end > 0);
        ensure!(
            placed && !graph.all_evidence().is_empty(),
            "facts show where in a text they stand, which this graph does not tell: it takes `tellgraph extract --evidence span`"
        );
    }
    Ok(graph)
}
