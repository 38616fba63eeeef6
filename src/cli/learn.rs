//! `tellgraph learn`: examples in, a lexicon out.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Args;
use tellgraph::learn::{self, Example, Measure, Scope, example};
use tellgraph::ontology::{self, Ontology};
use tellgraph::{Lexicon, mention, syntax};

use super::graphs;
use super::message::{self, warn};
use super::output::Output;
use super::vocabulary::read_files;

/// Learn from texts and the facts they state how the properties of an ontology are said.
///
/// Each line of the examples is a JSON object: a "text", and its "facts", each with "subject", "property" (an IRI of the
/// ontology) and "object". The ends are words of the text, or {"text", "start", "end"} with offsets in code points, as
/// `extract --to facts` writes them. Some dozens of facts for each property do much, hundreds do more. They need not
/// be all that the texts state, and need not be free of mistakes.
///
/// What is learned is a lexicon in Turtle, to be used beside the ontology. How good it is for each property, on examples
/// left out of learning, is told on standard error.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// The ontology whose properties the examples state; may be given more than once
    #[arg(long, value_name = "FILE")]
    ontology: Vec<PathBuf>,

    /// The examples, also packed as .gz, or - for standard input
    #[arg(value_name = "EXAMPLES.jsonl")]
    examples: PathBuf,

    /// The lexicon to write, which appears whole or not at all; if not given, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Learn nothing of each property, only what holds of properties in general: how their labels tell what to find.
    /// Files learned so from several ontologies can be used together, for an ontology that has no examples
    #[arg(long)]
    general: bool,

    /// Tell no measures
    #[arg(short, long)]
    quiet: bool,
}

/// From how many facts on a property's measures mean something.
const FEW: usize = 10;

const EXAMPLES: &str = r#"Examples:
  Learn, look at what was learned, use it:
    tellgraph learn --ontology ships.ttl examples.jsonl -o ships.lexicon.ttl
    tellgraph check --no-core ships.ttl ships.lexicon.ttl
    tellgraph extract --ontology ships.ttl --ontology ships.lexicon.ttl log.txt

  A line of examples.jsonl:
    {"text":"The Petrel was built in 1893 by Olsen & Sons.","facts":[
      {"subject":"Petrel","property":"https://ships.example/builder","object":"Olsen & Sons"},
      {"subject":"Petrel","property":"https://ships.example/launched","object":"1893"}]}   (on one line)"#;

pub fn run(arguments: &Arguments) -> Result<()> {
    let examples = read(arguments)?;
    let mut files = read_files(&arguments.ontology)?;
    if files.is_empty() {
        files.push(ontology::core_file());
    }
    let ontology = Ontology::read(&files)?;
    warn_of_unknown(&ontology, &examples);
    let stated = examples.iter().flat_map(|example| &example.facts);
    let known = stated.filter(|fact| ontology.property_named(&fact.property).is_some()).count();
    ensure!(known > 0, "{}: no fact states a property of the ontology", arguments.examples.display());
    let scope = if arguments.general { Scope::General } else { Scope::Properties };
    let models = || rayon::join(syntax::load, mention::name::load);
    let (lexicon, _) = rayon::join(|| Lexicon::compile(ontology.clone()), models);
    let taught = learn::learn(lexicon?, &examples, scope);
    if !arguments.quiet {
        tell(&ontology, &taught.measures);
    }
    let mut output = Output::open(arguments.output.as_deref())?;
    output.write_all(taught.turtle.as_bytes())?;
    output.finish()
}

fn read(arguments: &Arguments) -> Result<Vec<Example>> {
    let name = graphs::name(&arguments.examples);
    let mut text = String::new();
    let mut reader = graphs::open(&arguments.examples)?;
    reader.read_to_string(&mut text).with_context(|| format!("cannot read {name}"))?;
    example::read(text.strip_prefix('\u{feff}').unwrap_or(&text)).context(name)
}

/// Facts of properties that the ontology does not have teach nothing.
fn warn_of_unknown(ontology: &Ontology, examples: &[Example]) {
    let properties = examples.iter().flat_map(|example| &example.facts).map(|fact| fact.property.as_str());
    let unknown: BTreeSet<&str> = properties.filter(|iri| ontology.property_named(iri).is_none()).collect();
    for iri in unknown {
        warn(format_args!("no ontology given declares <{iri}>: its facts are passed over"));
    }
}

/// The measures as a table.
fn tell(ontology: &Ontology, measures: &[(ontology::PropertyId, Measure)]) {
    message::tell("On examples left out of learning, where both ends of a fact were found in the text:\n");
    message::tell(format_args!(
        "{:<34} {:>6} {:>6} {:>10} {:>7} {:>6}",
        "property", "facts", "found", "precision", "recall", "cut"
    ));
    for (id, measure) in measures {
        let label: String = ontology.property(*id).label.chars().take(34).collect();
        let Measure { cut, precision, recall, stated, found } = measure;
        message::tell(format_args!(
            "{label:<34} {stated:>6} {found:>6} {precision:>10.2} {recall:>7.2} {cut:>6.2}"
        ));
    }
    let few = measures.iter().filter(|(_, measure)| measure.found < FEW).count();
    if few > 0 {
        message::tell(format_args!(
            "\n{few} of {} properties have fewer than {FEW} facts with both ends in the text: their figures mean little, and \
             more examples would teach more.",
            measures.len()
        ));
    }
}
