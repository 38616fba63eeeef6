//! "I" in a quotation, whose meaning the grammar alone tells.

use super::Resolver;
use super::profile::Form;
use super::quotation;
use crate::document::TokenId;
use crate::entity::EntityId;
use crate::mention::{Kind, MentionId};

impl Resolver<'_, '_> {
    /// The entity that a word names or describes.
    pub(super) fn known_at(&self, word: TokenId) -> Option<EntityId> {
        let named = self.name_at[word.index()].and_then(|id| self.ties[id.index()]);
        named.map(|tie| tie.entity).or(self.entity_at[word.index()])
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
    fn a_speaker_is_i_and_not_she() {
        check("\"I was born in Oslo,\" said Alma Brandt.", &["I = Alma Brandt"]);
        check("\"She was born in Oslo,\" said Alma Brandt.", &[]);
        check("\"We were born in Oslo,\" said Alma Brandt.", &[]);
    }
}
