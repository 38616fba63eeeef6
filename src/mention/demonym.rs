//! Demonyms: adjectives and nouns of peoples ("Turkish", "Swedes"), which tell what country somebody belongs to.
//!
//! They are terms: they refer to the country only where a fact takes them to.

use super::{Kind, Mention, Number};
use crate::document::{TokenId, TokenRange};
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer;
use crate::syntax::{Parsed, Upos};

/// Every demonym that is no part of a name.
pub fn find(parsed: &Parsed, lexicon: &Lexicon, names: &[Mention]) -> Vec<Mention> {
    let Some(class) = lexicon.core_class("Country") else { return Vec::new() };
    let mut in_name = vec![false; parsed.words().len()];
    for name in names {
        name.tokens.iter().for_each(|token| in_name[token.index()] = true);
    }
    let is_demonym = |token: &TokenId| {
        let nominal = matches!(parsed.word(*token).upos, Upos::Adj | Upos::Noun | Upos::Propn);
        nominal && !in_name[token.index()] && gazetteer::country_of_demonym(parsed.text(*token)).is_some()
    };
    let tokens = (0..parsed.words().len() as u32).map(TokenId).filter(is_demonym);
    let mention = |token: TokenId| Mention {
        tokens: TokenRange::one(token),
        head: token,
        kind: Kind::Term,
        recognized: None,
        class: Some(class),
        is_class_sure: true,
        number: Some(Number::Singular),
        gender: None,
    };
    tokens.map(mention).collect()
}

/// The country that a mention means by a word for its people.
pub fn country(mention: &Mention, text: &str) -> Option<&'static str> {
    let is_demonym = mention.kind == Kind::Term && mention.class.is_some();
    is_demonym.then(|| gazetteer::country_of_demonym(text)).flatten()
}
