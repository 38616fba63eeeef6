//! Fact: a property that the text says holds, with its evidence.

use serde::Serialize;

use crate::document::SentenceId;
use crate::entity::Entities;
use crate::lexicon::Lexicon;
use crate::mention::MentionId;
use crate::ontology::PropertyId;
use crate::syntax::Parsed;

/// How the text stands to what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Asserted,
    Negated,
    /// May, hopes to, if, will.
    Possible,
    /// Somebody other than the writer says so, and the writer does not vouch for it.
    Reported,
}

/// One property between two mentions, as one wording says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub property: PropertyId,
    pub subject: MentionId,
    /// A mention of a thing, or of a value.
    pub object: MentionId,
    pub sentence: SentenceId,
    pub status: Status,
    /// Who says so, of a reported fact.
    pub speaker: Option<MentionId>,
    /// A probability.
    pub confidence: f32,
    /// Whether one end was supplied by the discourse and not by the phrase.
    pub implicit: bool,
    /// No longer so ("former", "late").
    pub past: bool,
    /// What said so: the property's IRI, `/phrase/` or `/role/`, and its words as a slug.
    pub rule: String,
}

/// Every fact, by sentence, then subject, object and property; one for each pair of mentions and property.
pub fn find(_parsed: &Parsed, _entities: &Entities, _lexicon: &Lexicon) -> Vec<Fact> {
    Vec::new()
}
