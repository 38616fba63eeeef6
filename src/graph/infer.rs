//! What the ontology lets us conclude of a graph: which class says more, and which of several objects to believe.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Literal, NamedNode, NamedNodeRef};

use super::{Evidence, EvidenceId, Statement, Thing, Value};
use crate::fact::{is_finer, thousandths};
use crate::ontology::Ontology;

/// The class of everything.
pub(super) const THING: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#Thing");

/// The part of the ontology that merging needs, for the classes and properties that a graph uses.
#[derive(Clone, Debug, Default)]
pub(super) struct Schema {
    /// Each class's superclasses, at any distance; without itself.
    superclasses: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
    functional: BTreeSet<NamedNode>,
    symmetric: BTreeSet<NamedNode>,
}

impl Schema {
    pub(super) fn learn_class(&mut self, class: &NamedNode, ontology: &Ontology) {
        if self.superclasses.contains_key(class) {
            return;
        }
        let ancestors =
            ontology.class_named(class.as_str()).map(|id| ontology.ancestors(id)).unwrap_or_default();
        let above = ancestors.iter().map(|id| ontology.class(*id).iri.clone());
        self.superclasses.insert(class.clone(), above.filter(|iri| iri != class).collect());
    }

    pub(super) fn learn_property(&mut self, property: &NamedNode, ontology: &Ontology) {
        let Some(id) = ontology.property_named(property.as_str()) else { return };
        if ontology.property(id).functional {
            self.functional.insert(property.clone());
        }
        if ontology.property(id).symmetric {
            self.symmetric.insert(property.clone());
        }
    }

    /// Whether a property reads the same both ways round.
    pub(super) fn is_symmetric(&self, property: &NamedNode) -> bool {
        self.symmetric.contains(property)
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.superclasses.extend(other.superclasses);
        self.functional.extend(other.functional);
        self.symmetric.extend(other.symmetric);
    }

    /// Drops each class that another one implies.
    pub(super) fn keep_most_specific(&self, classes: &mut BTreeSet<NamedNode>) {
        if classes.len() < 2 {
            return;
        }
        let implied = |class: &NamedNode| {
            class.as_ref() == THING
                || classes.iter().any(|other| self.is_below(other, class) && !self.is_below(class, other))
        };
        let implied: Vec<NamedNode> = classes.iter().filter(|class| implied(class)).cloned().collect();
        classes.retain(|class| !implied.contains(class));
    }

    fn is_below(&self, class: &NamedNode, ancestor: &NamedNode) -> bool {
        self.superclasses.get(class).is_some_and(|above| above.contains(ancestor))
    }

    /// Leaves one statement of each functional property; the statements come sorted by property.
    pub(super) fn settle_statements<'g>(
        &self,
        statements: Vec<(&'g Statement, &'g Thing)>,
        evidence: &[Evidence],
    ) -> Vec<(&'g Statement, &'g Thing)> {
        let same_property = |a: &(&Statement, &Thing), b: &(&Statement, &Thing)| a.0.property == b.0.property;
        let mut settled = Vec::with_capacity(statements.len());
        for group in statements.chunk_by(same_property) {
            if self.functional.contains(&group[0].0.property) {
                let best = strongest(group, |(statement, _)| support(&statement.evidence, evidence));
                settled.push(*best);
            } else {
                settled.extend_from_slice(group);
            }
        }
        settled
    }

    /// Leaves one value of each functional property.
    pub(super) fn settle_values<'g>(
        &self,
        values: &'g BTreeMap<NamedNode, BTreeMap<Value, Vec<EvidenceId>>>,
        evidence: &[Evidence],
    ) -> Vec<(&'g NamedNode, &'g Literal, &'g [EvidenceId])> {
        let mut settled = Vec::new();
        for (property, values) in values {
            let group: Vec<(&Value, &Vec<EvidenceId>)> = values.iter().collect();
            let shown = if self.functional.contains(property) && group.len() > 1 {
                let strength = |(value, _): &(&Value, &Vec<EvidenceId>)| {
                    let agreeing = group.iter().filter(|(other, _)| is_finer(&value.0, &other.0));
                    agreeing.map(|(_, ids)| support(ids, evidence)).sum()
                };
                vec![*strongest(&group, strength)]
            } else {
                group
            };
            settled.extend(shown.into_iter().map(|(value, ids)| (property, &value.0, ids.as_slice())));
        }
        settled
    }
}

/// The first of those with the most support; the slice must not be empty.
fn strongest<T>(candidates: &[T], support: impl Fn(&T) -> u64) -> &T {
    let mut best = (&candidates[0], support(&candidates[0]));
    for candidate in &candidates[1..] {
        let support = support(candidate);
        if support > best.1 {
            best = (candidate, support);
        }
    }
    best.0
}

/// The confidence of all evidence in sum, in thousandths: whole numbers, so that the order of adding changes nothing.
///
/// What no words but the surroundings of a text say (a page's metadata) counts as one sure fact.
fn support(ids: &[EvidenceId], evidence: &[Evidence]) -> u64 {
    if ids.is_empty() {
        return 1000;
    }
    ids.iter().map(|id| thousandths(evidence[id.index()].confidence)).sum()
}
