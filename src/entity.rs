//! Entities: the things one document refers to, one each.

use crate::lexicon::Lexicon;
use crate::mention::{Mention, MentionId};
use crate::ontology::ClassId;
use crate::syntax::Parsed;

/// An entity, by its position in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// What one document refers to, by one or more mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// In the order of the text, never empty.
    pub mentions: Vec<MentionId>,
    /// The fullest name it is given; `None` where only pronouns or descriptions refer to it.
    pub name: Option<String>,
    /// Its other names, sorted.
    pub other_names: Vec<String>,
    pub class: Option<ClassId>,
}

/// Mentions, and the entities they refer to.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
    /// For each mention its entity (values have none) and the rule that tied it there.
    ties: Vec<Option<Tie>>,
}

/// Why a mention belongs to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    pub entity: EntityId,
    /// A word for the rule: "name", "surname", "apposition", "pronoun", ...
    pub rule: &'static str,
}

impl EntityId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Entities {
    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.mentions[id.index()]
    }
    pub fn mentions(&self) -> impl ExactSizeIterator<Item = (MentionId, &Mention)> {
        self.mentions.iter().enumerate().map(|(i, mention)| (MentionId(i as u32), mention))
    }
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }
    pub fn entities(&self) -> impl ExactSizeIterator<Item = (EntityId, &Entity)> {
        self.entities.iter().enumerate().map(|(i, entity)| (EntityId(i as u32), entity))
    }
    pub fn tie(&self, id: MentionId) -> Option<Tie> {
        self.ties[id.index()]
    }
    /// The entity that a mention refers to.
    pub fn of(&self, id: MentionId) -> Option<EntityId> {
        self.tie(id).map(|tie| tie.entity)
    }
}

/// Mentions and entities that are given; each mention has a tie, or `None` for a value.
pub fn given(mentions: Vec<Mention>, entities: Vec<Entity>, ties: Vec<Option<Tie>>) -> Entities {
    Entities { mentions, entities, ties }
}

/// Decides which mentions refer to the same thing.
pub fn resolve(_parsed: &Parsed, mentions: Vec<Mention>, _lexicon: &Lexicon) -> Entities {
    Entities { ties: vec![None; mentions.len()], mentions, entities: Vec::new() }
}
