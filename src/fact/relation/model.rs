//! The weights of relations, as `relation.model` holds them.
//!
//! File: `REL1`; the number of relations (u8), for each its scale and its shift (f32); the number of features (u32), for
//! each in ascending order the difference to the one before (LEB128), which relations it says something of (u16, the first in
//! the lowest bit), and of each of these its weight in steps (i8).

use super::feature::{BITS, Feature};

/// How many steps make one.
pub const STEPS: f32 = 32.0;

/// How many features share a place in the index, as a power of two.
const SHIFT: u32 = 6;

/// What makes a probability of a relation's score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    pub scale: f32,
    pub shift: f32,
}

/// A logistic regression for each relation, over shared features.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub calibrations: Vec<Calibration>,
    /// Ascending.
    features: Vec<u32>,
    /// For each feature, where its weights begin in `weights`; one more at the end.
    starts: Vec<u32>,
    /// Which relation, and how much.
    weights: Vec<(u8, i8)>,
    /// Where in `features` those with given upper bits begin.
    index: Vec<u32>,
}

/// The probability by scores alone below which they were not calibrated: far below it is most of what is weighed.
pub const CONSIDERED: f32 = 0.1;

impl Calibration {
    /// What makes no difference.
    pub const PLAIN: Self = Self { scale: 1.0, shift: 0.0 };

    /// How probable a relation with this score is.
    pub fn probability(&self, score: f32) -> f32 {
        let logistic = |score: f32| 1.0 / (1.0 + (-score).exp());
        let least = (CONSIDERED / (1.0 - CONSIDERED)).ln();
        let calibrated = logistic(self.scale * score.max(least) + self.shift);
        if score < least { calibrated * logistic(score) / CONSIDERED } else { calibrated }
    }
}

impl Model {
    /// Keeps what rounds to something; `weights` holds for each feature one weight for each relation.
    pub fn new(calibrations: Vec<Calibration>, rows: impl Iterator<Item = (Feature, Vec<f32>)>) -> Self {
        let mut rows: Vec<(Feature, Vec<f32>)> = rows.collect();
        rows.sort_by_key(|(feature, _)| *feature);
        let mut model = Self { calibrations, ..Self::default() };
        for (feature, row) in rows {
            let steps = row.iter().map(|weight| (weight * STEPS).round().clamp(-127.0, 127.0) as i8);
            let told: Vec<(u8, i8)> = steps
                .enumerate()
                .filter(|(_, steps)| *steps != 0)
                .map(|(at, steps)| (at as u8, steps))
                .collect();
            if !told.is_empty() {
                model.push(feature.0, &told);
            }
        }
        model.finish()
    }

    fn push(&mut self, feature: u32, told: &[(u8, i8)]) {
        self.features.push(feature);
        self.starts.push(self.weights.len() as u32);
        self.weights.extend(told);
    }

    fn finish(mut self) -> Self {
        self.starts.push(self.weights.len() as u32);
        let upper = 1u32 << (BITS - SHIFT);
        let begin = |upper: u32| self.features.partition_point(|feature| feature >> SHIFT < upper) as u32;
        self.index = (0..=upper).map(begin).collect();
        self
    }

    pub fn len(&self) -> usize {
        self.features.len()
    }

    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Adds to the score of each relation what a feature says of it.
    pub fn add(&self, feature: Feature, scores: &mut [f32]) {
        let upper = (feature.0 >> SHIFT) as usize;
        let near = self.index[upper] as usize..self.index[upper + 1] as usize;
        for at in near {
            if self.features[at] == feature.0 {
                let told = self.starts[at] as usize..self.starts[at + 1] as usize;
                for (relation, steps) in &self.weights[told] {
                    scores[usize::from(*relation)] += f32::from(*steps) / STEPS;
                }
            }
        }
    }

    /// The probability of each relation.
    pub fn probabilities(&self, features: &[Feature]) -> Vec<f32> {
        let mut scores = vec![0.0; self.calibrations.len()];
        features.iter().for_each(|feature| self.add(*feature, &mut scores));
        scores.iter().zip(&self.calibrations).map(|(score, by)| by.probability(*score)).collect()
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = b"REL1".to_vec();
        bytes.push(self.calibrations.len() as u8);
        for Calibration { scale, shift } in &self.calibrations {
            [scale, shift].iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        }
        bytes.extend((self.features.len() as u32).to_le_bytes());
        let mut before = 0;
        for (at, feature) in self.features.iter().enumerate() {
            let mut difference = feature - before;
            before = *feature;
            while difference >= 0x80 {
                bytes.push(difference as u8 | 0x80);
                difference >>= 7;
            }
            bytes.push(difference as u8);
            let told = &self.weights[self.starts[at] as usize..self.starts[at + 1] as usize];
            let mask = told.iter().fold(0u16, |mask, (relation, _)| mask | 1 << relation);
            bytes.extend(mask.to_le_bytes());
            bytes.extend(told.iter().map(|(_, steps)| *steps as u8));
        }
        bytes
    }

    /// Reads a file, if it is whole.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.iter().copied();
        let mut next = || rest.next();
        let magic = [next()?, next()?, next()?, next()?];
        (magic == *b"REL1").then_some(())?;
        let mut model = Self::default();
        for _ in 0..next()? {
            let mut number = || Some(f32::from_le_bytes([next()?, next()?, next()?, next()?]));
            model.calibrations.push(Calibration { scale: number()?, shift: number()? });
        }
        let count = u32::from_le_bytes([next()?, next()?, next()?, next()?]);
        let mut feature = 0u32;
        for _ in 0..count {
            let (mut difference, mut shift) = (0u32, 0);
            loop {
                let byte = next()?;
                difference |= u32::from(byte & 0x7f).checked_shl(shift)?;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            feature = feature.checked_add(difference).filter(|feature| feature >> BITS == 0)?;
            let mask = u16::from_le_bytes([next()?, next()?]);
            let relations = (0..model.calibrations.len() as u8).filter(|relation| mask >> relation & 1 == 1);
            let told =
                relations.map(|relation| Some((relation, next()? as i8))).collect::<Option<Vec<_>>>()?;
            model.push(feature, &told);
        }
        Some(model.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_being_written() {
        let calibration = Calibration { scale: 1.5, shift: -0.25 };
        let row = |at: u32| (Feature(at * 7919 % (1 << BITS)), vec![at as f32 / 50.0 - 1.0, 0.0, 0.5]);
        let model = Model::new(vec![calibration; 3], (0..500).map(row));
        let read = Model::read(&model.to_bytes()).unwrap();
        assert_eq!(read.to_bytes(), model.to_bytes());
        let seen = [row(3).0, row(77).0];
        assert_eq!(read.probabilities(&seen), model.probabilities(&seen));
        assert!(read.probabilities(&seen)[2] > 0.6);
        assert!(Model::read(b"REL1").is_none());
    }
}
