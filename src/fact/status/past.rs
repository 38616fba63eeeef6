//! The past: whether something is said to have been so once.

use super::span;
use super::words::{
    DEEDS, DISMISSING, GIVING_UP, LEAVING, ONCE, PARTING, PAST, PEOPLE, PRESENT, STATES, SUCCEEDING,
    TENSELESS, TIES,
};
use crate::document::TokenId;
use crate::lexicon::phrase::lemma_with_particle;
use crate::ontology::local_name;
use crate::syntax::{Deprel, Parsed, Upos, Xpos};

/// What is told, and by which words.
pub struct Telling<'a> {
    pub property: &'a str,
    pub anchors: &'a [TokenId],
    /// The heads of subject and object.
    pub ends: [TokenId; 2],
    /// Whether a wording says it, so that it is known which words do.
    pub is_worded: bool,
}

/// The word that says that something was so once: "former", "ex-", "used to", "resigned as", "until".
pub fn past(parsed: &Parsed, told: &Telling) -> Option<TokenId> {
    if is_deed(told.property) {
        return None;
    }
    let property = local_name(told.property);
    // "a former captain": of an occupation, what the fact turns on is the object itself.
    let object = told.ends[1];
    let noun =
        Some(object).filter(|word| parsed.word(*word).upos == Upos::Noun && !told.anchors.contains(word));
    let mut words = told.anchors.iter().copied().chain(noun);
    let by_word = words.find_map(|word| past_before(parsed, word).or_else(|| past_beside(parsed, word)));
    if by_word.is_some() || TENSELESS.contains(&property) {
        return by_word;
    }
    left(parsed, told)
        .or_else(|| span::ended(parsed, told.anchors, object, PEOPLE.contains(&property)))
        .or_else(|| if told.is_worded { None } else { between(parsed, told.ends) })
}

/// Whether a property, by its IRI, tells what nothing puts an end to.
pub fn is_deed(property: &str) -> bool {
    DEEDS.contains(&local_name(property))
}

/// Whether a word, as it stands, says that what follows it was so once.
fn says_past(parsed: &Parsed, word: TokenId) -> bool {
    let form = parsed.text(word).to_lowercase();
    ["ex-", "then-"].iter().any(|past| form.starts_with(past)) || PAST.contains(&form.as_str())
}

/// The word before a noun, or the beginning of one, that says so; of coordinated nouns, before the first.
fn past_before(parsed: &Parsed, anchor: TokenId) -> Option<TokenId> {
    if matches!(parsed.word(anchor).upos, Upos::Verb | Upos::Aux) {
        return None;
    }
    let begins = parsed.text(anchor).contains('-');
    let is_past = |word: &TokenId| (begins || *word != anchor) && says_past(parsed, *word);
    let is_present = |word: &TokenId| PRESENT.contains(&parsed.lemma(*word).to_lowercase().as_str());
    let continues = |word: &TokenId| {
        matches!(parsed.word(*word).upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Adv)
            || matches!(parsed.text(*word), "-" | "and" | "&")
            // Whatever the tagger makes of "then".
            || says_past(parsed, *word)
    };
    let sentence = parsed.sentence_around(anchor);
    let before = (sentence.start.0..anchor.0 + 1).rev().map(TokenId).take(6).take_while(continues);
    before.take_while(|word| !is_present(word)).find(is_past)
}

/// "once lived", "used to work", "was then the mayor".
fn past_beside(parsed: &Parsed, anchor: TokenId) -> Option<TokenId> {
    let word = parsed.word(anchor);
    let is_tie = word.xpos == Xpos::Vbn && TIES.contains(&&*word.lemma);
    let is_state = word.upos != Upos::Verb || is_tie || STATES.contains(&&*word.lemma);
    let was =
        |child: TokenId| parsed.word(child).deprel == Deprel::Cop && parsed.word(child).xpos == Xpos::Vbd;
    let is_once = |child: &TokenId| {
        let lemma = parsed.lemma(*child).to_lowercase();
        let then = lemma == "then" && parsed.children(anchor).any(was);
        parsed.word(*child).deprel == Deprel::Advmod && (ONCE.contains(&lemma.as_str()) || then)
    };
    // "used to be the chief executive", "used to captain"
    let used = word.head.filter(|head| {
        let follows = matches!(word.deprel, Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp);
        let is_bare = || {
            let helped = [Deprel::AuxPass, Deprel::Obj];
            parsed.children(*head).all(|child| !helped.contains(&parsed.word(child).deprel))
        };
        follows && parsed.text(*head).eq_ignore_ascii_case("used") && is_bare()
    });
    used.or_else(|| parsed.children(anchor).find(is_once).filter(|_| is_state))
}

/// "resigned as its president", "after leaving the club", "was fired by the bank", "was succeeded by Lin".
fn left(parsed: &Parsed, told: &Telling) -> Option<TokenId> {
    let [subject, object] = told.ends;
    let is = |verb: TokenId, words: &[&str]| {
        let range = parsed.sentence_around(verb);
        words.contains(&&*parsed.lemma(verb).to_lowercase())
            || range.contains(verb) && words.contains(&&*lemma_with_particle(parsed, verb))
    };
    if let Some(parting) = told.anchors.iter().copied().find(|word| is(*word, PARTING)) {
        return Some(parting);
    }
    if let Some(verb) = bearer_of_title(parsed, told).filter(|verb| is(*verb, GIVING_UP)) {
        return Some(verb);
    }
    let (verb, link) = clause_of(parsed, meant(parsed, object), subject)?;
    let case = |cases: &[&str]| {
        let is_case = |child: TokenId| {
            parsed.word(child).deprel == Deprel::Case && cases.contains(&&*parsed.lemma(child).to_lowercase())
        };
        parsed.children(link).any(is_case)
    };
    let leaves = is(verb, LEAVING) && (parsed.word(link).deprel == Deprel::Obj || case(&["from", "as"]));
    let dismisses = is(verb, DISMISSING);
    let succeeds = is(verb, SUCCEEDING) && suffers(parsed, verb, subject);
    (leaves || dismisses || succeeds).then_some(verb)
}

/// The verb that tells what the subject of a fact does, whose title says the fact: "Finch president Park resigned"; not
/// where it names another office.
fn bearer_of_title(parsed: &Parsed, told: &Telling) -> Option<TokenId> {
    let subject = told.ends[0];
    let is_title = |word: &TokenId| {
        parsed.word(*word).head == Some(subject)
            && matches!(parsed.word(*word).deprel, Deprel::Amod | Deprel::Compound | Deprel::NmodDesc)
    };
    let verb = parsed.word(subject).head.filter(|_| parsed.word(subject).deprel == Deprel::Nsubj)?;
    let names_another = |child: TokenId| {
        parsed.word(child).deprel == Deprel::Obj
            || parsed.children(child).any(|case| matches!(parsed.lemma(case), "from" | "as"))
    };
    (told.anchors.iter().any(is_title) && !parsed.children(verb).any(names_another)).then_some(verb)
}

/// "quit the mill, where she": trees hang the clause on the verb, yet what was left is the mill.
fn meant(parsed: &Parsed, object: TokenId) -> TokenId {
    let before = (parsed.sentence_around(object).start.0..object.0).rev().map(TokenId);
    let mut names = before.filter(|word| parsed.text(*word) != ",");
    if parsed.word(object).xpos == Xpos::Wrb { names.next().unwrap_or(object) } else { object }
}

/// The verb above a word and what leads to it, if the way does not lead past another.
fn clause_of(parsed: &Parsed, word: TokenId, past: TokenId) -> Option<(TokenId, TokenId)> {
    let mut link = word;
    while let Some(head) = parsed.word(link).head.filter(|_| link != past) {
        if parsed.word(head).upos == Upos::Verb {
            return Some((head, link));
        }
        link = head;
    }
    None
}

/// Whether a verb says that something is done to somebody.
fn suffers(parsed: &Parsed, verb: TokenId, person: TokenId) -> bool {
    let is_done_to = |word: TokenId| matches!(parsed.word(word).deprel, Deprel::Obj | Deprel::NsubjPass);
    let own = parsed.children(verb).any(|child| child == person && is_done_to(child));
    // "Park, who was succeeded by Lin"
    let is_relative = parsed.word(verb).deprel == Deprel::AclRelcl && parsed.word(verb).head == Some(person);
    own || is_relative && parsed.children(verb).any(|child| parsed.word(child).deprel == Deprel::NsubjPass)
}

/// Where no wording says a fact, nobody can tell what a "former" or "then" between the two belongs to.
fn between(parsed: &Parsed, ends: [TokenId; 2]) -> Option<TokenId> {
    let [first, last] = [ends[0].min(ends[1]), ends[0].max(ends[1])];
    let start = parsed.sentence_around(first).start.0.max(first.0.saturating_sub(3));
    // "was at that time the president"
    let is_then = |word: &TokenId| {
        parsed.lemma(*word) == "time"
            && parsed.children(*word).any(|child| matches!(parsed.text(child), "that" | "the"))
            && parsed.children(*word).any(|child| parsed.text(child) == "at")
    };
    (start..last.0).map(TokenId).find(|word| says_past(parsed, *word) || is_then(word))
}
