//! Induction: phrases that a person can read, from the ways between the ends of the examples' facts.
//!
//! The words of a way, with the small words that belong to them, in the order of the text in which they stood: "Harbor
//! Lights (1931) is a silent film that was directed by Odo Finch" gives `{subject} is a film directed by {object}`. A
//! phrase is kept if our own parser reads the same way from it, and it was right more often than not.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;

use super::corpus::Text;
use crate::document::TokenId;
use crate::fact::feature::Way;
use crate::fact::pair::Pair;
use crate::lexicon::noun::Nouns;
use crate::lexicon::{Step, phrase};
use crate::ontology::{Ontology, Origin, PropertyId, Wording};
use crate::syntax::{Deprel, Parsed, Upos, Xpos};

/// A phrase, and how it did on the examples.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    pub text: String,
    pub precision: f32,
    pub seen: u32,
}

/// How often a way must have been right, and what share of the time, to become a phrase.
const FEWEST: u32 = 2;
const LEAST_PRECISION: f32 = 0.5;

/// The longest way that makes a phrase, in steps; and of how many wordings of it one is sought that parses.
const LONGEST: usize = 3;
const WORDINGS: usize = 4;

type Key = (Vec<Step>, Vec<String>);

/// What is known of one way between two ends.
#[derive(Default)]
struct Count {
    right: u32,
    wrong: f32,
    wordings: BTreeMap<String, u32>,
}

/// For each property its phrases, the most frequent first.
pub fn phrases(ontology: &Ontology, ids: &[PropertyId], texts: &[Text], certainty: f32) -> Vec<Vec<Phrase>> {
    let nouns = Nouns::of(ontology);
    let of_property = |(number, id): (usize, &PropertyId)| {
        let mut counts: BTreeMap<Key, Count> = BTreeMap::new();
        let annotated = texts.iter().filter(|text| text.facts.contains_key(&number));
        annotated.clone().for_each(|text| count_right(text, number, &mut counts));
        counts.retain(|_, count| count.right >= FEWEST);
        texts.iter().for_each(|text| count_wrong(text, number, certainty, &mut counts));
        let phrase = |(key, count): (Key, Count)| readable(ontology, &nouns, *id, &key, &count);
        let mut phrases: Vec<Phrase> = counts.into_iter().filter_map(phrase).collect();
        phrases.sort_by(|one, other| other.seen.cmp(&one.seen).then_with(|| one.text.cmp(&other.text)));
        phrases.dedup_by(|one, other| one.text == other.text);
        phrases
    };
    ids.par_iter().enumerate().map(of_property).collect()
}

fn key(parsed: &Parsed, way: &Way) -> Option<Key> {
    let lemmas = way.words.iter().map(|word| parsed.lemma(*word).to_lowercase());
    let short = !way.words.is_empty() && way.steps.len() <= LONGEST;
    short.then(|| (way.steps.clone(), lemmas.collect()))
}

fn count_right(text: &Text, property: usize, counts: &mut BTreeMap<Key, Count>) {
    let mut told: HashSet<(TokenId, TokenId)> = HashSet::new();
    for pair in text.facts[&property].iter().flatten() {
        let pair = &text.pairs.pairs[*pair];
        let heads = (text.pairs.fillers[pair.subject].head, text.pairs.fillers[pair.object].head);
        let Some(way) = text.pairs.way(pair).filter(|_| told.insert(heads)) else { continue };
        let Some(key) = key(text.pairs.parsed(), way) else { continue };
        let count = counts.entry(key).or_default();
        count.right += 1;
        *count.wordings.entry(wording(text.pairs.parsed(), way, heads)).or_default() += 1;
    }
}

/// Counts where a way leads between two ends that state nothing of the sort.
fn count_wrong(text: &Text, property: usize, certainty: f32, counts: &mut BTreeMap<Key, Count>) {
    let weight = match (text.facts.get(&property), text.stated.get(&property)) {
        (Some(_), _) => 1.0,
        (None, Some(_)) => return,
        (None, None) => certainty,
    };
    let heads = |pair: &Pair| (text.pairs.fillers[pair.subject].head, text.pairs.fillers[pair.object].head);
    let right = text.facts.get(&property).into_iter().flatten().flatten();
    let mut told: BTreeSet<_> = right.map(|pair| heads(&text.pairs.pairs[*pair])).collect();
    for pair in &text.pairs.pairs {
        let Some(way) = text.pairs.way(pair).filter(|_| told.insert(heads(pair))) else { continue };
        if let Some(count) = key(text.pairs.parsed(), way).and_then(|key| counts.get_mut(&key)) {
            count.wrong += weight;
        }
    }
}

/// The words of a way and the small ones that belong to them, in the order of the text.
fn wording(parsed: &Parsed, way: &Way, (subject, object): (TokenId, TokenId)) -> String {
    let mut tokens: BTreeSet<TokenId> = way.words.iter().copied().collect();
    for word in &way.words {
        tokens.extend(parsed.children(*word).filter(|child| is_small(parsed, *child)));
    }
    for end in [subject, object] {
        tokens.extend(parsed.children(end).filter(|child| parsed.word(*child).deprel == Deprel::Case));
    }
    tokens.extend([subject, object]);
    let word = |token: TokenId| {
        if token == subject {
            "{subject}".to_owned()
        } else if token == object {
            "{object}".to_owned()
        } else if parsed.word(token).upos == Upos::Propn {
            parsed.text(token).to_owned()
        } else {
            parsed.text(token).to_lowercase()
        }
    };
    let text = tokens.into_iter().map(word).collect::<Vec<_>>().join(" ");
    text.replace(" 's", "'s").replace(" \u{2019}s", "'s")
}

fn is_small(parsed: &Parsed, token: TokenId) -> bool {
    let word = parsed.word(token);
    let relative = matches!(word.xpos, Xpos::Wp | Xpos::Wdt) && word.deprel != Deprel::Root;
    let grammatical = matches!(
        word.deprel,
        Deprel::Case | Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Det | Deprel::CompoundPrt
    );
    let negated = matches!(parsed.lemma(token), "no" | "not" | "n't");
    (relative || grammatical) && !negated
}

/// The wording of a way that our parser reads as that way, if there is one and it is right often enough.
fn readable(ontology: &Ontology, nouns: &Nouns, id: PropertyId, key: &Key, count: &Count) -> Option<Phrase> {
    let precision = (count.right as f32 + 0.5) / (count.right as f32 + count.wrong + 1.0);
    if precision < LEAST_PRECISION {
        return None;
    }
    let mut wordings: Vec<(&String, &u32)> = count.wordings.iter().collect();
    wordings.sort_by_key(|(text, times)| (std::cmp::Reverse(**times), text.len()));
    let reads = |text: &&String| {
        let origin = Origin { file: "examples".into(), line: 1, column: 1 };
        let wording = Wording { text: (*text).clone(), precision: None, seen: None, origin };
        let patterns = phrase::compile(ontology, nouns, id, &wording, precision).unwrap_or_default();
        patterns.iter().any(|pattern| {
            let lemmas = pattern.anchors.iter().map(|anchor| &*anchor.lemma);
            pattern.steps == key.0 && lemmas.eq(key.1.iter().map(String::as_str))
        })
    };
    let text = wordings.into_iter().map(|(text, _)| text).take(WORDINGS).find(reads)?;
    Some(Phrase { text: text.clone(), precision, seen: count.right })
}
