//! Logistic regression for each relation, by stochastic gradient descent with a step of its own for each weight (AdaGrad).

use std::collections::HashMap;

use rayon::prelude::*;
use tellgraph::fact::relation::RELATIONS;
use tellgraph::fact::relation::feature::Feature;
use tellgraph::fact::relation::model::{Calibration, Model};
use tellgraph::learn::Random;

use crate::corpus::{Pair, Text};
use crate::measure::{self, Trial};

const COUNT: usize = RELATIONS.len();

/// Into how many parts the texts are divided, each to try what the others taught.
const FOLDS: usize = 5;

/// How often all pairs are seen, and how far a step goes.
const ROUNDS: usize = 6;
const STEP: f32 = 0.1;

/// What a pair counts as an example against a relation that was not annotated in its text, and in a plain text.
const NOT_ANNOTATED: f32 = 0.2;
const DENIED: f32 = 0.5;

/// How likely a relation of a plain text is at least and less than what, for it to be denied.
const LIKELY: std::ops::Range<f32> = 0.01..0.8;

/// Weights smaller than this say too little to be kept.
const LEAST: f32 = 0.02;

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

/// Learns from annotated texts, from plain ones that what is not likely there is not so, and from sentences that say
/// nothing of the kind.
pub fn learn(texts: &[Text], plain: &[Text], unrelated: &[Text]) -> Learned {
    let rows = rows(texts.iter().chain(unrelated));
    let before = train(texts, &[], &rows, |_| true);
    let before = model(&rows, &before, vec![Calibration::PLAIN; COUNT]);
    let mut lessons: Vec<Lesson> =
        plain.iter().flat_map(|text| &text.pairs).filter_map(|pair| lesson(&before, &rows, pair)).collect();
    let of_unrelated = |pair: &Pair| Lesson { rows: known(&rows, pair), denied: pair.worded.map(|is| !is) };
    lessons.extend(unrelated.iter().flat_map(|text| &text.pairs).map(of_unrelated));
    eprintln!("{} lessons of plain text", lessons.len());
    let folds: Vec<Option<usize>> = (0..FOLDS).map(Some).chain([None]).collect();
    let results: Vec<(Option<Weights>, Vec<Trial>)> = folds
        .par_iter()
        .map(|fold| {
            let weights =
                train(texts, &lessons, &rows, |text| fold.is_none_or(|fold| fold_of(&texts[text]) != fold));
            let Some(fold) = fold else { return (Some(weights), Vec::new()) };
            let model = model(&rows, &weights, vec![Calibration::PLAIN; COUNT]);
            let left_out = texts.iter().filter(|text| fold_of(text) == *fold);
            (None, left_out.flat_map(|text| measure::trials(&model, text)).collect())
        })
        .collect();
    let mut trials: Vec<Trial> = results.iter().flat_map(|(_, trials)| trials.iter().copied()).collect();
    let calibrations = measure::calibrate(&mut trials);
    let weights = results.into_iter().find_map(|(weights, _)| weights).expect("one fold leaves nothing out");
    Learned { model: model(&rows, &weights, calibrations), trials }
}

fn fold_of(text: &Text) -> usize {
    (text.page % FOLDS as u64) as usize
}

/// What a pair of a plain text teaches: which relations do not hold.
struct Lesson {
    rows: Vec<u32>,
    denied: [bool; COUNT],
}

/// A relation that no wording says and that is not likely is denied; next to nothing teaches nothing.
fn lesson(before: &Model, rows: &HashMap<u32, usize>, pair: &Pair) -> Option<Lesson> {
    let features: Vec<Feature> = pair.features.iter().map(|feature| Feature(*feature)).collect();
    let probabilities = before.probabilities(&features);
    let denied: [bool; COUNT] =
        std::array::from_fn(|at| LIKELY.contains(&probabilities[at]) && !pair.worded[at]);
    denied.contains(&true).then(|| Lesson { rows: known(rows, pair), denied })
}

/// The rows of what is seen of a pair.
fn known(rows: &HashMap<u32, usize>, pair: &Pair) -> Vec<u32> {
    pair.features.iter().filter_map(|feature| rows.get(feature)).map(|row| *row as u32).collect()
}

/// The features that are seen often enough, with the place of their weights.
fn rows<'t>(texts: impl Iterator<Item = &'t Text>) -> HashMap<u32, usize> {
    let mut seen: HashMap<u32, (usize, usize)> = HashMap::new();
    for (at, text) in texts.enumerate() {
        for feature in text.pairs.iter().flat_map(|pair| &pair.features) {
            let seen = seen.entry(*feature).or_insert((usize::MAX, 0));
            if seen.0 != at {
                *seen = (at, seen.1 + 1);
            }
        }
    }
    let mut often: Vec<u32> =
        seen.into_iter().filter(|(_, (_, count))| *count >= SEEN).map(|(f, _)| f).collect();
    often.sort_unstable();
    often.into_iter().enumerate().map(|(row, feature)| (feature, row)).collect()
}

fn model(rows: &HashMap<u32, usize>, weights: &Weights, calibrations: Vec<Calibration>) -> Model {
    let row = |(feature, row): (&u32, &usize)| {
        let kept = weights.values[*row].map(|weight| if weight.abs() < LEAST { 0.0 } else { weight });
        (Feature(*feature), kept.to_vec())
    };
    Model::new(calibrations, rows.iter().map(row))
}

/// How much a pair of an annotated text counts.
fn importance(text: &Text, pair: &Pair, relation: usize) -> f32 {
    if pair.holds[relation] || text.annotated[relation] {
        1.0
    } else if pair.worded[relation] {
        // Nobody looked, and a wording that fits is more likely right.
        0.0
    } else {
        NOT_ANNOTATED
    }
}

/// Learns from the texts that are wanted.
fn train(
    texts: &[Text],
    lessons: &[Lesson],
    rows: &HashMap<u32, usize>,
    wanted: impl Fn(usize) -> bool,
) -> Weights {
    let mut weights =
        Weights { values: vec![[0.0; COUNT]; rows.len()], squares: vec![[0.0; COUNT]; rows.len()] };
    let mut order: Vec<(usize, usize)> = (0..lessons.len()).map(|lesson| (texts.len(), lesson)).collect();
    for (at, text) in texts.iter().enumerate().filter(|(at, _)| wanted(*at)) {
        order.extend((0..text.pairs.len()).map(|pair| (at, pair)));
    }
    let known: Vec<Vec<Vec<u32>>> =
        texts.iter().map(|text| text.pairs.iter().map(|pair| known(rows, pair)).collect()).collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for (at, pair) in &order {
            let lesson = lessons.get(*pair).filter(|_| *at == texts.len());
            let features = lesson.map_or_else(|| &known[*at][*pair], |lesson| &lesson.rows);
            let mut scores = [0.0f32; COUNT];
            for row in features {
                scores
                    .iter_mut()
                    .zip(&weights.values[*row as usize])
                    .for_each(|(score, weight)| *score += weight);
            }
            for (relation, score) in scores.iter().enumerate() {
                let (holds, weight) = match lesson {
                    Some(lesson) => (false, if lesson.denied[relation] { DENIED } else { 0.0 }),
                    None => {
                        let text = &texts[*at];
                        let holds = text.pairs[*pair].holds[relation];
                        (holds, importance(text, &text.pairs[*pair], relation))
                    }
                };
                let target = if holds { 1.0 } else { 0.0 };
                let slope = (1.0 / (1.0 + (-score).exp()) - target) * weight;
                if slope.abs() < 0.003 {
                    continue;
                }
                for row in features {
                    let square = &mut weights.squares[*row as usize][relation];
                    *square += slope * slope;
                    weights.values[*row as usize][relation] -= STEP * slope / (square.sqrt() + 1.0);
                }
            }
        }
    }
    weights
}
