//! Groups: what the mentions of a sentence mean, one group for each thing.
//!
//! "He sold his share" has one group for "He" and "his": what the sentence says of one, it says of the other.

use crate::document::{SentenceId, TokenId, TokenRange};
use crate::entity::{Entities, EntityId};
use crate::lexicon::Lexicon;
use crate::mention::{Gender, Kind, Mention, MentionId, Number};
use crate::ontology::local_name;
use crate::syntax::{Deprel, Parsed};

/// What one thing is in one sentence.
#[derive(Clone, Debug)]
pub struct Group {
    pub entity: Option<EntityId>,
    /// The mentions that facts are told of, in the order of the text.
    pub ends: Vec<MentionId>,
    /// Where it is seen: at the ends, and at the nouns that describe it.
    pub places: Vec<Place>,
    /// What it is: "person", "organization", "place", "work", "event", "people", "date", or "thing".
    pub sort: &'static str,
    /// How it is mentioned at best: "name", "pronoun", or "value".
    pub form: &'static str,
    /// Something is said to be near it, and so not in it.
    pub is_near: bool,
}

impl Group {
    /// Whether that speaks against a relation of two that lie in each other.
    pub fn is_elsewhere(&self, relation: &str) -> bool {
        self.is_near && relation.ends_with("In")
    }
}

/// A stretch of words that means the thing, and the word through which grammar reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub mention: MentionId,
    pub tokens: TokenRange,
    pub head: TokenId,
    pub is_noun: bool,
}

/// The groups of each sentence.
pub fn find(parsed: &Parsed, entities: &Entities, lexicon: &Lexicon) -> Vec<Vec<Group>> {
    let mut sentences: Vec<Vec<Group>> = vec![Vec::new(); parsed.document().sentences().len()];
    for (id, mention) in entities.mentions() {
        let sentence = parsed.document().sentence_of(mention.head);
        if let Some(sort) = sort(entities, lexicon, id) {
            add(&mut sentences[sentence.index()], entities, (id, mention, sort));
        }
    }
    for groups in &mut sentences {
        groups.retain(|group| !group.ends.is_empty());
        for group in groups {
            leave_shared(entities, group);
            group.is_near = group.places.iter().all(|place| is_near(parsed, place.head));
        }
    }
    for (id, mention) in entities.mentions().filter(|(_, mention)| mention.kind == Kind::Description) {
        let sentence: SentenceId = parsed.document().sentence_of(mention.head);
        let of_entity = |group: &&mut Group| group.entity.is_some() && group.entity == entities.of(id);
        if let Some(group) = sentences[sentence.index()].iter_mut().find(of_entity) {
            let tokens = TokenRange::one(mention.head);
            group.places.push(Place { mention: id, tokens, head: mention.head, is_noun: true });
        }
    }
    sentences
}

/// "near Ghent", "outside the town of Ghent"
fn is_near(parsed: &Parsed, place: TokenId) -> bool {
    let above = parsed.word(place).head.filter(|_| parsed.word(place).deprel == Deprel::Nmod);
    let mut children = [Some(place), above].into_iter().flatten().flat_map(|word| parsed.children(word));
    children.any(|child| matches!(parsed.text(child), "near" | "outside"))
}

/// "she and her husband went on their way": "their" means both, and nothing is told of it where she is named alone, too.
fn leave_shared(entities: &Entities, group: &mut Group) {
    let is_shared = |id: &MentionId| entities.tie(*id).is_some_and(|tie| tie.rule == "coordination");
    if !group.ends.iter().all(is_shared) {
        group.ends.retain(|id| !is_shared(id));
    }
}

fn add(
    groups: &mut Vec<Group>,
    entities: &Entities,
    (id, mention, sort): (MentionId, &Mention, &'static str),
) {
    let form = match mention.kind {
        Kind::Pronoun => "pronoun",
        Kind::Value(_) => "value",
        _ => "name",
    };
    let entity = entities.of(id);
    let place = Place { mention: id, tokens: mention.tokens, head: mention.head, is_noun: false };
    let is_same = |group: &Group| match (entity, group.entity) {
        (Some(one), Some(other)) => one == other,
        (None, None) => {
            let first = entities.mention(group.ends[0]);
            form == "pronoun" && group.form == "pronoun" && agree(mention, first)
        }
        _ => false,
    };
    match groups.iter_mut().find(|group| is_same(group)) {
        Some(group) => {
            group.ends.push(id);
            group.places.push(place);
            if form == "name" {
                group.form = form;
            }
            if group.sort == "thing" {
                group.sort = sort;
            }
        }
        None => {
            groups.push(Group { entity, ends: vec![id], places: vec![place], sort, form, is_near: false })
        }
    }
}

/// Whether two pronouns of one sentence, which nothing resolves, are taken to mean one thing.
fn agree(one: &Mention, other: &Mention) -> bool {
    let told = |mention: &Mention| mention.gender.is_some() || mention.number.is_some();
    told(one) && (one.gender, one.number, one.class) == (other.gender, other.number, other.class)
}

/// What sort of thing a mention means; `None` for what is no end of a relation.
fn sort(entities: &Entities, lexicon: &Lexicon, id: MentionId) -> Option<&'static str> {
    let mention = entities.mention(id);
    match &mention.kind {
        Kind::Value(literal) => {
            let datatype = local_name(literal.datatype().as_str());
            return matches!(datatype, "date" | "gYear" | "gYearMonth").then_some("date");
        }
        Kind::Term => return (mention.class.is_some()).then_some("people"),
        Kind::Description | Kind::Article => return None,
        Kind::Name | Kind::Pronoun => {}
    }
    let entity = entities.of(id);
    let is_mere_where =
        entity.is_none() && mention.kind == Kind::Pronoun && lexicon.is_core(mention.class, "Organization");
    if is_mere_where {
        return None;
    }
    let class = entity.and_then(|entity| entities.entity(entity).class).or(mention.class);
    const SORTS: [(&str, &str); 5] = [
        ("Person", "person"),
        ("Organization", "organization"),
        ("Place", "place"),
        ("Work", "work"),
        ("Event", "event"),
    ];
    let known = SORTS.iter().find(|(local, _)| lexicon.is_core(class, local));
    let guess = match (mention.gender, mention.number) {
        (Some(Gender::Feminine | Gender::Masculine), _) => "person",
        (_, Some(Number::Plural)) => "several",
        _ => "thing",
    };
    Some(known.map_or(guess, |(_, sort)| sort))
}
