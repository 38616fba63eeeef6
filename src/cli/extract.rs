//! `tellgraph extract`: texts in, a graph out.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use tellgraph::document;
use tellgraph::graph::unite;
use tellgraph::source::conllu::Given;
use tellgraph::{Format, export};

use super::batch::{self, Pace};
use super::confidence::Confidence;
use super::explain;
use super::formats;
use super::identities::Identities;
use super::input::Input;
use super::output::Output;
use super::rdf_options::RdfOptions;
use super::vocabulary::Vocabulary;

/// Read texts and write what they say as a graph.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,

    /// How to write the graph; if not given, the ending of the output file tells, or else it is Turtle
    #[arg(short, long, value_name = "FORMAT", value_parser = formats::parser())]
    to: Option<Format>,

    /// The file to write, which appears whole or not at all, packed if it ends in .gz; if not given, standard output. For CSV, NAME.csv says to
    /// write two tables, NAME.nodes.csv and NAME.edges.csv; standard output gets that of the edges
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    vocabulary: Vocabulary,

    #[command(flatten)]
    identities: Identities,

    #[command(flatten)]
    confidence: Confidence,

    #[command(flatten)]
    rdf: RdfOptions,

    /// Tell on standard error, of each fact, which words and which line of the ontology say it, and how sure that is;
    /// `tellgraph explain --fact` tells it of one, and why others are missing
    #[arg(long)]
    explain: bool,

    #[command(flatten)]
    pace: Pace,
}

const EXAMPLES: &str = r#"Examples:
  A text, a page, a folder:
    tellgraph extract story.txt
    tellgraph extract page.html -o page.ttl
    tellgraph extract articles/ --to nquads -o articles.nq

  As a picture, as a page to explore in a browser, for Gephi, as tables for Neo4j (two files, lumen.*.csv):
    echo "Ada Park founded Lumen Works." | tellgraph extract -o lumen.svg
    tellgraph extract articles/ -o articles.html
    tellgraph extract articles/ -o articles.graphml
    tellgraph extract articles/ -o articles.csv

  Many texts, one JSON object a line, "id" and "text", and "title", "date", "url" if known:
    zcat news.jsonl.gz | tellgraph extract --from jsonl --to facts > facts.jsonl

  With the reasons beside it:
    tellgraph extract story.txt --explain -o story.ttl 2> story.reasons.txt

  Properties of your own, and your own IRIs:
    tellgraph extract --ontology ships.ttl --base https://ships.example log.md

  RDF with the words that say each statement, in the terms of schema.org, or ready to paste into a page:
    tellgraph extract --evidence span story.txt -o story.ttl
    tellgraph extract --vocab schema --frame Film story.txt --to jsonld

  Public IRIs for what you know by name, and who is who:
    printf 'name,class,iri\nLumen Works,company,https://lumen.example/#us\n' > known.csv
    tellgraph extract --gazetteer known.csv --same same.ttl articles/
  where same.ttl says, of two IRIs of yours, that they are one or are not:
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix person: <https://example.org/person/> .
    person:j-marlow owl:sameAs person:jane-marlow .  # she is written as the right one
    <https://example.org/person/ida-holm#monday> owl:differentFrom <https://example.org/person/ida-holm#friday> .
  (`#monday`: as the document of that id tells of her.) Facts leave document by document, so that two people of
  one name in two documents share their IRI in --to facts, and have two in a graph where something tells them apart."#;

pub fn run(arguments: &Arguments) -> Result<()> {
    let progress = arguments.pace.start()?;
    let format = formats::chosen(arguments.to, arguments.output.as_deref())?;
    let lexicon = arguments.confidence.apply(arguments.vocabulary.lexicon()?);
    let (lexicon, rules) = arguments.identities.apply(lexicon)?;
    let ontology = lexicon.ontology();
    let options = arguments.rdf.options(format, ontology)?;
    let sources = arguments.input.open()?;
    let mut output = Output::open_for(format, arguments.output.as_deref())?;
    let work = |given: &Given| {
        let (mut graph, reasons) = if arguments.explain {
            let (graph, reasons) = explain::graph_and_reasons(given, &lexicon);
            (graph, Some((given.source.id.clone(), reasons)))
        } else {
            (tellgraph::tell(document::of(given), &lexicon), None)
        };
        if format.shows_text() {
            graph.keep_text(given.source.text.as_str());
        }
        (graph, reasons)
    };
    let mut graphs = Vec::new();
    batch::each(sources, work, |(graph, reasons)| {
        if let Some((id, rows)) = reasons {
            explain::write_document(&mut std::io::stderr().lock(), &id, &rows)?;
        }
        progress.step();
        if format == Format::Facts {
            // Facts stand a line each, whatever text they are from: no need to wait for the last.
            export::write(&unite(vec![graph], &rules, ontology), ontology, format, &mut output)?;
        } else {
            graphs.push(graph);
        }
        Ok(())
    })?;
    progress.finish();
    if format != Format::Facts {
        output.write_graph(&unite(graphs, &rules, ontology), ontology, format, &options)?;
    }
    output.finish()
}
