//! Scorer: how much the features of two mentions speak for a property between them.
//!
//! A logistic regression over hashed features. Weights of a property are learned from examples (`tellgraph learn`);
//! features that mean the same for every property (whether a word of its label stands between the two, whether the
//! subject is what the text is about) have shared weights too, which let a property be found that has no examples.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use super::label::Expectation;
use super::objects::Objects;
use crate::ontology::weights::Weights;
use crate::ontology::{self, Learned, Ontology, PropertyId};

/// A feature by its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feature(u32);

/// Marks a feature that has a shared weight.
const SHARED: u32 = 1 << 31;

/// Marks a feature that must be seen of several things.
const LEXICAL: u32 = 1 << 30;

/// How many bits of a hash are kept.
const BITS: u32 = 24;

/// The hash of what a feature was made of (64-bit FNV-1a, each part closed by a byte that UTF-8 never has).
pub fn hash(parts: &[&str]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0xff])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    hash
}

impl Feature {
    /// A feature that each property weighs for itself.
    pub fn own(parts: &[&str]) -> Self {
        let hash = hash(parts);
        Self(((hash >> 40) ^ (hash >> 11)) as u32 & ((1 << BITS) - 1))
    }

    /// A feature that also means something for all properties alike.
    pub fn shared(parts: &[&str]) -> Self {
        Self(Self::own(parts).0 | SHARED)
    }

    /// A feature that names the very words of a mention: seen of one thing alone, it is no rule.
    pub fn lexical(parts: &[&str]) -> Self {
        Self(Self::own(parts).0 | LEXICAL)
    }

    pub fn is_lexical(self) -> bool {
        self.0 & LEXICAL != 0
    }

    pub fn is_shared(self) -> bool {
        self.0 & SHARED != 0
    }

    pub fn hash(self) -> u32 {
        self.0 & ((1 << BITS) - 1)
    }
}

/// A property that the scorer looks for.
#[derive(Clone, Debug)]
pub struct Judged {
    pub property: PropertyId,
    /// The probability from which on a fact is told.
    pub cut: f32,
    pub expects: Expectation,
    /// What examples state of it.
    pub objects: Objects,
    /// Whether examples taught something about it.
    pub is_learned: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Scorer {
    judged: Vec<Judged>,
    /// For each feature the positions of properties in `judged`, and their weights.
    own: ByFeature<Vec<(u16, f32)>>,
    /// What features say of any property: of one that was not learned, and of one that was.
    shared: [ByFeature<f32>; 2],
    /// How much a feature speaks for a filler among those that overlap it.
    readings: ByFeature<f32>,
}

/// The cut of a property that nothing was learned of.
const CUT: f32 = 0.3;

impl Scorer {
    /// A scorer for the properties that were learned, and those that have neither phrase nor role.
    pub fn of(ontology: &Ontology) -> Self {
        let mut scorer = Self::default();
        scorer.shared[0] = Self::prior(ontology);
        scorer.readings = Self::prior_readings(ontology);
        let general_cut = general(ontology).find_map(|learned| learned.cut).unwrap_or(CUT);
        for (id, property) in ontology.properties() {
            let unworded =
                property.phrases.is_empty() && property.roles.is_empty() && !scorer.shared[0].is_empty();
            let built_in = *property.origin.file == *ontology::CORE_NAME;
            let Some(index) = (property.learned.is_some() || unworded && !built_in)
                .then(|| u16::try_from(scorer.judged.len()).ok())
                .flatten()
            else {
                continue;
            };
            let learned = property.learned.clone().unwrap_or_default();
            let expects = Expectation::of(ontology, property);
            let is_learned = property.learned.is_some();
            let cut = learned.cut.unwrap_or(general_cut);
            let objects = Objects::new(learned.objects);
            scorer.judged.push(Judged { property: id, cut, expects, objects, is_learned });
            for (feature, weight) in learned.weights.iter() {
                scorer.own.entry(feature).or_default().push((index, weight));
            }
        }
        if let Some(shared) = ontology.shared() {
            scorer.shared[1] = shared.weights.iter().collect();
            if !shared.readings.is_empty() {
                scorer.readings = shared.readings.iter().collect();
            }
        }
        scorer
    }

    /// A scorer that looks for some properties and knows nothing yet.
    pub fn blank(ontology: &Ontology, properties: &[PropertyId]) -> Self {
        let judged = |id: &PropertyId| {
            let expects = Expectation::of(ontology, ontology.property(*id));
            Judged { property: *id, cut: CUT, expects, objects: Objects::default(), is_learned: true }
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
        scorer.shared[1] = shared.into_iter().filter(|(_, weight)| *weight != 0.0).collect();
        scorer
    }

    /// The same with the objects that each property is known to have.
    pub fn with_objects(mut self, objects: impl Iterator<Item = Objects>) -> Self {
        self.judged.iter_mut().zip(objects).for_each(|(judged, objects)| judged.objects = objects);
        self
    }

    /// The same with what speaks for a filler among those that overlap it.
    pub fn with_readings(mut self, readings: impl Iterator<Item = (u32, f32)>) -> Self {
        self.readings = readings.filter(|(_, weight)| *weight != 0.0).collect();
        self
    }

    /// Whether anything tells which of several readings is meant.
    pub fn reads(&self) -> bool {
        !self.readings.is_empty()
    }

    /// How much features speak for a filler among those that overlap it.
    pub fn reading(&self, features: &[Feature]) -> f32 {
        features.iter().filter_map(|feature| self.readings.get(&feature.hash())).sum()
    }

    /// What is known of properties that were not learned: what the ontology's files say of them.
    pub fn prior(ontology: &Ontology) -> ByFeature<f32> {
        let general: Vec<&Weights> = general(ontology).map(|learned| &learned.weights).collect();
        mean(&general)
    }

    /// What is known of readings before an ontology's own examples tell more.
    pub fn prior_readings(ontology: &Ontology) -> ByFeature<f32> {
        let general: Vec<&Weights> = general(ontology).map(|learned| &learned.readings).collect();
        mean(&general)
    }

    pub fn is_empty(&self) -> bool {
        self.judged.is_empty()
    }

    pub fn judged(&self) -> &[Judged] {
        &self.judged
    }

    /// Adds to the score of each property what features say for it.
    pub fn add(&self, features: &[Feature], scores: &mut [f32]) {
        let mut shared = [0.0; 2];
        for feature in features {
            if let Some(weights) = self.own.get(&feature.hash()) {
                weights.iter().for_each(|(index, weight)| scores[usize::from(*index)] += weight);
            }
            if feature.is_shared() {
                self.add_shared(*feature, &mut shared);
            }
        }
        let judged = self.judged.iter().zip(scores);
        judged.for_each(|(judged, score)| *score += shared[usize::from(judged.is_learned)]);
    }

    /// How much one feature speaks for the property at a position among those that are judged, or against it.
    pub fn weight(&self, position: usize, feature: Feature) -> f32 {
        let of_property = |(index, _): &&(u16, f32)| usize::from(*index) == position;
        let own = self.own.get(&feature.hash()).and_then(|weights| weights.iter().find(of_property));
        let shared = &self.shared[usize::from(self.judged[position].is_learned)];
        let shared = shared.get(&feature.hash()).filter(|_| feature.is_shared());
        own.map_or(0.0, |(_, weight)| *weight) + shared.copied().unwrap_or_default()
    }

    fn add_shared(&self, feature: Feature, sums: &mut [f32; 2]) {
        for (sum, weights) in sums.iter_mut().zip(&self.shared) {
            *sum += weights.get(&feature.hash()).copied().unwrap_or_default();
        }
    }

    /// What features that hold of one property only say in general.
    pub fn label(&self, judged: &Judged, features: &[Feature]) -> f32 {
        let weights = &self.shared[usize::from(judged.is_learned)];
        features.iter().filter_map(|feature| weights.get(&feature.hash())).sum()
    }
}

/// What the ontology's files say of properties in general, or else what the library knows.
fn general(ontology: &Ontology) -> impl Iterator<Item = &Learned> {
    static BUILT_IN: OnceLock<Vec<Learned>> = OnceLock::new();
    let read = || {
        let file = ontology::File { name: "general.ttl".into(), text: GENERAL.to_owned() };
        let built_in =
            Ontology::read(&[file]).unwrap_or_else(|error| panic!("the built-in general rules: {error}"));
        built_in.general().to_vec()
    };
    let own = ontology.general();
    if own.is_empty() { BUILT_IN.get_or_init(read).iter() } else { own.iter() }
}

/// What `tellgraph learn --general` learned; `label/general.toml` says how.
const GENERAL: &str = include_str!("label/general.ttl");

/// What is known by feature. Features are hashes: they need no other.
pub type ByFeature<V> = HashMap<u32, V, BuildHasherDefault<AsIs>>;

/// A feature as its own hash, its bits spread over the whole width.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0 << 8 | u64::from(*byte));
    }

    fn write_u32(&mut self, feature: u32) {
        self.0 = u64::from(feature).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// What several sets of weights agree on: their mean, and less where only few know a feature.
fn mean(sets: &[&Weights]) -> ByFeature<f32> {
    let mut sums: ByFeature<(f32, usize)> = ByFeature::default();
    for (feature, weight) in sets.iter().flat_map(|weights| weights.iter()) {
        let sum = sums.entry(feature).or_default();
        *sum = (sum.0 + weight, sum.1 + 1);
    }
    let most = sets.len().div_ceil(2);
    sums.into_iter().map(|(feature, (sum, count))| (feature, sum / count.max(most) as f32)).collect()
}

/// A probability, by the logistic function.
pub fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
