//! Trace: what the search for facts found, by which words, and what it thought of and dropped.
//!
//! The search tells an [`Observer`]; `()` is one that does not listen, and costs nothing.

use super::check::Ends;
use super::{Fact, Found};
use crate::document::TokenId;
use crate::mention::MentionId;
use crate::ontology::{ClassId, Property, PropertyId, Range};

/// Hears what becomes of each candidate.
pub trait Observer {
    /// A fact that is told, unless a surer reading of the same two mentions is.
    fn told(&mut self, told: impl FnOnce() -> Told);
    /// A candidate of which no fact comes.
    fn dropped(&mut self, dropped: impl FnOnce() -> Dropped);
}

impl Observer for () {
    fn told(&mut self, _: impl FnOnce() -> Told) {}
    fn dropped(&mut self, _: impl FnOnce() -> Dropped) {}
}

/// Everything that an observer hears.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    pub told: Vec<Told>,
    pub dropped: Vec<Dropped>,
}

impl Observer for Trace {
    fn told(&mut self, told: impl FnOnce() -> Told) {
        self.told.push(told());
    }
    fn dropped(&mut self, dropped: impl FnOnce() -> Dropped) {
        self.dropped.push(dropped());
    }
}

/// A fact, with what made it.
#[derive(Clone, Debug)]
pub struct Told {
    pub fact: Fact,
    /// The words between its ends that say so; none where its ends stand beside each other.
    pub anchors: Vec<TokenId>,
    /// What share of the wording's confidence the classes at both ends leave.
    pub fit: f32,
    /// The word that makes it anything but asserted.
    pub status_by: Option<TokenId>,
    /// The word that puts it in the past.
    pub past_by: Option<TokenId>,
}

/// What might have been a fact.
#[derive(Clone, Debug)]
pub struct Dropped {
    pub property: PropertyId,
    pub rule: String,
    /// The words at its ends.
    pub subject: TokenId,
    pub object: TokenId,
    pub anchors: Vec<TokenId>,
    pub why: Why,
}

/// The subject or the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Subject,
    Object,
}

/// Why a candidate is no fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// Nothing that can be told of stands at an end: no name, and nothing that is tied to one, or no value.
    Nothing(Side),
    /// What stands at an end is of another class than the property asks for.
    Class(Side, MentionId),
    /// Nothing stands where the object of a role would, and nothing was spoken of before that it may be.
    Unsaid,
    /// Something in the sentence denies it or leaves it open.
    Open,
    /// A bare preposition ties names only.
    Bare,
    /// Both ends are one thing.
    SameThing,
    Unsure {
        confidence: f32,
        least: f32,
        /// The factor by which the classes at both ends lowered it.
        fit: f32,
    },
    /// What was learned of the property reads the object's words otherwise.
    Learned,
    /// A surer wording states the same of the same two mentions.
    Surer,
    /// The property holds both ways, and is told the other way round.
    Turned,
    /// The property holds one way only, and the other is surer.
    Contrary,
    /// Its ends stand at different places of two lists that belong together in order ("respectively").
    Crossed,
    /// The property has one value only, and another is surer.
    Another,
    /// What else the text tells of one end makes it of a class that the property excludes.
    Contradicted(Side, ClassId),
}

impl Dropped {
    /// A wording whose ends, at these words, nothing fills.
    pub(super) fn unfilled(
        ends: &Ends,
        (id, property): (PropertyId, &Property),
        rule: &str,
        (subject, object): (TokenId, TokenId),
        anchors: &[TokenId],
    ) -> Self {
        let fills = |side: Side, word: TokenId| match side {
            Side::Subject => !ends.subjects(word, property).is_empty(),
            Side::Object => !ends.objects(word, property).is_empty(),
        };
        let at = [(Side::Subject, subject), (Side::Object, object)];
        let why = match at.into_iter().find(|(side, word)| !fills(*side, *word)) {
            None => Why::Bare,
            Some((side, word)) => match ends.thing_at(word) {
                Some(id) if side == Side::Subject || property.range == Range::Thing => Why::Class(side, id),
                _ => Why::Nothing(side),
            },
        };
        Self { property: id, rule: rule.to_owned(), subject, object, anchors: anchors.to_vec(), why }
    }

    /// A fact that others of the text speak against.
    pub(super) fn told(ends: &Ends, told: &Told, why: Why) -> Self {
        let head = |id: MentionId| ends.mention(id).head;
        Self {
            property: told.fact.property,
            rule: told.fact.rule.clone(),
            subject: head(told.fact.subject),
            object: head(told.fact.object),
            anchors: told.anchors.clone(),
            why,
        }
    }

    pub(super) fn found(ends: &Ends, found: &Found, why: Why) -> Self {
        let head = |id: MentionId| ends.mention(id).head;
        Self {
            property: found.property,
            rule: found.rule.clone(),
            subject: head(found.subject),
            object: head(found.object),
            anchors: found.anchors.clone(),
            why,
        }
    }
}
