//! Proper nouns that the recognizer passed over: names of it is not known what, unless their words say so.

use super::name::{Name, NameClass, kind};
use crate::document::{Role, TokenId, TokenRange};
use crate::lexicon::gazetteer;
use crate::syntax::{Deprel, Parsed, Upos};

/// Runs of proper nouns outside of all names: two words or more, or one at a place in its clause where names stand.
///
/// The class is `Other` where the words do not say it ("... Holdings" is a company).
pub fn find(parsed: &Parsed, names: &[Name]) -> Vec<Name> {
    let mut free = vec![true; parsed.words().len()];
    names.iter().for_each(|name| free[name.tokens.indices()].fill(false));
    let mut found = Vec::new();
    for (id, sentence) in parsed.document().sentences() {
        if parsed.document().role_of(id) != Role::Body {
            continue;
        }
        let is_proper = |token: TokenId| free[token.index()] && is_proper_noun(parsed, token);
        let mut at = sentence.start;
        while at < sentence.end {
            let length = (at.0..sentence.end.0).take_while(|token| is_proper(TokenId(*token))).count() as u32;
            if length == 0 {
                at.0 += 1;
                continue;
            }
            let tokens = TokenRange { start: at, end: TokenId(at.0 + length) };
            found.extend(read(parsed, tokens, sentence.start));
            at = tokens.end;
        }
    }
    found
}

fn is_proper_noun(parsed: &Parsed, token: TokenId) -> bool {
    let text = parsed.text(token);
    let word = text.chars().count() > 1 && text.starts_with(char::is_uppercase);
    word && parsed.word(token).upos == Upos::Propn && !text.ends_with('.') && !is_calendar(text)
}

fn is_calendar(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    WORDS.contains(&text)
}

fn read(parsed: &Parsed, tokens: TokenRange, sentence_start: TokenId) -> Option<Name> {
    let words: Vec<&str> = tokens.iter().map(|token| parsed.text(token)).collect();
    let deprel = parsed.word(parsed.head_of(tokens)).deprel;
    let argument = matches!(
        deprel,
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::OblAgent | Deprel::Appos | Deprel::NmodPoss
    );
    if words.last().is_some_and(|last| gazetteer::is_title(last)) {
        return None; // "the US President"
    }
    let fits = words.len() > 1 || (argument && tokens.start != sentence_start);
    let class = kind::kind_of_words(&words).unwrap_or(NameClass::Other);
    fits.then_some(Name { tokens, class, confidence: UNKNOWN })
}

/// How sure it is that these are names of what their words say.
const UNKNOWN: f32 = 0.5;
