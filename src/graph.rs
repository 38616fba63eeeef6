//! Graph: things and statements, merged by IRI, with the evidence of each.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Literal, NamedNode};
use petgraph::graph::DiGraph;
use serde::Serialize;

use crate::entity::Entities;
use crate::fact::{Fact, Status};
use crate::ontology::Ontology;
use crate::source::Source;
use crate::syntax::Parsed;

/// A place where a text says a statement, by its position in the graph's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EvidenceId(pub u32);

/// A node: something that exists, in whatever document it was met.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    pub iri: NamedNode,
    /// The most specific classes that hold of it, sorted; none above another.
    pub classes: BTreeSet<NamedNode>,
    /// Its fullest name.
    pub label: String,
    pub alternative_labels: BTreeSet<String>,
    /// What is said of it in literals, with the evidence; sorted by property, then by value.
    pub values: BTreeMap<NamedNode, BTreeMap<Value, Vec<EvidenceId>>>,
}

/// A literal that sorts by its text and datatype.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Value(pub Literal);

/// An edge: a property that holds between two things.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    pub property: NamedNode,
    /// Empty where the surroundings of a text, and no words in it, say so (an HTML page's author).
    pub evidence: Vec<EvidenceId>,
}

/// One end of a fact as a text shows it; offsets count code points, end exclusive.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct End {
    /// `None` for a value, and for a pronoun that nothing names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub datatype: Option<String>,
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// Offsets in code points, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Offsets {
    pub start: usize,
    pub end: usize,
}

/// A fact with everything that shows it: what one line of `--to facts` holds, in this order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    pub document: String,
    pub property: String,
    pub subject: End,
    pub object: End,
    pub sentence: Offsets,
    pub confidence: f32,
    pub status: Status,
    pub implicit: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub past: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    pub rule: String,
    /// The sentence as written.
    #[serde(skip)]
    pub quote: String,
}

/// A text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRecord {
    pub id: String,
    /// The article as a thing of the graph.
    pub iri: NamedNode,
    pub url: Option<String>,
}

/// What one or more documents say.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    graph: DiGraph<Thing, Statement>,
    evidence: Vec<Evidence>,
    documents: Vec<DocumentRecord>,
}

/// Makes the graph of one document from its facts.
pub fn build(
    _source: &Source,
    _parsed: &Parsed,
    _entities: &Entities,
    _facts: &[Fact],
    _ontology: &Ontology,
) -> Graph {
    Graph::default()
}

impl Graph {
    /// Takes over what another graph says.
    pub fn merge(&mut self, other: Graph) {
        self.evidence.extend(other.evidence);
        self.documents.extend(other.documents);
    }
}
