//! The command line: what can be asked for, and how it ends.

use std::io;
use std::process::ExitCode;

use anyhow::Error;
use clap::{Parser, Subcommand};

mod annotate;
mod batch;
mod check;
mod confidence;
mod convert;
mod diff;
mod explain;
mod extract;
mod formats;
mod graphs;
mod identities;
mod input;
mod interrupt;
mod learn;
mod load;
mod message;
mod output;
mod query;
mod rdf_options;
mod shapes;
mod show;
mod store;
mod table;
mod validate;
mod vocabulary;

/// Reads English text and tells, as a knowledge graph, who did what.
///
/// People, organizations, works, places and dates become things; what the text says of them becomes statements, each
/// with the words that say so. What can be said stands in an ontology, a Turtle file that you can extend.
#[derive(Parser)]
#[command(name = "tellgraph", version, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph extract story.txt                    the graph of a text, as Turtle
  tellgraph extract story.txt -o story.jsonld    the ending tells the format
  curl -s https://a.example/news | tellgraph extract --from html --to dot | dot -Tsvg > news.svg
  tellgraph extract --ontology ships.ttl logs/   a whole folder, with properties of your own
  tellgraph show --step facts story.txt          what was understood, and from which words
  tellgraph explain story.txt --node 'Ada Park'  which words made a node, and why
  tellgraph convert story.ttl -o story.jsonld    RDF, ours or not, in another form
  tellgraph diff monday.ttl friday.ttl           what came and went
  tellgraph validate story.ttl                   whether a graph keeps to the ontology
  tellgraph add --store news/ articles/          into a store on disk; again, when articles changed or came
  tellgraph query --store news/ --ask founders   who founded what; or a query of your own, in SPARQL
  tellgraph load story.ttl --to http://127.0.0.1:7878/store   into a triple store

`tellgraph help COMMAND` tells more of each.";

#[derive(Subcommand)]
enum Command {
    Extract(extract::Arguments),
    Explain(explain::Arguments),
    Annotate(annotate::Arguments),
    Show(show::Arguments),
    Learn(learn::Arguments),
    Check(check::Arguments),
    Convert(convert::Arguments),
    Diff(diff::Arguments),
    Shapes(shapes::Arguments),
    Validate(validate::Arguments),
    Add(store::add::Arguments),
    Remove(store::remove::Arguments),
    List(store::list::Arguments),
    Export(store::export::Arguments),
    Query(query::Arguments),
    Load(load::Arguments),
    Formats(formats::Arguments),
}

/// Parses the arguments, does what they ask and tells how it went: 0 if well, 1 if not, 2 if the arguments were wrong;
/// `diff` and `validate` end with 1 if they find something, and with 2 if they cannot look.
pub fn run() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Annotate(arguments) => annotate::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Learn(arguments) => learn::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Diff(arguments) => return found(diff::run(&arguments)),
        Command::Shapes(arguments) => shapes::run(&arguments),
        Command::Validate(arguments) => return found(validate::run(&arguments)),
        Command::Add(arguments) => store::add::run(&arguments),
        Command::Remove(arguments) => store::remove::run(&arguments),
        Command::List(arguments) => store::list::run(&arguments),
        Command::Export(arguments) => store::export::run(&arguments),
        Command::Query(arguments) => query::run(&arguments),
        Command::Load(arguments) => load::run(&arguments),
        Command::Formats(arguments) => formats::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error, ExitCode::FAILURE),
    }
}

/// The exit code of what looks for something amiss.
fn found(done: Result<bool, Error>) -> ExitCode {
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => failed(&error, ExitCode::from(2)),
    }
}

/// Tells what went wrong.
fn failed(error: &Error, code: ExitCode) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    message::warn(format_args!("{error:#}"));
    code
}

/// Whether the reader of our output has seen enough (`| head`), which is no error.
fn is_broken_pipe(error: &Error) -> bool {
    let kind =
        |cause: &(dyn std::error::Error + 'static)| cause.downcast_ref::<io::Error>().map(io::Error::kind);
    error.chain().any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}
