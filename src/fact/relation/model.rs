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
    /// For each of these, in ascending order, its weight for each relation, in steps.
    rows: Vec<[i8; MOST]>,
}

/// How many relations there may be.
const MOST: usize = u16::BITS as usize;

/// Sixty-four features side by side: most that are asked for have no weights, and one look says so.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    /// A bit for each that has weights, the first in the lowest.
    present: u64,
    /// How many have weights in the blocks before.
    before: u32,
}

impl Block {
    /// Whether a feature of this block has weights, and how many features before it do.
    fn rank(self, feature: Feature) -> (bool, u32) {
        let bit = feature.0 % u64::BITS;
        let below = self.present & ((1 << bit) - 1);
        (self.present >> bit & 1 == 1, self.before + below.count_ones())
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
        assert!(calibrations.len() <= MOST, "at most {MOST} relations");
        let mut rows: Vec<(Feature, Vec<f32>)> = rows.collect();
        rows.sort_by_key(|(feature, _)| *feature);
        let mut model = Self { calibrations, ..Self::default() };
        for (feature, weights) in rows {
            let steps = |weight: &f32| (weight * STEPS).round().clamp(-127.0, 127.0) as i8;
            let mut row = [0; MOST];
            row.iter_mut().zip(&weights).for_each(|(to, weight)| *to = steps(weight));
            if row != [0; MOST] {
                model.push(feature, row);
            }
        }
        model.finish()
    }

    /// Features come in ascending order.
    fn push(&mut self, feature: Feature, row: [i8; MOST]) {
        self.blocks.resize(1 << (BITS - u64::BITS.ilog2()), Block::default());
        self.blocks[(feature.0 / u64::BITS) as usize].present |= 1 << (feature.0 % u64::BITS);
        self.rows.push(row);
    }

    fn finish(mut self) -> Self {
        let mut before = 0;
        for block in &mut self.blocks {
            block.before = before;
            before += block.present.count_ones();
        }
        self
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Which features have weights, in ascending order.
    fn features(&self) -> impl Iterator<Item = u32> {
        let numbers = (0u32..).step_by(u64::BITS as usize).zip(&self.blocks);
        numbers.flat_map(|(first, block)| {
            (0..u64::BITS).filter(|bit| block.present >> bit & 1 == 1).map(move |bit| first + bit)
        })
    }

    /// The probability of each relation.
    pub fn probabilities(&self, features: &[Feature]) -> Vec<f32> {
        let mut steps = [0i32; MOST];
        for rank in self.ranks(features) {
            steps
                .iter_mut()
                .zip(&self.rows[rank as usize])
                .for_each(|(sum, weight)| *sum += i32::from(*weight));
        }
        let scores = steps.iter().map(|steps| *steps as f32 / STEPS);
        scores.zip(&self.calibrations).map(|(score, by)| by.probability(score)).collect()
    }

    /// How much a feature speaks for a relation, by its position; `None` where it says nothing of it.
    pub fn weight(&self, feature: Feature, relation: usize) -> Option<f32> {
        let row = *self.ranks(&[feature]).first()?;
        let steps = self.rows[row as usize][relation];
        (steps != 0).then(|| f32::from(steps) / STEPS)
    }

    /// The rows of those that have weights. Nothing here waits for what memory tells of the feature before: two thirds of
    /// the time went there.
    fn ranks(&self, features: &[Feature]) -> Vec<u32> {
        let mut ranks = vec![0; features.len()];
        let mut count = 0;
        if !self.is_empty() {
            for feature in features {
                let (is_present, rank) = self.blocks[(feature.0 / u64::BITS) as usize].rank(*feature);
                ranks[count] = rank;
                count += usize::from(is_present);
            }
        }
        ranks.truncate(count);
        ranks
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = b"REL1".to_vec();
        bytes.push(self.calibrations.len() as u8);
        for Calibration { scale, shift } in &self.calibrations {
            [scale, shift].iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        }
        bytes.extend((self.len() as u32).to_le_bytes());
        let mut before = 0;
        for (feature, row) in self.features().zip(&self.rows) {
            bytes.extend((feature - before).encode_var_vec());
            before = feature;
            let told = row.iter().enumerate().filter(|(_, steps)| **steps != 0);
            let mask = told.clone().fold(0u16, |mask, (relation, _)| mask | 1 << relation);
            bytes.extend(mask.to_le_bytes());
            bytes.extend(told.map(|(_, steps)| *steps as u8));
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
            let mut row = [0; MOST];
            for (_, steps) in row.iter_mut().enumerate().filter(|(relation, _)| mask >> relation & 1 == 1) {
                *steps = i8::from_le_bytes(take(rest)?);
            }
            model.push(Feature(feature), row);
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
