//! Terms: the words that may fill a place in a fact and are no recognized name, description or value.
//!
//! What a genre, a rank or a species is called, where a title ends, whether "animated film" or "Japanese animated film"
//! is meant: no list tells. So every reading that the words allow is offered here, and the facts choose among them.

use std::collections::BTreeSet;

use oxrdf::vocab::xsd;

use super::description::is_quotation_mark;
use super::value::date;
use super::{Kind, Mention, Number};
use crate::document::{TokenId, TokenRange};
use crate::lexicon::gazetteer;
use crate::syntax::{Deprel, Parsed, Upos, Xpos};

/// The longest noun phrase, and the longest title, in tokens.
const LONGEST: u32 = 10;
const LONGEST_TITLE: u32 = 12;

/// Every term of the text that is not a mention already.
pub fn find(parsed: &Parsed, known: &[Mention]) -> Vec<Mention> {
    let is_other = |mention: &&Mention| matches!(mention.kind, Kind::Name | Kind::Value(_));
    let taken: BTreeSet<TokenRange> = known.iter().filter(is_other).map(|mention| mention.tokens).collect();
    let dates: Vec<TokenRange> =
        known.iter().filter(|mention| is_date(mention)).map(|mention| mention.tokens).collect();
    let cuts = Cuts::of(parsed, known);
    let mut found: BTreeSet<TokenRange> = BTreeSet::new();
    for (_, sentence) in parsed.document().sentences() {
        phrases(parsed, sentence, &cuts, &mut found);
        found.extend(joined(parsed, sentence));
        titles(parsed, sentence, &mut found);
        found.extend(opening(parsed, sentence));
        found.extend(quotations(parsed, sentence));
    }
    found.retain(|range| !range.is_empty() && !taken.contains(range) && names_something(parsed, *range));
    // "18th December" and "2009 in Ghent" cut a date in two.
    let cuts_date = |term: &TokenRange, date: &TokenRange| {
        term.overlaps(*date) && !(term.start <= date.start && date.end <= term.end)
    };
    found.retain(|range| !dates.iter().any(|date| cuts_date(range, date)));
    found.into_iter().map(|tokens| mention(parsed, tokens)).collect()
}

fn is_date(mention: &Mention) -> bool {
    let Kind::Value(literal) = &mention.kind else { return false };
    mention.tokens.len() > 1 && (literal.datatype() == xsd::DATE || literal.datatype() == xsd::G_YEAR_MONTH)
}

/// Whether some word of a term could name a thing: a pronoun, an ordinal or a month alone does not.
fn names_something(parsed: &Parsed, tokens: TokenRange) -> bool {
    let is_bare = |token: TokenId| {
        matches!(parsed.word(token).upos, Upos::Pron | Upos::Det | Upos::Punct)
            || is_ordinal(parsed.text(token))
    };
    !tokens.iter().all(is_bare) && (tokens.len() > 1 || !date::is_calendar_word(parsed.text(tokens.start)))
}

/// "18th", "22nd": half a date, or which of several.
fn is_ordinal(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number && matches!(&text[digits.len()..], "st" | "nd" | "rd" | "th")
}

fn mention(parsed: &Parsed, tokens: TokenRange) -> Mention {
    let head = parsed.head_of(tokens);
    let plural = matches!(parsed.word(head).xpos, Xpos::Nns | Xpos::Nnps);
    Mention {
        tokens,
        head,
        kind: Kind::Term,
        recognized: None,
        class: None,
        is_class_sure: false,
        number: Some(if plural { Number::Plural } else { Number::Singular }),
        gender: None,
    }
}

/// Between which tokens a term may begin or end: not inside a run of proper nouns, but where a name ends.
struct Cuts {
    may_start: Vec<bool>,
    may_end: Vec<bool>,
}

impl Cuts {
    fn of(parsed: &Parsed, known: &[Mention]) -> Self {
        let count = parsed.words().len();
        let proper = |index: usize| parsed.words().get(index).is_some_and(|word| word.upos == Upos::Propn);
        let whole = |index: usize| index == 0 || !(proper(index - 1) && proper(index));
        let mut may_start: Vec<bool> = (0..count).map(whole).collect();
        let mut may_end: Vec<bool> = (1..=count).map(whole).collect();
        for name in known.iter().filter(|mention| mention.kind == Kind::Name) {
            may_start[name.tokens.start.index()] = true;
            may_end[name.tokens.end.index() - 1] = true;
            if let Some(before) = name.tokens.start.index().checked_sub(1) {
                may_end[before] = true;
            }
            if let Some(after) = may_start.get_mut(name.tokens.end.index()) {
                *after = true;
            }
        }
        Self { may_start, may_end }
    }
}

/// Runs of nouns and what stands before nouns, whole and in part.
fn phrases(parsed: &Parsed, sentence: TokenRange, cuts: &Cuts, found: &mut BTreeSet<TokenRange>) {
    for start in sentence.iter().filter(|start| cuts.may_start[start.index()] && begins(parsed, *start)) {
        let last = sentence.end.0.min(start.0 + LONGEST);
        let run = (start.0..last).map(TokenId).take_while(|token| is_nominal(parsed, *token));
        for end in run.filter(|token| cuts.may_end[token.index()] && ends(parsed, *token)) {
            found.insert(TokenRange { start, end: TokenId(end.0 + 1) });
        }
    }
}

/// Two runs of nouns without articles, and the small word that makes one notion of them: "rhythm and blues", "prisoner of
/// war", "missing in action".
fn joined(parsed: &Parsed, sentence: TokenRange) -> Vec<TokenRange> {
    let joins = |token: &TokenId| matches!(parsed.text(*token), "of" | "and" | "&" | "in" | "for");
    let within =
        |token: TokenId| sentence.contains(token) && is_nominal(parsed, token) && is_word(parsed, token);
    let mut found = Vec::new();
    for middle in sentence.iter().filter(joins) {
        let before = (sentence.start.0..middle.0).rev().map(TokenId).take(LONGEST_JOINED);
        let starts = before.take_while(|token| within(*token) || is_missing(parsed, *token));
        let after = (middle.0 + 1..sentence.end.0).map(TokenId).take(LONGEST_JOINED);
        let lasts: Vec<TokenId> = after.take_while(|token| within(*token)).collect();
        let is_place = |last: &TokenId| parsed.text(*last).starts_with(char::is_uppercase);
        if parsed.text(middle) == "in" && lasts.last().is_some_and(is_place) {
            continue;
        }
        // "rhythm and blues", also before "singer".
        let ends = || lasts.iter().filter(|last| ends(parsed, **last)).map(|last| TokenId(last.0 + 1));
        let starts = starts.filter(|start| begins(parsed, *start) || is_missing(parsed, *start));
        found.extend(starts.flat_map(|start| ends().map(move |end| TokenRange { start, end })));
    }
    found
}

/// The longest of two runs of nouns that a small word joins, in tokens.
const LONGEST_JOINED: usize = 3;

fn is_word(parsed: &Parsed, token: TokenId) -> bool {
    parsed.text(token).chars().all(char::is_alphabetic)
}

/// A participle before "in": "killed in action".
fn is_missing(parsed: &Parsed, token: TokenId) -> bool {
    let next = TokenId(token.0 + 1);
    matches!(parsed.word(token).xpos, Xpos::Vbn | Xpos::Vbg)
        && next.index() < parsed.words().len()
        && parsed.text(next) == "in"
}

fn is_nominal(parsed: &Parsed, token: TokenId) -> bool {
    let word = parsed.word(token);
    let has_hyphen = |neighbour: Option<u32>| {
        neighbour.is_some_and(|at| (at as usize) < parsed.words().len() && parsed.text(TokenId(at)) == "-")
    };
    // "a film starring Ana Vell", "games including Dusk": the participle has an object of its own.
    let takes_object = matches!(word.deprel, Deprel::Acl | Deprel::Advcl | Deprel::Case);
    matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X)
        || matches!(word.xpos, Xpos::Hyph | Xpos::Afx)
        || matches!(parsed.text(token), "&" | "'s" | "\u{2019}s" | "/")
        || word.xpos == Xpos::Vbg && !takes_object
        // "condensed milk"
        || word.xpos == Xpos::Vbn && (word.deprel == Deprel::Amod || has_hyphen(token.0.checked_sub(1)))
        || word.upos == Upos::Adp && has_hyphen(Some(token.0 + 1))
}

fn begins(parsed: &Parsed, token: TokenId) -> bool {
    is_nominal(parsed, token) && parsed.text(token).starts_with(char::is_alphanumeric)
}

fn ends(parsed: &Parsed, token: TokenId) -> bool {
    let is_possessive = matches!(parsed.text(token), "'s" | "\u{2019}s");
    !is_possessive && parsed.text(token).ends_with(|c: char| c.is_alphanumeric() || c == '.')
}

/// Words in capitals, with the small words that titles and names hold ("Keeper of the Light").
fn titles(parsed: &Parsed, sentence: TokenRange, found: &mut BTreeSet<TokenRange>) {
    let capital =
        |token: TokenId| parsed.text(token).starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let mut at = sentence.start;
    while at < sentence.end {
        if !capital(at) {
            at.0 += 1;
            continue;
        }
        let (mut end, mut next) = (at.0 + 1, at.0 + 1);
        while next < sentence.end.0 && next - end < 3 && end - at.0 < LONGEST_TITLE {
            if capital(TokenId(next)) {
                end = next + 1;
            } else if !WITHIN_TITLES.contains(&parsed.text(TokenId(next)).to_lowercase().as_str()) {
                break;
            }
            next += 1;
        }
        let whole = TokenRange { start: at, end: TokenId(end) };
        at = TokenId(end);
        if whole.len() == 1 && is_small(parsed, whole.start) {
            continue;
        }
        found.extend(within_place(parsed, sentence, whole));
        let is_title = !is_begun_by_small_word(parsed, sentence, whole);
        for name in [whole].into_iter().chain(parts(parsed, whole)) {
            if name.start == whole.start && !is_title {
                continue;
            }
            found.insert(name);
            found.extend(bracketed(parsed, sentence, name));
        }
    }
}

/// Whether words in capitals are none of a title: "In 1927 the hall opened", "Located in Ghent, it ..."; but "In the Fog
/// is a film".
fn is_begun_by_small_word(parsed: &Parsed, sentence: TokenRange, words: TokenRange) -> bool {
    use Upos::{Adp, Adv, Cconj, Sconj, Verb};
    let begins = matches!(parsed.word(words.start).upos, Adp | Adv | Cconj | Sconj | Verb);
    let goes_on = |next: TokenId| {
        matches!(parsed.word(next).upos, Upos::Aux | Verb)
            || matches!(parsed.text(next), "(" | ":" | "." | "\"")
    };
    words.start == sentence.start && begins && sentence.contains(words.end) && !goes_on(words.end)
}

/// Whether a word has its capital only because it begins a sentence.
fn is_small(parsed: &Parsed, token: TokenId) -> bool {
    use Upos::{Adp, Adv, Aux, Cconj, Det, Part, Pron, Sconj};
    matches!(parsed.word(token).upos, Adp | Adv | Aux | Cconj | Det | Part | Pron | Sconj)
}

/// A name with the places around it, "Ghent, Belgium", "Elm Township, Lake County, Ohio": the whole is often how a place is
/// called.
fn within_place(parsed: &Parsed, sentence: TokenRange, name: TokenRange) -> Vec<TokenRange> {
    let capital = |token: &TokenId| parsed.text(*token).starts_with(char::is_uppercase);
    let starts = [name.start.0].into_iter().chain(name.iter().map(|token| token.0 + 1));
    let after_small_word = |start: &u32| {
        if *start == name.start.0 {
            return parsed.word(name.start).upos != Upos::Verb;
        }
        matches!(parsed.text(TokenId(start - 1)), "in" | "of" | "at" | "from")
    };
    let starts: Vec<TokenId> =
        starts.filter(|start| *start < name.end.0 && after_small_word(start)).map(TokenId).collect();
    let mut found = Vec::new();
    let mut end = name.end;
    while found.len() < MOST_PLACES * starts.len() && sentence.contains(end) && parsed.text(end) == "," {
        let from = TokenId(end.0 + 1);
        let Some(last) = (from.0..sentence.end.0.min(from.0 + 4)).map(TokenId).take_while(capital).last()
        else {
            break;
        };
        end = TokenId(last.0 + 1);
        let around = TokenRange { start: from, end };
        let is_known = gazetteer::place(parsed.document().slice(parsed.document().span(around))).is_some();
        let is_part = PARTS.contains(&parsed.text(last));
        if !is_known && !is_part {
            break;
        }
        found.extend(starts.iter().map(|start| TokenRange { start: *start, end }));
    }
    found
}

/// How many places around a name are taken with it.
const MOST_PLACES: usize = 2;

/// What parts of countries are called.
const PARTS: &[&str] =
    &["County", "Township", "Province", "Prefecture", "District", "State", "Parish", "D.C."];

/// A name with what stands in brackets after it, "Dusk (film)", as encyclopedias tell namesakes apart; or with a number in
/// brackets before it.
fn bracketed(parsed: &Parsed, sentence: TokenRange, name: TokenRange) -> Option<TokenRange> {
    let text = |token: u32| {
        Some(TokenId(token)).filter(|token| sentence.contains(*token)).map(|token| parsed.text(token))
    };
    let start = name.start.0;
    let is_number =
        |text: Option<&str>| text.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    if start >= 3
        && text(start - 1) == Some(")")
        && is_number(text(start - 2))
        && text(start - 3) == Some("(")
    {
        return Some(TokenRange { start: TokenId(start - 3), end: name.end });
    }
    let opens = text(name.end.0) == Some("(");
    let close = (name.end.0 + 2..name.end.0 + 5).find(|token| text(*token) == Some(")"))?;
    let is_kind = |token: u32| {
        text(token).is_some_and(|text| {
            text.chars().all(|c| c.is_alphanumeric() || c == '.')
                && !text.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let fits = opens && (name.end.0 + 1..close).all(is_kind);
    fits.then(|| TokenRange { start: name.start, end: TokenId(close + 1) })
}

/// What stands before a conjunction, a comma or "of", and what after it; and a title without its article.
fn parts(parsed: &Parsed, whole: TokenRange) -> Vec<TokenRange> {
    let mut parts = Vec::new();
    if whole.len() > 1 && ["The", "A", "An"].contains(&parsed.text(whole.start)) {
        parts.push(TokenRange { start: TokenId(whole.start.0 + 1), end: whole.end });
    }
    for token in whole.iter().filter(|token| SEPARATORS.contains(&parsed.text(*token))) {
        parts.push(TokenRange { start: whole.start, end: token });
        let article = parsed.text(TokenId(token.0 + 1)) == "the";
        parts.push(TokenRange { start: TokenId(token.0 + 1 + u32::from(article)), end: whole.end });
    }
    parts.retain(|part| !part.is_empty() && parsed.text(part.start).starts_with(char::is_alphanumeric));
    parts
}

const WITHIN_TITLES: &[&str] = &[
    "of",
    "the",
    "and",
    "in",
    "for",
    "de",
    "la",
    "le",
    "du",
    "des",
    "del",
    "da",
    "di",
    "von",
    "van",
    "der",
    "den",
    "&",
    "-",
    "–",
    ":",
    "'",
    "'s",
    "\u{2019}s",
    "to",
    "at",
    "on",
    "a",
    "an",
    "with",
    "from",
    ".",
    "/",
    "el",
    "al",
    "y",
    "e",
];

const SEPARATORS: &[&str] = &["and", "&", ":", "of", "in", "at", "for", "'s", "\u{2019}s", "-", "–"];

/// What a sentence begins with, up to its verb, comma or bracket, if it is written as titles are: often the whole name of
/// what it is about.
fn opening(parsed: &Parsed, sentence: TokenRange) -> Vec<TokenRange> {
    let stops = |token: &TokenId| {
        let text = parsed.text(*token);
        matches!(parsed.word(*token).upos, Upos::Aux | Upos::Verb) && text.starts_with(char::is_lowercase)
            || matches!(
                text,
                "(" | "," | "[" | "]" | ")" | ";" | "\u{2014}" | "--" | "." | "'s" | "\u{2019}s"
            )
    };
    let Some(end) = sentence.iter().take(LONGEST_TITLE as usize + 1).find(stops) else { return Vec::new() };
    let quoted = is_quotation_mark(parsed.text(sentence.start));
    let start = TokenId(sentence.start.0 + u32::from(quoted));
    let end = if quoted && end.0 > start.0 + 1 { TokenId(end.0 - 1) } else { end };
    let whole = TokenRange { start, end };
    let titled = |token: TokenId| {
        let text = parsed.text(token);
        !text.starts_with(char::is_lowercase) || WITHIN_TITLES.contains(&text)
    };
    let opens = !whole.is_empty()
        && !matches!(parsed.word(start).upos, Upos::Adp | Upos::Sconj | Upos::Verb | Upos::Adv);
    let closes = |range: TokenRange| !parsed.text(TokenId(range.end.0 - 1)).starts_with(char::is_lowercase);
    if !opens || !closes(whole) || !whole.iter().all(titled) {
        return Vec::new();
    }
    let article = ["The", "A", "An"].contains(&parsed.text(start));
    let bare = TokenRange { start: TokenId(start.0 + u32::from(article)), end };
    vec![whole, bare]
}

/// What stands between quotation marks.
fn quotations(parsed: &Parsed, sentence: TokenRange) -> Vec<TokenRange> {
    let closes = |text: &str| matches!(text, "\"" | "''" | "\u{201d}" | "\u{2019}" | "'");
    let mut found = Vec::new();
    for open in sentence.iter().filter(|token| is_quotation_mark(parsed.text(*token))) {
        let inside = (open.0 + 1..sentence.end.0).take(LONGEST_TITLE as usize);
        if let Some(close) = inside.map(TokenId).find(|token| closes(parsed.text(*token))) {
            found.push(TokenRange { start: TokenId(open.0 + 1), end: close });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::source::Source;

    fn terms(text: &str) -> Vec<String> {
        let source = Source::plain("test", text);
        let parsed = crate::syntax::parse(document::read(&source));
        let document = parsed.document();
        let words = |term: Mention| document.slice(document.span(term.tokens)).to_owned();
        find(&parsed, &[]).into_iter().map(words).collect()
    }

    fn check(text: &str, expected: &[&str]) {
        let words = terms(text);
        for term in expected {
            assert!(words.iter().any(|word| word == term), "{term} is not among {words:?}");
        }
    }

    #[test]
    fn every_reading_of_a_noun_phrase_is_offered() {
        check("Dusk is a silent animated film.", &["Dusk", "film", "animated film", "silent animated film"]);
    }

    #[test]
    fn titles_hold_small_words() {
        check("Keeper of the Light is a novel.", &["Keeper of the Light", "Keeper", "novel"]);
        check("She wrote \"what the gulls said\" in 1990.", &["what the gulls said"]);
    }

    #[test]
    fn a_place_is_offered_with_those_around_it() {
        check("Elm Hall stands in Ghent, Belgium.", &["Elm Hall", "Ghent, Belgium"]);
        check("It lies in Elm Township, Lake County, Ohio.", &["Elm Township, Lake County, Ohio"]);
    }

    #[test]
    fn brackets_that_tell_namesakes_apart_belong_to_a_name() {
        check("She starred in Dusk (film) with Odo Wren.", &["Dusk (film)", "Dusk"]);
        check("Odo Wren discovered (41077) Elmira in 1990.", &["(41077) Elmira"]);
    }

    #[test]
    fn a_sentence_that_begins_with_a_small_word_is_no_title() {
        let check = |text: &str, term: &str, is_one: bool| {
            assert_eq!(terms(text).contains(&term.to_owned()), is_one, "{term} in {text}");
        };
        check("In 1927 the hall opened.", "In 1927", false);
        check("In Ghent she met Odo Finch.", "In Ghent", false);
        check("In the Fog is a novel.", "In the Fog", true);
    }

    #[test]
    fn small_words_join_notions() {
        check("Wren sings rhythm and blues.", &["rhythm and blues"]);
        check("Wren is a rhythm and blues singer.", &["rhythm and blues"]);
        check("Wren was a prisoner of war.", &["prisoner of war"]);
    }

    #[test]
    fn a_participle_that_describes_a_noun_belongs_to_it() {
        check("Elm cake contains condensed milk.", &["condensed milk", "milk"]);
    }

    #[test]
    fn no_half_of_a_date_is_offered() {
        let source = Source::plain("test", "It flew on the 18th December 2009.");
        let parsed = crate::syntax::parse(document::read(&source));
        let dates = date::find(&parsed)
            .into_iter()
            .map(|(tokens, literal)| Mention { kind: Kind::Value(literal), ..mention(&parsed, tokens) });
        let dates: Vec<Mention> = dates.collect();
        let found = find(&parsed, &dates);
        let document = parsed.document();
        let words: Vec<&str> = found.iter().map(|term| document.slice(document.span(term.tokens))).collect();
        assert!(words.is_empty(), "{words:?}");
    }
}
