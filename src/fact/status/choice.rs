//! Choice: of what is joined by "or", none is asserted.

use super::words::NAMING;
use super::{PLAIN, Stance, View, stance};
use crate::document::TokenId;
use crate::fact::Status;
use crate::syntax::{Deprel, Upos};

/// How many words apart two neighbours stand at most that a loose "or" joins.
const NEAR: u32 = 6;

impl View<'_, '_> {
    /// "Park or Lin", "in Oslo or in Bergen", "founded or bought": what one of several is or does, each may be or do.
    pub(super) fn choice(&self, word: TokenId) -> Stance {
        let is_either =
            |child: &TokenId| self.deprel(*child) == Deprel::CcPreconj && self.is_any(*child, &["either"]);
        let list = self.parsed.coordination(word);
        let (first, conjuncts) = (list[0], &list[1..]);
        if let Some(either) = self.children(first).find(is_either) {
            return stance(Status::Possible, either);
        }
        let joined = |conjunct: &TokenId| self.child(*conjunct, &[Deprel::Cc]);
        let is_or = |joined: &TokenId| self.is_any(*joined, &["or"]);
        // "Holt (or Holtz or Holz)": in brackets, other names.
        let in_brackets = |or: TokenId| self.token_before(or).is_some_and(|before| self.form(before) == "(");
        if conjuncts.iter().filter_map(joined).any(|joined| is_or(&joined) && in_brackets(joined)) {
            return PLAIN;
        }
        let or = conjuncts.iter().find_map(|conjunct| {
            let or = joined(conjunct).filter(is_or)?;
            let is_open = self.is_alike(first, *conjunct) && !self.gives_other_name(first, or, *conjunct);
            is_open.then_some(or)
        });
        or.or_else(|| self.loose_or(word)).map_or(PLAIN, |or| stance(Status::Possible, or))
    }

    /// The "or" between two that the tree takes for neighbours: "died in 1955 or in 1956".
    fn loose_or(&self, word: TokenId) -> Option<TokenId> {
        let is_like = |other: &TokenId| {
            self.deprel(*other) == self.deprel(word)
                && matches!(self.deprel(word), Deprel::Obl | Deprel::Nmod)
        };
        let or =
            |other: TokenId| self.child(other, &[Deprel::Cc]).filter(|joined| self.is_any(*joined, &["or"]));
        let head = self.parsed.word(word).head?;
        let case = |of: TokenId| self.child(of, &[Deprel::Case]).map(|case| self.lemma(case));
        let near =
            |other: &TokenId| other.0 >= word.0 && other.0 - word.0 <= NEAR && case(*other) == case(word);
        self.children(head).filter(is_like).filter(near).take(2).find_map(or)
    }

    /// Whether two conjuncts say what may stand for each other: a clause and a noun do not.
    fn is_alike(&self, one: TokenId, other: TokenId) -> bool {
        let is_clause = |word: TokenId| matches!(self.parsed.word(word).upos, Upos::Verb | Upos::Aux);
        is_clause(one) == is_clause(other)
    }

    /// "Holt Brothers, or HB, is ...", "Holt or Holtz (born 1901)", "known as Holt or Holtz": between commas, before a
    /// bracket and of what somebody is called, "or" gives another name.
    fn gives_other_name(&self, first: TokenId, or: TokenId, name: TokenId) -> bool {
        let is_name = |word: TokenId| self.parsed.word(word).upos == Upos::Propn;
        let is_called = self.parsed.word(first).head.is_some_and(|verb| self.is_any(verb, NAMING));
        if !is_name(first) || !is_name(name) || is_called {
            return is_called;
        }
        // "Finch Bank, Inc. or Finch"
        let words = |head: TokenId| {
            let is_part = |word: &TokenId| matches!(self.deprel(*word), Deprel::Flat | Deprel::Compound);
            self.children(head).filter(is_part).chain([head]).map(|word| self.form(word)).collect::<Vec<_>>()
        };
        let of_first = words(first);
        if words(name).iter().all(|word| of_first.contains(word)) {
            return true;
        }
        let opens = self.token_before(or).map(|before| self.form(before));
        let sentence = self.parsed.sentence_around(name);
        let mut after =
            (name.0..sentence.end.0).map(TokenId).filter(|word| self.parsed.word(*word).upos != Upos::Propn);
        let closes = after.next().map(|word| self.form(word));
        let is_one = self.children(first).filter(|child| self.deprel(*child) == Deprel::Conj).count() == 1;
        match closes.as_deref() {
            Some("(") => matches!(self.deprel(first), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Root),
            Some(",") => is_one && opens.as_deref() == Some(","),
            _ => false,
        }
    }
}
