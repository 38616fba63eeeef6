//! Parts: what spoke most for a relation between two mentions, and against it, for those who ask why.

use super::feature::{Eye, Feature, hits};
use super::group::{self, Group};
use super::{Found, RELATIONS, model, weighed_as};
use crate::document::SentenceId;
use crate::entity::Entities;
use crate::lexicon::Lexicon;
use crate::mention::MentionId;
use crate::ontology::{PropertyId, local_name};
use crate::syntax::Parsed;

/// A feature by its name, and how much it speaks for a relation; less than nothing speaks against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub name: String,
    pub weight: f32,
}

/// What any pair has; it tells nothing of the one.
const BIAS: &str = "bias";

/// What is seen of two mentions of one sentence that has weight for a property, the strongest first.
pub(in crate::fact) fn of(
    parsed: &Parsed,
    entities: &Entities,
    lexicon: &Lexicon,
    worded: &[Found],
    (property, subject, object): (PropertyId, MentionId, MentionId),
) -> Vec<Part> {
    let local = local_name(lexicon.ontology().property(property).iri.as_str());
    let sentences = group::find(parsed, entities, lexicon);
    let of =
        |groups: &[Group], mention: MentionId| groups.iter().position(|group| group.ends.contains(&mention));
    let both = |(at, groups): (usize, &Vec<Group>)| Some((at, of(groups, subject)?, of(groups, object)?));
    let relation = RELATIONS.iter().position(|relation| *relation == weighed_as(local));
    let pair = sentences.iter().enumerate().find_map(both);
    let Some((relation, (at, subject, object))) = relation.zip(pair) else { return Vec::new() };
    let eye = Eye::naming(parsed, SentenceId(at as u32), &sentences[at]);
    let features = eye.pair(subject, object, &hits(lexicon, &sentences, worded)[at]);
    let part = |feature: &Feature| {
        Some(Part { weight: model().weight(*feature, relation)?, name: eye.name(*feature)? })
    };
    let mut parts: Vec<Part> = features.iter().filter_map(part).collect();
    parts.retain(|part| part.name != BIAS);
    parts.sort_by(|one, other| {
        other.weight.abs().total_cmp(&one.weight.abs()).then_with(|| one.name.cmp(&other.name))
    });
    parts
}
