//! `tellgraph validate`: whether a graph keeps to an ontology, or to shapes.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::Args;
use tellgraph::rdf::{Names, Term};
use tellgraph::shape::{self, Report};

use super::graphs::Graphs;
use super::output::Output;
use super::table::printable;
use super::vocabulary::Vocabulary;

/// Check RDF, ours or not, against SHACL shapes: those of the ontology (see `tellgraph shapes`), or of a file.
///
/// Tells what does not keep to them, thing by thing, and exits with 0 if all does, 1 if not, 2 if the graph or the shapes
/// cannot be used. All named graphs are looked at together. Which class is below which is read from the graph and from the
/// shapes.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    graphs: Graphs,

    /// SHACL shapes in RDF, in place of those of the ontology; may be given more than once
    #[arg(long, value_name = "FILE")]
    shapes: Vec<PathBuf>,

    #[command(flatten)]
    vocabulary: Vocabulary,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph validate story.ttl
  tellgraph validate --ontology ships.ttl fleet.nq
  tellgraph validate --shapes rules.ttl story.ttl && echo fine";

/// Says whether all is well.
pub fn run(arguments: &Arguments) -> Result<bool> {
    let ontology = arguments.vocabulary.ontology()?;
    let (data, mut prefixes) = arguments.graphs.read()?;
    let shapes = if arguments.shapes.is_empty() {
        shape::shapes(&ontology)
    } else {
        let inputs = Graphs {
            inputs: arguments.shapes.clone(),
            reading: super::graphs::Reading { from: None, relative_to: None },
        };
        inputs.read()?.0
    };
    prefixes.extend_from_slice(ontology.prefixes());
    let report =
        shape::validate(&data, &shapes).map_err(|error| anyhow!("the shapes cannot be used: {error}"))?;
    let mut output = Output::open(None)?;
    write(&mut output, data.len(), &report, &Names::of(&[&data, &shapes], &prefixes))?;
    output.finish()?;
    // What is only a warning is not as it should be either: so say all processors of SHACL.
    Ok(report.violations.is_empty())
}

fn write(output: &mut dyn Write, statements: usize, report: &Report, names: &Names) -> Result<()> {
    let term = |text: &String| printable(&names.of_term(Term::read(text)));
    for of_one in report.violations.chunk_by(|one, next| one.focus == next.focus) {
        writeln!(output, "{}", term(&of_one[0].focus))?;
        for violation in of_one {
            let path = violation.path.as_deref().map(|path| names.in_text(path));
            let value = violation.value.as_ref().filter(|value| **value != violation.focus).map(term);
            let place: Vec<String> = path.into_iter().chain(value).collect();
            let place = if place.is_empty() { "itself".to_owned() } else { place.join(" ") };
            let severity = match violation.severity.as_str() {
                "Violation" => String::new(),
                other => format!(" ({other})"),
            };
            match violation.messages.as_slice() {
                [] => writeln!(output, "    {place}: not {}{severity}", names.in_text(&violation.asked))?,
                said => writeln!(output, "    {place}: {}{severity}", printable(&said.join("; ")))?,
            }
        }
    }
    let shapes = match (report.shapes, report.applied) {
        (1, 0) => "1 shape, which does not apply".to_owned(),
        (all, 0) => format!("{all} shapes, none of which applies"),
        (1, _) => "1 shape".to_owned(),
        (all, applied) => format!("{all} shapes, of which {applied} apply"),
    };
    match report.violations.len() {
        0 if report.applied == 0 => writeln!(output, "{statements} statements, nothing checked: {shapes}")?,
        0 => writeln!(output, "{statements} statements, all as they should be: {shapes}")?,
        1 => writeln!(output, "{statements} statements, 1 fault: {shapes}")?,
        count => writeln!(output, "{statements} statements, {count} faults: {shapes}")?,
    }
    Ok(())
}
