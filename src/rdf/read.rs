//! Reads every syntax of RDF into one dataset, with no network.

use std::collections::HashMap;

use oxrdf::{BlankNode, GraphName, NamedOrBlankNode, Quad as OxQuad, Term as OxTerm};
use oxrdfio::{JsonLdProfileSet, RdfFormat, RdfParser, RdfSyntaxError};

use super::term::{Quad, Term};
use super::{Dataset, Syntax, entity, stream};

/// The byte order mark that some programs begin a text in UTF-8 with.
pub(super) const MARK: &[u8] = "\u{feff}".as_bytes();

/// A prefix, without its colon, and the namespace that it stands for.
pub type Prefix = (String, String);

/// Text that is not what it should be.
#[derive(Debug, thiserror::Error)]
#[error("{name}{}: {message}", place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default())]
pub struct Error {
    /// The file, as the caller named it.
    pub name: String,
    /// Line and column, from 1, columns in characters; `None` where only the whole can be said to be wrong.
    pub place: Option<(u64, u64)>,
    pub message: String,
}

/// Reads one or more files into a dataset. Blank nodes of two files are two, whatever their labels.
#[derive(Debug, Default)]
pub struct Reader {
    dataset: Dataset,
    prefixes: Vec<Prefix>,
    files: usize,
    /// How many blank nodes have been numbered.
    blank: usize,
    /// Whether more than one file is to come, so that labels must be told apart.
    several: bool,
}

impl Reader {
    /// A reader of a number of files.
    pub fn new(files: usize) -> Self {
        Self { several: files > 1, ..Self::default() }
    }

    /// Reads a file; relative IRIs in it are taken against `base`.
    ///
    /// Labels of blank nodes stay as they are in N-Triples and N-Quads; elsewhere, where most have none, they are numbered
    /// in the order in which they are met.
    ///
    /// # Errors
    /// Text that is not in the syntax, and JSON-LD that asks for a context from the network.
    pub fn read(&mut self, name: &str, bytes: &[u8], syntax: Syntax, base: &str) -> Result<(), Error> {
        self.files += 1;
        let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
        if syntax.is_lines() {
            let read = stream::dataset(name, bytes, syntax)?;
            if self.several {
                let file = self.files;
                self.dataset.append(&relabeled(&read, &mut |label| format!("f{file}_{label}")));
            } else {
                self.dataset.append(&read);
            }
            return Ok(());
        }
        let failed = |message: String| Error { name: name.to_owned(), place: None, message };
        if syntax == Syntax::RdfXml {
            entity::check(bytes).map_err(failed)?;
        }
        let parser = RdfParser::from_format(format(syntax)).with_base_iri(base);
        let mut parser = parser.map_err(|error| failed(error.to_string()))?.for_slice(bytes);
        let mut numbers = HashMap::new();
        for quad in parser.by_ref() {
            let quad = quad.map_err(|error| syntax_error(name, &error, syntax, bytes))?;
            self.push(quad, &mut numbers);
        }
        self.prefixes.extend(parser.prefixes().map(|(prefix, iri)| (prefix.to_owned(), iri.to_owned())));
        Ok(())
    }

    fn push(&mut self, quad: OxQuad, numbers: &mut HashMap<BlankNode, usize>) {
        let mut number = |node: BlankNode| {
            let number = *numbers.entry(node).or_insert_with(|| {
                self.blank += 1;
                self.blank
            });
            BlankNode::new_unchecked(format!("b{number}"))
        };
        let quad = OxQuad {
            subject: match quad.subject {
                NamedOrBlankNode::BlankNode(node) => number(node).into(),
                other => other,
            },
            predicate: quad.predicate,
            object: match quad.object {
                OxTerm::BlankNode(node) => number(node).into(),
                other => other,
            },
            graph_name: match quad.graph_name {
                GraphName::BlankNode(node) => number(node).into(),
                other => other,
            },
        };
        self.dataset.push(quad.as_ref());
    }

    /// All that was read, sorted, and the prefixes that the files declare, the first of each name.
    pub fn finish(mut self) -> (Dataset, Vec<Prefix>) {
        self.dataset.sort();
        (self.dataset, self.prefixes)
    }
}

/// A dataset with other labels for its blank nodes.
pub(super) fn relabeled(dataset: &Dataset, label: &mut dyn FnMut(&str) -> String) -> Dataset {
    let mut renamed = Dataset::default();
    for quad in dataset.quads() {
        let mut write = |term: Term<'_>| rename(term, label);
        let (subject, object) = (write(quad.subject), write(quad.object));
        let graph = quad.graph.map(write);
        renamed.push_terms(Quad {
            subject: Term::read(&subject),
            predicate: quad.predicate,
            object: Term::read(&object),
            graph: graph.as_deref().map(Term::read),
        });
    }
    renamed
}

/// A term with other labels for the blank nodes in it.
pub(super) fn rename(term: Term<'_>, label: &mut dyn FnMut(&str) -> String) -> String {
    match term {
        Term::Blank(old) => format!("_:{}", label(old)),
        Term::Triple(parts) => {
            let [subject, predicate, object] = parts.map(|part| rename(Term::read(part), label));
            Term::Triple([&subject, &predicate, &object]).to_string()
        }
        other => other.to_string(),
    }
}

fn format(syntax: Syntax) -> RdfFormat {
    match syntax {
        Syntax::Turtle => RdfFormat::Turtle,
        Syntax::TriG => RdfFormat::TriG,
        Syntax::NTriples => RdfFormat::NTriples,
        Syntax::NQuads => RdfFormat::NQuads,
        Syntax::RdfXml => RdfFormat::RdfXml,
        Syntax::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
    }
}

fn syntax_error(name: &str, error: &RdfSyntaxError, syntax: Syntax, bytes: &[u8]) -> Error {
    let place = error.location().map(|range| (range.start.line + 1, range.start.column + 1));
    let said = error.to_string();
    let message = if said.contains("LoadDocumentCallback") {
        "it asks for a context from the network, which is not loaded: put the context itself in its place"
            .to_owned()
    } else if matches!(syntax, Syntax::Turtle | Syntax::TriG) && needs_version(error, bytes) {
        let title = syntax.title();
        format!(
            "{title} of RDF 1.2, which is read from ntriples and nquads only: have it written as one of these"
        )
    } else {
        format!("expected {}: {said}", syntax.title())
    };
    Error { name: name.to_owned(), place, message }
}

/// Whether a line that cannot be read has a form that RDF 1.2 adds to Turtle: `VERSION`, `<<` or `{|`.
fn needs_version(error: &RdfSyntaxError, bytes: &[u8]) -> bool {
    let line = error.location().and_then(|range| {
        let line = bytes.split(|byte| *byte == b'\n').nth(usize::try_from(range.start.line).ok()?)?;
        Some(String::from_utf8_lossy(line))
    });
    line.is_some_and(|line| line.contains("<<") || line.contains("{|") || line.contains("VERSION \""))
}
