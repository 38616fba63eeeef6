//! Learned: what examples taught about when a property holds, beside its phrases.

use oxrdf::{Literal, Term};

use super::locate::{Located, Turtle};
use super::vocabulary::{CUT, KNOWN_OBJECT, PRECISION, READINGS, RECALL, SEEN, TEXT, WEIGHTS, WRITTEN};
use super::weights::Weights;
use super::{Error, Learned, wording};

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
        objects: turtle
            .of(node)
            .filter(|located| located.triple.predicate.as_str() == KNOWN_OBJECT)
            .map(|located| object(turtle, located))
            .collect::<Result<_, _>>()?,
        cut: share(CUT)?,
        precision: share(PRECISION)?,
        recall: share(RECALL)?,
        seen: literal(SEEN).and_then(|(_, seen)| seen.value().parse().ok()),
        written: literal(WRITTEN).map(|(_, written)| written.value().to_owned()),
        origin: Some(located.object.clone()),
    })
}

/// One of `tg:knownObject`: `[ tg:text "jazz" ; tg:seen 3 ]`, or the words alone, which were seen once then.
fn object(turtle: &Turtle, located: &Located) -> Result<(String, u32), Error> {
    let expected = || located.object.error("expected [ tg:text \"...\" ; tg:seen 1 ] or words".to_owned());
    match &located.triple.object {
        Term::Literal(text) => Ok((text.value().to_owned(), 1)),
        Term::BlankNode(node) => {
            let text = turtle.object(node, TEXT).and_then(wording::literal).ok_or_else(expected)?;
            let seen = turtle.object(node, SEEN).map_or(Ok(1), wording::seen)?;
            Ok((text.value().to_owned(), seen))
        }
        Term::NamedNode(_) => Err(expected()),
    }
}

fn share((located, literal): (&Located, &Literal)) -> Result<f32, Error> {
    let value = literal.value().parse::<f32>().ok().filter(|share| (0.0..=1.0).contains(share));
    value.ok_or_else(|| located.object.error(format!("expected a share from 0.0 to 1.0, found {literal}")))
}
