//! What relative pronouns stand for: the noun that their clause is about.
//!
//! Trees often hang the clause on the wrong noun of several: "a swimmer from Poland, who competed" on "Poland". So the
//! noun must suit the pronoun, and the nearest one that does is taken else.

use super::Resolver;
use super::profile::Sort;
use crate::document::TokenId;
use crate::entity::EntityId;
use crate::mention::{MentionId, Number};
use crate::syntax::{Deprel, Upos, Xpos};

impl Resolver<'_, '_> {
    /// What a relative pronoun stands for; nothing where its verb is plural and so means all that are joined.
    pub(super) fn antecedent(&self, id: MentionId) -> Option<EntityId> {
        let pronoun = self.mention(id).head;
        let suits = |entity: &EntityId| self.suits(pronoun, *entity);
        let Some((clause, noun)) = self.relative_clause(pronoun) else {
            let is_plain = self.is(pronoun, &["who", "that"]); // It may ask a question.
            return self.named_beside(pronoun).filter(suits).filter(|_| !is_plain);
        };
        if self.parsed.word(noun).upos == Upos::Verb {
            return self.named_beside(pronoun); // No verb has a relative clause: the tree is wrong.
        }
        let is_joined = |child: &TokenId| self.parsed.word(*child).deprel == Deprel::Conj && *child < pronoun;
        let last = self.parsed.children(noun).filter(is_joined).max();
        let by_tree = match last {
            Some(_) if self.is_plural_verb(clause) => return None,
            Some(last) => self.named_beside(pronoun).or_else(|| self.known_at(last)),
            None => self.known_at(noun),
        };
        let is_subject = matches!(self.parsed.word(pronoun).deprel, Deprel::Nsubj | Deprel::NsubjPass);
        let is_one = is_subject && self.is_singular_verb(clause);
        let agrees =
            |entity: &EntityId| !is_one || self.drafts[entity.index()].number != Some(Number::Plural);
        let is_surely = !self.is_who(pronoun) || !self.is_bare(noun);
        by_tree.filter(suits).filter(agrees).filter(|_| is_surely).or_else(|| {
            let other = self.suitable(pronoun, noun).filter(agrees);
            other.or(by_tree.filter(|entity| self.may_suit(pronoun, *entity)))
        })
    }

    /// The clause that a relative pronoun stands in, by its head, and the word that it hangs on.
    fn relative_clause(&self, pronoun: TokenId) -> Option<(TokenId, TokenId)> {
        let mut words = std::iter::successors(Some(pronoun), |word| self.parsed.word(*word).head);
        let clause = words.find(|word| self.parsed.word(*word).deprel == Deprel::AclRelcl)?;
        Some((clause, self.parsed.word(clause).head?))
    }

    /// "who" means somebody, "which" something, "where" an organization.
    fn suits(&self, pronoun: TokenId, entity: EntityId) -> bool {
        match self.drafts[entity.index()].sort {
            Sort::Organization => !self.is_who(pronoun),
            _ if self.is(pronoun, &["where"]) => false,
            Sort::Unknown => true,
            Sort::Person => !self.is(pronoun, &["which"]),
            _ => !self.is_who(pronoun),
        }
    }

    /// "the band, who", where nobody else can be meant
    fn may_suit(&self, pronoun: TokenId, entity: EntityId) -> bool {
        let is_organization = self.drafts[entity.index()].sort == Sort::Organization;
        is_organization || self.suits(pronoun, entity)
    }

    /// What suits a pronoun better than the noun that its clause hangs on: of "who" the person that the noun is said
    /// of ("a swimmer from Poland, who"), of the others the last thing named before ("the founder of Finch, which").
    fn suitable(&self, pronoun: TokenId, noun: TokenId) -> Option<EntityId> {
        let suits = |entity: &EntityId| {
            self.drafts[entity.index()].sort != Sort::Unknown && self.suits(pronoun, *entity)
        };
        if self.is(pronoun, &["which", "where"]) {
            let mut between = (noun.0..pronoun.0).rev().map(TokenId);
            return between.find_map(|word| self.known_at(word).filter(suits));
        }
        let in_phrase = |word: &TokenId| {
            let deprel = self.parsed.word(*word).deprel;
            let is_part =
                matches!(deprel, Deprel::Nmod | Deprel::NmodUnmarked | Deprel::Appos | Deprel::Conj);
            self.parsed.word(*word).head.filter(|_| is_part)
        };
        std::iter::successors(in_phrase(&noun), in_phrase).find_map(|word| self.known_at(word).filter(suits))
    }

    /// "of Danish descent": a noun that nobody is called by, as it has neither an article nor an owner.
    fn is_bare(&self, noun: TokenId) -> bool {
        let parsed = self.parsed;
        let is_article = |child: TokenId| {
            matches!(parsed.word(child).deprel, Deprel::Det | Deprel::NmodPoss | Deprel::Nummod)
        };
        parsed.word(noun).xpos == Xpos::Nn && !parsed.children(noun).any(is_article)
    }

    fn is_who(&self, pronoun: TokenId) -> bool {
        self.is(pronoun, &["who", "whom"])
    }

    fn is(&self, word: TokenId, forms: &[&str]) -> bool {
        forms.iter().any(|form| self.parsed.text(word).eq_ignore_ascii_case(form))
    }

    /// The entity whose name stands right before a word, or a preposition, comma or bracket before it.
    fn named_beside(&self, word: TokenId) -> Option<EntityId> {
        let mut before = TokenId(word.0.checked_sub(1)?);
        if self.parsed.word(before).upos == Upos::Adp {
            before = TokenId(before.0.checked_sub(1)?);
        }
        if matches!(self.parsed.text(before), "," | "(") {
            before = TokenId(before.0.checked_sub(1)?);
        }
        let name = self.name_at[before.index()]?;
        let is_whole = self.mention(name).tokens.end.0 == before.0 + 1;
        let is_here = self.parsed.document().sentence_of(before) == self.parsed.document().sentence_of(word);
        self.ties[name.index()].filter(|_| is_whole && is_here).map(|tie| tie.entity)
    }

    /// "Ada and Bo, who were ..."
    fn is_plural_verb(&self, verb: TokenId) -> bool {
        let finite = self.finite(verb);
        matches!(self.parsed.text(finite), "are" | "were" | "have" | "do")
            || self.parsed.word(finite).xpos == Xpos::Vbp
    }

    /// "a son of the weavers, who was ..."
    fn is_singular_verb(&self, verb: TokenId) -> bool {
        let finite = self.finite(verb);
        matches!(self.parsed.text(finite), "is" | "was" | "has" | "does")
            || self.parsed.word(finite).xpos == Xpos::Vbz
    }

    /// The word of a clause that agrees with its subject.
    fn finite(&self, verb: TokenId) -> TokenId {
        let is_helper = |child: &TokenId| {
            matches!(self.parsed.word(*child).deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
        };
        self.parsed.children(verb).find(is_helper).unwrap_or(verb)
    }
}

#[cfg(test)]
mod tests {
    use crate::entity::coreference::example::entities;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(entities(text), expected, "{text}");
    }

    #[test]
    fn a_relative_pronoun_means_the_nearest_name() {
        check("Odo Marsh and Brenna Holt, who was born in Oslo, met.", &["Brenna Holt = who"]);
        check("Odo Marsh and Brenna Holt, who were born in Oslo, met.", &[]);
        check("Odo Marsh, who was born in Oslo, left.", &["Odo Marsh = who"]);
    }

    #[test]
    fn who_is_a_person() {
        check(
            "Odo Marsh is a former swimmer from Poland, who won in 1996.",
            &["Odo Marsh = a former swimmer = who"],
        );
        check(
            "Brenna Holt is a retired boxer of Danish descent who lives in Oslo.",
            &["Brenna Holt = a retired boxer = who"],
        );
    }

    #[test]
    fn a_preposition_stands_between() {
        check(
            "Brenna Holt left Finch College, of which she was the owner.",
            &["Brenna Holt = she", "Finch College = which"],
        );
    }

    #[test]
    fn where_is_no_person() {
        check(
            "Odo Marsh was a manager at Finch & Co. where he won prizes.",
            &["Odo Marsh = a manager = he", "Finch & Co. = where"],
        );
        check("Odo Marsh joined Finch College, where he died.", &["Odo Marsh = he", "Finch College = where"]);
    }
}
