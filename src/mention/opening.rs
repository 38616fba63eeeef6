//! Opening: the title of a work that its article begins with. "Death of the Violinist is a 1990 film": all that stands before
//! the verb is the title, whatever names and common words it is made of.

use std::collections::HashMap;

use super::name::{Name, NameClass, replace};
use super::title::SMALL;
use crate::document::{Role, TokenId, TokenRange};
use crate::lexicon::noun;
use crate::syntax::{Deprel, Parsed, Upos, Xpos};

/// The longest title that is looked for, in tokens.
const LONGEST: usize = 14;

/// Names with the titles that sentences begin with whole, there and where the text says them again.
pub fn mend(parsed: &Parsed, names: Vec<Name>) -> Vec<Name> {
    let mut titles: Vec<Name> = Vec::new();
    for (id, sentence) in parsed.document().sentences() {
        if parsed.document().role_of(id) == Role::Body {
            titles.extend(title(parsed, sentence, &names));
        }
    }
    if !titles.is_empty() {
        titles.extend(again(parsed, &titles));
    }
    replace(names, titles)
}

/// The title that a sentence begins with, if it is not one of its names already.
fn title(parsed: &Parsed, sentence: TokenRange, names: &[Name]) -> Option<Name> {
    let end = sentence.iter().take(LONGEST + 1).find(|token| !is_part(parsed, *token))?;
    let tokens = TokenRange { start: sentence.start, end };
    let last = TokenId(end.0.checked_sub(1)?);
    let bare = if is_article(parsed.text(tokens.start)) { TokenId(tokens.start.0 + 1) } else { tokens.start };
    let is_whole = TokenRange { start: bare, ..tokens }.len() > 1
        && is_titled(parsed.text(tokens.start))
        && (is_titled(parsed.text(last)) || matches!(parsed.text(last), "!" | "?"));
    if !is_whole {
        return None;
    }
    let first = names.partition_point(|name| name.tokens.end <= tokens.start);
    let inside: Vec<&Name> =
        names[first..].iter().take_while(|name| name.tokens.start < tokens.end).collect();
    let is_known = inside.iter().any(|name| name.tokens.start <= bare && tokens.end <= name.tokens.end);
    // A headline that ran into its text names somebody twice; that is no title.
    let is_between = |token: TokenId| inside.iter().any(|name| name.tokens.contains(token) && !is_work(name));
    let is_made_of_names = tokens.iter().all(|token| is_between(token) || parsed.text(token) == ",");
    if is_made_of_names {
        return None;
    }
    let class = class_told(parsed, sentence, verb_after(parsed, sentence, end)?, tokens)?;
    let is_told = |name: &Name| is_work(name) && name.tokens.start <= tokens.start;
    match inside[..] {
        [name] if is_known => (class != NameClass::Work && is_told(name)).then_some(Name { class, ..*name }),
        _ if is_known => None,
        _ => Some(Name { tokens, class, confidence: SURE }),
    }
}

fn is_work(name: &Name) -> bool {
    name.class.coarse() == NameClass::Work
}

/// How sure it is that what is told to be a work is one.
const SURE: f32 = 0.9;

/// The verb that follows at a place, with nothing but brackets before.
fn verb_after(parsed: &Parsed, sentence: TokenRange, at: TokenId) -> Option<TokenId> {
    let verb = if parsed.text(at) == "(" {
        let close = (at.0..sentence.end.0).map(TokenId).find(|token| parsed.text(*token) == ")")?;
        TokenId(close.0 + 1)
    } else {
        at
    };
    let is_verb = sentence.contains(verb) && matches!(parsed.word(verb).upos, Upos::Verb | Upos::Aux);
    is_verb.then_some(verb)
}

/// What sort of work the predicate says the subject is: "is a 1990 short film", "was released in 1990".
fn class_told(parsed: &Parsed, sentence: TokenRange, verb: TokenId, tokens: TokenRange) -> Option<NameClass> {
    let is_copula = matches!(parsed.text(verb), "is" | "was");
    let root = TokenRange { start: verb, end: sentence.end }.iter().find(|token| {
        let word = parsed.word(*token);
        word.upos == Upos::Noun && is_copula && parsed.children(*token).any(|child| child == verb)
    });
    if let Some(noun) = root {
        let is_one = parsed.word(noun).xpos == Xpos::Nn;
        let lemma = parsed.lemma(noun).to_lowercase();
        let is_work = noun::kind(&lemma) == Some("Work")
            && !matches!(lemma.as_str(), "name" | "title" | "list" | "term");
        return (is_one && is_work).then(|| kind_of(&lemma));
    }
    // Without such a noun the title must look like one, as records and prisoners are released, too.
    let marks = |token: TokenId| {
        let text = parsed.text(token);
        matches!(text, ":" | "!" | "?")
            || (SMALL.contains(&text) && !matches!(text, "and" | "of" | "'s" | "\u{2019}s" | "'"))
    };
    let is_marked = tokens.iter().skip(1).any(marks);
    let done = TokenId(verb.0 + 1);
    let is_made = is_copula && sentence.contains(done) && MADE.contains(&parsed.text(done));
    (is_marked && (is_made || parsed.text(verb) == "premiered")).then_some(NameClass::Work)
}

/// What is done to works.
const MADE: &[&str] = &[
    "released",
    "directed",
    "written",
    "filmed",
    "shot",
    "published",
    "recorded",
    "broadcast",
    "screened",
    "produced",
];

fn kind_of(noun: &str) -> NameClass {
    match noun {
        "film" | "movie" | "documentary" => NameClass::Film,
        "novel" | "book" | "novella" => NameClass::Book,
        "album" => NameClass::Album,
        "song" | "single" => NameClass::Song,
        "journal" | "magazine" => NameClass::Periodical,
        _ => NameClass::Work,
    }
}

fn is_part(parsed: &Parsed, token: TokenId) -> bool {
    let text = parsed.text(token);
    let mark = matches!(text, "," | ":" | "!" | "?" | "&" | "-" | "\u{2013}" | "+" | ";");
    mark || is_titled(text) || (SMALL.contains(&text) && !is_case_of_clause(parsed, token))
}

/// Whether a small word begins what no title is: the rest of a clause whose subject was named.
fn is_case_of_clause(parsed: &Parsed, token: TokenId) -> bool {
    parsed.word(token).deprel == Deprel::Mark
}

fn is_titled(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

fn is_article(text: &str) -> bool {
    matches!(text, "The" | "A" | "An")
}

/// The same words elsewhere.
fn again(parsed: &Parsed, titles: &[Name]) -> Vec<Name> {
    let mut by_first: HashMap<&str, Vec<&Name>> = HashMap::new();
    for title in titles {
        by_first.entry(parsed.text(title.tokens.start)).or_default().push(title);
    }
    let count = parsed.words().len() as u32;
    let mut found: Vec<Name> = Vec::new();
    for start in 0..count {
        for title in by_first.get(parsed.text(TokenId(start))).into_iter().flatten() {
            let tokens =
                TokenRange { start: TokenId(start), end: TokenId(start + title.tokens.len() as u32) };
            let is_same = tokens.end.0 <= count
                && tokens
                    .iter()
                    .zip(title.tokens.iter())
                    .all(|(one, other)| parsed.text(one) == parsed.text(other));
            let is_free = !titles.iter().chain(&found).any(|other| other.tokens.overlaps(tokens));
            if is_same && is_free {
                found.push(Name { tokens, ..**title });
            }
        }
    }
    found
}
