//! Titles: those before people's names, which are no part of them, and those of works, which quotation marks bound.

use super::description::class_of;
use super::name::{Name, NameClass, replace};
use crate::document::{Role, TokenId, TokenRange};
use crate::lexicon::{Lexicon, gazetteer};
use crate::syntax::{Parsed, Upos};

/// The longest title that quotation marks are taken to bound, in tokens.
const LONGEST: usize = 12;

/// Names with the titles of people cut off, and the titles of works as long as their quotation marks say.
pub fn mend(parsed: &Parsed, lexicon: &Lexicon, names: Vec<Name>) -> Vec<Name> {
    let quoted = quoted_titles(parsed);
    let mut in_title = vec![false; parsed.words().len()];
    quoted.iter().for_each(|quotation| in_title[quotation.inside.indices()].fill(true));
    let mut in_name = vec![false; parsed.words().len()];
    names.iter().for_each(|name| in_name[name.tokens.indices()].fill(true));
    let overlaps = |name: &Name| in_title[name.tokens.indices()].contains(&true);
    let outside =
        names.iter().filter(|name| !overlaps(name)).map(|name| without_title(parsed, lexicon, *name));
    let works = quoted.iter().filter_map(|quotation| {
        let range = quotation.inside;
        let first = names.partition_point(|name| name.tokens.end <= range.start);
        let inside: Vec<&Name> =
            names[first..].iter().take_while(|name| name.tokens.start < range.end).collect();
        let beside = |token: Option<u32>| token.is_some_and(|at| in_name.get(at as usize) == Some(&true));
        let [before, after] = [range.start.0.checked_sub(2), Some(range.end.0 + 1)];
        // "Ann 'The Voice' Lee" has a nickname, not a title.
        let is_nickname = inside.is_empty() && beside(before) && beside(after);
        let found = if is_nickname { None } else { quotation.read(&inside) }?;
        let is_other = calls_other(parsed, lexicon, range);
        let class = |name: &Name| {
            if is_other && name.class.coarse() == NameClass::Work { NameClass::Other } else { name.class }
        };
        Some(found.into_iter().map(|name| Name { class: class(&name), ..name }).collect::<Vec<_>>())
    });
    let mut mended: Vec<Name> = outside.chain(works.flatten()).collect();
    mended.sort_by_key(|name| name.tokens.start);
    replace(mended, place_of_writing(parsed).into_iter().collect())
}

/// Whether the words before a quotation say that it is what something is called that is no work: "a robot named ...".
fn calls_other(parsed: &Parsed, lexicon: &Lexicon, inside: TokenRange) -> bool {
    let sentence = parsed.sentence_around(inside.start);
    let before = |count: u32| {
        let token = inside.start.0.checked_sub(count).map(TokenId);
        token.filter(|token| sentence.contains(*token))
    };
    let calls = |token: TokenId| {
        matches!(parsed.text(token), "as" | "named" | "dubbed" | "nicknamed" | "labelled" | "labeled")
    };
    let comma = before(3).is_some_and(|token| parsed.text(token) == ",");
    let noun = before(2).filter(|token| calls(*token)).and_then(|_| before(if comma { 4 } else { 3 }));
    noun.is_some_and(|noun| {
        let is_work = lexicon.is_core(class_of(parsed, lexicon, noun), "Work");
        parsed.word(noun).upos == Upos::Noun && !is_work
    })
}

/// "OSLO, Norway — ...": the words in capitals that open the first paragraph of a report, before a dash.
fn place_of_writing(parsed: &Parsed) -> Option<Name> {
    let document = parsed.document();
    let paragraph = document.paragraphs().iter().find(|paragraph| paragraph.role == Role::Body)?;
    let sentence = document.sentence(paragraph.start);
    let capital = |token: &TokenId| {
        let text = parsed.text(*token);
        text.chars().count() > 1 && text.chars().all(|c| c.is_uppercase() || c == '.')
    };
    let length = sentence.iter().take_while(capital).count() as u32;
    let tokens = TokenRange { start: sentence.start, end: TokenId(sentence.start.0 + length) };
    let next = parsed.text(sentence.iter().nth(length as usize)?);
    let opens = |text: &str| matches!(text, "—" | "–" | "--" | "-");
    let dashed = sentence.iter().skip(length as usize).take(6).any(|token| opens(parsed.text(token)));
    let placed = (1..=4).contains(&length) && (opens(next) || matches!(next, "," | "(")) && dashed;
    placed.then_some(Name { tokens, class: NameClass::Place, confidence: 1.0 })
}

/// "President Lund" is Lund, and "Founder Mira Holt" is Mira Holt.
fn without_title(parsed: &Parsed, lexicon: &Lexicon, name: Name) -> Name {
    if name.class != NameClass::Person {
        return name;
    }
    let text = |token: TokenId| parsed.text(token);
    let is_title = |token: &TokenId| !lexicon.roles_of(&text(*token).to_lowercase()).is_empty();
    let last = TokenId(name.tokens.end.0 - 1);
    let before_last = TokenRange { start: name.tokens.start, end: last };
    let Some(title) = before_last.iter().rev().find(is_title) else { return name };
    // "Dean" before one more word is a given name.
    let is_given = || gazetteer::given_name_gender(text(title)).is_some() && title == name.tokens.start;
    if title.0 + 1 == last.0 && (REGNAL.contains(&text(title)) || is_given()) {
        return name;
    }
    Name { tokens: TokenRange { start: TokenId(title.0 + 1), end: name.tokens.end }, ..name }
}

/// Titles without which a single name is not enough.
const REGNAL: &[&str] = &[
    "King",
    "Queen",
    "Pope",
    "Prince",
    "Princess",
    "Saint",
    "St.",
    "St",
    "Lord",
    "Lady",
    "Emperor",
    "Empress",
    "Sultan",
    "Mother",
    "Father",
    "Brother",
    "Sister",
    "Duke",
    "Duchess",
    "Baron",
    "Count",
    "Countess",
    "Sheikh",
    "Patriarch",
    "Sir",
    "Dame",
];

/// Words between quotation marks that are capitalized as titles are.
#[derive(Clone, Copy)]
struct Quotation {
    inside: TokenRange,
    /// Whether a full stop ends it, as if somebody had said it.
    is_sentence: bool,
}

impl Quotation {
    /// The names that a quotation makes of those the recognizer found in it.
    ///
    /// A title in which something was found to be a work, or which is nearly all one name, is a work. One word that is
    /// said ("Kiss.") is none.
    fn read(self, inside: &[&Name]) -> Option<Vec<Name>> {
        let covers = inside
            .iter()
            .any(|name| name.tokens.start <= self.inside.start && self.inside.end <= name.tokens.end);
        let is_work = inside.iter().any(|name| name.class == NameClass::Work);
        if self.is_sentence {
            return Some(
                inside.iter().filter(|name| name.class != NameClass::Work).map(|name| **name).collect(),
            );
        }
        if !is_work && (covers || self.inside.len() < 2) {
            return Some(inside.iter().map(|name| **name).collect());
        }
        let confidence = inside.iter().map(|name| name.confidence).fold(0.5, f32::max);
        Some(vec![Name { tokens: self.inside, class: NameClass::Work, confidence }])
    }
}

/// Every stretch between quotation marks whose words begin with capitals, small words aside.
fn quoted_titles(parsed: &Parsed) -> Vec<Quotation> {
    let mut found = Vec::new();
    for (_, sentence) in parsed.document().sentences() {
        let mut at = sentence.start;
        while at < sentence.end {
            let close = CLOSING.iter().find(|(open, _)| *open == parsed.text(at)).map(|(_, close)| *close);
            let end = close.and_then(|close| {
                let limit = sentence.end.0.min(at.0 + LONGEST as u32 + 3);
                (at.0 + 2..limit).map(TokenId).find(|token| parsed.text(*token) == close)
            });
            if let Some(end) = end
                && let Some(quotation) = title(parsed, TokenRange { start: TokenId(at.0 + 1), end })
            {
                found.push(quotation);
                at = end;
            }
            at.0 += 1;
        }
    }
    found
}

const CLOSING: &[(&str, &str)] =
    &[("\"", "\""), ("\u{201c}", "\u{201d}"), ("``", "''"), ("'", "'"), ("\u{2018}", "\u{2019}")];

fn title(parsed: &Parsed, mut inside: TokenRange) -> Option<Quotation> {
    let mut is_sentence = false;
    while let Some(last) =
        inside.iter().next_back().filter(|last| [",", ".", ";", ":"].contains(&parsed.text(*last)))
    {
        is_sentence |= parsed.text(last) == ".";
        inside.end = last;
    }
    if inside.is_empty() || inside.len() > LONGEST {
        return None;
    }
    let capital =
        |token: TokenId| parsed.text(token).starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let small = |token: TokenId| {
        let text = parsed.text(token);
        SMALL.contains(&text) || !text.starts_with(char::is_alphanumeric)
    };
    let last = TokenId(inside.end.0 - 1);
    let titled = capital(inside.start)
        && inside.iter().all(|token| capital(token) || small(token))
        && !SMALL.contains(&parsed.text(last));
    titled.then_some(Quotation { inside, is_sentence })
}

/// Words that titles do not capitalize.
pub(super) const SMALL: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "and",
    "or",
    "but",
    "with",
    "by",
    "from",
    "as",
    "into",
    "n't",
    "'s",
    "\u{2019}s",
    "'",
    "vs",
    "de",
    "la",
];
