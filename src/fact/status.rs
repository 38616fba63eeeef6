//! Status: whether the text asserts what a phrase says, denies it, holds it possible, or leaves it to somebody else.

use super::Status;
use crate::document::{TokenId, TokenRange};
use crate::syntax::{Deprel, Parsed, Upos};

const NEGATIONS: &[&str] =
    &["not", "n't", "never", "no", "neither", "nor", "hardly", "nobody", "none", "without", "cannot"];
const MODALS: &[&str] =
    &["may", "might", "could", "would", "should", "will", "shall", "can", "must", "'ll", "'d", "wo", "ca"];
const CONDITIONS: &[&str] = &["if", "whether", "unless", "until", "lest"];
const MAYBE: &[&str] = &["perhaps", "maybe", "possibly", "probably", "likely", "potentially", "presumably"];
const HEARSAY: &[&str] = &["allegedly", "reportedly", "supposedly", "purportedly", "apparently"];

/// Verbs and adjectives under which a clause need not be so.
const POSSIBLE: &[&str] = &[
    "hope",
    "want",
    "plan",
    "intend",
    "expect",
    "try",
    "attempt",
    "wish",
    "consider",
    "offer",
    "seek",
    "propose",
    "agree",
    "decide",
    "threaten",
    "promise",
    "aim",
    "ask",
    "wonder",
    "doubt",
    "fear",
    "imagine",
    "suppose",
    "suggest",
    "like",
    "urge",
    "invite",
    "encourage",
    "request",
    "demand",
    "need",
    "going",
    "go",
    "scheduled",
    "due",
    "set",
    "able",
    "likely",
    "unlikely",
    "possible",
    "poised",
    "slated",
];

/// Verbs under which a clause is not so.
const DENIED: &[&str] = &["deny", "refuse", "fail", "decline", "forget", "refute", "dispute", "reject"];

/// Verbs that leave a clause to its speaker.
const REPORTED: &[&str] =
    &["claim", "allege", "accuse", "rumor", "rumour", "speculate", "purport", "suspect", "believe", "think"];

/// How the text stands to what the words between subject and object say.
pub fn of(parsed: &Parsed, anchors: &[TokenId], ends: [TokenId; 2]) -> Status {
    let sentence = parsed.sentence_around(ends[0]);
    if is_question(parsed, sentence) {
        return Status::Possible;
    }
    let mut strongest = Status::Asserted;
    let clauses = if anchors.is_empty() { &ends[1..] } else { anchors };
    for anchor in clauses {
        strongest = strongest.max_by_weight(chain(parsed, *anchor));
    }
    strongest
}

impl Status {
    /// Of two readings, the one further from a plain assertion.
    fn max_by_weight(self, other: Status) -> Status {
        let weight = |status: Status| match status {
            Status::Asserted => 0,
            Status::Reported => 1,
            Status::Possible => 2,
            Status::Negated => 3,
        };
        if weight(other) > weight(self) { other } else { self }
    }
}

/// The status of a word, and of every clause that its truth hangs on.
fn chain(parsed: &Parsed, anchor: TokenId) -> Status {
    let mut status = own(parsed, anchor);
    let mut word = anchor;
    while let Some(head) = parsed.word(word).head {
        let grammar = parsed.word(word);
        let lemma = parsed.lemma(head);
        let above = match grammar.deprel {
            Deprel::Xcomp => own(parsed, head).max_by_weight(under(lemma)),
            // Who does not say that something is so leaves it open.
            Deprel::Ccomp | Deprel::Csubj => match own(parsed, head) {
                Status::Negated => Status::Possible,
                other => other.max_by_weight(under(lemma)),
            },
            Deprel::Acl if is_infinitive(parsed, word) => Status::Possible, // "the plan to found a company"
            Deprel::Obl if is_as(parsed, word) => own(parsed, head).max_by_weight(under(lemma)),
            Deprel::Obj if grammar.upos != Upos::Verb && BECOMING.contains(&lemma) => own(parsed, head),
            Deprel::Conj if parsed.word(head).upos == Upos::Verb && grammar.upos == Upos::Verb => {
                modal(parsed, head)
            }
            Deprel::Conj => own(parsed, head),
            // An apposition, or any other part of the sentence, is as true as if it stood alone.
            _ => break,
        };
        status = status.max_by_weight(above);
        word = head;
    }
    status
}

/// The subject of the verb that leaves what the words say to its speaker, if one does.
pub fn speaker(parsed: &Parsed, anchors: &[TokenId]) -> Option<TokenId> {
    let mut word = *anchors.first()?;
    while let Some(head) = parsed.word(word).head {
        if parsed.word(word).deprel == Deprel::Ccomp && under(parsed.lemma(head)) == Status::Reported {
            return parsed.children(head).find(|child| parsed.word(*child).deprel == Deprel::Nsubj);
        }
        word = head;
    }
    None
}

/// Verbs whose object is what their subject, or their other object, comes to be.
const BECOMING: &[&str] = &["become", "remain", "name", "appoint", "elect", "hire", "make", "call", "stay"];

fn is_infinitive(parsed: &Parsed, verb: TokenId) -> bool {
    parsed
        .children(verb)
        .any(|child| parsed.word(child).deprel == Deprel::Mark && parsed.lemma(child) == "to")
}

fn is_as(parsed: &Parsed, noun: TokenId) -> bool {
    parsed
        .children(noun)
        .any(|child| parsed.word(child).deprel == Deprel::Case && parsed.lemma(child) == "as")
}

fn under(lemma: &str) -> Status {
    if DENIED.contains(&lemma) {
        Status::Negated
    } else if POSSIBLE.contains(&lemma) {
        Status::Possible
    } else if REPORTED.contains(&lemma) {
        Status::Reported
    } else {
        Status::Asserted
    }
}

/// What a word's own dependents make of it.
fn own(parsed: &Parsed, word: TokenId) -> Status {
    let mut status = modal(parsed, word);
    for child in parsed.children(word) {
        let lemma = parsed.lemma(child).to_lowercase();
        let lemma = lemma.as_str();
        let here = match parsed.word(child).deprel {
            Deprel::Advmod | Deprel::Det | Deprel::Cc | Deprel::CcPreconj if NEGATIONS.contains(&lemma) => {
                Status::Negated
            }
            Deprel::Nsubj | Deprel::NsubjPass if is_nobody(parsed, child) => Status::Negated,
            Deprel::Advmod if MAYBE.contains(&lemma) => Status::Possible,
            Deprel::Advmod if HEARSAY.contains(&lemma) => Status::Reported,
            Deprel::Mark | Deprel::Advmod if CONDITIONS.contains(&lemma) => Status::Possible,
            Deprel::Case if lemma == "without" => Status::Negated,
            _ => Status::Asserted,
        };
        status = status.max_by_weight(here);
    }
    status
}

fn is_nobody(parsed: &Parsed, subject: TokenId) -> bool {
    NEGATIONS.contains(&parsed.lemma(subject).to_lowercase().as_str())
        || parsed
            .children(subject)
            .any(|child| parsed.word(child).deprel == Deprel::Det && parsed.lemma(child) == "no")
}

fn modal(parsed: &Parsed, word: TokenId) -> Status {
    let is_modal = |child: TokenId| {
        parsed.word(child).deprel == Deprel::Aux
            && MODALS.contains(&parsed.text(child).to_lowercase().as_str())
    };
    if parsed.children(word).any(is_modal) { Status::Possible } else { Status::Asserted }
}

fn is_question(parsed: &Parsed, sentence: TokenRange) -> bool {
    sentence.iter().rev().take(3).any(|token| parsed.text(token) == "?")
}

/// Whether a noun is said of the past: "former", "late", "ex-".
pub fn is_past(parsed: &Parsed, anchors: &[TokenId]) -> bool {
    const PAST: &[&str] = &["former", "late", "ex", "onetime", "then", "erstwhile", "previous", "retired"];
    let is_past = |word: TokenId| PAST.contains(&parsed.lemma(word).to_lowercase().as_str());
    let continues = |word: &TokenId| {
        matches!(parsed.word(*word).upos, Upos::Adj | Upos::Noun | Upos::Propn) || parsed.text(*word) == "-"
    };
    anchors.iter().any(|anchor| {
        let sentence = parsed.sentence_around(*anchor);
        let before = (sentence.start.0..anchor.0).rev().map(TokenId).take(4).take_while(continues);
        before.into_iter().any(is_past)
    })
}
