//! The past: whether something is said to have been so once.

use super::words::{ONCE, PAST, STATES};
use crate::document::TokenId;
use crate::syntax::{Deprel, Parsed, Upos};

/// The word that says that something was so once: "former", "late", "ex-", "used to".
pub fn past(parsed: &Parsed, anchors: &[TokenId]) -> Option<TokenId> {
    anchors.iter().find_map(|anchor| past_before(parsed, *anchor).or_else(|| past_beside(parsed, *anchor)))
}

/// The word before a noun, or the beginning of one, that says so.
fn past_before(parsed: &Parsed, anchor: TokenId) -> Option<TokenId> {
    let is_past = |word: &TokenId| {
        let form = parsed.text(*word).to_lowercase();
        let begins = ["ex-", "then-"].iter().any(|past| form.starts_with(past));
        begins || (*word != anchor && PAST.contains(&parsed.lemma(*word).to_lowercase().as_str()))
    };
    let continues = |word: &TokenId| {
        matches!(parsed.word(*word).upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Adv)
            || parsed.text(*word) == "-"
    };
    if matches!(parsed.word(anchor).upos, Upos::Verb | Upos::Aux) {
        return None;
    }
    let sentence = parsed.sentence_around(anchor);
    let mut before = (sentence.start.0..anchor.0 + 1).rev().map(TokenId).take(5).take_while(continues);
    before.find(is_past)
}

/// "once lived", "used to work".
fn past_beside(parsed: &Parsed, anchor: TokenId) -> Option<TokenId> {
    let word = parsed.word(anchor);
    let is_state = word.upos != Upos::Verb || STATES.contains(&&*word.lemma);
    let is_once = |child: &TokenId| {
        parsed.word(*child).deprel == Deprel::Advmod
            && ONCE.contains(&parsed.lemma(*child).to_lowercase().as_str())
    };
    let used = word.head.filter(|head| {
        word.deprel == Deprel::Xcomp
            && parsed.lemma(*head) == "use"
            && parsed.children(*head).all(|child| parsed.word(child).deprel != Deprel::AuxPass)
    });
    used.or_else(|| parsed.children(anchor).find(is_once).filter(|_| is_state))
}
