//! Pairs: two fillers between which a property may hold, and how probable that is.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::check::Ends;
use super::feature::{Anchors, Eye, Known, Way, may_fit};
use super::filler::{self, Filler};
use crate::document::{SentenceId, TokenId};
use crate::entity::Entities;
use crate::lexicon::Lexicon;
use crate::lexicon::label::Expectation;
use crate::lexicon::objects::{Objects, normal};
use crate::lexicon::scorer::{Feature, Scorer, probability};
use crate::mention::MentionId;
use crate::syntax::Parsed;

/// Two fillers, by their position.
#[derive(Clone, Debug)]
pub struct Pair {
    pub subject: usize,
    pub object: usize,
    pub features: Vec<Feature>,
    /// The way between them, by its position.
    way: Option<usize>,
}

/// The fillers of a text, the pairs of them that stand near enough, and what is seen of each.
pub struct Pairs<'a, 's> {
    eye: Eye<'a, 's>,
    pub fillers: Vec<Filler>,
    /// For each filler; empty where it cannot stand at that end.
    pub as_subject: Vec<Vec<Feature>>,
    pub as_object: Vec<Vec<Feature>>,
    pub pairs: Vec<Pair>,
    ways: Vec<Way>,
    words: OnceLock<Vec<String>>,
}

/// A pair between which a property holds with some probability.
#[derive(Clone, Copy, Debug)]
pub struct Scored {
    /// The pair, and the property among those that are judged, by position.
    pub pair: usize,
    pub judged: usize,
    pub probability: f32,
    /// What share of it is left where other readings of the words at its ends are likelier.
    pub reading: f32,
    /// What share of it the classes at its ends left.
    pub fit: f32,
}

impl<'a, 's> Pairs<'a, 's> {
    pub fn of(parsed: &'a Parsed<'s>, entities: &Entities) -> Self {
        Self::seen_by(Eye::new(parsed), entities)
    }

    /// The same, by an eye that may remember what features are called.
    pub fn seen_by(eye: Eye<'a, 's>, entities: &Entities) -> Self {
        let parsed = eye.parsed;
        let fillers = filler::find(parsed, entities);
        let seen = |end: &'static str, fits: fn(&Filler) -> bool| -> Vec<Vec<Feature>> {
            let of = |filler: &Filler| if fits(filler) { eye.filler(filler, end) } else { Vec::new() };
            fillers.iter().map(of).collect()
        };
        let as_subject = seen("subject", |filler| filler.may_be_subject);
        let as_object = seen("object", |filler| filler.sort != "pronoun");
        let mut pairs = Self {
            eye,
            fillers,
            as_subject,
            as_object,
            pairs: Vec::new(),
            ways: Vec::new(),
            words: OnceLock::new(),
        };
        pairs.join();
        pairs
    }

    /// Joins each object with the subjects of its sentence, the names of the one before, and what the text is about.
    fn join(&mut self) {
        let mut ways: HashMap<(TokenId, TokenId), Option<usize>> = HashMap::new();
        let topics: Vec<usize> = (0..self.fillers.len()).filter(|index| self.is_topic(*index)).collect();
        for object in 0..self.fillers.len() {
            if self.as_object[object].is_empty() {
                continue;
            }
            let near = self.near(object);
            let topics = topics.iter().copied().filter(|topic| !near.contains(topic));
            for subject in near.clone().chain(topics) {
                if self.may_join(subject, object) {
                    let pair = self.pair(subject, object, &mut ways);
                    self.pairs.push(pair);
                }
            }
        }
    }

    /// What the text is about, as one that is far from it may mean it.
    fn is_topic(&self, index: usize) -> bool {
        let filler = &self.fillers[index];
        filler.is_topic && filler.may_be_subject
    }

    /// The fillers of an object's sentence and of the one before, by position.
    fn near(&self, object: usize) -> std::ops::Range<usize> {
        let sentence = self.fillers[object].sentence;
        let earliest = SentenceId(sentence.0.saturating_sub(1));
        let start = self.fillers.partition_point(|filler| filler.sentence < earliest);
        start..self.fillers.partition_point(|filler| filler.sentence <= sentence)
    }

    fn may_join(&self, subject: usize, object: usize) -> bool {
        let (one, other) = (&self.fillers[subject], &self.fillers[object]);
        let near = one.sentence == other.sentence || one.is_topic || (one.is_maximal && one.sort != "lower");
        let same = one.entity.is_some() && one.entity == other.entity;
        let are_parts = one.whole.is_some() && one.whole == other.whole;
        // "the Elm Rovers rowing team" says what the team does.
        let may_overlap = other.whole == Some(subject);
        let apart = may_overlap || !one.tokens.overlaps(other.tokens);
        one.may_be_subject && near && !same && !are_parts && apart
    }

    /// Whether the object is a part of the subject's name.
    fn is_inside(&self, pair: &Pair) -> bool {
        self.fillers[pair.object].tokens.overlaps(self.fillers[pair.subject].tokens)
    }

    fn pair(
        &mut self,
        subject: usize,
        object: usize,
        known: &mut HashMap<(TokenId, TokenId), Option<usize>>,
    ) -> Pair {
        let (one, other) = (&self.fillers[subject], &self.fillers[object]);
        let way = *known.entry((one.head, other.head)).or_insert_with(|| {
            let way = self.eye.way(one, other)?;
            self.ways.push(way);
            Some(self.ways.len() - 1)
        });
        let features = self.eye.pair(one, other, way.map(|way| &self.ways[way]));
        Pair { subject, object, features, way }
    }

    pub fn parsed(&self) -> &'a Parsed<'s> {
        self.eye.parsed
    }

    pub fn eye(&self) -> &Eye<'a, 's> {
        &self.eye
    }

    /// The way between the two.
    pub fn way(&self, pair: &Pair) -> Option<&Way> {
        pair.way.map(|way| &self.ways[way])
    }

    /// The mentions of its subject and its object.
    pub fn mentions(&self, pair: &Pair) -> [MentionId; 2] {
        [pair.subject, pair.object].map(|filler| self.fillers[filler].mention)
    }

    /// The words on the way between the two.
    pub fn anchors(&self, pair: &Pair) -> &[TokenId] {
        self.way(pair).map_or(&[], |way| &way.words)
    }

    /// What a property's label and its known objects say of a pair.
    pub fn label_features(
        &self,
        expects: &Expectation,
        pair: &Pair,
        anchors: &Anchors,
        known: &Known,
    ) -> Vec<Feature> {
        let ends = (&self.fillers[pair.subject], &self.fillers[pair.object]);
        let mut features = self.eye.label(expects, anchors, ends, pair.way.map(|way| &self.ways[way]));
        features.extend(self.eye.known(known, pair.object, ends.1));
        features
    }

    /// The words of each filler, as [`normal`] has them.
    pub fn words(&self) -> &[String] {
        self.words.get_or_init(|| {
            let document = self.eye.parsed.document();
            let words = |filler: &Filler| normal(document.slice(document.span(filler.tokens)));
            self.fillers.iter().map(words).collect()
        })
    }

    /// Which of the fillers are known as objects, by the count of their words.
    pub fn known(&self, count: impl Fn(&str) -> u32, closedness: &'static str) -> Known {
        let counts = self.words().iter().map(|words| count(words)).collect();
        Known::of(&self.fillers, counts, closedness)
    }

    /// The same by what a lexicon knows: nothing where it has no examples.
    pub fn known_to(&self, objects: &Objects) -> Known {
        if objects.is_empty() {
            return Known::default();
        }
        self.known(|words| objects.count(words), objects.closedness())
    }

    /// For each sentence, where words of a property's label stand.
    pub fn label_anchors(&self, expects: &Expectation) -> Vec<Anchors> {
        let sentences = self.eye.parsed.document().sentences();
        sentences.map(|(sentence, _)| self.eye.anchors(sentence, expects)).collect()
    }

    /// Every pair and property, of those that are wanted, whose probability is not next to nothing.
    pub fn score(&self, scorer: &Scorer, wanted: impl Fn(usize) -> bool) -> Vec<Scored> {
        let judged = scorer.judged();
        let sum = |features: &Vec<Feature>| {
            let mut scores = vec![0.0; judged.len()];
            scorer.add(features, &mut scores);
            scores
        };
        let as_subject: Vec<Vec<f32>> = self.as_subject.iter().map(sum).collect();
        let as_object: Vec<Vec<f32>> = self.as_object.iter().map(sum).collect();
        let of_subjects = self.readings(scorer, &self.as_subject);
        let of_objects = self.readings(scorer, &self.as_object);
        let label_anchors: Vec<Vec<Anchors>> =
            judged.iter().map(|judged| self.label_anchors(&judged.expects)).collect();
        let known: Vec<Known> = judged.iter().map(|judged| self.known_to(&judged.objects)).collect();
        let mut scored = Vec::new();
        for (index, pair) in self.pairs.iter().enumerate() {
            let mut scores = sum(&pair.features);
            let ends = as_subject[pair.subject].iter().zip(&as_object[pair.object]);
            scores.iter_mut().zip(ends).for_each(|(score, (one, other))| *score += one + other);
            // The pair's own features know something of how its ends are read: half of what is said twice.
            let reading = (of_subjects[pair.subject] * of_objects[pair.object]).sqrt();
            for (position, judged) in judged.iter().enumerate().filter(|(position, _)| wanted(*position)) {
                let ends = (&self.fillers[pair.subject], &self.fillers[pair.object]);
                let may_be = || !self.is_inside(pair) && may_fit(&judged.expects, ends);
                if !judged.is_learned && !may_be() {
                    continue;
                }
                let sentence = self.fillers[pair.object].sentence;
                let anchors = &label_anchors[position][sentence.index()];
                let label = self.label_features(&judged.expects, pair, anchors, &known[position]);
                let probability = reading * probability(scores[position] + scorer.label(judged, &label));
                if probability >= NOTHING {
                    scored.push(Scored { pair: index, judged: position, probability, reading, fit: 1.0 });
                }
            }
        }
        self.spread(&mut scored, judged.len());
        scored
    }

    /// For each filler how likely it is meant at an end, beside the likeliest of the names that overlap it.
    fn readings(&self, scorer: &Scorer, features: &[Vec<Feature>]) -> Vec<f32> {
        if !scorer.reads() {
            return vec![1.0; features.len()];
        }
        let scores: Vec<f32> = features.iter().map(|features| scorer.reading(features)).collect();
        let share = |index: usize| {
            if !self.fillers[index].is_name() {
                return 1.0;
            }
            let best = self.rivals(features, index).map(|other| scores[other]).fold(scores[index], f32::max);
            (scores[index] - best).exp()
        };
        (0..self.fillers.len()).map(share).collect()
    }

    /// The names that overlap a filler and may stand at the end that these features are of.
    pub fn rivals(&self, features: &[Vec<Feature>], index: usize) -> impl Iterator<Item = usize> {
        let may_stand = |other: &usize| !features[*other].is_empty() && self.fillers[*other].is_name();
        filler::overlapping(&self.fillers, index).filter(may_stand)
    }

    /// What holds of one item of a list is likely to hold of the others.
    fn spread(&self, scored: &mut Vec<Scored>, count: usize) {
        let list = |pair: usize| self.fillers[self.pairs[pair].object].list;
        let mut best: HashMap<(usize, usize, usize), f32> = HashMap::new();
        for one in scored.iter() {
            if let Some(list) = list(one.pair) {
                let most = best.entry((one.judged, self.pairs[one.pair].subject, list)).or_default();
                *most = most.max(one.probability * LIKE_OTHERS);
            }
        }
        if best.is_empty() {
            return;
        }
        let mut known: HashMap<(usize, usize), usize> = HashMap::new();
        for (position, one) in scored.iter().enumerate() {
            known.insert((one.judged, one.pair), position);
        }
        let mut raised: Vec<Scored> = Vec::new();
        for (pair, list) in (0..self.pairs.len()).filter_map(|pair| Some((pair, list(pair)?))) {
            let subject = self.pairs[pair].subject;
            for judged in 0..count {
                let Some(most) = best.get(&(judged, subject, list)) else { continue };
                match known.get(&(judged, pair)) {
                    Some(position) => {
                        let own = &mut scored[*position].probability;
                        *own = own.max(*most);
                    }
                    None if *most >= NOTHING => {
                        raised.push(Scored { pair, judged, probability: *most, reading: 1.0, fit: 1.0 })
                    }
                    None => {}
                }
            }
        }
        scored.extend(raised);
    }

    /// Of what excludes each other, the most probable: an object has one subject, and of nested words one reading is meant.
    ///
    /// What is less probable than its property's cut is told only if no other fact of the property is surer in the whole
    /// text, and it is at least as probable as a guess must be.
    pub fn choose(&self, mut scored: Vec<Scored>, cut: impl Fn(usize) -> f32, guess: f32) -> Vec<Scored> {
        scored.retain(|one| one.probability >= cut(one.judged).min(guess));
        scored.sort_by(|one, other| {
            let key = |scored: &Scored| (scored.judged, scored.pair);
            self.rank(other).total_cmp(&self.rank(one)).then_with(|| key(one).cmp(&key(other)))
        });
        let mut chosen: Vec<Scored> = Vec::new();
        for next in scored {
            let mut surer = chosen.iter().filter(|known| known.judged == next.judged).peekable();
            let is_told = next.probability >= cut(next.judged) || surer.peek().is_none();
            if is_told && !surer.any(|known| self.exclude(known.pair, next.pair)) {
                chosen.push(next);
            }
        }
        self.clear(&mut chosen);
        chosen
    }

    /// How probable a pair is beside those that it excludes: "the film" is meant only where no name fits nearly as well.
    fn rank(&self, one: &Scored) -> f32 {
        let subject = &self.fillers[self.pairs[one.pair].subject];
        if self.eye.is_definite(subject) { one.probability * NAMELESS } else { one.probability }
    }

    /// Where a sentence says a property, what is much less probable there is not told.
    fn clear(&self, chosen: &mut Vec<Scored>) {
        let key = |one: &Scored| (one.judged, self.fillers[self.pairs[one.pair].object].sentence);
        let mut best: HashMap<(usize, SentenceId), f32> = HashMap::new();
        for one in chosen.iter() {
            let most = best.entry(key(one)).or_default();
            *most = most.max(one.probability);
        }
        chosen.retain(|one| one.probability >= SHARE * best[&key(one)]);
    }

    fn exclude(&self, one: usize, other: usize) -> bool {
        let tokens = |index: usize| self.fillers[index].tokens;
        let (one, other) = (&self.pairs[one], &self.pairs[other]);
        let nested = |a: usize, b: usize| a != b && tokens(a).overlaps(tokens(b));
        tokens(one.object).overlaps(tokens(other.object)) || nested(one.subject, other.subject)
    }
}

/// What share of an item's probability the other items of its list have at least.
const LIKE_OTHERS: f32 = 0.85;

/// What share of the best's probability another fact of its property has at least, to be told of the same sentence.
const SHARE: f32 = 0.8;

/// What the probability counts of a subject that has no name, beside others that the same may be said of.
const NAMELESS: f32 = 0.5;

/// The probability below which nobody asks.
const NOTHING: f32 = 0.02;

/// The pairs of a text between which the lexicon's learned and unworded properties may hold, as probable as the classes of
/// their ends leave them.
pub(super) fn weigh(pairs: &Pairs, lexicon: &Lexicon, ends: &Ends) -> Vec<Scored> {
    let mut scored = pairs.score(lexicon.scorer(), |_| true);
    for one in &mut scored {
        let property = lexicon.ontology().property(lexicon.scorer().judged()[one.judged].property);
        let [subject, object] = pairs.mentions(&pairs.pairs[one.pair]);
        one.fit = ends.tolerance(subject, object, property);
        one.probability *= one.fit;
    }
    scored.retain(|one| one.probability > 0.0);
    scored
}
