//! Fillers: the mentions that may fill a place in a fact, with what tells them apart.

mod patchwork;

use std::collections::{BTreeMap, HashMap};

use crate::document::{SentenceId, TokenId, TokenRange};
use crate::entity::{Entities, EntityId};
use crate::lexicon::gazetteer::{self, PlaceKind};
use crate::mention::description::is_quotation_mark;
use crate::mention::{Kind, Mention, MentionId};
use crate::ontology::local_name;
use crate::syntax::Parsed;
use patchwork::{Names, is_patchwork};

/// A mention that may be the subject or object of a fact.
#[derive(Clone, Debug)]
pub struct Filler {
    pub mention: MentionId,
    pub entity: Option<EntityId>,
    pub tokens: TokenRange,
    pub head: TokenId,
    pub sentence: SentenceId,
    /// What the recognizer takes a name for, what datatype a value has, how a term is written.
    pub sort: &'static str,
    /// The text begins with it.
    pub is_topic: bool,
    /// No longer name or term holds it.
    pub is_maximal: bool,
    pub may_be_subject: bool,
    /// How many of its sort the text has that no longer one holds, up to three; and whether it is the first of them.
    pub peers: usize,
    pub is_first: bool,
    /// What a gazetteer or a nationality makes of it: "Country", "City"; "people" of a nationality; empty if unknown.
    pub known: &'static str,
    /// How many names that no longer one holds begin before it in the text, up to three.
    pub place: usize,
    /// A longer name elsewhere in the text begins or ends with its words.
    pub is_short: bool,
    /// The recognized name that it is a part of, by position.
    pub whole: Option<usize>,
    /// How often else the text says it, up to two.
    pub repeats: usize,
    /// The list that it is an item of ("oats, barley and rye"), by number.
    pub list: Option<usize>,
}

/// Every filler, in the order of the text.
pub fn find(parsed: &Parsed, entities: &Entities) -> Vec<Filler> {
    let mut fillers: Vec<Filler> =
        entities.mentions().filter_map(|(id, mention)| filler(parsed, entities, id, mention)).collect();
    let names = Names::of(&fillers);
    fillers.retain(|filler| !is_patchwork(parsed, &names, filler));
    mark_maximal(&mut fillers);
    for filler in &mut fillers {
        filler.may_be_subject = match filler.sort {
            "date" | "gYear" | "gYearMonth" | "number" | "string" => false,
            "lower" | "number term" => filler.is_topic || filler.is_maximal,
            "Mixed" => !is_part_of_another(parsed, filler.tokens),
            _ => true,
        };
    }
    mark_wholes(entities, &mut fillers);
    mark_peers(&mut fillers);
    mark_places(&mut fillers);
    mark_others(parsed, &mut fillers);
    mark_lists(parsed, &mut fillers);
    fillers
}

/// "operator of Elm Hall", "ingredient in Elm sauce": what a small noun says of a name is no name itself.
fn is_part_of_another(parsed: &Parsed, tokens: TokenRange) -> bool {
    let is_small = |token: TokenId| parsed.text(token).starts_with(char::is_lowercase);
    let joins = |token: TokenId| matches!(parsed.text(token), "of" | "in" | "at" | "for" | "from");
    is_small(tokens.start) && tokens.iter().any(joins)
}

impl Filler {
    /// Whether it has all words of a range and more.
    fn holds(&self, tokens: TokenRange) -> bool {
        self.tokens != tokens && self.tokens.start <= tokens.start && tokens.end <= self.tokens.end
    }

    /// Whether it is written or read as the name of something.
    pub fn is_name(&self) -> bool {
        !matches!(
            self.sort,
            "date" | "gYear" | "gYearMonth" | "number" | "string" | "lower" | "number term" | "pronoun"
        )
    }
}

fn mark_places(fillers: &mut [Filler]) {
    let mut starts: Vec<TokenId> = Vec::new();
    for filler in fillers.iter_mut() {
        let before = starts.iter().filter(|start| **start < filler.tokens.start).count();
        filler.place = before.min(3);
        if filler.is_maximal && filler.is_name() && starts.len() <= 3 {
            starts.push(filler.tokens.start);
        }
    }
}

/// Marks what the text names more fully elsewhere, and what it says again.
fn mark_others(parsed: &Parsed, fillers: &mut [Filler]) {
    let words = |tokens: TokenRange| -> Vec<String> {
        tokens.iter().map(|token| parsed.text(token).to_lowercase()).collect()
    };
    let mut same: HashMap<String, Vec<TokenRange>> = HashMap::new();
    let mut parts: HashMap<String, Vec<TokenRange>> = HashMap::new();
    for filler in fillers.iter().filter(|filler| filler.is_name()) {
        let words = words(filler.tokens);
        same.entry(words.join(" ")).or_default().push(filler.tokens);
        for cut in (1..words.len()).filter(|_| filler.is_maximal) {
            parts.entry(words[..cut].join(" ")).or_default().push(filler.tokens);
            parts.entry(words[cut..].join(" ")).or_default().push(filler.tokens);
        }
    }
    for filler in fillers.iter_mut().filter(|filler| filler.is_name()) {
        let own = filler.tokens;
        let text = words(own).join(" ");
        let elsewhere = |found: &HashMap<String, Vec<TokenRange>>| {
            found.get(&text).map_or(0, |others| others.iter().filter(|other| !other.overlaps(own)).count())
        };
        filler.is_short = elsewhere(&parts) > 0;
        filler.repeats = elsewhere(&same).min(2);
    }
}

fn mark_peers(fillers: &mut [Filler]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for filler in fillers.iter_mut().filter(|filler| filler.is_maximal) {
        let count = counts.entry(filler.sort).or_default();
        filler.is_first = *count == 0;
        *count += 1;
    }
    fillers
        .iter_mut()
        .for_each(|filler| filler.peers = counts.get(filler.sort).map_or(0, |count| (*count).min(3)));
}

/// Joins the items of each list: fillers with nothing but commas between them, and a conjunction before the last.
fn mark_lists(parsed: &Parsed, fillers: &mut [Filler]) {
    let is_comma = |token: TokenId| parsed.text(token) == ",";
    let is_and = |token: TokenId| ["and", "or", "&"].contains(&parsed.text(token));
    let whole: Vec<usize> = (0..fillers.len()).filter(|index| is_item(parsed, fillers, *index)).collect();
    let next = |end: TokenId| {
        let sentence = parsed.sentence_around(TokenId(end.0 - 1));
        let after =
            (end.0..sentence.end.0).map(TokenId).take_while(|token| is_comma(*token) || is_and(*token));
        let separators: Vec<TokenId> = after.take(2).collect();
        let start = TokenId(end.0 + separators.len() as u32);
        let item = whole.iter().copied().find(|item| fillers[*item].tokens.start == start)?;
        (!separators.is_empty()).then(|| (item, separators.into_iter().any(is_and)))
    };
    let mut lists: Vec<Vec<usize>> = Vec::new();
    for first in whole.iter().copied() {
        if lists.iter().any(|list| list.contains(&first)) {
            continue;
        }
        let mut list = vec![first];
        let mut closed = false;
        while let Some((item, is_last)) = next(fillers[list[list.len() - 1]].tokens.end).filter(|_| !closed) {
            list.push(item);
            closed = is_last;
        }
        if closed {
            lists.push(list);
        }
    }
    for (number, list) in lists.into_iter().enumerate() {
        list.into_iter().for_each(|item| fillers[item].list = Some(number));
    }
}

/// Whether a filler could be an item of a list: no other without a comma or conjunction holds it.
fn is_item(parsed: &Parsed, fillers: &[Filler], index: usize) -> bool {
    let single = |filler: &Filler| {
        !filler.tokens.iter().any(|token| [",", "and", "or", "&"].contains(&parsed.text(token)))
    };
    let own = fillers[index].tokens;
    fillers[index].sort != "pronoun"
        && single(&fillers[index])
        && !overlapping(fillers, index).any(|other| fillers[other].holds(own) && single(&fillers[other]))
}

fn filler(parsed: &Parsed, entities: &Entities, id: MentionId, mention: &Mention) -> Option<Filler> {
    let sort = match &mention.kind {
        Kind::Name => mention.recognized.map_or("Other", |class| class.as_str()),
        Kind::Term if is_place(parsed, mention.tokens) => "Place",
        Kind::Term => shape(parsed, mention.tokens),
        Kind::Value(literal) => match local_name(literal.datatype().as_str()) {
            "date" => "date",
            "gYear" => "gYear",
            "gYearMonth" => "gYearMonth",
            "integer" | "decimal" => "number",
            _ => "string",
        },
        Kind::Pronoun if entities.of(id).is_some_and(|entity| entities.entity(entity).name.is_some()) => {
            "pronoun"
        }
        Kind::Pronoun | Kind::Description | Kind::Article => return None,
    };
    let sentence = parsed.document().sentence_of(mention.tokens.start);
    Some(Filler {
        mention: id,
        entity: entities.of(id),
        tokens: mention.tokens,
        head: mention.head,
        sentence,
        sort,
        is_topic: sentence.0 == 0 && opens(parsed, mention.tokens.start),
        is_maximal: true,
        may_be_subject: true,
        known: known(parsed, mention.tokens),
        place: 0,
        is_short: false,
        whole: None,
        repeats: 0,
        peers: 0,
        is_first: false,
        list: None,
    })
}

/// Whether a term is a name with the places around it: "Ghent, Belgium".
fn is_place(parsed: &Parsed, tokens: TokenRange) -> bool {
    around(parsed, tokens).is_some_and(|around| !known(parsed, around).is_empty())
}

/// The place after the last comma of a name.
fn around(parsed: &Parsed, tokens: TokenRange) -> Option<TokenRange> {
    let comma = tokens.iter().rev().find(|token| parsed.text(*token) == ",")?;
    let around = TokenRange { start: TokenId(comma.0 + 1), end: tokens.end };
    let first = parsed.text(tokens.start);
    (!around.is_empty() && first.starts_with(char::is_uppercase)).then_some(around)
}

/// What the world knows of words: a place, or a nationality.
fn known(parsed: &Parsed, tokens: TokenRange) -> &'static str {
    let document = parsed.document();
    match gazetteer::place(document.slice(document.span(tokens))) {
        Some(PlaceKind::Continent) => "Continent",
        Some(PlaceKind::Country) => "Country",
        Some(PlaceKind::Region) => "Region",
        Some(PlaceKind::City) => "City",
        None => match around(parsed, tokens).map(|around| known(parsed, around)) {
            Some("Country") => "in a country",
            Some("Region") => "in a region",
            Some("" | "people") => "",
            Some(_) => "in a place",
            None => {
                let last = parsed.text(TokenId(tokens.end.0 - 1));
                if gazetteer::country_of_demonym(last).is_some() { "people" } else { "" }
            }
        },
    }
}

/// Whether nothing but an article or a quotation mark stands before it in its sentence.
fn opens(parsed: &Parsed, start: TokenId) -> bool {
    let sentence = parsed.sentence_around(start);
    let before = (sentence.start.0..start.0).map(|token| parsed.text(TokenId(token)));
    before.len() <= 2
        && before
            .into_iter()
            .all(|text| is_quotation_mark(text) || ["the", "a", "an"].contains(&text.to_lowercase().as_str()))
}

/// How a term is written: whether its words begin with capitals, and whether it holds digits.
fn shape(parsed: &Parsed, tokens: TokenRange) -> &'static str {
    let texts = || tokens.iter().map(|token| parsed.text(token));
    let first = parsed.text(tokens.start);
    let last = parsed.text(TokenId(tokens.end.0 - 1));
    let capital = |text: &str| text.starts_with(char::is_uppercase);
    // "Comet 5", "1. FC Elm", "Dusk (film)": what is beside a word in capitals counts as one.
    let titled = |text: &str| capital(text) || text.starts_with(|c: char| !c.is_alphabetic());
    if texts().all(|text| text.starts_with(|c: char| !c.is_alphabetic())) {
        "number term"
    } else if titled(first) && titled(last) && texts().any(capital) {
        "Title"
    } else if texts().any(capital) {
        "Mixed"
    } else {
        "lower"
    }
}

/// Marks what is a part of a recognized name.
fn mark_wholes(entities: &Entities, fillers: &mut [Filler]) {
    for index in 0..fillers.len() {
        let own = fillers[index].tokens;
        let is_whole = |other: &usize| {
            fillers[*other].holds(own) && entities.mention(fillers[*other].mention).kind == Kind::Name
        };
        let whole = overlapping(fillers, index).find(is_whole);
        fillers[index].whole = whole;
    }
}

fn mark_maximal(fillers: &mut [Filler]) {
    for index in 0..fillers.len() {
        let own = fillers[index].tokens;
        let is_held = overlapping(fillers, index).any(|other| fillers[other].holds(own));
        fillers[index].is_maximal = !is_held;
    }
}

/// The other fillers that share a word with one, in the order of the text.
pub(super) fn overlapping(fillers: &[Filler], index: usize) -> impl Iterator<Item = usize> + '_ {
    let own = fillers[index].tokens;
    let near = |other: &&Filler| other.tokens.start.0 + LONGEST > own.start.0;
    let first = index - fillers[..index].iter().rev().take_while(near).count();
    let others = (first..fillers.len()).take_while(move |other| fillers[*other].tokens.start < own.end);
    others.filter(move |other| *other != index && fillers[*other].tokens.overlaps(own))
}

/// In the order of the text a longer mention comes first, or begins before by no more than its length, in tokens.
const LONGEST: u32 = 16;
