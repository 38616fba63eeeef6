//! Entities: the things one document refers to, one each.

pub mod coreference;
pub mod naming;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::TokenRange;
use crate::lexicon::Lexicon;
use crate::mention::{Kind, Mention, MentionId, demonym};
use crate::ontology::ClassId;
use crate::syntax::Parsed;

/// An entity, by its position in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// What one document refers to, by one or more mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// In the order of the text, never empty.
    pub mentions: Vec<MentionId>,
    /// The fullest name it is given; `None` where only pronouns or descriptions refer to it.
    pub name: Option<String>,
    /// Its other names, sorted.
    pub other_names: Vec<String>,
    pub class: Option<ClassId>,
    /// Whether some mention tells the class for sure.
    pub is_class_sure: bool,
}

/// Mentions, and the entities they refer to.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
    /// For each mention its entity (values have none) and the rule that tied it there.
    ties: Vec<Option<Tie>>,
}

/// Why a mention belongs to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    pub entity: EntityId,
    /// A word for the rule: "name", "surname", "apposition", "pronoun", ...
    pub rule: &'static str,
}

impl EntityId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Entities {
    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.mentions[id.index()]
    }
    pub fn mentions(&self) -> impl ExactSizeIterator<Item = (MentionId, &Mention)> {
        self.mentions.iter().enumerate().map(|(i, mention)| (MentionId(i as u32), mention))
    }
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }
    pub fn entities(&self) -> impl ExactSizeIterator<Item = (EntityId, &Entity)> {
        self.entities.iter().enumerate().map(|(i, entity)| (EntityId(i as u32), entity))
    }
    pub fn tie(&self, id: MentionId) -> Option<Tie> {
        self.ties[id.index()]
    }
    /// The entity that a mention refers to.
    pub fn of(&self, id: MentionId) -> Option<EntityId> {
        self.tie(id).map(|tie| tie.entity)
    }
}

/// Mentions and entities that are given; each mention has a tie, or `None` for a value.
pub fn given(mentions: Vec<Mention>, entities: Vec<Entity>, ties: Vec<Option<Tie>>) -> Entities {
    Entities { mentions, entities, ties }
}

/// Decides which mentions refer to the same thing.
///
/// A pronoun or description that nothing resolves belongs to no entity.
pub fn resolve(parsed: &Parsed, mentions: Vec<Mention>, lexicon: &Lexicon) -> Entities {
    resolve_by(
        parsed,
        mentions,
        lexicon,
        &mut coreference::ByNetwork(coreference::network::Network::builtin()),
    )
}

/// The same, where another than the built-in network decides.
pub fn resolve_by(
    parsed: &Parsed,
    mentions: Vec<Mention>,
    lexicon: &Lexicon,
    judge: &mut dyn coreference::Judge,
) -> Entities {
    let resolved = coreference::Resolver::new(parsed, &mentions, lexicon).resolve(judge);
    let (mentions, drafts, ties) = share(mentions, resolved);
    let entities = drafts.into_iter().map(|draft| entity(parsed, &mentions, lexicon, draft)).collect();
    Entities { mentions, entities, ties }
}

/// Tells what refers to several things once for each of them.
fn share(
    mentions: Vec<Mention>,
    resolved: coreference::Resolved,
) -> (Vec<Mention>, Vec<coreference::Draft>, Vec<Option<Tie>>) {
    let coreference::Resolved { mut drafts, ties, shared } = resolved;
    if shared.is_empty() {
        return (mentions, drafts, ties);
    }
    let replaced: BTreeSet<MentionId> = shared.iter().filter_map(|one| one.found).collect();
    let ids = (0..mentions.len() as u32).map(MentionId);
    let mut tied: Vec<(Mention, Option<Tie>)> = ids
        .zip(mentions.into_iter().zip(ties))
        .filter(|(id, _)| !replaced.contains(id))
        .map(|(_, tied)| tied)
        .collect();
    for one in shared {
        let tie = |entity: &EntityId| Some(Tie { entity: *entity, rule: "coordination" });
        tied.extend(one.members.iter().map(|entity| (one.mention.clone(), tie(entity))));
    }
    tied.sort_by_key(|(mention, _)| (mention.tokens.start, Reverse(mention.tokens.end)));
    drafts.iter_mut().for_each(|draft| draft.mentions.clear());
    for (index, (_, tie)) in tied.iter().enumerate() {
        if let Some(tie) = tie {
            drafts[tie.entity.index()].mentions.push(MentionId(index as u32));
        }
    }
    let (mentions, ties) = tied.into_iter().unzip();
    (mentions, drafts, ties)
}

fn entity(parsed: &Parsed, mentions: &[Mention], lexicon: &Lexicon, draft: coreference::Draft) -> Entity {
    let named =
        |id: &&MentionId| matches!(mentions[id.index()].kind, Kind::Name | Kind::Article | Kind::Term);
    let names = draft.mentions.iter().filter(named);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in names {
        let mention = &mentions[id.index()];
        let text = if mention.kind == Kind::Article {
            on_one_line(parsed, mention.tokens)
        } else {
            let name = name_text(parsed, mention.tokens);
            demonym::country(mention, &name).map_or(name, str::to_owned)
        };
        *counts.entry(text).or_default() += 1;
    }
    let fullest = counts.iter().max_by_key(|(name, count)| {
        (spelled_out(name), name.split(' ').count(), **count, Reverse(name.len()))
    });
    let name = fullest.map(|(name, _)| name.clone());
    let other_names = counts.into_keys().filter(|other| Some(other) != name.as_ref()).collect();
    let class = class(mentions, lexicon, &draft);
    let agrees = |mention: &Mention| {
        mention.is_class_sure
            && class.zip(mention.class).is_some_and(|(class, told)| lexicon.ontology().is_a(class, told))
    };
    let is_class_sure = draft.mentions.iter().any(|id| agrees(&mentions[id.index()]));
    Entity { mentions: draft.mentions, name, other_names, class, is_class_sure }
}

/// How many words of a name are more than an initial: "Ada Lin Park" says more than "A. L. Park".
fn spelled_out(name: &str) -> usize {
    let is_initial = |word: &&str| word.trim_end_matches('.').chars().count() <= 1;
    name.split(' ').filter(|word| !is_initial(word)).count()
}

/// A name as written, on one line, without the quotation marks or the possessive around it.
fn name_text(parsed: &Parsed, tokens: TokenRange) -> String {
    let text = on_one_line(parsed, tokens);
    let text = text.strip_suffix("'s").or_else(|| text.strip_suffix("\u{2019}s")).unwrap_or(&text);
    text.trim_matches(|c: char| "\"\u{201c}\u{201d},".contains(c)).to_owned()
}

fn on_one_line(parsed: &Parsed, tokens: TokenRange) -> String {
    let text = parsed.document().slice(parsed.document().span(tokens));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The class that most names show, made more precise by what descriptions call the thing.
fn class(mentions: &[Mention], lexicon: &Lexicon, draft: &coreference::Draft) -> Option<ClassId> {
    let ontology = lexicon.ontology();
    let mut votes: BTreeMap<ClassId, usize> = BTreeMap::new();
    for id in &draft.mentions {
        let mention = &mentions[id.index()];
        if let (Kind::Name | Kind::Article, Some(class)) = (&mention.kind, mention.class) {
            *votes.entry(class).or_default() += 1;
        }
    }
    let voted =
        votes.iter().max_by_key(|(class, count)| (**count, Reverse(**class))).map(|(class, _)| *class);
    let described = draft.mentions.iter().map(|id| &mentions[id.index()]);
    let mut finer: BTreeMap<ClassId, usize> = BTreeMap::new();
    for class in
        described.filter(|mention| mention.kind == Kind::Description).filter_map(|mention| mention.class)
    {
        *finer.entry(class).or_default() += 1;
    }
    let overruled = |(voted, told)| !ontology.may_meet(voted, &vec![vec![told]]);
    let known = match voted.zip(draft.class) {
        Some(pair) if draft.is_class_sure && overruled(pair) => draft.class,
        _ => voted.or(draft.class),
    };
    finer.retain(|class, _| known.is_none_or(|known| ontology.is_a(*class, known)));
    let finest = finer.into_iter().max_by_key(|(class, count)| (*count, Reverse(*class)));
    finest.map(|(class, _)| class).or(known)
}
