//! Status: whether the text asserts what a phrase says, denies it, holds it possible, or leaves it to somebody else.
//!
//! A clause is taken at its word unless something speaks against it: a word beside it ("not", "may", "if"), or what
//! stands above it ("denied that", "hopes to", "the claim that"). Of infinitives it is the other way round: what
//! somebody is said *to* do has happened only under words that say so ("managed to").

mod mood;
mod past;
#[rustfmt::skip]
mod words;

use super::Status;
use crate::document::TokenId;
use crate::syntax::{Deprel, Parsed, Upos, Xpos};
pub use past::past;
use words::*;

/// How a text stands to what some of its words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stance {
    pub status: Status,
    /// The word that makes it so; `None` of what is plainly asserted.
    pub by: Option<TokenId>,
}

const PLAIN: Stance = Stance { status: Status::Asserted, by: None };

/// How the text stands to what the words between subject and object say.
pub fn of(parsed: &Parsed, anchors: &[TokenId], ends: [TokenId; 2]) -> Stance {
    let view = View { parsed, ends };
    let clauses = if anchors.is_empty() { &ends[1..] } else { anchors };
    let of_clauses = clauses.iter().map(|word| view.question(*word).stronger(view.chain(*word)));
    of_clauses.chain(ends.map(|end| view.end(end))).fold(PLAIN, Stance::stronger)
}

/// Words that leave open, deny or dream up what stands near them.
const CLOUDS: [&[&str]; 14] = [
    NEGATIONS, ALMOST, WRONGLY, MODALS, CONDITIONS, MAYBE, HEARSAY, DOUBTFUL, UNREAL, POSSIBLE, DENIED,
    PROSPECTS, DREAMS, MISSED,
];

/// How many words before the first end may cloud what stands between the two.
const BEFORE: u32 = 4;

/// Whether no word between two ends or shortly before them leaves anything open. Where no wording is known to say a fact,
/// nobody can tell what such a word belongs to.
pub fn is_plain(parsed: &Parsed, one: TokenId, other: TokenId) -> bool {
    let view = View { parsed, ends: [one, other] };
    let first = parsed.sentence_around(one.min(other)).start;
    let start = first.0.max(one.min(other).0.saturating_sub(BEFORE));
    let said_to = |word: TokenId| view.is_any(word, SAID) && view.form(TokenId(word.0 + 1)) == "to";
    let clouds = |word: TokenId| CLOUDS.iter().any(|words| view.is_any(word, words)) || said_to(word);
    !(start..one.max(other).0).map(TokenId).any(clouds)
}

impl Stance {
    /// Of two readings, the one further from a plain assertion.
    fn stronger(self, other: Stance) -> Stance {
        let weight = |stance: Stance| match stance.status {
            Status::Asserted => 0,
            Status::Reported => 1,
            Status::Possible => 2,
            Status::Negated => 3,
        };
        if weight(other) > weight(self) { other } else { self }
    }

    /// Who does not say that something is so leaves it open.
    fn opened(self) -> Stance {
        if self.status == Status::Negated { Stance { status: Status::Possible, ..self } } else { self }
    }
}

fn stance(status: Status, by: TokenId) -> Stance {
    Stance { status, by: Some(by) }
}

struct View<'a, 's> {
    parsed: &'a Parsed<'s>,
    /// The heads of what the fact is about.
    ends: [TokenId; 2],
}

impl View<'_, '_> {
    fn deprel(&self, word: TokenId) -> Deprel {
        self.parsed.word(word).deprel
    }

    fn xpos(&self, word: TokenId) -> Xpos {
        self.parsed.word(word).xpos
    }

    fn lemma(&self, word: TokenId) -> String {
        self.parsed.lemma(word).to_lowercase()
    }

    fn form(&self, word: TokenId) -> String {
        self.parsed.text(word).to_lowercase()
    }

    /// Whether a word is one of some, by its lemma or as it stands.
    fn is_any(&self, word: TokenId, words: &[&str]) -> bool {
        words.contains(&&*self.lemma(word)) || words.contains(&&*self.form(word))
    }

    fn children(&self, word: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        self.parsed.children(word)
    }

    fn child(&self, word: TokenId, deprels: &[Deprel]) -> Option<TokenId> {
        self.children(word).find(|child| deprels.contains(&self.deprel(*child)))
    }

    fn has_child(&self, word: TokenId, words: &[&str]) -> bool {
        self.children(word).any(|child| self.is_any(child, words))
    }

    /// The status of a word, and of every clause that its truth hangs on.
    fn chain(&self, anchor: TokenId) -> Stance {
        let mut found = self.own(anchor);
        let mut word = anchor;
        while let Some(head) = self.parsed.word(word).head {
            let Some(above) = self.above(word, head) else { break };
            found = found.stronger(above);
            word = head;
        }
        found
    }

    /// What the head of a word makes of it; `None` where the word is as true as if it stood alone.
    fn above(&self, word: TokenId, head: TokenId) -> Option<Stance> {
        let own = || self.own(head);
        match self.deprel(word) {
            Deprel::Xcomp => Some(own().stronger(self.complement(word, head))),
            Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass | Deprel::CsubjOuter => {
                let told = if self.is_infinitive(word) { self.infinitive(head) } else { self.clause(head) };
                Some(own().opened().stronger(told))
            }
            Deprel::Advcl => self.above_adverbial(word, head),
            Deprel::Acl if self.is_infinitive(word) => {
                Some(if self.is_first(head) { PLAIN } else { stance(Status::Possible, head) })
            }
            Deprel::Acl | Deprel::AclRelcl if self.is_content_clause(word, head) => {
                let known = self.is_any(head, KNOWN);
                let told = if known { PLAIN } else { stance(Status::Reported, head) };
                Some(own().opened().stronger(told))
            }
            // "It was not Ada who founded it."
            Deprel::AclRelcl if self.child(head, &[Deprel::Cop]).is_some() => Some(own()),
            // "The day she founds it will never come."
            Deprel::AclRelcl if self.is_any(head, MOMENTS) && self.is_present(word) => {
                Some(stance(Status::Possible, head))
            }
            Deprel::AclRelcl => self.unreal(head),
            Deprel::Obl if self.has_child(word, &["as"]) => Some(own().stronger(self.under(head))),
            Deprel::Obj if self.parsed.word(word).upos != Upos::Verb && self.is_any(head, BECOMING) => {
                Some(own())
            }
            // "I was ready to start and moved": what is told goes on where the infinitive ends.
            Deprel::Conj if self.begins_anew(word, head) => None,
            Deprel::Conj => Some(self.shared(word, head)),
            _ => None,
        }
    }

    /// Whether the second of two coordinated verbs is no infinitive or participle as the first is; taggers take the past
    /// tense for a participle now and then.
    fn begins_anew(&self, word: TokenId, head: TokenId) -> bool {
        let is_bare = self.child(word, &[Deprel::Aux, Deprel::AuxPass]).is_none();
        match self.xpos(head) {
            Xpos::Vb => self.is_finite(word) || (self.xpos(word) == Xpos::Vbn && is_bare),
            Xpos::Vbg => self.is_finite(word),
            _ => false,
        }
    }

    fn is_present(&self, verb: TokenId) -> bool {
        matches!(self.xpos(verb), Xpos::Vbz | Xpos::Vbp)
    }

    fn is_finite(&self, verb: TokenId) -> bool {
        self.is_present(verb) || self.xpos(verb) == Xpos::Vbd
    }

    /// Whether a clause tells what a noun is about, and not of which it speaks: "the claim that she left".
    fn is_content_clause(&self, clause: TokenId, noun: TokenId) -> bool {
        let is_that = |mark: TokenId| matches!(&*self.form(mark), "that" | "whether" | "if");
        self.child(clause, &[Deprel::Mark]).is_some_and(is_that)
            || (self.is_content(noun) && self.has_child(clause, &["that"]))
    }

    /// "a fictional detective"
    fn unreal(&self, noun: TokenId) -> Option<Stance> {
        let is_unreal = |child: &TokenId| self.deprel(*child) == Deprel::Amod && self.is_any(*child, UNREAL);
        self.children(noun).find(is_unreal).map(|word| stance(Status::Negated, word))
    }

    /// What a clause with an adverb's place hangs on: "is set to become", "plans on buying", "will move to study".
    fn above_adverbial(&self, word: TokenId, head: TokenId) -> Option<Stance> {
        let mark = self.child(word, &[Deprel::Mark, Deprel::Case]);
        // "When she marries, she will leave", "until he dies".
        let is_to_come =
            mark.or(self.child(word, &[Deprel::Advmod])).filter(|mark| self.is_any(*mark, TIMES));
        if self.is_infinitive(word) {
            let is_state = self.parsed.word(head).upos == Upos::Adj || self.xpos(head) == Xpos::Vbn;
            // "She quit to work at a farm": of an end, an infinitive tells the purpose.
            let ends = self.is_any(head, ENDING);
            let told = if is_state {
                self.infinitive(head)
            } else if ends {
                PLAIN
            } else {
                self.under(head)
            };
            // "They lost the race to buy it."
            let is_prospect = |object: &TokenId| *object < word && self.is_any(*object, PROSPECTS);
            let prospect = self.child(head, &[Deprel::Obj]).filter(is_prospect);
            let prospect = prospect.map_or(PLAIN, |noun| stance(Status::Possible, noun));
            return Some(self.own(head).stronger(told).stronger(prospect));
        }
        let before = word.0.checked_sub(1).map(TokenId);
        let is_governed = self.xpos(word) == Xpos::Vbg
            && mark.or(before).is_some_and(|preposition| self.is_any(preposition, GOVERNED));
        if is_governed {
            return Some(self.own(head).stronger(self.under(head)));
        }
        // "As soon as she founds it, he will leave."
        if self.is_any(head, &["soon", "long"]) && self.is_present(word) {
            return Some(stance(Status::Possible, head));
        }
        // "She was joking when she said that she founded it."
        let is_saying = self.is_any(word, &["say", "tell", "claim", "write", "state"]);
        if is_saying && self.under(head) != PLAIN {
            return Some(self.under(head));
        }
        is_to_come
            .filter(|_| self.is_present(word) && self.modal(head) != PLAIN)
            .map(|mark| stance(Status::Possible, mark))
    }

    /// What a verb makes of an infinitive, a gerund or a predicate that completes it.
    fn complement(&self, word: TokenId, head: TokenId) -> Stance {
        if self.is_infinitive(word) { self.infinitive(head) } else { self.under(head) }
    }

    fn infinitive(&self, head: TokenId) -> Stance {
        let going = self.form(head) == "going";
        let known = self.under(head);
        if known != PLAIN {
            known
        } else if self.is_any(head, SAID) {
            stance(Status::Reported, head)
        } else if self.is_any(head, HAPPENED) && !going || self.is_first(head) {
            PLAIN
        } else {
            stance(Status::Possible, head)
        }
    }

    /// "the first to direct it", "the second woman to lead it"
    fn is_first(&self, noun: TokenId) -> bool {
        let is_rank = |word| self.is_any(word, RANKS) || self.xpos(word) == Xpos::Jjs;
        is_rank(noun) || self.children(noun).any(is_rank)
    }

    /// What a verb, adjective or noun makes of a finite clause.
    fn clause(&self, head: TokenId) -> Stance {
        let subject = self.child(head, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter]);
        let is_passive = self.child(head, &[Deprel::AuxPass]).is_some();
        if self.is_content(head) {
            stance(Status::Reported, head)
        } else if let Some(subject) = subject.filter(|subject| self.is_content(*subject)) {
            stance(Status::Reported, subject)
        } else if is_passive && self.lemma(head) == "say" {
            stance(Status::Reported, head)
        } else {
            self.under(head)
        }
    }

    /// What a verb makes of whatever completes it.
    fn under(&self, head: TokenId) -> Stance {
        let lemma = self.lemma(head);
        let particle = self.child(head, &[Deprel::CompoundPrt]);
        let phrasal = particle.map(|particle| format!("{lemma} {}", self.lemma(particle)));
        let is = |words: &[&str]| {
            self.is_any(head, words) || phrasal.as_ref().is_some_and(|verb| words.contains(&verb.as_str()))
        };
        if is(DENIED) {
            stance(Status::Negated, head)
        } else if is(POSSIBLE) {
            stance(Status::Possible, head)
        } else if is(REPORTED) {
            stance(Status::Reported, head)
        } else {
            PLAIN
        }
    }

    /// What the second of two coordinated words has of the first: "may found and run", "not the founder or owner".
    fn shared(&self, word: TokenId, head: TokenId) -> Stance {
        let joined = self.child(word, &[Deprel::Cc]);
        let contrasts = joined.is_some_and(|joined| self.is_any(joined, &["but", "yet"]));
        let negates = joined.is_some_and(|joined| self.is_any(joined, &["or", "nor"]));
        let is_verb = |word| matches!(self.parsed.word(word).upos, Upos::Verb | Upos::Aux);
        if !is_verb(word) || !is_verb(head) {
            let own = self.own(head);
            return if contrasts && own.status == Status::Negated { PLAIN } else { own };
        }
        let own = [Deprel::Aux, Deprel::AuxPass, Deprel::Nsubj, Deprel::NsubjPass];
        let is_finite = self.is_finite(word) || self.child(word, &own).is_some();
        if is_finite && !negates {
            return PLAIN;
        }
        let modal = if is_finite { PLAIN } else { self.modal(head) };
        if negates { modal.stronger(self.own(head)) } else { modal }
    }

    /// What a word's own dependents make of it.
    fn own(&self, word: TokenId) -> Stance {
        let mut found = self.modal(word).stronger(self.inverted(word)).stronger(self.ordered(word));
        for child in self.children(word) {
            found = found.stronger(self.by_dependent(word, child));
        }
        found
    }

    fn by_dependent(&self, word: TokenId, child: TokenId) -> Stance {
        let is = |words: &[&str]| self.is_any(child, words);
        let status = match self.deprel(child) {
            Deprel::Advmod | Deprel::Det | Deprel::Cc | Deprel::CcPreconj if self.denies(child) => {
                Status::Negated
            }
            Deprel::Advmod if is(ALMOST) && child < word => Status::Negated,
            Deprel::Advmod if is(WRONGLY) => Status::Negated,
            Deprel::Advmod if is(MAYBE) => Status::Possible,
            Deprel::Advmod if is(HEARSAY) => Status::Reported,
            Deprel::Nsubj | Deprel::NsubjPass if self.is_nobody(child) => Status::Negated,
            Deprel::Obl | Deprel::Advmod if self.is_in_no_way(child) => Status::Negated,
            Deprel::Obl if self.is_tale(word, child) => Status::Reported,
            Deprel::Mark | Deprel::Advmod if is(CONDITIONS) => Status::Possible,
            Deprel::Mark | Deprel::Case | Deprel::Advmod | Deprel::Cc if self.replaces(child) => {
                Status::Negated
            }
            Deprel::Mark if self.is_as_if(child) => Status::Possible,
            // "is to be released", "was to found it"
            Deprel::Mark if is(&["to"]) && self.follows_be(word, child) => Status::Possible,
            Deprel::Amod | Deprel::Compound | Deprel::Advmod if self.is_doubtful(child) => Status::Possible,
            Deprel::Amod if is(UNREAL) => Status::Negated,
            _ => Status::Asserted,
        };
        if status == Status::Asserted { PLAIN } else { stance(status, child) }
    }

    /// "never", "no longer", but not the "not" of "not only".
    fn denies(&self, word: TokenId) -> bool {
        let next = TokenId(word.0 + 1);
        let adds = next.index() < self.parsed.words().len() && self.is_any(next, ONLY);
        (self.is_any(word, NEGATIONS) && !adds)
            || (self.deprel(word) == Deprel::Advmod
                && self.is_any(word, EVER)
                && self.has_child(word, &["no", "not", "never", "n't"]))
    }

    fn is_nobody(&self, subject: TokenId) -> bool {
        self.is_any(subject, NEGATIONS)
            || self
                .children(subject)
                .any(|child| self.deprel(child) == Deprel::Det && self.is_any(child, &["no", "neither"]))
            || (self.is_any(subject, &["few"]) && self.children(subject).next().is_none())
    }

    /// "by no means", "at no time".
    fn is_in_no_way(&self, noun: TokenId) -> bool {
        self.is_any(noun, WAYS) && self.has_child(noun, &["no"])
    }

    /// "without", "instead of", "rather than", "far from", "anything but".
    fn replaces(&self, word: TokenId) -> bool {
        let next = TokenId(word.0 + 1);
        let follows = |word: &str| next.index() < self.parsed.words().len() && self.form(next) == word;
        match &*self.form(word) {
            "without" => true,
            "instead" => follows("of"),
            "rather" => follows("than"),
            "far" | "short" => follows("from") || follows("of"),
            _ => false,
        }
    }

    fn follows_be(&self, word: TokenId, to: TokenId) -> bool {
        self.children(word).any(|child| {
            matches!(self.deprel(child), Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
                && child < to
                && self.lemma(child) == "be"
        })
    }

    fn is_as_if(&self, mark: TokenId) -> bool {
        let next = TokenId(mark.0 + 1);
        self.form(mark) == "as" && self.is_any(next, &["if", "though"])
    }

    /// "alleged", "so-called", "would-be".
    fn is_doubtful(&self, word: TokenId) -> bool {
        let form = self.form(word);
        let before = word.0.checked_sub(1).map(|id| self.form(TokenId(id))).unwrap_or_default();
        let before = if before == "-" {
            word.0.checked_sub(2).map(|id| self.form(TokenId(id))).unwrap_or_default()
        } else {
            before
        };
        DOUBTFUL.contains(&&*form)
            || (STYLED.contains(&&*form) && matches!(&*before, "self" | "so"))
            || STYLED.iter().any(|styled| form == format!("self-{styled}") || form == format!("so-{styled}"))
            || form == "would-be"
    }

    /// Whether a noun names what is only thought or said, and is no end of the fact itself.
    fn is_content(&self, noun: TokenId) -> bool {
        self.parsed.word(noun).upos == Upos::Noun && self.is_any(noun, CONTENT) && !self.ends.contains(&noun)
    }

    fn modal(&self, word: TokenId) -> Stance {
        let is_modal =
            |child: &TokenId| self.deprel(*child) == Deprel::Aux && MODALS.contains(&&*self.form(*child));
        self.children(word).find(is_modal).map_or(PLAIN, |modal| stance(Status::Possible, modal))
    }

    /// What a mention at an end is made of: "neither Park nor Lin", "not in Oslo", "a fictional detective, Jonas Feld".
    fn end(&self, end: TokenId) -> Stance {
        let denied = |word: TokenId, is_itself: bool| {
            self.children(word).find(|child| {
                let is_denial =
                    is_itself && self.is_any(*child, &["not", "without", "except"]) && self.denies(*child);
                *child < word && (is_denial || self.is_any(*child, &["neither", "nor"]))
            })
        };
        let head_by = |deprel| self.parsed.word(end).head.filter(|_| self.deprel(end) == deprel);
        let negation = denied(end, true).or_else(|| denied(head_by(Deprel::Conj)?, false));
        let described = [Some(end), head_by(Deprel::Appos), self.child(end, &[Deprel::Appos])];
        let unreal = || described.into_iter().flatten().find_map(|noun| self.unreal(noun));
        negation.map(|word| stance(Status::Negated, word)).or_else(unreal).unwrap_or(PLAIN)
    }

    fn is_infinitive(&self, verb: TokenId) -> bool {
        self.children(verb).any(|child| self.deprel(child) == Deprel::Mark && self.form(child) == "to")
    }
}

/// Prepositions that tie a gerund to a verb or adjective: "plans on buying".
const GOVERNED: &[&str] = &["in", "on", "of", "at", "about", "from", "to", "for", "against", "with"];

/// The subject of the verb that leaves what the words say to its speaker, if one does.
pub fn speaker(parsed: &Parsed, anchors: &[TokenId]) -> Option<TokenId> {
    let mut word = *anchors.first()?;
    while let Some(head) = parsed.word(word).head {
        if parsed.word(word).deprel == Deprel::Ccomp && REPORTED.contains(&parsed.lemma(head)) {
            return parsed.children(head).find(|child| parsed.word(*child).deprel == Deprel::Nsubj);
        }
        word = head;
    }
    None
}
