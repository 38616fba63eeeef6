//! What Virtuoso 7.2 does not keep as it is sent, found by sending it.

use super::Error;
use crate::rdf::{Dataset, Term};

/// Virtuoso cuts IRIs off here, in bytes, and says nothing: two that begin alike would become one.
const LONGEST_IRI: usize = 1879;
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// Refuses the addresses of queries: a graph that is sent there keeps the server busy for minutes.
pub(super) fn check_address(url: &str) -> Result<(), Error> {
    let path = url.split('?').next().unwrap_or_default().trim_end_matches('/');
    if path.ends_with("/sparql") || path.ends_with("/sparql-auth") {
        let why = "Virtuoso takes queries there, and graphs at /sparql-graph-crud-auth".to_owned();
        return Err(Error::Address { url: url.to_owned(), why });
    }
    Ok(())
}

/// Refuses what would be stored as something else that looks right.
pub(super) fn check(dataset: &Dataset) -> Result<(), Error> {
    for quad in dataset.quads() {
        let graph = quad.graph.unwrap_or(quad.subject);
        for iri in
            [quad.subject, Term::Iri(quad.predicate), quad.object, graph].into_iter().filter_map(Term::iri)
        {
            if iri.len() > LONGEST_IRI {
                let start: String = iri.chars().take(60).collect();
                let length = iri.len();
                return Err(Error::Graph(format!(
                    "Virtuoso cuts IRIs off after {LONGEST_IRI} bytes, and <{start}…> has {length}"
                )));
            }
        }
    }
    Ok(())
}

/// The literals that Virtuoso gives back as others: integers that are none or too large, durations, years before the year
/// 1, long fractions. It also writes numbers and times in its own way (1.50 as 1.5), which changes no value.
pub(super) fn changed(dataset: &Dataset) -> Vec<String> {
    let is_changed = |term: &Term<'_>| {
        let Term::Literal { escaped, .. } = term else { return false };
        let datatype = term.datatype().and_then(|datatype| datatype.strip_prefix(XSD));
        match datatype.unwrap_or_default() {
            "integer" | "nonNegativeInteger" | "positiveInteger" | "negativeInteger"
            | "nonPositiveInteger" => escaped.parse::<i64>().is_err(),
            "duration" | "dayTimeDuration" | "yearMonthDuration" => true,
            "date" | "dateTime" | "gYear" | "gYearMonth" => escaped.starts_with('-'),
            "decimal" => escaped.bytes().filter(u8::is_ascii_digit).count() > 15,
            _ => false,
        }
    };
    dataset.quads().map(|quad| quad.object).filter(is_changed).map(|term| term.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{Reader, Syntax};

    #[test]
    fn what_virtuoso_changes_is_found() {
        let text = "<urn:a:s> <urn:a:p> 7, 012, 1.5, \"x\", \"1999\"^^xsd:gYear, \"-0044\"^^xsd:gYear, \"P1Y\"^^xsd:duration,
            \"none\"^^xsd:integer, 12345678901234567890 .";
        let text = format!("@prefix xsd: <{XSD}> . {text}");
        let mut reader = Reader::new(1);
        reader.read("x.ttl", text.as_bytes(), Syntax::Turtle, "http://a.example/").unwrap();
        let dataset = reader.finish().0;
        assert_eq!(changed(&dataset).len(), 4, "{:?}", changed(&dataset));
        assert_eq!(check(&dataset), Ok(()));
        let text = format!("<urn:a:{}> <urn:a:p> 1 .", "long".repeat(500));
        let mut reader = Reader::new(1);
        reader.read("x.ttl", text.as_bytes(), Syntax::Turtle, "http://a.example/").unwrap();
        assert!(matches!(check(&reader.finish().0), Err(Error::Graph(_))));
    }
}
