//! `tellgraph validate`: whether a graph keeps to an ontology, or to shapes.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::Args;
use tellgraph::rdf::{Dataset, Prefix};
use tellgraph::shape::{self, Violation};

use super::graphs::Graphs;
use super::output::Output;
use super::vocabulary::Vocabulary;

/// Check RDF, ours or not, against SHACL shapes: those of the ontology (see `tellgraph shapes`), or of a file.
///
/// Tells what does not keep to them, thing by thing, and exits with 0 if all does, 1 if not. All named graphs are looked at
/// together. Which class is below which is read from the graph and from the shapes.
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
    let violations =
        shape::validate(&data, &shapes).map_err(|error| anyhow!("the shapes cannot be used: {error}"))?;
    let mut output = Output::open(None)?;
    write(&mut output, &data, &violations, &prefixes)?;
    output.finish()?;
    // What is only a warning is told, and no reason to fail, says SHACL; its processors fail all the same.
    Ok(violations.is_empty())
}

fn write(
    output: &mut dyn Write,
    data: &Dataset,
    violations: &[Violation],
    prefixes: &[Prefix],
) -> Result<()> {
    let short = |text: &str| shortened(text, prefixes);
    for of_one in violations.chunk_by(|one, next| one.focus == next.focus) {
        writeln!(output, "{}", short(&of_one[0].focus))?;
        for violation in of_one {
            let path = violation.path.as_deref().map(&short).unwrap_or_default();
            let value = violation.value.as_deref().filter(|value| **value != violation.focus).map(&short);
            let said = [path, value.unwrap_or_default()].join(" ");
            let said = if said.trim().is_empty() { "itself" } else { said.trim() };
            let severity = if violation.severity == "Violation" { "" } else { &violation.severity };
            let told = format!("    {said}: not {} {severity}", short(&violation.asked).trim());
            writeln!(output, "{}", told.trim_end())?;
            for message in &violation.messages {
                writeln!(output, "        {message}")?;
            }
        }
    }
    let count = violations.len();
    match count {
        0 => writeln!(output, "{} statements, all as they should be", data.len())?,
        _ => writeln!(output, "{} statements; {count} not as they should be", data.len())?,
    }
    Ok(())
}

/// A text with the IRIs in it (`<https://...>`) shortened by prefixes.
pub fn shortened(text: &str, prefixes: &[Prefix]) -> String {
    let mut parts = text.split('<');
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let iri = part.split_once('>').and_then(|(iri, rest)| {
            let fits =
                |(prefix, namespace): &&Prefix| !prefix.is_empty() && iri.starts_with(namespace.as_str());
            let (prefix, namespace) = prefixes.iter().find(fits)?;
            Some(format!("{prefix}:{}{rest}", &iri[namespace.len()..]))
        });
        short.push_str(&iri.unwrap_or_else(|| format!("<{part}")));
    }
    short
}
