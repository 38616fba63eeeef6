//! The model of names: a linear-chain conditional random field with integer weights.
//!
//! `model.bin` beside this file holds it; `training/src/bin/names.rs` makes it, and `model.json` says from what.

use std::sync::OnceLock;

use super::cluster::read_varint;

/// How many labels there are: outside, and for each of seven classes the beginning and the inside of a name.
pub const LABELS: usize = 15;

/// Scores or weights of all labels; the last place is unused, so that they fill a register.
pub type Row<T> = [T; 16];

/// The label of tokens outside any name.
pub const OUTSIDE: usize = 0;

/// Weights of features and of neighbouring labels.
pub struct Model {
    /// For the upper 22 bits of a hash, whether a feature begins with them: few of the features that are asked for have
    /// weights, and what is so small stays in the cache.
    filter: Vec<u64>,
    /// An open hash table: each slot's feature, or zero, and where in `weights` its weights are. The number of slots is a
    /// power of two, and a feature's upper bits say the slot, so that those with weights, which come in order, are written
    /// one after the other.
    slots: Vec<(u32, u32)>,
    weights: Vec<Row<i8>>,
    /// `transitions[a][b]`: label b after label a; impossible ones are very low.
    transitions: [Row<i32>; 16],
    transposed: [Row<i32>; 16],
    /// How much of a score is one unit of log-odds.
    scale: f32,
}

/// A sentence's best labels, and how sure they are.
pub struct Labelling {
    pub labels: Vec<usize>,
    /// For each token, by how much the best labelling beats the best one in which the token has another class (or a
    /// name begins elsewhere), in log-odds.
    pub margins: Vec<f32>,
}

/// The weights that features may have.
pub const LEVELS: [i8; 16] = [-44, -27, -18, -12, -8, -5, -3, -2, 2, 3, 5, 8, 12, 18, 27, 44];

const FILTER_BITS: u32 = 22;

const IMPOSSIBLE: i32 = -1_000_000;

/// Whether label `next` may follow label `last`: the inside of a name follows only its own class.
pub fn may_follow(last: usize, next: usize) -> bool {
    next == OUTSIDE || next % 2 == 1 || last == next || last + 1 == next
}

impl Model {
    /// The built-in model.
    pub fn builtin() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Self::read(include_bytes!("model.bin")))
    }

    /// The built-in model of kinds, whose labels are those of `kind::KINDS`; it has no use for transitions.
    pub fn builtin_kinds() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Self::read(include_bytes!("kind.bin")))
    }

    /// Reads a model: the scale (f32), the transitions (15 x 15 i16), the number of features (u32), and for each, by rising
    /// hash, the distance from the hash before (LEB128), a mask of the labels with a weight (u16), and those weights, as
    /// places in `LEVELS`, two a byte, the first in the lower half.
    pub fn read(bytes: &[u8]) -> Self {
        let mut bytes = bytes.iter().copied();
        let mut next = move || bytes.next().unwrap_or(0);
        let scale = f32::from_le_bytes([next(), next(), next(), next()]);
        let mut transitions = [[IMPOSSIBLE; 16]; 16];
        for (last, row) in transitions.iter_mut().enumerate().take(LABELS) {
            for (label, weight) in row.iter_mut().enumerate().take(LABELS) {
                let read = i32::from(i16::from_le_bytes([next(), next()]));
                *weight = if may_follow(last, label) { read } else { IMPOSSIBLE };
            }
        }
        let transposed = std::array::from_fn(|label| std::array::from_fn(|last| transitions[last][label]));
        let count = u32::from_le_bytes([next(), next(), next(), next()]) as usize;
        let slots = (count * 2 + 1).next_power_of_two();
        let slots = vec![(0, 0); slots];
        let (filter, weights) = (vec![0; 1 << (FILTER_BITS - 6)], Vec::with_capacity(count));
        let mut model = Self { filter, slots, weights, transitions, transposed, scale };
        let mut feature = 0u32;
        for _ in 0..count {
            feature = feature.wrapping_add(read_varint(&mut next));
            let mask = u16::from_le_bytes([next(), next()]);
            let (mut row, mut pair, mut odd) = ([0; 16], 0, false);
            for (label, weight) in row.iter_mut().enumerate().take(LABELS) {
                if mask >> label & 1 == 1 {
                    pair = if odd { pair >> 4 } else { next() };
                    *weight = LEVELS[usize::from(pair & 15)];
                    odd = !odd;
                }
            }
            model.insert(feature, row);
        }
        model
    }

    fn insert(&mut self, feature: u32, row: Row<i8>) {
        let bit = feature >> (32 - FILTER_BITS);
        self.filter[(bit >> 6) as usize] |= 1 << (bit & 63);
        let slot = self.slot(feature);
        self.slots[slot] = (feature, self.weights.len() as u32);
        self.weights.push(row);
    }

    /// The slot that a feature has, or would have.
    fn slot(&self, feature: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = ((u64::from(feature) * self.slots.len() as u64) >> 32) as usize;
        while self.slots[slot].0 != feature && self.slots[slot].0 != 0 {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// The sum of the features' weights, by label.
    pub fn score(&self, features: &[u32]) -> Row<i32> {
        let mut scores = [0; 16];
        // One step after the other for many features, so that the processor waits for what they look up all at once.
        for features in features.chunks(64) {
            let mut likely = 0u64;
            for (place, feature) in features.iter().enumerate() {
                let bit = feature >> (32 - FILTER_BITS);
                likely |= (self.filter[(bit >> 6) as usize] >> (bit & 63) & 1) << place;
            }
            let (mut found, mut count) = ([0; 64], 0);
            while likely != 0 {
                let feature = features[likely.trailing_zeros() as usize];
                likely &= likely - 1;
                let (own, place) = self.slots[self.slot(feature)];
                found[count] = place as usize;
                count += usize::from(own == feature);
            }
            for place in &found[..count] {
                for (score, weight) in scores.iter_mut().zip(&self.weights[*place]) {
                    *score += i32::from(*weight);
                }
            }
        }
        scores
    }

    /// A difference of log-odds as a difference of scores.
    pub fn units(&self, log_odds: f32) -> i32 {
        (log_odds * self.scale) as i32
    }

    /// The best labelling of a sentence whose tokens have these scores.
    pub fn decode(&self, scores: &[Row<i32>]) -> Labelling {
        let mut start = [0; 16];
        for label in (0..16).filter(|label| !may_follow(OUTSIDE, *label)) {
            start[label] = IMPOSSIBLE;
        }
        let forward = pass(scores.iter(), start, &self.transitions);
        let mut backward = pass(scores.iter().rev(), [0; 16], &self.transposed);
        backward.reverse();
        let mut labels: Vec<usize> = Vec::with_capacity(scores.len());
        let mut margins = Vec::with_capacity(scores.len());
        for ((before, after), own) in forward.iter().zip(&backward).zip(scores) {
            let through = |label: &usize| before[*label] + after[*label] - own[*label];
            // Where several labellings are best, what came before says which one this is; else the lowest label.
            let fits = |label: &usize| labels.last().is_none_or(|last| may_follow(*last, *label));
            let best = (0..LABELS).filter(fits).rev().max_by_key(through).unwrap_or(OUTSIDE);
            let rival = (0..LABELS).filter(|label| *label != best).map(|label| through(&label)).max();
            let margin = through(&best) - rival.unwrap_or_default();
            margins.push(margin as f32 / self.scale);
            labels.push(best);
        }
        Labelling { labels, margins }
    }
}

/// For each token and label, the best score of a labelling up to there, its own score included.
fn pass<'s>(
    scores: impl Iterator<Item = &'s Row<i32>>,
    start: Row<i32>,
    transitions: &[Row<i32>; 16],
) -> Vec<Row<i32>> {
    let mut best: Vec<Row<i32>> = Vec::with_capacity(scores.size_hint().0);
    let mut reach = start;
    for own in scores {
        let row: Row<i32> = std::array::from_fn(|label| reach[label].max(IMPOSSIBLE) + own[label]);
        reach = [IMPOSSIBLE; 16];
        for (value, transition) in row.iter().zip(transitions).take(LABELS) {
            for (reach, step) in reach.iter_mut().zip(transition) {
                *reach = (*reach).max(value + step);
            }
        }
        best.push(row);
    }
    best
}
