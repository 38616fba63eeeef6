//! Namesakes: "Otto Lang, the son of Otto Lang" are two.

use super::Resolver;
use crate::mention::{Kind, MentionId};
use crate::syntax::Deprel;

/// Whom one may be named after, and who may be named after one.
const KIN: &[&str] = &[
    "son",
    "daughter",
    "father",
    "mother",
    "grandson",
    "granddaughter",
    "grandfather",
    "grandmother",
    "nephew",
    "niece",
    "uncle",
    "aunt",
    "cousin",
    "namesake",
];

impl Resolver<'_, '_> {
    /// Whether a name is that of a relative of somebody who has the same name and stands just before.
    pub(super) fn namesake(&self, id: MentionId) -> bool {
        let parsed = self.parsed;
        let head = self.mention(id).head;
        let word = parsed.word(head);
        let Some(kin) = word.head.filter(|kin| KIN.contains(&parsed.lemma(*kin))) else { return false };
        // "Otto Lang, the son of Otto Lang", "Otto Lang's son Otto Lang"
        let other = match word.deprel {
            Deprel::Nmod => parsed.word(kin).head.filter(|_| parsed.word(kin).deprel == Deprel::Appos),
            Deprel::Appos | Deprel::Flat => {
                parsed.children(kin).find(|child| parsed.word(*child).deprel == Deprel::NmodPoss)
            }
            _ => None,
        };
        let words = |id: MentionId| {
            let tokens = self.mention(id).tokens.iter().map(|token| parsed.text(token));
            tokens.filter(|text| text.starts_with(char::is_alphabetic)).collect::<Vec<_>>()
        };
        let other = other.and_then(|other| self.name_at[other.index()]);
        other.is_some_and(|other| {
            other != id && self.mention(other).kind == Kind::Name && words(other) == words(id)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::entity;
    use crate::entity::coreference::example::parsed;
    use crate::lexicon::Lexicon;
    use crate::mention;

    /// How many entities have a name.
    fn check(text: &str, expected: usize) {
        let (parsed, lexicon) = (parsed(text), Lexicon::core());
        let entities = entity::resolve(&parsed, mention::find(&parsed, &lexicon), &lexicon);
        let named = entities.entities().filter(|(_, entity)| entity.name.is_some()).count();
        assert_eq!(named, expected, "{text}");
    }

    #[test]
    fn the_son_is_not_the_father() {
        check("Otto Lang, the son of Otto Lang, retired.", 2);
        check("Otto Lang, the son of Otto Lang, retired. Otto Lang left.", 2);
        check("Otto Lang retired. Otto Lang left.", 1);
    }
}
