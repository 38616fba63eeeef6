//! Training: logistic regression by stochastic gradient descent with a step of its own for each weight.
//!
//! Each feature has a weight for each property and, if its meaning does not depend on the property, one that all share:
//! what one property's examples teach helps another that has few (Daumé 2007).

use super::Scope;
use super::corpus::{Corpus, Instance, SHARED};
use crate::lexicon::scorer::{ByFeature, probability};

/// How often all instances are seen, and how far a step goes.
const ROUNDS: usize = 6;
const STEP: f32 = 0.15;

/// Where the order of instances comes from.
pub const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// How much shorter steps are of what all properties share.
const SHARED_STEP: f32 = 0.3;

/// A weight for each feature and property; the last column is what all properties share.
pub struct Matrix {
    columns: usize,
    weights: Vec<f32>,
    /// How much each feature speaks for a filler among those that overlap it.
    pub readings: Vec<f32>,
}

impl Matrix {
    fn new(corpus: &Corpus, properties: usize, prior: &ByFeature<f32>) -> Self {
        let columns = properties + 1;
        let weights = vec![0.0; corpus.rows.len() * columns];
        let mut matrix = Self { columns, weights, readings: Vec::new() };
        for (feature, weight) in prior {
            if let Some(row) = corpus.rows.row(*feature) {
                matrix.weights[row * columns + properties] = *weight;
            }
        }
        matrix
    }

    /// The places of an instance's weights. What a label says has shared ones alone: the scorer asks for no others.
    fn places(&self, corpus: &Corpus, instance: &Instance, property: Option<usize>, places: &mut Vec<usize>) {
        places.clear();
        let shared = |row: u32| (row & !SHARED) as usize * self.columns + self.columns - 1;
        places.extend(corpus.label(instance).map(shared));
        for row in corpus.seen(instance) {
            let start = (row & !SHARED) as usize * self.columns;
            places.extend(property.map(|property| start + property));
            if row & SHARED != 0 {
                places.push(start + self.columns - 1);
            }
        }
    }

    /// The weights of one property, or of all together, by feature.
    pub fn column(&self, corpus: &Corpus, column: usize) -> impl Iterator<Item = (u32, f32)> {
        let weight = move |row: usize| self.weights[row * self.columns + column];
        corpus.rows.features.iter().enumerate().map(move |(row, feature)| (*feature, weight(row)))
    }

    /// The mean of several that were learned from the same corpus: what one of them learned by chance weighs less.
    pub fn mean(matrices: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> &Vec<f32>| {
            let sum = |at: usize| matrices.iter().map(|matrix| of(matrix)[at]).sum::<f32>();
            (0..of(&matrices[0]).len()).map(|at| sum(at) / matrices.len() as f32).collect()
        };
        let columns = matrices[0].columns;
        Self { columns, weights: mean(|matrix| &matrix.weights), readings: mean(|matrix| &matrix.readings) }
    }

    pub fn shared_column(&self) -> usize {
        self.columns - 1
    }
}

/// Learns from the instances of the texts that are wanted, in an order that the seed decides.
pub fn train(
    corpus: &Corpus,
    properties: usize,
    prior: &ByFeature<f32>,
    scope: Scope,
    seed: u64,
    wanted: impl Fn(usize) -> bool,
) -> Matrix {
    let properties = if scope == Scope::General { 0 } else { properties };
    let mut matrix = Matrix::new(corpus, properties, prior);
    let mut descent = Descent::from(std::mem::take(&mut matrix.weights));
    let mut order: Vec<u32> = (0..corpus.instances.len() as u32).collect();
    order.retain(|index| wanted(corpus.instances[*index as usize].text));
    let mut random = Random(SEED.wrapping_mul(2 * seed + 1));
    let mut places = Vec::new();
    // In general rules everything is shared, and nothing is to be learned beside it.
    let shared_step = if properties > 0 { SHARED_STEP * STEP } else { STEP };
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for index in &order {
            let instance = &corpus.instances[*index as usize];
            let property = Some(instance.property).filter(|_| scope == Scope::Properties);
            matrix.places(corpus, instance, property, &mut places);
            let score: f32 = places.iter().map(|place| descent.weights[*place]).sum();
            let target = if instance.holds { 1.0 } else { 0.0 };
            let slope = (probability(score) - target) * instance.weight;
            let length = |place: usize| {
                let is_shared = (place + 1).is_multiple_of(matrix.columns);
                if is_shared { shared_step } else { STEP }
            };
            descent.step(slope, places.iter().map(|place| (*place, length(*place))));
        }
    }
    matrix.weights = descent.weights;
    matrix
}

/// Weights that go down a slope, each in steps that get shorter the more it has moved (AdaGrad; Duchi, Hazan & Singer 2011).
pub struct Descent {
    pub weights: Vec<f32>,
    squares: Vec<f32>,
}

impl From<Vec<f32>> for Descent {
    fn from(weights: Vec<f32>) -> Self {
        let squares = vec![1e-6; weights.len()];
        Self { weights, squares }
    }
}

impl Descent {
    /// Moves weights against a slope that they share, each with how far its step goes.
    pub fn step(&mut self, slope: f32, steps: impl Iterator<Item = (usize, f32)>) {
        // What is as good as right already changes nothing.
        if slope.abs() < 0.002 {
            return;
        }
        for (place, length) in steps {
            self.squares[place] += slope * slope;
            self.weights[place] -= length * slope / (self.squares[place].sqrt() + 1.0);
        }
    }
}

/// A small generator of numbers that are the same on every machine (xorshift64*).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Puts items into an order that only the seed decides (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, (self.next() >> 32) as usize % (last + 1));
        }
    }
}
