//! Linear models: hashed features, each with a few integer weights.
//!
//! All sums are of integers, so every machine and any number of threads comes to the same result.

/// A feature: the hash of its template and values.
pub type Feature = u32;

/// A linear model over hashed features.
///
/// File: `LIN1`, label count (u16), each label (length u8, bytes), feature count (u32); then for each feature, in
/// ascending order, the difference to the one before (LEB128), the number of weights (u8), and each weight as
/// label (u8) and value (i8). Numbers are little-endian. A model of three labels has, for each feature, just their
/// three weights.
#[derive(Clone, Debug, Default)]
pub struct Model {
    labels: Vec<String>,
    /// Open addressing by the feature's low bits.
    slots: Vec<Slot>,
    weights: Vec<(u8, i8)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    feature: Feature,
    /// Where the weights begin, times 256, and how many there are; none in a free slot. Or, where there are three
    /// labels, their weights themselves, under a bit that says so.
    place: u32,
}

/// The number of labels up to which weights stand in the slots.
const NARROW: usize = 3;

impl Slot {
    fn weights(self) -> std::ops::Range<usize> {
        let begin = (self.place >> 8) as usize;
        begin..begin + (self.place & 255) as usize
    }
}

impl Model {
    /// Builds a model from features in ascending order, each with its weights.
    pub fn new(labels: Vec<String>, features: &[(Feature, Vec<(u8, i8)>)]) -> Self {
        let size = (features.len() * 2).next_power_of_two().max(2);
        let mut model = Self { labels, slots: vec![Slot::default(); size], weights: Vec::new() };
        for (feature, weights) in features {
            model.insert(*feature, weights.iter().copied());
        }
        model
    }

    /// Reads a model file; a damaged file gives what stands before the damage.
    pub fn read(bytes: &[u8]) -> Self {
        let mut reader = Reader { bytes };
        let mut model = Self::default();
        if reader.take(4) != b"LIN1" {
            return Self { slots: vec![Slot::default(); 2], ..model };
        }
        for _ in 0..reader.number(2) {
            let length = reader.number(1);
            model.labels.push(String::from_utf8_lossy(reader.take(length)).into_owned());
        }
        let count = reader.number(4).min(bytes.len());
        model.slots = vec![Slot::default(); (count * 2).next_power_of_two().max(2)];
        model.weights.reserve(bytes.len() / 3);
        let mut feature: Feature = 0;
        let narrow = model.labels.len() == NARROW;
        for _ in 0..count {
            feature = feature.wrapping_add(reader.leb128());
            if narrow {
                let values = reader.take(NARROW);
                model.insert(feature, (0..).zip(values).map(|(label, weight)| (label, *weight as i8)));
                continue;
            }
            let length = reader.number(1);
            let pairs = reader.take(2 * length);
            model.insert(feature, pairs.chunks_exact(2).map(|pair| (pair[0], pair[1] as i8)));
        }
        model
    }

    /// The model as a file.
    pub fn write(labels: &[String], features: &[(Feature, Vec<(u8, i8)>)]) -> Vec<u8> {
        let mut bytes = b"LIN1".to_vec();
        bytes.extend((labels.len() as u16).to_le_bytes());
        for label in labels {
            bytes.push(label.len() as u8);
            bytes.extend(label.bytes());
        }
        bytes.extend((features.len() as u32).to_le_bytes());
        let mut before: Feature = 0;
        for (feature, weights) in features {
            let mut step = feature.wrapping_sub(before);
            before = *feature;
            while step >= 128 {
                bytes.push(step as u8 | 128);
                step >>= 7;
            }
            bytes.push(step as u8);
            if labels.len() == NARROW {
                let of =
                    |label| weights.iter().find(|(l, _)| *l == label).map_or(0, |(_, weight)| *weight as u8);
                bytes.extend([of(0), of(1), of(2)]);
                continue;
            }
            bytes.push(weights.len() as u8);
            bytes.extend(weights.iter().flat_map(|(label, weight)| [*label, *weight as u8]));
        }
        bytes
    }

    fn insert(&mut self, feature: Feature, weights: impl Iterator<Item = (u8, i8)>) {
        let labels = self.labels.len();
        let weights = weights.filter(|(label, _)| usize::from(*label) < labels);
        let place = if labels == NARROW {
            weights.fold(1 << 24, |place, (label, weight)| place | u32::from(weight as u8) << (8 * label))
        } else {
            let begin = self.weights.len();
            self.weights.extend(weights);
            (begin as u32) << 8 | (self.weights.len() - begin) as u32
        };
        // Without weights there is nothing to keep; with so many as no model of ours has, no room to say where.
        if place & 255 == 0 && labels != NARROW || self.weights.len() > 1 << 24 {
            return;
        }
        let mask = self.slots.len() - 1;
        let mut at = feature as usize & mask;
        while self.slots[at].place != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = Slot { feature, place };
    }

    /// The slot of a feature, if the model knows it.
    fn find(&self, feature: Feature) -> Option<Slot> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = feature as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.place == 0 || slot.feature == feature {
                return (slot.place != 0).then_some(slot);
            }
            at = (at + 1) & mask;
        }
    }

    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Adds up the weights of features; `scores` becomes one sum for each label.
    pub fn score(&self, features: &[Feature], scores: &mut Vec<i32>) {
        scores.clear();
        scores.resize(self.labels.len(), 0);
        let found = features.iter().filter_map(|feature| self.find(*feature));
        if self.labels.len() == NARROW {
            for slot in found {
                for (label, score) in scores.iter_mut().enumerate() {
                    *score += i32::from((slot.place >> (8 * label)) as i8);
                }
            }
            return;
        }
        for slot in found {
            for (label, weight) in &self.weights[slot.weights()] {
                scores[usize::from(*label)] += i32::from(*weight);
            }
        }
    }
}

/// What gives scores to labels: a model, or one that is still being trained.
pub trait Scorer {
    fn labels(&self) -> &[String];
    /// Writes one sum for each label into `scores`.
    fn score(&self, features: &[Feature], scores: &mut Vec<i32>);
}

impl Scorer for Model {
    fn labels(&self) -> &[String] {
        self.labels()
    }
    fn score(&self, features: &[Feature], scores: &mut Vec<i32>) {
        self.score(features, scores);
    }
}

/// The position of the highest score; the first of equals.
pub fn best(scores: &[i32]) -> usize {
    let mut best = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
    }
    best
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.bytes.split_at(count.min(self.bytes.len()));
        self.bytes = rest;
        taken
    }
    fn number(&mut self, width: usize) -> usize {
        self.take(width).iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
    }
    fn leb128(&mut self) -> u32 {
        let (mut number, mut shift) = (0, 0);
        while let Some((byte, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            number |= u32::from(byte & 127) << (shift & 31);
            shift += 7;
            if byte & 128 == 0 {
                break;
            }
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_survives_its_file() {
        let labels = vec!["a".to_string(), "b".to_string()];
        let features =
            vec![(3, vec![(0, 5), (1, -7)]), (1 << 20, vec![(1, 100)]), (u32::MAX, vec![(0, -128)])];
        let model = Model::read(&Model::write(&labels, &features));
        let mut scores = Vec::new();
        model.score(&[3, 1 << 20, 99], &mut scores);
        assert_eq!(scores, [5, 93]);
        assert_eq!(best(&scores), 1);
        model.score(&[u32::MAX], &mut scores);
        assert_eq!(scores, [-128, 0]);
    }

    #[test]
    fn a_damaged_file_does_no_harm() {
        let mut bytes = Model::write(&["a".to_string()], &[(3, vec![(0, 5)]), (9, vec![(0, 1), (7, 3)])]);
        while bytes.pop().is_some() {
            Model::read(&bytes).score(&[3, 9], &mut Vec::new());
        }
    }
}
