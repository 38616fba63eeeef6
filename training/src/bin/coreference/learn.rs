//! Learns the network by going through texts as the resolver does, and correcting each choice.

use tellgraph::entity::coreference::network::{Features, HIDDEN, SHAPES, UNIT, WORDS};
use tellgraph::entity::coreference::profile::Form;
use tellgraph::entity::coreference::{Choice, Judge};
use tellgraph::mention::MentionId;

use super::corpus::Gold;

/// How fast it learns.
const RATE: f32 = 0.05;
const DECAY: f32 = 2e-7;
/// What a wrong link costs beside a missed one, in log-odds: of something new, of something else.
const FALSE_LINK: f32 = 0.4;
const WRONG_LINK: f32 = 0.5;
/// How many of the words a lesson leaves out.
const LEFT_OUT: f64 = 0.25;

/// Weights with the sums of their squared gradients (Adagrad).
struct Weights {
    values: Vec<f32>,
    squares: Vec<f32>,
    /// The sum of the values after each of the last rounds.
    sums: Vec<f32>,
}

impl Weights {
    fn new(count: usize, mut start: impl FnMut() -> f32) -> Self {
        let values = (0..count).map(|_| start()).collect();
        Self { values, squares: vec![0.1; count], sums: vec![0.0; count] }
    }

    fn step(&mut self, at: usize, gradient: f32) {
        self.squares[at] += gradient * gradient;
        let limit = 127.0 / UNIT as f32;
        let value = self.values[at] * (1.0 - DECAY) - RATE * gradient / self.squares[at].sqrt();
        self.values[at] = value.clamp(-limit, limit);
    }

    fn remember(&mut self) {
        self.sums.iter_mut().zip(&self.values).for_each(|(sum, value)| *sum += value);
    }

    fn bytes(&self, rounds: usize) -> impl Iterator<Item = u8> {
        self.sums
            .iter()
            .map(move |sum| (sum / rounds as f32 * UNIT as f32).round().clamp(-127.0, 127.0) as i8 as u8)
    }
}

pub struct Learner {
    shapes: Weights,
    output: Weights,
    words: Weights,
    remembered: usize,
    random: u64,
    /// How often it goes where it would go itself, and not where it should.
    pub own_way: f64,
    pub loss: f64,
    pub decisions: usize,
}

impl Learner {
    pub fn new(seed: u64) -> Self {
        let mut random = seed;
        let mut small = |size: f32| (uniform(&mut random) as f32 - 0.5) * size;
        let shapes = Weights::new(SHAPES * HIDDEN, || small(0.2));
        let output = Weights::new(HIDDEN, || small(1.0));
        let words = Weights::new(WORDS, || 0.0);
        Self { shapes, output, words, remembered: 0, random, own_way: 0.0, loss: 0.0, decisions: 0 }
    }

    /// Takes the weights as they are now into the mean.
    pub fn remember(&mut self) {
        [&mut self.shapes, &mut self.output, &mut self.words].into_iter().for_each(Weights::remember);
        self.remembered += 1;
    }

    /// The mean as a model file.
    pub fn model(&self) -> Vec<u8> {
        let n = self.remembered;
        self.words.bytes(n).chain(self.output.bytes(n)).chain(self.shapes.bytes(n)).collect()
    }

    pub fn uniform(&mut self) -> f64 {
        uniform(&mut self.random)
    }

    fn hidden(&self, features: &Features) -> [f32; HIDDEN] {
        let mut hidden = [0.0; HIDDEN];
        for shape in &features.shapes {
            let row = usize::from(*shape) * HIDDEN;
            for (sum, weight) in hidden.iter_mut().zip(&self.shapes.values[row..row + HIDDEN]) {
                *sum += weight;
            }
        }
        hidden
    }

    fn score(&self, features: &Features, hidden: &[f32; HIDDEN]) -> f32 {
        let through: f32 =
            hidden.iter().zip(&self.output.values).map(|(sum, weight)| sum.max(0.0) * weight).sum();
        let words: f32 = features.words.iter().map(|word| self.words.values[usize::from(*word)]).sum();
        through + words
    }

    /// The features that one lesson is about: some words are left out, lest the corpora be learned by heart.
    fn thinned(&mut self, choices: &[Choice]) -> Vec<Features> {
        let salt = (self.uniform() * f64::from(u32::MAX)) as u32;
        let kept = |word: &u16| {
            let mixed = (u32::from(*word) ^ salt).wrapping_mul(0x9e37_79b1);
            f64::from((mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca6b)) >= LEFT_OUT * f64::from(u32::MAX)
        };
        let thin = |choice: &Choice| Features {
            shapes: choice.features.shapes.clone(),
            words: choice.features.words.iter().copied().filter(kept).collect(),
        };
        choices.iter().map(thin).collect()
    }

    fn correct(&mut self, choices: &[Choice], is_right: &[bool]) -> usize {
        let choices = self.thinned(choices);
        let hidden: Vec<[f32; HIDDEN]> = choices.iter().map(|features| self.hidden(features)).collect();
        let cost = |at: usize| match (is_right[at], at, is_right[0]) {
            (true, ..) | (false, 0, _) => 0.0,
            (false, _, true) => FALSE_LINK,
            _ => WRONG_LINK,
        };
        let plain: Vec<f32> =
            choices.iter().zip(&hidden).map(|(features, hidden)| self.score(features, hidden)).collect();
        let scores: Vec<f32> = plain.iter().enumerate().map(|(at, score)| score + cost(at)).collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let exponents: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
        let all: f32 = exponents.iter().sum();
        let right: f32 = exponents.iter().zip(is_right).filter(|(_, right)| **right).map(|(e, _)| e).sum();
        self.loss -= f64::from((right / all).max(1e-9).ln());
        self.decisions += 1;
        for (at, features) in choices.iter().enumerate() {
            let wanted = if is_right[at] { exponents[at] / right.max(1e-9) } else { 0.0 };
            let gradient = exponents[at] / all - wanted;
            if gradient.abs() > 1e-4 {
                self.step(features, &hidden[at], gradient);
            }
        }
        let best = |wanted: &dyn Fn(usize) -> bool| {
            (0..choices.len()).filter(|at| wanted(*at)).max_by(|a, b| plain[*a].total_cmp(&plain[*b]))
        };
        let own = self.uniform() < self.own_way;
        best(&|at| own || is_right[at]).unwrap_or(0)
    }

    fn step(&mut self, features: &Features, hidden: &[f32; HIDDEN], gradient: f32) {
        for word in &features.words {
            self.words.step(usize::from(*word), gradient);
        }
        let mut back = [0.0; HIDDEN];
        for unit in 0..HIDDEN {
            if hidden[unit] > 0.0 {
                back[unit] = gradient * self.output.values[unit];
                self.output.step(unit, gradient * hidden[unit]);
            }
        }
        for shape in &features.shapes {
            let row = usize::from(*shape) * HIDDEN;
            for (unit, back) in back.iter().enumerate().filter(|(_, back)| **back != 0.0) {
                self.shapes.step(row + unit, *back);
            }
        }
    }
}

fn uniform(random: &mut u64) -> f64 {
    *random = random.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *random;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Corrects the learner's choices on one text.
pub struct Lesson<'a> {
    pub learner: &'a mut Learner,
    pub gold: &'a Gold,
}

impl Judge for Lesson<'_> {
    fn choose(&mut self, mention: MentionId, _: Form, choices: &[Choice]) -> usize {
        let is_right = match self.gold {
            Gold::Clusters(clusters) => by_clusters(clusters, mention, choices),
            Gold::Pronoun { pronoun, names } if *pronoun == mention.index() => by_names(names, choices),
            Gold::Pronoun { .. } => {
                let score = |choice: &Choice| {
                    self.learner.score(&choice.features, &self.learner.hidden(&choice.features))
                };
                let best =
                    (0..choices.len()).max_by(|a, b| score(&choices[*a]).total_cmp(&score(&choices[*b])));
                return best.unwrap_or(0);
            }
        };
        self.learner.correct(choices, &is_right)
    }
}

/// Right is an entity that is mostly what the mention is, or else something new.
pub fn by_clusters(clusters: &[Option<u32>], mention: MentionId, choices: &[Choice]) -> Vec<bool> {
    let own = clusters[mention.index()];
    let is_same = |choice: &Choice| {
        let same = choice.mentions.iter().filter(|id| own.is_some() && clusters[id.index()] == own).count();
        2 * same > choice.mentions.len() || (same > 0 && 2 * same == choice.mentions.len())
    };
    let mut right: Vec<bool> = choices.iter().map(is_same).collect();
    right[0] = !right.contains(&true);
    right
}

/// Right is the name that the pronoun means; where it means neither, anything else.
fn by_names(names: &[(usize, bool)], choices: &[Choice]) -> Vec<bool> {
    let has = |choice: &Choice, truth: bool| {
        names.iter().any(|(at, is)| *is == truth && choice.mentions.contains(&MentionId(*at as u32)))
    };
    let mut right: Vec<bool> = choices.iter().map(|choice| has(choice, true)).collect();
    if !right.contains(&true) {
        let is_known = names.iter().any(|(_, truth)| *truth);
        right = choices.iter().map(|choice| !has(choice, false)).collect();
        if is_known {
            right = vec![false; choices.len()]; // What it means was not found: nothing to learn.
            right[0] = true;
        }
    }
    right
}
