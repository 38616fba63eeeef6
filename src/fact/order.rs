//! Order: "Park and Lin founded Quillon and Bex respectively" gives each the one that stands at its own place.

use crate::document::{SentenceId, TokenId};
use crate::syntax::{Deprel, Parsed};

/// Whether a sentence says of two lists that their items belong together in order, and these two stand at different places.
pub fn is_crossed(parsed: &Parsed, sentence: SentenceId, [subject, object]: [TokenId; 2]) -> bool {
    let says_so = |word: TokenId| parsed.text(word).eq_ignore_ascii_case("respectively");
    if !parsed.document().sentence(sentence).iter().any(says_so) {
        return false;
    }
    let (subject, object) = (place(parsed, subject), place(parsed, object));
    subject.count > 1 && subject.count == object.count && subject.index != object.index
}

/// Where a word stands in the list that it is an item of.
struct Place {
    index: usize,
    count: usize,
}

fn place(parsed: &Parsed, word: TokenId) -> Place {
    let first = parsed.word(word).head.filter(|_| parsed.word(word).deprel == Deprel::Conj).unwrap_or(word);
    let is_item = |child: &TokenId| parsed.word(*child).deprel == Deprel::Conj;
    let others: Vec<TokenId> = parsed.children(first).filter(is_item).collect();
    let index = if word == first { 0 } else { others.iter().filter(|other| **other <= word).count() };
    Place { index, count: others.len() + 1 }
}
