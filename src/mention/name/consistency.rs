//! Consistency: what a document says of a name in one place counts in its other places.
//!
//! "Caldeira" after "Ines Caldeira" is a person, and a headline's "WREN" is the organization that the text tells of: the
//! names that the first reading found vote for their classes, a person's also for the first and the last name alone, and
//! where the same words stand again, the votes go into the scores of a second reading.

use std::collections::HashMap;

use super::feature::{Casing, casing_of};
use super::look::Look;
use super::model::{Labelling, Model, Row};
use super::stretch::{lists, members};
use super::{Name, NameClass};

/// Votes for each class of `NameClass::LABELLED`, in log-odds.
type Ballot = [f32; NameClass::LABELLED.len()];

/// The votes for words that stand together (lower case, hashed).
#[derive(Default)]
pub struct Votes {
    ballots: HashMap<Vec<u32>, Ballot>,
    /// How many words the longest name has that begins with a word.
    longest: HashMap<u32, usize>,
}

/// Names of more words have no vote.
const LONGEST: usize = 12;

/// A vote counts for no more than this, however sure the model is.
const MOST: f32 = 4.0;
/// With so many votes the whole bonus is given.
const QUORUM: f32 = 3.0;
/// The bonus for each token of a name that all votes agree on, in log-odds. F1 on WikiGold's last part and GUM's dev part:
/// .791 and .790 with 0, .799 and .790 with 1.5, .799 and .792 with 3.
const BONUS: f32 = 1.5;
/// What the last and the first word of a person's name have of the whole name's vote.
const LAST_NAME: f32 = 0.8;
const FIRST_NAME: f32 = 0.5;

impl Votes {
    /// Counts the vote of a name whose tokens look so, in a sentence cased so.
    pub fn add(&mut self, looks: &[Look], casing: Casing, name: &Name, margin: f32) {
        let words: Vec<u32> = looks.iter().map(|look| look.lower).collect();
        let certainty = if casing == Casing::Usual { 1.0 } else { 0.25 };
        let weight = margin.min(MOST) * certainty;
        if name.class == NameClass::Person && words.len() > 1 {
            self.cast(&words[words.len() - 1..], name.class, weight * LAST_NAME);
            self.cast(&words[..1], name.class, weight * FIRST_NAME);
        }
        self.cast(&words, name.class, weight);
    }

    fn cast(&mut self, words: &[u32], class: NameClass, weight: f32) {
        if words.len() <= LONGEST {
            self.ballots.entry(words.to_vec()).or_default()[label_place(class)] += weight;
            let longest = self.longest.entry(words[0]).or_default();
            *longest = words.len().max(*longest);
        }
    }

    /// Adds to a sentence's scores what the votes say of its words, less what the sentence's own names had said; returns
    /// whether anything was added.
    pub fn apply(
        &self,
        looks: &[Look],
        labelling: &Labelling,
        model: &Model,
        scores: &mut [Row<i32>],
    ) -> bool {
        let share = if casing_of(looks) == Casing::Usual { 1.0 } else { 2.0 };
        let (mut i, mut changed) = (0, false);
        while i < looks.len() {
            let Some((length, ballot)) = self.longest(&looks[i..]) else {
                i += 1;
                continue;
            };
            let own = own_vote(labelling, i, length);
            if let Some((place, strength)) = verdict(ballot, own) {
                let bonus = model.units(BONUS * share * strength);
                for (offset, row) in scores[i..i + length].iter_mut().enumerate() {
                    row[2 * place + if offset == 0 { 1 } else { 2 }] += bonus;
                }
                changed = true;
            }
            i += length;
        }
        changed
    }

    /// The longest run of voted words at the beginning of these tokens, if it is capitalized.
    fn longest(&self, looks: &[Look]) -> Option<(usize, &Ballot)> {
        if !looks[0].is_capitalized() {
            return None;
        }
        let longest = *self.longest.get(&looks[0].lower)?;
        let words: Vec<u32> = looks.iter().take(longest).map(|look| look.lower).collect();
        (1..=words.len()).rev().find_map(|length| Some((length, self.ballots.get(&words[..length])?)))
    }
}

/// The bonus for each token of a list's member that all the other members' names agree on, in log-odds. F1 on CrossNER's dev parts
/// of politics, science, music, literature and AI: .797 .759 .647 .723 .736 with 0, .804 .768 .651 .725 .744 with 2.5.
const LIST_BONUS: f32 = 2.0;

/// Of fewer members, one may just as well say something of the other ("Finch Foods, Ann Holt's company").
const LEAST_MEMBERS: usize = 3;

/// Adds to the scores of a list's members what the names among them say ("Ann, Bo and Cy" are all persons), where a member
/// is wholly a name of another class or wholly none; returns whether anything was added.
pub fn heed_lists(looks: &[Look], labelling: &Labelling, model: &Model, scores: &mut [Row<i32>]) -> bool {
    let (mut at, mut changed) = (0, false);
    for list in lists(looks) {
        if list.0 == list.1 || usize::from(list.0) < at {
            continue;
        }
        at = usize::from(list.1);
        let members = members(looks, list);
        if members.len() < LEAST_MEMBERS {
            continue;
        }
        let names: Vec<Option<(usize, f32)>> =
            members.iter().map(|(start, end)| own_vote(labelling, *start, end - start)).collect();
        let mut ballot = Ballot::default();
        names.iter().flatten().for_each(|(place, vote)| ballot[*place] += vote);
        for ((start, end), own) in members.into_iter().zip(names) {
            let free = own.is_none() && labelling.labels[start..end].iter().all(|label| *label == 0);
            let Some((place, strength)) = verdict(&ballot, own) else { continue };
            if own.is_some_and(|(class, _)| class == place)
                || (own.is_none() && !(free && looks[start].is_capitalized()))
            {
                continue;
            }
            let bonus = model.units(LIST_BONUS * strength);
            scores[start][2 * place + 1] += bonus;
            scores[start + 1..end].iter_mut().for_each(|row| row[2 * place + 2] += bonus);
            changed = true;
        }
    }
    changed
}

/// The class, by its place, and the vote of a first-reading name on just these tokens.
fn own_vote(labelling: &Labelling, start: usize, length: usize) -> Option<(usize, f32)> {
    let label = labelling.labels[start];
    let inside =
        |label: usize| labelling.labels[start + 1..start + length].iter().all(|own| *own == label + 1);
    let ends = labelling.labels.get(start + length).is_none_or(|next| *next != label + 1);
    if label.is_multiple_of(2) || !inside(label) || !ends {
        return None;
    }
    let margins = &labelling.margins[start..start + length];
    Some((label / 2, margins.iter().copied().fold(MOST, f32::min)))
}

/// The class that has most of the votes, by its place, and from 0 to 1 how clearly.
fn verdict(ballot: &Ballot, own: Option<(usize, f32)>) -> Option<(usize, f32)> {
    let mut ballot = *ballot;
    if let Some((place, vote)) = own {
        ballot[place] = (ballot[place] - vote).max(0.0);
    }
    let place = (0..ballot.len()).rev().max_by(|a, b| ballot[*a].total_cmp(&ballot[*b]))?;
    let all: f32 = ballot.iter().sum();
    let strength = (2.0 * ballot[place] / all.max(1e-3) - 1.0) * (ballot[place] / QUORUM).min(1.0);
    (strength > 0.05).then_some((place, strength))
}

fn label_place(class: NameClass) -> usize {
    NameClass::LABELLED.iter().position(|labelled| *labelled == class).unwrap_or(0)
}
