//! Mend: what is known of names for sure, whatever the model says.
//!
//! A title is no part of a person's name, but for rulers and saints, who are known by theirs; and a people is no person.

use super::cluster::hash;
use super::look::{Case, Look};
use super::model::{Labelling, Model, Row};
use super::{Name, NameClass};
use crate::document::{TokenId, TokenRange};
use crate::lexicon::gazetteer;

/// Titles that stay in a name: without them, "Queen Elizabeth" would be anybody.
const KEPT: [&str; 14] = [
    "Queen", "King", "Prince", "Princess", "Pope", "Saint", "St.", "St", "Emperor", "Empress", "Sultan",
    "Lord", "Lady", "Tsar",
];

/// Last words of names that are awards, whatever they are called after.
const AWARDS: [&str; 6] = ["prize", "award", "awards", "medal", "trophy", "scholarship"];

/// A name as it should be; `None` where no name is left. `words` are its words, `before` the one before it, if any.
pub fn mend(name: Name, words: &[&str], before: Option<&str>) -> Option<Name> {
    let last = words.last().map(|word| word.to_lowercase());
    if words.len() > 1 && last.is_some_and(|last| AWARDS.contains(&last.as_str())) {
        return Some(Name { class: NameClass::Award, ..name });
    }
    if name.class != NameClass::Person {
        return Some(name);
    }
    let cut = title_length(words);
    if cut == words.len() {
        return None;
    }
    // A given name that the model took for something else: "Dean Kamen".
    let is_given =
        |word: &str| gazetteer::given_name_gender(word).is_some() && word.starts_with(char::is_uppercase);
    let gained = u32::from(cut == 0 && words.len() == 1 && before.is_some_and(is_given));
    let start = TokenId(name.tokens.start.0 + cut as u32 - gained);
    let is_people = words.len() - cut == 1 && gazetteer::country_of_demonym(words[cut]).is_some();
    let class = if is_people { NameClass::Other } else { name.class };
    Some(Name { tokens: TokenRange { start, ..name.tokens }, class, ..name })
}

/// How many words at the beginning of a person's name are titles, with the country or people before them ("US President").
fn title_length(words: &[&str]) -> usize {
    let mut cut = 0;
    loop {
        let rest = &words[cut..];
        let is_title = |at: usize| {
            // "Dean" before one more word is a given name.
            let is_given = |word: &str| rest.len() == at + 2 && gazetteer::given_name_gender(word).is_some();
            rest.get(at)
                .is_some_and(|word| gazetteer::is_title(word) && !KEPT.contains(word) && !is_given(word))
        };
        let is_nation = |word: &str| {
            gazetteer::country_of_demonym(word).is_some()
                || gazetteer::place(word) == Some(gazetteer::PlaceKind::Country)
                || matches!(word, "US" | "Vice" | "Former" | "Deputy")
        };
        match rest {
            [first, _, ..] if is_title(1) && is_nation(first) => cut += 2,
            [first, second, ..] if gazetteer::is_title(&format!("{first} {second}")) => cut += 2,
            [_, ..] if is_title(0) => cut += 1,
            _ => return cut,
        }
    }
}

/// The bonus of the class that the noun before a name says, in log-odds, where the clause ends or pauses after the name.
const NOUN: f32 = 6.0;
/// The same where the sentence goes on: "the company Coker founded" is another matter.
const NOUN_AND_MORE: f32 = 2.0;

/// Adds to the scores of names that a noun stands before what the noun says ("the clothing company Wren" is an
/// organization, whosever name Wren might be); returns whether anything was added.
pub fn heed_nouns(looks: &[Look], labelling: &Labelling, model: &Model, scores: &mut [Row<i32>]) -> bool {
    let mut changed = false;
    for start in 1..looks.len() {
        let label = labelling.labels[start];
        let quoted = looks[start - 1].opens_quote && start > 1;
        let noun = usize::from(looks[start - if quoted { 2 } else { 1 }].noun);
        // A noun for persons is often one for their work, too; the model knows better.
        if label.is_multiple_of(2) || noun < 2 || noun == label / 2 + 1 {
            continue;
        }
        let inside = labelling.labels[start + 1..].iter().take_while(|own| **own == label + 1).count();
        let pauses = looks.get(start + 1 + inside).is_none_or(|look| look.case == Case::Punctuation);
        let bonus = model.units(if pauses { NOUN } else { NOUN_AND_MORE });
        scores[start][2 * noun - 1] += bonus;
        for row in &mut scores[start + 1..start + 1 + inside] {
            row[2 * noun] += bonus;
        }
        changed = true;
    }
    changed
}

/// Adds to the scores of the first capitalized words of a byline, after "By", that they name a person.
pub fn heed_byline(looks: &[Look], model: &Model, scores: &mut [Row<i32>]) {
    let start = looks.iter().position(Look::is_capitalized).unwrap_or(looks.len());
    let start = if looks.len() > 1 && looks[0].lower == hash("by") { 1 } else { start };
    let length = looks[start..].iter().take_while(|look| look.is_capitalized()).count();
    for (i, row) in scores[start..start + length].iter_mut().enumerate() {
        row[if i == 0 { 1 } else { 2 }] += model.units(NOUN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, before: Option<&str>, expected: Option<(&str, NameClass)>) {
        let words: Vec<&str> = words.split(' ').collect();
        let tokens = TokenRange { start: TokenId(1), end: TokenId(1 + words.len() as u32) };
        let name = Name { tokens, class: NameClass::Person, confidence: 1.0 };
        let all: Vec<&str> = before.into_iter().chain(words.iter().copied()).collect();
        let first = usize::from(before.is_none());
        let mended = mend(name, &words, before).map(|name| {
            let range = name.tokens.start.index() - first..name.tokens.end.index() - first;
            (all[range].join(" "), name.class)
        });
        assert_eq!(mended.as_ref().map(|(text, class)| (text.as_str(), *class)), expected, "{all:?}");
    }

    #[test]
    fn titles_leave_names_but_for_rulers() {
        use NameClass::{Other, Person};
        check("Dr. Orla Finch", Some("the"), Some(("Orla Finch", Person)));
        check("US President Orla Finch", Some("the"), Some(("Orla Finch", Person)));
        check("Prime Minister Finch", Some("the"), Some(("Finch", Person)));
        check("Queen Orla", Some("the"), Some(("Queen Orla", Person)));
        check("Dean Finch", Some("the"), Some(("Dean Finch", Person)));
        check("Finch", Some("Grace"), Some(("Grace Finch", Person)));
        check("President", Some("the"), None);
        check("Danish", None, Some(("Danish", Other)));
    }
}
