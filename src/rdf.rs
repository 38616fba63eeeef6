//! RDF: statements as text, read from and written to every syntax, with no loss between them.

mod canonical;
mod dataset;
mod entity;
mod jsonld;
mod names;
mod nesting;
mod percent;
mod prefix;
mod read;
mod stream;
mod term;
mod turtle;
pub mod vocabulary;
mod xml;

use std::io;

pub use canonical::{Difference, difference};
pub use dataset::Dataset;
pub use names::Names;
pub use percent::percent_encoded;
pub use read::{Error, Prefix, Reader};
pub use stream::copy_lines;
pub use term::{Quad, Term};

/// A syntax of RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    Turtle,
    TriG,
    NTriples,
    NQuads,
    RdfXml,
    JsonLd,
}

impl Syntax {
    pub const ALL: [Self; 6] =
        [Self::Turtle, Self::TriG, Self::NTriples, Self::NQuads, Self::RdfXml, Self::JsonLd];

    /// What a message calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Turtle => "Turtle",
            Self::TriG => "TriG",
            Self::NTriples => "N-Triples",
            Self::NQuads => "N-Quads",
            Self::RdfXml => "RDF/XML",
            Self::JsonLd => "JSON-LD",
        }
    }

    /// Whether statements may be in named graphs.
    pub fn has_graphs(self) -> bool {
        matches!(self, Self::TriG | Self::NQuads | Self::JsonLd)
    }

    /// Whether it has a form for what RDF 1.2 adds: triples that are spoken of, words with a direction.
    pub fn has_version(self) -> bool {
        !matches!(self, Self::RdfXml | Self::JsonLd)
    }

    /// Whether each statement stands in a line of its own, so that files of any size can be read and written.
    pub fn is_lines(self) -> bool {
        matches!(self, Self::NTriples | Self::NQuads)
    }
}

/// Writes a sorted dataset; the same statements and prefixes give the same bytes.
///
/// # Errors
/// Those of `writer`, and [`io::ErrorKind::InvalidInput`] where the syntax has no form for something in the dataset.
pub fn write(
    dataset: &Dataset,
    prefixes: &[Prefix],
    syntax: Syntax,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    check(dataset, syntax)?;
    match syntax {
        // No line says that it needs RDF 1.2: files of lines are put together, and stores that read what RDF 1.2 adds do
        // not all read `VERSION` here (oxttl 0.2 does in Turtle and TriG only).
        Syntax::NTriples | Syntax::NQuads => {
            dataset.lines().try_for_each(|line| writer.write_all(line.as_bytes()))
        }
        Syntax::Turtle | Syntax::TriG => turtle::write(dataset, prefixes, writer),
        Syntax::JsonLd => jsonld::write(dataset, prefixes, writer),
        Syntax::RdfXml => xml::write(dataset, prefixes, writer),
    }
}

/// Writes the instances of classes as JSON-LD documents, each with what it points to inside; what none of them leads to is
/// left out. A thing is told where it is first met, and goes by its `@id` from then on.
///
/// # Errors
/// As [`write()`].
pub fn write_framed(
    dataset: &Dataset,
    prefixes: &[Prefix],
    classes: &[&str],
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    check(dataset, Syntax::JsonLd)?;
    jsonld::write_framed(dataset, prefixes, classes, writer)
}

/// What the first line of Turtle and TriG says if it needs RDF 1.2.
const VERSION: &[u8] = b"VERSION \"1.2\"\n";

fn check(dataset: &Dataset, syntax: Syntax) -> io::Result<()> {
    let title = syntax.title();
    if dataset.has_graphs() && !syntax.has_graphs() {
        return Err(unsayable(format!("{title} has no named graphs: use trig, nquads or jsonld")));
    }
    if dataset.needs_version() && !syntax.has_version() {
        let instead =
            if dataset.has_graphs() { "trig or nquads" } else { "turtle, trig, ntriples or nquads" };
        let what =
            if dataset.has_triples() { "statements about statements" } else { "words with a direction" };
        return Err(unsayable(format!("{title} has no form for what RDF 1.2 adds, {what}: use {instead}")));
    }
    Ok(())
}

/// Every prefix that a dataset can be told with: those declared, well-known ones, and one for each class of things.
pub fn prefixes(dataset: &Dataset, declared: &[Prefix]) -> Vec<Prefix> {
    prefix::Prefixes::of(&[dataset], declared).all()
}

/// The error of a syntax that has no form for something.
fn unsayable(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}
