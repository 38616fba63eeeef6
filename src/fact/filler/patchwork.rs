//! Patchwork: terms that reach over more than one thing, or not to the end of one: "voices of Ann Holt", "Elm Hall in Oslo",
//! "1957 at Elm Labs". Nothing is called so, and no fact is about it.

use std::collections::HashMap;

use super::Filler;
use crate::document::{TokenId, TokenRange};
use crate::syntax::{Parsed, Upos};

/// Where the names of a text end.
pub struct Names {
    /// For each token after a name, where the shortest name begins that ends before it.
    starts: HashMap<TokenId, TokenId>,
}

impl Names {
    pub fn of(fillers: &[Filler]) -> Self {
        let mut starts: HashMap<TokenId, TokenId> = HashMap::new();
        for filler in fillers.iter().filter(|filler| filler.is_name() && !is_term(filler)) {
            let start = starts.entry(filler.tokens.end).or_insert(filler.tokens.start);
            *start = (*start).max(filler.tokens.start);
        }
        Self { starts }
    }

    /// Whether a name ends before a token that does not begin before the term.
    fn end_before(&self, token: TokenId, term: TokenRange) -> bool {
        self.starts.get(&token).is_some_and(|start| *start >= term.start)
    }
}

/// Words in capitals that the recognizer did not find.
fn is_term(filler: &Filler) -> bool {
    matches!(filler.sort, "Title" | "Mixed")
}

/// Whether a filler is a term that no one thing is called.
pub fn is_patchwork(parsed: &Parsed, names: &Names, filler: &Filler) -> bool {
    let tokens = filler.tokens;
    let text = |token: TokenId| parsed.text(token);
    let joins = |token: &TokenId| {
        tokens.contains(*token)
            && *token > tokens.start
            && matches!(text(*token), "in" | "from" | "at" | "for" | "with" | "by" | "on")
    };
    let begins_small = || filler.sort == "Mixed" && is_small(text(tokens.start));
    let goes_on = || tokens.iter().filter(joins).any(|token| names.end_before(token, tokens));
    let is_number = || text(tokens.start).bytes().all(|byte| byte.is_ascii_digit());
    let begins_with_number = || is_number() && joins(&TokenId(tokens.start.0 + 1));
    is_term(filler)
        && (begins_small()
            || begins_with_conjunction(parsed, tokens)
            || ends_with_article(parsed, tokens)
            || goes_on()
            || begins_with_number()
            || is_glossed(parsed, tokens))
}

/// "Although Elm Hall", "In 1964 the Elm Hall"
fn begins_with_conjunction(parsed: &Parsed, tokens: TokenRange) -> bool {
    let opens = tokens.start == parsed.sentence_around(tokens.start).start;
    let upos = parsed.word(tokens.start).upos;
    opens && tokens.len() > 1 && matches!(upos, Upos::Adp | Upos::Sconj | Upos::Cconj)
}

/// "Praia da" before what the beach is called after.
fn ends_with_article(parsed: &Parsed, tokens: TokenRange) -> bool {
    let last = TokenId(tokens.end.0 - 1);
    matches!(parsed.word(last).upos, Upos::Adp | Upos::Det) && is_small(parsed.text(last))
}

/// "Elm (Electric Motors)"; but "Elm (film)" and "Elm (V-2)" are names.
fn is_glossed(parsed: &Parsed, tokens: TokenRange) -> bool {
    let at = |bracket: &str| tokens.iter().find(|token| parsed.text(*token) == bracket);
    let (Some(open), Some(close)) = (at("("), at(")")) else { return false };
    let is_capital_word =
        |text: &str| text.starts_with(char::is_uppercase) && text.chars().all(char::is_alphabetic);
    let mut inside = (open.0 + 1..close.0).map(|token| parsed.text(TokenId(token)));
    inside.len() > 1 || inside.any(is_capital_word)
}

fn is_small(text: &str) -> bool {
    text.chars().all(char::is_lowercase)
}
