//! Names: when two of them name the same thing, and which is the fullest.

use crate::document::TokenRange;
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
    (&["us", "usa", "united states of america"], "united states"),
    (&["uk", "great britain", "britain"], "united kingdom"),
    (&["un"], "united nations"),
    (&["eu"], "european union"),
    (&["uae"], "united arab emirates"),
    (&["washington dc"], "washington d.c."),
];

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
        while words.len() > 1 && TITLES.contains(&words[0].as_str()) {
            words.remove(0);
        }
        let full = FULL_FORMS.iter().find(|(short, _)| short.contains(&words.join(" ").as_str()));
        if let Some((_, full)) = full {
            words = full.split(' ').map(str::to_owned).collect();
        }
        Self { words, is_acronym: is_acronym && full.is_none(), initials }
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
        ends.chain(letters).chain(initials)
    }

    /// The first word, of a person's name of several words: the given name.
    pub fn given(&self) -> Option<&str> {
        self.words.first().map(String::as_str)
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
        Sort::Other => None,
    }
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
    let before = long.words.strip_suffix(&short.words[..])?;
    (short.len() > 1 && is_short_form(&before.join(" "))).then_some("country before it")
}

/// "US" and the like.
fn is_short_form(words: &str) -> bool {
    FULL_FORMS.iter().any(|(short, _)| short.contains(&words))
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
    }

    #[test]
    fn other_things_need_the_same_name() {
        check("U.S.", "the United States", Sort::Other, Some("name"));
        check("Harbor Lights", "Harbor", Sort::Other, None);
    }
}
