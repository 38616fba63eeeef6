//! What a dataset holds, document by document: each goes into a store whole or not at all.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use crate::rdf::vocabulary::{AGENTS, prov};
use crate::rdf::{Dataset, Term};

/// A named graph and what is said of it in no graph; or all that stands in no graph and is said of none.
///
/// Statements go by their place in the dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Document<'d> {
    pub graph: Option<&'d str>,
    pub statements: Vec<usize>,
    /// What no graph holds and the graph's name begins: its provenance, as a rule.
    pub about: Vec<usize>,
}

impl Document<'_> {
    pub(super) fn len(&self) -> usize {
        self.statements.len() + self.about.len()
    }

    pub(super) fn size(&self, dataset: &Dataset) -> usize {
        self.statements.iter().chain(&self.about).map(|place| dataset.size(*place)).sum()
    }
}

/// The documents of a sorted dataset, in the order of their graphs' IRIs; what belongs to none of them comes first.
/// If `joins`, what is said of a document is a part of its graph.
///
/// A graph that only its provenance names, as `tellgraph extract` writes it of a text that tells nothing, is a document
/// without statements. Graphs that are blank nodes are left out.
pub(super) fn documents(dataset: &Dataset, joins: bool) -> Vec<Document<'_>> {
    let mut documents: BTreeMap<&str, Document<'_>> = BTreeMap::new();
    let in_none = dataset.quads().position(|quad| quad.graph.is_some()).unwrap_or(dataset.len());
    for (place, quad) in dataset.quads().enumerate() {
        let named = match quad.graph {
            Some(Term::Iri(graph)) => Some(graph),
            None if is_provenance(quad.predicate, quad.object) => quad.subject.iri(),
            _ => None,
        };
        let Some(graph) = named else { continue };
        let document = documents.entry(graph).or_default();
        document.graph = Some(graph);
        if place >= in_none {
            document.statements.push(place);
        }
    }
    let mut documents: Vec<Document<'_>> = documents.into_values().collect();
    let rest = assign(dataset, in_none, &mut documents);
    for document in documents.iter_mut().filter(|_| joins) {
        document.statements.append(&mut document.about);
    }
    if !rest.is_empty() {
        documents.insert(0, Document { statements: rest, ..Document::default() });
    }
    documents
}

/// Whether a statement says of its subject that a release of this program made it.
fn is_provenance(predicate: &str, object: Term<'_>) -> bool {
    predicate == prov::WAS_ATTRIBUTED_TO.as_str() && object.iri().is_some_and(|iri| iri.starts_with(AGENTS))
}

/// Gives each document what no graph holds about its name, and about what that alone points to; returns the rest. The
/// program that made it is described in the rest in any case: the next document is made by it, too.
fn assign<'d>(dataset: &'d Dataset, in_none: usize, documents: &mut [Document<'d>]) -> Vec<usize> {
    let mut subjects: HashMap<Term<'_>, Range<usize>> = HashMap::new();
    // Who points to what, and whether nobody else does.
    let mut pointed: HashMap<Term<'_>, (Term<'_>, bool)> = HashMap::new();
    for place in 0..in_none {
        let quad = dataset.get(place);
        let range = subjects.entry(quad.subject).or_insert(place..place);
        range.end = place + 1;
        let (first, is_only) = pointed.entry(quad.object).or_insert((quad.subject, true));
        *is_only &= *first == quad.subject;
    }
    let names: HashSet<&str> = documents.iter().filter_map(|document| document.graph).collect();
    for document in documents.iter_mut() {
        let Some(own) = document.graph.and_then(|name| subjects.remove(&Term::Iri(name))) else { continue };
        document.about.extend(own.clone());
        for place in own {
            let object = dataset.get(place).object;
            let is_other = |iri: &str| names.contains(iri) || iri.starts_with(AGENTS);
            if pointed[&object].1
                && !object.iri().is_some_and(is_other)
                && let Some(further) = subjects.remove(&object)
            {
                document.about.extend(further);
            }
        }
    }
    let mut rest: Vec<usize> = subjects.into_values().flatten().collect();
    rest.sort_unstable();
    rest
}

/// How much may go together into one request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub documents: usize,
    pub statements: usize,
    pub bytes: usize,
}

/// Documents that go together; one beyond the limit goes alone.
pub(super) fn batches(documents: &[Document<'_>], dataset: &Dataset, limit: Limit) -> Vec<Range<usize>> {
    let mut batches: Vec<Range<usize>> = Vec::new();
    let (mut statements, mut bytes) = (0, 0);
    for (at, document) in documents.iter().enumerate() {
        statements += document.len();
        bytes += document.size(dataset);
        match batches.last_mut() {
            Some(batch)
                if batch.len() < limit.documents
                    && statements <= limit.statements
                    && bytes <= limit.bytes =>
            {
                batch.end = at + 1;
            }
            _ => {
                batches.push(at..at + 1);
                (statements, bytes) = (document.len(), document.size(dataset));
            }
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{Reader, Syntax};

    fn read(text: &str) -> Dataset {
        let mut reader = Reader::new(1);
        reader.read("x.trig", text.as_bytes(), Syntax::TriG, "http://a.example/").unwrap();
        reader.finish().0
    }

    #[test]
    fn each_document_has_its_provenance() {
        let dataset = read(
            "@prefix prov: <http://www.w3.org/ns/prov#> .
            <d1> prov:wasAttributedTo <https://w3id.org/tellgraph/version/0.1.0> ; prov:wasDerivedFrom <s1> .
            <d2> prov:wasAttributedTo <https://w3id.org/tellgraph/version/0.1.0> ; prov:wasDerivedFrom <s2> .
            <d3> prov:wasAttributedTo <https://w3id.org/tellgraph/version/0.1.0> ; prov:hadMember <d1> .
            <s1> <p> 1 . <s2> <p> 2 . <other> <p> <more> . <more> <p> 3 .
            <d1> { <a> <p> <b> . <a> <p> <c> } <d2> { <a> <p> <b> }",
        );
        let parts = documents(&dataset, false);
        let told = |document: &Document<'_>| {
            let name = document.graph.and_then(|graph| graph.strip_prefix("http://a.example/"));
            (name.map(str::to_owned), document.statements.len(), document.about.len())
        };
        let name = |name: &str| Some(name.to_owned());
        let expected = [(None, 2, 0), (name("d1"), 2, 3), (name("d2"), 1, 3), (name("d3"), 0, 2)];
        assert_eq!(parts.iter().map(told).collect::<Vec<_>>(), expected);
        assert_eq!(parts.iter().map(Document::len).sum::<usize>(), dataset.len());
        let joined = [(None, 2, 0), (name("d1"), 5, 0), (name("d2"), 4, 0), (name("d3"), 2, 0)];
        assert_eq!(documents(&dataset, true).iter().map(told).collect::<Vec<_>>(), joined);
        let limit = Limit { documents: 9, statements: 7, bytes: 100_000 };
        assert_eq!(batches(&parts, &dataset, limit), [0..2, 2..4]);
        let limit = Limit { documents: 9, statements: 1, bytes: 100_000 };
        assert_eq!(batches(&parts, &dataset, limit).len(), 4);
    }

    #[test]
    fn what_several_documents_point_to_belongs_to_none() {
        let dataset = read(
            "@prefix prov: <http://www.w3.org/ns/prov#> . @prefix version: <https://w3id.org/tellgraph/version/> .
            <d1> prov:wasAttributedTo version:0.1.0 ; prov:wasDerivedFrom <both>, <own> .
            <d2> prov:wasAttributedTo version:0.1.0 ; prov:wasDerivedFrom <both>, <others> .
            version:0.1.0 <p> 0 . <both> <p> 1 . <own> <p> 2 . <others> <p> 3 . <it> <p> <others> .",
        );
        let lengths: Vec<usize> = documents(&dataset, true).iter().map(Document::len).collect();
        assert_eq!(lengths, [4, 4, 3]);
        let alone = read(
            "<d1> <http://www.w3.org/ns/prov#wasAttributedTo> <https://w3id.org/tellgraph/version/0> .
            <https://w3id.org/tellgraph/version/0> <p> 0 .",
        );
        assert_eq!(documents(&alone, true).iter().map(Document::len).collect::<Vec<_>>(), [1, 1]);
    }
}
