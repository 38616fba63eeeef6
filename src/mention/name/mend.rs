//! Mend: what is known of names for sure, whatever the model says.
//!
//! A title is no part of a person's name, but for rulers and saints, who are known by theirs; and a people is no person.

use std::sync::OnceLock;

use super::cluster::hash;
use super::look::{Case, Look};
use super::model::{Labelling, Model, Row};
use super::{Name, NameClass, kind};
use crate::document::{TokenId, TokenRange};
use crate::lexicon::gazetteer;

/// Titles that stay in a name: without them, "Queen Elizabeth" would be anybody.
const KEPT: [&str; 14] = [
    "Queen", "King", "Prince", "Princess", "Pope", "Saint", "St.", "St", "Emperor", "Empress", "Sultan",
    "Lord", "Lady", "Tsar",
];

/// Last words of names that are awards, whatever they are called after.
const AWARDS: [&str; 6] = ["prize", "award", "awards", "medal", "trophy", "scholarship"];

/// Whether awards are called so, as the last word of their names.
pub fn is_award(word: &str) -> bool {
    AWARDS.contains(&word.to_lowercase().as_str())
}

/// A name as it should be; `None` where no name is left. `words` are its words, `before` the one before it, if any.
pub fn mend(name: Name, words: &[&str], before: Option<&str>) -> Option<Name> {
    let is_award = words.len() > 1 && words.last().is_some_and(|last| is_award(last));
    let name = if is_award { Name { class: NameClass::Award, ..name } } else { name };
    // The article is no part of a name that does not write it with a capital.
    if words.len() > 1 && words[0] == "the" && name.class != NameClass::Work {
        let tokens = TokenRange { start: TokenId(name.tokens.start.0 + 1), ..name.tokens };
        return mend(Name { tokens, ..name }, &words[1..], Some("the"));
    }
    let name = Name { class: known_class(name.class, words), ..name };
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
    let is_people = words.len() - cut == 1 && gazetteer::is_people(words[cut]);
    let class = if is_people { NameClass::Other } else { name.class };
    Some(Name { tokens: TokenRange { start, ..name.tokens }, class, ..name })
}

/// The class of words that are known, whatever acts in their place: a country is a place, and a people is no organization.
fn known_class(class: NameClass, words: &[&str]) -> NameClass {
    let joined = words.join(" ");
    let acts = class.coarse() == NameClass::Organization;
    let is_part = DIRECTIONS.contains(&joined.as_str());
    if acts && (is_part || gazetteer::place(&joined) == Some(gazetteer::PlaceKind::Country)) {
        NameClass::Place
    } else if matches!(class.coarse(), NameClass::Organization | NameClass::Person | NameClass::Place)
        && words.len() > usize::from(class == NameClass::Person)
        && gazetteer::is_people(&joined)
    {
        NameClass::Other
    } else {
        class
    }
}

/// Parts of countries, and countries where another part is one, too.
const DIRECTIONS: [&str; 4] = ["North", "South", "East", "West"];

/// What happened, before "of" and where.
const EVENTS: [&str; 6] = ["Battle", "Siege", "Massacre", "Bombardment", "Liberation", "Sack"];

/// A name with the event that it says the place of: "the Battle of Harrow Hill". Tokens before `free` are no part of it.
pub fn with_event<'t>(name: Name, free: TokenId, text: impl Fn(TokenId) -> &'t str) -> Name {
    let before = |count: u32| {
        name.tokens.start.0.checked_sub(count).map(TokenId).filter(|token| *token >= free).map(&text)
    };
    let count = if before(1) == Some("the") { 3 } else { 2 };
    let is_event =
        before(count - 1) == Some("of") && before(count).is_some_and(|word| EVENTS.contains(&word));
    if !is_event || name.class != NameClass::Place {
        return name;
    }
    let start = TokenId(name.tokens.start.0 - count);
    Name { tokens: TokenRange { start, ..name.tokens }, class: NameClass::Event, ..name }
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
/// The same where the sentence goes on: "the company Holt founded" is another matter.
const NOUN_AND_MORE: f32 = 2.0;

/// Adds to the scores of names that a noun stands before what the noun says ("the clothing company Finch" is an
/// organization, whosever name Finch might be); returns whether anything was added.
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

/// First words of names that go on with "of", and what such names are of.
const HEADS: [(&str, NameClass); 14] = [
    ("university", NameClass::Organization),
    ("college", NameClass::Organization),
    ("academy", NameClass::Organization),
    ("institute", NameClass::Organization),
    ("ministry", NameClass::Organization),
    ("department", NameClass::Organization),
    ("bank", NameClass::Organization),
    ("association", NameClass::Organization),
    ("federation", NameClass::Organization),
    ("society", NameClass::Organization),
    ("republic", NameClass::Place),
    ("gulf", NameClass::Place),
    ("isle", NameClass::Place),
    ("strait", NameClass::Place),
];

/// Adds to the scores of "University of Arden" what such names are of.
/// In "University of Arden, Dunmore" the second name would make a place of the first.
pub fn heed_heads(looks: &[Look], model: &Model, scores: &mut [Row<i32>]) {
    static HASHES: OnceLock<Vec<(u32, usize)>> = OnceLock::new();
    let hashes = HASHES.get_or_init(|| {
        let place = |class| NameClass::LABELLED.iter().position(|labelled| *labelled == class).unwrap_or(0);
        HEADS.iter().map(|(word, class)| (hash(word), place(*class))).collect()
    });
    let of = hash("of");
    for start in 0..looks.len().saturating_sub(2) {
        let begins = looks[start].case == Case::Initial && looks[start + 1].exact == of;
        if !begins || start > 0 && looks[start - 1].is_capitalized() {
            continue;
        }
        let Some((_, place)) = hashes.iter().find(|(word, _)| *word == looks[start].lower) else { continue };
        if looks[start + 2].is_capitalized() {
            let bonus = model.units(NOUN);
            scores[start][2 * place + 1] += bonus;
            scores[start + 1..start + 3].iter_mut().for_each(|row| row[2 * place + 2] += bonus);
        }
    }
}

/// The bonus of the class that a name's last word says, in log-odds.
const TAIL: f32 = 4.0;

/// Adds to the scores of names that end as companies' do ("Finch Foods") that they are organizations, where they are taken
/// for persons, places, something else or no name; returns whether anything was added.
pub fn heed_tails(looks: &[Look], labelling: &Labelling, model: &Model, scores: &mut [Row<i32>]) -> bool {
    let class = |label: usize| NameClass::LABELLED[(label - 1) / 2];
    let labels = &labelling.labels;
    let (mut start, mut changed) = (0, false);
    while start < looks.len() {
        let label = labels[start];
        let joins = |at: &usize| match label {
            0 => labels[*at] == 0 && looks[*at].is_capitalized(),
            _ => labels[*at] == label + 1,
        };
        let length = 1 + (start + 1..looks.len()).take_while(joins).count();
        let mistaken = match label {
            0 => looks[start].is_capitalized(),
            _ => matches!(class(label), NameClass::Person | NameClass::Place | NameClass::Other),
        };
        let last = &looks[start + length - 1];
        if mistaken && length > 1 && last.is_capitalized() && kind::ends_company(last.lower) {
            let bonus = model.units(TAIL);
            scores[start][3] += bonus;
            scores[start + 1..start + length].iter_mut().for_each(|row| row[4] += bonus);
            changed = true;
        }
        start += length;
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
    fn battles_have_their_places() {
        let check = |words: &str, length: u32, expected: (&str, NameClass)| {
            let words: Vec<&str> = words.split(' ').collect();
            let end = TokenId(words.len() as u32);
            let tokens = TokenRange { start: TokenId(end.0 - length), end };
            let name = Name { tokens, class: NameClass::Place, confidence: 1.0 };
            let whole = with_event(name, TokenId(0), |token| words[token.index()]);
            assert_eq!((words[whole.tokens.indices()].join(" ").as_str(), whole.class), expected);
        };
        check("the Battle of Harrow Hill", 2, ("Battle of Harrow Hill", NameClass::Event));
        check("the Siege of the Tarn", 1, ("Siege of the Tarn", NameClass::Event));
        check("the city of Ghent", 1, ("Ghent", NameClass::Place));
        check("Battle in Ghent", 1, ("Ghent", NameClass::Place));
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
        check("the Finch", Some("of"), Some(("Finch", Person)));
    }
}
