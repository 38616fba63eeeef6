//! Lemmas: the dictionary form of a word, by rules over its ending.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Upos, Xpos};

/// Rules that were learned from treebanks: for a tag, the longest ending that has a rule decides.
///
/// File: one rule a line, `TAG<tab>ENDING<tab>CUT<tab>ADD`: a word with this Penn tag and this ending loses CUT characters
/// at its end and gains ADD. An ending that starts with `^` is a whole word. Words are in lower case.
#[derive(Clone, Debug, Default)]
pub struct Lemmatizer {
    rules: HashMap<(Xpos, String), (usize, String)>,
}

/// The longest ending that rules look at, in characters.
pub const LONGEST_ENDING: usize = 7;

/// The lemmatizer that comes with the library.
pub fn lemmatizer() -> &'static Lemmatizer {
    static LEMMATIZER: OnceLock<Lemmatizer> = OnceLock::new();
    LEMMATIZER.get_or_init(|| Lemmatizer::read(include_str!("lemma.model")))
}

impl Lemmatizer {
    /// Reads a file of rules; a line that is no rule says nothing.
    pub fn read(text: &str) -> Self {
        let rule = |line: &str| {
            let mut fields = line.split('\t');
            let (tag, ending, cut, add) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
            Some(((Xpos::parse(tag)?, ending.to_string()), (cut.parse().ok()?, add.to_string())))
        };
        Self { rules: text.lines().filter_map(rule).collect() }
    }

    /// The lemma of a word: in lower case, but for names.
    pub fn lemma(&self, text: &str, upos: Upos, xpos: Xpos) -> Box<str> {
        let name = upos == Upos::Propn;
        let lower = normalize(text);
        let key = |ending: String| self.rules.get(&(xpos, ending));
        if let Some((_, lemma)) = key(format!("^{lower}")) {
            return lemma.as_str().into();
        }
        let characters: Vec<char> = lower.chars().collect();
        let longest = characters.len().min(LONGEST_ENDING);
        let rule = (0..=longest).rev().find_map(|n| key(characters[characters.len() - n..].iter().collect()));
        let (cut, add) = rule.map_or((0, ""), |(cut, add)| (*cut, add.as_str()));
        let written: Vec<char> = if name { text.chars().collect() } else { characters };
        let kept = written.len().saturating_sub(cut);
        let shouting = name && written.iter().all(|c| !c.is_lowercase());
        let mut lemma: String = written[..kept].iter().collect();
        lemma.push_str(&if shouting { add.to_uppercase() } else { add.to_string() });
        if lemma.is_empty() { text.into() } else { lemma.into() }
    }
}

/// A word as the rules see it: in lower case, quotes straight.
pub fn normalize(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(|c| if matches!(c, '’' | '‘') { '\'' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_ending_decides() {
        let rules = Lemmatizer::read("NNS\ts\t1\t\nNNS\ties\t3\ty\nNNS\t^mice\t0\tmouse\nnothing");
        let lemma = |word| rules.lemma(word, Upos::Noun, Xpos::Nns);
        assert_eq!(&*lemma("Goats"), "goat");
        assert_eq!(&*lemma("ponies"), "pony");
        assert_eq!(&*lemma("Mice"), "mouse");
        assert_eq!(&*lemma("s"), "s");
    }
}
