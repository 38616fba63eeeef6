//! Terms: the same statements in other vocabularies, as the ontology's alignments say.

use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::statements::Statement;
use crate::ontology::{Ontology, PropertyId};
use crate::rdf::vocabulary::{foaf, owl, schema, skos};

/// Whose classes and properties a graph is told in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Terms {
    /// Those of the ontology.
    #[default]
    Core,
    /// Those of schema.org, or else FOAF, that the ontology says are the same; what has none is left out.
    Schema,
    /// All of these.
    Both,
}

/// Vocabularies that statements are turned into; the first that has a term gives it.
const VOCABULARIES: [&[&str]; 2] = [&[schema::NAMESPACE, "http://schema.org/"], &[foaf::NAMESPACE]];

/// What names are called in schema.org.
const NAMES: [(NamedNodeRef<'_>, NamedNodeRef<'_>); 3] = [
    (rdfs::LABEL, schema::NAME),
    (skos::ALTERNATIVE_LABEL, schema::ALTERNATE_NAME),
    (owl::SAME_AS, schema::SAME_AS),
];

/// Statements in the terms that are asked for.
pub(super) fn in_terms(statements: Vec<Statement>, terms: Terms, ontology: &Ontology) -> Vec<Statement> {
    if terms == Terms::Core {
        return statements;
    }
    let mut turned: Vec<Statement> =
        statements.iter().filter_map(|statement| turn(statement, ontology)).collect();
    if terms == Terms::Both {
        turned.extend(statements);
    }
    turned
}

fn turn(statement: &Statement, ontology: &Ontology) -> Option<Statement> {
    let property = statement.property.as_ref();
    if property == rdf::TYPE {
        let Term::NamedNode(class) = &statement.object else { return None };
        return Some(Statement {
            object: other_class(class, ontology)?.into(),
            translated: true,
            ..statement.clone()
        });
    }
    if let Some((_, name)) = NAMES.iter().find(|(label, _)| *label == property) {
        return Some(Statement { property: name.into_owned(), translated: true, ..statement.clone() });
    }
    if VOCABULARIES.iter().any(|spaces| is_in(property, spaces)) {
        return Some(statement.clone());
    }
    let (property, inverse) = other_property(ontology.property_named(property.as_str())?, ontology)?;
    if !inverse {
        return Some(Statement { property, translated: true, ..statement.clone() });
    }
    // A value cannot be the subject of anything.
    let Term::NamedNode(object) = statement.object.clone() else { return None };
    let (subject, object) = (object, statement.subject.clone().into());
    Some(Statement { subject, property, object, translated: true, ..statement.clone() })
}

/// The class of another vocabulary that is the same, or else that the nearest class above is the same as.
fn other_class(class: &NamedNode, ontology: &Ontology) -> Option<NamedNode> {
    let class = ontology.class_named(class.as_str())?;
    let above = ontology.ancestors(class).iter().map(|id| &ontology.class(*id).alignments);
    above
        .filter_map(|alignments| {
            VOCABULARIES.iter().find_map(|spaces| alignments.iter().find(|iri| is_in(iri.as_ref(), spaces)))
        })
        .next()
        .cloned()
}

/// The property of another vocabulary, and whether subject and object change places; one that keeps them is better.
fn other_property(property: PropertyId, ontology: &Ontology) -> Option<(NamedNode, bool)> {
    ontology.property_ancestors(property).iter().find_map(|id| {
        let alignments = &ontology.property(*id).alignments;
        VOCABULARIES.iter().find_map(|spaces| {
            let known = alignments.iter().filter(|alignment| is_in(alignment.iri.as_ref(), spaces));
            known.min_by_key(|alignment| alignment.inverse).map(|found| (found.iri.clone(), found.inverse))
        })
    })
}

fn is_in(iri: NamedNodeRef<'_>, spaces: &[&str]) -> bool {
    spaces.iter().any(|space| iri.as_str().starts_with(space))
}
