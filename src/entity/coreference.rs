//! Coreference: which entity each mention refers to.
//!
//! Names come first, then descriptions that the grammar ties to a name, then descriptions and pronouns in the order of
//! the text. "The company" is the latest company; for the others, of the entities that nothing forbids, a network finds
//! the likeliest, or none. A wrong merge is worse than a missed one.

mod candidate;
mod description;
#[cfg(test)]
mod example;
mod feature;
mod gender;
mod group;
mod late;
mod namesake;
pub mod network;
pub mod profile;
mod pronoun;
mod quotation;
mod relative;

use std::collections::HashMap;

use super::naming::{self, Name, Sort as NameSort};
use super::{EntityId, Tie};
use crate::document::{Role, SentenceId, TokenId};
use crate::lexicon::Lexicon;
use crate::mention::description::{is_quotation_mark, is_said_of};
use crate::mention::{Gender, Kind, Mention, MentionId, Number, demonym};
use crate::ontology::ClassId;
use crate::syntax::enhanced::Role as EdgeRole;
use crate::syntax::{Deprel, Parsed};
pub(super) use group::Shared;
pub use network::ByNetwork;
use network::Features;
use profile::{Form, Profile, Sort};

/// An entity while it grows.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub mentions: Vec<MentionId>,
    pub names: Vec<Name>,
    pub class: Option<ClassId>,
    /// Whether the class is more than a guess.
    pub is_class_sure: bool,
    sort: Sort,
    gender: Option<Gender>,
    /// The gender that a word suggests which may be a surname as well.
    leaning: Option<Gender>,
    number: Option<Number>,
    /// Whether it is "I", "we" or "you".
    speech: Option<Form>,
    /// Nouns that were said of it, hashed, each with the latest mention that says so.
    nouns: Vec<(u32, MentionId)>,
    /// Whether another of its name is what the text is about: "Otto Lang, the son of Otto Lang".
    is_namesake: bool,
    /// How many names of the whole text mean it.
    named: u32,
    /// What was read of it so far.
    seen: Seen,
}

/// What the mentions of a document refer to.
pub(super) struct Resolved {
    pub drafts: Vec<Draft>,
    /// For each mention that was found.
    pub ties: Vec<Option<Tie>>,
    pub shared: Vec<Shared>,
}

/// How an entity was mentioned up to the point where the reader is.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    count: u32,
    last: Option<MentionId>,
    first: Option<SentenceId>,
    as_subject: Option<SentenceId>,
}

/// What a mention may refer to.
#[derive(Clone, Debug)]
pub struct Choice<'d> {
    /// The mentions of an entity; none of something new.
    pub mentions: &'d [MentionId],
    pub is_named: bool,
    pub features: Features,
}

/// Who decides what mentions refer to: the network, or what trains it.
pub trait Judge {
    /// Picks one of the choices, the first of which is something that was not mentioned before.
    fn choose(&mut self, mention: MentionId, form: Form, choices: &[Choice]) -> usize;
}

pub(super) struct Resolver<'a, 's> {
    parsed: &'a Parsed<'s>,
    lexicon: &'a Lexicon,
    mentions: &'a [Mention],
    profiles: Vec<Profile>,
    drafts: Vec<Draft>,
    ties: Vec<Option<Tie>>,
    /// The name mention that covers each token.
    name_at: Vec<Option<MentionId>>,
    /// The entity whose mention each token heads.
    entity_at: Vec<Option<EntityId>>,
    /// Mentions in the order in which they are read: by their heads, so that "her" comes before "her film".
    order: Vec<MentionId>,
    /// For each token, the number of the quotation that it stands in, or 0.
    quoted: Vec<u32>,
    /// The drafts that some key of a name leads to, in rising order.
    by_key: HashMap<String, Vec<u32>>,
    /// The drafts of which a noun was said, in the order of the text.
    by_noun: HashMap<u32, Vec<EntityId>>,
    /// What refers to several things.
    shared: Vec<Shared>,
    /// The first entities that were read of, in this order.
    met: Vec<EntityId>,
    /// The latest pronoun of each form.
    latest: [Option<MentionId>; Form::COUNT],
}

impl<'a, 's> Resolver<'a, 's> {
    pub fn new(parsed: &'a Parsed<'s>, mentions: &'a [Mention], lexicon: &'a Lexicon) -> Self {
        let mut name_at = vec![None; parsed.words().len()];
        for (index, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.kind == Kind::Name)
        {
            name_at[mention.tokens.indices()].fill(Some(MentionId(index as u32)));
        }
        let quoted = quotation::quoted(parsed);
        let profiles: Vec<Profile> =
            mentions.iter().map(|mention| Profile::of(parsed, lexicon, mention, &quoted)).collect();
        let mut order: Vec<MentionId> = (0..mentions.len() as u32).map(MentionId).collect();
        order.sort_by_key(|id| (mentions[id.index()].head, *id));
        Self {
            parsed,
            lexicon,
            mentions,
            profiles,
            drafts: Vec::new(),
            ties: vec![None; mentions.len()],
            name_at,
            entity_at: vec![None; parsed.words().len()],
            order,
            quoted,
            by_key: HashMap::new(),
            by_noun: HashMap::new(),
            shared: Vec::new(),
            met: Vec::new(),
            latest: [None; Form::COUNT],
        }
    }

    /// The latest mention of an entity by a noun.
    fn called(&self, draft: &Draft, noun: u32) -> Option<MentionId> {
        draft.nouns.iter().find(|(known, _)| *known == noun).map(|(_, id)| *id)
    }

    pub fn resolve(mut self, judge: &mut dyn Judge) -> Resolved {
        for index in 0..self.mentions.len() as u32 {
            match self.mention(MentionId(index)).kind {
                Kind::Name => self.add_name(MentionId(index)),
                Kind::Article => self.start(MentionId(index), "article"),
                _ => {}
            }
        }
        for index in 0..self.mentions.len() as u32 {
            if self.mention(MentionId(index)).kind == Kind::Description {
                self.tie_by_grammar(MentionId(index));
            }
        }
        for position in 0..self.order.len() {
            let id = self.order[position];
            let refers = !matches!(self.mention(id).kind, Kind::Value(_) | Kind::Term);
            if self.ties[id.index()].is_none() && refers && !self.share(id) {
                self.decide(position, judge);
            }
            self.name_late(id);
            self.see(id);
        }
        self.share_numerals();
        self.add_terms();
        self.without_strangers()
    }

    /// The drafts without those that nothing names and that one mention alone refers to.
    fn without_strangers(self) -> Resolved {
        let is_known = |draft: &Draft| {
            let Some(first) = draft.mentions.first() else { return false };
            let first = self.mentions[first.index()].kind.clone();
            draft.mentions.len() > 1 || matches!(first, Kind::Name | Kind::Article | Kind::Term)
        };
        let mut numbers = vec![None; self.drafts.len()];
        let mut known = Vec::new();
        for (index, draft) in self.drafts.into_iter().enumerate() {
            if is_known(&draft) {
                numbers[index] = Some(EntityId(known.len() as u32));
                known.push(draft);
            }
        }
        let renumbered = |tie: Tie| Some(Tie { entity: numbers[tie.entity.index()]?, ..tie });
        let mut shared = self.shared;
        for shared in &mut shared {
            shared.members = shared.members.iter().filter_map(|member| numbers[member.index()]).collect();
        }
        shared.retain(|shared| shared.members.len() > 1);
        let ties = self.ties.into_iter().map(|tie| tie.and_then(renumbered)).collect();
        Resolved { drafts: known, ties, shared }
    }

    fn mention(&self, id: MentionId) -> &'a Mention {
        &self.mentions[id.index()]
    }

    fn profile(&self, id: MentionId) -> &Profile {
        &self.profiles[id.index()]
    }

    fn sentence(&self, id: MentionId) -> SentenceId {
        self.profile(id).sentence
    }

    fn is_a(&self, class: Option<ClassId>, local: &str) -> bool {
        self.lexicon.is_core(class, local)
    }

    /// Passes a mention: from here on, its entity was mentioned once more.
    fn see(&mut self, id: MentionId) {
        let Some(tie) = self.ties[id.index()] else { return };
        let profile = &self.profiles[id.index()];
        let draft = &mut self.drafts[tie.entity.index()];
        if profile.form == Form::Relative {
            return;
        }
        self.latest[profile.form as usize] = Some(id);
        if draft.seen.count == 0 {
            self.met.push(tie.entity);
        }
        draft.seen.count += 1;
        // What is said of a name beside it leaves the name where it stands: "Park, the director, ..."
        let is_beside = tie.rule == "apposition"
            && draft.seen.last.is_some_and(|last| self.profiles[last.index()].sentence == profile.sentence);
        if !is_beside {
            draft.seen.last = Some(id);
        }
        draft.seen.first = draft.seen.first.or(Some(profile.sentence));
        if profile.is_subject() {
            draft.seen.as_subject = Some(profile.sentence);
        }
        if profile.form.is_pronoun() || profile.form == Form::Article {
            return;
        }
        match draft.nouns.iter_mut().find(|(noun, _)| *noun == profile.noun) {
            Some((_, latest)) => *latest = id,
            None => {
                draft.nouns.push((profile.noun, id));
                self.by_noun.entry(profile.noun).or_default().push(tie.entity);
            }
        }
    }

    fn start(&mut self, id: MentionId, rule: &'static str) {
        let entity = EntityId(self.drafts.len() as u32);
        self.drafts.push(Draft {
            mentions: Vec::new(),
            names: Vec::new(),
            class: None,
            is_class_sure: false,
            sort: Sort::Unknown,
            gender: None,
            leaning: None,
            number: None,
            speech: None,
            nouns: Vec::new(),
            is_namesake: false,
            named: 0,
            seen: Seen::default(),
        });
        self.tie(id, entity, rule);
    }

    fn tie(&mut self, id: MentionId, entity: EntityId, rule: &'static str) {
        let mention = self.mention(id);
        let Profile { number, form, .. } = *self.profile(id);
        let draft = &mut self.drafts[entity.index()];
        let at = draft.mentions.partition_point(|other| *other < id);
        draft.mentions.insert(at, id);
        draft.gender = draft.gender.or(mention.gender);
        if draft.class.is_none() || (!draft.is_class_sure && mention.is_class_sure && rule == "apposition") {
            draft.class = mention.class.or(draft.class);
        }
        draft.is_class_sure |= mention.is_class_sure && mention.class.is_some();
        draft.number = draft.number.or(number);
        draft.named += u32::from(mention.kind == Kind::Name);
        draft.speech = draft.speech.or(Some(form).filter(|form| form.is_of_speech()));
        draft.sort = Sort::of(self.lexicon, draft.class);
        if mention.kind != Kind::Article {
            self.entity_at[mention.head.index()] = Some(entity);
        }
        self.ties[id.index()] = Some(Tie { entity, rule });
    }

    /// A name joins the latest entity that it can name.
    fn add_name(&mut self, id: MentionId) {
        let mention = self.mention(id);
        let name = Name::of(self.parsed, mention.tokens);
        if name.is_empty() {
            return;
        }
        let is_person = self.is_a(mention.class, "Person");
        let (gender, leaning) =
            if is_person { gender::of(self.parsed, mention, &name) } else { (None, None) };
        let parted = self.namesake(id);
        let mut near: Vec<u32> =
            name.keys().filter_map(|key| self.by_key.get(&key)).flatten().copied().collect();
        near.sort_unstable_by(|one, other| other.cmp(one));
        near.dedup();
        let found = near.into_iter().filter_map(|index| {
            let draft = &self.drafts[index as usize];
            if parted || draft.is_namesake {
                return None;
            }
            // One text gives one name to one thing, whatever the recognizer took it for here and there.
            let sort = self.common_sort(draft.class, mention.class).unwrap_or(NameSort::Other);
            // Who is first called in short is another than who is called at length later: "the Football Association" may
            // not be that of Norway.
            let grows = |known: &Name| known.len() < name.len();
            let rule = draft.names.iter().find_map(|known| {
                naming::same(known, &name, sort).filter(|rule| *rule != "first part" || !grows(known))
            })?;
            let agrees = draft.gender.zip(gender).is_none_or(|(one, other)| one == other);
            Some((index, rule, draft.names.contains(&name)))
                .filter(|_| agrees && self.fits_all(draft, &name, sort, rule))
        });
        let bracketed = || self.bracketed(mention).map(|entity| (entity.0, "acronym"));
        match naming::choose(&found.collect::<Vec<_>>()).or_else(bracketed) {
            Some((index, rule)) => self.tie(id, EntityId(index), rule),
            None => self.start(id, "name"),
        }
        let tied = self.ties[id.index()].expect("just tied").entity;
        let draft = &mut self.drafts[tied.index()];
        draft.gender = draft.gender.or(gender);
        draft.leaning = draft.leaning.or(leaning);
        draft.is_namesake |= parted;
        if !draft.names.contains(&name) {
            for key in name.keys() {
                self.by_key.entry(key).or_default().push(tied.0);
            }
            draft.names.push(name);
        }
    }

    /// "Union of Rowers (RUW)", "RUW (Union of Rowers)": what the name before the brackets names.
    fn bracketed(&self, mention: &Mention) -> Option<EntityId> {
        let before = |count: u32| mention.tokens.start.0.checked_sub(count).map(TokenId);
        let opens = before(1).is_some_and(|token| self.parsed.text(token) == "(");
        let other = self.name_at[before(2).filter(|_| opens)?.index()]?;
        let names = [mention, self.mention(other)].map(|mention| Name::of(self.parsed, mention.tokens));
        let fits = names[0].shares_letters(&names[1]) && !self.is_a(mention.class, "Person");
        self.ties[other.index()].filter(|_| fits).map(|tie| tie.entity)
    }

    /// A term is what a name of the same words names, or what the same term is elsewhere.
    fn add_terms(&mut self) {
        let document = self.parsed.document();
        let of_kind = |kind: Kind| -> Vec<(MentionId, String)> {
            let ids = (0..self.mentions.len() as u32).map(MentionId);
            let mentions = ids.map(|id| (id, self.mention(id))).filter(|(_, mention)| mention.kind == kind);
            let words = |mention: &Mention| {
                let text = document.slice(document.span(mention.tokens));
                demonym::country(mention, text).unwrap_or(text).to_lowercase()
            };
            mentions.map(|(id, mention)| (id, words(mention))).collect()
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
    fn fits_all(&self, draft: &Draft, name: &Name, sort: NameSort, rule: &str) -> bool {
        let full = |known: &&Name| known.len() > 1 && (name.len() > 1 || sort != NameSort::Person);
        (sort != NameSort::Person && !naming::is_weak(rule))
            || draft.names.iter().filter(full).all(|known| naming::same(known, name, sort).is_some())
    }

    fn common_sort(&self, one: Option<ClassId>, other: Option<ClassId>) -> Option<NameSort> {
        let sort = |class| {
            if self.is_a(class, "Person") {
                NameSort::Person
            } else if self.is_a(class, "Organization") {
                NameSort::Organization
            } else if self.is_a(class, "Place") {
                NameSort::Place
            } else if self.is_a(class, "Event") {
                NameSort::Event
            } else {
                NameSort::Other
            }
        };
        let compatible = one.zip(other).is_none_or(|(one, other)| self.may_be(one, other));
        compatible.then(|| sort(one.or(other)))
    }

    /// Whether one thing can be of both classes.
    fn may_be(&self, one: ClassId, other: ClassId) -> bool {
        self.lexicon.ontology().may_meet(one, &vec![vec![other]])
    }

    /// "founder Mira Holt", "Juno, a participant", "Finch is a company".
    fn tie_by_grammar(&mut self, id: MentionId) {
        let mention = self.mention(id);
        if mention.number == Some(Number::Plural) {
            return;
        }
        if !is_said_of(self.parsed, self.lexicon, mention.head) {
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
            && self.parsed.document().sentence_of(before) == self.parsed.document().sentence_of(start);
        joined.then(|| self.name_at[before.index()]).flatten()
    }
}
