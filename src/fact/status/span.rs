//! Spans of time that have ended: "until 2003", "from 1998 to 2003", "(1998-2003)".

use crate::document::TokenId;
use crate::syntax::{Deprel, Parsed, Upos, Xpos};

/// How many words a span of time has at most.
const LENGTH: u32 = 10;

/// The word that begins a span of time beside some words, or beside what they hang on, that has ended.
pub fn ended(parsed: &Parsed, anchors: &[TokenId], object: TokenId, is_person: bool) -> Option<TokenId> {
    let governors = |word: &TokenId| {
        let is_as = |child: TokenId| parsed.word(child).deprel == Deprel::Case && parsed.lemma(child) == "as";
        parsed.word(*word).head.filter(|_| parsed.children(*word).any(is_as))
    };
    let above = anchors.iter().chain([&object]).filter_map(governors);
    let words: Vec<TokenId> = anchors.iter().copied().chain(above).chain([object]).collect();
    // "is president until 2050"
    let is_present = |word: &TokenId| {
        let verbs = parsed.children(*word).filter(|child| is_helper(parsed, *child)).chain([*word]);
        verbs.into_iter().any(|verb| matches!(parsed.word(verb).xpos, Xpos::Vbz | Xpos::Vbp))
    };
    let is_perfect = |word: &TokenId| parsed.children(*word).any(|child| parsed.text(child) == "been");
    if words.iter().any(|word| is_present(word) && !is_perfect(word)) {
        return None;
    }
    // "Holt (1901-1980)": years in brackets after the object are its own.
    let is_own = |word: TokenId, begin: TokenId| (is_person || word == object) && is_year(parsed, begin);
    let begins = |word: TokenId| {
        parsed.children(word).filter_map(|time| beginning(parsed, time)).find(|begin| !is_own(word, *begin))
    };
    words.into_iter().find_map(begins)
}

fn is_helper(parsed: &Parsed, word: TokenId) -> bool {
    matches!(parsed.word(word).deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
}

/// The first word of an ended span, if a word hangs on its governor as the head of one.
fn beginning(parsed: &Parsed, time: TokenId) -> Option<TokenId> {
    let places = [
        Deprel::Obl,
        Deprel::Nmod,
        Deprel::Advcl,
        Deprel::Appos,
        Deprel::NmodUnmarked,
        Deprel::OblUnmarked,
        Deprel::Nummod,
        Deprel::Parataxis,
        Deprel::Dep,
    ];
    if !places.contains(&parsed.word(time).deprel) {
        return None;
    }
    let opener = parsed
        .children(time)
        .find(|child| *child < time && matches!(parsed.word(*child).deprel, Deprel::Case | Deprel::Mark));
    let Some(opener) = opener else { return dashed(parsed, time) };
    let is_ended = match parsed.lemma(opener) {
        "until" | "till" => true,
        "from" => reaches(parsed, opener, &["to", "until", "till", "through", "-", "\u{2013}"]),
        "between" => reaches(parsed, opener, &["and"]),
        _ => return dashed(parsed, time),
    };
    is_ended.then_some(opener)
}

fn is_year(parsed: &Parsed, word: TokenId) -> bool {
    let text = parsed.text(word);
    parsed.word(word).upos == Upos::Num && text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a year follows after one of some words that follows a word: "from May 1998 to 2003".
fn reaches(parsed: &Parsed, opener: TokenId, joints: &[&str]) -> bool {
    let after = following(parsed, opener);
    let joint = after.iter().position(|word| joints.contains(&parsed.text(*word).to_lowercase().as_str()));
    let Some(joint) = joint else { return false };
    let is_death = |word: &TokenId| matches!(parsed.lemma(*word), "death" | "retirement" | "resignation");
    after[joint..].iter().take(5).any(|word| is_year(parsed, *word) || is_death(word))
}

fn following(parsed: &Parsed, word: TokenId) -> Vec<TokenId> {
    let end = parsed.sentence_around(word).end.0;
    (word.0 + 1..end.min(word.0 + 1 + LENGTH)).map(TokenId).collect()
}

/// "(1998-2003)", "1998 to 2003"
fn dashed(parsed: &Parsed, year: TokenId) -> Option<TokenId> {
    let after = following(parsed, year);
    let [dash, end] = after.get(..2)? else { return None };
    let is_dash = matches!(parsed.text(*dash), "-" | "\u{2013}" | "\u{2014}" | "to");
    (is_dash && is_year(parsed, year) && is_year(parsed, *end)).then_some(year)
}
