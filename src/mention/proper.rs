//! Proper nouns that the recognizer passed over: names of it is not known what, unless their words say so.

use std::collections::{HashMap, HashSet};

use super::name::{Name, NameClass, kind};
use super::value::date;
use crate::document::{Role, TokenId, TokenRange};
use crate::lexicon::gazetteer;
use crate::syntax::{Deprel, Parsed, Upos};

/// Runs of proper nouns outside of all names: two words or more, or one at a place in its clause where names stand.
///
/// The class is `Other` where the words do not say it ("... Holdings" is a company).
pub fn find(parsed: &Parsed, names: &[Name]) -> Vec<Name> {
    let mut free = vec![true; parsed.words().len()];
    names.iter().for_each(|name| free[name.tokens.indices()].fill(false));
    let known = Known::of(parsed, names);
    let mut found: Vec<Name> = Vec::new();
    for (id, sentence) in parsed.document().sentences() {
        if parsed.document().role_of(id) != Role::Body {
            continue;
        }
        found.extend(known.at_start(parsed, sentence.start).filter(|_| free[sentence.start.index()]));
        let is_proper = |token: TokenId| free[token.index()] && is_proper_noun(parsed, token);
        let opens = found.last().is_some_and(|name| name.tokens.start == sentence.start);
        let mut at = TokenId(sentence.start.0 + u32::from(opens));
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

/// What else in a document is known to be a name.
struct Known<'p> {
    /// Names of one word.
    names: HashMap<&'p str, NameClass>,
    /// Words that the document also writes small.
    small: HashSet<&'p str>,
}

impl<'p> Known<'p> {
    fn of<'s: 'p>(parsed: &'p Parsed<'s>, names: &[Name]) -> Self {
        let single = names.iter().filter(|name| name.tokens.len() == 1);
        let names = single.map(|name| (parsed.text(name.tokens.start), name.class)).collect();
        let texts = (0..parsed.words().len() as u32).map(|id| parsed.text(TokenId(id)));
        let small = texts.filter(|text| text.starts_with(char::is_lowercase)).collect();
        Self { names, small }
    }

    /// The name that opens a sentence, where a capital says nothing, if it is a name elsewhere.
    fn at_start(&self, parsed: &Parsed, start: TokenId) -> Option<Name> {
        let text = parsed.text(start);
        let class = *self.names.get(text).filter(|_| !self.small.contains(text.to_lowercase().as_str()))?;
        Some(Name { tokens: TokenRange::one(start), class, confidence: 1.0 })
    }
}

fn is_proper_noun(parsed: &Parsed, token: TokenId) -> bool {
    let text = parsed.text(token);
    let word = text.chars().count() > 1 && text.starts_with(char::is_uppercase);
    word && parsed.word(token).upos == Upos::Propn && !text.ends_with('.') && !date::is_calendar_word(text)
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
