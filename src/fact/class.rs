//! Classes: what a text's facts tell of the class of each of its entities.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use super::{Fact, thousandths};
use crate::entity::{Entities, EntityId};
use crate::ontology::{ClassId, Ontology};

/// For each entity its class: what its mentions say, made more exact by what the properties of its facts ask for.
///
/// What most confidence speaks for is heard first; what contradicts it is left out.
pub fn classes(
    entities: &Entities,
    facts: &[impl Borrow<Fact>],
    ontology: &Ontology,
) -> Vec<Option<ClassId>> {
    let mut classes: Vec<Option<ClassId>> =
        entities.entities().map(|(_, entity)| entity.class.filter(|_| entity.is_class_sure)).collect();
    let mut asked: BTreeMap<(EntityId, &[ClassId]), u64> = BTreeMap::new();
    for fact in facts.iter().map(Borrow::borrow) {
        let property = ontology.property(fact.property);
        for (mention, condition) in [(fact.subject, &property.domain), (fact.object, &property.range_classes)]
        {
            let Some(entity) = entities.of(mention) else { continue };
            for alternatives in condition {
                *asked.entry((entity, alternatives)).or_default() += thousandths(fact.confidence);
            }
        }
    }
    let mut asked: Vec<_> = asked.into_iter().collect();
    asked.sort_by_key(|(_, support)| std::cmp::Reverse(*support));
    for ((entity, alternatives), _) in asked {
        let class = &mut classes[entity.index()];
        *class = refine(*class, alternatives, ontology);
    }
    let guessed = entities.entities().map(|(_, entity)| entity.class);
    let settle = |(told, guessed): (Option<ClassId>, Option<ClassId>)| match (told, guessed) {
        (Some(told), Some(guessed)) if ontology.is_a(guessed, told) => Some(guessed),
        (told, guessed) => told.or(guessed),
    };
    classes.into_iter().zip(guessed).map(settle).collect()
}

/// The class that is both the one known and one of the alternatives, where that leaves no choice; else the one known.
fn refine(class: Option<ClassId>, alternatives: &[ClassId], ontology: &Ontology) -> Option<ClassId> {
    let fits = |alternative: &ClassId| class.is_none_or(|class| ontology.is_a(*alternative, class));
    let is_met = |alternative: &ClassId| class.is_some_and(|class| ontology.is_a(class, *alternative));
    let mut fitting = alternatives.iter().copied().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(only), None) if !alternatives.iter().any(is_met) => Some(only),
        _ => class,
    }
}
