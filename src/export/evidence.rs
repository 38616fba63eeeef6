//! Evidence in RDF: which text, and which words of it, say a statement.
//!
//! `docs/evidence.md` shows each form, and a query that finds the words.

mod span;

use std::collections::{HashMap, HashSet};

use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::statements::Statement;
use crate::graph::{DocumentRecord, EvidenceId, Graph};
use crate::ontology::{Ontology, local_name};
use crate::rdf::vocabulary::{AGENTS, dcterms, prov, rdf as reified, schema, tg};
use crate::rdf::{Dataset, Quad as Line, Term as Word, percent_encoded};

/// How a graph in RDF carries its evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    /// Not at all.
    #[default]
    None,
    /// A named graph for each document, and where it is from (PROV-O).
    Graph,
    /// Statements about statements: confidence, rule and the sentence as written (RDF 1.2).
    Statement,
    /// Annotations of the text: the positions and the words of sentence, subject and object (Web Annotation).
    Span,
}

/// Statements as RDF, with their evidence; `time` is when it is said that the graph was made.
pub(super) fn dataset(
    statements: &[Statement],
    graph: &Graph,
    ontology: &Ontology,
    form: Evidence,
    time: Option<&str>,
) -> Dataset {
    let mut writer = Writer { graph, names: Names::new(graph, ontology), dataset: Dataset::default() };
    for statement in statements {
        match form {
            Evidence::Graph => writer.state_in_graphs(statement),
            _ => writer.state(statement, GraphName::DefaultGraph),
        }
        for id in &statement.evidence {
            match form {
                Evidence::None | Evidence::Graph => {}
                Evidence::Statement => writer.reify(statement, *id),
                Evidence::Span => span::annotate(&mut writer, statement, *id),
            }
        }
    }
    if form != Evidence::None {
        writer.describe_documents(form, time);
    }
    writer.dataset
}

struct Writer<'g> {
    graph: &'g Graph,
    names: Names<'g>,
    dataset: Dataset,
}

impl Writer<'_> {
    fn state(&mut self, statement: &Statement, graph: GraphName) {
        let Statement { subject, property, object, .. } = statement.clone();
        self.dataset.push(Quad::new(subject, property, object, graph).as_ref());
    }

    /// States something in the graph of each document that it is from; in none if nobody knows which.
    fn state_in_graphs(&mut self, statement: &Statement) {
        if statement.documents.is_empty() {
            self.state(statement, GraphName::DefaultGraph);
        }
        for document in &statement.documents {
            let name = self.names.graph(&self.graph.documents()[*document]);
            self.state(statement, GraphName::NamedNode(name));
        }
    }

    /// Says of a statement where it is from.
    fn reify(&mut self, statement: &Statement, id: EvidenceId) {
        let name = self.names.evidence(id).clone();
        let triple =
            [statement.subject.to_string(), statement.property.to_string(), statement.object.to_string()];
        self.dataset.push_terms(Line {
            subject: Word::Iri(name.as_str()),
            predicate: reified::REIFIES.as_str(),
            object: Word::Triple([&triple[0], &triple[1], &triple[2]]),
            graph: None,
        });
        self.describe(&name, id);
        let quote = Literal::new_simple_literal(&self.graph.evidence(id).quote);
        self.dataset.say(name.as_str(), tg::QUOTE, &quote);
    }

    /// What is known of a place where a text says something, in every form.
    fn describe(&mut self, name: &NamedNode, id: EvidenceId) {
        let evidence = self.graph.evidence(id);
        let confidence = Literal::new_typed_literal(decimal(evidence.confidence), xsd::DECIMAL);
        self.dataset.say(name.as_str(), tg::CONFIDENCE, &confidence);
        let rule = NamedNode::new(evidence.rule.as_str())
            .map_or_else(|_| Term::from(Literal::new_simple_literal(&evidence.rule)), Term::from);
        self.dataset.say(name.as_str(), tg::RULE, &rule);
        if evidence.implicit {
            self.dataset.say(name.as_str(), tg::IMPLICIT, &Literal::from(true));
        }
        let source = self.names.source(&evidence.document);
        self.dataset.say(name.as_str(), prov::WAS_DERIVED_FROM, &source);
    }

    /// What the documents are, and who read them.
    fn describe_documents(&mut self, form: Evidence, time: Option<&str>) {
        let version = env!("CARGO_PKG_VERSION");
        let agent = format!("{AGENTS}{version}");
        for document in self.graph.documents() {
            let source = self.names.source(&document.id);
            let identifier = Literal::new_simple_literal(&document.id);
            self.dataset.say(source.as_str(), rdf::TYPE, prov::ENTITY);
            self.dataset.say(source.as_str(), dcterms::IDENTIFIER, &identifier);
            if form != Evidence::Graph {
                continue;
            }
            let graph = self.names.graph(document);
            let agent = NamedNodeRef::new_unchecked(&agent);
            self.dataset.say(graph.as_str(), rdf::TYPE, prov::ENTITY);
            self.dataset.say(graph.as_str(), prov::WAS_DERIVED_FROM, &source);
            self.dataset.say(graph.as_str(), prov::WAS_ATTRIBUTED_TO, agent);
            if let Some(time) = time {
                let time = Literal::new_typed_literal(time, xsd::DATE_TIME);
                self.dataset.say(graph.as_str(), prov::GENERATED_AT_TIME, &time);
            }
        }
        if form == Evidence::Graph {
            let name = Literal::new_simple_literal(format!("tellgraph {version}"));
            self.dataset.say(&agent, rdf::TYPE, prov::SOFTWARE_AGENT);
            self.dataset.say(&agent, rdfs::LABEL, &name);
            self.dataset.say(&agent, schema::SOFTWARE_VERSION, &Literal::new_simple_literal(version));
        }
    }
}

/// The IRIs of documents and of places in them.
struct Names<'g> {
    base: &'g str,
    urls: HashMap<&'g str, NamedNode>,
    evidence: Vec<NamedNode>,
}

impl<'g> Names<'g> {
    fn new(graph: &'g Graph, ontology: &'g Ontology) -> Self {
        let base = ontology.base();
        let documents = graph.documents().iter();
        let urls = documents.filter_map(|document| {
            let url = document.url.as_deref().and_then(|url| NamedNode::new(url).ok())?;
            Some((document.id.as_str(), url))
        });
        let mut names = Self { base, urls: urls.collect(), evidence: Vec::new() };
        let mut taken = HashSet::new();
        for evidence in graph.all_evidence() {
            let document = percent_encoded(&evidence.document);
            let (subject, object) = (&evidence.subject, &evidence.object);
            let property = percent_encoded(local_name(&evidence.property));
            let spans =
                format!("{}-{}-{property}-{}-{}", subject.start, subject.end, object.start, object.end);
            let mut name = format!("{base}/evidence/{document}/{spans}");
            // Two properties of one name, or two documents of one: each place has an IRI of its own.
            while !taken.insert(name.clone()) {
                name.push('_');
            }
            names.evidence.push(NamedNode::new_unchecked(name));
        }
        names
    }

    /// The named graph that holds what a document says.
    fn graph(&self, document: &DocumentRecord) -> NamedNode {
        NamedNode::new_unchecked(format!("{}/document/{}", self.base, percent_encoded(&document.id)))
    }

    /// The text that was read: its address, if it has one.
    fn source(&self, document: &str) -> NamedNode {
        let made = || NamedNode::new_unchecked(format!("{}/source/{}", self.base, percent_encoded(document)));
        self.urls.get(document).cloned().unwrap_or_else(made)
    }

    fn evidence(&self, id: EvidenceId) -> &NamedNode {
        &self.evidence[id.index()]
    }
}

/// A probability with at most three decimals, as `xsd:decimal` writes it.
fn decimal(probability: f32) -> String {
    let text = format!("{probability:.3}");
    let text = text.trim_end_matches('0');
    if text.ends_with('.') { format!("{text}0") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_decimals() {
        for (probability, expected) in
            [(0.85, "0.85"), (1.0, "1.0"), (0.5004, "0.5"), (0.0, "0.0"), (0.1236, "0.124")]
        {
            assert_eq!(decimal(probability), expected);
        }
    }
}
