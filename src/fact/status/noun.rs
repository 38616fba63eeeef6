//! Nouns: what is said of the things themselves, and of clauses that hang on a noun.

use super::words::{
    ANYBODY_ELSE, APART, BECOMING, CONTENT, DOUBTFUL, DOUBTS, EVERYBODY, HAVING, HEARSAY, HOLDERS, KNOWN,
    LACKING, LEFT_OUT, MAYBE, PLAYED, SCANT, STYLED, UNREAL, WRONGLY,
};
use super::{PLAIN, Stance, View, stance};
use crate::document::TokenId;
use crate::fact::Status;
use crate::lexicon::noun;
use crate::syntax::{Deprel, Upos};

impl View<'_, '_> {
    /// What a mention at an end is made of: "neither Park nor Lin", "not in Oslo", "a fictional detective, Jonas Feld",
    /// "outside Oslo", "Oslo or Bergen".
    pub(super) fn end(&self, end: TokenId) -> Stance {
        let denied = |word: TokenId, is_itself: bool| {
            self.children(word).find(|child| {
                let is_denial =
                    is_itself && self.is_any(*child, &["not", "without", "except"]) && self.denies(*child);
                *child < word && (is_denial || self.is_any(*child, &["neither", "nor"]))
            })
        };
        let head_by = |deprel| self.parsed.word(end).head.filter(|_| self.deprel(end) == deprel);
        let negation = denied(end, true).or_else(|| denied(head_by(Deprel::Conj)?, false));
        let negation = negation.or_else(|| self.set_apart(end));
        let described = [Some(end), head_by(Deprel::Appos), self.child(end, &[Deprel::Appos])];
        let unreal = || described.into_iter().flatten().find_map(|noun| self.unreal(noun));
        let told = negation.map(|word| stance(Status::Negated, word)).or_else(unreal).unwrap_or(PLAIN);
        told.stronger(self.choice(end))
    }

    /// "The founder may be Park": of a name that is equated with a noun, what is said of the name counts.
    pub(super) fn equated(&self, end: TokenId, anchors: &[TokenId]) -> Stance {
        let is_subject = |word: &&TokenId| matches!(self.deprel(**word), Deprel::Nsubj | Deprel::NsubjPass);
        let mut predicates =
            anchors.iter().filter(is_subject).filter_map(|word| self.parsed.word(*word).head);
        let is_equated = self.child(end, &[Deprel::Cop]).is_some()
            && predicates.any(|predicate| self.is_within(end, predicate));
        if is_equated { self.chain(end).stronger(self.question(end)) } else { PLAIN }
    }

    /// "outside Oslo", "everybody but Park", "somebody other than Park", "every prize except the Nobel Prize".
    fn set_apart(&self, end: TokenId) -> Option<TokenId> {
        self.children(end).filter(|child| *child < end).find(|child| {
            let before = self.parsed.word(end).head;
            let is_of =
                |words: &[&str]| before.is_some_and(|before| before < *child && self.is_any(before, words));
            match self.deprel(*child) {
                Deprel::Case if self.is_any(*child, LEFT_OUT) => true,
                Deprel::Case if end == self.ends[1] && self.is_any(*child, APART) => true,
                Deprel::Case | Deprel::Cc if self.is_any(*child, &["but", "save"]) => {
                    is_of(EVERYBODY)
                        || before.is_some_and(|before| self.has_child(before, &["every", "all", "any"]))
                }
                Deprel::Case => {
                    self.is_any(*child, &["than"])
                        && before.is_some_and(|before| self.has_child(before, &["other"]))
                        && !is_of(ANYBODY_ELSE)
                }
                _ => false,
            }
        })
    }

    /// "a fictional detective", "she plays a detective"
    pub(super) fn unreal(&self, noun: TokenId) -> Option<Stance> {
        let is_unreal = |child: &TokenId| self.deprel(*child) == Deprel::Amod && self.is_any(*child, UNREAL);
        let by_adjective = || self.children(noun).find(is_unreal).map(|word| stance(Status::Negated, word));
        self.played(noun).or_else(by_adjective)
    }

    fn played(&self, noun: TokenId) -> Option<Stance> {
        let verb = self.parsed.word(noun).head.filter(|_| self.deprel(noun) == Deprel::Obj);
        let acts = |verb: &TokenId| {
            self.is_any(*verb, PLAYED) && (!self.is_any(*verb, &["play"]) || self.is_character(noun))
        };
        verb.filter(acts).map(|verb| stance(Status::Negated, verb))
    }

    /// Whether who plays something acts it: a detective, the role of one; but not a tune, a match or a role in a revolt.
    fn is_character(&self, noun: TokenId) -> bool {
        let is_part = self.is_any(noun, &["role", "part", "character"]);
        let of = |child: TokenId| self.deprel(child) == Deprel::Nmod && self.has_child(child, &["of"]);
        let is_person = noun::kind(&self.lemma(noun)) == Some("Person");
        is_person || is_part && self.children(noun).any(of)
    }

    /// "She impersonated the chief executive": whoever plays an office does not hold it.
    pub(super) fn imitated(&self, anchor: TokenId) -> Stance {
        let is_noun = self.parsed.word(anchor).upos == Upos::Noun;
        is_noun.then(|| self.played(anchor)).flatten().unwrap_or(PLAIN)
    }

    /// "Park wrote to a member of the club": what the subject deals with is another, who is what the noun says.
    pub(super) fn of_another(&self, anchor: TokenId) -> Stance {
        let [subject, object] = self.ends;
        let dealt = matches!(self.deprel(anchor), Deprel::Obj | Deprel::Obl | Deprel::Iobj)
            && self.is_any(anchor, HOLDERS)
            && !self.has_child(anchor, &["as", "with", "among", "by"]);
        let keeps = |verb: TokenId| self.is_any(verb, BECOMING) || self.is_any(verb, HAVING);
        let verb = self.parsed.word(anchor).head.filter(|verb| dealt && !keeps(*verb));
        let acts = verb.is_some_and(|verb| self.child(verb, &[Deprel::Nsubj]) == Some(subject));
        if acts && self.is_within(object, anchor) { stance(Status::Possible, anchor) } else { PLAIN }
    }

    /// "Park, reportedly the founder of it, left": an adverb right before a noun, wherever the tree hangs it.
    pub(super) fn hedged(&self, noun: TokenId) -> Stance {
        if self.parsed.word(noun).upos != Upos::Noun {
            return PLAIN;
        }
        if let Some(would) = self.would_be(noun) {
            return stance(Status::Possible, would);
        }
        let first = self.children(noun).filter(|child| self.opens(*child)).chain([noun]).min();
        let Some(before) = first.and_then(|first| self.token_before(first)) else { return PLAIN };
        let is = |words: &[&str]| self.is_any(before, words);
        let status = if is(WRONGLY) {
            Status::Negated
        } else if is(MAYBE) {
            Status::Possible
        } else if is(HEARSAY) {
            Status::Reported
        } else {
            return PLAIN;
        };
        stance(status, before)
    }

    /// "a would-be member", which trees take apart in many ways
    fn would_be(&self, noun: TokenId) -> Option<TokenId> {
        let start = self.parsed.sentence_around(noun).start.0.max(noun.0.saturating_sub(5));
        (start..noun.0.saturating_sub(2)).map(TokenId).find(|would| self.is_would_be(*would))
    }

    /// Whether "would", a hyphen and "be" begin at a word.
    fn is_would_be(&self, word: TokenId) -> bool {
        let [hyphen, be] = [1, 2].map(|on| TokenId(word.0 + on));
        self.form(word) == "would"
            && be.index() < self.parsed.words().len()
            && self.form(hyphen) == "-"
            && self.form(be) == "be"
    }

    /// Whether a word stands among those that open a nominal.
    fn opens(&self, word: TokenId) -> bool {
        matches!(
            self.deprel(word),
            Deprel::Det | Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::Nummod
        )
    }

    /// Whether a clause tells what a noun is about, and not of which it speaks: "the claim that she left".
    pub(super) fn is_content_clause(&self, clause: TokenId, noun: TokenId) -> bool {
        let is_that = |mark: TokenId| matches!(&*self.form(mark), "that" | "whether" | "if");
        self.child(clause, &[Deprel::Mark]).is_some_and(is_that)
            || (self.is_content(noun) && self.has_child(clause, &["that"]))
    }

    /// What a noun makes of a clause that tells what it is about: "the claim that", "no evidence that".
    pub(super) fn under_noun(&self, noun: TokenId) -> Stance {
        if self.is_any(noun, DOUBTS) && self.has_child(noun, &["no", "little"]) {
            return PLAIN;
        }
        let told = if self.is_any(noun, KNOWN) { PLAIN } else { stance(Status::Reported, noun) };
        self.own(noun).opened().stronger(told).stronger(self.wanting(noun))
    }

    /// "scant proof", "they lack evidence", "no trace was found", "evidence is missing".
    fn wanting(&self, noun: TokenId) -> Stance {
        let is_wanting = |word: &TokenId| self.is_any(*word, SCANT) || self.is_any(*word, LACKING);
        if let Some(word) = self.children(noun).find(is_wanting) {
            return stance(Status::Possible, word);
        }
        let places = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Obl];
        let holder = self.parsed.word(noun).head.filter(|_| places.contains(&self.deprel(noun)));
        let Some(holder) = holder else { return PLAIN };
        let told = if is_wanting(&holder) { stance(Status::Possible, holder) } else { self.under(holder) };
        self.own(holder).stronger(told).opened()
    }

    /// "The rumour is that she left."
    pub(super) fn predicated(&self, clause: TokenId) -> Stance {
        let Some(copula) = self.child(clause, &[Deprel::Cop]) else { return PLAIN };
        let that = self.child(clause, &[Deprel::Mark]).filter(|mark| *mark > copula);
        let subjects = [Deprel::NsubjOuter, Deprel::Nsubj, Deprel::NsubjPass];
        let subject = self.child(clause, &subjects).filter(|subject| *subject < copula);
        let is_talk =
            |noun: &TokenId| self.is_content(*noun) || self.is_any(*noun, &["word", "talk", "report"]);
        match that.and(subject).filter(is_talk) {
            Some(noun) => stance(Status::Reported, noun),
            None => PLAIN,
        }
    }

    /// "Unconfirmed reports"
    pub(super) fn is_unsure(&self, noun: TokenId) -> bool {
        self.children(noun).any(|child| {
            self.deprel(child) == Deprel::Amod && (self.is_any(child, DOUBTFUL) || self.is_any(child, UNREAL))
        })
    }

    /// "Never was Park the founder of it"
    pub(super) fn is_inverted_copula(&self, noun: TokenId) -> bool {
        let subjects = [Deprel::Nsubj, Deprel::Expl, Deprel::NsubjPass, Deprel::NsubjOuter];
        let copula = self.child(noun, &[Deprel::Cop]);
        copula.is_some_and(|copula| copula < noun) && self.child(noun, &subjects).is_none()
    }

    /// "alleged", "so-called", "would-be".
    pub(super) fn is_doubtful(&self, word: TokenId) -> bool {
        let form = self.form(word);
        let before = word.0.checked_sub(1).map(|id| self.form(TokenId(id))).unwrap_or_default();
        let before = if before == "-" {
            word.0.checked_sub(2).map(|id| self.form(TokenId(id))).unwrap_or_default()
        } else {
            before
        };
        DOUBTFUL.contains(&&*form)
            || self.is_would_be(word)
            || (STYLED.contains(&&*form) && matches!(&*before, "self" | "so"))
            || STYLED.iter().any(|styled| form == format!("self-{styled}") || form == format!("so-{styled}"))
            || form == "would-be"
    }

    /// Whether a noun names what is only thought or said, and is no end of the fact itself.
    pub(super) fn is_content(&self, noun: TokenId) -> bool {
        // A first word with a capital is easily taken for a name.
        let is_noun = match self.parsed.word(noun).upos {
            Upos::Noun => true,
            Upos::Propn => self.token_before(noun).is_none(),
            _ => false,
        };
        is_noun && self.is_any(noun, CONTENT) && !self.ends.contains(&noun)
    }
}
