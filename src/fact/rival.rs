//! Rivals: facts of which one text means one alone, the surest.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use oxrdf::Literal;
use oxrdf::vocab::xsd;

use super::check::{Ends, Referent};
use super::trace::{Side, Told, Why};
use super::{Fact, Found, class, thousandths};
use crate::document::{SentenceId, TokenId};
use crate::entity::Entities;
use crate::mention::Kind;
use crate::ontology::{ClassId, Ontology, PropertyId};

/// Which way round each property is told of two things in a sentence.
///
/// What holds both ways is told once. Of what does not, one direction is told, unless other words say the other.
pub struct Directions<'a> {
    ends: &'a Ends<'a, 'a>,
    ontology: &'a Ontology,
    told: HashMap<(SentenceId, PropertyId, Referent, Referent), Vec<Direction>>,
}

struct Direction {
    is_forward: bool,
    /// The words that say so; `None` where no wording does.
    words: Option<Vec<TokenId>>,
}

impl<'a> Directions<'a> {
    pub fn new(ends: &'a Ends<'a, 'a>, ontology: &'a Ontology) -> Self {
        Self { ends, ontology, told: HashMap::new() }
    }

    /// Hears a fact, the surest first; what speaks against telling it, if a surer one is told the other way round.
    pub fn hear(&mut self, sentence: SentenceId, found: &Found) -> Option<Why> {
        let property = self.ontology.property(found.property);
        let [subject, object] = [found.subject, found.object].map(|id| self.ends.referent(id));
        // Of a property and its inverse one stands for both.
        let turned = property.inverse.filter(|inverse| *inverse < found.property);
        let key = turned.unwrap_or(found.property);
        let is_forward = (subject < object) != turned.is_some();
        let words = found.is_worded().then(|| found.anchors.clone());
        let (first, second) = (subject.min(object), subject.max(object));
        let told = self.told.entry((sentence, key, first, second)).or_default();
        let says_otherwise = |other: &Direction| match (&words, &other.words) {
            (Some(own), Some(others)) => own.iter().all(|word| !others.contains(word)),
            _ => false,
        };
        let mut against = told.iter().filter(|other| other.is_forward != is_forward);
        let why = if property.symmetric {
            against.next().map(|_| Why::Turned)
        } else {
            against.any(|other| !says_otherwise(other)).then_some(Why::Contrary)
        };
        if why.is_none() {
            told.push(Direction { is_forward, words });
        }
        why
    }
}

/// What speaks against each fact among all of a text: that the others tell its ends to be of other classes, or that its
/// property has one value only, and another is surer.
pub fn among(told: &[Told], entities: &Entities, ends: &Ends, ontology: &Ontology) -> Vec<Option<Why>> {
    let mut against: Vec<Option<Why>> = contradicted(told, entities, ontology);
    let fits: Vec<usize> = (0..told.len()).filter(|at| against[*at].is_none()).collect();
    let facts = fits.iter().map(|at| (*at, &told[*at].fact));
    let mut by_subject: BTreeMap<(PropertyId, Referent), Vec<(usize, &Fact)>> = BTreeMap::new();
    for (at, fact) in facts.filter(|(_, fact)| fact.is_stated()) {
        if ontology.property(fact.property).functional {
            by_subject.entry((fact.property, ends.referent(fact.subject))).or_default().push((at, fact));
        }
    }
    for group in by_subject.into_values() {
        for at in refuted(&group, ends) {
            against[at] = Some(Why::Another);
        }
    }
    against
}

/// Which facts, that say one property of one thing, do not agree with the surer of them; each has a number.
fn refuted(group: &[(usize, &Fact)], ends: &Ends) -> Vec<usize> {
    let values: Vec<Value> = group.iter().map(|(_, fact)| Value::of(fact, ends)).collect();
    let support = |value: &Value| -> u64 {
        let agreeing = group.iter().zip(&values).filter(|(_, other)| value.is_finer(other));
        agreeing.map(|((_, fact), _)| thousandths(fact.confidence)).sum()
    };
    let mut order: Vec<(u64, usize)> =
        values.iter().enumerate().map(|(at, value)| (support(value), at)).collect();
    order.sort_by_key(|(support, at)| (Reverse(*support), *at));
    let mut told: Vec<&Value> = Vec::new();
    let mut refuted = Vec::new();
    for (_, at) in order {
        if told.iter().all(|surer| surer.agrees(&values[at])) {
            told.push(&values[at]);
        } else {
            refuted.push(group[at].0);
        }
    }
    refuted
}

/// What a fact gives its subject.
enum Value<'a> {
    Literal(&'a Literal),
    Thing {
        referent: Referent,
        /// What sorts of place it may be, if the world knows it as one.
        places: Vec<ClassId>,
        is_place: bool,
        sentence: SentenceId,
    },
}

impl<'a> Value<'a> {
    fn of(fact: &Fact, ends: &Ends<'a, '_>) -> Self {
        match &ends.mention(fact.object).kind {
            Kind::Value(literal) => Self::Literal(literal),
            _ => Self::Thing {
                referent: ends.referent(fact.object),
                places: ends.known_places(fact.object),
                is_place: ends.is_core(ends.class_of(fact.object), "Place"),
                sentence: fact.sentence,
            },
        }
    }

    /// Whether it says what the other says, and perhaps more.
    fn is_finer(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Literal(own), Self::Literal(other)) => is_finer(own, other),
            (Self::Thing { referent: own, .. }, Self::Thing { referent: other, .. }) => own == other,
            _ => false,
        }
    }

    /// Whether both can be true: one says more than the other, or may be a place inside the other, as a city in a country is.
    fn agrees(&self, other: &Self) -> bool {
        self.is_finer(other)
            || other.is_finer(self)
            || match (self, other) {
                (
                    Self::Thing { places: one, is_place: true, sentence: here, .. },
                    Self::Thing { places: two, is_place: true, sentence: there, .. },
                ) if one.is_empty() || two.is_empty() => here == there,
                (
                    Self::Thing { places: one, is_place: true, .. },
                    Self::Thing { places: two, is_place: true, .. },
                ) => one.len() > 1 || one != two,
                _ => false,
            }
    }
}

/// Whether a date is another or lies within it: 1867-11-07 in 1867; other values only agree with themselves.
pub fn is_finer(value: &Literal, other: &Literal) -> bool {
    let is_date =
        |literal: &Literal| [xsd::DATE, xsd::G_YEAR_MONTH, xsd::G_YEAR].contains(&literal.datatype());
    value == other
        || (is_date(value)
            && is_date(other)
            && value.value().strip_prefix(other.value()).is_some_and(|rest| rest.starts_with('-')))
}

/// The facts that ask for a class which their end cannot be of, as the others tell it.
fn contradicted(told: &[Told], entities: &Entities, ontology: &Ontology) -> Vec<Option<Why>> {
    let facts: Vec<&Fact> = told.iter().map(|told| &told.fact).collect();
    let classes = class::classes(entities, &facts, ontology);
    let against = |fact: &&Fact| {
        let property = ontology.property(fact.property);
        let ends = [
            (Side::Subject, fact.subject, &property.domain),
            (Side::Object, fact.object, &property.range_classes),
        ];
        ends.into_iter().find_map(|(side, id, condition)| {
            let class = classes[entities.of(id)?.index()]?;
            (!ontology.may_meet(class, condition)).then_some(Why::Contradicted(side, class))
        })
    };
    facts.iter().map(against).collect()
}
