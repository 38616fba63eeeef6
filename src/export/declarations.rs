//! Declarations: what the ontology says of the classes and properties that a graph uses.

use std::collections::BTreeSet;

use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{Literal, NamedNode, NamedNodeRef, TermRef};

use crate::ontology::{Class, ClassCondition, ClassId, Ontology, Property, Range};
use crate::rdf::vocabulary::{owl, schema};
use crate::rdf::{Dataset, Term};

/// Adds the declarations of all that is used, and of the classes and properties above; of what another vocabulary calls
/// otherwise, those that say so.
pub(super) fn add(dataset: &mut Dataset, ontology: &Ontology) {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for quad in dataset.quads() {
        used.insert(quad.predicate.to_owned());
        used.extend(quad.object.iri().filter(|_| quad.predicate == rdf::TYPE.as_str()).map(str::to_owned));
        if let Term::Triple([_, predicate, _]) = quad.object {
            used.extend(Term::read(predicate).iri().map(str::to_owned));
        }
    }
    let mut classes: BTreeSet<ClassId> = BTreeSet::new();
    let is_used = |iri: &NamedNode| used.contains(iri.as_str());
    let named = used.iter().filter_map(|iri| ontology.property_named(iri));
    let aligned = ontology.properties().filter(|(_, it)| it.alignments.iter().any(|same| is_used(&same.iri)));
    let properties = named.chain(aligned.map(|(id, _)| id)).flat_map(|id| ontology.property_ancestors(id));
    let properties: BTreeSet<_> = properties.copied().collect();
    for id in properties {
        let property = ontology.property(id);
        declare_property(dataset, property, ontology);
        classes.extend(property.domain.iter().chain(&property.range_classes).flatten());
    }
    classes.extend(used.iter().filter_map(|iri| ontology.class_named(iri)));
    let aligned = ontology.classes().filter(|(_, class)| class.alignments.iter().any(is_used));
    classes.extend(aligned.map(|(id, _)| id));
    let all: BTreeSet<ClassId> = classes.iter().flat_map(|id| ontology.ancestors(*id)).copied().collect();
    for id in all {
        declare_class(dataset, ontology.class(id), ontology);
    }
}

fn declare_class(dataset: &mut Dataset, class: &Class, ontology: &Ontology) {
    let iri = class.iri.as_str();
    dataset.say(iri, rdf::TYPE, owl::CLASS);
    describe(dataset, iri, &class.label, class.comment.as_deref());
    for parent in &class.parents {
        dataset.say(iri, rdfs::SUB_CLASS_OF, &ontology.class(*parent).iri);
    }
    for same in &class.alignments {
        dataset.say(iri, owl::EQUIVALENT_CLASS, same);
    }
}

fn declare_property(dataset: &mut Dataset, property: &Property, ontology: &Ontology) {
    let iri = property.iri.as_str();
    let kind = if property.range == Range::Thing { owl::OBJECT_PROPERTY } else { owl::DATATYPE_PROPERTY };
    dataset.say(iri, rdf::TYPE, kind);
    for (holds, kind) in
        [(property.symmetric, owl::SYMMETRIC_PROPERTY), (property.functional, owl::FUNCTIONAL_PROPERTY)]
    {
        if holds {
            dataset.say(iri, rdf::TYPE, kind);
        }
    }
    describe(dataset, iri, &property.label, property.comment.as_deref());
    for parent in &property.parents {
        dataset.say(iri, rdfs::SUB_PROPERTY_OF, &ontology.property(*parent).iri);
    }
    if let Some(inverse) = property.inverse {
        dataset.say(iri, owl::INVERSE_OF, &ontology.property(inverse).iri);
    }
    for same in &property.alignments {
        let relation = if same.inverse { owl::INVERSE_OF } else { owl::EQUIVALENT_PROPERTY };
        dataset.say(iri, relation, &same.iri);
    }
    let classes = |condition: &ClassCondition| -> Vec<Vec<NamedNode>> {
        let iri = |id: &ClassId| ontology.class(*id).iri.clone();
        condition.iter().map(|any| any.iter().map(iri).collect()).collect()
    };
    let includes = |local: &str| NamedNode::new_unchecked(format!("{}{local}", schema::NAMESPACE));
    for any in classes(&property.domain) {
        say_any(dataset, iri, (rdfs::DOMAIN, includes("domainIncludes").as_ref()), &any);
    }
    let ranges = match &property.range {
        Range::Thing => classes(&property.range_classes),
        Range::Literal(datatypes) => vec![datatypes.clone()],
    };
    for any in ranges {
        say_any(dataset, iri, (rdfs::RANGE, includes("rangeIncludes").as_ref()), &any);
    }
}

/// "This" by RDFS; "one of these" as schema.org says it, which takes no blank nodes.
fn say_any(
    dataset: &mut Dataset,
    iri: &str,
    (one, several): (NamedNodeRef<'_>, NamedNodeRef<'_>),
    any: &[NamedNode],
) {
    let property = if any.len() == 1 { one } else { several };
    any.iter().for_each(|class| dataset.say(iri, property, TermRef::from(class)));
}

fn describe(dataset: &mut Dataset, iri: &str, label: &str, comment: Option<&str>) {
    for (property, text) in [(rdfs::LABEL, Some(label)), (rdfs::COMMENT, comment)] {
        if let Some(text) = text {
            dataset.say(iri, property, &Literal::new_language_tagged_literal_unchecked(text, "en"));
        }
    }
}
