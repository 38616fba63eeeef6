//! Statements: what the graph says, each with the places where texts say it.

use std::collections::BTreeSet;

use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term};

use crate::graph::{EvidenceId, Graph, Thing};
use crate::rdf::vocabulary::{owl, skos};

/// A triple, and who says so.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub subject: NamedNode,
    pub property: NamedNode,
    pub object: Term,
    /// Where words say it; empty for what is known without them: classes, names, and what surrounds a text.
    pub evidence: Vec<EvidenceId>,
    /// The documents, by their place in the graph's list, that it is from.
    pub documents: BTreeSet<usize>,
    /// Whether it is in the terms of another vocabulary than the graph's.
    pub translated: bool,
}

/// Everything that the graph shows.
pub(super) fn of(graph: &Graph) -> Vec<Statement> {
    let places = Places::of(graph);
    let mut statements = Vec::new();
    for thing in graph.things() {
        name(thing, &mut statements);
        for (property, value, evidence) in graph.values_of(thing) {
            let documents = places.of_statement(graph, evidence, [&thing.iri, &thing.iri]);
            let object = value.clone().into();
            let (subject, property, evidence) = (thing.iri.clone(), property.clone(), evidence.to_vec());
            statements.push(Statement { subject, property, object, evidence, documents, translated: false });
        }
        for (statement, object) in graph.statements_of(&thing.iri) {
            let documents = places.of_statement(graph, &statement.evidence, [&thing.iri, &object.iri]);
            statements.push(Statement {
                subject: thing.iri.clone(),
                property: statement.property.clone(),
                object: object.iri.clone().into(),
                evidence: statement.evidence.clone(),
                documents,
                translated: false,
            });
        }
    }
    statements
}

/// What a thing is and is called, in every document that mentions it.
fn name(thing: &Thing, statements: &mut Vec<Statement>) {
    let documents: BTreeSet<usize> = thing.appearances.iter().map(|appearance| appearance.document).collect();
    let mut say = |property: NamedNodeRef<'_>, object: Term| {
        statements.push(Statement {
            subject: thing.iri.clone(),
            property: property.into_owned(),
            object,
            evidence: Vec::new(),
            documents: documents.clone(),
            translated: false,
        });
    };
    for class in &thing.classes {
        say(rdf::TYPE, class.clone().into());
    }
    say(rdfs::LABEL, Literal::new_simple_literal(&thing.label).into());
    for label in &thing.alternative_labels {
        say(skos::ALTERNATIVE_LABEL, Literal::new_simple_literal(label).into());
    }
    for link in &thing.links {
        say(owl::SAME_AS, link.iri.clone().into());
    }
}

/// Where documents stand in the graph's list.
struct Places<'g> {
    by_id: std::collections::HashMap<&'g str, usize>,
    by_article: std::collections::HashMap<&'g NamedNode, Vec<usize>>,
}

impl<'g> Places<'g> {
    fn of(graph: &'g Graph) -> Self {
        let mut places = Self { by_id: Default::default(), by_article: Default::default() };
        for (place, document) in graph.documents().iter().enumerate() {
            places.by_id.entry(&document.id).or_insert(place);
            if let Some(article) = &document.iri {
                places.by_article.entry(article).or_default().push(place);
            }
        }
        places
    }

    /// The documents whose words say it; where none do, those whose article it is about.
    fn of_statement(&self, graph: &Graph, evidence: &[EvidenceId], ends: [&NamedNode; 2]) -> BTreeSet<usize> {
        let said = evidence.iter().filter_map(|id| self.by_id.get(graph.evidence(*id).document.as_str()));
        let said: BTreeSet<usize> = said.copied().collect();
        if !said.is_empty() {
            return said;
        }
        ends.into_iter().filter_map(|end| self.by_article.get(end)).flatten().copied().collect()
    }
}
