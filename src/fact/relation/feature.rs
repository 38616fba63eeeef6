//! Features: what is seen of two things in one sentence.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};

use super::group::{Group, Place};
use crate::document::{SentenceId, TokenId};
use crate::fact::Found;
use crate::lexicon::gazetteer;
use crate::lexicon::phrase::{follow, shortest};
use crate::lexicon::scorer::hash;
use crate::lexicon::{Lexicon, Step};
use crate::mention::MentionId;
use crate::mention::name::cluster;
use crate::ontology::local_name;
use crate::syntax::{Deprel, Parsed, Upos};

/// How many bits of a hash are kept.
pub const BITS: u32 = 22;

/// A feature by its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feature(pub u32);

impl Feature {
    fn of(parts: &[&str]) -> Self {
        let hash = hash(parts);
        Self(((hash >> 40) ^ (hash >> 13)) as u32 & ((1 << BITS) - 1))
    }
}

/// The words from one thing to another over the enhanced dependencies.
#[derive(Clone, Debug, Default)]
pub struct Way {
    steps: Vec<Step>,
    /// The words between.
    pub words: Vec<TokenId>,
}

/// Sees features in a sentence.
pub struct Eye<'a, 's> {
    parsed: &'a Parsed<'s>,
    sentence: SentenceId,
    groups: &'a [Group],
    first: u32,
    /// Each token in lower case, and its lemma.
    forms: Vec<String>,
    lemmas: Vec<String>,
    /// The numbers of the clusters that each token is of, once somebody asked.
    clusters: Vec<OnceCell<Option<[String; 2]>>>,
    /// For each token, the sort of the thing that it means with its neighbours, and whether it is the first of them.
    covers: Vec<Option<(&'static str, bool)>>,
    /// What the sentence's other words are.
    context: Vec<String>,
    /// For each group what is seen of it alone, as a subject and as an object, once somebody asked.
    alone: Vec<[OnceCell<Vec<Feature>>; 2]>,
    /// What features are called, if somebody wants to know.
    names: Option<Names>,
}

type Names = RefCell<BTreeMap<Feature, String>>;

/// How many of the places where two things stand nearest are looked at.
const NEAREST: usize = 3;

impl<'a, 's> Eye<'a, 's> {
    pub fn new(parsed: &'a Parsed<'s>, sentence: SentenceId, groups: &'a [Group]) -> Self {
        let tokens = parsed.document().sentence(sentence);
        let forms: Vec<String> = tokens.iter().map(|token| parsed.text(token).to_lowercase()).collect();
        let mut covers = vec![None; forms.len()];
        for group in groups {
            for place in group.places.iter().filter(|place| !place.is_noun) {
                for token in place.tokens.iter().filter(|token| tokens.contains(*token)) {
                    covers[(token.0 - tokens.start.0) as usize] =
                        Some((group.sort, token == place.tokens.start));
                }
            }
        }
        let alone = groups.iter().map(|_| Default::default()).collect();
        let first = tokens.start.0;
        let lemmas = tokens.iter().map(|token| parsed.lemma(token).to_lowercase()).collect();
        let clusters = vec![OnceCell::new(); forms.len()];
        let context = Vec::new();
        let mut eye = Self {
            parsed,
            sentence,
            groups,
            first,
            forms,
            lemmas,
            clusters,
            covers,
            context,
            alone,
            names: None,
        };
        let is_content = |token: &TokenId| {
            let upos = parsed.word(*token).upos;
            eye.cover(*token).is_none() && matches!(upos, Upos::Noun | Upos::Verb | Upos::Adj)
        };
        eye.context = tokens.iter().filter(is_content).map(|token| eye.lemma(token).to_owned()).collect();
        eye.context.sort();
        eye.context.dedup();
        eye
    }

    fn at(&self, token: TokenId) -> usize {
        (token.0 - self.first) as usize
    }

    fn cover(&self, token: TokenId) -> Option<(&'static str, bool)> {
        self.covers[self.at(token)]
    }

    fn form(&self, token: TokenId) -> &str {
        &self.forms[self.at(token)]
    }

    fn lemma(&self, token: TokenId) -> &str {
        &self.lemmas[self.at(token)]
    }

    /// The fine and the coarse cluster of a word.
    fn cluster(&self, token: TokenId) -> Option<&[String; 2]> {
        let find = || {
            let found = cluster::find(self.parsed.text(token))?;
            Some([found.fine.to_string(), found.coarse.to_string()])
        };
        self.clusters[self.at(token)].get_or_init(find).as_ref()
    }

    /// A word, or what sort of thing it means; nothing inside of what was told already.
    fn item(&self, token: TokenId) -> Option<&str> {
        match self.cover(token) {
            Some((sort, true)) => Some(sort),
            Some((_, false)) => None,
            None => Some(self.form(token)),
        }
    }

    /// A word's form if it belongs to a closed class, or else its part of speech, or what sort of thing it means.
    fn closed(&self, token: TokenId) -> Option<&str> {
        if self.cover(token).is_some() {
            return self.item(token);
        }
        Some(match self.parsed.word(token).upos {
            upos if upos.is_open() => upos.as_str(),
            _ => self.form(token),
        })
    }

    /// The same, which remembers what each feature is called.
    pub fn naming(parsed: &'a Parsed<'s>, sentence: SentenceId, groups: &'a [Group]) -> Self {
        Self { names: Some(Names::default()), ..Self::new(parsed, sentence, groups) }
    }

    /// What a feature is called, if names are kept.
    pub fn name(&self, feature: Feature) -> Option<String> {
        self.names.as_ref()?.borrow().get(&feature).cloned()
    }

    fn seen(&self) -> Seen<'_> {
        Seen { features: Vec::new(), names: self.names.as_ref() }
    }

    /// What is seen of two groups of the sentence, by position, and of the wordings that fit them.
    pub fn pair(&self, subject: usize, object: usize, hits: &[Hit]) -> Vec<Feature> {
        let (one, other) = (&self.groups[subject], &self.groups[object]);
        let mut seen = self.seen();
        seen.add(&["bias"]);
        let sorts = format!("{} {}", one.sort, other.sort);
        seen.add(&["sorts", &sorts]);
        seen.add(&["forms", &sorts, one.form, other.form]);
        for (at, group) in [subject, object].into_iter().enumerate() {
            let own = || self.own(&self.groups[group], ["subject", "object"][at]);
            seen.features.extend(self.alone[group][at].get_or_init(own));
        }
        self.rivals(subject, object, &mut seen);
        hits.iter().for_each(|hit| worded(hit, subject, object, &mut seen));
        self.likeness(one, other, &mut seen);
        for lemma in &self.context {
            seen.add(&["context", lemma, other.sort]);
        }
        for (subject, object) in nearest(one, other) {
            self.places(&subject, &object, &sorts, &mut seen);
        }
        seen.finish()
    }

    /// What is seen of one thing.
    fn own(&self, group: &Group, end: &str) -> Vec<Feature> {
        let mut seen = self.seen();
        for place in &group.places {
            if place.is_noun {
                seen.add(&[end, "noun", self.lemma(place.head)]);
                continue;
            }
            let last = TokenId(place.tokens.end.0 - 1);
            if group.form == "name" && self.parsed.word(place.head).upos == Upos::Pron {
                continue;
            }
            seen.add(&[end, "last", self.form(last)]);
            seen.add(&[end, "first", self.form(place.tokens.start)]);
            seen.add(&[end, "length", &place.tokens.len().min(5).to_string(), group.sort]);
            if let Some([fine, coarse]) = self.cluster(last) {
                seen.add(&[end, "cluster", fine]);
                seen.add(&[end, "coarse", coarse]);
            }
            for token in place.tokens.iter() {
                seen.add(&[end, "word", self.form(token)]);
            }
            let known =
                gazetteer::place(self.parsed.document().slice(self.parsed.document().span(place.tokens)));
            if let Some(kind) = known {
                seen.add(&[end, "known", &format!("{kind:?}")]);
            }
            let subject = matches!(self.parsed.word(place.head).deprel, Deprel::Nsubj | Deprel::NsubjPass);
            let root = self.parsed.word(place.head).head == Some(self.parsed.root(self.sentence));
            seen.add(&[end, "relation", self.parsed.word(place.head).deprel.as_str()]);
            seen.add(&[end, "is subject", flag(subject && root), flag(self.at(place.tokens.start) == 0)]);
        }
        seen.features
    }

    /// How many others there are of the sort, and how many stand nearer.
    fn rivals(&self, subject: usize, object: usize, seen: &mut Seen) {
        for (end, of, to) in [("subject", subject, object), ("object", object, subject)] {
            let sort = self.groups[of].sort;
            let own = gap(&self.groups[of], &self.groups[to]);
            let others = self
                .groups
                .iter()
                .enumerate()
                .filter(|(at, group)| *at != of && *at != to && group.sort == sort);
            let (mut all, mut nearer) = (0, 0);
            for (_, other) in others {
                all += 1;
                nearer += usize::from(gap(other, &self.groups[to]) < own);
            }
            let sorts = [sort, self.groups[to].sort];
            seen.add(&[end, "rivals", &nearer.min(3).to_string(), sorts[0], sorts[1]]);
            seen.add(&[end, "alone", flag(all == 0), sorts[0], sorts[1]]);
        }
    }

    /// Whether the names of two things have a word in common: one family, one house.
    fn likeness(&self, one: &Group, other: &Group, seen: &mut Seen) {
        let words = |group: &Group| -> Vec<&str> {
            let places = group.places.iter().filter(|place| !place.is_noun && group.form == "name");
            places.flat_map(|place| place.tokens.iter().map(|token| self.form(token))).collect()
        };
        let (one_words, other_words) = (words(one), words(other));
        let common = one_words.iter().any(|word| word.len() > 3 && other_words.contains(word));
        let surname = one_words.last().is_some() && one_words.last() == other_words.last();
        seen.add(&["alike", flag(common), flag(surname), one.sort, other.sort]);
    }

    /// What is seen between and around two places.
    fn places(&self, subject: &Place, object: &Place, sorts: &str, seen: &mut Seen) {
        let then = subject.tokens.start < object.tokens.start;
        let order = if then { "then" } else { "back" };
        let (left, right) = if then { (subject, object) } else { (object, subject) };
        let between: Vec<TokenId> = (left.tokens.end.0..right.tokens.start.0).map(TokenId).collect();
        self.between(&between, order, sorts, seen);
        self.around(left, right, order, seen);
        if let Some(way) = self.way(subject.head, object.head) {
            self.on_way(&way, sorts, seen);
        } else {
            seen.add(&["no way", sorts]);
        }
    }

    fn between(&self, tokens: &[TokenId], order: &str, sorts: &str, seen: &mut Seen) {
        let items: Vec<&str> = tokens.iter().filter_map(|token| self.item(*token)).collect();
        let distance = match items.len() {
            near @ 0..=4 => near,
            5..=7 => 5,
            8..=12 => 8,
            13..=20 => 13,
            _ => 21,
        };
        seen.add(&["distance", &distance.to_string(), order, sorts]);
        if items.len() <= 8 {
            let closed: Vec<&str> = tokens.iter().filter_map(|token| self.closed(*token)).collect();
            let all = items.join(" ");
            seen.add(&["between", &all, order]);
            seen.add(&["between, sorts", &all, order, sorts]);
            seen.add(&["closed", &closed.join(" "), order, sorts]);
        }
        if let [first, .., last] = items[..] {
            seen.add(&["first", first, order, sorts]);
            seen.add(&["last", last, order, sorts]);
            seen.add(&["last two", items[items.len() - 2], last, order]);
            seen.add(&["first two", first, items[1], order]);
        }
        let far = items.len() > 20;
        for token in tokens.iter().filter(|token| self.cover(**token).is_none()) {
            let lemma = self.lemma(*token);
            seen.add(&["word", lemma, order]);
            if !far {
                seen.add(&["word, sorts", lemma, order, sorts]);
            }
            if matches!(self.parsed.word(*token).upos, Upos::Noun | Upos::Verb | Upos::Adj)
                && let Some([fine, _]) = self.cluster(*token)
            {
                seen.add(&["cluster between", fine, order, sorts]);
            }
        }
        for two in items.windows(2).take(if far { 0 } else { 20 }) {
            seen.add(&["two", two[0], two[1], order]);
        }
    }

    /// The words before the first and after the second, and inside of them by their side.
    fn around(&self, left: &Place, right: &Place, order: &str, seen: &mut Seen) {
        let sentence = self.parsed.document().sentence(self.sentence);
        let form = |at: Option<u32>| {
            let token = at.map(TokenId).filter(|token| sentence.contains(*token));
            token.map_or("#", |token| self.cover(token).map_or(self.form(token), |(sort, _)| sort))
        };
        for (side, place) in [("left", left), ("right", right)] {
            let (start, end) = (place.tokens.start.0, place.tokens.end.0);
            let before = [form(start.checked_sub(1)), form(start.checked_sub(2))];
            let after = [form(Some(end)), form(Some(end + 1))];
            seen.add(&[side, "before", before[0], order]);
            seen.add(&[side, "before", before[0], before[1], order]);
            seen.add(&[side, "after", after[0], order]);
            seen.add(&[side, "after", after[0], after[1], order]);
        }
    }

    /// The way between two words.
    pub fn way(&self, from: TokenId, to: TokenId) -> Option<Way> {
        let edges = shortest(self.parsed.enhanced(self.sentence), from, to)?;
        let mut way = Way::default();
        for (word, step) in follow(self.parsed, from, &edges) {
            way.steps.push(step);
            way.words.push(word);
        }
        way.words.pop();
        Some(way)
    }

    fn on_way(&self, way: &Way, sorts: &str, seen: &mut Seen) {
        let lemmas: Vec<&str> = way.words.iter().map(|word| self.step_word(*word)).collect();
        let steps: Vec<String> = way.steps.iter().map(arrow).collect();
        seen.add(&["way's length", &steps.len().min(6).to_string(), sorts]);
        if steps.len() <= 5 {
            let (all_steps, all_lemmas) = (steps.join(" "), lemmas.join(" "));
            seen.add(&["way's steps", &all_steps, sorts]);
            seen.add(&["way", &all_steps, &all_lemmas]);
            seen.add(&["way's words", &all_lemmas, sorts]);
        }
        for (at, lemma) in lemmas.iter().enumerate() {
            seen.add(&["on way", lemma]);
            seen.add(&["on way, sorts", lemma, sorts]);
            seen.add(&["way's turn", &steps[at], lemma, &steps[at + 1]]);
            if let Some([fine, _]) = self.cluster(way.words[at]) {
                seen.add(&["cluster on way", fine, sorts]);
            }
        }
        if let (Some(first), Some(last)) = (lemmas.first(), lemmas.last()) {
            seen.add(&["way begins", first, &steps[0], sorts]);
            seen.add(&["way ends", last, &steps[steps.len() - 1], sorts]);
        }
    }

    /// A word on a way: its lemma, or what sort of thing it means.
    fn step_word(&self, token: TokenId) -> &str {
        self.cover(token).map_or(self.lemma(token), |(sort, _)| sort)
    }
}

/// A wording of the ontology that fits two groups of a sentence.
#[derive(Clone, Debug)]
pub struct Hit {
    pub subject: usize,
    pub object: usize,
    /// The property's local name, and the wording's.
    pub property: String,
    pub rule: String,
    pub implicit: bool,
}

fn worded(hit: &Hit, subject: usize, object: usize, seen: &mut Seen) {
    let (property, implicit) = (hit.property.as_str(), flag(hit.implicit));
    if (hit.subject, hit.object) == (subject, object) {
        seen.add(&["worded", property, implicit]);
        seen.add(&["wording", property, &hit.rule, implicit]);
    } else if (hit.subject, hit.object) == (object, subject) {
        seen.add(&["worded, back", property, implicit]);
    } else if hit.subject == subject {
        seen.add(&["worded, other object", property]);
    } else if hit.object == object {
        seen.add(&["worded, other subject", property]);
    }
}

/// The pairs of places of two things that stand nearest to each other.
pub fn nearest(one: &Group, other: &Group) -> Vec<(Place, Place)> {
    let mut pairs: Vec<(u32, Place, Place)> = Vec::new();
    for subject in &one.places {
        for object in other.places.iter().filter(|object| !object.tokens.overlaps(subject.tokens)) {
            pairs.push((distance(subject, object), *subject, *object));
        }
    }
    pairs.sort_by_key(|(distance, ..)| *distance);
    pairs.into_iter().take(NEAREST).map(|(_, subject, object)| (subject, object)).collect()
}

fn distance(one: &Place, other: &Place) -> u32 {
    if one.tokens.start < other.tokens.start {
        other.tokens.start.0.saturating_sub(one.tokens.end.0)
    } else {
        one.tokens.start.0.saturating_sub(other.tokens.end.0)
    }
}

/// How many words two things stand apart where they are nearest.
pub fn gap(one: &Group, other: &Group) -> u32 {
    let pairs =
        one.places.iter().flat_map(|place| other.places.iter().map(move |other| distance(place, other)));
    pairs.min().unwrap_or(u32::MAX)
}

fn arrow(step: &Step) -> String {
    let marker = step.marker.as_deref().unwrap_or_default();
    format!("{}{:?}:{marker}", if step.down { ">" } else { "<" }, step.role)
}

fn flag(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// The wordings that fit in each sentence.
pub(in crate::fact) fn hits(lexicon: &Lexicon, sentences: &[Vec<Group>], worded: &[Found]) -> Vec<Vec<Hit>> {
    let mut at: HashMap<MentionId, (usize, usize)> = HashMap::new();
    for (sentence, groups) in sentences.iter().enumerate() {
        for (position, group) in groups.iter().enumerate() {
            at.extend(group.places.iter().map(|place| (place.mention, (sentence, position))));
        }
    }
    let mut hits: Vec<Vec<Hit>> = vec![Vec::new(); sentences.len()];
    for found in worded {
        let ends = (at.get(&found.subject), at.get(&found.object));
        let (Some((sentence, subject)), Some((same, object))) = ends else { continue };
        if sentence == same {
            let iri = lexicon.ontology().property(found.property).iri.as_str();
            hits[*sentence].push(Hit {
                subject: *subject,
                object: *object,
                property: local_name(iri).to_owned(),
                rule: found.rule.strip_prefix(iri).unwrap_or(&found.rule).to_owned(),
                implicit: found.implicit,
            });
        }
    }
    hits
}

/// Features, each once.
struct Seen<'e> {
    features: Vec<Feature>,
    names: Option<&'e Names>,
}

impl Seen<'_> {
    fn add(&mut self, parts: &[&str]) {
        let feature = Feature::of(parts);
        if let Some(names) = self.names {
            names.borrow_mut().entry(feature).or_insert_with(|| parts.join(" "));
        }
        self.features.push(feature);
    }

    fn finish(mut self) -> Vec<Feature> {
        self.features.sort_unstable();
        self.features.dedup();
        self.features
    }
}
