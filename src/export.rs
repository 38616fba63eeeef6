//! Format, and `write`: the graph in the forms it leaves in.

mod column;
mod csv;
mod dot;
mod drawing;
mod facts;
mod graphml;
mod html;
mod jsonld;
mod prefix;
mod svg;
mod triples;
mod turtle;
mod xml;

use std::io;

use oxttl::{NQuadsSerializer, NTriplesSerializer};

use crate::graph::Graph;
use crate::ontology::Ontology;
use drawing::Drawing;

/// A form in which a graph leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Turtle,
    JsonLd,
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
    pub const ALL: [Self; 10] = [
        Self::Turtle,
        Self::JsonLd,
        Self::NTriples,
        Self::NQuads,
        Self::Dot,
        Self::Svg,
        Self::Html,
        Self::GraphMl,
        Self::Csv,
        Self::Facts,
    ];

    fn naming(self) -> Naming {
        let (name, aliases, extensions, media_type): (_, &[_], &[_], _) = match self {
            Self::Turtle => ("turtle", &[], &["ttl"], "text/turtle"),
            Self::JsonLd => ("jsonld", &["json-ld"], &["jsonld", "json"], "application/ld+json"),
            Self::NTriples => ("ntriples", &["n-triples"], &["nt"], "application/n-triples"),
            Self::NQuads => ("nquads", &["n-quads"], &["nq"], "application/n-quads"),
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

/// Writes a graph; the same graph gives the same bytes.
///
/// # Errors
/// Those of `writer`.
pub fn write(
    graph: &Graph,
    ontology: &Ontology,
    format: Format,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Turtle => turtle::write(&triples::of(graph), ontology, writer),
        Format::JsonLd => jsonld::write(&triples::of(graph), ontology, writer),
        Format::NTriples => {
            let mut serializer = NTriplesSerializer::new().for_writer(writer);
            triples::of(graph).iter().try_for_each(|triple| serializer.serialize_triple(triple))
        }
        Format::NQuads => {
            let mut serializer = NQuadsSerializer::new().for_writer(writer);
            triples::of(graph).iter().try_for_each(|triple| {
                serializer.serialize_quad(triple.as_ref().in_graph(oxrdf::GraphNameRef::DefaultGraph))
            })
        }
        Format::Dot => dot::write(&Drawing::of(graph, ontology), writer),
        Format::Svg => svg::write(&Drawing::of(graph, ontology), writer),
        Format::Html => html::write(graph, &Drawing::of(graph, ontology), writer),
        Format::GraphMl => graphml::write(&Drawing::of(graph, ontology), writer),
        Format::Csv => csv::write_edges(&Drawing::of(graph, ontology), writer),
        Format::Facts => facts::write(graph, writer),
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
pub fn to_string(graph: &Graph, ontology: &Ontology, format: Format) -> String {
    let mut bytes = Vec::new();
    write(graph, ontology, format, &mut bytes).expect("writing to memory does not fail");
    String::from_utf8(bytes).expect("every format is written in UTF-8")
}

/// What follows the last `#`, `/` or `:` of an IRI.
fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/', ':']).next().unwrap_or_default()
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
        assert_eq!(Format::from_extension("turtle"), None);
    }
}
