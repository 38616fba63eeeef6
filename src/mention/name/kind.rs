//! Kind: what kind of organization or work a name is of.
//!
//! Some words say it ("... University", "Ministry of ..."; `kind.txt`). For the rest a linear model over the name's words and
//! those around it decides (`kind.bin`); where it is not sure, the name stays an organization or a work.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::NameClass;
use super::cluster::hash;
use super::feature::mix;
use super::look::Look;
use super::model::{Model, Row};

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
const SURE_WORK: f32 = 1.2;

/// What is known of a name's kind: the kind that its words say, or else the model's scores.
pub enum Opinion {
    Said(NameClass),
    Scored(Row<i32>),
}

/// What a name of these words is, standing at `start` among tokens that look so.
pub fn opinion(words: &[&str], looks: &[Look], start: usize, model: &Model) -> Opinion {
    match kind_of_words(words) {
        Some(kind) => Opinion::Said(kind),
        None => Opinion::Scored(model.score(&features(looks, start, start + words.len()))),
    }
}

/// The class of a name of this coarse class, by the opinions from all the places where the same name stands.
pub fn refine(class: NameClass, opinions: &[&Opinion], model: &Model) -> NameClass {
    let mut sums = [0; 16];
    for opinion in opinions {
        match opinion {
            Opinion::Said(kind) if kind.coarse() == class => return *kind,
            Opinion::Said(_) => {}
            Opinion::Scored(scores) => sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score),
        }
    }
    let of_class = KINDS.iter().zip(sums).filter(|(kind, _)| kind.coarse() == class);
    let mut ranked: Vec<(i32, NameClass)> = of_class.map(|(kind, sum)| (sum, *kind)).collect();
    ranked.sort_by_key(|(sum, kind)| (-sum, *kind));
    let sure = if class == NameClass::Work { SURE_WORK } else { SURE_ORGANIZATION };
    match ranked[..] {
        // The mean of the places' log-odds, as they are no witnesses independent of each other.
        [(best, kind), (next, _), ..] if best - next >= model.units(sure) * opinions.len() as i32 => kind,
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

/// Whether a word (lower case, hashed) is one that the names of companies end with.
pub fn ends_company(lower: u32) -> bool {
    static HASHES: OnceLock<HashSet<u32>> = OnceLock::new();
    let hashes = HASHES.get_or_init(|| {
        let lines = include_str!("kind.txt").lines().filter_map(|line| line.split_once('\t'));
        let words = lines.filter(|(_, kind)| *kind == NameClass::Company.as_str()).map(|(word, _)| word);
        words.flat_map(|word| [hash(word), hash(&format!("{word}."))]).collect()
    });
    hashes.contains(&lower)
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
