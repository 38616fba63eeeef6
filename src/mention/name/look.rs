//! How a token looks by itself, before anything around it is considered.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::NameClass;
use super::cluster;
use crate::lexicon::gazetteer;

/// How a token is cased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Lower,
    /// "Oslo"
    Initial,
    /// "NASA"; of two letters or more.
    Upper,
    /// "McNeil", "iPhone"
    Mixed,
    /// Has a digit.
    Digit,
    Punctuation,
}

/// What is known of a token from its letters alone; words and affixes as hashes.
#[derive(Clone, Debug)]
pub struct Look {
    pub lower: u32,
    pub exact: u32,
    pub case: Case,
    /// Runs of capitals, small letters and digits, each as one: "McNeil" is "XxXx".
    pub shape: u32,
    pub prefixes: [u32; 3],
    pub suffixes: [u32; 3],
    /// The groups of the word as spelled; fine 0xffff where it is unknown.
    pub fine: u16,
    pub coarse: u8,
    /// The fine group of the word in lower case, for words that are not.
    pub lower_fine: u16,
    /// One bit for each gazetteer that knows the word; see `gazetteers`.
    pub gazetteers: u8,
    /// What a noun beside a name says that the name is of, as in `noun.txt`: the class's place among the labelled ones and
    /// one more; zero for other words.
    pub noun: u8,
    /// The same of a noun in the singular or the plural ("bands").
    pub topic: u8,
    /// Of a word in small letters, the gazetteers that would know it with a capital; see `gazetteers`.
    pub hidden: u8,
    pub opens_quote: bool,
    pub closes_quote: bool,
    /// A word inside names that is not capitalized there: "of", "de", "&".
    pub links: bool,
    /// What stands between the names of a list.
    pub joins: bool,
}

pub const UNKNOWN: u16 = 0xffff;

impl Look {
    pub fn new(token: &str) -> Self {
        let case = case_of(token);
        let lowered = if case == Case::Lower { None } else { Some(token.to_lowercase()) };
        let lower: &str = lowered.as_deref().unwrap_or(token);
        let cluster = cluster_of(token, lower, case);
        let lower_fine = lowered.as_deref().and_then(cluster::find).map_or(UNKNOWN, |found| found.fine);
        Self {
            lower: cluster::hash(lower),
            exact: cluster::hash(token),
            case,
            shape: shape_of(token),
            prefixes: [1, 2, 3].map(|length| affix(lower.chars(), length)),
            suffixes: [2, 3, 4].map(|length| affix(lower.chars().rev(), length)),
            fine: cluster.map_or(UNKNOWN, |found| found.fine),
            coarse: cluster.map_or(u8::MAX, |found| found.coarse),
            lower_fine,
            gazetteers: gazetteers(token, lower, case),
            noun: if case == Case::Lower { noun(token) } else { 0 },
            topic: if case == Case::Lower { topic(token) } else { 0 },
            hidden: if case == Case::Lower { hidden(token) } else { 0 },
            opens_quote: matches!(token, "\"" | "``" | "“" | "«" | "‘"),
            closes_quote: matches!(token, "\"" | "''" | "”" | "»" | "’"),
            links: matches!(
                token,
                "of" | "de"
                    | "von"
                    | "van"
                    | "der"
                    | "den"
                    | "del"
                    | "della"
                    | "di"
                    | "da"
                    | "du"
                    | "la"
                    | "le"
                    | "el"
                    | "al"
                    | "bin"
                    | "ibn"
                    | "&"
                    | "-"
                    | "–"
                    | "'"
                    | "’"
                    | "y"
                    | "e"
                    | "and"
                    | "for"
                    | "the"
                    | "in"
                    | "on"
                    | "to"
                    | "a"
                    | "at"
                    | "'s"
                    | "’s"
                    | "with"
                    | "from"
                    | "by"
                    | "und"
                    | "et"
            ),
            joins: matches!(token, "," | ";" | "and" | "or" | "&" | "(" | ")" | "/"),
        }
    }

    pub fn is_capitalized(&self) -> bool {
        matches!(self.case, Case::Initial | Case::Upper | Case::Mixed)
    }
}

/// The groups of a word as spelled, or else in the spellings that capitals may have hidden.
fn cluster_of(token: &str, lower: &str, case: Case) -> Option<cluster::Cluster> {
    cluster::find(token).or_else(|| match case {
        Case::Upper => {
            let mut chars = lower.chars();
            let first = chars.next().into_iter().flat_map(char::to_uppercase);
            cluster::find(&first.chain(chars).collect::<String>()).or_else(|| cluster::find(lower))
        }
        Case::Initial | Case::Mixed => cluster::find(lower),
        _ => None,
    })
}

fn noun(word: &str) -> u8 {
    static NOUNS: OnceLock<HashMap<&str, u8>> = OnceLock::new();
    let nouns = NOUNS.get_or_init(|| {
        let lines = include_str!("noun.txt").lines().filter_map(|line| line.split_once('\t'));
        let place = |name: &str| NameClass::LABELLED.iter().position(|class| class.as_str() == name);
        lines.filter_map(|(word, name)| Some((word, place(name)? as u8 + 1))).collect()
    });
    nouns.get(word).copied().unwrap_or(0)
}

/// What a noun says, also in the plural.
fn topic(word: &str) -> u8 {
    let singular =
        |end: &str, more: &str| word.strip_suffix(end).map_or(0, |stem| noun(&(stem.to_owned() + more)));
    [noun(word), singular("s", ""), singular("ies", "y"), singular("es", "")]
        .into_iter()
        .find(|class| *class > 0)
        .unwrap_or(0)
}

/// The gazetteers that know a word in small letters with a capital.
fn hidden(word: &str) -> u8 {
    let mut chars = word.chars();
    let Some(first) = chars.next().filter(|first| first.is_alphabetic()) else { return 0 };
    let capitalized: String = first.to_uppercase().chain(chars).collect();
    gazetteers(&capitalized, word, Case::Initial) & 0b10_1111
}

fn gazetteers(token: &str, lower: &str, case: Case) -> u8 {
    if !matches!(case, Case::Initial | Case::Upper | Case::Mixed) {
        return u8::from(gazetteer::is_title(lower)) << 4;
    }
    let place = gazetteer::place(token);
    u8::from(gazetteer::given_name_gender(token).is_some())
        | u8::from(gazetteer::is_surname(token)) << 1
        | u8::from(place == Some(gazetteer::PlaceKind::City)) << 2
        | u8::from(place.is_some_and(|kind| kind != gazetteer::PlaceKind::City)) << 3
        | u8::from(gazetteer::is_title(lower)) << 4
        | u8::from(gazetteer::country_of_demonym(token).is_some()) << 5
}

fn case_of(token: &str) -> Case {
    let count = |test: fn(char) -> bool| token.chars().filter(|c| test(*c)).count();
    let upper = count(char::is_uppercase);
    if count(char::is_numeric) > 0 {
        Case::Digit
    } else if count(char::is_alphabetic) == 0 {
        Case::Punctuation
    } else if upper == 0 {
        Case::Lower
    } else if upper > 1 && count(char::is_lowercase) == 0 {
        Case::Upper
    } else if upper == 1 && token.starts_with(char::is_uppercase) {
        Case::Initial
    } else {
        Case::Mixed
    }
}

fn shape_of(token: &str) -> u32 {
    let kind = |c: char| match c {
        _ if c.is_uppercase() => 'X',
        _ if c.is_alphabetic() => 'x',
        _ if c.is_numeric() => 'd',
        _ => c,
    };
    let (mut shape, mut last) = (String::new(), ' ');
    for c in token.chars().map(kind) {
        if c != last {
            shape.push(c);
        }
        last = c;
    }
    cluster::hash(&shape)
}

/// The hash of up to `length` characters more than one, and that there were so many.
fn affix(chars: impl Iterator<Item = char>, length: usize) -> u32 {
    chars.take(length + 1).fold(length as u32, |hash, c| (hash ^ c as u32).wrapping_mul(0x0100_0193))
}
