//! Coreference: which entity each mention refers to.
//!
//! Names come first, then descriptions that the grammar ties to a name, then descriptions and pronouns in the order of
//! the text, each to the most salient entity that fits. Where nothing fits well, a mention stays alone: a wrong merge is
//! worse than a missed one.

mod pronoun;
mod quotation;

use std::collections::HashMap;

use super::naming::{self, Name, Sort};
use super::{EntityId, Tie};
use crate::document::{Role, SentenceId, TokenId};
use crate::lexicon::{Lexicon, gazetteer};
use crate::mention::description::is_quotation_mark;
use crate::mention::{Gender, Kind, Mention, MentionId, Number};
use crate::ontology::ClassId;
use crate::syntax::enhanced::Role as EdgeRole;
use crate::syntax::{Deprel, Parsed};

/// How many sentences back a description may look for what it means.
const DESCRIPTION_REACH: u32 = 8;

/// An entity while it grows.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub mentions: Vec<MentionId>,
    pub names: Vec<Name>,
    pub class: Option<ClassId>,
    /// Whether the class is more than a guess.
    pub is_class_sure: bool,
    pub gender: Option<Gender>,
    /// Nouns that were said of it, in lower case.
    pub nouns: Vec<String>,
}

pub(super) struct Resolver<'a, 's> {
    pub parsed: &'a Parsed<'s>,
    pub lexicon: &'a Lexicon,
    pub mentions: &'a [Mention],
    pub drafts: Vec<Draft>,
    pub ties: Vec<Option<Tie>>,
    /// The name mention that covers each token.
    name_at: Vec<Option<MentionId>>,
    /// The drafts that some key of a name leads to, in rising order.
    by_key: HashMap<String, Vec<u32>>,
}

impl<'a, 's> Resolver<'a, 's> {
    pub fn new(parsed: &'a Parsed<'s>, mentions: &'a [Mention], lexicon: &'a Lexicon) -> Self {
        let mut name_at = vec![None; parsed.words().len()];
        for (index, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.kind == Kind::Name)
        {
            name_at[mention.tokens.indices()].fill(Some(MentionId(index as u32)));
        }
        Self {
            parsed,
            lexicon,
            mentions,
            drafts: Vec::new(),
            ties: vec![None; mentions.len()],
            name_at,
            by_key: HashMap::new(),
        }
    }

    pub fn resolve(mut self) -> (Vec<Draft>, Vec<Option<Tie>>) {
        let ids: Vec<MentionId> = (0..self.mentions.len() as u32).map(MentionId).collect();
        for id in &ids {
            match self.mention(*id).kind {
                Kind::Name => self.add_name(*id),
                Kind::Article => self.start(*id, "article"),
                _ => {}
            }
        }
        for id in &ids {
            if self.mention(*id).kind == Kind::Description {
                self.tie_by_grammar(*id);
            }
        }
        for id in &ids {
            if self.ties[id.index()].is_some() {
                continue;
            }
            match self.mention(*id).kind {
                Kind::Description => self.add_description(*id),
                Kind::Pronoun => self.add_pronoun(*id),
                _ => {}
            }
        }
        self.add_terms(&ids);
        (self.drafts, self.ties)
    }

    pub fn mention(&self, id: MentionId) -> &'a Mention {
        &self.mentions[id.index()]
    }

    pub fn sentence(&self, id: MentionId) -> SentenceId {
        self.parsed.document().sentence_of(self.mention(id).head)
    }

    pub fn is_a(&self, class: Option<ClassId>, local: &str) -> bool {
        self.lexicon.is_core(class, local)
    }

    fn start(&mut self, id: MentionId, rule: &'static str) {
        let entity = EntityId(self.drafts.len() as u32);
        self.drafts.push(Draft::default());
        self.tie(id, entity, rule);
    }

    pub fn tie(&mut self, id: MentionId, entity: EntityId, rule: &'static str) {
        let mention = self.mention(id);
        let draft = &mut self.drafts[entity.index()];
        let at = draft.mentions.partition_point(|other| *other < id);
        draft.mentions.insert(at, id);
        draft.gender = draft.gender.or(mention.gender);
        if draft.class.is_none() || (!draft.is_class_sure && mention.is_class_sure && rule == "apposition") {
            draft.class = mention.class.or(draft.class);
        }
        draft.is_class_sure |= mention.is_class_sure && mention.class.is_some();
        self.ties[id.index()] = Some(Tie { entity, rule });
    }

    /// A name joins the latest entity that it can name.
    fn add_name(&mut self, id: MentionId) {
        let mention = self.mention(id);
        let name = Name::of(self.parsed, mention.tokens);
        if name.is_empty() {
            return;
        }
        let mut near: Vec<u32> =
            name.keys().filter_map(|key| self.by_key.get(&key)).flatten().copied().collect();
        near.sort_unstable_by(|one, other| other.cmp(one));
        near.dedup();
        let found = near.into_iter().find_map(|index| {
            let draft = &self.drafts[index as usize];
            // One text gives one name to one thing, whatever the recognizer took it for here and there.
            let sort = self.common_sort(draft.class, mention.class).unwrap_or(Sort::Other);
            let rule = draft.names.iter().find_map(|known| naming::same(known, &name, sort))?;
            Some((index, rule)).filter(|_| self.fits_all(draft, &name, sort))
        });
        match found {
            Some((index, rule)) => self.tie(id, EntityId(index), rule),
            None => self.start(id, "name"),
        }
        let tied = self.ties[id.index()].expect("just tied").entity;
        let gender = self.gender_of(mention, &name);
        let draft = &mut self.drafts[tied.index()];
        draft.gender = draft.gender.or(gender);
        if !draft.names.contains(&name) {
            for key in name.keys() {
                self.by_key.entry(key).or_default().push(tied.0);
            }
            draft.names.push(name);
        }
    }

    /// A term is what a name of the same words names, or what the same term is elsewhere.
    fn add_terms(&mut self, ids: &[MentionId]) {
        let document = self.parsed.document();
        let of_kind = |kind: Kind| -> Vec<(MentionId, String)> {
            let mentions =
                ids.iter().map(|id| (*id, self.mention(*id))).filter(|(_, mention)| mention.kind == kind);
            mentions
                .map(|(id, mention)| (id, document.slice(document.span(mention.tokens)).to_lowercase()))
                .collect()
        };
        let terms = of_kind(Kind::Term);
        if terms.is_empty() {
            return;
        }
        let named = of_kind(Kind::Name).into_iter();
        let mut known: HashMap<String, EntityId> =
            named.filter_map(|(id, words)| Some((words, self.ties[id.index()]?.entity))).collect();
        for (id, words) in terms {
            match known.get(&words) {
                Some(entity) => self.tie(id, *entity, "term"),
                None => {
                    known.insert(words, EntityId(self.drafts.len() as u32));
                    self.start(id, "term");
                }
            }
        }
    }

    /// "Park" may be Ada's or Bea's, but who was called Ada Park is not Bea Park.
    fn fits_all(&self, draft: &Draft, name: &Name, sort: Sort) -> bool {
        let full = |known: &&Name| known.len() > 1 && name.len() > 1;
        sort != Sort::Person
            || draft.names.iter().filter(full).all(|known| naming::same(known, name, sort).is_some())
    }

    fn common_sort(&self, one: Option<ClassId>, other: Option<ClassId>) -> Option<Sort> {
        let sort = |class| {
            if self.is_a(class, "Person") {
                Sort::Person
            } else if self.is_a(class, "Organization") {
                Sort::Organization
            } else {
                Sort::Other
            }
        };
        let compatible = one.zip(other).is_none_or(|(one, other)| self.may_be(one, other));
        compatible.then(|| sort(one.or(other)))
    }

    /// Whether one thing can be of both classes.
    pub fn may_be(&self, one: ClassId, other: ClassId) -> bool {
        self.lexicon.ontology().may_meet(one, &vec![vec![other]])
    }

    fn gender_of(&self, mention: &Mention, name: &Name) -> Option<Gender> {
        if !self.is_a(mention.class, "Person") {
            return None;
        }
        let before = mention.tokens.start.0.checked_sub(1).map(|id| self.parsed.text(TokenId(id)));
        let first = self.parsed.text(mention.tokens.start);
        for title in [Some(first), before].into_iter().flatten() {
            match title.trim_end_matches('.') {
                "Mr" | "Sir" | "King" | "Prince" | "Lord" => return Some(Gender::Masculine),
                "Mrs" | "Ms" | "Miss" | "Queen" | "Princess" | "Dame" | "Lady" => {
                    return Some(Gender::Feminine);
                }
                _ => {}
            }
        }
        match gazetteer::given_name_gender(name.given()?)? {
            gazetteer::GivenNameGender::Feminine => Some(Gender::Feminine),
            gazetteer::GivenNameGender::Masculine => Some(Gender::Masculine),
            gazetteer::GivenNameGender::Either => None,
        }
    }

    /// "founder Mira Holt", "Juno, a participant", "Finch is a company".
    fn tie_by_grammar(&mut self, id: MentionId) {
        let mention = self.mention(id);
        if mention.number == Some(Number::Plural) {
            return;
        }
        let sentence = self.sentence(id);
        if self.parsed.document().role_of(sentence) == Role::Headline {
            return; // Capitals everywhere mislead the parser.
        }
        let subjects = self
            .parsed
            .enhanced(sentence)
            .below(mention.head)
            .iter()
            .filter(|edge| edge.role == EdgeRole::Subject);
        let named = subjects.filter_map(|edge| self.name_at[edge.dependent.index()]).next();
        let named = named.or_else(|| self.apposed(mention));
        let Some(entity) = named.and_then(|name| self.ties[name.index()]).map(|tie| tie.entity) else {
            return;
        };
        let draft = &self.drafts[entity.index()];
        let compatible = draft.class.zip(mention.class).is_none_or(|(one, other)| self.may_be(one, other));
        let fits = compatible || !draft.is_class_sure;
        let negated = self.parsed.children(mention.head).any(|child| {
            matches!(self.parsed.lemma(child), "not" | "n't" | "never" | "no")
                && self.parsed.word(child).deprel != Deprel::Punct
        });
        if fits && !negated {
            self.tie(id, entity, "apposition");
            let noun = self.parsed.lemma(mention.head).to_lowercase();
            self.drafts[entity.index()].nouns.push(noun);
        }
    }

    /// "Juno, a participant", "the company Finch": a name beside a noun, as written, whatever the parser made of it.
    fn apposed(&self, mention: &Mention) -> Option<MentionId> {
        let mut next = TokenId(mention.head.0 + 1);
        let after = self.parsed.sentence_around(mention.head).end;
        if next < after && is_quotation_mark(self.parsed.text(next)) {
            next.0 += 1;
        }
        let name = self.name_at.get(next.index()).copied().flatten();
        let called = |name: &MentionId| {
            let name = self.mention(*name);
            name.tokens.start == next && name.is_class_sure && name.class == mention.class
        };
        if let Some(name) = name.filter(called) {
            return Some(name);
        }
        let start = mention.tokens.start;
        let comma = TokenId(start.0.checked_sub(1)?);
        let before = TokenId(start.0.checked_sub(2)?);
        let determined = self.parsed.word(start).deprel == Deprel::Det
            || self.parsed.word(start).deprel == Deprel::NmodPoss;
        let joined = determined
            && self.parsed.text(comma) == ","
            && self.sentence_of(before) == self.sentence_of(start);
        joined.then(|| self.name_at[before.index()]).flatten()
    }

    fn sentence_of(&self, word: TokenId) -> SentenceId {
        self.parsed.document().sentence_of(word)
    }

    /// "The short film" is the latest film; "the director" is whoever was called a director.
    fn add_description(&mut self, id: MentionId) {
        let mention = self.mention(id);
        if mention.number == Some(Number::Plural) || !self.is_anaphoric(mention) {
            return;
        }
        let noun = self.parsed.lemma(mention.head).to_lowercase();
        let here = self.sentence(id);
        let mut best: Option<(f32, MentionId, EntityId, &'static str)> = None;
        for (entity, last) in self.recent(id, DESCRIPTION_REACH) {
            let draft = &self.drafts[entity.index()];
            if self.mention(*draft.mentions.first().unwrap_or(&last)).kind == Kind::Article {
                continue;
            }
            let distance = here.0 - self.sentence(last).0;
            let rule = if draft.nouns.contains(&noun) {
                "same noun"
            } else if self.is_kind_of(draft, mention) {
                "class"
            } else {
                continue;
            };
            let known = draft.class.zip(mention.class);
            let exact = known.is_some_and(|(known, class)| self.lexicon.ontology().is_a(known, class));
            let prominence = self.prominence(draft, id) - distance as f32 + if exact { 1.5 } else { 0.0 };
            if best.is_none_or(|(most, at, ..)| (prominence, last) > (most, at)) {
                best = Some((prominence, last, entity, rule));
            }
        }
        if let Some((.., entity, rule)) = best {
            self.tie(id, entity, rule);
            self.drafts[entity.index()].nouns.push(noun);
        }
    }

    /// The entities mentioned before a mention, at most so many sentences back, each with the last mention of it.
    pub(super) fn recent(&self, id: MentionId, reach: u32) -> Vec<(EntityId, MentionId)> {
        let here = self.sentence(id).0;
        let mut recent: Vec<(EntityId, MentionId)> = Vec::new();
        for index in (0..id.0).rev() {
            let before = MentionId(index);
            if here.saturating_sub(self.sentence(before).0) > reach {
                break;
            }
            let tie = self.ties[before.index()];
            if let Some(tie) = tie.filter(|tie| recent.iter().all(|(known, _)| *known != tie.entity)) {
                recent.push((tie.entity, before));
            }
        }
        recent
    }

    /// How much an entity is what the text is about, so far: as many sentences as its mentions are worth.
    fn prominence(&self, draft: &Draft, before: MentionId) -> f32 {
        let seen = draft.mentions.partition_point(|other| *other < before);
        let first = draft.mentions.first().filter(|_| seen > 0);
        let headlined = first
            .is_some_and(|first| self.parsed.document().role_of(self.sentence(*first)) == Role::Headline);
        0.5 * seen.min(4) as f32 + if headlined { 2.0 } else { 0.0 }
    }

    /// Whether a description points back: with an article or demonstrative, and nothing that makes it something new.
    fn is_anaphoric(&self, mention: &Mention) -> bool {
        let mut definite = false;
        for child in self.parsed.children(mention.head) {
            match self.parsed.word(child).deprel {
                Deprel::Det => {
                    definite |= matches!(&*self.parsed.lemma(child).to_lowercase(), "the" | "this" | "that")
                }
                Deprel::NmodPoss
                | Deprel::Nmod
                | Deprel::AclRelcl
                | Deprel::Acl
                | Deprel::Compound
                | Deprel::Nummod => return false,
                Deprel::Amod if is_ordinal_or_other(self.parsed.lemma(child)) => return false,
                _ => {}
            }
        }
        definite
    }

    /// Persons and places are too many for their class alone to tell which is meant.
    fn is_kind_of(&self, draft: &Draft, mention: &Mention) -> bool {
        let (Some(known), Some(class)) = (draft.class, mention.class) else { return false };
        let ontology = self.lexicon.ontology();
        let general = ["Person", "Place", "Event"].iter().any(|local| self.is_a(Some(class), local));
        let related = ontology.is_a(known, class) || ontology.is_a(class, known);
        // A company may be called an organization and no more; a team or a school is known for one.
        let special = ontology.is_a(class, known) && class != known;
        let told = !special || !self.is_a(Some(known), "Organization") || self.is_a(Some(class), "Company");
        related && told && !general && !draft.names.is_empty()
    }
}

fn is_ordinal_or_other(lemma: &str) -> bool {
    [
        "other", "same", "new", "first", "second", "third", "next", "last", "previous", "latest", "whole",
        "former",
    ]
    .contains(&lemma)
}
