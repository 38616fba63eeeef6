//! Subjects: whom or what a word of a sentence is said of, its own subjects and those that it shares.

use super::{Builder, Role, is_passive};
use crate::document::TokenId;
use crate::syntax::{Deprel, Upos, Xpos};

/// Verbs whose infinitive tells what their object does, or is to do.
const PERSUADING: &[&str] = &[
    "advise",
    "allow",
    "ask",
    "beg",
    "bribe",
    "cause",
    "challenge",
    "coax",
    "command",
    "commission",
    "compel",
    "convince",
    "direct",
    "enable",
    "encourage",
    "force",
    "get",
    "help",
    "induce",
    "inspire",
    "instruct",
    "invite",
    "lead",
    "motivate",
    "oblige",
    "order",
    "permit",
    "persuade",
    "press",
    "prompt",
    "push",
    "recruit",
    "request",
    "tell",
    "tempt",
    "train",
    "urge",
    "warn",
];

impl Builder<'_, '_> {
    /// Finds what a word is said of: its own subjects, or those it shares with the word it depends on.
    pub(super) fn add_subjects(&mut self, word: TokenId) {
        let own = |child: &TokenId| {
            matches!(self.deprel(*child), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj)
        };
        let children = &self.children[self.at(word)];
        let mut subjects: Vec<TokenId> =
            children.iter().copied().filter(own).flat_map(|subject| self.past_source(subject)).collect();
        if subjects.is_empty() {
            subjects = self.misplaced_subjects(word);
        }
        let antecedent = self.antecedent(word);
        if let Some(antecedent) = antecedent
            && let Some(pronoun) = subjects.iter().find(|subject| self.is_relative(**subject))
        {
            // Both stay: the pronoun is a mention of its own.
            debug_assert_ne!(*pronoun, antecedent);
            subjects.push(antecedent);
        }
        if subjects.is_empty()
            && let Some(head) = self.parsed.word(word).head
        {
            subjects = self.shared_subjects(word, head);
        }
        for noun in self.equated(word, &subjects) {
            self.add(noun, Role::Subject, word);
        }
        let at = self.at(word);
        self.subjects[at] = subjects;
    }

    /// "The founder of Finch is Holt": a definite noun that a name is the predicate of is said of the name.
    fn equated(&self, name: TokenId, subjects: &[TokenId]) -> Vec<TokenId> {
        if self.upos(name) != Upos::Propn || self.child(name, Deprel::Cop).is_none() {
            return Vec::new();
        }
        let is_definite = |noun: &TokenId| {
            let article = self.child(*noun, Deprel::Det).map(|article| self.parsed.lemma(article));
            article == Some("the") || self.child(*noun, Deprel::NmodPoss).is_some()
        };
        // "One of the founders of Finch is Holt."
        let of_one = |subject: TokenId| {
            let is_one = self.parsed.lemma(subject) == "one";
            self.child(subject, Deprel::Nmod).filter(|_| is_one).unwrap_or(subject)
        };
        let nouns = subjects.iter().map(|subject| of_one(*subject));
        nouns.filter(|noun| self.upos(*noun) == Upos::Noun && is_definite(noun)).collect()
    }

    /// "According to Park, Lin left": where the tree makes the source the subject, what it takes for an apposition to
    /// the source is the subject.
    fn past_source(&self, subject: TokenId) -> Vec<TokenId> {
        let first = self.children[self.at(subject)].iter().copied().chain([subject]).min().unwrap_or(subject);
        let before =
            |back: u32| first.0.checked_sub(back).filter(|id| *id >= self.sentence.start.0).map(TokenId);
        let is = |id: Option<TokenId>, word: &str| {
            id.is_some_and(|id| self.parsed.text(id).eq_ignore_ascii_case(word))
        };
        if !is(before(1), "to") || !is(before(2), "according") {
            return vec![subject];
        }
        let parts = self.children[self.at(subject)].iter().copied();
        parts.filter(|child| self.deprel(*child) == Deprel::Appos).collect()
    }

    /// What stands before a finite verb or a predicate as if it were addressed or set apart: in prose, its subject.
    fn misplaced_subjects(&self, word: TokenId) -> Vec<TokenId> {
        let finite =
            matches!(self.parsed.word(word).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbn | Xpos::Vbg | Xpos::Nn);
        let before = |child: &TokenId| {
            *child < word && matches!(self.deprel(*child), Deprel::Vocative | Deprel::Dislocated)
        };
        self.children[self.at(word)].iter().copied().filter(|child| finite && before(child)).collect()
    }

    /// The subjects of a word that has none of its own.
    fn shared_subjects(&self, word: TokenId, head: TokenId) -> Vec<TokenId> {
        let of_head = || self.subjects[self.at(head)].clone();
        match self.deprel(word) {
            // "a film directed by Park and produced by Lin", where the tree hangs the second participle on the film.
            Deprel::Conj
                if self.upos(head) == Upos::Noun
                    && self.child(word, Deprel::Aux).is_none()
                    && matches!(self.parsed.word(word).xpos, Xpos::Vbn | Xpos::Vbg)
                    && self.upos(word) == Upos::Verb =>
            {
                vec![head]
            }
            Deprel::Conj if self.same_kind(word, head) => of_head(),
            Deprel::Xcomp => match self.child(head, Deprel::Obj).or_else(|| self.persuaded(word, head)) {
                Some(object) if self.upos(head) == Upos::Verb => vec![object],
                _ => of_head(),
            },
            Deprel::Advcl if self.upos(word) == Upos::Verb && self.parsed.word(word).xpos != Xpos::Vbd => {
                self.persuaded(word, head).map_or_else(of_head, |object| vec![object])
            }
            Deprel::Advcl if self.upos(word) == Upos::Noun => of_head(),
            Deprel::Acl => vec![head],
            Deprel::Amod if matches!(self.upos(word), Upos::Verb | Upos::Adj) => vec![head],
            Deprel::AclRelcl if self.has_no_relative(word) => vec![head],
            Deprel::Appos if self.is_predicate_noun(word) => vec![self.apposed(word, head)],
            Deprel::NmodDesc => vec![head],
            Deprel::Compound if self.upos(word) == Upos::Noun && self.upos(head) == Upos::Propn => vec![head],
            Deprel::Obl if self.marker(word).is_some_and(|case| self.parsed.lemma(case) == "as") => {
                self.office_holders(word, head)
            }
            _ => Vec::new(),
        }
    }

    /// What an apposition is beside: of "Park and Lin, sister of Holt", where trees hang it on the first, the last.
    fn apposed(&self, word: TokenId, head: TokenId) -> TokenId {
        let is_singular = self.parsed.word(word).xpos == Xpos::Nn;
        let last = self.last_conjunct(head, word).filter(|last| self.upos(*last) == Upos::Propn);
        last.filter(|_| is_singular).unwrap_or(head)
    }

    /// "persuaded Park to found it", where the tree takes the infinitive for a purpose, or Park for whom it is done to: it
    /// is what Park does.
    fn persuaded(&self, word: TokenId, verb: TokenId) -> Option<TokenId> {
        let is_infinitive =
            self.child(word, Deprel::Mark).is_some_and(|mark| self.parsed.lemma(mark) == "to");
        let object = self.child(verb, Deprel::Obj).or_else(|| self.child(verb, Deprel::Iobj));
        let persuades = is_infinitive && PERSUADING.contains(&self.parsed.lemma(verb));
        object.filter(|object| persuades && *object < word)
    }

    /// Whom an office is said of that follows a verb with "as": the verb's object, or else its subject. "Park succeeded Lin
    /// as mayor" makes Park the mayor and says that Lin was.
    fn office_holders(&self, office: TokenId, verb: TokenId) -> Vec<TokenId> {
        let mut holders: Vec<TokenId> = self.child(verb, Deprel::Obj).into_iter().collect();
        let succeeds =
            matches!(self.parsed.lemma(verb), "succeed" | "replace" | "follow" | "supplant" | "supersede");
        if holders.is_empty() || succeeds {
            holders.extend(&self.subjects[self.at(verb)]);
        }
        let by = |of: TokenId| {
            let nouns = self.children[self.at(of)].iter().copied();
            let is_by =
                |noun: &TokenId| self.marker(*noun).is_some_and(|case| self.parsed.lemma(case) == "by");
            nouns.filter(is_by).collect::<Vec<_>>()
        };
        if succeeds && is_passive(self.parsed, verb) {
            holders.extend(by(verb).into_iter().chain(by(office)));
        }
        holders
    }

    fn same_kind(&self, word: TokenId, other: TokenId) -> bool {
        let clause = |word| {
            matches!(self.upos(word), Upos::Verb | Upos::Aux) || self.child(word, Deprel::Cop).is_some()
        };
        let nominal = |word| matches!(self.upos(word), Upos::Noun | Upos::Adj | Upos::Propn);
        (clause(word) && clause(other)) || (nominal(word) && !self.subjects[self.at(other)].is_empty())
    }
}
