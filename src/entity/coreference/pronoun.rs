//! Pronouns: each to the most salient entity that agrees with it.

use super::quotation;
use super::{Draft, Resolver};
use crate::document::TokenId;
use crate::entity::EntityId;
use crate::mention::{Gender, Kind, Mention, MentionId, Number};
use crate::syntax::Deprel;

/// How many sentences back a pronoun may look.
const REACH: u32 = 3;

/// The least score that ties a pronoun.
const ENOUGH: f32 = 0.0;

impl Resolver<'_, '_> {
    pub(super) fn add_pronoun(&mut self, id: MentionId) {
        let text = self.parsed.text(self.mention(id).head).to_lowercase();
        let found = match text.as_str() {
            "who" | "whom" | "whose" | "which" | "that" => {
                self.antecedent(id).map(|entity| (entity, "relative pronoun"))
            }
            "i" | "me" | "my" | "mine" | "myself" => self.speaker(id).map(|entity| (entity, "speaker")),
            "we" | "us" | "our" | "ours" | "ourselves" => None,
            _ => self.most_salient(id).map(|entity| (entity, "pronoun")),
        };
        if let Some((entity, rule)) = found {
            self.tie(id, entity, rule);
        }
    }

    /// The entity that a word names or describes.
    fn entity_at(&self, word: TokenId) -> Option<EntityId> {
        let by_name = self.name_at[word.index()];
        let at = self.mentions.partition_point(|mention| mention.tokens.start.0 + 30 < word.0);
        let near =
            self.mentions[at..].iter().enumerate().take_while(|(_, mention)| mention.tokens.start <= word);
        let by_head = near.filter(|(_, mention)| mention.head == word && mention.kind != Kind::Article);
        let by_head = by_head
            .map(|(index, _)| MentionId((at + index) as u32))
            .find(|id| self.ties[id.index()].is_some());
        by_name.or(by_head).and_then(|id| self.ties[id.index()]).map(|tie| tie.entity)
    }

    /// What a relative pronoun stands for: the noun that its clause depends on.
    fn antecedent(&self, id: MentionId) -> Option<EntityId> {
        let mut word = self.mention(id).head;
        while let Some(head) = self.parsed.word(word).head {
            if matches!(self.parsed.word(word).deprel, Deprel::AclRelcl) {
                return self.entity_at(head);
            }
            word = head;
        }
        None
    }

    /// Who says "I": the subject of the verb of saying beside the quotation.
    fn speaker(&self, id: MentionId) -> Option<EntityId> {
        quotation::speaker(self.parsed, self.mention(id).head).and_then(|word| self.entity_at(word))
    }

    fn most_salient(&self, id: MentionId) -> Option<EntityId> {
        let mention = self.mention(id);
        let recent = self.recent(id, REACH).into_iter();
        let scored = recent.filter_map(|(entity, last)| {
            let draft = Some(&self.drafts[entity.index()]).filter(|draft| self.agrees(draft, mention))?;
            Some((self.salience(draft, id, last)?, entity))
        });
        let mut scored: Vec<(f32, EntityId)> = scored.collect();
        scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        scored.first().filter(|(score, _)| *score >= ENOUGH).map(|(_, entity)| *entity)
    }

    fn agrees(&self, draft: &Draft, mention: &Mention) -> bool {
        if draft.names.is_empty() {
            return false;
        }
        let person = self.is_a(draft.class, "Person");
        match (mention.gender, mention.number) {
            (Some(Gender::Neuter), _) => !person && draft.class.is_some() && !self.is_a(draft.class, "Event"),
            (Some(gender), _) => person && draft.gender.is_none_or(|known| known == gender),
            (None, Some(Number::Plural)) => self.is_a(draft.class, "Organization"),
            _ => false,
        }
    }

    /// How much an entity is in a reader's mind at a pronoun; `None` where the grammar forbids it.
    fn salience(&self, draft: &Draft, id: MentionId, last: MentionId) -> Option<f32> {
        let seen = draft.mentions.partition_point(|other| *other < id);
        let (here, there) = (self.sentence(id), self.sentence(last));
        let distance = here.0 - there.0;
        if self.forbidden(id, &draft.mentions) {
            return None;
        }
        let back = draft.mentions[..seen].iter().rev();
        let in_sentence = back.take_while(|other| self.sentence(**other) == there);
        let subject = in_sentence.clone().any(|other| self.is_subject(*other));
        let parallel = subject && self.is_subject(id);
        let possessive = self.parsed.word(self.mention(id).head).deprel == Deprel::NmodPoss;
        let mut score = 3.0 - 2.0 * distance as f32;
        score += if subject { 2.0 } else { 0.0 };
        score += if parallel { 0.5 } else { 0.0 };
        score += if possessive && distance == 0 && !subject { 0.5 } else { 0.0 };
        score += (seen.min(6) as f32) * 0.25;
        let near = self.mention(last).tokens.start;
        score -= (self.mention(id).head.0 - near.0).min(60) as f32 / 60.0;
        let plural = self.mention(id).number == Some(Number::Plural);
        score -= if plural { 2.5 } else { 0.0 };
        Some(score)
    }

    fn is_subject(&self, id: MentionId) -> bool {
        matches!(self.parsed.word(self.mention(id).head).deprel, Deprel::Nsubj | Deprel::NsubjPass)
    }

    /// "Park met her": two ends of one verb are two people, unless the pronoun is reflexive or a possessive.
    fn forbidden(&self, id: MentionId, others: &[MentionId]) -> bool {
        let head = self.mention(id).head;
        let text = self.parsed.text(head).to_lowercase();
        let sentence = self.parsed.sentence_around(head);
        let start = others.partition_point(|other| self.mention(*other).head.0 + 60 < sentence.start.0);
        let end = others.partition_point(|other| self.mention(*other).tokens.start < sentence.end);
        let others = &others[start.min(end)..end];
        let holds = |other: &MentionId| *other != id && self.mention(*other).tokens.contains(head);
        if others.iter().any(holds) {
            // "her old friend Caldeira" is no friend of herself.
            return true;
        }
        if text.ends_with("self")
            || text.ends_with("selves")
            || self.parsed.word(head).deprel == Deprel::NmodPoss
        {
            return false;
        }
        let verb = self.parsed.word(head).head;
        verb.is_some() && others.iter().any(|other| self.parsed.word(self.mention(*other).head).head == verb)
    }
}
