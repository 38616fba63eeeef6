//! Nameless: words with capitals that name nothing, and names whose class other names of the document tell.

use std::collections::HashSet;

use super::name::{self, Name, NameClass, kind};
use crate::document::{Role, TokenId, TokenRange};
use crate::lexicon::{Lexicon, gazetteer, noun};
use crate::syntax::{Parsed, Upos};

/// What the names of a document tell of each other.
pub struct Known<'p> {
    /// The last words of the names of persons that have several.
    surnames: HashSet<&'p str>,
    /// Single words that a person is "of", which name no person: a party, a band, a town.
    groups: HashSet<&'p str>,
    /// Those of them that a person's name follows as theirs ("Forvart's Ann Holt").
    owners: HashSet<&'p str>,
    /// The words that head longer names: the Church is that of the Tall Towers.
    heads: HashSet<&'p str>,
}

impl<'p> Known<'p> {
    pub fn of<'s: 'p>(parsed: &'p Parsed<'s>, names: &[Name]) -> Self {
        let persons = || names.iter().filter(|name| name.class == NameClass::Person);
        let full = || persons().filter(|name| name.tokens.len() > 1);
        let last = |name: &Name| TokenId(name.tokens.end.0 - 1);
        // "Home Secretary" makes no surname of its last word.
        let is_surely = |name: &&Name| {
            gazetteer::given_name_gender(parsed.text(name.tokens.start)).is_some()
                || !name::is_word(&parsed.text(last(name)).to_lowercase())
        };
        let surnames = full().filter(is_surely).map(|name| parsed.text(last(name))).collect();
        let ends: HashSet<TokenId> = full().map(|name| name.tokens.end).collect();
        let parts: HashSet<&str> =
            full().flat_map(|name| name.tokens.iter()).map(|token| parsed.text(token)).collect();
        let is_group = |name: &&Name| {
            let text = parsed.text(name.tokens.start);
            let start = name.tokens.start;
            let of = start.0.checked_sub(1).map(TokenId).filter(|token| parsed.text(*token) == "of");
            name.tokens.len() == 1
                && of.is_some_and(|token| ends.contains(&token))
                && !parts.contains(text)
                && gazetteer::given_name_gender(text).is_none()
                && !gazetteer::is_surname(text)
        };
        let groups = persons().filter(is_group).map(|name| parsed.text(name.tokens.start)).collect();
        let starts: HashSet<TokenId> = full().map(|name| name.tokens.start).collect();
        let owns = |name: &&Name| {
            let [mark, next] = [0, 1].map(|count| TokenId(name.tokens.end.0 + count));
            starts.contains(&next) && matches!(parsed.text(mark), "'s" | "\u{2019}s")
        };
        let owners = persons().filter(owns).map(|name| parsed.text(name.tokens.start)).collect();
        let head = |name: &Name| {
            let link =
                name.tokens.iter().skip(1).find(|token| matches!(parsed.text(*token), "of" | "for" | "on"));
            parsed.text(link.map_or(last(name), |link| TokenId(link.0 - 1)))
        };
        let heads = names.iter().filter(|name| name.tokens.len() > 1).map(head).collect();
        Self { surnames, groups, owners, heads }
    }

    /// The names among those found, with their classes.
    pub fn names(&self, parsed: &Parsed, lexicon: &Lexicon, found: &[Name]) -> Vec<Name> {
        let is_common = |name: &Name| {
            is_suffix(parsed, name) || self.is_noun(parsed, lexicon, name) || self.is_family(parsed, name)
        };
        let named = found.iter().filter(|name| !is_common(name));
        let named = named.filter_map(|name| self.without_office(parsed, lexicon, *name));
        named.map(|name| Name { class: self.class(parsed, &name), ..name }).collect()
    }

    /// "Ann Holt of Forvart" says that it is no person, and "Forvart's Ann Holt" that people belong to it.
    fn class(&self, parsed: &Parsed, name: &Name) -> NameClass {
        let text = parsed.text(name.tokens.start);
        match name.class {
            NameClass::Person if name.tokens.len() > 1 || !self.groups.contains(text) => name.class,
            NameClass::Person if self.owners.contains(text) => NameClass::Organization,
            NameClass::Person => NameClass::Other,
            class => class,
        }
    }

    /// "the Holts" are more than one.
    fn is_family(&self, parsed: &Parsed, name: &Name) -> bool {
        let single = parsed.text(name.tokens.start).strip_suffix('s');
        name.class == NameClass::Person
            && name.tokens.len() == 1
            && before(parsed, name).is_some_and(|word| matches!(word, "the" | "The"))
            && single.is_some_and(|single| self.surnames.contains(single))
    }

    /// Whether a capital makes a name of what is none: "an Ocean" in a headline, "the Company" in a contract, "the State".
    fn is_noun(&self, parsed: &Parsed, lexicon: &Lexicon, name: &Name) -> bool {
        let document = parsed.document();
        let text = parsed.text(name.tokens.start);
        let lower = text.to_lowercase();
        let before = before(parsed, name).map(str::to_lowercase);
        let follows = |words: &[&str]| before.as_deref().is_some_and(|word| words.contains(&word));
        let sentence = document.sentence_of(name.tokens.start);
        let headline = document.role_of(sentence) == Role::Headline;
        let alone = document.sentence(sentence).len() == 1;
        let class_noun = || lexicon.nouns().class(&lower).is_some();
        let is_guess = matches!(name.class, NameClass::Person | NameClass::Other);
        let person = || is_guess && name::is_word(&lower) && noun::kind(&lower).is_some();
        name.tokens.len() == 1
            && !self.heads.contains(text)
            && ((headline && (follows(&["a", "an"]) || (alone && name::is_word(&lower) && class_noun())))
                || (follows(&["the", "this", "our"]) && (class_noun() || person())))
    }

    /// A name without the office after it: the Tide Department of "the Tide Department Spokesperson".
    fn without_office(&self, parsed: &Parsed, lexicon: &Lexicon, name: Name) -> Option<Name> {
        if !self.is_office(parsed, lexicon, &name) && !ends_in_office(parsed, &name) {
            return Some(name);
        }
        let tokens = TokenRange { end: TokenId(name.tokens.end.0 - 1), ..name.tokens };
        let words: Vec<&str> = tokens.iter().map(|token| parsed.text(token)).collect();
        kind::kind_of_words(&words).map(|class| Name { tokens, class, ..name })
    }

    /// "the Spokesperson", "Shadow Home Secretary": what somebody is, and nobody's name.
    fn is_office(&self, parsed: &Parsed, lexicon: &Lexicon, name: &Name) -> bool {
        let words: Vec<&str> = name.tokens.iter().map(|token| parsed.text(token)).collect();
        let (last, first) = words.split_last().expect("a name has words");
        let lower = last.to_lowercase();
        let is_named = |word: &str| gazetteer::given_name_gender(word).is_some() || KEPT.contains(&word);
        let is_title = || gazetteer::is_title(&lower) || !lexicon.roles_of(&lower).is_empty();
        let is_office = || is_title() || (first.is_empty() && noun::kind(&lower) == Some("Person"));
        if !matches!(name.class, NameClass::Person | NameClass::Other)
            || self.surnames.contains(last)
            || !is_office()
        {
            return false;
        }
        if first.is_empty() {
            return !KEPT.contains(last) && is_bare_noun(parsed, name);
        }
        let says = |word: &&str| !is_named(word) && (name::is_word(&word.to_lowercase()) || is_nation(word));
        first.iter().all(says) && !gazetteer::is_surname(last)
    }
}

/// Whether a name's last word says what somebody is, and the words before it for whom.
fn ends_in_office(parsed: &Parsed, name: &Name) -> bool {
    let last = TokenId(name.tokens.end.0 - 1);
    let before = TokenRange { end: last, ..name.tokens };
    let words: Vec<&str> = before.iter().map(|token| parsed.text(token)).collect();
    let is_person = noun::kind(&parsed.text(last).to_lowercase()) == Some("Person");
    let may_end = matches!(name.class.coarse(), NameClass::Organization | NameClass::Other);
    may_end && is_person && kind::kind_of_words(&words).is_some()
}

/// Whether one word stands as only a noun does: after an article, at the end of a longer name, or before "of the".
fn is_bare_noun(parsed: &Parsed, name: &Name) -> bool {
    let text = |token: TokenId| {
        let inside = parsed.sentence_around(name.tokens.start).contains(token);
        if inside { parsed.text(token) } else { "" }
    };
    let start = name.tokens.start;
    let [first, second] = [0, 1].map(|count| text(TokenId(name.tokens.end.0 + count)));
    let before = before(parsed, name).unwrap_or_default();
    // "President Bishop" is called so.
    let ends_name = || {
        let word = parsed.word(TokenId(start.0 - 1));
        word.upos == Upos::Propn && !gazetteer::is_title(before) && !gazetteer::is_surname(parsed.text(start))
    };
    let is_given = || gazetteer::given_name_gender(parsed.text(start)).is_some();
    (matches!(before, "the" | "a" | "an") && !is_given())
        || (first == "of" && second == "the")
        || (before.starts_with(char::is_uppercase) && !is_given() && ends_name())
}

/// Titles that may be all the name that somebody has.
const KEPT: &[&str] = &[
    "Pope", "Saint", "St", "St.", "King", "Queen", "Prince", "Princess", "Lord", "Lady", "Mother", "Sister",
    "Brother", "Father", "Sir", "Dame",
];

/// A country or a people before what somebody is there: "UK Ambassador".
fn is_nation(word: &str) -> bool {
    gazetteer::place(word).is_some() || gazetteer::is_people(word) || matches!(word, "UN" | "EU" | "U.N.")
}

fn before<'p>(parsed: &'p Parsed, name: &Name) -> Option<&'p str> {
    let token = TokenId(name.tokens.start.0.checked_sub(1)?);
    parsed.sentence_around(name.tokens.start).contains(token).then(|| parsed.text(token))
}

/// Whether it is what follows names, and is none: "Jr.", or "QC" after a barrister's.
fn is_suffix(parsed: &Parsed, name: &Name) -> bool {
    let texts: Vec<&str> = name.tokens.iter().map(|token| parsed.text(token).trim_end_matches('.')).collect();
    let honours = name.tokens.len() == 1 && HONOURS.contains(&texts[0]);
    texts.iter().all(|text| SUFFIXES.contains(text)) || (honours && before(parsed, name) == Some(","))
}

const SUFFIXES: &[&str] = &[
    "Jr", "Sr", "II", "III", "IV", "Esq", "PhD", "Ph.D", "MD", "M.D", "MBE", "OBE", "CBE", "FBA", "FRS",
    "QC", "MEP",
];

/// Letters after names that mean other things, too; between commas they say what somebody is.
const HONOURS: &[&str] = &[
    "KC", "MP", "SC", "JP", "MLA", "MSP", "TD", "OAM", "AO", "AC", "AM", "DBE", "KBE", "KCB", "CMG", "MC",
    "DSO", "RN", "CPA", "MA", "BA", "BSc", "MSc", "DD", "LLB",
];
