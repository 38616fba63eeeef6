//! Relative clauses: which noun each is about, and which place in the clause that noun fills.

use super::{Builder, Edge, Role};
use crate::document::TokenId;
use crate::syntax::{Deprel, Upos, Xpos};

impl Builder<'_, '_> {
    /// The noun that a relative clause, headed by this word, is about.
    pub(super) fn antecedent(&self, word: TokenId) -> Option<TokenId> {
        let head = (self.deprel(word) == Deprel::AclRelcl).then(|| self.parsed.word(word).head).flatten()?;
        if self.is_plural(word) {
            return Some(head);
        }
        // "Marsh and Holt, who was born in Oslo": trees hang the clause on the first of them, yet it speaks of the last.
        Some(self.last_conjunct(head, word).unwrap_or(head))
    }

    /// What is coordinated with a word, if it is the last to depend on it before another.
    pub(super) fn last_conjunct(&self, first: TokenId, before: TokenId) -> Option<TokenId> {
        let last = self.children[self.at(first)].iter().copied().rev().find(|child| *child < before);
        last.filter(|last| self.deprel(*last) == Deprel::Conj)
    }

    /// Whether a clause's verb says that several do something.
    pub(super) fn is_plural(&self, clause: TokenId) -> bool {
        let verbs = self.children[self.at(clause)].iter().copied().chain([clause]);
        let mut finite = verbs.filter(|word| matches!(self.upos(*word), Upos::Verb | Upos::Aux));
        finite.any(|word| {
            self.parsed.word(word).xpos == Xpos::Vbp || self.parsed.text(word).eq_ignore_ascii_case("were")
        })
    }

    pub(super) fn is_relative(&self, word: TokenId) -> bool {
        matches!(self.parsed.word(word).xpos, Xpos::Wdt | Xpos::Wp)
            || (self.parsed.lemma(word) == "that" && self.upos(word) == Upos::Pron)
    }

    /// Whether a relative clause leaves its subject out.
    pub(super) fn has_no_relative(&self, clause: TokenId) -> bool {
        !self.children[self.at(clause)].iter().any(|child| self.is_relative(*child))
    }

    /// A relative pronoun stands for its antecedent as well as for itself.
    pub(super) fn add_with_antecedent(&mut self, governor: TokenId, role: Role, word: TokenId) {
        self.add(governor, role, word);
        if self.is_relative(word)
            && let Some(antecedent) = self.antecedent(governor)
        {
            self.add(governor, role, antecedent);
        }
    }

    /// "the film Caldeira directed": what the clause lacks is its antecedent. "the college where Caldeira taught" lacks
    /// no object.
    pub(super) fn add_gap(&mut self, antecedent: TokenId, clause: TokenId) {
        let is_adverb = |child: &&TokenId| self.parsed.word(**child).xpos == Xpos::Wrb;
        if let Some(adverb) = self.children[self.at(clause)].iter().find(is_adverb).copied() {
            if self.parsed.lemma(adverb) == "where" {
                let marker = Some(adverb);
                let edge = Edge { governor: clause, role: Role::Oblique, marker, dependent: antecedent };
                self.edges.push(edge);
            }
            return;
        }
        let has_subject = [Deprel::Nsubj, Deprel::NsubjPass].iter().any(|d| self.child(clause, *d).is_some());
        let lacks_object = has_subject && self.has_no_relative(clause) && self.upos(clause) == Upos::Verb;
        if lacks_object && self.child(clause, Deprel::Obj).is_none() {
            self.add(clause, Role::Object, antecedent);
        }
    }
}
