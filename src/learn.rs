//! Learn: from texts and the facts they state to a lexicon that finds such facts elsewhere.
//!
//! The examples' words are sought among the mentions of their texts; each pair of mentions that states a fact teaches what
//! speaks for its property, each other pair what speaks against it. Examples may be incomplete: where a property is not
//! annotated, a pair counts little as a counter-example. What is learned is tried on examples that were left out.

mod align;
mod corpus;
pub mod example;
mod induce;
mod measure;
mod object;
mod reading;
mod train;
mod write;

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::document;
use crate::entity::{self, Entities};
use crate::lexicon::Lexicon;
use crate::lexicon::objects::Objects;
use crate::lexicon::scorer::{ByFeature, Scorer, probability};
use crate::mention;
use crate::ontology::{Ontology, PropertyId};
use crate::source::Source;
use crate::syntax::{self, Parsed};
use corpus::{Corpus, Text};
pub use example::Example;
pub use measure::Measure;
use measure::Trial;
use object::Stated;
pub use train::Random;
use train::{Matrix, train};

/// What examples taught.
pub struct Taught {
    /// For each property, how good it is on examples that were left out of learning.
    pub measures: Vec<(PropertyId, Measure)>,
    /// The lexicon, in Turtle.
    pub turtle: String,
}

/// What is to be learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Each property for itself, and what they share.
    Properties,
    /// Only what holds of properties in general, to find such as have no examples.
    General,
}

/// Into how many parts examples are divided, each to try what the others taught.
const FOLDS: usize = 5;

/// The probability down to which facts are looked at while cuts are sought.
const LEAST: f32 = 0.03;

/// No property's cut is lower, where each example states several facts: what is less probable is noise, even where it is
/// the best that was found. Where each states one, what it leaves unsaid makes all probabilities too low.
const LEAST_CUT: f32 = 0.1;

/// How sure it is that what an example does not state does not hold: where each has one fact, and how much surer where each
/// has many.
const LEAST_CERTAINTY: f32 = 0.03;
const CERTAINTY: f32 = 0.12;

/// Learns what examples teach about an ontology's properties.
pub fn learn(lexicon: Lexicon, examples: &[Example], scope: Scope) -> Taught {
    let ids = properties(lexicon.ontology(), examples);
    let scorer = Scorer::blank(lexicon.ontology(), &ids);
    let lexicon = lexicon.with_scorer(scorer);
    let sources: Vec<Source> =
        examples.iter().map(|example| Source::plain("example", example.text.as_str())).collect();
    let read = |source| {
        let parsed = syntax::parse(document::read(source));
        let mentions = mention::find(&parsed, &lexicon);
        let entities = entity::resolve(&parsed, mentions, &lexicon);
        (parsed, entities)
    };
    let read: Vec<(Parsed, Entities)> = sources.par_iter().map(read).collect();
    let numbers = ids.iter().enumerate();
    let numbers: HashMap<&str, usize> =
        numbers.map(|(number, id)| (lexicon.ontology().property(*id).iri.as_str(), number)).collect();
    let texts: Vec<Text> = read
        .par_iter()
        .zip(examples)
        .map(|((parsed, entities), example)| Text::of(parsed, entities, example, &numbers))
        .collect();
    let written = |id: &PropertyId| {
        let iri = lexicon.ontology().property(*id).iri.as_str();
        let facts = examples.iter().flat_map(|example| &example.facts).filter(|fact| fact.property == iri);
        // Each thing counts once, however often it is spoken of.
        let of_things: BTreeMap<&str, &str> =
            facts.map(|fact| (fact.subject.text.as_str(), fact.object.text.as_str())).collect();
        align::written(of_things.into_values())
    };
    let groups = groups(examples);
    let school = School {
        stated: Stated::of(if scope == Scope::General { &[] } else { examples }, &groups, &numbers),
        lexicon: &lexicon,
        texts: &texts,
        groups,
        certainty: certainty(examples),
        written: ids.iter().map(written).collect(),
    };
    school.teach(&ids, scope)
}

/// What each example is about, by number: the subject of most of its facts.
fn groups(examples: &[Example]) -> Vec<usize> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut groups = Vec::new();
    for example in examples {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        example.facts.iter().for_each(|fact| *counts.entry(&fact.subject.text).or_default() += 1);
        let most = counts.iter().max_by_key(|(text, count)| (**count, std::cmp::Reverse(**text)));
        let topic = most.map_or("", |(text, _)| *text);
        let next = numbers.len();
        groups.push(*numbers.entry(topic).or_insert(next));
    }
    groups
}

/// The properties that some example states, in the ontology's order.
fn properties(ontology: &Ontology, examples: &[Example]) -> Vec<PropertyId> {
    let facts = examples.iter().flat_map(|example| &example.facts);
    let stated: std::collections::BTreeSet<PropertyId> =
        facts.filter_map(|fact| ontology.property_named(&fact.property)).collect();
    stated.into_iter().collect()
}

/// How far examples can be taken to state all that their texts do. Where each has one fact, nobody looked for others.
fn certainty(examples: &[Example]) -> f32 {
    let stating = examples.iter().filter(|example| !example.facts.is_empty());
    let (texts, facts) =
        stating.fold((0, 0), |(texts, facts), example| (texts + 1, facts + example.facts.len()));
    LEAST_CERTAINTY + CERTAINTY * (1.0 - texts as f32 / facts.max(1) as f32)
}

struct School<'a> {
    lexicon: &'a Lexicon,
    texts: &'a [Text<'a, 'a>],
    /// What each text is about: texts about one thing are left out of learning together.
    groups: Vec<usize>,
    certainty: f32,
    stated: Stated,
    /// For each property how examples write its numbers, if with a unit.
    written: Vec<Option<String>>,
}

impl School<'_> {
    fn teach(&self, ids: &[PropertyId], scope: Scope) -> Taught {
        let judged = self.lexicon.scorer().judged();
        let ontology = self.lexicon.ontology();
        let (prior, readings) = match scope {
            Scope::Properties => (Scorer::prior(ontology), Scorer::prior_readings(ontology)),
            Scope::General => Default::default(),
        };
        let corpus = Corpus::of(self.texts, &self.groups, &self.stated, judged, self.certainty, scope);
        let corpus = if scope == Scope::General { corpus.general() } else { corpus };
        let folds: Vec<Option<usize>> = (0..FOLDS).map(Some).chain([None]).collect();
        let lessons = reading::lessons(self.texts);
        let (matrices, trials): (Vec<Matrix>, Vec<Vec<Trial>>) = folds
            .par_iter()
            .map(|fold| {
                // Each sees the examples in an order of its own, so that their mean owes nothing to any.
                let seed = fold.unwrap_or(FOLDS) as u64;
                let wanted = |text: usize| fold.is_none_or(|fold| self.fold(text) != fold);
                let mut matrix = train(&corpus, ids.len(), &prior, scope, seed, wanted);
                matrix.readings = reading::train(&corpus, &lessons, &readings, seed, wanted);
                let trials = |fold| self.trials(&corpus, &matrix, &readings, fold, scope);
                let trials = fold.map_or(Vec::new(), trials);
                (matrix, trials)
            })
            .unzip();
        let trials: Vec<Trial> = trials.into_iter().flatten().collect();
        let matrix = Matrix::mean(&matrices);
        let calibration = measure::calibrate(&trials);
        let (measures, common) = self.measures(&trials, calibration);
        let phrases = match scope {
            Scope::Properties => induce::phrases(ontology, ids, self.texts, self.certainty),
            Scope::General => Vec::new(),
        };
        let taught = write::Taught {
            corpus: &corpus,
            matrix: &matrix,
            readings: reading::all(&readings, &corpus, &matrix.readings).collect(),
            calibration,
            measures: &measures,
            cut: common,
            phrases: &phrases,
            written: &self.written,
            stated: &self.stated,
            scope,
        };
        let turtle = write::turtle(ontology, ids, &taught);
        Taught { measures: ids.iter().copied().zip(measures).collect(), turtle }
    }

    fn least_cut(&self) -> f32 {
        let share = (self.certainty - LEAST_CERTAINTY) / CERTAINTY;
        LEAST + (LEAST_CUT - LEAST) * (2.0 * share).min(1.0)
    }

    fn fold(&self, text: usize) -> usize {
        self.groups[text] % FOLDS
    }

    /// What a matrix finds in the texts of one part.
    fn trials(
        &self,
        corpus: &Corpus,
        matrix: &Matrix,
        prior: &ByFeature<f32>,
        fold: usize,
        scope: Scope,
    ) -> Vec<Trial> {
        let columns = (0..matrix.shared_column()).map(|column| matrix.column(corpus, column));
        let scorer = self.lexicon.scorer().clone();
        let known = |property| Objects::new(self.stated.counts(property, |group| group % FOLDS != fold));
        let scorer = scorer
            .with_weights(columns, matrix.column(corpus, matrix.shared_column()))
            .with_objects((0..matrix.shared_column()).map(known))
            .with_readings(reading::all(prior, corpus, &matrix.readings));
        let texts = self.texts.iter().enumerate().filter(|(index, _)| self.fold(*index) == fold);
        let of_text = |(index, text): (usize, &Text)| {
            let wanted = |property: usize| {
                text.stated.contains_key(&property) || corpus::is_looked_at(scope, index, property)
            };
            let chosen = text.pairs.choose(text.pairs.score(&scorer, wanted), |_| LEAST, LEAST);
            measure::trials(text, &chosen, self.certainty)
        };
        texts.flat_map(of_text).collect()
    }

    /// For each property its cut, and what is right there; few trials make do with the cut of all, which is told too.
    fn measures(&self, trials: &[Trial], (scale, shift): (f32, f32)) -> (Vec<Measure>, f32) {
        let count = self.lexicon.scorer().judged().len();
        let mut by_property: BTreeMap<usize, Vec<(f32, bool, f32)>> = BTreeMap::new();
        for trial in trials {
            let calibrated = probability(scale * trial.score + shift);
            by_property.entry(trial.property).or_default().push((calibrated, trial.is_right, trial.weight));
        }
        let facts = |property: usize| -> usize {
            self.texts.iter().filter_map(|text| text.facts.get(&property)).map(Vec::len).sum()
        };
        let stated = |property: usize| -> usize {
            self.texts.iter().filter_map(|text| text.stated.get(&property)).sum()
        };
        let all: Vec<_> = by_property.values().flatten().copied().collect();
        let (common, ..) = measure::best(all, (0..count).map(facts).sum(), LEAST);
        let measure = |property: usize| {
            let trials = by_property.remove(&property).unwrap_or_default();
            let found = facts(property);
            let (own, ..) = measure::best(trials.clone(), found, LEAST);
            // As if there were so many trials more that prefer the common cut.
            let trust = found as f32 / (found as f32 + 20.0);
            let cut = (trust * own + (1.0 - trust) * common).max(self.least_cut());
            let told: Vec<_> = trials.into_iter().filter(|(probability, ..)| *probability >= cut).collect();
            let right = told.iter().filter(|(_, is_right, _)| *is_right).count() as f32;
            let weight: f32 = told.iter().map(|(.., weight)| weight).sum();
            Measure {
                cut,
                precision: right / weight.max(1e-6),
                recall: right / found.max(1) as f32,
                stated: stated(property),
                found,
            }
        };
        ((0..count).map(measure).collect(), common)
    }
}
