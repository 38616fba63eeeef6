//! `tellgraph formats`: what can be read and written.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use tellgraph::rdf::Syntax;
use tellgraph::{Format, source};

use super::output::Output;

/// List the formats that can be read and written, with the endings of their files.
#[derive(Args)]
pub struct Arguments {}

/// What graphs are written in: name, endings (without the first dot), and what for.
const FORMATS: &[(Format, &str, &[&str], &str)] = &[
    (Format::Turtle, "turtle", &["ttl"], "RDF to read and to load"),
    (Format::TriG, "trig", &["trig"], "Turtle with named graphs"),
    (Format::JsonLd, "jsonld", &["jsonld", "json"], "RDF as JSON, with its context inside"),
    (Format::RdfXml, "rdfxml", &["rdf", "owl"], "RDF as XML, for older programs"),
    (Format::NTriples, "ntriples", &["nt"], "RDF, one triple a line"),
    (Format::NQuads, "nquads", &["nq"], "RDF, one triple a line, with named graphs"),
    (Format::Dot, "dot", &["dot", "gv"], "a picture, for GraphViz to draw"),
    (Format::Svg, "svg", &["svg"], "a picture, drawn and laid out, for any browser"),
    (Format::Html, "html", &["html", "htm"], "one page: graph to explore, texts beside it, table of facts"),
    (Format::GraphMl, "graphml", &["graphml"], "for programs that analyse networks, such as Gephi"),
    (Format::Csv, "csv", &["csv"], "tables; -o NAME.csv writes NAME.nodes.csv and NAME.edges.csv"),
    (Format::Facts, "facts", &["jsonl", "ndjson"], "JSON lines: every fact with the words that say so"),
];

/// What parses `--to`.
pub fn parser() -> impl TypedValueParser<Value = Format> {
    let values = FORMATS.iter().map(|(_, name, _, help)| PossibleValue::new(*name).help(*help));
    let named = |name: &str| FORMATS.iter().find(|format| format.1 == name).map(|format| format.0);
    PossibleValuesParser::new(values).try_map(move |name| named(&name).ok_or("no such format"))
}

/// The format that a file's ending tells.
pub fn of_path(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|format| format.2.contains(&ending.as_str())).map(|format| format.0)
}

/// The format that is named, or that the ending of the output file tells, or else Turtle.
///
/// # Errors
/// An ending that no format has.
pub fn chosen(named: Option<Format>, output: Option<&Path>) -> Result<Format> {
    match (named, output) {
        (Some(format), _) => Ok(format),
        (None, Some(path)) if path.extension().is_some() => of_path(path).with_context(|| {
            format!("{}: no format ends so; name one by --to, or use {}", path.display(), endings())
        }),
        (None, _) => Ok(Format::Turtle),
    }
}

/// The syntax of RDF that a file's ending tells, also of one packed as `.gz`.
pub fn syntax_of_path(path: &Path) -> Option<Syntax> {
    let packed = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
    let unpacked = if packed { path.with_extension("") } else { path.to_owned() };
    of_path(&unpacked).and_then(Format::syntax)
}

/// What parses the name of a syntax of RDF.
pub fn syntax_parser() -> impl TypedValueParser<Value = Syntax> {
    let syntaxes = || FORMATS.iter().filter_map(|format| Some((format.0.syntax()?, format.1)));
    let named = move |name: &str| syntaxes().find(|(_, known)| *known == name).map(|(syntax, _)| syntax);
    let names = PossibleValuesParser::new(syntaxes().map(|(_, name)| name));
    names.try_map(move |name| named(&name).ok_or("no such format"))
}

/// The endings of all formats, for messages.
pub fn endings() -> String {
    FORMATS
        .iter()
        .flat_map(|format| format.2)
        .map(|ending| format!(".{ending}"))
        .collect::<Vec<_>>()
        .join(" ")
}

pub fn run(_arguments: &Arguments) -> Result<()> {
    let mut output = Output::open(None)?;
    let dotted =
        |endings: &[&str]| endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" ");
    writeln!(output, "read (--from), each also packed as .gz:")?;
    for (_, name, endings) in source::Format::all() {
        writeln!(output, "  {name:<10}{}", dotted(endings))?;
    }
    writeln!(output, "written (--to), and those of RDF read by convert, diff and validate:")?;
    for (_, name, endings, help) in FORMATS {
        writeln!(output, "  {name:<10}{:<15}{help}", dotted(endings))?;
    }
    output.finish()
}
