//! Fact: a property that the text says holds, with its evidence.

mod candidate;
mod check;
mod class;
pub mod feature;
pub mod filler;
mod order;
pub mod pair;
pub mod relation;
mod rival;
mod role;
mod status;
mod structure;
pub mod trace;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::{Deserialize, Serialize};

use crate::document::{SentenceId, TokenId};
use crate::entity::Entities;
use crate::lexicon::Lexicon;
use crate::mention::MentionId;
use crate::ontology::{PropertyId, Range};
use crate::syntax::Parsed;
use trace::{Dropped, Observer, Told, Why};

pub use class::classes;
pub use rival::is_finer;

/// How the text stands to what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Asserted,
    Negated,
    /// May, hopes to, if, will.
    Possible,
    /// Somebody other than the writer says so, and the writer does not vouch for it.
    Reported,
}

/// One property between two mentions, as one wording says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub property: PropertyId,
    pub subject: MentionId,
    /// A mention of a thing, or of a value.
    pub object: MentionId,
    pub sentence: SentenceId,
    pub status: Status,
    /// Who says so, of a reported fact.
    pub speaker: Option<MentionId>,
    /// A probability.
    pub confidence: f32,
    /// Whether one end was supplied by the discourse and not by the phrase.
    pub implicit: bool,
    /// No longer so ("former", "late").
    pub past: bool,
    /// What said so: the property's IRI, `/phrase/` or `/role/`, and its words as a slug.
    pub rule: String,
}

impl Fact {
    /// Whether it becomes a statement: it is asserted, and holds still (or is of a kind that does not end).
    pub fn is_stated(&self) -> bool {
        self.status == Status::Asserted && !self.past
    }
}

/// A confidence in thousandths: whole numbers, so that the order of adding changes nothing.
pub fn thousandths(confidence: f32) -> u64 {
    (confidence.clamp(0.0, 1.0) * 1000.0).round() as u64
}

/// A fact before its status is known.
#[derive(Clone, Debug)]
struct Found {
    property: PropertyId,
    subject: MentionId,
    object: MentionId,
    /// The words that say so.
    anchors: Vec<TokenId>,
    rule: String,
    confidence: f32,
    implicit: bool,
}

impl Found {
    /// Whether a wording says it, and not only its features.
    fn is_worded(&self) -> bool {
        !self.rule.ends_with("/scorer")
    }
}

/// Every fact, in the order of the text; one for each pair of mentions and property.
pub fn find(parsed: &Parsed, entities: &Entities, lexicon: &Lexicon) -> Vec<Fact> {
    observed(parsed, entities, lexicon, &mut ())
}

/// The same, while somebody hears what becomes of each candidate.
pub fn observed(
    parsed: &Parsed,
    entities: &Entities,
    lexicon: &Lexicon,
    observer: &mut impl Observer,
) -> Vec<Fact> {
    let ends = check::Ends::new(parsed, entities, lexicon);
    let mut found = by_wording(parsed, entities, lexicon, &ends, observer);
    let weighed = relation::weigh(parsed, entities, lexicon, &ends, &found, observer);
    found.iter_mut().for_each(|fact| weighed.strengthen(fact));
    found.extend(weighed.found);
    let fit = |fact: &Found| ends.fit(fact.subject, fact.object, lexicon.ontology().property(fact.property));
    let least = lexicon.least_confidence();
    found.retain(|fact| {
        let confidence = fact.confidence;
        let unsure = || Why::Unsure { confidence, least, fit: fit(fact) };
        kept(&ends, observer, fact, (confidence < least).then(unsure))
    });
    if lexicon.seeks_terms() {
        let scored = scored(parsed, entities, lexicon, &ends);
        let tokens = |fact: &Found| ends.mention(fact.object).tokens;
        let rivals = |fact: &Found, other: &Found| {
            fact.property == other.property && tokens(fact).overlaps(tokens(other))
        };
        // The scorer has weighed every reading of the words that a phrase points at.
        found.retain(|fact| {
            let why = scored.iter().any(|other| rivals(fact, other)).then_some(Why::Learned);
            kept(&ends, observer, fact, why)
        });
        found.extend(scored);
    }
    found.retain(|fact| is_of_two(&ends, observer, fact));
    found.retain(|fact| {
        let heads = [fact.subject, fact.object].map(|id| ends.mention(id).head);
        let is_crossed = order::is_crossed(parsed, sentence(parsed, &ends, fact), heads);
        kept(&ends, observer, fact, is_crossed.then_some(Why::Crossed))
    });
    found.sort_by(|one, other| {
        other.confidence.total_cmp(&one.confidence).then_with(|| one.rule.cmp(&other.rule))
    });
    let mut directions = rival::Directions::new(&ends, lexicon.ontology());
    found.retain(|fact| {
        let why = directions.hear(sentence(parsed, &ends, fact), fact);
        kept(&ends, observer, fact, why)
    });
    // What no wording says comes last, so that it can lean on what wordings say.
    found.sort_by_key(|fact| !fact.is_worded());
    let told = settle(parsed, lexicon, &ends, found, observer, fit);
    let against = rival::among(&told, entities, &ends, lexicon.ontology());
    let tell = |(told, why): (Told, Option<Why>)| match why {
        Some(why) => {
            observer.dropped(|| Dropped::told(&ends, &told, why));
            None
        }
        None => {
            observer.told(|| told.clone());
            Some(told.fact)
        }
    };
    told.into_iter().zip(against).filter_map(tell).collect()
}

/// Whether nothing speaks against a candidate; the observer hears what does.
fn kept(ends: &check::Ends, observer: &mut impl Observer, fact: &Found, why: Option<Why>) -> bool {
    let is_kept = why.is_none();
    if let Some(why) = why {
        observer.dropped(|| Dropped::found(ends, fact, why));
    }
    is_kept
}

/// Whether the ends of a candidate are two things.
fn is_of_two(ends: &check::Ends, observer: &mut impl Observer, fact: &Found) -> bool {
    kept(ends, observer, fact, ends.same(fact.subject, fact.object).then_some(Why::SameThing))
}

/// The facts that wordings and layout state, as sure as the classes of their ends leave them.
fn by_wording(
    parsed: &Parsed,
    entities: &Entities,
    lexicon: &Lexicon,
    ends: &check::Ends,
    observer: &mut impl Observer,
) -> Vec<Found> {
    let topic = role::topic(parsed, entities, lexicon);
    let roles = role::Roles { parsed, entities, lexicon, ends, topic };
    let mut found = structure::find(parsed, entities, lexicon, ends);
    for (sentence, _) in parsed.document().sentences() {
        for matched in candidate::find(parsed, sentence, lexicon) {
            let told = worded(ends, lexicon, &matched);
            if told.is_empty() {
                let property = lexicon.ontology().property(matched.pattern.property);
                let at = (matched.subject, matched.object);
                let (id, rule) = (matched.pattern.property, &matched.pattern.rule);
                observer.dropped(|| Dropped::unfilled(ends, (id, property), rule, at, &matched.anchors));
            }
            found.extend(told);
        }
        found.extend(roles.find(sentence, observer));
    }
    found.retain(|fact| is_of_two(ends, observer, fact));
    for fact in &mut found {
        let fit = ends.fit(fact.subject, fact.object, lexicon.ontology().property(fact.property));
        // A bare preposition says too little to tell a class by.
        let told = fit >= 1.0 || !fact.anchors.is_empty();
        fact.confidence *= if told { fit } else { 0.0 };
    }
    found
}

/// The things of each sentence and what is seen of each pair of them, for those who teach what to make of it.
pub fn examine(parsed: &Parsed, entities: &Entities, lexicon: &Lexicon) -> Vec<relation::Sentence> {
    let ends = check::Ends::new(parsed, entities, lexicon);
    relation::look(parsed, entities, lexicon, &by_wording(parsed, entities, lexicon, &ends, &mut ()))
}

/// The pairs of a text between which the lexicon's learned and unworded properties may hold, as probable as the classes of
/// their ends leave them.
pub fn weighed(pairs: &pair::Pairs, entities: &Entities, lexicon: &Lexicon) -> Vec<pair::Scored> {
    pair::weigh(pairs, lexicon, &check::Ends::new(pairs.parsed(), entities, lexicon))
}

/// What spoke most for a relation that no wording says, or that more than its wording says, the strongest first.
pub fn parts(
    parsed: &Parsed,
    entities: &Entities,
    lexicon: &Lexicon,
    fact: &Fact,
) -> Vec<relation::parts::Part> {
    let ends = check::Ends::new(parsed, entities, lexicon);
    let worded = by_wording(parsed, entities, lexicon, &ends, &mut ());
    relation::parts::of(parsed, entities, lexicon, &worded, (fact.property, fact.subject, fact.object))
}

/// The facts of properties that are found by their features.
fn scored(parsed: &Parsed, entities: &Entities, lexicon: &Lexicon, ends: &check::Ends) -> Vec<Found> {
    let pairs = pair::Pairs::of(parsed, entities);
    let judged = lexicon.scorer().judged();
    let cut = |index: usize| lexicon.cut(&judged[index]);
    let chosen = pairs.choose(pair::weigh(&pairs, lexicon, ends), cut, lexicon.least_guess());
    let fact = |scored: &pair::Scored| {
        let pair = &pairs.pairs[scored.pair];
        let property = judged[scored.judged].property;
        let [subject, object] = pairs.mentions(pair);
        Found {
            property,
            subject,
            object,
            anchors: pairs.anchors(pair).to_vec(),
            rule: lexicon.ontology().property(property).scorer(),
            confidence: scored.probability,
            implicit: pairs.fillers[pair.subject].sentence != pairs.fillers[pair.object].sentence,
        }
    };
    chosen.iter().map(fact).collect()
}

/// The facts that a matched phrase states of the mentions at its ends.
fn worded(ends: &check::Ends, lexicon: &Lexicon, matched: &candidate::Match) -> Vec<Found> {
    let pattern = matched.pattern;
    let property = lexicon.ontology().property(pattern.property);
    // "Park of Lumen Works" ties two names; "the founder of Lumen Works" does not make its founder one "of" it.
    let bare = matched.anchors.is_empty() && property.range == Range::Thing;
    let [first, last] = [matched.subject.min(matched.object), matched.subject.max(matched.object)];
    // "(1920 in Lisbon – 1999 in Oslo)": what a dash parts, no preposition ties.
    let is_parted = || (first.0..last.0).any(|token| ends.is_dash(TokenId(token)));
    let is_named = |end: &TokenId| ends.names_at(*end).next().is_some();
    if bare && (![first, last].iter().all(is_named) || is_parted()) {
        return Vec::new();
    }
    let objects = ends.objects(matched.object, property);
    let subjects = if objects.is_empty() { Vec::new() } else { ends.subjects(matched.subject, property) };
    let is_tied = |(subject, object): &(MentionId, MentionId)| {
        let [one, other] = [(*subject, matched.subject), (*object, matched.object)];
        !bare || ends.ties(one.0, other) || ends.ties(other.0, one)
    };
    let fact = |(subject, object): (MentionId, MentionId)| Found {
        property: pattern.property,
        subject,
        object,
        anchors: matched.anchors.clone(),
        rule: pattern.rule.clone(),
        confidence: pattern.confidence,
        implicit: false,
    };
    let pairs = subjects.iter().flat_map(|subject| objects.iter().map(|object| (*subject, *object)));
    pairs.filter(is_tied).map(fact).collect()
}

/// Of the wordings that state one thing of the same two mentions, keeps the first, which is the surest.
fn settle(
    parsed: &Parsed,
    lexicon: &Lexicon,
    ends: &check::Ends,
    found: Vec<Found>,
    observer: &mut impl Observer,
    fit: impl Fn(&Found) -> f32,
) -> Vec<Told> {
    let mut kept: BTreeMap<(SentenceId, MentionId, MentionId, PropertyId), Told> = BTreeMap::new();
    for found in found {
        let key = (sentence(parsed, ends, &found), found.subject, found.object, found.property);
        match kept.entry(key) {
            Entry::Vacant(_) => {
                let pair = (key.0, key.1, key.2, PropertyId(0))..=(key.0, key.1, key.2, PropertyId(u32::MAX));
                let worded = kept.range(pair).map(|(_, told)| &told.fact).filter(|_| !found.is_worded());
                let of_pair = Worded::of(worded);
                let fit = fit(&found);
                kept.insert(key, judge(parsed, lexicon, ends, found, of_pair, (key.0, fit)));
            }
            Entry::Occupied(_) => observer.dropped(|| Dropped::found(ends, &found, Why::Surer)),
        }
    }
    kept.into_values().collect()
}

/// The sentence that states a fact.
fn sentence(parsed: &Parsed, ends: &check::Ends, found: &Found) -> SentenceId {
    let [subject, object] = [found.subject, found.object].map(|id| ends.mention(id).head);
    let shown = if found.implicit { subject } else { subject.max(object) };
    parsed.document().sentence_of(found.anchors.first().copied().unwrap_or(shown))
}

/// How wordings put what they say of two.
#[derive(Clone, Copy, Default)]
struct Worded {
    /// What all of them leave open or deny.
    status: Option<Status>,
    /// Whether all they say was so once.
    past: bool,
}

impl Worded {
    fn of<'f>(facts: impl Iterator<Item = &'f Fact>) -> Self {
        let facts: Vec<&Fact> = facts.collect();
        let plain = |fact: &&Fact| fact.status == Status::Asserted;
        let status = facts.first().filter(|_| !facts.iter().any(plain)).map(|fact| fact.status);
        Self { status, past: !facts.is_empty() && facts.iter().all(|fact| fact.past) }
    }
}

fn judge(
    parsed: &Parsed,
    lexicon: &Lexicon,
    ends: &check::Ends,
    found: Found,
    worded: Worded,
    (sentence, fit): (SentenceId, f32),
) -> Told {
    let heads = [found.subject, found.object].map(|id| ends.mention(id).head);
    let mut stance = status::of(parsed, &found.anchors, heads);
    if let (Status::Asserted, Some(status)) = (stance.status, worded.status) {
        stance.status = status;
    }
    let told = status::Telling {
        property: lexicon.ontology().property(found.property).iri.as_str(),
        anchors: &found.anchors,
        ends: heads,
        is_worded: found.is_worded(),
    };
    let past = status::past(parsed, &told);
    let fact = Fact {
        property: found.property,
        subject: found.subject,
        object: found.object,
        sentence,
        status: stance.status,
        speaker: status::speaker(parsed, &found.anchors).and_then(|word| ends.thing_at(word)),
        confidence: found.confidence,
        implicit: found.implicit,
        past: past.is_some() || (worded.past && !status::is_deed(told.property)),
        rule: found.rule,
    };
    Told { fact, anchors: found.anchors, fit, status_by: stance.by, past_by: past }
}
