//! Graph: things and statements, merged by IRI, with the evidence of each.

mod appearance;
mod article;
mod build;
pub mod identity;
mod infer;
mod link;
mod offset;
mod read;
mod record;
mod referent;
mod thing;
mod unite;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxrdf::{Literal, NamedNode, NamedNodeRef};
use petgraph::Direction;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use serde::{Deserialize, Serialize, Serializer};

use crate::ontology::Ontology;

pub use crate::fact::Status;
pub use appearance::Appearance;
pub use build::build;
pub use read::read;
pub use record::Unreadable;
pub use thing::{Link, Linker, Thing};
pub use unite::{Rules, unite};

/// A place where a text says a statement, by its position in the graph's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EvidenceId(pub u32);

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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// A probability, written with at most three decimals.
    #[serde(serialize_with = "rounded")]
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
    /// The article as a thing of the graph, where it is known by a headline or title.
    pub iri: Option<NamedNode>,
    pub url: Option<String>,
    /// The whole text, where somebody wants to see it beside the graph ([`Graph::keep_text`]).
    pub text: Option<String>,
}

/// What one or more documents say.
///
/// A graph keeps everything that was said; where a functional property has several objects, [`Graph::statements_of`]
/// and [`Graph::values_of`] show the best supported one, so that the order of documents never matters.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    graph: DiGraph<Thing, Statement>,
    nodes: HashMap<NamedNode, NodeIndex>,
    /// The statements from one thing to another, one for each property.
    edges: HashMap<(NodeIndex, NodeIndex), Vec<EdgeIndex>>,
    evidence: Vec<Evidence>,
    documents: Vec<DocumentRecord>,
    schema: infer::Schema,
}

impl EvidenceId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Value {
    fn key(&self) -> (&str, NamedNodeRef<'_>, Option<&str>) {
        (self.0.value(), self.0.datatype(), self.0.language())
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Writes a probability with at most three decimals.
fn rounded<S: Serializer>(probability: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    let thousandths = (f64::from(*probability).clamp(0.0, 1.0) * 1000.0).round();
    serializer.serialize_f64(if thousandths.is_nan() { 0.0 } else { thousandths / 1000.0 })
}

/// Putting in.
impl Graph {
    /// Adds a thing, or what is newly said of one that is there; superclasses of its classes come from the ontology.
    pub fn add_thing(&mut self, thing: Thing, ontology: &Ontology) {
        for class in &thing.classes {
            self.schema.learn_class(class, ontology);
        }
        self.place(thing);
    }

    /// Adds a statement between two things of the graph, or more evidence for one that is there.
    ///
    /// A symmetric property is stated once, of the thing whose IRI comes first. Nothing is stated between a thing and
    /// itself, or where an end is no thing of the graph.
    pub fn add_statement(
        &mut self,
        subject: &NamedNode,
        property: &NamedNode,
        object: &NamedNode,
        evidence: Option<EvidenceId>,
        ontology: &Ontology,
    ) {
        self.schema.learn_property(property, ontology);
        if let (Some(&subject), Some(&object)) = (self.nodes.get(subject), self.nodes.get(object)) {
            self.connect(
                subject,
                object,
                Statement { property: property.clone(), evidence: evidence.into_iter().collect() },
            );
        }
    }

    /// Adds a literal that is said of a thing of the graph, or more evidence for it.
    pub fn add_value(
        &mut self,
        subject: &NamedNode,
        property: &NamedNode,
        value: Literal,
        evidence: Option<EvidenceId>,
        ontology: &Ontology,
    ) {
        self.schema.learn_property(property, ontology);
        if let Some(&node) = self.nodes.get(subject) {
            let values = self.graph[node].values.entry(property.clone()).or_default();
            values.entry(Value(value)).or_default().extend(evidence);
        }
    }

    /// Adds a place where a text says something, whatever its status.
    pub fn add_evidence(&mut self, evidence: Evidence) -> EvidenceId {
        let id = EvidenceId(self.evidence.len() as u32);
        self.evidence.push(evidence);
        id
    }

    /// Adds a document that was read.
    pub fn add_document(&mut self, document: DocumentRecord) {
        self.documents.push(document);
    }

    /// Lets the graph of one document carry its text, for formats that show it.
    pub fn keep_text(&mut self, text: impl Into<String>) {
        if let [document] = self.documents.as_mut_slice() {
            document.text = Some(text.into());
        }
    }

    /// Takes over what another graph says, in time linear in the other's size.
    ///
    /// Things with the same IRI become one; [`unite`] looks at what tells them apart. Merging is associative, and the order of graphs shows in nothing but the
    /// order of [`Graph::all_evidence`] and [`Graph::documents`].
    pub fn merge(&mut self, other: Graph) {
        let (offset, documents) = (self.evidence.len() as u32, self.documents.len());
        let shift = |evidence: &mut Vec<EvidenceId>| evidence.iter_mut().for_each(|id| id.0 += offset);
        self.evidence.extend(other.evidence);
        self.documents.extend(other.documents);
        self.schema.merge(other.schema);
        let (nodes, edges) = other.graph.into_nodes_edges();
        let place = |node: petgraph::graph::Node<Thing>| {
            let mut thing = node.weight;
            thing.values.values_mut().flat_map(BTreeMap::values_mut).for_each(shift);
            thing.appearances.iter_mut().for_each(|appearance| appearance.document += documents);
            self.place(thing)
        };
        let places: Vec<NodeIndex> = nodes.into_iter().map(place).collect();
        for edge in edges {
            let (source, target) = (places[edge.source().index()], places[edge.target().index()]);
            let mut statement = edge.weight;
            shift(&mut statement.evidence);
            self.connect(source, target, statement);
        }
    }

    /// Gives each node, in their order, another IRI and other links; the graph is then good for merging only.
    fn rename(&mut self, names: Vec<(NamedNode, BTreeSet<Link>)>) {
        let mut renamed: HashMap<String, NamedNode> = HashMap::new();
        for (thing, (iri, links)) in self.graph.node_weights_mut().zip(names) {
            thing.links = links;
            if thing.iri != iri {
                renamed.insert(std::mem::replace(&mut thing.iri, iri.clone()).into_string(), iri);
            }
        }
        if renamed.is_empty() {
            return;
        }
        let ends =
            self.evidence.iter_mut().flat_map(|evidence| [&mut evidence.subject, &mut evidence.object]);
        for iri in ends.filter_map(|end| end.iri.as_mut()) {
            if let Some(new) = renamed.get(iri) {
                *iri = new.as_str().to_owned();
            }
        }
        for iri in self.documents.iter_mut().filter_map(|document| document.iri.as_mut()) {
            if let Some(new) = renamed.get(iri.as_str()) {
                *iri = new.clone();
            }
        }
    }

    fn place(&mut self, thing: Thing) -> NodeIndex {
        let node = match self.nodes.get(&thing.iri) {
            Some(&node) => {
                self.graph[node].absorb(thing);
                node
            }
            None => {
                let iri = thing.iri.clone();
                let node = self.graph.add_node(thing);
                self.nodes.insert(iri, node);
                node
            }
        };
        self.schema.keep_most_specific(&mut self.graph[node].classes);
        node
    }

    fn connect(&mut self, subject: NodeIndex, object: NodeIndex, statement: Statement) {
        if subject == object {
            return;
        }
        let turned =
            self.graph[object].iri < self.graph[subject].iri && self.schema.is_symmetric(&statement.property);
        let (subject, object) = if turned { (object, subject) } else { (subject, object) };
        let edges = self.edges.entry((subject, object)).or_default();
        match edges.iter().find(|edge| self.graph[**edge].property == statement.property) {
            Some(&edge) => self.graph[edge].evidence.extend(statement.evidence),
            None => edges.push(self.graph.add_edge(subject, object, statement)),
        }
    }
}

/// Looking up; everything comes sorted, whatever the order it was put in.
impl Graph {
    /// Whether no text that was read names a thing or states a fact.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.evidence.is_empty()
    }

    /// Every thing, by IRI.
    pub fn things(&self) -> impl ExactSizeIterator<Item = &Thing> {
        let mut things: Vec<&Thing> = self.graph.node_weights().collect();
        things.sort_unstable_by(|a, b| a.iri.cmp(&b.iri));
        things.into_iter()
    }

    /// Every thing, in the order they were put in.
    fn nodes(&self) -> impl Iterator<Item = &Thing> {
        self.graph.node_weights()
    }

    pub fn thing(&self, iri: &NamedNode) -> Option<&Thing> {
        self.nodes.get(iri).map(|&node| &self.graph[node])
    }

    /// What is said of a thing and another, by property, then by the other's IRI.
    ///
    /// Of a functional property only the statement with the most confidence in sum is shown; of equals, the first.
    pub fn statements_of(&self, thing: &NamedNode) -> Vec<(&Statement, &Thing)> {
        let Some(&node) = self.nodes.get(thing) else { return Vec::new() };
        let edges = self.graph.edges_directed(node, Direction::Outgoing);
        let mut statements: Vec<_> = edges.map(|edge| (edge.weight(), &self.graph[edge.target()])).collect();
        statements.sort_unstable_by(|a, b| (&a.0.property, &a.1.iri).cmp(&(&b.0.property, &b.1.iri)));
        self.schema.settle_statements(statements, &self.evidence)
    }

    /// What is said of a thing in literals, by property, then by value.
    ///
    /// Of a functional property only the value with the most confidence in sum is shown; of equals, the first.
    pub fn values_of<'g>(&'g self, thing: &'g Thing) -> Vec<(&'g NamedNode, &'g Literal, &'g [EvidenceId])> {
        self.schema.settle_values(&thing.values, &self.evidence)
    }

    /// Every statement, by subject, property and object.
    pub fn statements(&self) -> impl Iterator<Item = (&Thing, &Statement, &Thing)> {
        self.things().flat_map(|subject| {
            let statements = self.statements_of(&subject.iri);
            statements.into_iter().map(move |(statement, object)| (subject, statement, object))
        })
    }

    pub fn evidence(&self, id: EvidenceId) -> &Evidence {
        &self.evidence[id.index()]
    }

    /// All evidence, of whatever status, in the order of documents and of their texts.
    pub fn all_evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// The documents that were read, in that order.
    pub fn documents(&self) -> &[DocumentRecord] {
        &self.documents
    }

    pub fn thing_count(&self) -> usize {
        self.graph.node_count()
    }

    /// How many statements and values the graph shows.
    pub fn statement_count(&self) -> usize {
        self.things().map(|thing| self.statements_of(&thing.iri).len() + self.values_of(thing).len()).sum()
    }
}
