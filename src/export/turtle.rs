//! Turtle for people to read: grouped by subject, `a` first, no prefix that is not used (<https://www.w3.org/TR/turtle/>).

use std::fmt::Write as _;
use std::io;

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{LiteralRef, NamedNodeRef, TermRef, Triple};

use super::prefix::Prefixes;
use crate::ontology::Ontology;

/// Writes triples that come grouped by subject and predicate.
pub(super) fn write(triples: &[Triple], ontology: &Ontology, writer: &mut dyn io::Write) -> io::Result<()> {
    let mut prefixes = Prefixes::of(triples, ontology);
    let mut body = String::new();
    for subject in triples.chunk_by(|a, b| a.subject == b.subject) {
        body.push('\n');
        write_subject(subject, &mut prefixes, &mut body);
    }
    // Which prefixes are used is known only now; a graph always uses some for its classes and labels.
    for (prefix, namespace) in prefixes.used() {
        writeln!(writer, "@prefix {prefix}: <{namespace}> .")?;
    }
    writer.write_all(body.as_bytes())
}

/// One subject with all that is said of it, a line for each property.
fn write_subject(triples: &[Triple], prefixes: &mut Prefixes, body: &mut String) {
    body.push_str(&term(TermRef::from(triples[0].subject.as_ref()), prefixes));
    for (i, predicate) in triples.chunk_by(|a, b| a.predicate == b.predicate).enumerate() {
        body.push_str(if i == 0 { " " } else { " ;\n    " });
        let property = predicate[0].predicate.as_ref();
        body.push_str(&if property == rdf::TYPE { "a".to_owned() } else { iri(property, prefixes) });
        for (j, triple) in predicate.iter().enumerate() {
            body.push_str(if j == 0 { " " } else { ", " });
            body.push_str(&term(triple.object.as_ref(), prefixes));
        }
    }
    body.push_str(" .\n");
}

fn term(term: TermRef<'_>, prefixes: &mut Prefixes) -> String {
    match term {
        TermRef::NamedNode(node) => iri(node, prefixes),
        TermRef::BlankNode(node) => node.to_string(),
        TermRef::Literal(value) => literal(value, prefixes),
    }
}

fn iri(node: NamedNodeRef<'_>, prefixes: &mut Prefixes) -> String {
    prefixes.shorten(node.as_str()).unwrap_or_else(|| node.to_string())
}

/// A literal: numbers and truth values bare where Turtle reads them back as the same, the others quoted.
fn literal(literal: LiteralRef<'_>, prefixes: &mut Prefixes) -> String {
    let mut text = quoted(literal.value());
    if let Some(language) = literal.language() {
        let _ = write!(text, "@{language}");
    } else if is_bare(literal) {
        return literal.value().to_owned();
    } else if literal.datatype() != xsd::STRING {
        let _ = write!(text, "^^{}", iri(literal.datatype(), prefixes));
    }
    text
}

/// A string in double quotes, everything escaped that Turtle does not take as it is, and all control characters.
fn quoted(text: &str) -> String {
    LiteralRef::new_simple_literal(text).to_string()
}

/// Whether Turtle's own syntax for integers, decimals or truth values says exactly this literal.
fn is_bare(literal: LiteralRef<'_>) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let value = literal.value();
    let unsigned = value.strip_prefix(['+', '-']).unwrap_or(value);
    match literal.datatype() {
        xsd::INTEGER => is_digits(unsigned),
        // "1." is no decimal in Turtle: the dot would end the statement.
        xsd::DECIMAL => unsigned
            .split_once('.')
            .is_some_and(|(whole, fraction)| (whole.is_empty() || is_digits(whole)) && is_digits(fraction)),
        xsd::BOOLEAN => matches!(value, "true" | "false"),
        _ => false,
    }
}
