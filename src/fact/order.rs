//! Order: "Park and Lin founded Quillon and Bex respectively" gives each the one that stands at its own place.

use crate::document::{SentenceId, TokenId};
use crate::syntax::Parsed;

/// Whether a sentence says of two lists that their items belong together in order, and these two stand at different places.
pub fn is_crossed(parsed: &Parsed, sentence: SentenceId, [subject, object]: [TokenId; 2]) -> bool {
    let says_so = |word: TokenId| parsed.text(word).eq_ignore_ascii_case("respectively");
    if !parsed.document().sentence(sentence).iter().any(says_so) {
        return false;
    }
    let [subjects, objects] = [subject, object].map(|word| parsed.coordination(word));
    let place = |list: &[TokenId], word: TokenId| list.iter().position(|item| *item == word);
    subjects.len() > 1
        && subjects.len() == objects.len()
        && place(&subjects, subject) != place(&objects, object)
}
