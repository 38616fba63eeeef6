//! Pronouns whose meaning the grammar alone tells: relative ones, and "I" in a quotation.

use super::Resolver;
use super::quotation;
use crate::document::TokenId;
use crate::entity::EntityId;
use crate::mention::{Kind, MentionId};
use crate::syntax::Deprel;

impl Resolver<'_, '_> {
    /// The entity that a word names or describes.
    fn known_at(&self, word: TokenId) -> Option<EntityId> {
        let named = self.name_at[word.index()].and_then(|id| self.ties[id.index()]);
        named.map(|tie| tie.entity).or(self.entity_at[word.index()])
    }

    /// What a relative pronoun stands for: the noun that its clause depends on.
    pub(super) fn antecedent(&self, id: MentionId) -> Option<EntityId> {
        let mut word = self.mention(id).head;
        while let Some(head) = self.parsed.word(word).head {
            if self.parsed.word(word).deprel == Deprel::AclRelcl {
                return self.known_at(head);
            }
            word = head;
        }
        None
    }

    /// Who says "I": the subject of the verb of saying beside the quotation.
    pub(super) fn speaker(&self, id: MentionId) -> Option<EntityId> {
        let mention = self.mention(id);
        let speaker = quotation::speaker(self.parsed, &self.quoted, mention.head)?;
        self.known_at(speaker).filter(|_| mention.kind == Kind::Pronoun)
    }
}
