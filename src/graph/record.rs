//! Records: the graph of a document as bytes, for a store to keep, and back.
//!
//! A record holds everything that the graph does but the text, so that graphs read from records unite to the same as
//! those that were never written. What an ontology says of classes and properties is looked up again.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Literal, NamedNode};
use petgraph::graph::NodeIndex;
use serde::{Deserialize, Serialize};

use super::identity::Identity;
use super::identity::homonym::Aspect;
use super::{
    Appearance, DocumentRecord, End, Evidence, EvidenceId, Graph, Link, Linker, Offsets, Statement, Status,
    Thing, Value,
};
use crate::ontology::Ontology;

/// Bytes that are no record of a graph.
#[derive(Debug, thiserror::Error)]
#[error("not a graph as it is kept: {0}")]
pub struct Unreadable(String);

impl Graph {
    /// The graph as bytes that [`Graph::from_record`] reads back; without the texts of documents.
    pub fn to_record(&self) -> Vec<u8> {
        let edges = self.graph.raw_edges().iter().map(|edge| StatementRecord {
            ends: [edge.source().index() as u32, edge.target().index() as u32],
            property: edge.weight.property.as_str(),
            evidence: numbers(&edge.weight.evidence),
        });
        let record = Record {
            things: self.nodes().map(ThingRecord::of).collect(),
            statements: edges.collect(),
            evidence: self.evidence.iter().map(EvidenceRecord::of).collect(),
            documents: self.documents.iter().map(SourceRecord::of).collect(),
        };
        postcard::to_stdvec(&record).expect("strings and numbers can be written to memory")
    }

    /// The graph that [`Graph::to_record`] wrote.
    ///
    /// # Errors
    /// Bytes that are anything else.
    pub fn from_record(bytes: &[u8], ontology: &Ontology) -> Result<Self, Unreadable> {
        let record: Record<'_> =
            postcard::from_bytes(bytes).map_err(|error| Unreadable(error.to_string()))?;
        record.graph(ontology).ok_or_else(|| Unreadable("it points to what it does not hold".to_owned()))
    }
}

/// Things, evidence and documents go by their place in the lists.
#[derive(Serialize, Deserialize)]
struct Record<'r> {
    #[serde(borrow)]
    things: Vec<ThingRecord<'r>>,
    statements: Vec<StatementRecord<'r>>,
    evidence: Vec<EvidenceRecord<'r>>,
    documents: Vec<SourceRecord<'r>>,
}

#[derive(Serialize, Deserialize)]
struct ThingRecord<'r> {
    iri: &'r str,
    plain: &'r str,
    distinctions: Vec<(AspectRecord<'r>, Vec<&'r str>)>,
    classes: Vec<&'r str>,
    label: &'r str,
    alternative_labels: Vec<&'r str>,
    links: Vec<(Linker, &'r str)>,
    values: Vec<(&'r str, Vec<ValueRecord<'r>>)>,
    appearances: Vec<AppearanceRecord<'r>>,
}

#[derive(Serialize, Deserialize)]
enum AspectRecord<'r> {
    Key(&'r str),
    Class,
    Relation(&'r str),
    Link(&'r str),
    Told(usize),
}

#[derive(Serialize, Deserialize)]
struct ValueRecord<'r> {
    value: &'r str,
    datatype: &'r str,
    language: Option<&'r str>,
    evidence: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
struct AppearanceRecord<'r> {
    document: usize,
    mention: Offsets,
    sentence: Offsets,
    kind: &'r str,
    rule: &'r str,
}

#[derive(Serialize, Deserialize)]
struct StatementRecord<'r> {
    ends: [u32; 2],
    property: &'r str,
    evidence: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
struct EvidenceRecord<'r> {
    document: &'r str,
    property: &'r str,
    #[serde(borrow)]
    ends: [EndRecord<'r>; 2],
    sentence: Offsets,
    confidence: f32,
    status: Status,
    implicit: bool,
    past: bool,
    speaker: Option<&'r str>,
    rule: &'r str,
    quote: &'r str,
}

#[derive(Serialize, Deserialize)]
struct EndRecord<'r> {
    iri: Option<&'r str>,
    label: Option<&'r str>,
    class: Option<&'r str>,
    value: Option<&'r str>,
    datatype: Option<&'r str>,
    offsets: Offsets,
    text: &'r str,
}

#[derive(Serialize, Deserialize)]
struct SourceRecord<'r> {
    id: &'r str,
    iri: Option<&'r str>,
    url: Option<&'r str>,
}

impl<'r> ThingRecord<'r> {
    fn of(thing: &'r Thing) -> Self {
        let Identity { plain, distinctions } = &thing.identity;
        let told = distinctions
            .iter()
            .map(|(aspect, values)| (AspectRecord::of(aspect), values.iter().map(String::as_str).collect()));
        let values = thing.values.iter().map(|(property, values)| {
            let values = values.iter().map(|(value, evidence)| ValueRecord::of(value, evidence));
            (property.as_str(), values.collect())
        });
        Self {
            iri: thing.iri.as_str(),
            plain: plain.as_str(),
            distinctions: told.collect(),
            classes: thing.classes.iter().map(NamedNode::as_str).collect(),
            label: &thing.label,
            alternative_labels: thing.alternative_labels.iter().map(String::as_str).collect(),
            links: thing.links.iter().map(|link| (link.by, link.iri.as_str())).collect(),
            values: values.collect(),
            appearances: thing.appearances.iter().map(AppearanceRecord::of).collect(),
        }
    }

    fn thing(self) -> Thing {
        let values = self.values.into_iter().map(|(property, values)| {
            (iri(property), values.into_iter().map(ValueRecord::value).collect::<BTreeMap<_, _>>())
        });
        let distinctions = self.distinctions.into_iter().map(|(aspect, values)| {
            (aspect.aspect(), values.into_iter().map(str::to_owned).collect::<BTreeSet<_>>())
        });
        let links = self.links.into_iter().map(|(by, to)| Link { by, iri: iri(to) });
        Thing {
            iri: iri(self.iri),
            identity: Identity { plain: iri(self.plain), distinctions: distinctions.collect() },
            classes: self.classes.into_iter().map(iri).collect(),
            label: self.label.to_owned(),
            alternative_labels: self.alternative_labels.into_iter().map(str::to_owned).collect(),
            links: links.collect(),
            values: values.collect(),
            appearances: self.appearances.into_iter().map(AppearanceRecord::appearance).collect(),
        }
    }
}

impl<'r> AspectRecord<'r> {
    fn of(aspect: &'r Aspect) -> Self {
        match aspect {
            Aspect::Key(property) => Self::Key(property.as_str()),
            Aspect::Class => Self::Class,
            Aspect::Relation(property) => Self::Relation(property.as_str()),
            Aspect::Link(namespace) => Self::Link(namespace),
            Aspect::Told(number) => Self::Told(*number),
        }
    }

    fn aspect(self) -> Aspect {
        match self {
            Self::Key(property) => Aspect::Key(iri(property)),
            Self::Class => Aspect::Class,
            Self::Relation(property) => Aspect::Relation(iri(property)),
            Self::Link(namespace) => Aspect::Link(namespace.to_owned()),
            Self::Told(number) => Aspect::Told(number),
        }
    }
}

impl<'r> ValueRecord<'r> {
    fn of(value: &'r Value, evidence: &[EvidenceId]) -> Self {
        let Value(literal) = value;
        Self {
            value: literal.value(),
            datatype: literal.datatype().as_str(),
            language: literal.language(),
            evidence: numbers(evidence),
        }
    }

    fn value(self) -> (Value, Vec<EvidenceId>) {
        let literal = match self.language {
            Some(language) => Literal::new_language_tagged_literal_unchecked(self.value, language),
            None => Literal::new_typed_literal(self.value, iri(self.datatype)),
        };
        (Value(literal), ids(self.evidence))
    }
}

impl<'r> AppearanceRecord<'r> {
    fn of(appearance: &'r Appearance) -> Self {
        let Appearance { document, mention, sentence, kind, rule } = appearance;
        Self { document: *document, mention: *mention, sentence: *sentence, kind, rule }
    }

    fn appearance(self) -> Appearance {
        let (kind, rule) = (self.kind.to_owned().into(), self.rule.to_owned().into());
        Appearance { document: self.document, mention: self.mention, sentence: self.sentence, kind, rule }
    }
}

impl<'r> EvidenceRecord<'r> {
    fn of(evidence: &'r Evidence) -> Self {
        Self {
            document: &evidence.document,
            property: &evidence.property,
            ends: [&evidence.subject, &evidence.object].map(EndRecord::of),
            sentence: evidence.sentence,
            confidence: evidence.confidence,
            status: evidence.status,
            implicit: evidence.implicit,
            past: evidence.past,
            speaker: evidence.speaker.as_deref(),
            rule: &evidence.rule,
            quote: &evidence.quote,
        }
    }

    fn evidence(self) -> Evidence {
        let [subject, object] = self.ends.map(EndRecord::end);
        Evidence {
            document: self.document.to_owned(),
            property: self.property.to_owned(),
            subject,
            object,
            sentence: self.sentence,
            confidence: self.confidence,
            status: self.status,
            implicit: self.implicit,
            past: self.past,
            speaker: self.speaker.map(str::to_owned),
            rule: self.rule.to_owned(),
            quote: self.quote.to_owned(),
        }
    }
}

impl<'r> EndRecord<'r> {
    fn of(end: &'r End) -> Self {
        Self {
            iri: end.iri.as_deref(),
            label: end.label.as_deref(),
            class: end.class.as_deref(),
            value: end.value.as_deref(),
            datatype: end.datatype.as_deref(),
            offsets: Offsets { start: end.start, end: end.end },
            text: &end.text,
        }
    }

    fn end(self) -> End {
        let [iri, label, class, value, datatype] =
            [self.iri, self.label, self.class, self.value, self.datatype].map(|text| text.map(str::to_owned));
        let Offsets { start, end } = self.offsets;
        End { iri, label, class, value, datatype, start, end, text: self.text.to_owned() }
    }
}

impl<'r> SourceRecord<'r> {
    fn of(document: &'r DocumentRecord) -> Self {
        let iri = document.iri.as_ref().map(NamedNode::as_str);
        Self { id: &document.id, iri, url: document.url.as_deref() }
    }

    fn document(self) -> DocumentRecord {
        let url = self.url.map(str::to_owned);
        DocumentRecord { id: self.id.to_owned(), iri: self.iri.map(iri), url, text: None }
    }
}

impl Record<'_> {
    /// The graph, if everything that is pointed to is there.
    fn graph(self, ontology: &Ontology) -> Option<Graph> {
        let (things, documents) = (self.things.len(), self.documents.len());
        let mut graph = Graph {
            evidence: self.evidence.into_iter().map(EvidenceRecord::evidence).collect(),
            documents: self.documents.into_iter().map(SourceRecord::document).collect(),
            ..Graph::default()
        };
        let count = graph.evidence.len();
        let are_there = |evidence: &[EvidenceId]| evidence.iter().all(|id| id.index() < count);
        for thing in self.things {
            let thing = thing.thing();
            let values = || thing.values.values().flat_map(BTreeMap::values);
            if !values().all(|evidence| are_there(evidence))
                || thing.appearances.iter().any(|appearance| appearance.document >= documents)
            {
                return None;
            }
            for property in thing.values.keys() {
                graph.schema.learn_property(property, ontology);
            }
            graph.add_thing(thing, ontology);
        }
        for statement in self.statements {
            let [subject, object] = statement.ends.map(NodeIndex::from);
            let (property, evidence) = (iri(statement.property), ids(statement.evidence));
            if subject.index().max(object.index()) >= things || !are_there(&evidence) {
                return None;
            }
            graph.schema.learn_property(&property, ontology);
            graph.connect(subject, object, Statement { property, evidence });
        }
        (graph.thing_count() == things).then_some(graph)
    }
}

/// An IRI that was one when it was written.
fn iri(text: &str) -> NamedNode {
    NamedNode::new_unchecked(text)
}

fn numbers(evidence: &[EvidenceId]) -> Vec<u32> {
    evidence.iter().map(|id| id.0).collect()
}

fn ids(numbers: Vec<u32>) -> Vec<EvidenceId> {
    numbers.into_iter().map(EvidenceId).collect()
}
