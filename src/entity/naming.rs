//! Names: when two of them name the same thing, and which is the fullest.

use crate::document::TokenRange;
use crate::lexicon::gazetteer::{self, PlaceKind};
use crate::syntax::Parsed;

/// What a name is compared by: its words without titles, articles, quotation marks and legal forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Lower case, without full stops.
    words: Vec<String>,
    /// All letters are capitals, and there are few of them.
    is_acronym: bool,
    /// The first letters of the words that are capitalized.
    initials: String,
    /// The first word is all capitals: "FIFA".
    opens_with_acronym: bool,
}

/// Words before a name that are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "president",
    "king",
    "queen",
    "pope",
    "prince",
    "princess",
    "senator",
    "sen",
    "rep",
    "gov",
    "governor",
    "gen",
    "general",
    "col",
    "capt",
    "captain",
    "sgt",
    "lt",
    "judge",
    "justice",
    "minister",
    "chancellor",
    "ambassador",
    "rev",
    "reverend",
    "father",
    "sister",
    "brother",
    "saint",
    "secretary",
    "mayor",
    "detective",
    "officer",
    "the",
];

/// Words after an organization's name that say only what kind of company it is.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "plc",
    "gmbh",
    "ag",
    "sa",
    "nv",
    "group",
    "holdings",
];

/// Short forms that English always uses for the same thing.
const FULL_FORMS: &[(&[&str], &str)] = &[
    (&["us", "usa", "united states of america", "america"], "united states"),
    (&["uk", "great britain", "britain"], "united kingdom"),
    (&["un"], "united nations"),
    (&["eu"], "european union"),
    (&["uae"], "united arab emirates"),
    (&["washington dc"], "washington d.c."),
    (&["la"], "los angeles"),
];

/// Nouns that head the names of organizations and then stand for them: "the Church", "the Army".
const HEADS: &[&str] = &[
    "academy",
    "administration",
    "agency",
    "alliance",
    "army",
    "assembly",
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "cabinet",
    "church",
    "club",
    "coalition",
    "college",
    "commission",
    "committee",
    "company",
    "congress",
    "council",
    "court",
    "department",
    "diocese",
    "federation",
    "force",
    "foundation",
    "fund",
    "government",
    "guard",
    "guild",
    "herald",
    "institute",
    "league",
    "legislature",
    "ministry",
    "museum",
    "navy",
    "office",
    "orchestra",
    "parliament",
    "party",
    "police",
    "post",
    "school",
    "senate",
    "society",
    "times",
    "treasury",
    "tribunal",
    "tribune",
    "union",
    "university",
];

/// What periodicals' names may end with or not.
const PERIODICALS: &[&str] = &["magazine", "newspaper", "journal"];

/// Rules that leave a choice where two things of a document fit.
const WEAK: &[&str] = &["head noun", "first part", "place before it", "part of a country"];

/// Whether a rule holds only if no other thing of the document fits as well.
pub fn is_weak(rule: &str) -> bool {
    WEAK.contains(&rule)
}

/// A thing that a name may name, by which rule, and whether it was called just so before.
pub type Fit = (u32, &'static str, bool);

/// Which of the things that a name fits, latest first, it names.
pub fn choose(found: &[Fit]) -> Option<(u32, &'static str)> {
    // Who was called just so before is likelier than the latest who could be.
    let exact = found.iter().find(|(_, _, is_exact)| *is_exact);
    let strong = exact.or(found.iter().find(|(_, rule, _)| !is_weak(rule)));
    let chosen = strong.or(found.first().filter(|_| found.len() == 1));
    chosen.map(|(index, rule, _)| (*index, *rule))
}

impl Name {
    /// The name that stands in these tokens.
    pub fn of(parsed: &Parsed, tokens: TokenRange) -> Self {
        let texts: Vec<&str> = tokens.iter().map(|token| parsed.text(token)).collect();
        Self::from_words(&texts)
    }

    fn from_words(texts: &[&str]) -> Self {
        let kept: Vec<&str> =
            texts.iter().copied().filter(|text| text.contains(char::is_alphanumeric)).collect();
        let kept = kept.strip_suffix(&["s"]).unwrap_or(&kept);
        let initials =
            kept.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
        let joined: String = kept.concat();
        let letters = joined.replace('.', "");
        let is_acronym = (2..=6).contains(&letters.len()) && letters.chars().all(char::is_uppercase);
        let mut words: Vec<String> = kept.iter().map(|word| word.replace('.', "").to_lowercase()).collect();
        let titles =
            words.iter().take(words.len().saturating_sub(1)).take_while(|word| is_title(word)).count();
        // "Captain America" is no country.
        let is_titled = words[..titles].iter().any(|title| title != "the");
        words.drain(..titles);
        let opens_with_acronym =
            kept.first().is_some_and(|first| first.len() > 1 && first.chars().all(char::is_uppercase));
        let is_short_for = |(short, _): &&(&[&str], &str)| short.contains(&words.join(" ").as_str());
        let full = FULL_FORMS.iter().find(is_short_for).filter(|_| !is_titled);
        if let Some((_, full)) = full {
            words = full.split(' ').map(str::to_owned).collect();
        }
        Self { words, is_acronym: is_acronym && full.is_none(), initials, opens_with_acronym }
    }

    fn without_legal_form(&self) -> &[String] {
        let mut words = &self.words[..];
        while words.len() > 1 && words.last().is_some_and(|last| LEGAL_FORMS.contains(&last.as_str())) {
            words = &words[..words.len() - 1];
        }
        words
    }

    /// What two names share if they can name the same thing: a word, or the letters of an acronym.
    pub fn keys(&self) -> impl Iterator<Item = String> + '_ {
        let letters = self.is_acronym.then(|| self.words.concat().to_uppercase());
        let initials = (self.initials.len() > 1).then(|| self.initials.clone());
        let ends = [self.words.first(), self.words.last()].into_iter().flatten().cloned();
        let before_of = |of: usize| of.checked_sub(1).map(|at| self.words[at].clone());
        let head = self.words.iter().position(|word| is_link(word)).and_then(before_of);
        ends.chain(head).chain(letters).chain(initials)
    }

    /// The first word, of a person's name of several words: the given name.
    pub fn given(&self) -> Option<&str> {
        self.words.first().map(String::as_str)
    }

    /// Whether one of two names is an acronym with the initials of the other, in whatever order another language has them.
    pub fn shares_letters(&self, other: &Self) -> bool {
        let sorted = |letters: &str| {
            let mut letters: Vec<char> = letters.to_uppercase().chars().collect();
            letters.sort_unstable();
            letters
        };
        let abbreviates = |short: &Self, long: &Self| {
            short.is_acronym && long.len() > 2 && sorted(&short.words.concat()) == sorted(&long.initials)
        };
        abbreviates(self, other) || abbreviates(other, self)
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// What kind of thing two names are compared as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Person,
    Organization,
    Place,
    Event,
    Other,
}

/// By which rule two names name the same thing, if they do.
pub fn same(one: &Name, other: &Name, sort: Sort) -> Option<&'static str> {
    if one.words == other.words {
        return (!one.is_empty()).then_some("name");
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    match sort {
        Sort::Person => same_person(short, long),
        Sort::Organization => same_organization(short, long),
        Sort::Place => same_place(short, long),
        Sort::Event => same_event(short, long),
        Sort::Other => is_periodical(short, long).then_some("magazine"),
    }
}

/// "Harbour" and "Harbour Magazine"
fn is_periodical(short: &Name, long: &Name) -> bool {
    let rest = long.words.strip_prefix(&short.words[..]);
    matches!(rest, Some([last]) if PERIODICALS.contains(&last.as_str()))
}

fn same_person(short: &Name, long: &Name) -> Option<&'static str> {
    let (first, last) = (short.words.first()?, short.words.last()?);
    let (long_first, long_last) = (long.words.first()?, long.words.last()?);
    if short.len() == 1 && long.len() > 1 {
        return if first == long_last {
            Some("surname")
        } else {
            (first == long_first).then_some("given name")
        };
    }
    let initial = first.chars().count() == 1 && long_first.starts_with(first.as_str());
    let long_initial = long_first.chars().count() == 1 && first.starts_with(long_first.as_str());
    if short.len() < 2 || last != long_last {
        return None;
    }

    if first == long_first {
        return Some("full name");
    }
    (initial || long_initial).then_some("initials")
}

fn same_organization(short: &Name, long: &Name) -> Option<&'static str> {
    if short.without_legal_form() == long.without_legal_form() {
        return Some("legal form");
    }
    let letters: String = short.words.concat().to_uppercase();
    if short.is_acronym && long.len() > 1 && long.initials == letters {
        return Some("acronym");
    }
    if is_periodical(short, long) {
        return Some("magazine");
    }
    if let [head] = &short.words[..] {
        let link = long.words.iter().position(|word| is_link(word)).unwrap_or(long.len());
        let is_headed = link.checked_sub(1).map(|last| &long.words[last]) == Some(head);
        return (is_headed && HEADS.contains(&head.as_str())).then_some("head noun");
    }
    if let Some(before) = long.words.strip_suffix(&short.words[..]) {
        return if is_country(before) {
            Some("country before it")
        } else {
            is_place(before).then_some("place before it")
        };
    }
    is_first_part(short, long).then_some("first part")
}

/// "Supreme Court" and "Quarnish Supreme Court of Appeal"
fn is_first_part(short: &Name, long: &Name) -> bool {
    let Some(at) = long.words.iter().position(|word| is_link(word)) else { return false };
    let before = long.words[..at].strip_suffix(&short.words[..]);
    short.len() > 1
        && before.is_some_and(|before| before.is_empty() || is_country(before) || is_place(before))
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// What follows the head of an organization's name.
fn is_link(word: &str) -> bool {
    matches!(word, "of" | "for" | "on")
}

/// "The North" is North Quarland, and "Quarland" the only one of its parts that is spoken of.
fn same_place(short: &Name, long: &Name) -> Option<&'static str> {
    let (first, rest) = long.words.split_first()?;
    let is_part = DIRECTIONS.contains(&first.as_str()) && is_kind(&long.words, PlaceKind::Country);
    let is_direction = short.words[..] == long.words[..1];
    let is_rest = short.words[..] == *rest && gazetteer::place(&written(rest)).is_none();
    (is_part && (is_direction || is_rest)).then_some("part of a country")
}

const DIRECTIONS: &[&str] = &["north", "south", "east", "west"];

/// "Film Festival" and "Oslo Film Festival", "World Cup" and "FIFA World Cup"
fn same_event(short: &Name, long: &Name) -> Option<&'static str> {
    let before = long.words.strip_suffix(&short.words[..]).filter(|_| short.len() > 1)?;
    let is_place = || is_country(before) || is_place(before);
    let is_organizer = || before.len() == 1 && long.opens_with_acronym;
    (is_place() || is_organizer()).then_some("place before it")
}

/// "US", "United Kingdom" or "Danish", in small letters.
fn is_country(words: &[String]) -> bool {
    let is_short_form = || FULL_FORMS.iter().any(|(short, _)| short.contains(&words.join(" ").as_str()));
    is_kind(words, PlaceKind::Country)
        || is_short_form()
        || gazetteer::country_of_demonym(&written(words)).is_some()
}

/// "Oslo" or "Oslo City", in small letters.
fn is_place(words: &[String]) -> bool {
    let words = words.strip_suffix(&["city".to_owned()]).filter(|rest| !rest.is_empty()).unwrap_or(words);
    gazetteer::place(&written(words)).is_some()
}

fn is_kind(words: &[String], kind: PlaceKind) -> bool {
    gazetteer::place(&written(words)) == Some(kind)
}

/// Words in small letters as names are written.
fn written(words: &[String]) -> String {
    let capitalized = |word: &String| {
        let mut chars = word.chars();
        chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect::<String>()
    };
    words.iter().map(capitalized).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, sort: Sort, expected: Option<&str>) {
        let name = |text: &str| Name::from_words(&text.split(' ').collect::<Vec<_>>());
        assert_eq!(same(&name(one), &name(other), sort), expected, "{one} / {other}");
        assert_eq!(same(&name(other), &name(one), sort), expected, "{other} / {one}");
    }

    #[test]
    fn persons_go_by_parts_of_their_names() {
        check("Ada Park", "Ms. Park", Sort::Person, Some("surname"));
        check("Ada Park", "Ada", Sort::Person, Some("given name"));
        check("Ada Park", "Ada Lin Park", Sort::Person, Some("full name"));
        check("A. Park", "Ada Park", Sort::Person, Some("initials"));
        check("Ada Park", "Bea Park", Sort::Person, None);
        check("Park", "Lin", Sort::Person, None);
    }

    #[test]
    fn organizations_go_by_acronyms_and_without_legal_forms() {
        check("Lumen Works Inc.", "Lumen Works", Sort::Organization, Some("legal form"));
        check("Society of Tall Towers", "STT", Sort::Organization, Some("acronym"));
        check("U.S. Harbor Board", "Harbor Board", Sort::Organization, Some("country before it"));
        check("Lumen Works", "Lumen", Sort::Organization, None);
        check("Lumen Harbor Board", "Harbor Board", Sort::Organization, None);
        check("United Kingdom Harbor Board", "Harbor Board", Sort::Organization, Some("country before it"));
        check("Oslo Harbor Board", "Harbor Board", Sort::Organization, Some("place before it"));
        check("Church of the Tall Towers", "Church", Sort::Organization, Some("head noun"));
        check("Danish People 's Army", "Army", Sort::Organization, Some("head noun"));
        check("Lumen Works", "Works", Sort::Organization, None);
        check("Supreme Court", "Danish Supreme Court of Appeal", Sort::Organization, Some("first part"));
        check("Harbor", "Harbor Magazine", Sort::Other, Some("magazine"));
    }

    #[test]
    fn places_and_events_go_by_parts_that_say_enough() {
        check("North", "North Korea", Sort::Place, Some("part of a country"));
        check("Korea", "South Korea", Sort::Place, Some("part of a country"));
        check("Sudan", "South Sudan", Sort::Place, None);
        check("North", "North Hill", Sort::Place, None);
        check("Film Festival", "Oslo City Film Festival", Sort::Event, Some("place before it"));
        check("World Cup", "FIFA World Cup", Sort::Event, Some("place before it"));
        check("World Cup", "Chess World Cup", Sort::Event, None);
    }

    #[test]
    fn other_things_need_the_same_name() {
        check("U.S.", "the United States", Sort::Other, Some("name"));
        check("Harbor Lights", "Harbor", Sort::Other, None);
    }
}
