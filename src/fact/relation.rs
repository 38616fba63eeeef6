//! Relations: which of the core ontology's best known properties hold between the things of a sentence, by what examples taught.
//!
//! Phrases are sure where they fit, and most sentences say things in other words. So each pair of things that one sentence
//! mentions is weighed: the words between and beside the two, the way between them in the grammar, what they are, which
//! phrases fit. A logistic regression for each property makes a probability of that (`relation.model`; `training/` says how
//! it was learned). What holds of a thing holds of all its mentions in the sentence.

pub mod feature;
pub mod group;
pub mod model;
pub mod parts;
mod words;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::check::Ends;
use super::trace::{Dropped, Observer, Side, Why};
use super::{Found, Status, status};
use crate::document::{SentenceId, TokenId};
use crate::entity::Entities;
use crate::lexicon::{LEAST_CONFIDENCE, Lexicon};
use crate::mention::MentionId;
use crate::ontology::{self, NAMESPACE, Property, PropertyId, Range};
use crate::syntax::Parsed;
use feature::{Eye, Feature, Hit, hits};
use group::{Group, Place};
use model::Model;
use words::{MEMBERSHIP, VISITS, other_officer};

/// The properties that are weighed, by local name; `worksFor` stands for `memberOf`, too.
pub const RELATIONS: [&str; 15] = [
    "bornOn",
    "diedOn",
    "bornIn",
    "livedIn",
    "nationality",
    "educatedAt",
    "worksFor",
    "memberOfParty",
    "childOf",
    "spouseOf",
    "foundedOn",
    "headquarteredIn",
    "subsidiaryOf",
    "founderOf",
    "chiefExecutiveOf",
];

/// Among which of the [`RELATIONS`] a property is weighed, by local name.
fn weighed_as(property: &str) -> &str {
    if property == "memberOf" { "worksFor" } else { property }
}

/// The things of a sentence, and what is seen of each pair.
pub struct Sentence {
    pub groups: Vec<Group>,
    pub pairs: Vec<Pair>,
}

/// Two groups, by their positions in the sentence.
pub struct Pair {
    pub subject: usize,
    pub object: usize,
    pub features: Vec<Feature>,
    /// The relations that some wording says of the two.
    pub worded: [bool; RELATIONS.len()],
    /// Whether some wording makes them kin or friends.
    is_kin: bool,
}

/// The longest list of things in one sentence that is looked at; lines of tables have more.
const MOST: usize = 24;

/// Looks at each pair of things in each sentence.
pub(super) fn look(
    parsed: &Parsed,
    entities: &Entities,
    lexicon: &Lexicon,
    worded: &[Found],
) -> Vec<Sentence> {
    let sentences = group::find(parsed, entities, lexicon);
    let hits = hits(lexicon, &sentences, worded);
    let of_sentence = |(at, groups): (usize, Vec<Group>)| {
        let mut pairs = Vec::new();
        if (2..=MOST).contains(&groups.len()) {
            let eye = Eye::new(parsed, SentenceId(at as u32), &groups);
            for subject in 0..groups.len() {
                for object in (0..groups.len()).filter(|object| *object != subject) {
                    if may_relate(&groups[subject], &groups[object]) {
                        let features = eye.pair(subject, object, &hits[at]);
                        let worded = RELATIONS.map(|relation| {
                            let says = |hit: &&Hit| (hit.subject, hit.object) == (subject, object);
                            let is_it = |hit: &Hit| weighed_as(&hit.property) == relation;
                            hits[at].iter().filter(says).any(is_it)
                        });
                        let is_kin = hits[at].iter().any(|hit| {
                            let ends = [(hit.subject, hit.object), (hit.object, hit.subject)];
                            KIN.contains(&hit.property.as_str()) && ends.contains(&(subject, object))
                        });
                        pairs.push(Pair { subject, object, features, worded, is_kin });
                    }
                }
            }
        }
        Sentence { groups, pairs }
    };
    sentences.into_iter().enumerate().map(of_sentence).collect()
}

/// The weights that come with the library.
fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let read =
        || Model::read(include_bytes!("relation/relation.model")).expect("the relations' file is whole");
    MODEL.get_or_init(read)
}

/// What was weighed of the built-in ontology's relations.
#[derive(Default)]
pub(super) struct Weighed {
    pub found: Vec<Found>,
    /// How probable a relation is between two mentions that a wording ties.
    probabilities: HashMap<(PropertyId, MentionId, MentionId), f32>,
}

impl Weighed {
    /// What a wording says was weighed with all else that the sentence tells: that may make it surer. A wording that fits
    /// is seldom wrong, so nothing weakens it.
    pub fn strengthen(&self, fact: &mut Found) {
        let weighed = self.probabilities.get(&(fact.property, fact.subject, fact.object));
        fact.confidence = weighed.map_or(fact.confidence, |probability| probability.max(fact.confidence));
    }
}

/// The probability from which on a relation is told that no wording says, unless less is asked for: in a text that is not
/// about people and companies what seems as likely as not is seldom so.
const UNWORDED: f32 = 0.55;

/// The same of a marriage, as two who meet are not married, and of a founder, as who leads a company did not found it.
const UNWORDED_BOND: f32 = 0.8;

/// The same of a founding's year: much else happens to a company in some year.
const UNWORDED_FOUNDING: f32 = 0.65;

/// Weighs each pair of things in each sentence.
pub(super) fn weigh(
    parsed: &Parsed,
    entities: &Entities,
    lexicon: &Lexicon,
    ends: &Ends,
    worded: &[Found],
    observer: &mut impl Observer,
) -> Weighed {
    let ontology = lexicon.ontology();
    let built_in = |local: &str| {
        let id = ontology.property_named(&format!("{NAMESPACE}{local}"))?;
        (*ontology.property(id).origin.file == *ontology::CORE_NAME).then_some(id)
    };
    let mut weighed = Weighed::default();
    let Some(properties) = RELATIONS.iter().map(|local| built_in(local)).collect::<Option<Vec<_>>>() else {
        return weighed;
    };
    let member = built_in("memberOf");
    let usual = lexicon.least_confidence() >= LEAST_CONFIDENCE;
    let least = |relation: usize, is_worded: bool| {
        let least = lexicon.least_confidence();
        let unworded = match RELATIONS[relation] {
            "spouseOf" | "founderOf" => UNWORDED_BOND,
            "foundedOn" => UNWORDED_FOUNDING,
            _ => UNWORDED,
        };
        if is_worded || !usual { least } else { least.max(unworded) }
    };
    for (at, sentence) in look(parsed, entities, lexicon, worded).iter().enumerate() {
        let eye = OnceCell::new();
        let seen = || Eye::new(parsed, SentenceId(at as u32), &sentence.groups);
        for (pair, probabilities) in settled(sentence) {
            let (subject, object) = (&sentence.groups[pair.subject], &sentence.groups[pair.object]);
            for (relation, probability) in probabilities.iter().enumerate() {
                let property = properties[relation];
                if pair.worded[relation] {
                    let both = [Some(property), member.filter(|_| relation == WORKS)].into_iter().flatten();
                    let mentioned = both
                        .flat_map(|property| mentions(subject, object).map(move |(s, o)| (property, s, o)));
                    weighed.probabilities.extend(mentioned.map(|told| (told, *probability)));
                }
                let least = least(relation, pair.worded[relation]);
                if *probability < least {
                    if *probability >= UNLIKELY {
                        let why = Why::Unsure { confidence: *probability, least, fit: 1.0 };
                        observer.dropped(|| {
                            dropped(ontology.property(property), property, (subject, object), ends, why)
                        });
                    }
                    continue;
                }
                let told = Told { parsed, ends, eye: eye.get_or_init(seen), worded, subject, object };
                let choices = match relation {
                    WORKS => told.membership(property, member),
                    PARTY if !told.is_of_party() => Vec::new(),
                    CHIEF if other_officer(parsed, subject, object) => Vec::new(),
                    _ => vec![property],
                };
                for property in choices {
                    let facts = told.facts(lexicon, property, *probability);
                    if facts.is_empty() {
                        let fact = ontology.property(property);
                        observer
                            .dropped(|| dropped(fact, property, (subject, object), ends, told.against(fact)));
                    }
                    weighed.found.extend(facts);
                }
            }
        }
    }
    weighed
}

/// The places in [`RELATIONS`] of those that need care.
const EDUCATED: usize = 5;
const WORKS: usize = 6;
const CHILD: usize = 8;
const SPOUSE: usize = 9;
const CHIEF: usize = 14;

/// Each pair with the probability of each relation, where of what excludes each other only the likelier is left.
fn settled(sentence: &Sentence) -> Vec<(&Pair, Vec<f32>)> {
    let mut scored: Vec<(&Pair, Vec<f32>)> =
        sentence.pairs.iter().map(|pair| (pair, model().probabilities(&pair.features))).collect();
    let at: HashMap<(usize, usize), usize> =
        scored.iter().enumerate().map(|(at, (pair, _))| ((pair.subject, pair.object), at)).collect();
    for own in 0..scored.len() {
        let pair = scored[own].0;
        if let Some(back) = at.get(&(pair.object, pair.subject)).copied().filter(|back| own < *back) {
            one_way(&mut scored, own, back);
        }
    }
    for at in 0..scored.len() {
        doubt(sentence, &mut scored, at);
    }
    for relation in [ONCE[0], ONCE[1], PARTY] {
        let likely = |at: &usize| scored[*at].1[relation] >= UNLIKELY;
        let mut order: Vec<usize> = (0..scored.len()).filter(likely).collect();
        order.sort_by(|one, other| scored[*other].1[relation].total_cmp(&scored[*one].1[relation]));
        for (rank, own) in order.iter().enumerate() {
            let excludes = |other: &usize| {
                let (pair, other) = (scored[*own].0, scored[*other].0);
                if relation == PARTY {
                    pair.subject == other.subject && other.worded[PARTY]
                } else {
                    pair.subject == other.subject || pair.object == other.object
                }
            };
            if scored[*own].1[relation] < SURE && order[..rank].iter().any(excludes) {
                scored[*own].1[relation] = UNLIKELY;
            }
        }
    }
    scored
}

/// What no wording says of two is less likely where one says it of another subject ("Ada's brother founded Lumen").
fn doubt(sentence: &Sentence, scored: &mut [(&Pair, Vec<f32>)], at: usize) {
    let pair = scored[at].0;
    let is_nearer = |group: &Group| {
        let [subject, object] = [pair.subject, pair.object].map(|at| &sentence.groups[at]);
        group.sort == subject.sort && feature::gap(group, object) < feature::gap(subject, object)
    };
    let has_other = |(other, _): &(&Pair, Vec<f32>)| other.subject == pair.subject && other.worded[PARTY];
    for relation in (0..RELATIONS.len()).filter(|relation| !pair.worded[*relation]) {
        let is_family = [CHILD, SPOUSE].contains(&relation);
        let says = |(other, _): &(&Pair, Vec<f32>)| {
            let shares =
                other.object == pair.object || (OF_ONE.contains(&relation) && other.subject == pair.subject);
            shares && other.worded[relation]
        };
        // Who studies at a school is seldom said to work there in the same breath; a party's member has no job by that.
        let studies = pair.worded[EDUCATED] || scored[at].1[EDUCATED] > scored[at].1[WORKS];
        let works = pair.worded[WORKS] || scored[at].1[WORKS] > scored[at].1[EDUCATED];
        let is_told = relation == WORKS && (studies || pair.worded[PARTY]) || relation == EDUCATED && works;
        let is_elsewhere = sentence.groups[pair.object].is_elsewhere(RELATIONS[relation]);
        if is_family && pair.is_kin || is_told || is_elsewhere {
            scored[at].1[relation] = 0.0;
        } else if relation == PARTY && (sentence.groups.iter().any(is_nearer) || scored.iter().any(has_other))
        {
            scored[at].1[relation] *= UNLIKELY;
        } else if !is_family && scored.iter().any(says) {
            scored[at].1[relation] *= OF_ANOTHER;
        }
    }
}

/// Whose objects the wording finds all: "founded the Fund of the Hale Bank" says nothing of the bank.
const OF_ONE: [usize; 3] = [12, 13, 14];

/// What is left of a probability where a wording says the same of another subject, or object.
const OF_ANOTHER: f32 = 0.6;

/// In a list of people and parties each has their own, and it stands by the name.
const PARTY: usize = 7;

/// Who is born or dies does so on one day, and two in one sentence seldom on the same.
const ONCE: [usize; 2] = [0, 1];

/// The probability from which on two are believed nevertheless, and what is left of the other's where they are not.
const SURE: f32 = 0.9;
const UNLIKELY: f32 = 0.2;

/// A marriage is told one way round, the way that a wording tells it; of two who are each other's child one is.
fn one_way(scored: &mut [(&Pair, Vec<f32>)], own: usize, back: usize) {
    let both = (scored[own].1[SPOUSE] + scored[back].1[SPOUSE]) / 2.0;
    let turned = scored[back].0.worded[SPOUSE] && !scored[own].0.worded[SPOUSE];
    let (told, untold) = if turned { (back, own) } else { (own, back) };
    (scored[told].1[SPOUSE], scored[untold].1[SPOUSE]) = (both, 0.0);
    let younger = scored[own].1[CHILD] > scored[back].1[CHILD];
    scored[if younger { back } else { own }].1[CHILD] = 0.0;
}

/// What might have been a fact of two groups.
fn dropped(
    fact: &Property,
    property: PropertyId,
    (subject, object): (&Group, &Group),
    ends: &Ends,
    why: Why,
) -> Dropped {
    let [subject, object] = [subject, object].map(|group| ends.mention(group.ends[0]).head);
    Dropped { property, rule: fact.scorer(), subject, object, anchors: Vec::new(), why }
}

fn mentions(subject: &Group, object: &Group) -> impl Iterator<Item = (MentionId, MentionId)> {
    let objects = |subject: MentionId| object.places.iter().map(move |place| (subject, place.mention));
    subject.places.iter().flat_map(move |place| objects(place.mention))
}

/// Two things of which a relation is told.
struct Told<'a, 's> {
    parsed: &'a Parsed<'s>,
    ends: &'a Ends<'a, 's>,
    eye: &'a Eye<'a, 's>,
    worded: &'a [Found],
    subject: &'a Group,
    object: &'a Group,
}

impl Told<'_, '_> {
    /// The surest wording of a property that fits the two.
    fn wording(&self, property: PropertyId) -> Option<&Found> {
        let is_of =
            |group: &Group, mention: MentionId| group.places.iter().any(|place| place.mention == mention);
        let fits = |found: &&Found| {
            found.property == property
                && is_of(self.subject, found.subject)
                && is_of(self.object, found.object)
        };
        self.worded.iter().filter(fits).max_by(|one, other| one.confidence.total_cmp(&other.confidence))
    }

    /// Whether a wording says a property of the two, in whatever sentence.
    fn is_worded(&self, property: PropertyId) -> bool {
        let is_of =
            |group: &Group, mention: MentionId| group.ends.iter().any(|end| self.ends.same(*end, mention));
        let says = |found: &Found| found.property == property && is_of(self.subject, found.subject);
        self.worded.iter().any(|found| says(found) && is_of(self.object, found.object))
    }

    /// Whether somebody is a member or works there, which the corpus did not tell apart.
    fn membership(&self, works: PropertyId, member: Option<PropertyId>) -> Vec<PropertyId> {
        let Some(member) = member else { return vec![works] };
        let worded = [works, member].into_iter().filter(|property| self.is_worded(*property));
        let mut told: Vec<PropertyId> = worded.collect();
        let anchors = if told.is_empty() { self.anchors() } else { Vec::new() };
        let says = |lemmas: &[&str]| anchors.iter().any(|word| self.is_one_of(*word, lemmas));
        if told.is_empty() && !says(VISITS) {
            let class = self.object.ends.first().and_then(|id| self.ends.class_of(*id));
            let is_a = |local: &str| self.ends.is_core(class, local);
            let is_member =
                ["SportsTeam", "MusicGroup", "SportsLeague", "PoliticalParty"].into_iter().any(is_a)
                    || says(MEMBERSHIP);
            told.push(if is_member { member } else { works });
        }
        told
    }

    /// Whether the object is known to be a party: who is a member of something else has no party by that.
    fn is_of_party(&self) -> bool {
        let is_party = |id: &MentionId| self.ends.is_core(self.ends.class_of(*id), "PoliticalParty");
        self.object.ends.iter().any(is_party)
    }

    fn is_one_of(&self, word: TokenId, lemmas: &[&str]) -> bool {
        lemmas.contains(&self.parsed.lemma(word).to_lowercase().as_str())
    }

    /// A fact for each pair of their mentions.
    fn facts(&self, lexicon: &Lexicon, property: PropertyId, confidence: f32) -> Vec<Found> {
        let told = lexicon.ontology().property(property);
        let wording = self.wording(property);
        let (rule, anchors) = match wording {
            Some(found) => (found.rule.clone(), found.anchors.clone()),
            None => (told.scorer(), self.anchors()),
        };
        let fact = |subject: MentionId, object: MentionId| Found {
            property,
            subject,
            object,
            anchors: anchors.clone(),
            rule: rule.clone(),
            confidence,
            implicit: false,
        };
        let is_value = told.range != Range::Thing;
        if !self.is_plain(wording) {
            return Vec::new();
        }
        let subjects = self.subject.ends.iter().filter(|id| self.ends.is_of(**id, &told.domain));
        let fits = |id: &&MentionId| {
            is_value
                || (self.ends.is_of(**id, &told.range_classes)
                    && (wording.is_some() || self.ends.is_known(**id)))
        };
        let objects = || self.object.ends.iter().filter(fits);
        subjects.flat_map(|subject| objects().map(|object| fact(*subject, *object))).collect()
    }

    /// Whether nothing denies it or leaves it open; what a wording leaves open is left to it.
    fn is_plain(&self, wording: Option<&Found>) -> bool {
        match wording {
            Some(found) => {
                let heads = [found.subject, found.object].map(|id| self.ends.mention(id).head);
                status::of(self.parsed, &found.anchors, heads).status == Status::Asserted
            }
            None => feature::nearest(self.subject, self.object)
                .iter()
                .all(|(one, other)| status::is_plain(self.parsed, one.head, other.head)),
        }
    }

    /// Why no fact comes of a property.
    fn against(&self, property: &Property) -> Why {
        let fits = |group: &Group, condition| group.ends.iter().any(|id| self.ends.is_of(*id, condition));
        if !fits(self.subject, &property.domain) {
            Why::Class(Side::Subject, self.subject.ends[0])
        } else if property.range == Range::Thing && !fits(self.object, &property.range_classes) {
            Why::Class(Side::Object, self.object.ends[0])
        } else {
            Why::Open
        }
    }

    /// The words that lead from one to the other, where the two are nearest, and those that govern both: no wording says
    /// which of them tell the fact, so whatever leaves one open leaves it open.
    fn anchors(&self) -> Vec<TokenId> {
        let near: Vec<(Place, Place)> = feature::nearest(self.subject, self.object);
        let ways = near.iter().filter_map(|(one, other)| self.eye.way(one.head, other.head));
        let mut words = ways.min_by_key(|way| way.words.len()).map_or(Vec::new(), |way| way.words);
        if let Some((one, other)) = near.first() {
            let governing = between(self.parsed, one.head, other.head);
            words.extend(governing.into_iter().filter(|word| ![one.head, other.head].contains(word)));
        }
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// The words of the tree from one to the other by way of what governs both.
fn between(parsed: &Parsed, one: TokenId, other: TokenId) -> Vec<TokenId> {
    let up = |word: TokenId| std::iter::successors(Some(word), |word| parsed.word(*word).head);
    let above: Vec<TokenId> = up(other).collect();
    let mut words: Vec<TokenId> = up(one).take_while(|word| !above.contains(word)).collect();
    let common = up(one).nth(words.len());
    words.extend(above.iter().take_while(|word| Some(**word) != common));
    words.extend(common);
    words
}

/// What two people are to each other, by local name: seldom more than one of it.
const KIN: [&str; 4] = ["childOf", "spouseOf", "siblingOf", "friendOf"];

/// Whether some relation may hold between two things of these sorts.
fn may_relate(subject: &Group, object: &Group) -> bool {
    let unknown = |group: &Group| matches!(group.sort, "thing" | "several");
    let is = |group: &Group, sorts: &[&str]| sorts.contains(&group.sort) || unknown(group);
    let objects: &[&str] = match subject.sort {
        "person" | "thing" | "several" => &["date", "place", "people", "organization", "person"],
        "organization" => &["date", "place", "organization"],
        "place" => &["date"],
        _ => return false,
    };
    let known = !(unknown(subject) && unknown(object));
    known && is(object, objects) && feature::gap(subject, object) <= FAR
}

/// How many words two things may stand apart at most.
const FAR: u32 = 20;
