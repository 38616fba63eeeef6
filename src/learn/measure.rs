//! Measures: what is learned is tried on examples that were left out, to say how good it is and which facts to tell.

use super::corpus::Text;
use crate::fact::pair::Scored;

/// A fact that was found in a text left out of learning.
#[derive(Clone, Copy, Debug)]
pub struct Trial {
    pub property: usize,
    /// The score, before calibration.
    pub score: f32,
    pub is_right: bool,
    /// How much it counts: less where the property is not annotated, as the text may state it all the same.
    pub weight: f32,
}

/// What holds of one property at its cut.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measure {
    pub cut: f32,
    pub precision: f32,
    pub recall: f32,
    /// How many facts of the examples state it, and how many of them have both ends in the text.
    pub stated: usize,
    pub found: usize,
}

/// How the facts chosen in a text compare with what it states. Several mentions of one fact count once.
pub fn trials(text: &Text, chosen: &[Scored], certainty: f32) -> Vec<Trial> {
    let mut told: Vec<(usize, usize)> = Vec::new();
    let mut trials = Vec::new();
    for scored in chosen {
        let facts = text.facts.get(&scored.judged);
        let fact = facts.and_then(|facts| facts.iter().position(|pairs| pairs.contains(&scored.pair)));
        let unknown = facts.is_none() && text.stated.contains_key(&scored.judged);
        let again = fact.is_some_and(|fact| told.contains(&(scored.judged, fact)));
        told.extend(fact.map(|fact| (scored.judged, fact)));
        if !unknown && !again {
            trials.push(Trial {
                property: scored.judged,
                score: (scored.probability / (1.0 - scored.probability).max(1e-6)).ln(),
                is_right: fact.is_some(),
                weight: if facts.is_some() { 1.0 } else { certainty },
            });
        }
    }
    trials
}

/// Scale and shift that make probabilities of scores (Platt 1999), by Newton's method.
pub fn calibrate(trials: &[Trial]) -> (f32, f32) {
    let (mut scale, mut shift) = (1.0f64, 0.0f64);
    if trials.iter().filter(|trial| trial.is_right).count() < 5 {
        return (1.0, 0.0);
    }
    for _ in 0..30 {
        // A little weight draws the scale to one.
        let mut gradient = [0.5 * (scale - 1.0), 0.01 * shift];
        let mut curve = [0.5, 0.0, 0.01];
        for trial in trials {
            let score = f64::from(trial.score);
            let p = 1.0 / (1.0 + (-(scale * score + shift)).exp());
            let weight = f64::from(trial.weight);
            let slope = weight * (p - f64::from(u8::from(trial.is_right)));
            let bend = weight * p * (1.0 - p);
            gradient = [gradient[0] + slope * score, gradient[1] + slope];
            curve = [curve[0] + bend * score * score, curve[1] + bend * score, curve[2] + bend];
        }
        let determinant = curve[0] * curve[2] - curve[1] * curve[1];
        if determinant.abs() < 1e-9 {
            break;
        }
        scale -= (curve[2] * gradient[0] - curve[1] * gradient[1]) / determinant;
        shift -= (curve[0] * gradient[1] - curve[1] * gradient[0]) / determinant;
    }
    (scale.clamp(0.2, 3.0) as f32, shift.clamp(-4.0, 4.0) as f32)
}

/// How much a fact too many counts beside one that is missed (the F-measure of recall twice as important as precision;
/// van Rijsbergen 1979). Where a text does state a property, its best pair is most often right though its probability
/// is middling.
const SURPLUS: f32 = 0.25;

/// The cut at which precision and recall of trials are best together, and what they are there. Each trial is a
/// probability, with whether it is right and how much it counts.
pub fn best(mut trials: Vec<(f32, bool, f32)>, facts: usize, least: f32) -> (f32, f32, f32) {
    trials.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut right, mut told) = (0.0f32, 0.0f32);
    let mut best = (1.0, 0.0, 0.0);
    let mut best_f = -1.0;
    for (index, (probability, is_right, weight)) in trials.iter().enumerate() {
        told += weight;
        right += if *is_right { 1.0 } else { 0.0 };
        let next = trials.get(index + 1).map_or(0.0, |next| next.0);
        if *probability < least {
            break;
        }
        if next == *probability {
            continue;
        }
        let f = (1.0 + SURPLUS) * right / (told * SURPLUS + facts as f32).max(1.0);
        if f > best_f {
            best_f = f;
            best =
                ((probability + next.max(least)) / 2.0, right / told.max(1e-6), right / facts.max(1) as f32);
        }
    }
    best
}
