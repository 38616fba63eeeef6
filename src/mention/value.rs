//! Values: dates, numbers and occupations, each ready to be an RDF literal.

pub mod date;
mod number;

use oxrdf::Literal;

use super::{Kind, Mention};
use crate::document::{TokenId, TokenRange};
use crate::lexicon::Lexicon;
use crate::syntax::{Deprel, Parsed, Upos, Xpos};

/// Every value outside of names.
pub fn find(parsed: &Parsed, lexicon: &Lexicon, names: &[Mention]) -> Vec<Mention> {
    let mut taken = vec![false; parsed.words().len()];
    let mut take = |range: TokenRange| taken[range.indices()].fill(true);
    names.iter().for_each(|name| take(name.tokens));
    let mut found = Vec::new();
    for (tokens, literal) in date::find(parsed) {
        take(tokens);
        found.push(mention(parsed, tokens, literal));
    }
    for index in 0..parsed.words().len() {
        let id = TokenId(index as u32);
        if taken[index] {
            continue;
        }
        if let Some((tokens, literal)) = number::read(parsed, id) {
            tokens.iter().for_each(|token| taken[token.index()] = true);
            found.push(mention(parsed, tokens, literal));
        } else if let Some(tokens) = occupation(parsed, lexicon, id, &taken) {
            found.push(mention(parsed, tokens, Literal::new_simple_literal(noun_text(parsed, tokens))));
        }
    }
    found
}

fn mention(parsed: &Parsed, tokens: TokenRange, literal: Literal) -> Mention {
    let head = parsed.head_of(tokens);
    Mention {
        tokens,
        head,
        kind: Kind::Value(literal),
        recognized: None,
        class: None,
        is_class_sure: true,
        number: None,
        gender: None,
    }
}

/// A noun for what somebody does, with the nouns before it ("film director").
fn occupation(parsed: &Parsed, lexicon: &Lexicon, id: TokenId, taken: &[bool]) -> Option<TokenRange> {
    let word = parsed.word(id);
    let common = word.upos == Upos::Noun || matches!(word.deprel, Deprel::NmodDesc);
    let plural = matches!(word.xpos, Xpos::Nns | Xpos::Nnps);
    let next = TokenId(id.0 + 1);
    let begins_role = |last: &str| {
        let words = [parsed.text(id).to_lowercase(), last.to_owned()];
        lexicon.roles_of(last).iter().any(|role| {
            role.words.len() == 2 && role.words.iter().zip(&words).all(|(word, here)| **word == **here)
        })
    };
    // "chief" is no occupation before "executive".
    let part = parsed.sentence_around(id).contains(next) && begins_role(&parsed.text(next).to_lowercase());
    let singular_subject = plural && parsed.enhanced(parsed.document().sentence_of(id)).below(id).len() < 2;
    if !common
        || part
        || singular_subject
        || RELATIONS.contains(&&*word.lemma.to_lowercase())
        || !lexicon.nouns().is_occupation(&word.lemma.to_lowercase())
    {
        return None;
    }
    let sentence = parsed.sentence_around(id);
    let mut start = id;
    while start > sentence.start {
        let before = TokenId(start.0 - 1);
        let whole = TokenRange { start: before, end: TokenId(id.0 + 1) };
        let compound = parsed.word(before).deprel == Deprel::Compound && parsed.word(before).head == Some(id);
        let common = compound && !matches!(parsed.word(before).xpos, Xpos::Nnp | Xpos::Nnps);
        // "prime minister", "attorney general": known as a whole, whatever its parts are.
        let known = || lexicon.nouns().is_occupation(&noun_text(parsed, whole));
        if taken[before.index()] || !(common || known()) {
            break;
        }
        start = before;
    }
    Some(TokenRange { start, end: TokenId(id.0 + 1) })
}

/// Nouns that say what somebody is to something, not what he does for a living.
const RELATIONS: &[&str] = &[
    "founder",
    "co-founder",
    "cofounder",
    "owner",
    "co-owner",
    "creator",
    "star",
    "head",
    "leader",
    "member",
    "representative",
    "winner",
    "champion",
    "successor",
    "predecessor",
    "veteran",
    "volunteer",
    "employee",
    "worker",
    "expert",
    "professional",
    "partner",
    "follower",
    "supporter",
    "master",
    "finalist",
    "fellow",
    "host",
    "guest",
    "candidate",
    "nominee",
    "executive",
];

/// The words in lower case, the last one in the singular.
fn noun_text(parsed: &Parsed, tokens: TokenRange) -> String {
    let last = TokenId(tokens.end.0 - 1);
    let mut text: String = parsed.document().slice(parsed.document().span(tokens)).to_lowercase();
    let form = parsed.text(last).to_lowercase();
    if text.ends_with(&form) {
        text.truncate(text.len() - form.len());
        text.push_str(&parsed.lemma(last).to_lowercase());
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
