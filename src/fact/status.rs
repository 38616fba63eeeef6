//! Status: whether the text asserts what a phrase says, denies it, holds it possible, or leaves it to somebody else.
//!
//! A clause is taken at its word unless something speaks against it: a word beside it ("not", "may", "if"), or what
//! stands above it ("denied that", "hopes to", "the claim that"). Of infinitives it is the other way round: what
//! somebody is said *to* do has happened only under words that say so ("managed to").

mod choice;
mod mood;
mod noun;
mod past;
mod span;
#[rustfmt::skip]
mod words;

use super::Status;
use crate::document::TokenId;
use crate::syntax::{Deprel, Parsed, Upos, Xpos};
pub use past::{Telling, is_deed, past};
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
    let of_clauses = clauses.iter().map(|word| {
        view.question(*word)
            .stronger(view.headed(*word))
            .stronger(view.chain(*word))
            .stronger(view.imitated(*word))
            .stronger(view.of_another(*word))
    });
    let of_equated = ends.map(|end| view.equated(end, anchors));
    of_clauses.chain(of_equated).chain(ends.map(|end| view.end(end))).fold(PLAIN, Stance::stronger)
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
        let (lemma, form) = (self.parsed.lemma(word), self.parsed.text(word));
        words.iter().any(|one| one.eq_ignore_ascii_case(lemma) || one.eq_ignore_ascii_case(form))
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
            // "Seldom was Ada named the founder": likewise of a participle.
            Deprel::Acl if self.is_inverted_copula(head) => Some(own()),
            Deprel::Acl if self.is_infinitive(word) => {
                Some(if self.is_first(head) { PLAIN } else { stance(Status::Possible, head) })
            }
            Deprel::Acl | Deprel::AclRelcl if self.is_content_clause(word, head) => {
                Some(self.under_noun(head))
            }
            // "It was not Ada who founded it."
            Deprel::AclRelcl if self.child(head, &[Deprel::Cop]).is_some() => Some(own()),
            // "The day she founds it will never come."
            Deprel::AclRelcl if self.is_any(head, MOMENTS) && self.is_present(word) => {
                Some(stance(Status::Possible, head))
            }
            Deprel::AclRelcl => self.unreal(head),
            Deprel::Obl if self.has_child(word, &["as"]) => Some(own().stronger(self.posed(head))),
            // "Never was Ada the founder": trees take the predicate for an apposition to the subject.
            Deprel::Appos if self.is_inverted_copula(head) => Some(own()),
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
        // "That she founded it is unproven."
        if word < head && mark.is_some_and(|mark| self.form(mark) == "that") {
            return Some(self.own(head).opened().stronger(self.clause(head)));
        }
        let before = word.0.checked_sub(1).map(TokenId);
        let is_gerund = self.xpos(word) == Xpos::Vbg
            || self.child(word, &[Deprel::Aux]).is_some_and(|aux| self.xpos(aux) == Xpos::Vbg);
        let is_governed =
            is_gerund && mark.or(before).is_some_and(|preposition| self.is_any(preposition, GOVERNED));
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
        } else if self.is_any(head, SAID)
            && (is_passive || subject.is_some_and(|who| self.is_anybody(who) || self.is_unsure(who)))
        {
            stance(Status::Reported, head)
        } else if self.is_far(head) {
            stance(Status::Possible, head)
        } else {
            self.under(head)
        }
    }

    /// "they say", "people say"
    fn is_anybody(&self, subject: TokenId) -> bool {
        self.is_any(subject, &["they", "some", "many", "people", "others"])
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

    /// "far from certain"
    fn is_far(&self, word: TokenId) -> bool {
        self.parsed.word(word).head.is_some_and(|head| self.is_any(head, &["far"]))
            && self.has_child(word, &["from"])
    }

    /// What a verb makes of an office or a part that follows it with "as": "starred as", "was proposed as".
    fn posed(&self, verb: TokenId) -> Stance {
        if self.is_any(verb, STAGED) {
            stance(Status::Negated, verb)
        } else if self.is_any(verb, PROPOSED) {
            stance(Status::Possible, verb)
        } else if self.is_any(verb, LEAVING) {
            PLAIN
        } else {
            self.under(verb)
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
        found = found.stronger(self.choice(word)).stronger(self.predicated(word)).stronger(self.hedged(word));
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
            Deprel::Amod if is(EVER) && self.has_child(child, &["no"]) => Status::Negated,
            Deprel::Advmod if is(RARELY) => Status::Possible,
            Deprel::Advmod if is(ALMOST) && child < word => Status::Negated,
            Deprel::Advmod if is(WRONGLY) => Status::Negated,
            Deprel::Advmod if is(MAYBE) => Status::Possible,
            Deprel::Advmod if is(HEARSAY) => Status::Reported,
            Deprel::Nsubj | Deprel::NsubjPass if self.is_nobody(child) => Status::Negated,
            Deprel::Obl | Deprel::Advmod if self.is_in_no_way(child) => Status::Negated,
            Deprel::Obl if self.is_tale(word, child) => Status::Reported,
            Deprel::Nmod if self.is_any(word, LIFE) && self.is_tale(word, child) => Status::Reported,
            Deprel::Mark | Deprel::Advmod if is(CONDITIONS) || self.is_condition(child) => Status::Possible,
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
            "except" => true,
            "but" | "save" => self.token_before(word).is_some_and(|all| self.is_any(all, ALL)),
            _ => false,
        }
    }

    fn token_before(&self, word: TokenId) -> Option<TokenId> {
        let first = self.parsed.sentence_around(word).start;
        word.0.checked_sub(1).map(TokenId).filter(|before| *before >= first)
    }

    /// "in case", "as long as": a conjunction of several words.
    fn is_condition(&self, mark: TokenId) -> bool {
        let phrase = |next: TokenId| format!("{} {}", self.form(mark), self.form(next));
        self.children(mark).any(|next| {
            self.deprel(next) == Deprel::Fixed && ["in case", "as long", "so long"].contains(&&*phrase(next))
        })
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

    fn modal(&self, word: TokenId) -> Stance {
        let is_modal =
            |child: &TokenId| self.deprel(*child) == Deprel::Aux && MODALS.contains(&&*self.form(*child));
        let is_there = |modal: &TokenId| {
            self.form(*modal) == "can"
                && self.is_any(word, MET_WITH)
                && self.child(word, &[Deprel::AuxPass]).is_some()
        };
        let modal = self.children(word).find(is_modal).filter(|modal| !is_there(modal));
        modal.map_or(PLAIN, |modal| stance(Status::Possible, modal))
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
