//! Mood: questions, orders, what would be, and what is so in a tale only.

use super::words::{CONTENT, DREAMS, HEARSAY, LIFE, SCREENS, TALE_PARTS, TALES, UNREAL};
use super::{PLAIN, Stance, View, stance};
use crate::document::TokenId;
use crate::fact::Status;
use crate::syntax::{Deprel, Upos, Xpos};

/// How many words a heading before a colon has at most.
const HEADING: usize = 4;

impl View<'_, '_> {
    /// "In the novel she marries", "in her dream she married", "according to legend".
    pub(super) fn is_tale(&self, clause: TokenId, noun: TokenId) -> bool {
        let Some(case) = self.child(noun, &[Deprel::Case]).map(|case| self.form(case)) else { return false };
        let is_end = self.ends.iter().any(|end| self.is_within(*end, noun));
        if case == "according" {
            return self.is_any(noun, CONTENT) || self.is_unsure(noun);
        }
        if case == "on" && self.is_any(noun, SCREENS) && !is_end {
            return true;
        }
        let is_definite = self.child(noun, &[Deprel::Det, Deprel::NmodPoss]).is_some();
        // Who stars in a film does so in truth, and nobody marries in one.
        let is_told = || {
            let verb = self.child(clause, &[Deprel::Cop]).unwrap_or(clause);
            self.is_present(verb) || self.is_any(clause, LIFE)
        };
        case == "in"
            && is_definite
            && !is_end
            && (self.is_any(noun, DREAMS) || (self.is_of_tale(noun) && is_told()))
    }

    /// "the novel", "the last season of the series"
    fn is_of_tale(&self, noun: TokenId) -> bool {
        let is_part = self.is_any(noun, TALE_PARTS);
        self.is_any(noun, TALES) || is_part && self.children(noun).any(|child| self.is_any(child, TALES))
    }

    /// "Rumour: she married", "Fake news: ...": what a text calls so before a colon.
    pub(super) fn headed(&self, word: TokenId) -> Stance {
        let sentence = self.parsed.sentence_around(word);
        let words: Vec<TokenId> = (sentence.start.0..word.0).map(TokenId).collect();
        let colon = words.iter().position(|word| self.form(*word) == ":");
        let heading = &words[..colon.filter(|length| *length <= HEADING).unwrap_or(0)];
        let is_unsure = |word: &&TokenId| {
            self.is_any(**word, CONTENT)
                || self.is_any(**word, UNREAL)
                || self.is_any(**word, HEARSAY)
                || self.is_doubtful(**word)
        };
        heading.iter().find(is_unsure).map_or(PLAIN, |word| stance(Status::Reported, *word))
    }

    pub(super) fn is_within(&self, word: TokenId, above: TokenId) -> bool {
        std::iter::successors(Some(word), |word| self.parsed.word(*word).head).any(|word| word == above)
    }

    /// "Had she founded it", "should they buy it".
    pub(super) fn inverted(&self, word: TokenId) -> Stance {
        let subject = self.child(word, &[Deprel::Nsubj, Deprel::NsubjPass]);
        let first = |child: &TokenId| {
            let opens = child.0 == self.parsed.sentence_around(*child).start.0
                || self.parsed.word(TokenId(child.0 - 1)).upos == Upos::Punct;
            matches!(self.deprel(*child), Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
                && matches!(&*self.form(*child), "had" | "should" | "were")
                && subject.is_some_and(|subject| *child < subject)
                && opens
        };
        self.children(word).find(first).map_or(PLAIN, |verb| stance(Status::Possible, verb))
    }

    /// "Buy it!"
    pub(super) fn ordered(&self, word: TokenId) -> Stance {
        let helpers = [Deprel::Aux, Deprel::AuxPass, Deprel::Mark, Deprel::Cop];
        let subject = self.child(word, &[Deprel::Nsubj]);
        let is_called = |subject: TokenId| {
            (subject.0 + 1..word.0).all(|id| self.parsed.word(TokenId(id)).upos == Upos::Punct)
                && subject.0 + 1 < word.0
        };
        let is_order = self.xpos(word) == Xpos::Vb
            && self.deprel(word) == Deprel::Root
            && self.child(word, &helpers).is_none()
            && subject.is_none_or(is_called);
        if is_order { stance(Status::Possible, word) } else { PLAIN }
    }

    /// A word is part of a question if a question mark follows, and no quotation begins or ends between.
    pub(super) fn question(&self, word: TokenId) -> Stance {
        let sentence = self.parsed.sentence_around(word);
        let mut quotes = 0;
        for id in (word.0 + 1..sentence.end.0).map(TokenId) {
            match self.parsed.text(id) {
                "?" if quotes % 2 == 0 => return stance(Status::Possible, id),
                "\"" | "\u{201c}" | "\u{201d}" | "``" | "''" => quotes += 1,
                ":" => break,
                _ => {}
            }
        }
        PLAIN
    }
}
