//! `tellgraph check`: what an ontology was understood to say.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Args;
use tellgraph::ontology::{self, Ontology, Property, Range, Wording};
use tellgraph::{Lexicon, lexicon};

use super::message::warn;
use super::output::Output;
use super::vocabulary::read_files;

/// Read ontologies and tell how their properties are said in English.
///
/// Under each phrase stands the pattern that it became: the words between subject and object, and arrows that point from
/// a word to what depends on it. Of a property that has none stand the phrases that its label became. Phrases that can never match are told last, each with its file, line and column.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// Ontologies in Turtle; if none is given, the built-in one is told
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Leave the built-in ontology out
    #[arg(long, requires = "files")]
    no_core: bool,

    /// Tell the properties of the built-in ontology too
    #[arg(long)]
    all: bool,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph check ships.ttl && tellgraph extract --ontology ships.ttl log.txt
  tellgraph check                 every property there is, and its phrases";

pub fn run(arguments: &Arguments) -> Result<()> {
    let core = (!arguments.no_core).then(ontology::core_file);
    let files: Vec<_> = core.into_iter().chain(read_files(&arguments.files)?).collect();
    let (lexicon, errors) = Lexicon::compile_all(Ontology::read(&files)?);
    let mut output = Output::open(None)?;
    let ontology = lexicon.ontology();
    let all = arguments.all || arguments.files.is_empty();
    let is_theirs = |property: &Property| {
        let mut origins = property.phrases.iter().chain(&property.roles).map(|wording| &wording.origin);
        let is_named = |file: &str| arguments.files.iter().any(|path| path.as_os_str() == file);
        is_named(&property.origin.file) || origins.any(|origin| is_named(&origin.file))
    };
    let told =
        ontology.properties().map(|(_, property)| property).filter(|property| all || is_theirs(property));
    for property in told {
        write_property(&mut output, &lexicon, property)?;
    }
    let (classes, properties) = (ontology.classes().len(), ontology.properties().len());
    writeln!(output, "{classes} classes, {properties} properties")?;
    output.finish()?;
    for error in &errors {
        warn(error);
    }
    ensure!(errors.is_empty(), "{} of the phrases can never match", errors.len());
    Ok(())
}

fn write_property(output: &mut dyn Write, lexicon: &Lexicon, property: &Property) -> Result<()> {
    let ontology = lexicon.ontology();
    let range = match &property.range {
        Range::Thing => classes(ontology, &property.range_classes),
        Range::Literal(datatypes) => {
            let names = datatypes.iter().map(|datatype| ontology::local_name(datatype.as_str()));
            names.collect::<Vec<_>>().join(" or ")
        }
    };
    writeln!(output, "{} ({} -> {range})", property.label, classes(ontology, &property.domain))?;
    writeln!(output, "  {}", property.iri.as_str())?;
    for (word, wordings) in [("phrase", &property.phrases), ("role", &property.roles)] {
        for wording in wordings {
            writeln!(output, "  {word:<8}{}{}", wording.text, learned(wording))?;
            for pattern in lexicon.patterns_of(property, wording) {
                writeln!(output, "            {pattern}")?;
            }
        }
    }
    if property.phrases.is_empty() && property.roles.is_empty() {
        writeln!(output, "  no phrases: nothing but its label says it")?;
        for wording in lexicon::label::wordings(property) {
            let patterns: Vec<_> = lexicon.patterns_of(property, &wording).collect();
            if !patterns.is_empty() {
                writeln!(output, "  {:<8}{}", "label", wording.text)?;
            }
            for pattern in patterns {
                writeln!(output, "            {pattern}")?;
            }
        }
    }
    writeln!(output)?;
    Ok(())
}

/// How sure a learned wording is.
fn learned(wording: &Wording) -> String {
    match (wording.precision, wording.seen) {
        (Some(precision), Some(seen)) => format!("  (right in {:.0} % of {seen})", precision * 100.0),
        (Some(precision), None) => format!("  (right in {:.0} %)", precision * 100.0),
        _ => String::new(),
    }
}

/// "Person", "Person or Organization", "Work and Event"; "anything" if nothing is asked for.
fn classes(ontology: &Ontology, condition: &[Vec<tellgraph::ontology::ClassId>]) -> String {
    let label = |id: &tellgraph::ontology::ClassId| ontology.class(*id).label.as_str();
    let any = |classes: &Vec<_>| classes.iter().map(label).collect::<Vec<_>>().join(" or ");
    let all = condition.iter().map(any).collect::<Vec<_>>().join(" and ");
    if all.is_empty() { "anything".to_owned() } else { all }
}
