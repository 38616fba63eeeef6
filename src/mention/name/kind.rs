//! Kind: what kind of organization or work a name is of.
//!
//! Some words say it ("... University", "Ministry of ..."; `kind.txt`). For the rest a linear model over the name's words and
//! those around it decides (`kind.bin`); where it is not sure, the name stays an organization or a work.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::NameClass;
use super::feature::mix;
use super::look::Look;
use super::model::Model;

/// The kinds, in the order of the model's labels.
pub const KINDS: [NameClass; 15] = [
    NameClass::Organization,
    NameClass::Company,
    NameClass::PoliticalParty,
    NameClass::MusicGroup,
    NameClass::SportsTeam,
    NameClass::EducationalOrganization,
    NameClass::GovernmentOrganization,
    NameClass::NewsMedia,
    NameClass::Work,
    NameClass::Book,
    NameClass::Album,
    NameClass::Song,
    NameClass::Film,
    NameClass::Periodical,
    NameClass::VideoGame,
];

/// By how much, in log-odds, a kind of organization must beat the next one; many organizations are of no kind of ours.
const SURE_ORGANIZATION: f32 = 2.0;
/// The same for works.
const SURE_WORK: f32 = 1.0;

/// The class of a name of this coarse class that is made of these words, in a sentence whose tokens look so.
pub fn refine(class: NameClass, words: &[&str], looks: &[Look], start: usize, model: &Model) -> NameClass {
    if !matches!(class, NameClass::Organization | NameClass::Work) {
        return class;
    }
    if let Some(kind) = kind_of_words(words).filter(|kind| kind.coarse() == class) {
        return kind;
    }
    let scores = model.score(&features(looks, start, start + words.len()));
    let mut ranked: Vec<(i32, NameClass)> = KINDS
        .iter()
        .zip(scores)
        .filter(|(kind, _)| kind.coarse() == class)
        .map(|(kind, score)| (score, *kind))
        .collect();
    ranked.sort_by_key(|(score, kind)| (-score, *kind));
    let sure = if class == NameClass::Work { SURE_WORK } else { SURE_ORGANIZATION };
    match ranked[..] {
        [(best, kind), (next, _), ..] if best - next >= model.units(sure) => kind,
        _ => class,
    }
}

/// The kind that a name's own words say.
pub fn kind_of_words(words: &[&str]) -> Option<NameClass> {
    static WORDS: OnceLock<HashMap<&str, NameClass>> = OnceLock::new();
    let kinds = WORDS.get_or_init(|| {
        let lines = include_str!("kind.txt").lines().filter_map(|line| line.split_once('\t'));
        lines
            .filter_map(|(word, name)| Some((word, *KINDS.iter().find(|kind| kind.as_str() == name)?)))
            .collect()
    });
    let kind = |word: &str| kinds.get(word.trim_end_matches('.').to_lowercase().as_str()).copied();
    let [first, .., last] = words else {
        return None;
    };
    let heads = words.get(1).is_some_and(|second| matches!(*second, "of" | "for"));
    if heads { kind(first) } else { kind(last) }
}

/// What the model sees of a name from `start` to `end` in its sentence.
pub fn features(looks: &[Look], start: usize, end: usize) -> Vec<u32> {
    let mut features = vec![mix(200, (end - start).min(6) as u64, 0)];
    for look in &looks[start..end] {
        features.push(mix(201, u64::from(look.lower), 0));
        features.push(mix(202, u64::from(look.fine), 0));
        features.push(mix(203, u64::from(look.coarse), look.case as u64));
        features.push(mix(204, u64::from(look.gazetteers), 0));
    }
    features.push(mix(205, u64::from(looks[end - 1].lower), 0));
    features.push(mix(206, u64::from(looks[end - 1].fine), 0));
    features.push(mix(207, u64::from(looks[end - 1].suffixes[1]), 0));
    features.push(mix(208, u64::from(looks[end - 1].shape), 0));
    for distance in 1..=3 {
        let before = start.checked_sub(distance).map(|i| &looks[i]);
        let after = looks.get(end + distance - 1);
        for (side, look) in [(0, before), (1, after)] {
            let Some(look) = look else { continue };
            let place = (2 * distance + side) as u64;
            features.push(mix(210, u64::from(look.lower), place));
            features.push(mix(211, u64::from(look.fine), place));
            features.push(mix(212, u64::from(look.lower), side as u64));
        }
    }
    // What the sentence is about.
    let around = start.saturating_sub(12)..(end + 12).min(looks.len());
    for look in looks[around].iter().filter(|look| !look.is_capitalized()) {
        features.push(mix(220, u64::from(look.fine), 0));
        features.push(mix(221, u64::from(look.lower), 0));
    }
    features
}
