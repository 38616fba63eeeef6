//! A linear-chain conditional random field, trained by AdaGrad on labels that may be partly known.

use std::collections::HashMap;

use tellgraph::mention::name::model::{LABELS, Row, may_follow};

use super::corpus::Allowed;

/// A sentence as the features see it.
pub struct Example {
    /// Features of all tokens, one after the other.
    pub features: Vec<u32>,
    /// Where each token's features end.
    pub ends: Vec<u32>,
    pub allowed: Vec<Allowed>,
    pub weight: f32,
}

pub struct Field {
    /// The row of each feature that is used.
    rows: HashMap<u32, u32>,
    weights: Vec<Row<f32>>,
    squares: Vec<Row<f32>>,
    transitions: [Row<f32>; 16],
    transition_squares: [Row<f32>; 16],
}

/// Probabilities of a sentence's labels, and of neighbouring ones.
struct Marginals {
    labels: Vec<Row<f32>>,
    pairs: [Row<f32>; 16],
}

static RATE: std::sync::LazyLock<f32> = std::sync::LazyLock::new(|| super::var("RATE", 0.1));

impl Field {
    /// A field over the features that weigh at least `least` in all examples together; `examples` get row numbers
    /// for their features.
    pub fn new(examples: &mut [Example], least: f32) -> Self {
        let mut counts: HashMap<u32, f32> = HashMap::new();
        for example in examples.iter() {
            for feature in &example.features {
                *counts.entry(*feature).or_default() += example.weight;
            }
        }
        let mut kept: Vec<u32> = counts.iter().filter(|(_, n)| **n >= least).map(|(feature, _)| *feature).collect();
        kept.sort_unstable();
        let rows: HashMap<u32, u32> = kept.iter().enumerate().map(|(row, feature)| (*feature, row as u32)).collect();
        for example in examples {
            for feature in &mut example.features {
                *feature = rows.get(feature).copied().unwrap_or(u32::MAX);
            }
        }
        let weights = vec![[0.0; 16]; kept.len()];
        Self {
            rows,
            squares: weights.clone(),
            weights,
            transitions: [[0.0; 16]; 16],
            transition_squares: [[0.0; 16]; 16],
        }
    }

    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// One step on one example; returns the loss, the negative log-probability of what is allowed.
    pub fn learn(&mut self, example: &Example, decay: f32) -> f32 {
        let scores: Vec<Row<f32>> = (0..example.ends.len()).map(|i| self.score(example, i)).collect();
        let all = vec![(1 << LABELS) - 1; scores.len()];
        let (free, norm) = self.marginals(&scores, &all);
        let (held, part) = self.marginals(&scores, &example.allowed);
        for i in 0..scores.len() {
            let slope: Row<f32> =
                std::array::from_fn(|label| example.weight * (free.labels[i][label] - held.labels[i][label]));
            if slope.iter().all(|value| value.abs() < 1e-4) {
                continue;
            }
            for row in token_features(example, i) {
                step(&mut self.weights[*row as usize], &mut self.squares[*row as usize], &slope, decay);
            }
        }
        for last in 0..LABELS {
            let slope: Row<f32> =
                std::array::from_fn(|label| example.weight * (free.pairs[last][label] - held.pairs[last][label]));
            step(&mut self.transitions[last], &mut self.transition_squares[last], &slope, decay);
        }
        (norm - part) * example.weight
    }

    fn score(&self, example: &Example, i: usize) -> Row<f32> {
        let mut scores = [0.0; 16];
        for row in token_features(example, i) {
            for (score, weight) in scores.iter_mut().zip(&self.weights[*row as usize]) {
                *score += weight;
            }
        }
        scores
    }

    /// Forward and backward, over the labels that are allowed; also the logarithm of the sum of all of them.
    fn marginals(&self, scores: &[Row<f32>], allowed: &[Allowed]) -> (Marginals, f32) {
        let step: [Row<f32>; 16] = std::array::from_fn(|last| {
            std::array::from_fn(|label| {
                let may = last < LABELS && label < LABELS && may_follow(last, label);
                if may { self.transitions[last][label].exp() } else { 0.0 }
            })
        });
        let mut norm = 0.0;
        let own: Vec<Row<f32>> = scores
            .iter()
            .zip(allowed)
            .enumerate()
            .map(|(i, (scores, allowed))| {
                let may = |label: &usize| allowed >> label & 1 == 1 && (i > 0 || may_follow(0, *label));
                let most = (0..LABELS).filter(may).map(|label| scores[label]).fold(f32::MIN, f32::max);
                norm += f64::from(most);
                std::array::from_fn(|label| if may(&label) { (scores[label] - most).exp() } else { 0.0 })
            })
            .collect();
        let mut forward: Vec<Row<f32>> = Vec::with_capacity(own.len());
        for own in &own {
            let mut row = forward.last().map_or([1.0; 16], |last| advance(last, &step));
            row.iter_mut().zip(own).for_each(|(value, own)| *value *= own);
            let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            norm += f64::from(sum.ln());
            row.iter_mut().for_each(|value| *value /= sum);
            forward.push(row);
        }
        let mut marginals = Marginals { labels: vec![[0.0; 16]; own.len()], pairs: [[0.0; 16]; 16] };
        let mut backward = [1.0; 16];
        for i in (0..own.len()).rev() {
            marginals.labels[i] = normalized(std::array::from_fn(|label| forward[i][label] * backward[label]));
            if i == 0 {
                break;
            }
            let reach: Row<f32> = std::array::from_fn(|label| own[i][label] * backward[label]);
            let mut sum = 0.0;
            let mut pairs = [[0.0; 16]; 16];
            for last in 0..LABELS {
                for label in 0..LABELS {
                    pairs[last][label] = forward[i - 1][last] * step[last][label] * reach[label];
                    sum += pairs[last][label];
                }
            }
            for last in 0..LABELS {
                for label in 0..LABELS {
                    marginals.pairs[last][label] += pairs[last][label] / f32::max(sum, f32::MIN_POSITIVE);
                }
            }
            let back: Row<f32> =
                std::array::from_fn(|last| (0..LABELS).map(|label| step[last][label] * reach[label]).sum::<f32>());
            backward = normalized(back);
        }
        (marginals, norm as f32)
    }

    /// The model as `Model::read` reads it: weights as whole multiples of `1 / scale`, rows of only small weights left out.
    pub fn write(&self, scale: f32, smallest: f32) -> Vec<u8> {
        let round = |weight: f32| (weight * scale).round();
        let mut out = scale.to_le_bytes().to_vec();
        for row in &self.transitions[..LABELS] {
            out.extend(row[..LABELS].iter().flat_map(|weight| (round(*weight) as i16).to_le_bytes()));
        }
        let large = |row: &u32| self.weights[*row as usize].iter().any(|weight| weight.abs() >= smallest);
        let mut kept: Vec<(u32, u32)> =
            self.rows.iter().filter(|(_, row)| large(row)).map(|(feature, row)| (*feature, *row)).collect();
        kept.sort_unstable();
        out.extend((kept.len() as u32).to_le_bytes());
        let mut last = 0;
        for (feature, row) in kept {
            write_varint(feature - last, &mut out);
            last = feature;
            let weights = self.weights[row as usize].map(|weight| round(weight).clamp(-127.0, 127.0) as i8);
            // The smallest weights are dropped singly, too.
            let keep = |label: &usize| weights[*label].unsigned_abs() > 1;
            let mask: u16 = (0..LABELS).filter(keep).map(|label| 1 << label).sum();
            out.extend(mask.to_le_bytes());
            out.extend((0..LABELS).filter(keep).map(|label| weights[label] as u8));
        }
        out
    }
}

fn token_features(example: &Example, i: usize) -> impl Iterator<Item = &u32> {
    let start = if i == 0 { 0 } else { example.ends[i - 1] as usize };
    example.features[start..example.ends[i] as usize].iter().filter(|row| **row != u32::MAX)
}

fn advance(last: &Row<f32>, step: &[Row<f32>; 16]) -> Row<f32> {
    let mut row = [0.0; 16];
    for (value, step) in last.iter().zip(step) {
        for (out, step) in row.iter_mut().zip(step) {
            *out += value * step;
        }
    }
    row
}

fn normalized(row: Row<f32>) -> Row<f32> {
    let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    row.map(|value| value / sum)
}

fn step(weights: &mut Row<f32>, squares: &mut Row<f32>, slope: &Row<f32>, decay: f32) {
    for ((weight, square), slope) in weights.iter_mut().zip(squares).zip(slope) {
        *square += slope * slope;
        *weight -= *RATE * slope / (square.sqrt() + 1e-3);
        *weight -= *weight * decay;
    }
}

fn write_varint(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 & 0x7f | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
