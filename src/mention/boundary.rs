//! Boundary: where a name begins and ends, where the words around it or the document's other names say it better than
//! the recognizer could see.

mod designation;
mod legal;
mod team;

use std::collections::HashSet;

use super::name::{Name, NameClass, is_award, kind};
use super::value::date;
use crate::document::{Role, TokenId, TokenRange};
use crate::lexicon::gazetteer::{self, PlaceKind};
use crate::syntax::{Parsed, Upos};

/// Names with their whole last words, the rest of an office's name, and without what is said of them before.
pub fn mend(parsed: &Parsed, names: Vec<Name>) -> Vec<Name> {
    let around = Around::of(parsed, &names);
    let mut mended: Vec<Name> = Vec::new();
    for name in &names {
        let is_free = mended.last().is_none_or(|last| last.tokens.end <= name.tokens.start);
        if is_free {
            let mut name = around.lengthened(*name);
            let earliest = mended.last().map_or(name.tokens.start, |last| last.tokens.end);
            name.tokens.start = name.tokens.start.max(earliest);
            let (before, name) = around.without_label(name);
            mended.extend(before);
            mended.push(name);
        }
    }
    mended
}

/// A document with its names as they were found.
struct Around<'a, 's> {
    parsed: &'a Parsed<'s>,
    /// What class of name each token is part of.
    class_at: Vec<Option<NameClass>>,
    /// The words of every name, and of those of persons with more than one word.
    whole: HashSet<Vec<&'a str>>,
    persons: HashSet<Vec<&'a str>>,
}

/// Last words of organizations' names that may go on with what they are for.
const OFFICES: &[&str] = &[
    "agency",
    "alliance",
    "association",
    "authority",
    "board",
    "bureau",
    "campaign",
    "center",
    "centre",
    "coalition",
    "commission",
    "committee",
    "conference",
    "council",
    "department",
    "federation",
    "forum",
    "foundation",
    "fund",
    "initiative",
    "institute",
    "institution",
    "league",
    "ministry",
    "movement",
    "network",
    "office",
    "organisation",
    "organization",
    "programme",
    "society",
    "trust",
    "union",
];

/// Last words of what lies between two places, or is called after both.
const JOINING: &[&str] = &[
    "Accord",
    "Agreement",
    "Airport",
    "Bridge",
    "Canal",
    "Expressway",
    "Highway",
    "Line",
    "Pact",
    "Railroad",
    "Railway",
    "Route",
    "Treaty",
    "Tunnel",
    "University",
    "War",
];

/// What prizes are given for.
const EXCELLENCE: &[&str] = &["Achievement", "Best", "Excellence", "Outstanding"];

/// Small words inside of what a prize is given for.
const PRIZE_LINKS: &[&str] = &["a", "an", "and", "in", "of", "or", "-", "\u{2013}", "&"];

/// Plural nouns that own: "the Writers' Union", "the People's Army".
const OWNERS: &[&str] = &["people", "women", "men", "children"];

/// Small words of other languages inside of names.
const PARTICLES: &[&str] =
    &["da", "das", "de", "degli", "dei", "del", "della", "des", "di", "dos", "du", "la", "ni", "van", "von"];

/// What stands below a picture, before a colon and who made it.
const CREDITS: &[&str] = &["image", "photo", "photograph", "picture", "video", "audio", "credit"];

/// Surnames that are written like words of another kind.
const WORDLIKE: &[&str] =
    &["Or", "To", "So", "An", "Do", "No", "On", "In", "He", "She", "Her", "May", "Will"];

/// Prefixes of labels such as "pro-European".
const LABELS: &[&str] = &["pro-", "anti-", "pan-", "ex-", "non-", "neo-"];

impl<'a, 's> Around<'a, 's> {
    fn of(parsed: &'a Parsed<'s>, names: &[Name]) -> Self {
        let mut class_at = vec![None; parsed.words().len()];
        let (mut whole, mut persons) = (HashSet::new(), HashSet::new());
        for name in names {
            class_at[name.tokens.indices()].fill(Some(name.class));
            let words: Vec<&str> = name.tokens.iter().map(|token| parsed.text(token)).collect();
            if name.class == NameClass::Person && words.len() > 1 {
                persons.insert(words.clone());
            }
            whole.insert(words);
        }
        Self { parsed, class_at, whole, persons }
    }

    /// The word so many tokens after the last one of a name; empty after the sentence.
    fn after(&self, name: &Name, count: u32) -> &'a str {
        self.within(name, TokenId(name.tokens.end.0 + count))
    }

    /// The word at a place, if it stands in the sentence of a name; else empty.
    fn within(&self, name: &Name, token: TokenId) -> &'a str {
        let sentence = self.parsed.sentence_around(name.tokens.start);
        if sentence.contains(token) { self.parsed.text(token) } else { "" }
    }

    /// The word so many tokens before the first one of a name; empty before the sentence.
    fn before(&self, name: &Name, count: u32) -> &'a str {
        name.tokens.start.0.checked_sub(count).map_or("", |at| self.within(name, TokenId(at)))
    }

    /// The class of the name that has the token so many after the last one of this name.
    fn class_after(&self, name: &Name, count: u32) -> Option<NameClass> {
        self.class_at.get((name.tokens.end.0 + count) as usize).copied().flatten()
    }

    /// Whether no space stands after a token.
    fn is_joined(&self, token: u32) -> bool {
        !self.parsed.document().token(TokenId(token)).space_after
    }

    fn words(&self, name: &Name) -> Vec<&'a str> {
        name.tokens.iter().map(|token| self.parsed.text(token)).collect()
    }

    fn last_word(&self, name: &Name) -> &'a str {
        self.parsed.text(TokenId(name.tokens.end.0 - 1))
    }

    fn is_headline(&self, name: &Name) -> bool {
        let document = self.parsed.document();
        document.role_of(document.sentence_of(name.tokens.start)) == Role::Headline
    }

    fn lengthened(&self, name: Name) -> Name {
        let rules = [
            Self::without_tail,
            Self::to_word_end,
            Self::to_designation,
            Self::to_first_number,
            Self::to_house,
            Self::to_linked,
            Self::to_national_team,
            Self::to_dashed,
            Self::to_prize,
            Self::to_direction,
            Self::to_owned_head,
            Self::to_campus,
            Self::to_purpose,
            Self::to_legal_form,
            Self::to_acronym,
            Self::to_newspaper,
            Self::to_wordlike_surname,
        ];
        let lengthened = |name, rule: &fn(&Self, &Name) -> Option<Name>| rule(self, &name).unwrap_or(name);
        self.without_credit(rules.iter().fold(name, lengthened))
    }

    /// "Leung Chun-ying" does not end at the hyphen.
    fn to_word_end(&self, name: &Name) -> Option<Name> {
        let mut longer = *name;
        loop {
            let hyphen = longer.tokens.end;
            let rest = self.after(&longer, 1);
            let hyphenated =
                self.after(&longer, 0) == "-" && self.is_joined(hyphen.0 - 1) && self.is_joined(hyphen.0);
            if name.class != NameClass::Person || !hyphenated || rest.is_empty() {
                return Some(longer);
            }
            let upos = self.parsed.word(TokenId(hyphen.0 + 1)).upos;
            // A surname that is written first makes two words of what stands before the hyphen.
            let is_syllable = longer.tokens.len() > 1 && is_syllable(rest) && upos != Upos::Verb;
            if upos != Upos::Propn && !is_syllable {
                return Some(longer);
            }
            longer.tokens.end = TokenId(hyphen.0 + 2);
        }
    }

    /// "Estádio da Praia Elm" does not end before its small words.
    fn to_linked(&self, name: &Name) -> Option<Name> {
        let mut length =
            (0..2).take_while(|count| PARTICLES.contains(&self.after(name, *count))).count() as u32;
        // What is "van" or "von" a place is a person.
        let is_noble = matches!(self.after(name, 0), "van" | "von") && name.class != NameClass::Person;
        if length == 0 || is_noble || !is_capitalized(self.after(name, length)) {
            return None;
        }
        let class = self.class_after(name, length);
        while is_capitalized(self.after(name, length)) && self.class_after(name, length) == class {
            length += 1;
        }
        Some(self.extended(name, length, name.class))
    }

    /// "Harbour West" is not Harbour.
    fn to_direction(&self, name: &Name) -> Option<Name> {
        let is_direction = matches!(self.after(name, 0), "North" | "South" | "East" | "West" | "Central");
        let goes_on = is_capitalized(self.after(name, 1));
        let fits = name.class == NameClass::Place && is_direction && !goes_on && !self.is_headline(name);
        fits.then(|| self.extended(name, 1, NameClass::Place))
    }

    /// "the Quarnish People's Army" is one army.
    fn to_owned_head(&self, name: &Name) -> Option<Name> {
        let owner = self.last_word(name).to_lowercase();
        let head = self.after(name, 1);
        let owns = OWNERS.contains(&owner.as_str()) && matches!(self.after(name, 0), "'s" | "\u{2019}s");
        let is_office = OFFICES.contains(&head.to_lowercase().as_str()) && is_capitalized(head);
        let kind = kind::kind_of_words(&["", head]).filter(|_| is_capitalized(head));
        let class = kind.or(is_office.then_some(NameClass::Organization))?;
        (owns && name.class != NameClass::Work).then(|| self.extended(name, 2, class))
    }

    /// "the University of Arden at Dunmore" has another university at Quarley beside it.
    fn to_campus(&self, name: &Name) -> Option<Name> {
        let is_university = self.words(name).iter().any(|word| matches!(*word, "University" | "College"));
        let place = TokenId(name.tokens.end.0 + 1);
        let is_place = || self.class_at.get(place.index()) == Some(&Some(NameClass::Place));
        let fits = is_university
            && name.class.coarse() == NameClass::Organization
            && self.after(name, 0) == "at"
            && !self.within(name, place).is_empty()
            && is_place();
        let length =
            || self.class_at[place.index()..].iter().take_while(|class| **class == Some(NameClass::Place));
        fits.then(|| self.extended(name, 1 + length().count() as u32, name.class))
    }

    /// "the Holt Foundation for the Visual Arts"
    fn to_purpose(&self, name: &Name) -> Option<Name> {
        let office = self.last_word(name).to_lowercase();
        let is_office = OFFICES.contains(&office.as_str()) && is_capitalized(self.last_word(name));
        let links = matches!(self.after(name, 0), "for" | "on" | "against");
        if !is_office || !links || name.class.coarse() != NameClass::Organization || self.is_headline(name) {
            return None;
        }
        let start = if self.after(name, 1) == "the" { 2 } else { 1 };
        let taken = self.class_after(name, start);
        if matches!(taken, Some(NameClass::Person | NameClass::Place | NameClass::Work | NameClass::Event)) {
            return None;
        }
        let length = self.run(name, start)?;
        Some(self.extended(name, length, name.class))
    }

    /// How many tokens after a name a run of capitalized words ends that begins `start` tokens after it.
    fn run(&self, name: &Name, start: u32) -> Option<u32> {
        let is_part = |count: u32| {
            let text = self.after(name, count);
            let class = self.class_after(name, count);
            is_capitalized(text) && !date::is_calendar_word(text) && class != Some(NameClass::Person)
        };
        let mut end = start;
        loop {
            if is_part(end) {
                end += 1;
            } else if end > start && matches!(self.after(name, end), "of" | "and" | "-") && is_part(end + 1) {
                end += 2;
            } else {
                return (end > start).then_some(end);
            }
        }
    }

    /// "the Union of Rowers and Swimmers (URS)" is what the letters say it is.
    fn to_acronym(&self, name: &Name) -> Option<Name> {
        let length =
            (1..=3).find(|count| self.after(name, *count) == "(" && self.after(name, count + 2) == ")")?;
        let acronym = self.after(name, length + 1);
        let longer = self.extended(name, length, name.class);
        let fits = name.class.coarse() == NameClass::Organization
            && acronym.chars().count() > 2
            && sorted(acronym.chars()) == sorted(initials(&self.words(&longer)));
        fits.then_some(longer)
    }

    /// "the Arden–Dunmore Line" is one line, and "the Arden–Dunmore War" one war.
    fn to_dashed(&self, name: &Name) -> Option<Name> {
        let dash = name.tokens.end.0;
        let is_dash = matches!(self.after(name, 0), "-" | "\u{2013}");
        let is_dashed = is_dash && self.is_joined(dash - 1) && self.is_joined(dash);
        let class = self.class_after(name, 1).filter(|_| is_dashed)?;
        let sentence = self.parsed.sentence_around(name.tokens.start);
        let of_class = |token: &u32| self.class_at[*token as usize] == Some(class);
        let length = (dash + 1..sentence.end.0).take_while(of_class).count() as u32;
        let joins = JOINING.contains(&self.after(name, length));
        (joins && length > 1).then(|| self.extended(name, length + 1, class))
    }

    /// "the Arden Award for Best Short Film" is one award, and what it was given for another matter.
    fn to_prize(&self, name: &Name) -> Option<Name> {
        let words = self.words(name);
        let award = words.iter().position(|word| is_award(word))?;
        let start = TokenId(name.tokens.start.0 + award as u32 + 1);
        let text = |at: u32| self.within(name, TokenId(start.0 + at));
        if name.class == NameClass::Person || text(0) != "for" || !EXCELLENCE.contains(&text(1)) {
            return None;
        }
        // "... and Best Actor" is another prize, "... in Norway" where it was given.
        let goes_on = |at: u32| {
            let class = self.class_at.get((start.0 + at) as usize).copied().flatten();
            is_capitalized(text(at))
                && !EXCELLENCE.contains(&text(at))
                && class.is_none_or(|class| class == NameClass::Award)
        };
        let mut length = 2;
        loop {
            let link = (0..3).take_while(|count| PRIZE_LINKS.contains(&text(length + count))).count() as u32;
            if is_capitalized(text(length)) {
                length += 1;
            } else if link > 0 && goes_on(length + link) {
                length += link + 1;
            } else {
                break;
            }
        }
        let first = TokenId(name.tokens.start.0 + u32::from(words[0] == "the"));
        let tokens = TokenRange { start: first, end: TokenId(start.0 + length) };
        Some(Name { tokens, class: NameClass::Award, ..*name })
    }

    /// "The Herald and Post" is one newspaper, as its article tells.
    fn to_newspaper(&self, name: &Name) -> Option<Name> {
        let is_one =
            name.tokens.len() == 1 && name.class == NameClass::NewsMedia && self.after(name, 0) == "and";
        let inside = self.before(name, 1) == "The" && !self.before(name, 2).is_empty();
        let other = self.class_after(name, 1);
        let ends = self.class_after(name, 2).is_none();
        (is_one && inside && ends && other == Some(NameClass::NewsMedia))
            .then(|| self.extended(name, 2, NameClass::NewsMedia))
    }

    /// "Wilson Or was elected": inside a sentence no conjunction has a capital.
    fn to_wordlike_surname(&self, name: &Name) -> Option<Name> {
        let is_given = name.tokens.len() == 1 && gazetteer::given_name_gender(self.last_word(name)).is_some();
        let fits = name.class == NameClass::Person
            && is_given
            && WORDLIKE.contains(&self.after(name, 0))
            && self.after(name, 1).starts_with(char::is_lowercase)
            && !self.is_headline(name);
        fits.then(|| self.extended(name, 1, NameClass::Person))
    }

    fn extended(&self, name: &Name, count: u32, class: NameClass) -> Name {
        let tokens = TokenRange { end: TokenId(name.tokens.end.0 + count), ..name.tokens };
        Name { tokens, class, ..*name }
    }

    /// "Ann Holt Image: Finch Weekly" shows Ann Holt.
    fn without_credit(&self, name: Name) -> Name {
        let credit = CREDITS.contains(&self.last_word(&name).to_lowercase().as_str());
        if name.tokens.len() < 2 || !credit || self.after(&name, 0) != ":" {
            return name;
        }
        Name { tokens: TokenRange { end: TokenId(name.tokens.end.0 - 1), ..name.tokens }, ..name }
    }

    /// A name without what it says before of whom it names, and the country that this speaks of.
    fn without_label(&self, name: Name) -> (Option<Name>, Name) {
        let words = self.words(&name);
        let length = match name.class.coarse() {
            NameClass::Person => self.label_length(&name, &words),
            NameClass::Organization => {
                let is_known = || self.whole.contains(&words[1..]);
                // "Anti-Masonic Party" is the whole name of one.
                let is_name = || {
                    let is_acronym = words[1].chars().all(char::is_uppercase);
                    is_acronym || !super::name::is_word(&words[1].to_lowercase())
                };
                usize::from(words.len() > 1 && is_label(words[0]) && is_known() && is_name())
            }
            _ => 0,
        };
        let start = TokenId(name.tokens.start.0 + length as u32);
        let before = TokenRange { end: start, ..name.tokens };
        let is_country = length > 0 && is_country(&words[..length]);
        let country = is_country.then_some(Name { tokens: before, class: NameClass::Place, ..name });
        (country, Name { tokens: TokenRange { start, ..name.tokens }, ..name })
    }

    /// How many words before a person's name proper are a label ("Pan-European Ann Holt"), or the end of what they are
    /// ("Minister of Education Ann Holt").
    fn label_length(&self, name: &Name, words: &[&str]) -> usize {
        let is_given = |word: &str| gazetteer::given_name_gender(word).is_some();
        let ends_office = self.follows_of(name);
        let is_label = |length: &usize| {
            let (label, rest) = words.split_at(*length);
            let is_nation = || is_country(label) || gazetteer::is_people(&label.join(" "));
            let is_noun = || label.iter().all(|word| super::name::is_word(&word.to_lowercase()));
            let says = || is_nation() || (is_given(rest[0]) && is_noun());
            let is_known = || self.persons.contains(rest) && says();
            let ends = || ends_office && (is_given(rest[0]) || is_country(label));
            let is_people = || *length == 1 && gazetteer::is_people(label[0]) && is_given(rest[0]);
            let is_part =
                |word: &&str| is_given(word) || word.ends_with('.') || word.starts_with(char::is_lowercase);
            !label.iter().any(is_part) && is_capitalized(rest[0]) && (is_known() || ends() || is_people())
        };
        let label = (1..words.len().saturating_sub(1)).find(is_label);
        label.unwrap_or(usize::from(words.len() > 1 && is_label_word(words[0])))
    }

    /// Whether a name stands in what an office is of: "the Minister of", "ambassador to the".
    fn follows_of(&self, name: &Name) -> bool {
        let at = if self.before(name, 1) == "the" { 2 } else { 1 };
        let preposition = matches!(self.before(name, at), "of" | "for" | "to" | "on");
        preposition && !self.before(name, at + 1).is_empty()
    }
}

fn is_label_word(word: &str) -> bool {
    is_label(word) && word.len() > 5
}

fn is_label(word: &str) -> bool {
    let lower = word.to_lowercase();
    LABELS.iter().any(|label| lower.starts_with(label))
}

fn is_country(words: &[&str]) -> bool {
    gazetteer::place(&words.join(" ")) == Some(PlaceKind::Country)
}

fn is_capitalized(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The first letters of capitalized words.
pub fn initials<'t>(words: &'t [&str]) -> impl Iterator<Item = char> + 't {
    words.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase())
}

fn sorted(letters: impl Iterator<Item = char>) -> Vec<char> {
    let mut letters: Vec<char> = letters.collect();
    letters.sort_unstable();
    letters
}

/// Whether a word could be a syllable of a Chinese or Korean name: "wai", "jong", "kin".
fn is_syllable(word: &str) -> bool {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let is_letter = |c: char| c.is_ascii_lowercase();
    let onset = word.chars().take_while(|c| !is_vowel(*c)).count();
    let coda = word.trim_start_matches(|c| !is_vowel(c)).trim_start_matches(is_vowel);
    let short = word.chars().all(is_letter) && word.len() <= 6 && onset <= 2;
    short
        && matches!(coda, "" | "n" | "ng" | "m" | "k" | "t" | "p" | "l" | "h" | "w")
        && !ENGLISH.contains(&word)
}

/// Words that are joined to names by hyphens in English, and look like such syllables.
const ENGLISH: &[&str] =
    &["run", "win", "free", "pen", "ban", "fan", "like", "bot", "bit", "on", "in", "to", "up"];
