//! Format, and `write`: the graph in the forms it leaves in.

mod column;
mod csv;
mod declarations;
mod dot;
mod drawing;
mod evidence;
mod facts;
mod graphml;
mod html;
mod statements;
mod svg;
mod terms;
mod xml;

use std::io;

use oxrdf::NamedNode;

use crate::graph::Graph;
use crate::ontology::Ontology;
use crate::rdf::{self, Dataset, Prefix, Syntax};
use drawing::Drawing;

pub use evidence::Evidence;
pub use terms::Terms;

/// A form in which a graph leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Turtle,
    TriG,
    JsonLd,
    RdfXml,
    NTriples,
    NQuads,
    Dot,
    Svg,
    /// One page with the graph, the texts and a table of the facts, that needs nothing else.
    Html,
    GraphMl,
    /// A table of statements; [`write_nodes`] writes the table of things that goes with it.
    Csv,
    /// One JSON object a line, one line for each fact that a text states.
    Facts,
}

/// A format's name, what else it is called, its file endings (the usual one first) and its media type.
struct Naming {
    name: &'static str,
    aliases: &'static [&'static str],
    extensions: &'static [&'static str],
    media_type: &'static str,
}

impl Format {
    pub const ALL: [Self; 12] = [
        Self::Turtle,
        Self::TriG,
        Self::JsonLd,
        Self::RdfXml,
        Self::NTriples,
        Self::NQuads,
        Self::Dot,
        Self::Svg,
        Self::Html,
        Self::GraphMl,
        Self::Csv,
        Self::Facts,
    ];

    /// The syntax, if it is one of RDF.
    pub fn syntax(self) -> Option<Syntax> {
        Some(match self {
            Self::Turtle => Syntax::Turtle,
            Self::TriG => Syntax::TriG,
            Self::JsonLd => Syntax::JsonLd,
            Self::RdfXml => Syntax::RdfXml,
            Self::NTriples => Syntax::NTriples,
            Self::NQuads => Syntax::NQuads,
            Self::Dot | Self::Svg | Self::Html | Self::GraphMl | Self::Csv | Self::Facts => return None,
        })
    }

    fn naming(self) -> Naming {
        let (name, aliases, extensions, media_type): (_, &[_], &[_], _) = match self {
            Self::Turtle => ("turtle", &[], &["ttl", "turtle"], "text/turtle"),
            Self::TriG => ("trig", &[], &["trig"], "application/trig"),
            Self::JsonLd => ("jsonld", &["json-ld"], &["jsonld", "json"], "application/ld+json"),
            Self::RdfXml => {
                ("rdfxml", &["rdf/xml", "rdf-xml"], &["rdf", "rdfs", "owl", "xml"], "application/rdf+xml")
            }
            Self::NTriples => ("ntriples", &["n-triples"], &["nt", "ntriples"], "application/n-triples"),
            Self::NQuads => ("nquads", &["n-quads"], &["nq", "nquads"], "application/n-quads"),
            Self::Dot => ("dot", &["graphviz"], &["dot", "gv"], "text/vnd.graphviz"),
            Self::Svg => ("svg", &[], &["svg"], "image/svg+xml"),
            Self::Html => ("html", &["page"], &["html", "htm"], "text/html"),
            Self::GraphMl => ("graphml", &[], &["graphml"], "application/graphml+xml"),
            Self::Csv => ("csv", &[], &["csv"], "text/csv"),
            Self::Facts => ("facts", &[], &["jsonl", "ndjson"], "application/x-ndjson"),
        };
        Naming { name, aliases, extensions, media_type }
    }

    /// The name that the command line shows: "turtle".
    pub fn name(self) -> &'static str {
        self.naming().name
    }

    /// The usual ending of its files, without a dot: "ttl".
    pub fn extension(self) -> &'static str {
        self.naming().extensions[0]
    }

    /// All endings of its files, without a dot, the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        self.naming().extensions
    }

    /// What it is called over HTTP: "text/turtle".
    pub fn media_type(self) -> &'static str {
        self.naming().media_type
    }

    /// Whether it shows the texts themselves where graphs carry them ([`Graph::keep_text`]).
    pub fn shows_text(self) -> bool {
        self == Self::Html
    }

    /// The format with this name, other name or file ending, in either case: "turtle", "json-ld", "nt".
    pub fn from_name(name: &str) -> Option<Self> {
        let is_name = |known: &str| known.eq_ignore_ascii_case(name);
        let is_alias = |format: &Self| format.naming().aliases.iter().any(|alias| is_name(alias));
        Self::ALL
            .into_iter()
            .find(|format| is_name(format.name()) || is_alias(format))
            .or(Self::from_extension(name))
    }

    /// The format that files with this ending are in, with or without the dot, in either case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let extension = extension.strip_prefix('.').unwrap_or(extension);
        let has = |format: &Self| {
            format.naming().extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
        };
        Self::ALL.into_iter().find(has)
    }
}

/// What RDF tells besides the statements, and in whose terms.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub evidence: Evidence,
    pub terms: Terms,
    /// Whether the declarations of all classes and properties used go with the graph.
    pub with_ontology: bool,
    /// When it is said that the graph was made, as `xsd:dateTime`; nothing is said of it otherwise.
    pub time: Option<String>,
    /// For JSON-LD: the class, and those below it, whose instances are documents with what they point to inside.
    pub frame: Option<NamedNode>,
}

/// Writes a graph; the same graph gives the same bytes.
///
/// # Errors
/// Those of `writer`, and [`io::ErrorKind::InvalidInput`] where the format has no form for something in the graph: RDF/XML
/// for control characters.
pub fn write(
    graph: &Graph,
    ontology: &Ontology,
    format: Format,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    write_with(graph, ontology, format, &Options::default(), writer)
}

/// Writes a graph as the options say, which hold for RDF only.
///
/// # Errors
/// As [`write()`], and for evidence that the format has no form for: named graphs, or what takes RDF 1.2.
pub fn write_with(
    graph: &Graph,
    ontology: &Ontology,
    format: Format,
    options: &Options,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    match (format, format.syntax()) {
        (_, Some(syntax)) => {
            let frame = options.frame.as_ref().map(|class| (class, ontology));
            write_rdf(&dataset(graph, ontology, options), ontology.prefixes(), syntax, frame, writer)
        }
        (Format::Facts, None) => facts::write(graph, writer),
        (_, None) => write_drawing(graph, &Drawing::of(graph, ontology), format, writer),
    }
}

/// A graph as statements of RDF, sorted.
pub fn dataset(graph: &Graph, ontology: &Ontology, options: &Options) -> Dataset {
    let statements = terms::in_terms(statements::of(graph), options.terms, ontology);
    let mut dataset =
        evidence::dataset(&statements, graph, ontology, options.evidence, options.time.as_deref());
    if options.with_ontology {
        declarations::add(&mut dataset, ontology);
    }
    dataset.sort();
    dataset
}

/// Writes statements of RDF, sorted; for JSON-LD, the instances of a class and those below it as documents, if one is given.
///
/// # Errors
/// As [`rdf::write`].
pub fn write_rdf(
    dataset: &Dataset,
    prefixes: &[Prefix],
    syntax: Syntax,
    frame: Option<(&NamedNode, &Ontology)>,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    let Some((class, ontology)) = frame else {
        return rdf::write(dataset, prefixes, syntax, writer);
    };
    rdf::write_framed(dataset, prefixes, &framed(class, ontology), writer)
}

/// The classes whose instances a frame of a class shows: it, those below it, and what other vocabularies call them.
pub fn framed<'o>(class: &'o NamedNode, ontology: &'o Ontology) -> Vec<&'o str> {
    let below = ontology.class_for(class).into_iter().flat_map(|frame| {
        let below = ontology.classes().filter(move |(id, _)| ontology.is_a(*id, frame));
        below.flat_map(|(_, class)| std::iter::once(&class.iri).chain(&class.alignments))
    });
    std::iter::once(class).chain(below).map(NamedNode::as_str).collect()
}

/// Writes a picture, a page, a network or a table.
fn write_drawing(
    graph: &Graph,
    drawing: &Drawing,
    format: Format,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Svg => svg::write(drawing, writer),
        Format::Html => html::write(graph, drawing, writer),
        Format::GraphMl => graphml::write(drawing, writer),
        Format::Csv => csv::write_edges(drawing, writer),
        _ => dot::write(drawing, writer),
    }
}

/// Writes the table of things that goes with that of statements, [`Format::Csv`].
///
/// # Errors
/// Those of `writer`.
pub fn write_nodes(graph: &Graph, ontology: &Ontology, writer: &mut dyn io::Write) -> io::Result<()> {
    csv::write_nodes(&Drawing::of(graph, ontology), writer)
}

/// A graph as text.
///
/// # Panics
/// If the format has no form for something in the graph; see [`write()`].
pub fn to_string(graph: &Graph, ontology: &Ontology, format: Format) -> String {
    let mut bytes = Vec::new();
    write(graph, ontology, format, &mut bytes).expect("the format can say what is in the graph");
    String::from_utf8(bytes).expect("every format is written in UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_name_and_ending() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
            assert_eq!(Format::from_extension(format.extension()), Some(format));
        }
        for (name, expected) in [
            ("TTL", Some(Format::Turtle)),
            ("json-ld", Some(Format::JsonLd)),
            ("N-Quads", Some(Format::NQuads)),
            ("graphviz", Some(Format::Dot)),
            ("", None),
            ("docx", None),
        ] {
            assert_eq!(Format::from_name(name), expected, "{name}");
        }
        assert_eq!(Format::from_extension(".nt"), Some(Format::NTriples));
        assert_eq!(Format::from_extension("json-ld"), None);
    }
}
