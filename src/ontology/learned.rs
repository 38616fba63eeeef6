//! Learned: what examples taught about when a property holds, beside its phrases.

use oxrdf::{Literal, Term};

use super::locate::{Located, Turtle};
use super::vocabulary::{CUT, PRECISION, READINGS, RECALL, SEEN, WEIGHTS, WRITTEN};
use super::weights::Weights;
use super::{Error, Learned};

/// Reads the object of `tg:scorer`: a blank node with `tg:weights`, and with what was measured when they were learned.
pub(super) fn read(turtle: &Turtle, located: &Located) -> Result<Learned, Error> {
    let Term::BlankNode(node) = &located.triple.object else {
        let message = "expected [ tg:weights \"...\" ] as tellgraph learn writes it".to_owned();
        return Err(located.object.error(message));
    };
    let literal = |predicate: &str| {
        let found = turtle.object(node, predicate)?;
        if let Term::Literal(literal) = &found.triple.object { Some((found, literal)) } else { None }
    };
    let share = |predicate: &str| literal(predicate).map(share).transpose();
    let weights = |predicate: &str| match literal(predicate) {
        Some((found, text)) => Weights::decode(text.value())
            .ok_or_else(|| found.object.error("expected weights as tellgraph learn writes them, in Base64")),
        None => Ok(Weights::default()),
    };
    Ok(Learned {
        weights: weights(WEIGHTS)?,
        readings: weights(READINGS)?,
        cut: share(CUT)?,
        precision: share(PRECISION)?,
        recall: share(RECALL)?,
        seen: literal(SEEN).and_then(|(_, seen)| seen.value().parse().ok()),
        written: literal(WRITTEN).map(|(_, written)| written.value().to_owned()),
        origin: Some(located.object.clone()),
    })
}

fn share((located, literal): (&Located, &Literal)) -> Result<f32, Error> {
    let value = literal.value().parse::<f32>().ok().filter(|share| (0.0..=1.0).contains(share));
    value.ok_or_else(|| located.object.error(format!("expected a share from 0.0 to 1.0, found {literal}")))
}
