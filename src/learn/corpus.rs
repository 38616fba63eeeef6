//! Corpus: the examples as numbers: which pairs state which property, and which features they have.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Scope;
use super::align::Words;
use super::example::Example;
use super::object::Stated;
use crate::entity::Entities;
use crate::fact::feature::Known;
use crate::fact::pair::Pairs;
use crate::lexicon::scorer::{ByFeature, Feature, Judged};
use crate::syntax::Parsed;

/// A text whose pairs are known to state, or not to state, a property.
pub struct Text<'a, 's> {
    pub pairs: Pairs<'a, 's>,
    /// For each property that is annotated here, the pairs that state it; one list for each fact whose ends were found.
    pub facts: BTreeMap<usize, Vec<Vec<usize>>>,
    /// The pairs of facts whose subject has another name here, or none: that it is what the text begins with is a guess.
    pub guessed: BTreeMap<usize, Vec<usize>>,
    /// How many facts of each property the example states, found or not.
    pub stated: BTreeMap<usize, usize>,
}

impl<'a, 's> Text<'a, 's> {
    pub fn of(
        parsed: &'a Parsed<'s>,
        entities: &Entities,
        example: &Example,
        properties: &HashMap<&str, usize>,
    ) -> Self {
        let pairs = Pairs::of(parsed, entities);
        let words = Words::of(&pairs, entities);
        let mut text =
            Self { pairs, facts: BTreeMap::new(), guessed: BTreeMap::new(), stated: BTreeMap::new() };
        for fact in &example.facts {
            let Some(property) = properties.get(fact.property.as_str()) else { continue };
            *text.stated.entry(*property).or_default() += 1;
            let found = words.pairs(&text.pairs, fact);
            if found.is_empty() {
                text.guessed.entry(*property).or_default().extend(words.guesses(&text.pairs, fact));
            } else {
                text.facts.entry(*property).or_default().push(found);
            }
        }
        text.guessed.retain(|_, pairs| !pairs.is_empty());
        text
    }

    pub fn states(&self, property: usize, pair: usize) -> bool {
        self.facts.get(&property).is_some_and(|facts| facts.iter().any(|pairs| pairs.contains(&pair)))
    }

    fn guesses(&self, property: usize, pair: usize) -> bool {
        self.guessed.get(&property).is_some_and(|pairs| pairs.contains(&pair))
    }

    /// Whether a pair takes the words of a fact for other than they are: a part of its object, or another subject.
    fn misreads(&self, property: usize, pair: usize) -> bool {
        let object = |pair: usize| self.pairs.fillers[self.pairs.pairs[pair].object].tokens;
        let guessed = self.guessed.get(&property).into_iter().flatten();
        let mut facts = self.facts.get(&property).into_iter().flatten().flatten().chain(guessed);
        facts.any(|stated| object(*stated).overlaps(object(pair)))
    }

    /// Whether a pair has an item of a list of which another item states a fact: it may well be left out by oversight.
    fn is_listed(&self, property: usize, pair: usize) -> bool {
        let ends = |pair: usize| {
            (self.pairs.pairs[pair].subject, self.pairs.fillers[self.pairs.pairs[pair].object].list)
        };
        let facts = self.facts.get(&property).into_iter().flatten().flatten();
        let (subject, list) = ends(pair);
        list.is_some() && facts.into_iter().any(|stated| ends(*stated) == (subject, list))
    }

    fn states_any(&self, pair: usize) -> bool {
        self.facts.values().flatten().any(|pairs| pairs.contains(&pair))
    }
}

/// Marks a row that all properties share.
pub const SHARED: u32 = 1 << 31;

/// Rows of a matrix of weights, one for each feature.
#[derive(Default)]
pub struct Rows {
    by_feature: ByFeature<u32>,
    pub features: Vec<u32>,
}

impl Rows {
    /// The rows of features; such as stand in no second text are left out.
    fn rows(&self, features: &[Feature]) -> Vec<u32> {
        let row = |feature: &Feature| {
            let row = *self.by_feature.get(&feature.hash())?;
            Some(if feature.is_shared() { row | SHARED } else { row })
        };
        features.iter().filter_map(row).collect()
    }

    pub fn len(&self) -> usize {
        self.features.len()
    }

    pub fn row(&self, feature: u32) -> Option<usize> {
        self.by_feature.get(&feature).map(|row| *row as usize)
    }

    fn add(&mut self, feature: u32) {
        if let std::collections::hash_map::Entry::Vacant(vacant) = self.by_feature.entry(feature) {
            vacant.insert(self.features.len() as u32);
            self.features.push(feature);
        }
    }
}

/// A pair and a property to learn from.
pub struct Instance {
    pub text: usize,
    pub pair: usize,
    pub property: usize,
    pub holds: bool,
    pub weight: f32,
    /// Rows of what the property's label says of the pair.
    label: Vec<u32>,
}

/// The rows of one text's fillers and pairs.
struct Numbered {
    as_subject: Vec<Vec<u32>>,
    as_object: Vec<Vec<u32>>,
    pairs: Vec<(usize, usize, Vec<u32>)>,
}

pub struct Corpus {
    pub rows: Rows,
    pub instances: Vec<Instance>,
    /// For each row whether it is learned from.
    kept: Vec<bool>,
    texts: Vec<Numbered>,
}

/// How many pairs of a text that is not known to state a property are taken as counter-examples.
const SAMPLE: usize = 10;

/// Where properties in general are learned, one in so many is looked at of those that a text is not known to state.
pub const SILENT: usize = 20;

/// Whether a text is looked at for a property that it is not known to state.
pub fn is_looked_at(scope: Scope, text: usize, property: usize) -> bool {
    scope == Scope::Properties || (text + property).is_multiple_of(SILENT)
}

/// What a pair counts as a counter-example at least where its property is annotated.
const DOUBT: f32 = 0.5;

/// For how many properties a feature must speak to be a rule about properties in general.
const FEWEST: usize = 4;

/// What a fact counts whose subject is guessed.
const GUESSED: f32 = 0.5;

impl Corpus {
    /// `certainty`: how sure it is, from 0 to 1, that what an example does not state does not hold.
    pub fn of(
        texts: &[Text],
        groups: &[usize],
        stated: &Stated,
        judged: &[Judged],
        certainty: f32,
        scope: Scope,
    ) -> Self {
        let mut corpus =
            Self { rows: rows(texts, groups), instances: Vec::new(), kept: Vec::new(), texts: Vec::new() };
        for (index, text) in texts.iter().enumerate() {
            for (property, judged) in judged.iter().enumerate() {
                let is_stated = text.stated.contains_key(&property);
                if !is_stated && !is_looked_at(scope, index, property) {
                    continue;
                }
                // What the text itself states tells nothing of what other texts would say of it.
                let group = groups[index];
                let count = |words: &str| stated.count_without(property, words, group);
                let known = match stated.knows(property) {
                    true => text.pairs.known(count, stated.closedness(property)),
                    false => Known::default(),
                };
                corpus.add(index, text, property, judged, certainty, &known);
            }
        }
        corpus.texts = texts.iter().map(|text| corpus.number(text)).collect();
        corpus.kept = vec![true; corpus.rows.len()];
        corpus
    }

    fn number(&self, text: &Text) -> Numbered {
        let all = |lists: &[Vec<Feature>]| lists.iter().map(|features| self.rows.rows(features)).collect();
        let pairs = text.pairs.pairs.iter();
        Numbered {
            as_subject: all(&text.pairs.as_subject),
            as_object: all(&text.pairs.as_object),
            pairs: pairs.map(|pair| (pair.subject, pair.object, self.rows.rows(&pair.features))).collect(),
        }
    }

    /// Where a property is annotated, every pair; elsewhere a few, and those that state another property.
    fn add(
        &mut self,
        index: usize,
        text: &Text,
        property: usize,
        judged: &Judged,
        certainty: f32,
        known: &Known,
    ) {
        let annotated = text.facts.contains_key(&property) || text.guessed.contains_key(&property);
        // Where an end was not found in the text, what holds is not known.
        if !annotated && text.stated.contains_key(&property) {
            return;
        }
        let count = text.pairs.pairs.len();
        let every = (count / SAMPLE).max(1);
        let anchors = text.pairs.label_anchors(&judged.expects);
        for pair in 0..count {
            let sampled = (pair + index * 7 + property * 13).is_multiple_of(every) || text.states_any(pair);
            if !annotated && !sampled {
                continue;
            }
            let ends = &text.pairs.pairs[pair];
            let sentence = text.pairs.fillers[ends.object].sentence;
            let label = text.pairs.label_features(&judged.expects, ends, &anchors[sentence.index()], known);
            for feature in &label {
                self.rows.add(feature.hash());
            }
            let label = self.rows.rows(&label);
            let guessed = text.guesses(property, pair);
            let holds = guessed || text.states(property, pair);
            if !holds && annotated && text.is_listed(property, pair) {
                continue;
            }
            let weight = match (holds, annotated) {
                (true, _) if guessed => GUESSED,
                (true, _) => 1.0,
                (false, false) => certainty,
                (false, true) if text.misreads(property, pair) => 1.0,
                (false, true) => (DOUBT + certainty).min(1.0),
            };
            self.instances.push(Instance { text: index, pair, property, holds, weight, label });
        }
    }

    /// The same without what speaks for few properties only: it is no rule about properties in general.
    pub fn general(mut self) -> Self {
        let mut spoken: HashSet<(u32, usize)> = HashSet::new();
        for instance in self.instances.iter().filter(|instance| instance.holds) {
            let rows = self.seen(instance).chain(self.label(instance));
            spoken.extend(rows.map(|row| (row & !SHARED, instance.property)));
        }
        let mut counts = vec![0; self.rows.len()];
        spoken.into_iter().for_each(|(row, _)| counts[row as usize] += 1);
        self.kept = counts.into_iter().map(|count: usize| count >= FEWEST).collect();
        self
    }

    /// The rows of what a property's label says of an instance.
    pub fn label<'c>(&'c self, instance: &'c Instance) -> impl Iterator<Item = u32> + 'c {
        instance.label.iter().copied().filter(|row| self.is_kept(*row))
    }

    fn is_kept(&self, row: u32) -> bool {
        self.kept.get((row & !SHARED) as usize).copied().unwrap_or(true)
    }

    /// The rows of what is seen of a filler at one end.
    pub fn filler(&self, text: usize, filler: usize, is_object: bool) -> impl Iterator<Item = usize> + '_ {
        let text = &self.texts[text];
        let rows = if is_object { &text.as_object } else { &text.as_subject };
        rows[filler].iter().filter(|row| self.is_kept(**row)).map(|row| (row & !SHARED) as usize)
    }

    /// The rows of what is seen of an instance's ends and between them.
    pub fn seen<'c>(&'c self, instance: &'c Instance) -> impl Iterator<Item = u32> + 'c {
        let text = &self.texts[instance.text];
        let (subject, object, pair) = &text.pairs[instance.pair];
        let ends = text.as_subject[*subject].iter().chain(&text.as_object[*object]);
        ends.chain(pair).copied().filter(|row| self.is_kept(*row))
    }
}

/// A row for each feature that stands in two texts, or about two things where it names their words.
fn rows(texts: &[Text], groups: &[usize]) -> Rows {
    let mut first: ByFeature<usize> = ByFeature::default();
    let mut rows = Rows::default();
    for (index, (text, group)) in texts.iter().zip(groups).enumerate() {
        let pairs = &text.pairs;
        let fillers = pairs.as_subject.iter().chain(&pairs.as_object);
        for feature in fillers.chain(pairs.pairs.iter().map(|pair| &pair.features)).flatten() {
            let place = if feature.is_lexical() { *group } else { index };
            if *first.entry(feature.hash()).or_insert(place) != place {
                rows.add(feature.hash());
            }
        }
    }
    rows
}
