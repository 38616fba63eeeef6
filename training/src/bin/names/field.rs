//! A linear-chain conditional random field, trained by AdaGrad on labels that may be partly known.

use integer_encoding::VarInt;
use std::collections::HashMap;

use tellgraph::mention::name::model::{LABELS, LEVELS, Row, may_follow};

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
    /// How much the examples weigh that have each feature.
    counts: Vec<f32>,
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

const RATE: f32 = 0.05;
/// By what share a weight shrinks at each step on it.
const DECAY: f32 = 2e-6;
/// The share of a sentence's features that each step leaves out.
const DROPPED: f32 = 0.5;
/// How much it counts for a feature's place in the model how often it occurs, beside how large its weights are.
const COUNT_POWER: f32 = 0.8;

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
        let mut kept: Vec<u32> =
            counts.iter().filter(|(_, n)| **n >= least).map(|(feature, _)| *feature).collect();
        kept.sort_unstable();
        let rows: HashMap<u32, u32> =
            kept.iter().enumerate().map(|(row, feature)| (*feature, row as u32)).collect();
        for example in examples {
            for feature in &mut example.features {
                *feature = rows.get(feature).copied().unwrap_or(u32::MAX);
            }
        }
        let weights = vec![[0.0; 16]; kept.len()];
        Self {
            counts: kept.iter().map(|feature| counts[feature]).collect(),
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
    pub fn learn(&mut self, whole: &Example, random: &mut u64) -> f32 {
        let example = &thinned(whole, DROPPED, random);
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
                step(&mut self.weights[*row as usize], &mut self.squares[*row as usize], &slope);
            }
        }
        for last in 0..LABELS {
            let slope: Row<f32> = std::array::from_fn(|label| {
                example.weight * (free.pairs[last][label] - held.pairs[last][label])
            });
            step(&mut self.transitions[last], &mut self.transition_squares[last], &slope);
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
            marginals.labels[i] =
                normalized(std::array::from_fn(|label| forward[i][label] * backward[label]));
            if i == 0 {
                break;
            }
            let reach: Row<f32> = std::array::from_fn(|label| own[i][label] * backward[label]);
            let pairs: [Row<f32>; 16] = std::array::from_fn(|last| {
                std::array::from_fn(|label| forward[i - 1][last] * step[last][label] * reach[label])
            });
            let sum = pairs.iter().flatten().sum::<f32>().max(f32::MIN_POSITIVE);
            for (total, pairs) in marginals.pairs.iter_mut().flatten().zip(pairs.iter().flatten()) {
                *total += pairs / sum;
            }
            let back: Row<f32> = std::array::from_fn(|last| {
                (0..LABELS).map(|label| step[last][label] * reach[label]).sum::<f32>()
            });
            backward = normalized(back);
        }
        (marginals, norm as f32)
    }

    /// The model as `Model::read` reads it, its weights as whole multiples of `1 / scale`; as many of the features that
    /// matter most as fit into `budget` bytes.
    pub fn write(&self, scale: f32, budget: usize) -> Vec<u8> {
        let mut out = scale.to_le_bytes().to_vec();
        for row in &self.transitions[..LABELS] {
            out.extend(
                row[..LABELS].iter().flat_map(|weight| ((weight * scale).round() as i16).to_le_bytes()),
            );
        }
        let mut ranked: Vec<(f32, u32, Row<i8>)> = Vec::new();
        for (feature, row) in &self.rows {
            let weights = self.weights[*row as usize].map(|weight| nearest(weight * scale));
            // Features matter by how often they speak and how loudly.
            let loudness: f32 = weights.iter().map(|weight| f32::from(weight.unsigned_abs())).sum();
            ranked.push((loudness * self.counts[*row as usize].powf(COUNT_POWER), *feature, weights));
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut size = out.len();
        let fits = |entry: &&(f32, u32, Row<i8>)| {
            size += 4 + entry.2.iter().filter(|weight| **weight != 0).count().div_ceil(2);
            entry.0 > 0.0 && size <= budget
        };
        let mut kept: Vec<(u32, Row<i8>)> =
            ranked.iter().take_while(fits).map(|(_, key, row)| (*key, *row)).collect();
        kept.sort_unstable_by_key(|(feature, _)| *feature);
        out.extend((kept.len() as u32).to_le_bytes());
        let mut last = 0;
        for (feature, weights) in kept {
            out.extend((feature - last).encode_var_vec());
            last = feature;
            let mask: u16 = (0..LABELS).filter(|label| weights[*label] != 0).map(|label| 1 << label).sum();
            out.extend(mask.to_le_bytes());
            let level = |weight: &i8| LEVELS.iter().position(|level| level == weight).unwrap_or(0) as u8;
            let levels: Vec<u8> = weights.iter().filter(|weight| **weight != 0).map(level).collect();
            out.extend(levels.chunks(2).map(|pair| pair[0] | pair.get(1).unwrap_or(&0) << 4));
        }
        out
    }

    /// One step on examples of one token each, whose label is one among several; returns the loss.
    pub fn choose(&mut self, example: &Example, among: Allowed) -> f32 {
        let scores = self.score(example, 0);
        let share = |allowed: Allowed| {
            let most =
                (0..LABELS).filter(|l| allowed >> l & 1 == 1).map(|l| scores[l]).fold(f32::MIN, f32::max);
            let row: Row<f32> =
                std::array::from_fn(|l| if allowed >> l & 1 == 1 { (scores[l] - most).exp() } else { 0.0 });
            (normalized(row), most + row.iter().sum::<f32>().ln())
        };
        let ((free, norm), (held, part)) = (share(among), share(example.allowed[0]));
        let slope: Row<f32> = std::array::from_fn(|label| example.weight * (free[label] - held[label]));
        for row in token_features(example, 0) {
            step(&mut self.weights[*row as usize], &mut self.squares[*row as usize], &slope);
        }
        (norm - part) * example.weight
    }
}

/// An example with a share of its features gone: none may be relied on alone.
pub fn thinned(example: &Example, share: f32, random: &mut u64) -> Example {
    let least = (share * u32::MAX as f32) as u64;
    let mut keeps = || {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        *random >> 32 >= least
    };
    let features = example.features.iter().map(|row| if keeps() { *row } else { u32::MAX }).collect();
    Example { features, ends: example.ends.clone(), allowed: example.allowed.clone(), weight: example.weight }
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

/// The nearest of the weights that a model may have; zero for small ones.
fn nearest(weight: f32) -> i8 {
    if weight.abs() < 1.2 {
        return 0;
    }
    let distance = |level: &i8| (f32::from(*level) - weight).abs();
    LEVELS.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
}

fn normalized(row: Row<f32>) -> Row<f32> {
    let sum: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    row.map(|value| value / sum)
}

fn step(weights: &mut Row<f32>, squares: &mut Row<f32>, slope: &Row<f32>) {
    for ((weight, square), slope) in weights.iter_mut().zip(squares).zip(slope) {
        *square += slope * slope;
        *weight -= RATE * slope / (square.sqrt() + 1e-3);
        *weight -= *weight * DECAY;
    }
}
