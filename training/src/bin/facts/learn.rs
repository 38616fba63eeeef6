//! Logistic regression for each relation, by stochastic gradient descent with a step of its own for each weight (AdaGrad).

use std::collections::HashMap;

use rayon::prelude::*;
use tellgraph::fact::relation::RELATIONS;
use tellgraph::fact::relation::feature::Feature;
use tellgraph::fact::relation::model::{Calibration, Model};

use crate::corpus::Text;
use crate::measure::{self, Trial};

const COUNT: usize = RELATIONS.len();

/// Into how many parts the texts are divided, each to try what the others taught.
const FOLDS: usize = 5;

pub fn knob(name: &str, default: f32) -> f32 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// A weight for each relation and feature.
struct Weights {
    values: Vec<[f32; COUNT]>,
    squares: Vec<[f32; COUNT]>,
}

pub struct Learned {
    pub model: Model,
    /// What was found in texts that were left out, with the calibrated probability.
    pub trials: Vec<Trial>,
}

/// Features that are seen in few texts are no rule.
const SEEN: usize = 2;

pub fn learn(texts: &[Text]) -> Learned {
    let rows = rows(texts);
    let folds: Vec<Option<usize>> = (0..FOLDS).map(Some).chain([None]).collect();
    let results: Vec<(Option<Weights>, Vec<Trial>)> = folds
        .par_iter()
        .map(|fold| {
            let weights = train(texts, &rows, |text| fold.is_none_or(|fold| text % FOLDS != fold));
            let Some(fold) = fold else { return (Some(weights), Vec::new()) };
            let model = model(&rows, &weights, vec![PLAIN; COUNT]);
            let left_out = texts.iter().enumerate().filter(|(at, _)| at % FOLDS == *fold);
            (None, left_out.flat_map(|(_, text)| measure::trials(&model, text)).collect())
        })
        .collect();
    let mut trials: Vec<Trial> = results.iter().flat_map(|(_, trials)| trials.iter().copied()).collect();
    let calibrations = measure::calibrate(&mut trials, texts);
    let weights = results.into_iter().find_map(|(weights, _)| weights).expect("one fold leaves nothing out");
    Learned { model: model(&rows, &weights, calibrations), trials }
}

const PLAIN: Calibration = Calibration { scale: 1.0, shift: 0.0, cut: 0.0 };

/// The features that are seen often enough, with the place of their weights.
fn rows(texts: &[Text]) -> HashMap<u32, usize> {
    let mut seen: HashMap<u32, (usize, usize)> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        for feature in text.pairs.iter().flat_map(|pair| &pair.features) {
            let seen = seen.entry(*feature).or_insert((usize::MAX, 0));
            if seen.0 != at {
                *seen = (at, seen.1 + 1);
            }
        }
    }
    let least = knob("SEEN", SEEN as f32) as usize;
    let mut often: Vec<u32> = seen.into_iter().filter(|(_, (_, count))| *count >= least).map(|(f, _)| f).collect();
    often.sort_unstable();
    often.into_iter().enumerate().map(|(row, feature)| (feature, row)).collect()
}

fn model(rows: &HashMap<u32, usize>, weights: &Weights, calibrations: Vec<Calibration>) -> Model {
    let least = knob("LEAST", 0.02);
    let row = |(feature, row): (&u32, &usize)| {
        let kept = weights.values[*row].map(|weight| if weight.abs() < least { 0.0 } else { weight });
        (Feature(*feature), kept.to_vec())
    };
    Model::new(calibrations, rows.iter().map(row))
}

/// Learns from the texts that are wanted.
fn train(texts: &[Text], rows: &HashMap<u32, usize>, wanted: impl Fn(usize) -> bool) -> Weights {
    let (rounds, step, l1, l2) = (knob("ROUNDS", 12.0) as usize, knob("STEP", 0.1), knob("L1", 0.0), knob("L2", 0.0));
    let unknown = knob("UNKNOWN", 0.2);
    let mut weights = Weights { values: vec![[0.0; COUNT]; rows.len()], squares: vec![[0.0; COUNT]; rows.len()] };
    let mut order: Vec<(usize, usize)> = Vec::new();
    for (at, text) in texts.iter().enumerate().filter(|(at, _)| wanted(*at)) {
        order.extend((0..text.pairs.len()).map(|pair| (at, pair)));
    }
    let known: Vec<Vec<Vec<u32>>> = texts
        .iter()
        .map(|text| {
            let known = |pair: &crate::corpus::Pair| {
                pair.features.iter().filter_map(|feature| rows.get(feature)).map(|row| *row as u32).collect()
            };
            text.pairs.iter().map(known).collect()
        })
        .collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..rounds {
        random.shuffle(&mut order);
        for (at, pair) in &order {
            let (text, features) = (&texts[*at], &known[*at][*pair]);
            let mut scores = [0.0f32; COUNT];
            for row in features {
                scores.iter_mut().zip(&weights.values[*row as usize]).for_each(|(score, weight)| *score += weight);
            }
            for relation in 0..COUNT {
                let holds = text.pairs[*pair].holds[relation];
                let weight = if holds || text.annotated[relation] { 1.0 } else { unknown };
                let target = if holds { 1.0 } else { 0.0 };
                let slope = (1.0 / (1.0 + (-scores[relation]).exp()) - target) * weight;
                if slope.abs() < 0.003 {
                    continue;
                }
                for row in features {
                    let square = &mut weights.squares[*row as usize][relation];
                    *square += slope * slope;
                    let rate = step / (square.sqrt() + 1.0);
                    let value = &mut weights.values[*row as usize][relation];
                    *value -= rate * (slope + l2 * *value);
                    if l1 > 0.0 {
                        *value = value.signum() * (value.abs() - rate * l1).max(0.0);
                    }
                }
            }
        }
    }
    weights
}

/// A small generator of numbers that are the same on every machine (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, (self.next() >> 32) as usize % (last + 1));
        }
    }
}
