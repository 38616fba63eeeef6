//! `tellgraph query`: what a store or graphs say, in SPARQL or by a question with a name.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use oxrdf::Term;
use tellgraph::rdf::vocabulary::oa;
use tellgraph::rdf::{self, Dataset, Names, Prefix, Syntax};
use tellgraph::store::query::{Answer, Form, Queryable, Question, Table};
use tellgraph::{Format, export};

use super::formats;
use super::graphs::Reading;
use super::identities::Uniting;
use super::message::warn;
use super::output::Output;
use super::rdf_options::RdfOptions;
use super::vocabulary::Vocabulary;
use super::{store, table};

/// Ask a store, or graphs in files, in SPARQL 1.1 or by a question with a name.
///
/// The prefixes of the ontology and the usual ones (rdf, rdfs, owl, xsd, skos, foaf, schema, dcterms, prov, oa), and those that
/// Turtle shows things with (person, organization, place, work, event) need no declaration. What stands outside GRAPH is sought
/// in all named graphs together. Rows come sorted, unless the query orders them. Nothing is fetched from a network.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// Graphs in RDF, also packed as .gz, and a query after them; with --store the query alone, and with --ask or
    /// --query-file no query
    #[arg(value_name = "[GRAPH]... QUERY")]
    words: Vec<String>,

    /// The folder of a store to ask, in place of graphs
    #[arg(long, value_name = "FOLDER")]
    store: Option<PathBuf>,

    /// A file with the query
    #[arg(long, value_name = "FILE", conflicts_with = "ask")]
    query_file: Option<PathBuf>,

    /// A question in place of a query; it asks by the properties of the built-in ontology
    #[arg(long, value_name = "QUESTION", value_parser = question_parser())]
    ask: Option<Question>,

    /// What the answer to a question must have in its names, in either case
    #[arg(long, value_name = "TEXT", requires = "ask", default_value = "", hide_default_value = true)]
    about: String,

    /// Show the query of a question, to go on from
    #[arg(long, requires = "ask")]
    show: bool,

    /// How to write the answer: rows and truths as table, json, xml, csv or tsv [default: table], graphs as any RDF [default:
    /// turtle]; if not given, the ending of the output file tells
    #[arg(short, long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMS))]
    to: Option<String>,

    /// The file to write, which appears whole or not at all; if not given, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    vocabulary: Vocabulary,

    #[command(flatten)]
    uniting: Uniting,

    #[command(flatten)]
    rdf: RdfOptions,
}

const FORMS: [&str; 11] =
    ["table", "json", "xml", "csv", "tsv", "turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld"];

const EXAMPLES: &str = "\
Examples:
  tellgraph query --store news/ --ask founders              who founded what
  tellgraph query --store news/ --ask colleagues --about 'Ada Park'
  tellgraph query --store news/ --ask words --about harrow  which words say so, in which document
  tellgraph query --ask founders --show                     that question in SPARQL, to change
  tellgraph query --store news/ 'SELECT ?who WHERE { ?who tg:livedIn place:bergen }' --to csv
  tellgraph query a.ttl b.nq.gz 'ASK { person:ada-park tg:founderOf ?what }'
  tellgraph query a.ttl 'DESCRIBE person:ada-park' -o ada-park.ttl
  tellgraph query --store news/ --evidence graph 'SELECT ?text ?who WHERE { GRAPH ?text { ?who a tg:Person } }'
The options of RDF and of identity say what a store's graph is like that is asked, as they do in `tellgraph export`.";

fn question_parser() -> impl TypedValueParser<Value = Question> {
    let values = Question::ALL.map(|question| PossibleValue::new(question.name).help(question.asks()));
    PossibleValuesParser::new(values).try_map(|name| Question::named(&name).ok_or("no such question"))
}

pub fn run(arguments: &Arguments) -> Result<()> {
    if let (true, Some(question)) = (arguments.show, arguments.ask) {
        let mut output = Output::open(arguments.output.as_deref())?;
        output.write_all(question.about(&arguments.about).as_bytes())?;
        return output.finish();
    }
    let (graphs, query) = arguments.asked()?;
    let (dataset, prefixes) = match &arguments.store {
        Some(folder) => arguments.of_store(folder)?,
        None => arguments.of_files(&graphs)?,
    };
    let queryable = Queryable::new(&dataset, &prefixes)?;
    if queryable.skipped() > 0 {
        warn(format_args!("{} statements speak of triples (RDF 1.2) and are not asked", queryable.skipped()));
    }
    let answer = queryable.answer(&query)?;
    arguments.tell_of_missing_evidence(&answer, &dataset);
    arguments.write(&answer, queryable.prefixes())
}

impl Arguments {
    /// The graphs to read, and the query.
    fn asked(&self) -> Result<(Vec<PathBuf>, String)> {
        let (graphs, query) = match (&self.ask, &self.query_file, self.words.split_last()) {
            (Some(question), _, _) => (self.words.as_slice(), question.about(&self.about)),
            (None, Some(path), _) => {
                let query = fs::read_to_string(path);
                (self.words.as_slice(), query.with_context(|| format!("cannot read {}", path.display()))?)
            }
            (None, None, Some((last, _))) if self.store.is_none() && is_graph(last) => {
                bail!("{last} is a file: give the query after the graphs, or --ask QUESTION")
            }
            (None, None, Some((query, graphs))) => (graphs, query.clone()),
            (None, None, None) => bail!("nothing is asked: add a query in SPARQL, or --ask QUESTION"),
        };
        self.refuse_what_does_nothing()?;
        match (&self.store, graphs) {
            (Some(_), [graph, ..]) => {
                bail!("a store is asked by itself: leave {graph} out, or put the query in quotes")
            }
            (None, []) => bail!("name graphs before the query, or a store by --store"),
            _ => Ok((graphs.iter().map(PathBuf::from).collect(), query)),
        }
    }

    /// Options that say how a store's graph is made, or how files are read, where it is the other that is asked.
    fn refuse_what_does_nothing(&self) -> Result<()> {
        let (given, why) = match self.store {
            Some(_) => (
                [self.reading.given(), self.vocabulary.given()].concat(),
                "a store has its own ontology and form",
            ),
            None => ([self.uniting.given(), self.rdf.given()].concat(), "a graph in a file is what it is"),
        };
        ensure!(given.is_empty(), "{why}: leave {} out", given.join(" and "));
        Ok(())
    }

    /// A question about words that has no answer may be asked of a graph that never had any.
    fn tell_of_missing_evidence(&self, answer: &Answer, dataset: &Dataset) {
        let asks_for_words = self.ask.is_some_and(|question| question.needs_evidence);
        let has_none = matches!(answer, Answer::Table(table) if table.rows().is_empty());
        if asks_for_words && has_none && !dataset.quads().any(|quad| quad.predicate == oa::HAS_BODY.as_str())
        {
            warn("no words stand in this graph: make it by --evidence span");
        }
    }

    fn of_store(&self, path: &Path) -> Result<(Dataset, Vec<Prefix>)> {
        let (folder, ontology) = store::open(path)?;
        let rules = self.uniting.rules(&ontology)?;
        let mut options = self.rdf.options(Format::NQuads, &ontology)?;
        ensure!(
            options.evidence != export::Evidence::Statement,
            "queries cannot ask for statements about statements (RDF 1.2): use --evidence span"
        );
        if self.ask.is_some_and(|question| question.needs_evidence) {
            options.evidence = export::Evidence::Span;
        }
        let graph = folder.graph(&rules, &ontology, false)?;
        Ok((export::dataset(&graph, &ontology, &options), ontology.prefixes().to_vec()))
    }

    fn of_files(&self, graphs: &[PathBuf]) -> Result<(Dataset, Vec<Prefix>)> {
        let ontology = self.vocabulary.ontology()?;
        let (dataset, mut prefixes) = self.reading.read(graphs)?;
        prefixes.extend_from_slice(ontology.prefixes());
        Ok((dataset, prefixes))
    }

    fn write(&self, answer: &Answer, prefixes: &[Prefix]) -> Result<()> {
        let path = self.output.as_deref().map(formats::unpacked);
        let ending = path.as_ref().and_then(|path| path.extension()).map(|ending| ending.to_string_lossy());
        let form = self.to.as_deref().or(ending.as_deref());
        let mut output = Output::open(self.output.as_deref())?;
        match (answer, form.and_then(form_of)) {
            (Answer::Graph(dataset), _) => {
                rdf::write(dataset, prefixes, syntax_of(form)?, &mut output)
                    .context("cannot write the answer")?;
            }
            (Answer::Table(rows), Some(form)) => rows.write(form, &mut output)?,
            (Answer::Truth(truth), Some(form)) => form.write_truth(*truth, &mut output)?,
            (answer, None) => {
                let is_plain = form.is_none_or(|form| ["table", "txt"].contains(&form));
                ensure!(
                    is_plain,
                    "rows are written as table, json, xml, csv or tsv, not as {}",
                    form.unwrap_or_default()
                );
                match answer {
                    Answer::Table(rows) => table::align(&mut output, &cells(rows, prefixes), "")?,
                    Answer::Truth(truth) => writeln!(output, "{truth}")?,
                    Answer::Graph(_) => {}
                }
            }
        }
        output.finish()
    }
}

/// Whether a word that should be a query is a graph.
fn is_graph(word: &str) -> bool {
    let path = Path::new(word);
    path.is_file() || (formats::syntax_of_path(path).is_some() && !word.contains(['{', ' ', '\n']))
}

fn form_of(name: &str) -> Option<Form> {
    Some(match name {
        "json" | "srj" => Form::Json,
        "xml" | "srx" => Form::Xml,
        "csv" => Form::Csv,
        "tsv" => Form::Tsv,
        _ => return None,
    })
}

/// The syntax for a graph.
fn syntax_of(form: Option<&str>) -> Result<Syntax> {
    let Some(name) = form else { return Ok(Syntax::Turtle) };
    let syntax = Format::from_name(name).or_else(|| Format::from_extension(name)).and_then(Format::syntax);
    syntax.with_context(|| {
        format!("the answer is a graph, which is written as RDF and not as {name}: use --to turtle")
    })
}

/// A table for people: names of columns, short IRIs, plain values.
fn cells(table: &Table, prefixes: &[Prefix]) -> Vec<table::Row> {
    let names = Names::of(&[], prefixes);
    let cell = |term: &Option<Term>| match term {
        None => String::new(),
        Some(Term::NamedNode(iri)) => names.in_text(&iri.to_string()),
        Some(Term::Literal(literal)) => table::printable(literal.value()),
        Some(other) => other.to_string(),
    };
    let head = table.variables().map(|variable| format!("?{variable}")).collect();
    std::iter::once(head).chain(table.rows().iter().map(|row| row.iter().map(cell).collect())).collect()
}
