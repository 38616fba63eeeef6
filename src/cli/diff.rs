//! `tellgraph diff`: what came and went between two graphs.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use oxrdf::vocab::rdfs;
use serde_json::{Value, json};
use tellgraph::rdf::{self, Dataset, Difference, Names, Quad, Term};

use super::graphs::Reading;
use super::message::warn;
use super::output::Output;
use super::table::printable;
use super::vocabulary::Vocabulary;

/// Tell which things and statements came and went between two graphs in RDF, in whatever forms they are.
///
/// Blank nodes are compared by what is said of them, whatever their labels. Exits with 0 if both graphs say the same, 1 if
/// not, 2 if they cannot be compared.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// The graph as it was
    #[arg(value_name = "BEFORE")]
    before: PathBuf,

    /// The graph as it is
    #[arg(value_name = "AFTER")]
    after: PathBuf,

    #[command(flatten)]
    reading: Reading,

    /// How to tell
    #[arg(short, long, value_name = "FORM", default_value = "text")]
    to: Form,

    #[command(flatten)]
    vocabulary: Vocabulary,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// Thing by thing, to read: + came, - went, ~ changed
    Text,
    /// One JSON object: things and statements, added and removed
    Json,
}

const EXAMPLES: &str = "\
Examples:
  tellgraph diff monday.ttl friday.ttl
  tellgraph diff monday.ttl friday.nq --to json | jq .things.added
  tellgraph diff story.ttl story.jsonld && echo the same";

/// Says whether both are the same.
pub fn run(arguments: &Arguments) -> Result<bool> {
    let ontology = arguments.vocabulary.ontology()?;
    let (before, mut prefixes) = arguments.reading.read(std::slice::from_ref(&arguments.before))?;
    let (after, others) = arguments.reading.read(std::slice::from_ref(&arguments.after))?;
    prefixes.extend(others);
    prefixes.extend_from_slice(ontology.prefixes());
    let difference = rdf::difference(&before, &after);
    if difference.alike > 0 {
        warn(format_args!(
            "{} blank nodes are too much alike to be told apart: of each kind it is only compared what is said",
            difference.alike
        ));
    }
    let names = Names::of(&[&before, &after], &prefixes);
    let told = Told { before: Side::of(&before), after: Side::of(&after), names };
    let mut output = Output::open(None)?;
    match arguments.to {
        Form::Text => told.write_text(&mut output, &difference)?,
        Form::Json => {
            serde_json::to_writer_pretty(&mut output, &told.json(&difference))?;
            writeln!(output)?;
        }
    }
    output.finish()?;
    Ok(difference.removed.is_empty() && difference.added.is_empty())
}

/// The things of one graph, and their labels.
struct Side {
    labels: HashMap<String, String>,
    subjects: BTreeSet<String>,
}

impl Side {
    fn of(dataset: &Dataset) -> Self {
        let mut side = Self { labels: HashMap::new(), subjects: BTreeSet::new() };
        for quad in dataset.quads() {
            let subject = quad.subject.to_string();
            if quad.predicate == rdfs::LABEL.as_str()
                && let Some(label) = quad.object.value()
            {
                side.labels.entry(subject.clone()).or_insert_with(|| label.into_owned());
            }
            side.subjects.insert(subject);
        }
        side
    }
}

struct Told {
    before: Side,
    after: Side,
    names: Names,
}

impl Told {
    fn write_text(&self, output: &mut dyn Write, difference: &Difference) -> Result<()> {
        let mut by_subject: BTreeMap<String, Vec<(char, Quad<'_>)>> = BTreeMap::new();
        for (sign, side) in [('-', &difference.removed), ('+', &difference.added)] {
            for quad in side.quads() {
                by_subject.entry(quad.subject.to_string()).or_default().push((sign, quad));
            }
        }
        for (subject, quads) in &by_subject {
            let sign = match (self.before.subjects.contains(subject), self.after.subjects.contains(subject)) {
                (true, false) => '-',
                (false, true) => '+',
                (true, true) => '~',
                // A blank node has other labels in the files.
                _ if subject.strip_prefix("_:").is_some_and(|label| difference.changed.contains(label)) => {
                    '~'
                }
                (false, false) => quads[0].0,
            };
            writeln!(output, "{sign} {}", self.shown(subject))?;
            for (sign, quad) in quads {
                let property = self.names.of_property(quad.predicate);
                let graph = quad.graph.map(|graph| format!("  in {}", self.names.of_term(graph)));
                let object = self.shown(&quad.object.to_string());
                writeln!(output, "    {sign} {property}  {object}{}", graph.unwrap_or_default())?;
            }
        }
        let (came, went) = (difference.added.len(), difference.removed.len());
        let noun = if came == 1 { "statement" } else { "statements" };
        writeln!(output, "{came} {noun} came, {went} went")?;
        Ok(())
    }

    fn json(&self, difference: &Difference) -> Value {
        let things = |these: &Side, others: &Side| -> Vec<Value> {
            let new = these.subjects.difference(&others.subjects).filter(|subject| subject.starts_with('<'));
            new.map(|subject| json!({ "iri": bare(subject), "label": these.labels.get(subject) })).collect()
        };
        let statements =
            |side: &Dataset| -> Vec<Value> { side.quads().map(|quad| self.statement(&quad)).collect() };
        json!({
            "things": {
                "added": things(&self.after, &self.before),
                "removed": things(&self.before, &self.after),
            },
            "statements": {
                "added": statements(&difference.added),
                "removed": statements(&difference.removed),
            },
        })
    }

    fn statement(&self, quad: &Quad<'_>) -> Value {
        json!({
            "subject": self.node(quad.subject),
            "property": quad.predicate,
            "object": self.node(quad.object),
            "graph": quad.graph.map(|graph| self.node(graph)),
        })
    }

    fn node(&self, term: Term<'_>) -> Value {
        let name = term.to_string();
        match (term.value(), term.language(), term.datatype()) {
            (Some(value), Some(language), _) => json!({ "value": value, "language": language }),
            (Some(value), None, datatype) => json!({ "value": value, "datatype": datatype }),
            (None, ..) => {
                let kind = match term {
                    Term::Blank(_) => "blank",
                    Term::Triple(_) => "triple",
                    _ => "iri",
                };
                json!({ kind: bare(&name), "label": self.label(&name) })
            }
        }
    }

    /// A term to read: its label and its name.
    fn shown(&self, term: &str) -> String {
        let short = self.names.of_term(Term::read(term));
        match self.label(term) {
            Some(label) => format!("{} ({short})", printable(label)),
            None => short,
        }
    }

    fn label(&self, term: &str) -> Option<&str> {
        let label = self.after.labels.get(term).or_else(|| self.before.labels.get(term));
        label.map(String::as_str)
    }
}

/// An IRI without its brackets, or a blank node with its sign.
fn bare(term: &str) -> &str {
    term.strip_prefix('<').and_then(|term| term.strip_suffix('>')).unwrap_or(term)
}
