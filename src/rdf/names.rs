//! Names: terms as people read them, in messages and reports.

use oxrdf::vocab::rdf;

use super::prefix::Prefixes;
use super::{Dataset, Prefix, Term};

/// Short names for the IRIs of some datasets: no prefix stands for two namespaces, and none could be taken for the
/// beginning of an IRI that is written whole.
pub struct Names {
    prefixes: Prefixes,
}

impl Names {
    /// By the prefixes that are declared, of which the first of a name counts, and by well-known ones.
    pub fn of(datasets: &[&Dataset], declared: &[Prefix]) -> Self {
        Self { prefixes: Prefixes::of(datasets, declared) }
    }

    /// A term as in Turtle: `tg:Person`, `"34"^^xsd:integer`.
    pub fn of_term(&self, term: Term<'_>) -> String {
        match (term, term.datatype()) {
            (Term::Iri(iri), _) => self.of_iri(iri),
            (Term::Literal { escaped, suffix }, Some(datatype)) if !suffix.is_empty() => {
                format!("\"{escaped}\"^^{}", self.of_iri(datatype))
            }
            (Term::Triple(parts), _) => {
                let [subject, predicate, object] = parts.map(|part| self.of_term(Term::read(part)));
                format!("<<( {subject} {predicate} {object} )>>")
            }
            (other, _) => other.to_string(),
        }
    }

    /// A property: what says of which class a thing is goes by `a`.
    pub fn of_property(&self, iri: &str) -> String {
        if iri == rdf::TYPE.as_str() { "a".to_owned() } else { self.of_iri(iri) }
    }

    /// A text in which IRIs stand in angle brackets.
    pub fn in_text(&self, text: &str) -> String {
        let mut parts = text.split('<');
        let mut short = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            match part.split_once('>') {
                Some((iri, rest)) => {
                    short.push_str(&self.of_iri(iri));
                    short.push_str(rest);
                }
                None => {
                    short.push('<');
                    short.push_str(part);
                }
            }
        }
        short
    }

    fn of_iri(&self, iri: &str) -> String {
        match self.prefixes.find(iri) {
            Some((prefix, local)) => format!("{prefix}:{local}"),
            None => format!("<{iri}>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{Reader, Syntax};

    /// Each namespace has its own prefix, the longest that fits, and none is also a scheme.
    #[test]
    fn no_name_stands_for_two_things() {
        let mut reader = Reader::new(1);
        let text = "<http://e.example/a> <http://e.example/more/p> <http://e.example/more#q>, <urn:x:y>, <mailto:a>, 1 .";
        reader.read("x.ttl", text.as_bytes(), Syntax::Turtle, "http://e.example/").unwrap();
        let (dataset, _) = reader.finish();
        let declared = [
            ("e", "http://e.example/"),
            ("m", "http://e.example/more/"),
            ("e", "http://e.example/more#"),
            ("mailto", "urn:x:"),
        ];
        let declared = declared.map(|(prefix, space)| (prefix.to_owned(), space.to_owned()));
        let names = Names::of(&[&dataset], &declared);
        let shown: Vec<String> = dataset.quads().map(|quad| names.of_term(quad.object)).collect();
        assert_eq!(shown, ["<http://e.example/more#q>", "<mailto:a>", "<urn:x:y>", "\"1\"^^xsd:integer"]);
        assert_eq!(names.of_property("http://e.example/more/p"), "m:p");
        assert_eq!(names.in_text("sh:class <http://e.example/a> < 3"), "sh:class e:a < 3");
    }
}
