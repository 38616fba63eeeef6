//! Gazetteer: names that the world knows, whoever writes: given names and surnames, places, peoples, titles; and things
//! that have a public IRI, by their names.
//!
//! The lists are text files in `gazetteer/`, one entry a line; `gazetteer/README.md` says where each comes from.

mod entry;
mod table;
mod turtle;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

pub use entry::{Context, Entry, Gazetteer};

/// Whose name a given name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenNameGender {
    Feminine,
    Masculine,
    /// Both women and men have it.
    Either,
}

/// What sort of place a name is known for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    Continent,
    Country,
    /// A state, province or other part of a country.
    Region,
    City,
}

/// A person's given name, in any case: whose it is; `None` where it is not known as one.
pub fn given_name_gender(name: &str) -> Option<GivenNameGender> {
    static NAMES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| pairs(include_str!("gazetteer/given.txt")));
    match find(names, name)? {
        "F" => Some(GivenNameGender::Feminine),
        "M" => Some(GivenNameGender::Masculine),
        _ => Some(GivenNameGender::Either),
    }
}

/// Whether a word, in any case, is known as a surname.
pub fn is_surname(name: &str) -> bool {
    static NAMES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    find(NAMES.get_or_init(|| entries(include_str!("gazetteer/surname.txt"))), name).is_some()
}

/// The country of a people's name, noun or adjective ("Danish", "Dane", "Danes"), as the place list spells it.
pub fn country_of_demonym(word: &str) -> Option<&'static str> {
    static DEMONYMS: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let demonyms = DEMONYMS.get_or_init(|| pairs(include_str!("gazetteer/demonym.txt")));
    demonyms.get(word).or_else(|| demonyms.get(word.strip_suffix('s')?)).copied()
}

/// Whether a name is a people's, or of those who believe or follow something ("Danes", "Rohingya", "Quaker").
pub fn is_people(name: &str) -> bool {
    static PEOPLES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let peoples = PEOPLES.get_or_init(|| entries(include_str!("gazetteer/people.txt")));
    let is_known = |name: &str| peoples.contains_key(name);
    let is_people = || country_of_demonym(name).is_some() || is_known(name);
    // "Laos" is no "Lao" more than one.
    place(name).is_none() && (is_people() || name.strip_suffix('s').is_some_and(is_known))
}

/// What a name is as a place; `name` is written as usual, its words joined by single spaces.
pub fn place(name: &str) -> Option<PlaceKind> {
    match *places().get(name)? {
        "continent" => Some(PlaceKind::Continent),
        "country" => Some(PlaceKind::Country),
        "region" => Some(PlaceKind::Region),
        _ => Some(PlaceKind::City),
    }
}

/// Whether a longer place name than the word itself may begin with this word ("San", "New", "United").
pub fn begins_place(word: &str) -> bool {
    static FIRST: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let first = FIRST.get_or_init(|| {
        places().keys().filter_map(|name| name.split_once(' ').map(|(first, _)| first)).collect()
    });
    first.contains(word)
}

/// Whether a word or phrase stands before a person's name as a title ("Dr.", "president", "Vice President").
pub fn is_title(words: &str) -> bool {
    static TITLES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let titles = TITLES.get_or_init(|| entries(include_str!("gazetteer/title.txt")));
    let lower = words.to_lowercase();
    titles.contains_key(lower.strip_suffix('.').unwrap_or(&lower))
}

fn places() -> &'static HashMap<&'static str, &'static str> {
    static PLACES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    PLACES.get_or_init(|| {
        let mut places = pairs(include_str!("gazetteer/place-geonames.txt"));
        places.extend(pairs(include_str!("gazetteer/place.txt")));
        places
    })
}

/// Finds a name as written, or else in the spelling of a name ("MARIA" as "Maria").
fn find(names: &HashMap<&'static str, &'static str>, name: &str) -> Option<&'static str> {
    names.get(name).or_else(|| names.get(capitalized(name).as_str())).copied()
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars.flat_map(char::to_lowercase)).collect()
}

/// Lines of a key, a tab and a value; `#` begins a comment line.
fn pairs(text: &'static str) -> HashMap<&'static str, &'static str> {
    lines(text).filter_map(|line| line.split_once('\t')).collect()
}

fn entries(text: &'static str) -> HashMap<&'static str, &'static str> {
    lines(text).map(|line| (line, "")).collect()
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_have_genders() {
        assert_eq!(given_name_gender("Mary"), Some(GivenNameGender::Feminine));
        assert_eq!(given_name_gender("ROBERT"), Some(GivenNameGender::Masculine));
        assert_eq!(given_name_gender("Robin"), Some(GivenNameGender::Either));
        assert_eq!(given_name_gender("the"), None);
    }

    #[test]
    fn places_have_kinds() {
        assert_eq!(place("Norway"), Some(PlaceKind::Country));
        assert_eq!(place("New York City"), Some(PlaceKind::City));
        assert_eq!(place("Ohio"), Some(PlaceKind::Region));
        assert_eq!(place("Europe"), Some(PlaceKind::Continent));
        assert_eq!(place("norway"), None);
        assert!(begins_place("San"));
    }

    #[test]
    fn peoples_have_countries_that_are_places() {
        assert_eq!(country_of_demonym("Danish"), Some("Denmark"));
        assert_eq!(country_of_demonym("Danes"), Some("Denmark"));
        assert_eq!(country_of_demonym("s"), None);
        for line in lines(include_str!("gazetteer/demonym.txt")) {
            let country = line.split_once('\t').map(|(_, country)| country);
            assert!(country.and_then(place).is_some(), "{line}");
        }
    }

    #[test]
    fn titles_and_surnames_are_known() {
        assert!(
            is_title("Dr.") && is_title("President") && is_title("Prime Minister") && !is_title("carpenter")
        );
        assert!(is_surname("Smith") && !is_surname("of"));
    }
}
