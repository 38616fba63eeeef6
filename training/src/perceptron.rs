//! An averaged perceptron over hashed features.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use tellgraph::syntax::model::{Feature, Model, Scorer};

/// Features are hashes already.
#[derive(Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash << 8 | u64::from(*byte));
    }
    fn write_u32(&mut self, number: u32) {
        self.0 = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

#[derive(Clone, Copy)]
struct Weight {
    label: u8,
    value: i32,
    /// The sum of the value over all steps up to `step`.
    total: i64,
    step: u32,
}

/// A perceptron in training.
pub struct Perceptron {
    labels: Vec<String>,
    rows: HashMap<Feature, Vec<Weight>, BuildHasherDefault<Identity>>,
    step: u32,
    /// How often each feature (by the low bits of its hash) stood in a mistake, before it got weights.
    seen: Vec<u8>,
    /// A feature gets weights at this many mistakes; rarer ones teach nothing that would carry over.
    from: u8,
}

/// How weights become the small integers of a model file.
#[derive(Clone, Copy)]
pub struct Pruning {
    /// Features with no weight this large (in 127ths of the scale) are dropped, and so are smaller weights of others
    /// when they are below half of it.
    pub least: i8,
}

impl Perceptron {
    pub fn new(labels: Vec<String>, from: u8) -> Self {
        assert!(labels.len() < 256, "labels are bytes in the model file");
        Self { labels, rows: HashMap::default(), step: 0, seen: vec![0; 1 << 25], from }
    }

    /// Counts one example, whether or not anything was learned from it.
    pub fn advance(&mut self) {
        self.step += 1;
    }

    /// Makes one label likelier for these features and another less likely.
    pub fn update(&mut self, features: &[Feature], right: usize, wrong: usize) {
        if right == wrong {
            return;
        }
        for feature in features {
            let seen = &mut self.seen[*feature as usize & ((1 << 25) - 1)];
            if *seen + 1 < self.from {
                *seen += 1;
                continue;
            }
            let row = self.rows.entry(*feature).or_default();
            change(row, right as u8, 1, self.step);
            change(row, wrong as u8, -1, self.step);
        }
    }

    /// Makes one label likelier, or less likely, for these features.
    pub fn shift(&mut self, features: &[Feature], label: usize, by: i32) {
        for feature in features {
            let seen = &mut self.seen[*feature as usize & ((1 << 25) - 1)];
            if *seen + 1 < self.from {
                *seen += 1;
                continue;
            }
            change(self.rows.entry(*feature).or_default(), label as u8, by, self.step);
        }
    }

    /// The averaged weights of a feature, by label.
    fn averages(&self, row: &[Weight]) -> Vec<(u8, f64)> {
        let average = |weight: &Weight| {
            let total = weight.total + i64::from(weight.value) * i64::from(self.step - weight.step);
            total as f64 / f64::from(self.step.max(1))
        };
        row.iter().map(|weight| (weight.label, average(weight))).collect()
    }

    /// The averaged weights as small integers, by feature.
    pub fn quantize(&self, pruning: Pruning) -> Vec<(Feature, Vec<(u8, i8)>)> {
        let rows: Vec<(Feature, Vec<(u8, f64)>)> =
            self.rows.iter().map(|(f, row)| (*f, self.averages(row))).collect();
        let mut sizes: Vec<f64> =
            rows.iter().flat_map(|(_, row)| row).map(|(_, average)| average.abs()).collect();
        sizes.sort_unstable_by(f64::total_cmp);
        let top = sizes.get(sizes.len() * 9998 / 10000).copied().unwrap_or(1.0).max(1e-6);
        let least = pruning.least.unsigned_abs();
        let mut features: Vec<(Feature, Vec<(u8, i8)>)> = Vec::new();
        for (feature, row) in rows {
            let small = |average: f64| (average * 127.0 / top).round().clamp(-127.0, 127.0) as i8;
            let mut weights: Vec<(u8, i8)> =
                row.into_iter().map(|(label, average)| (label, small(average))).collect();
            if weights.iter().all(|(_, weight)| weight.unsigned_abs() < least) {
                continue;
            }
            weights.retain(|(_, weight)| weight.unsigned_abs() * 2 >= least && *weight != 0);
            weights.sort_unstable();
            if !weights.is_empty() {
                features.push((feature, weights));
            }
        }
        features.sort_unstable();
        features
    }

    /// The model as it would be read from its file, and the file.
    pub fn model(&self, pruning: Pruning) -> (Model, Vec<u8>) {
        let bytes = Model::write(&self.labels, &self.quantize(pruning));
        (Model::read(&bytes), bytes)
    }
}

impl Scorer for Perceptron {
    fn labels(&self) -> &[String] {
        &self.labels
    }
    fn score(&self, features: &[Feature], scores: &mut Vec<i32>) {
        scores.clear();
        scores.resize(self.labels.len(), 0);
        for row in features.iter().filter_map(|feature| self.rows.get(feature)) {
            for weight in row {
                scores[usize::from(weight.label)] += weight.value;
            }
        }
    }
}

fn change(row: &mut Vec<Weight>, label: u8, by: i32, step: u32) {
    match row.iter_mut().find(|weight| weight.label == label) {
        Some(weight) => {
            weight.total += i64::from(weight.value) * i64::from(step - weight.step);
            weight.step = step;
            weight.value += by;
        }
        None => row.push(Weight { label, value: by, total: 0, step }),
    }
}

/// Numbers by xorshift, the same for the same seed on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % bound.max(1) as u64) as usize
    }
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
