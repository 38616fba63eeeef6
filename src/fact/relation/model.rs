//! The weights of relations, as `relation.model` holds them.
//!
//! File: `REL1`; the number of relations (u8), for each its scale and its shift (f32); the number of features (u32), for
//! each in ascending order the difference to the one before (LEB128), which relations it says something of (u16, the first in
//! the lowest bit), and of each of these its weight in steps (i8).

use integer_encoding::{VarInt, VarIntReader};

use super::feature::{BITS, Feature};

/// How many steps make one.
pub const STEPS: f32 = 32.0;

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
    /// Which of all the features that there may be have weights.
    blocks: Vec<Block>,
    /// For each of these, in ascending order, where its weights begin in `weights`; one more at the end.
    starts: Vec<u32>,
    /// Which relation, and how much.
    weights: Vec<(u8, i8)>,
}

/// Sixty-four features side by side: most that are asked for have no weights, and one look says so.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    /// A bit for each that has weights, the first in the lowest.
    present: u64,
    /// How many have weights in the blocks before.
    before: u32,
}

impl Block {
    /// Which of all that have weights a feature of this block is.
    fn rank(self, feature: Feature) -> Option<usize> {
        let bit = feature.0 % u64::BITS;
        let below = self.present & ((1 << bit) - 1);
        (self.present >> bit & 1 == 1).then(|| (self.before + below.count_ones()) as usize)
    }
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
                model.push(feature, &told);
            }
        }
        model.finish()
    }

    /// Features come in ascending order.
    fn push(&mut self, feature: Feature, told: &[(u8, i8)]) {
        self.blocks.resize(1 << (BITS - u64::BITS.ilog2()), Block::default());
        self.blocks[(feature.0 / u64::BITS) as usize].present |= 1 << (feature.0 % u64::BITS);
        self.starts.push(self.weights.len() as u32);
        self.weights.extend(told);
    }

    fn finish(mut self) -> Self {
        self.starts.push(self.weights.len() as u32);
        let mut before = 0;
        for block in &mut self.blocks {
            block.before = before;
            before += block.present.count_ones();
        }
        self
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What each feature that has weights says of which relation, in ascending order.
    fn rows(&self) -> impl Iterator<Item = (u32, &[(u8, i8)])> {
        let numbers = (0u32..).step_by(u64::BITS as usize).zip(&self.blocks);
        let present = numbers.flat_map(|(first, block)| {
            (0..u64::BITS).filter(|bit| block.present >> bit & 1 == 1).map(move |bit| first + bit)
        });
        present.enumerate().map(|(rank, feature)| (feature, self.told(rank)))
    }

    fn told(&self, rank: usize) -> &[(u8, i8)] {
        &self.weights[self.starts[rank] as usize..self.starts[rank + 1] as usize]
    }

    /// Adds to the score of each relation what a feature says of it.
    pub fn add(&self, feature: Feature, scores: &mut [f32]) {
        let block = self.blocks.get((feature.0 / u64::BITS) as usize);
        for (relation, steps) in
            block.and_then(|block| block.rank(feature)).map_or(&[][..], |rank| self.told(rank))
        {
            scores[usize::from(*relation)] += f32::from(*steps) / STEPS;
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
        bytes.extend((self.len() as u32).to_le_bytes());
        let mut before = 0;
        for (feature, told) in self.rows() {
            bytes.extend((feature - before).encode_var_vec());
            before = feature;
            let mask = told.iter().fold(0u16, |mask, (relation, _)| mask | 1 << relation);
            bytes.extend(mask.to_le_bytes());
            bytes.extend(told.iter().map(|(_, steps)| *steps as u8));
        }
        bytes
    }

    /// Reads a file, if it is whole.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let rest = &mut &bytes[..];
        (take(rest)? == *b"REL1").then_some(())?;
        let mut model = Self::default();
        let [relations] = take(rest)?;
        for _ in 0..relations {
            let mut number = || Some(f32::from_le_bytes(take(rest)?));
            model.calibrations.push(Calibration { scale: number()?, shift: number()? });
        }
        let count = u32::from_le_bytes(take(rest)?);
        let mut feature = 0u32;
        for _ in 0..count {
            let difference = rest.read_varint().ok()?;
            feature = feature.checked_add(difference).filter(|feature| feature >> BITS == 0)?;
            let mask = u16::from_le_bytes(take(rest)?);
            let told = (0..relations).filter(|relation| mask >> relation & 1 == 1);
            let told: Vec<(u8, i8)> = told
                .map(|relation| Some((relation, i8::from_le_bytes(take(rest)?))))
                .collect::<Option<_>>()?;
            model.push(Feature(feature), &told);
        }
        Some(model.finish())
    }
}

/// Takes bytes off the beginning.
fn take<const COUNT: usize>(rest: &mut &[u8]) -> Option<[u8; COUNT]> {
    let (taken, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*taken)
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
