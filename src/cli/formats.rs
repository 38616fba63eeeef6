//! `tellgraph formats`: what can be read and written.

use std::borrow::Cow;
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

/// What a format is for.
fn purpose(format: Format) -> &'static str {
    match format {
        Format::Turtle => "RDF to read and to load",
        Format::TriG => "Turtle with named graphs",
        Format::JsonLd => "RDF as JSON, with its context inside",
        Format::RdfXml => "RDF as XML, for older programs",
        Format::NTriples => "RDF, one triple a line",
        Format::NQuads => "RDF, one triple a line, with named graphs",
        Format::Dot => "a picture, for GraphViz to draw",
        Format::Svg => "a picture, drawn and laid out, for any browser",
        Format::Html => "one page: graph to explore, texts beside it, table of facts",
        Format::GraphMl => "for programs that analyse networks, such as Gephi",
        Format::Csv => "tables; -o NAME.csv writes NAME.nodes.csv and NAME.edges.csv",
        Format::Facts => "JSON lines: every fact with the words that say so",
    }
}

/// What parses `--to`.
pub fn parser() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.map(|format| PossibleValue::new(format.name()).help(purpose(format)));
    let named = |name: &str| Format::ALL.into_iter().find(|format| format.name() == name);
    PossibleValuesParser::new(values).try_map(move |name| named(&name).ok_or("no such format"))
}

/// Whether a file's ending says that it is packed.
pub fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"))
}

/// A file's name without the ending of what packed it.
pub fn unpacked(path: &Path) -> Cow<'_, Path> {
    if is_packed(path) { path.with_extension("").into() } else { path.into() }
}

/// The format that a file's ending tells, also of one packed as `.gz`.
pub fn of_path(path: &Path) -> Option<Format> {
    Format::from_extension(unpacked(path).extension()?.to_str()?)
}

/// The format that is named, or that the ending of the output file tells, or else Turtle.
///
/// # Errors
/// An ending that no format has.
pub fn chosen(named: Option<Format>, output: Option<&Path>) -> Result<Format> {
    let has_ending = |path: &&Path| unpacked(path).extension().is_some();
    match (named, output.filter(has_ending)) {
        (Some(format), _) => Ok(format),
        (None, Some(path)) => of_path(path).with_context(|| {
            let endings = endings(&Format::ALL);
            format!("{}: no format ends so; name one by --to, or use {endings}", path.display())
        }),
        (None, None) => Ok(Format::Turtle),
    }
}

/// The same among the syntaxes of RDF.
///
/// # Errors
/// An ending that none of them has.
pub fn chosen_syntax(named: Option<Syntax>, output: Option<&Path>) -> Result<Syntax> {
    if let Some(syntax) = named {
        return Ok(syntax);
    }
    let format = chosen(None, output)?;
    let name = format.name();
    format
        .syntax()
        .with_context(|| format!("{name} is no RDF: name a form by --to, or use {}", rdf_endings()))
}

/// The syntax of RDF that a file's ending tells, also of one packed as `.gz`.
pub fn syntax_of_path(path: &Path) -> Option<Syntax> {
    of_path(path).and_then(Format::syntax)
}

/// What parses the name of a syntax of RDF.
pub fn syntax_parser() -> impl TypedValueParser<Value = Syntax> {
    let syntaxes = || Format::ALL.into_iter().filter_map(|format| Some((format.syntax()?, format.name())));
    let named = move |name: &str| syntaxes().find(|(_, known)| *known == name).map(|(syntax, _)| syntax);
    let names = PossibleValuesParser::new(syntaxes().map(|(_, name)| name));
    names.try_map(move |name| named(&name).ok_or("no such format"))
}

/// The endings of the syntaxes of RDF, for messages.
pub fn rdf_endings() -> String {
    let syntaxes: Vec<Format> = Format::ALL.into_iter().filter(|format| format.syntax().is_some()).collect();
    endings(&syntaxes)
}

fn endings(formats: &[Format]) -> String {
    formats.iter().map(|format| dotted(format.extensions())).collect::<Vec<_>>().join(" ")
}

fn dotted(endings: &[&str]) -> String {
    endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" ")
}

pub fn run(_arguments: &Arguments) -> Result<()> {
    let mut output = Output::open(None)?;
    writeln!(output, "read (--from), each also packed as .gz:")?;
    for (_, name, endings) in source::Format::all() {
        writeln!(output, "  {name:<10}{}", dotted(endings))?;
    }
    writeln!(
        output,
        "written (--to), each also packed as .gz, and those of RDF read by convert, diff and validate:"
    )?;
    for format in Format::ALL {
        writeln!(output, "  {:<10}{:<22}{}", format.name(), dotted(format.extensions()), purpose(format))?;
    }
    output.finish()
}
