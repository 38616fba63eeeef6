//! Readings: which of several names that overlap the examples mean ("Elm Hall", "The Elm Hall", "Elm Hall Road").
//!
//! How a thing is named does not depend on the property that is stated of it, so the facts of all properties teach this
//! together: among the fillers that overlap one that stands at an end of a fact, what is seen of that one speaks for it.

use std::collections::BTreeSet;

use super::corpus::{Corpus, Text};
use super::train::{Descent, Random, SEED};
use crate::lexicon::scorer::ByFeature;

/// How often all lessons are heard, and how far a step goes.
const ROUNDS: usize = 8;
const STEP: f32 = 0.3;

/// A name that an example means, and the others that overlap it.
pub struct Lesson {
    text: usize,
    is_object: bool,
    /// Positions of fillers, the one that is meant first.
    readings: Vec<usize>,
}

/// What the facts of texts tell about readings, once for each filler and end.
pub fn lessons(texts: &[Text]) -> Vec<Lesson> {
    texts.iter().enumerate().flat_map(|(index, text)| of_text(index, text)).collect()
}

fn of_text(index: usize, text: &Text) -> Vec<Lesson> {
    let fillers = &text.pairs.fillers;
    let stated = text.facts.values().flatten().flatten().map(|pair| &text.pairs.pairs[*pair]);
    let ends: BTreeSet<(bool, usize)> =
        stated.flat_map(|pair| [(false, pair.subject), (true, pair.object)]).collect();
    let lesson = |(is_object, meant): &(bool, usize)| {
        let features = if *is_object { &text.pairs.as_object } else { &text.pairs.as_subject };
        let is_other = |other: &usize| !ends.contains(&(*is_object, *other));
        let others = text.pairs.rivals(features, *meant).filter(is_other);
        let readings = [*meant].into_iter().chain(others).collect();
        Lesson { text: index, is_object: *is_object, readings }
    };
    let names = ends.iter().filter(|(_, meant)| fillers[*meant].is_name());
    names.map(lesson).filter(|lesson| lesson.readings.len() > 1).collect()
}

/// The weight of each row of the corpus, as the lessons of the texts that are wanted teach them beside what was known before, in an
/// order that the seed decides: a softmax over the readings of each.
pub fn train(
    corpus: &Corpus,
    lessons: &[Lesson],
    prior: &ByFeature<f32>,
    seed: u64,
    wanted: impl Fn(usize) -> bool,
) -> Vec<f32> {
    let known = |feature: &u32| prior.get(feature).copied().unwrap_or_default();
    let mut descent = Descent::from(corpus.rows.features.iter().map(known).collect::<Vec<f32>>());
    let mut order: Vec<&Lesson> = lessons.iter().filter(|lesson| wanted(lesson.text)).collect();
    let mut random = Random(SEED.wrapping_mul(2 * seed + 1));
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for lesson in &order {
            let rows = |filler: &usize| corpus.filler(lesson.text, *filler, lesson.is_object);
            let score = |filler: &usize| rows(filler).map(|row| descent.weights[row]).sum::<f32>();
            let scores: Vec<f32> = lesson.readings.iter().map(score).collect();
            let best = scores.iter().copied().fold(f32::MIN, f32::max);
            let sum: f32 = scores.iter().map(|score| (score - best).exp()).sum();
            for (at, filler) in lesson.readings.iter().enumerate() {
                let meant = if at == 0 { 1.0 } else { 0.0 };
                let slope = (scores[at] - best).exp() / sum - meant;
                descent.step(slope, rows(filler).map(|row| (row, STEP)));
            }
        }
    }
    descent.weights
}

/// The weight of each feature: what was learned of those that the corpus has, and what was known before of the others.
pub fn all<'a>(
    prior: &'a ByFeature<f32>,
    corpus: &'a Corpus,
    learned: &'a [f32],
) -> impl Iterator<Item = (u32, f32)> + 'a {
    let rest = prior.iter().filter(|(feature, _)| corpus.rows.row(**feature).is_none());
    let rest = rest.map(|(feature, weight)| (*feature, *weight));
    corpus.rows.features.iter().copied().zip(learned.iter().copied()).chain(rest)
}
