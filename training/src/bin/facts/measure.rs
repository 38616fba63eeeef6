//! How good relations are, and how probable what they find is.

use std::collections::HashSet;

use tellgraph::fact::relation::RELATIONS;
use tellgraph::fact::relation::feature::Feature;
use tellgraph::fact::relation::model::{CONSIDERED, Calibration, Model};

use crate::corpus::{Gold, Text, overlap};
use crate::learn::Learned;

const COUNT: usize = RELATIONS.len();

/// One fact that may be told: two mentions and a relation, in a text where that was annotated.
#[derive(Clone, Copy, Debug)]
pub struct Trial {
    pub relation: usize,
    pub probability: f32,
    pub is_right: bool,
    /// How many facts of the corpus are found by it that no surer one finds.
    pub finds: u32,
}

/// The probability below which nobody asks.
const NOTHING: f32 = 0.02;

/// What a model finds in a text, the most probable first.
pub fn trials(model: &Model, text: &Text) -> Vec<Trial> {
    let mut found: Vec<(f32, Gold)> = Vec::new();
    for pair in &text.pairs {
        let features: Vec<Feature> = pair.features.iter().map(|feature| Feature(*feature)).collect();
        for (relation, probability) in model.probabilities(&features).into_iter().enumerate() {
            if probability >= NOTHING && text.annotated[relation] {
                for subject in &pair.subjects {
                    for object in &pair.objects {
                        found.push((probability, Gold { relation, subject: *subject, object: *object }));
                    }
                }
            }
        }
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut known: HashSet<Gold> = HashSet::new();
    let mut trial = |(probability, told): (f32, Gold)| {
        let says = |fact: &&Gold| {
            fact.relation == told.relation
                && overlap(fact.subject, told.subject)
                && overlap(fact.object, told.object)
        };
        let right: Vec<&Gold> = text.gold.iter().filter(says).collect();
        let finds = right.iter().filter(|fact| known.insert(***fact)).count() as u32;
        Trial { relation: told.relation, probability, is_right: !right.is_empty(), finds }
    };
    found.into_iter().map(&mut trial).collect()
}

/// Scales and shifts scores so that they are probabilities, for each relation; sets the trials'.
pub fn calibrate(trials: &mut [Trial]) -> Vec<Calibration> {
    let of_relation = |relation: usize| {
        let likely =
            trials.iter().filter(|trial| trial.relation == relation && trial.probability >= CONSIDERED);
        let (scale, shift) = fit(likely.map(|trial| (logit(trial.probability), trial.is_right)));
        Calibration { scale, shift }
    };
    let calibrations: Vec<Calibration> = (0..COUNT).map(of_relation).collect();
    for trial in trials {
        trial.probability = calibrations[trial.relation].probability(logit(trial.probability));
    }
    calibrations
}

fn logit(probability: f32) -> f32 {
    let probability = probability.clamp(1e-6, 1.0 - 1e-6);
    (probability / (1.0 - probability)).ln()
}

/// The best scale and shift, by Newton's method.
fn fit(trials: impl Iterator<Item = (f32, bool)> + Clone) -> (f32, f32) {
    let (mut scale, mut shift) = (1.0f64, 0.0f64);
    for _ in 0..30 {
        let (mut gradient, mut curve) = ([0.0f64; 2], [1.0, 0.0, 1.0]);
        // As if a trial or two more said that scores are good as they are.
        gradient[0] = scale - 1.0;
        gradient[1] = shift;
        for (score, is_right) in trials.clone() {
            let score = f64::from(score);
            let p = 1.0 / (1.0 + (-(scale * score + shift)).exp());
            let slope = p - f64::from(u8::from(is_right));
            let bend = p * (1.0 - p);
            gradient = [gradient[0] + slope * score, gradient[1] + slope];
            curve = [curve[0] + bend * score * score, curve[1] + bend * score, curve[2] + bend];
        }
        let determinant = curve[0] * curve[2] - curve[1] * curve[1];
        // A step that is too long leads astray.
        let by = (curve[2] * gradient[0] - curve[1] * gradient[1]) / determinant;
        scale = (scale - by.clamp(-0.1, 0.1)).clamp(0.3, 2.0);
        shift -= ((curve[0] * gradient[1] - curve[1] * gradient[0]) / determinant).clamp(-0.5, 0.5);
    }
    (scale as f32, shift as f32)
}

/// The cut at which F1 is best, with precision, recall and F1 there.
fn best(trials: &[Trial], facts: usize) -> (f32, f32, f32, f32) {
    let mut sorted: Vec<&Trial> = trials.iter().collect();
    sorted.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    let mut best = (1.0, 0.0, 0.0, 0.0);
    let (mut found, mut wrong) = (0, 0);
    for trial in sorted {
        found += trial.finds;
        wrong += u32::from(!trial.is_right);
        let score = score(found, wrong, facts);
        if score.2 > best.3 {
            best = (trial.probability, score.0, score.1, score.2);
        }
    }
    best
}

fn score(found: u32, wrong: u32, facts: usize) -> (f32, f32, f32) {
    let (precision, recall) =
        (found as f32 / (found + wrong).max(1) as f32, found as f32 / facts.max(1) as f32);
    (precision, recall, 2.0 * precision * recall / (precision + recall).max(1e-6))
}

fn at(trials: &[Trial], facts: usize, cut: f32) -> (f32, f32, f32) {
    let told = || trials.iter().filter(|trial| trial.probability >= cut);
    score(told().map(|trial| trial.finds).sum(), told().filter(|trial| !trial.is_right).count() as u32, facts)
}

/// Tables of what is found in the texts left out, and in the dev part.
pub fn tell(learned: &Learned, train: &[Text], dev: &[Text]) {
    let of_dev: Vec<Trial> = dev.iter().flat_map(|text| trials(&learned.model, text)).collect();
    for (name, texts, trials) in [("left out", train, &learned.trials), ("dev", dev, &of_dev)] {
        let facts: usize = texts.iter().map(|text| text.gold.len()).sum();
        let (cut, p, r, f) = best(trials, facts);
        println!("{name}: best F1 {f:.3} (P {p:.3} R {r:.3}) at {cut:.2}");
        for cut in [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6] {
            let (p, r, f) = at(trials, facts, cut);
            println!("    at {cut:.2}: P {p:.3} R {r:.3} F1 {f:.3}");
        }
    }
    for (relation, name) in RELATIONS.iter().enumerate() {
        let own: Vec<Trial> = of_dev.iter().filter(|trial| trial.relation == relation).copied().collect();
        let facts = dev.iter().flat_map(|text| &text.gold).filter(|fact| fact.relation == relation).count();
        let ((p, r, f), best) = (at(&own, facts, 0.4), best(&own, facts));
        println!("{name:<20} {facts:>4} P {p:.3} R {r:.3} F1 {f:.3}   best {:.3} at {:.2}", best.3, best.0);
    }
    for decile in 0..10 {
        let from = decile as f32 / 10.0;
        let own: Vec<&Trial> =
            of_dev.iter().filter(|trial| (from..from + 0.1).contains(&trial.probability)).collect();
        let said: f32 = own.iter().map(|trial| trial.probability).sum::<f32>() / own.len().max(1) as f32;
        let right = own.iter().filter(|trial| trial.is_right).count() as f32 / own.len().max(1) as f32;
        println!("said {said:.2} right {right:.2} of {}", own.len());
    }
}
