//! Structure: facts that the layout of a text states, not its grammar.

use super::Found;
use super::check::Ends;
use crate::document::{Role, TokenId};
use crate::entity::Entities;
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::{self, PlaceKind};
use crate::mention::{Kind, MentionId};
use crate::ontology::{NAMESPACE, Property, PropertyId};
use crate::syntax::Parsed;

/// Headline, byline and dateline, dates of life in brackets, ages between commas, and places with the place they lie in.
pub fn find(parsed: &Parsed, entities: &Entities, lexicon: &Lexicon, ends: &Ends) -> Vec<Found> {
    let structure = Structure { parsed, entities, lexicon, ends };
    let mut found = structure.article();
    for (id, mention) in entities.mentions().filter(|(_, mention)| mention.kind == Kind::Name) {
        let after = mention.tokens.end;
        found.extend(structure.life(id, structure.past_post_nominals(after)));
        found.extend(structure.place(id, after));
        found.extend(structure.age(id, after));
    }
    found
}

struct Structure<'a, 's> {
    parsed: &'a Parsed<'s>,
    entities: &'a Entities,
    lexicon: &'a Lexicon,
    ends: &'a Ends<'a, 's>,
}

impl Structure<'_, '_> {
    fn property(&self, local: &str) -> Option<(PropertyId, &Property)> {
        let id = self.lexicon.ontology().property_named(&format!("{NAMESPACE}{local}"))?;
        Some((id, self.lexicon.ontology().property(id)))
    }

    fn fact(
        &self,
        local: &str,
        subject: MentionId,
        object: MentionId,
        rule: &str,
        confidence: f32,
    ) -> Option<Found> {
        let (property, told) = self.property(local)?;
        let rule = format!("{}/rule/{rule}", told.iri.as_str());
        Some(Found { property, subject, object, anchors: Vec::new(), rule, confidence, implicit: false })
    }

    /// Who wrote the article, when, and what its headline is about.
    fn article(&self) -> Vec<Found> {
        let is_article = |kind: &Kind| *kind == Kind::Article;
        let Some((article, _)) = self.entities.mentions().find(|(_, mention)| is_article(&mention.kind))
        else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (id, mention) in self.entities.mentions() {
            let sentence = self.parsed.document().sentence_of(mention.head);
            let fact = match (self.parsed.document().role_of(sentence), &mention.kind) {
                (Role::Byline, Kind::Name) => self
                    .property("authorOf")
                    .filter(|(_, property)| self.is_person(id) && self.ends.meets(id, &property.domain))
                    .and_then(|_| self.fact("authorOf", id, article, "byline", 0.95)),
                // The weekday beside a date says nothing more.
                (Role::Dateline, Kind::Value(literal))
                    if literal.datatype().as_str().ends_with("#date") && mention.tokens.len() > 1 =>
                {
                    self.fact("releasedOn", article, id, "dateline", 0.95)
                }
                (Role::Headline, Kind::Name) => self.fact("about", article, id, "headline", 0.8),
                _ => None,
            };
            found.extend(fact);
        }
        found
    }

    fn is_person(&self, id: MentionId) -> bool {
        self.lexicon.is_core(self.ends.class_of(id), "Person")
    }

    fn text(&self, token: TokenId) -> Option<&str> {
        (token.index() < self.parsed.words().len()).then(|| self.parsed.text(token))
    }

    /// Past the letters of "Ida Holt, MBA (born 1970)".
    fn past_post_nominals(&self, after: TokenId) -> TokenId {
        let [letters, next] = [TokenId(after.0 + 1), TokenId(after.0 + 2)];
        let is_short = |text: &str| text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let follow = self.text(after) == Some(",") && self.text(letters).is_some_and(is_short);
        if follow && self.text(next) == Some("(") { next } else { after }
    }

    /// "Thomas Thomson (4 December 1817 – 18 April 1878)", "(born 1968)".
    fn life(&self, person: MentionId, after: TokenId) -> Vec<Found> {
        if !self.is_person(person) || self.text(after) != Some("(") {
            return Vec::new();
        }
        let sentence = self.parsed.sentence_around(self.ends.mention(person).head);
        let inside: Vec<TokenId> = (after.0 + 1..sentence.end.0)
            .map(TokenId)
            .take(40)
            .take_while(|token| self.text(*token) != Some(")"))
            .collect();
        let has = |texts: &[&str]| {
            inside.iter().any(|token| texts.contains(&self.text(*token).unwrap_or_default()))
        };
        let mut dates: Vec<MentionId> = inside.iter().flat_map(|token| self.ends.values_at(*token)).collect();
        dates.dedup();
        dates.retain(|id| match &self.ends.mention(*id).kind {
            Kind::Value(literal) => ["#date", "#gYear", "#gYearMonth"]
                .iter()
                .any(|end| literal.datatype().as_str().ends_with(end)),
            _ => false,
        });
        let is_dash = |token: &TokenId| matches!(self.text(*token), Some("–" | "-" | "—" | "to"));
        let dash = inside.iter().position(is_dash);
        match (&dates[..], dash) {
            (&[born, died], Some(dash)) => {
                let (before, after) = inside.split_at(dash);
                // "(3 May 1920 in Lisbon – 4 June 1999, Oslo)"
                let places = [("bornIn", self.place_among(before)), ("diedIn", self.place_among(after))];
                let dates = [("bornOn", Some(born)), ("diedOn", Some(died))];
                let told = dates.into_iter().chain(places).filter_map(|(local, id)| Some((local, id?)));
                told.filter_map(|(local, id)| self.fact(local, person, id, "dates-of-life", 0.95)).collect()
            }
            (&[born], _) if has(&["born", "b."]) => {
                let told = [("bornOn", Some(born)), ("bornIn", self.place_after(born))];
                let told = told.into_iter().filter_map(|(local, id)| Some((local, id?)));
                told.filter_map(|(local, id)| self.fact(local, person, id, "dates-of-life", 0.95)).collect()
            }
            (&[died], _) if has(&["died", "d."]) => {
                self.fact("diedOn", person, died, "dates-of-life", 0.95).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// "(born 3 May 1920, Lisbon)"
    fn place_after(&self, date: MentionId) -> Option<MentionId> {
        let end = self.ends.mention(date).tokens.end;
        let start = if self.text(end) == Some(",") { TokenId(end.0 + 1) } else { end };
        self.name_from(start).filter(|id| self.is_place(*id))
    }

    /// The first place that is named in some words.
    fn place_among(&self, words: &[TokenId]) -> Option<MentionId> {
        let mut names = words.iter().flat_map(|word| self.ends.names_at(*word));
        names.find(|id| self.is_place(*id))
    }

    /// "Ada Park, 45, said so".
    fn age(&self, person: MentionId, after: TokenId) -> Option<Found> {
        let [number, close] = [TokenId(after.0 + 1), TokenId(after.0 + 2)];
        let bounded = self.text(after) == Some(",") && matches!(self.text(close), Some("," | "."));
        let age = bounded.then(|| self.ends.values_at(number).next()).flatten()?;
        let Kind::Value(literal) = &self.ends.mention(age).kind else { return None };
        let likely = literal.value().parse().is_ok_and(|years: u32| (1..=115).contains(&years));
        (likely && self.is_person(person))
            .then(|| self.fact("age", person, age, "age-in-commas", 0.9))
            .flatten()
    }

    /// "Naples, Italy".
    fn place(&self, inner: MentionId, after: TokenId) -> Option<Found> {
        if self.text(after) != Some(",") {
            return None;
        }
        let outer = self.name_from(TokenId(after.0 + 1))?;
        let mention = self.ends.mention(outer);
        if self.ends.same(inner, outer) || !self.is_place(inner) || !self.is_place(outer) {
            return None;
        }
        let (words, inner_words) = (self.words(outer), self.words(inner));
        let size = |words: &[&str]| match gazetteer::place(&words.join(" ")) {
            Some(PlaceKind::Continent) => 4,
            Some(PlaceKind::Country) => 3,
            Some(PlaceKind::Region) => 2,
            Some(PlaceKind::City) => 1,
            None => 0,
        };
        // "offices in Chile, Africa and Asia": by commas alone, nobody places anything in a continent.
        let nested = [2, 3].contains(&size(&words)) && size(&inner_words) < size(&words);
        // "offices in Paris, Texas, and Rome": a list goes on after the larger place with "and", or with one as large.
        let is_as_large = |name: MentionId| size(&self.words(name)) == size(&words);
        let is_list = match self.text(mention.tokens.end) {
            Some("and" | "or") => true,
            Some(",") => self.name_from(TokenId(mention.tokens.end.0 + 1)).is_some_and(is_as_large),
            _ => false,
        };
        (nested && !is_list).then(|| self.fact("locatedIn", inner, outer, "place-in-place", 0.85)).flatten()
    }

    /// The name that begins at a token.
    fn name_from(&self, token: TokenId) -> Option<MentionId> {
        let is_there = token.index() < self.parsed.words().len();
        let name = is_there.then(|| self.ends.names_at(token).next()).flatten();
        name.filter(|id| self.ends.mention(*id).tokens.start == token)
    }

    fn words(&self, id: MentionId) -> Vec<&str> {
        self.ends.mention(id).tokens.iter().map(|token| self.parsed.text(token)).collect()
    }

    fn is_place(&self, id: MentionId) -> bool {
        self.lexicon.is_core(self.ends.class_of(id), "Place")
    }
}
