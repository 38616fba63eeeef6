//! Taxon: the names of species, a genus with a capital and an epithet without: "Rubus ardensis" (ICN art. 23, ICZN art. 5).

use super::name::{Name, NameClass, is_word, replace};
use crate::document::{Role, TokenId, TokenRange};
use crate::syntax::Parsed;

/// How Latin epithets end.
const ENDINGS: &[&str] =
    &["us", "a", "um", "is", "ii", "i", "ae", "e", "or", "ans", "ens", "ax", "ix", "oides", "frons", "on"];

/// How only they end.
const SURE_ENDINGS: &[&str] = &["ensis", "ense", "oides", "frons", "folia", "folium", "folius", "ii"];

/// Names with those of species whole, in place of what was made of their parts.
pub fn mend(parsed: &Parsed, names: Vec<Name>) -> Vec<Name> {
    let taxon = |tokens| Name { tokens, class: NameClass::Other, confidence: SURE };
    replace(names, find(parsed).into_iter().map(taxon).collect())
}

/// How sure it is that what looks so is a species.
const SURE: f32 = 0.8;

fn find(parsed: &Parsed) -> Vec<TokenRange> {
    let mut found = Vec::new();
    for (id, sentence) in parsed.document().sentences() {
        if parsed.document().role_of(id) != Role::Body {
            continue;
        }
        for start in sentence.iter() {
            let next = TokenId(start.0 + 1);
            let tokens = TokenRange { start, end: TokenId(start.0 + 2) };
            let text = |at: u32| if sentence.contains(TokenId(at)) { parsed.text(TokenId(at)) } else { "" };
            let is_free = found.last().is_none_or(|last: &TokenRange| last.end <= start);
            // Of three such words in a row none is English.
            let goes_on = is_epithet(text(start.0 + 2));
            if sentence.contains(next)
                && is_free
                && is_genus(text(start.0), text(next.0))
                && is_epithet(text(next.0))
                && !goes_on
            {
                found.push(tokens);
            }
        }
    }
    found
}

/// Whether a word before an epithet may be a genus: it is no English word, or the epithet says that all the same.
fn is_genus(word: &str, epithet: &str) -> bool {
    let mut letters = word.chars();
    let shape =
        letters.next().is_some_and(|c| c.is_ascii_uppercase()) && letters.all(|c| c.is_ascii_lowercase());
    let is_said = || SURE_ENDINGS.iter().any(|ending| epithet.ends_with(ending));
    shape && word.len() >= 4 && (is_said() || !is_word(&word.to_lowercase()))
}

fn is_epithet(word: &str) -> bool {
    let shape = word.len() >= 5 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    shape && ENDINGS.iter().any(|ending| word.ends_with(ending)) && !is_word(word)
}
