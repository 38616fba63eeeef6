//! Relations: which of the core ontology's best known properties hold between the things of a sentence, by what examples taught.
//!
//! Phrases are sure where they fit, and most sentences say things in other words. So each pair of things that one sentence
//! mentions is weighed: the words between and beside the two, the way between them in the grammar, what they are, which
//! phrases fit. A logistic regression for each property makes a probability of that (`relation.model`; `training/` says how
//! it was learned). What holds of a thing holds of all its mentions in the sentence.

pub mod feature;
pub mod group;
pub mod model;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::Found;
use super::check::Ends;
use crate::document::{SentenceId, TokenId};
use crate::entity::Entities;
use crate::lexicon::Lexicon;
use crate::mention::MentionId;
use crate::ontology::{self, NAMESPACE, PropertyId, Range, local_name};
use crate::syntax::Parsed;
use feature::{Eye, Feature, Hit};
use group::{Group, Place};
use model::Model;

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
                        pairs.push(Pair { subject, object, features });
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
    MODEL.get_or_init(|| {
        Model::read(include_bytes!("relation/relation.model")).expect("the relations' file is whole")
    })
}

/// The facts of the built-in ontology's relations, and which mentions were weighed for them: what wordings say of those
/// has been heard.
pub(super) struct Weighed {
    pub found: Vec<Found>,
    pairs: HashSet<(MentionId, MentionId)>,
    properties: HashSet<PropertyId>,
}

impl Weighed {
    /// Whether what a wording says was weighed with all else that the sentence tells.
    pub fn has(&self, fact: &Found) -> bool {
        self.properties.contains(&fact.property) && self.pairs.contains(&(fact.subject, fact.object))
    }
}

/// Weighs each pair of things in each sentence.
pub(super) fn weigh(
    parsed: &Parsed,
    entities: &Entities,
    lexicon: &Lexicon,
    ends: &Ends,
    worded: &[Found],
) -> Weighed {
    let ontology = lexicon.ontology();
    let built_in = |local: &str| {
        let id = ontology.property_named(&format!("{NAMESPACE}{local}"))?;
        (*ontology.property(id).origin.file == *ontology::CORE_NAME).then_some(id)
    };
    let mut weighed = Weighed { found: Vec::new(), pairs: HashSet::new(), properties: HashSet::new() };
    let Some(properties) = RELATIONS.iter().map(|local| built_in(local)).collect::<Option<Vec<_>>>() else {
        return weighed;
    };
    let member = built_in("memberOf");
    weighed.properties.extend(properties.iter().copied().chain(member));
    for (at, sentence) in look(parsed, entities, lexicon, worded).iter().enumerate() {
        let eye = Eye::new(parsed, SentenceId(at as u32), &sentence.groups);
        for (pair, probabilities) in settled(sentence) {
            let (subject, object) = (&sentence.groups[pair.subject], &sentence.groups[pair.object]);
            weighed.pairs.extend(mentions(subject, object));
            for (relation, probability) in probabilities.iter().enumerate() {
                if *probability < lexicon.least_confidence() {
                    continue;
                }
                let told = Told { parsed, ends, eye: &eye, worded, subject, object };
                let property = properties[relation];
                let choices =
                    if relation == WORKS { told.membership(property, member) } else { vec![property] };
                for property in choices {
                    weighed.found.extend(told.facts(lexicon, property, *probability));
                }
            }
        }
    }
    weighed
}

/// The places in [`RELATIONS`] of those that need care.
const WORKS: usize = 6;
const CHILD: usize = 8;
const SPOUSE: usize = 9;

/// Each pair with the probability of each relation, where what is said both ways round is told one way.
fn settled(sentence: &Sentence) -> Vec<(&Pair, Vec<f32>)> {
    let scored: Vec<Vec<f32>> =
        sentence.pairs.iter().map(|pair| model().probabilities(&pair.features)).collect();
    let place = |pair: &Pair| (pair.subject, pair.object);
    let at: HashMap<(usize, usize), usize> =
        sentence.pairs.iter().enumerate().map(|(at, pair)| (place(pair), at)).collect();
    let settle = |(own, pair): (usize, &Pair)| {
        let mut probabilities = scored[own].clone();
        if let Some(back) = at.get(&(pair.object, pair.subject)).map(|back| &scored[*back]) {
            let both = (probabilities[SPOUSE] + back[SPOUSE]) / 2.0;
            probabilities[SPOUSE] = if pair.subject < pair.object { both } else { 0.0 };
            if back[CHILD] > probabilities[CHILD] {
                probabilities[CHILD] = 0.0;
            }
        }
        probabilities
    };
    sentence.pairs.iter().enumerate().map(|(at, pair)| (pair, settle((at, pair)))).collect()
}

/// Words that make a member, no employee.
const MEMBERSHIP: &[&str] = &[
    "member",
    "membership",
    "join",
    "belong",
    "play",
    "sing",
    "band",
    "team",
    "singer",
    "player",
    "guitarist",
    "drummer",
    "bassist",
    "vocalist",
    "captain",
    "elect",
    "sign",
    "draft",
    "army",
    "navy",
    "league",
    "club",
];

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

    /// Whether somebody is a member or works there, which the corpus did not tell apart.
    fn membership(&self, works: PropertyId, member: Option<PropertyId>) -> Vec<PropertyId> {
        let Some(member) = member else { return vec![works] };
        let worded = [works, member].into_iter().filter(|property| self.wording(*property).is_some());
        let mut told: Vec<PropertyId> = worded.collect();
        if told.is_empty() {
            let class = self.object.ends.first().and_then(|id| self.ends.class_of(*id));
            let is_a = |local: &str| self.ends.is_core(class, local);
            let joins =
                |word: &TokenId| MEMBERSHIP.contains(&self.parsed.lemma(*word).to_lowercase().as_str());
            let is_member =
                ["SportsTeam", "MusicGroup", "SportsLeague", "PoliticalParty"].into_iter().any(is_a)
                    || self.anchors().iter().any(joins);
            told.push(if is_member { member } else { works });
        }
        told
    }

    /// A fact for each pair of their mentions.
    fn facts(&self, lexicon: &Lexicon, property: PropertyId, confidence: f32) -> Vec<Found> {
        let told = lexicon.ontology().property(property);
        let wording = self.wording(property);
        let (rule, anchors) = match wording {
            Some(found) => (found.rule.clone(), found.anchors.clone()),
            None => (format!("{}/scorer", told.iri.as_str()), self.anchors()),
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
        let subjects = self.subject.ends.iter().filter(|id| self.ends.meets(**id, &told.domain));
        let fits = |id: &&MentionId| is_value || self.ends.meets(**id, &told.range_classes);
        let objects = || self.object.ends.iter().filter(fits);
        subjects.flat_map(|subject| objects().map(|object| fact(*subject, *object))).collect()
    }

    /// The words that lead from one to the other, where the two are nearest.
    fn anchors(&self) -> Vec<TokenId> {
        let near: Vec<(Place, Place)> = feature::nearest(self.subject, self.object);
        let ways = near.iter().filter_map(|(one, other)| self.eye.way(one.head, other.head));
        ways.min_by_key(|way| way.words.len()).map_or(Vec::new(), |way| way.words)
    }
}

/// Whether some property may hold between two things of these sorts, should one be taken for what it is not.
fn may_relate(subject: &Group, object: &Group) -> bool {
    let (one, other) = (subject.sort, object.sort);
    match (one, other) {
        ("date" | "people", _) | ("place" | "event", "people") => false,
        _ => true,
    }
}

/// The wordings that fit in each sentence.
fn hits(lexicon: &Lexicon, sentences: &[Vec<Group>], worded: &[Found]) -> Vec<Vec<Hit>> {
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
