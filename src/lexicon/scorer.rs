//! Scorer: how much the features of two mentions speak for a property between them.
//!
//! A logistic regression over hashed features. Weights of a property are learned from examples (`tellgraph learn`);
//! features that mean the same for every property (whether a word of its label stands between the two, whether the
//! subject is what the text is about) have shared weights too, which let a property be found that has no examples.

use std::collections::HashMap;

use super::label::Expectation;
use crate::ontology::weights::Weights;
use crate::ontology::{self, Ontology, PropertyId};

/// A feature by its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feature(u32);

/// Marks a feature that has a shared weight.
const SHARED: u32 = 1 << 31;

/// How many bits of a hash are kept.
const BITS: u32 = 24;

impl Feature {
    /// A feature that each property weighs for itself.
    pub fn own(parts: &[&str]) -> Self {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        for part in parts {
            part.bytes().for_each(&mut add);
            add(0xff);
        }
        Self(((hash >> 40) ^ (hash >> 11)) as u32 & ((1 << BITS) - 1))
    }

    /// A feature that also means something for all properties alike.
    pub fn shared(parts: &[&str]) -> Self {
        Self(Self::own(parts).0 | SHARED)
    }

    pub fn is_shared(self) -> bool {
        self.0 & SHARED != 0
    }

    pub fn hash(self) -> u32 {
        self.0 & !SHARED
    }
}

/// A property that the scorer looks for.
#[derive(Clone, Debug)]
pub struct Judged {
    pub property: PropertyId,
    /// The probability from which on a fact is told.
    pub cut: f32,
    pub expects: Expectation,
}

#[derive(Clone, Debug, Default)]
pub struct Scorer {
    judged: Vec<Judged>,
    /// For each feature the positions of properties in `judged`, and their weights.
    own: HashMap<u32, Vec<(u16, f32)>>,
    shared: HashMap<u32, f32>,
}

/// What was learned of properties in general, from other ontologies' examples; see `training/README.md`.
const PRIOR: &str = include_str!("prior.txt");

/// The cut of a property that nothing was learned of.
const CUT: f32 = 0.3;

impl Scorer {
    /// A scorer for the properties that were learned, and those that have neither phrase nor role.
    pub fn of(ontology: &Ontology) -> Self {
        let mut scorer = Self::default();
        for (id, property) in ontology.properties() {
            let unworded = property.phrases.is_empty() && property.roles.is_empty();
            let built_in = *property.origin.file == *ontology::CORE_NAME;
            let Some(index) = (property.learned.is_some() || unworded && !built_in)
                .then(|| u16::try_from(scorer.judged.len()).ok())
                .flatten()
            else {
                continue;
            };
            let learned = property.learned.clone().unwrap_or_default();
            let expects = Expectation::of(ontology, property);
            scorer.judged.push(Judged { property: id, cut: learned.cut.unwrap_or(CUT), expects });
            for (feature, weight) in learned.weights.iter() {
                scorer.own.entry(feature).or_default().push((index, weight));
            }
        }
        scorer.shared = match ontology.learned() {
            Some(learned) => learned.weights.iter().collect(),
            None => Weights::decode(PRIOR).unwrap_or_default().iter().collect(),
        };
        scorer
    }

    /// A scorer that looks for some properties and knows nothing yet.
    pub fn blank(ontology: &Ontology, properties: &[PropertyId]) -> Self {
        let judged = |id: &PropertyId| {
            let expects = Expectation::of(ontology, ontology.property(*id));
            Judged { property: *id, cut: CUT, expects }
        };
        Self { judged: properties.iter().map(judged).collect(), ..Self::default() }
    }

    /// The same with these weights: of each property in turn, and of all together.
    pub fn with_weights<W: IntoIterator<Item = (u32, f32)>>(
        self,
        own: impl Iterator<Item = W>,
        shared: impl IntoIterator<Item = (u32, f32)>,
    ) -> Self {
        let mut scorer = Self { judged: self.judged, ..Self::default() };
        for (index, weights) in own.enumerate() {
            for (feature, weight) in weights.into_iter().filter(|(_, weight)| *weight != 0.0) {
                scorer.own.entry(feature).or_default().push((index as u16, weight));
            }
        }
        scorer.shared = shared.into_iter().filter(|(_, weight)| *weight != 0.0).collect();
        scorer
    }

    /// What was learned of all properties alike, before the examples at hand.
    pub fn prior() -> Weights {
        Weights::decode(PRIOR).unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.judged.is_empty()
    }

    pub fn judged(&self) -> &[Judged] {
        &self.judged
    }

    /// Adds to the score of each property what features say for it.
    pub fn add(&self, features: &[Feature], scores: &mut [f32]) {
        let mut shared = 0.0;
        for feature in features {
            if let Some(weights) = self.own.get(&feature.hash()) {
                weights.iter().for_each(|(index, weight)| scores[usize::from(*index)] += weight);
            }
            if feature.is_shared() {
                shared += self.shared.get(&feature.hash()).copied().unwrap_or_default();
            }
        }
        scores.iter_mut().for_each(|score| *score += shared);
    }

    /// What features that hold of one property only say in general.
    pub fn shared(&self, features: &[Feature]) -> f32 {
        features.iter().filter_map(|feature| self.shared.get(&feature.hash())).sum()
    }
}

/// A probability, by the logistic function.
pub fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
