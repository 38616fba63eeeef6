//! Pronouns whose meaning the grammar alone tells: relative ones, and "I" in a quotation.

use super::Resolver;
use super::profile::Form;
use super::quotation;
use crate::document::TokenId;
use crate::entity::EntityId;
use crate::mention::{Kind, MentionId};
use crate::syntax::{Deprel, Upos, Xpos};

impl Resolver<'_, '_> {
    /// The entity that a word names or describes.
    pub(super) fn known_at(&self, word: TokenId) -> Option<EntityId> {
        let named = self.name_at[word.index()].and_then(|id| self.ties[id.index()]);
        named.map(|tie| tie.entity).or(self.entity_at[word.index()])
    }

    /// What a relative pronoun stands for: the noun that its clause depends on, or of several that are joined the
    /// nearest; nothing where the verb is plural and so means all of them.
    pub(super) fn antecedent(&self, id: MentionId) -> Option<EntityId> {
        let (parsed, pronoun) = (self.parsed, self.mention(id).head);
        let mut word = pronoun;
        let head = loop {
            let head = parsed.word(word).head?;
            if parsed.word(word).deprel == Deprel::AclRelcl {
                break head;
            }
            word = head;
        };
        let is_joined = |child: &TokenId| parsed.word(*child).deprel == Deprel::Conj && *child < pronoun;
        if parsed.word(head).upos == Upos::Verb {
            return self.named_beside(pronoun); // No verb has a relative clause: the tree is wrong.
        }
        match parsed.children(head).filter(is_joined).max() {
            Some(_) if self.is_plural_verb(word) => None,
            Some(nearest) => self.named_beside(pronoun).or_else(|| self.known_at(nearest)),
            None => self.known_at(head),
        }
    }

    /// The entity whose name stands right before a word, or a comma or bracket before it.
    fn named_beside(&self, word: TokenId) -> Option<EntityId> {
        let mut before = TokenId(word.0.checked_sub(1)?);
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
        let parsed = self.parsed;
        let is_helper = |child: &TokenId| {
            matches!(parsed.word(*child).deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
        };
        let finite = parsed.children(verb).find(is_helper).unwrap_or(verb);
        matches!(parsed.text(finite), "are" | "were" | "have" | "do") || parsed.word(finite).xpos == Xpos::Vbp
    }

    /// Who says "I": the subject of the verb of saying beside the quotation.
    pub(super) fn speaker(&self, id: MentionId) -> Option<EntityId> {
        let mention = self.mention(id);
        let speaker = quotation::speaker(self.parsed, &self.quoted, mention.head)?;
        self.known_at(speaker).filter(|_| mention.kind == Kind::Pronoun)
    }

    /// Whether one of two mentions is in a quotation that the other speaks: who says "she" means somebody else.
    pub(super) fn speaks_of(&self, speaker: MentionId, spoken: MentionId) -> bool {
        let (profile, spoken) = (self.profile(speaker), self.profile(spoken));
        profile.quotation == 0
            && spoken.quotation != 0
            && spoken.form.kin() == Form::He
            && quotation::speaker(self.parsed, &self.quoted, spoken.head) == Some(profile.head)
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
    fn a_speaker_is_i_and_not_she() {
        check("\"I was born in Oslo,\" said Alma Brandt.", &["I = Alma Brandt"]);
        check("\"She was born in Oslo,\" said Alma Brandt.", &[]);
        check("\"We were born in Oslo,\" said Alma Brandt.", &[]);
    }
}
