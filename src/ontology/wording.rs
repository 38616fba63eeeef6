//! Wordings: phrases and roles, plain or with what was learned about them.

use oxrdf::{Literal, Term};

use super::locate::{Located, Turtle};
use super::vocabulary::{PHRASE, PRECISION, SEEN, TEXT};
use super::{Error, Origin, Wording};

/// Reads the object of `tg:phrase` or `tg:role`: a string, or a blank node with `tg:text`, `tg:precision`, `tg:seen`.
pub(super) fn read(turtle: &Turtle, located: &Located) -> Result<Wording, Error> {
    check_language(located)?;
    let is_phrase = located.triple.predicate.as_str() == PHRASE;
    let example = if is_phrase { r#""{subject} founded {object}""# } else { r#""founder""# };
    let wording = match &located.triple.object {
        Term::Literal(text) => wording(text, located, None, None),
        Term::BlankNode(node) => {
            let text = turtle.object(node, TEXT).and_then(|inner| literal(inner).map(|text| (inner, text)));
            let Some((inner, text)) = text else {
                return Err(located
                    .object
                    .error(format!("expected [ tg:text {example} ], found no tg:text in it")));
            };
            check_language(inner)?;
            let precision = turtle.object(node, PRECISION).map(precision).transpose()?;
            let seen = turtle.object(node, SEEN).map(seen).transpose()?;
            wording(text, inner, precision, seen)
        }
        Term::NamedNode(iri) => {
            return Err(located.object.error(format!("expected a string such as {example}, found {iri}")));
        }
    };
    if is_phrase {
        check_phrase(&wording)?
    } else {
        check_role(&wording)?
    }
    Ok(wording)
}

fn wording(text: &Literal, located: &Located, precision: Option<f32>, seen: Option<u32>) -> Wording {
    Wording { text: text.value().trim().to_owned(), precision, seen, origin: located.object.clone() }
}

/// Wordings are English, whether they say so or not.
fn check_language(located: &Located) -> Result<(), Error> {
    let language = literal(located).and_then(Literal::language).map(str::to_ascii_lowercase);
    match language {
        Some(language) if language != "en" && !language.starts_with("en-") => {
            Err(located.object.error(format!("expected English words, found the language tag @{language}")))
        }
        _ => Ok(()),
    }
}

pub(super) fn literal(located: &Located) -> Option<&Literal> {
    if let Term::Literal(literal) = &located.triple.object { Some(literal) } else { None }
}

fn precision(located: &Located) -> Result<f32, Error> {
    let value = literal(located).and_then(|literal| literal.value().parse::<f32>().ok());
    value.filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| {
        let message =
            format!("expected a share from 0.0 to 1.0 for tg:precision, found {}", located.triple.object);
        located.object.error(message)
    })
}

pub(super) fn seen(located: &Located) -> Result<u32, Error> {
    literal(located).and_then(|literal| literal.value().parse().ok()).ok_or_else(|| {
        let message =
            format!("expected a whole number such as 41 for tg:seen, found {}", located.triple.object);
        located.object.error(message)
    })
}

/// A phrase has `{subject}` and `{object}` once each, no other braces, and words beside them.
fn check_phrase(wording: &Wording) -> Result<(), Error> {
    let text = &wording.text;
    let fail = |what: &str| {
        let message = format!(
            "expected a phrase with {{subject}} and {{object}} once each, such as \"{{subject}} founded {{object}}\"; \
             {what} in \"{text}\""
        );
        Err(wording.origin.error(message))
    };
    let mut counts = [0, 0];
    let mut words = String::new();
    let mut rest = text.as_str();
    while let Some(open) = rest.find(['{', '}']) {
        let close = rest[open..].find('}').filter(|_| rest[open..].starts_with('{'));
        let Some(close) = close else { return fail("found a brace without its other half") };
        words.push_str(&rest[..open]);
        match &rest[open..=open + close] {
            "{subject}" => counts[0] += 1,
            "{object}" => counts[1] += 1,
            other => return fail(&format!("found {other}")),
        }
        rest = &rest[open + close + 1..];
    }
    words.push_str(rest);
    match counts {
        [1, 1] if words.chars().any(char::is_alphanumeric) => Ok(()),
        [1, 1] => fail("found no word beside them"),
        [0, _] => fail("found no {subject}"),
        [_, 0] => fail("found no {object}"),
        _ => fail("found one twice"),
    }
}

/// A role is a noun, with no place for anything.
fn check_role(wording: &Wording) -> Result<(), Error> {
    let text = &wording.text;
    if text.contains(['{', '}']) || !text.chars().any(char::is_alphanumeric) {
        let message = format!(
            "expected a noun such as \"founder\" for tg:role, found \"{text}\"; a tg:phrase has places"
        );
        return Err(wording.origin.error(message));
    }
    Ok(())
}

impl Origin {
    /// What is wrong here.
    pub(crate) fn error(&self, message: impl Into<String>) -> Error {
        Error { origin: self.clone(), message: message.into() }
    }
}
