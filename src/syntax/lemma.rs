//! Lemmas: the dictionary form of a word, by rules over its ending.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Upos, Xpos, meaning};

/// Rules that were learned from treebanks: for a tag, the longest ending that has a rule decides.
///
/// File: one rule a line, `TAG<tab>ENDING<tab>CUT<tab>ADD`: a word with this Penn tag and this ending loses CUT characters
/// at its end and gains ADD. An ending that starts with `^` is a whole word. Words are in lower case.
#[derive(Clone, Debug, Default)]
pub struct Lemmatizer {
    /// For each tag, by its number.
    tags: Vec<Rules>,
}

/// The rules for one tag.
#[derive(Clone, Debug, Default)]
struct Rules {
    words: HashMap<Box<str>, Rule>,
    endings: HashMap<Box<str>, Rule>,
}

/// How many characters a word loses, and what it gains.
type Rule = (usize, Box<str>);

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
        let mut tags = vec![Rules::default(); Xpos::ALL.len()];
        for line in text.lines() {
            let mut fields = line.split('\t');
            let mut next = || fields.next();
            let (Some(tag), Some(ending), Some(cut), Some(add)) = (next(), next(), next(), next()) else {
                continue;
            };
            let (Some(tag), Ok(cut)) = (Xpos::parse(tag), cut.parse()) else { continue };
            let rules = &mut tags[tag as usize];
            match ending.strip_prefix('^') {
                Some(word) => rules.words.insert(word.into(), (cut, add.into())),
                None => rules.endings.insert(ending.into(), (cut, add.into())),
            };
        }
        Self { tags }
    }

    /// The lemma of a word: in lower case, but for names.
    pub fn lemma(&self, text: &str, upos: Upos, xpos: Xpos) -> Box<str> {
        let name = upos == Upos::Propn;
        let lower = normalize(text);
        let rules = &self.tags[xpos as usize];
        if let Some((_, lemma)) = rules.words.get(lower.as_str()) {
            return lemma.clone();
        }
        let (cut, add) = rules.of_ending(&lower);
        let written = if name { text } else { &lower };
        let kept = match cut {
            0 => written,
            _ => written.char_indices().nth_back(cut - 1).map_or("", |(end, _)| &written[..end]),
        };
        let shouting = name && written.chars().all(|c| !c.is_lowercase());
        let lemma = match add {
            "" => kept.into(),
            _ if shouting => kept.to_owned() + &add.to_uppercase(),
            _ => kept.to_owned() + add,
        };
        let is_sure = upos != Upos::Verb || meaning::is_known(&lemma);
        let other = if is_sure { None } else { known_verb(&lower, xpos) };
        match other {
            Some(verb) => verb.into(),
            None if lemma.is_empty() => text.into(),
            None => lemma.into(),
        }
    }
}

/// The verb that a regular form may be of, and that was seen: "joked" is of "joke", as nobody joks.
fn known_verb(form: &str, xpos: Xpos) -> Option<String> {
    let endings: &[(&str, &[&str])] = match xpos {
        Xpos::Vbd | Xpos::Vbn => &[("ied", &["y", "ie"]), ("ed", &["", "e"])],
        Xpos::Vbg => &[("ying", &["y", "ie", "ye"]), ("ing", &["", "e"])],
        _ => return None,
    };
    let (stem, adds) = endings.iter().find_map(|(ending, adds)| Some((form.strip_suffix(ending)?, adds)))?;
    let mut verbs = adds.iter().map(|add| format!("{stem}{add}"));
    verbs.find(|verb| meaning::is_known(verb))
}

impl Rules {
    /// What the longest ending of a word that has a rule says.
    fn of_ending(&self, word: &str) -> (usize, &str) {
        let begin = word.char_indices().rev().take(LONGEST_ENDING).last().map_or(0, |(begin, _)| begin);
        let longest = &word[begin..];
        let mut endings = longest.char_indices().map(|(at, _)| &longest[at..]).chain([""]);
        let rule = endings.find_map(|ending| self.endings.get(ending));
        rule.map_or((0, ""), |(cut, add)| (*cut, add))
    }
}

/// A word as the rules see it: in lower case, quotes straight.
pub fn normalize(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
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
