//! What is known of an object: whether examples state the same of other things, or rather what stands beside it.

use std::collections::BTreeMap;

use super::super::filler::{self, Filler};
use super::{Eye, flag};
use crate::document::SentenceId;
use crate::lexicon::scorer::Feature;

/// Of how many other things a property's examples state each filler of a text.
#[derive(Clone, Debug, Default)]
pub struct Known {
    closedness: &'static str,
    own: Vec<u32>,
    /// The most of those that overlap it, and of the others in its sentence.
    overlapping: Vec<u32>,
    beside: Vec<u32>,
}

impl Known {
    /// By the count of each filler.
    pub fn of(fillers: &[Filler], own: Vec<u32>, closedness: &'static str) -> Self {
        let mut known: BTreeMap<SentenceId, Vec<usize>> = BTreeMap::new();
        for index in (0..own.len()).filter(|index| own[*index] > 0) {
            known.entry(fillers[index].sentence).or_default().push(index);
        }
        let are_apart = |one: usize, other: usize| !fillers[one].tokens.overlaps(fillers[other].tokens);
        let most =
            |others: &mut dyn Iterator<Item = usize>| others.map(|other| own[other]).max().unwrap_or(0);
        let overlapping =
            (0..own.len()).map(|index| most(&mut filler::overlapping(fillers, index))).collect();
        let beside = |index: usize| {
            let near = known.get(&fillers[index].sentence).into_iter().flatten().copied();
            most(&mut near.filter(|other| are_apart(index, *other)))
        };
        let beside = (0..own.len()).map(beside).collect();
        Self { closedness, own, overlapping, beside }
    }
}

impl Eye<'_, '_> {
    /// What is known of the object at a position.
    pub fn known(&self, known: &Known, index: usize, object: &Filler) -> Vec<Feature> {
        let mut seen = self.seen("known object");
        let Some(own) = known.own.get(index).copied().map(count) else { return Vec::new() };
        let [overlapping, beside] = [known.overlapping[index], known.beside[index]].map(count);
        let closedness = known.closedness;
        seen.shared(&["count", own, closedness]);
        seen.shared(&["count, sort", own, if object.is_name() { "name" } else { object.sort }]);
        seen.shared(&["count, overlapping", own, overlapping]);
        seen.shared(&["count, overlapping, maximal", own, overlapping, closedness, flag(object.is_maximal)]);
        seen.shared(&["count, beside", own, beside, closedness]);
        seen.features
    }
}

fn count(count: u32) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2..=3 => "2",
        4..=9 => "4",
        _ => "10",
    }
}
