//! Groups: "they", "the couple" and "both" where these mean persons that the text names side by side.
//!
//! What is said of such a group is said of each of its members, so the mention is told once for each. Where anything
//! else might be meant, the group is left alone: three wrong facts at once are worse than three missed ones.

use super::Resolver;
use super::profile::{Form, Sort};
use crate::document::{SentenceId, TokenId, TokenRange};
use crate::entity::EntityId;
use crate::mention::{Kind, Mention, MentionId, Number};
use crate::syntax::Deprel;

/// A mention of several things.
#[derive(Clone, Debug)]
pub struct Shared {
    pub mention: Mention,
    /// The same among the mentions that were found; `None` for words that are one only because of the group.
    pub found: Option<MentionId>,
    pub members: Vec<EntityId>,
}

/// Nouns and numerals for a group, and how many belong to it.
const NOUNS: &[(&str, usize)] =
    &[("couple", 2), ("pair", 2), ("duo", 2), ("two", 2), ("both", 2), ("trio", 3), ("three", 3)];

/// Verbs that make a couple of their subject and object.
const COUPLING: &[&str] = &["marry", "wed", "divorce"];

/// How many sentences back a group may be named.
const REACH: u32 = 1;

impl Resolver<'_, '_> {
    /// Notes a mention as one of a group, if it is.
    pub(super) fn share(&mut self, id: MentionId) -> bool {
        let (form, mention) = (self.profile(id).form, self.mention(id));
        let count = match form {
            Form::They => None,
            Form::Definite => match count(self.parsed.lemma(mention.head)) {
                None => return false,
                told => told,
            },
            _ => return false,
        };
        let Some(members) = self.group_before(mention.head, count) else { return false };
        self.shared.push(Shared { mention: mention.clone(), found: Some(id), members });
        true
    }

    /// "The two" and "both", which stand for persons only where a group was named.
    pub(super) fn share_numerals(&mut self) {
        for index in 0..self.parsed.words().len() as u32 {
            let word = TokenId(index);
            let count = match self.parsed.text(word) {
                "two" | "three" => self.parsed.text(TokenId(index.max(1) - 1)).to_lowercase() == "the",
                "both" | "Both" => true,
                _ => false,
            };
            let deprel = self.parsed.word(word).deprel;
            if !count || !matches!(deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj) {
                continue;
            }
            let text = self.parsed.text(word).to_lowercase();
            if let Some(members) = self.group_before(word, self::count(&text)) {
                let start = if text == "both" { word } else { TokenId(index - 1) };
                let mention = Mention {
                    tokens: TokenRange { start, end: TokenId(index + 1) },
                    head: word,
                    kind: Kind::Description,
                    recognized: None,
                    class: self.lexicon.core_class("Person"),
                    is_class_sure: true,
                    number: Some(Number::Plural),
                    gender: None,
                };
                self.shared.push(Shared { mention, found: None, members });
            }
        }
    }

    /// The members of the one group that was named shortly before a word, unless something else may be meant.
    fn group_before(&self, word: TokenId, count: Option<usize>) -> Option<Vec<EntityId>> {
        let document = self.parsed.document();
        let here = document.sentence_of(word);
        let paragraph = document.paragraphs()[document.paragraph_of(here)];
        let first = SentenceId(here.0.saturating_sub(REACH).max(paragraph.start.0));
        let before = TokenRange { start: document.sentence(first).start, end: word };
        let named = before.iter().rev().find_map(|at| {
            let persons = self.coordinated(at).or_else(|| self.coupled(at))?;
            // "Ada, Bo and their friend": who is named after the word may be no part of what it means.
            persons.iter().all(|(person, _)| *person < word).then(|| (document.sentence_of(at), persons))
        });
        let since = named
            .as_ref()
            .map_or(document.sentence(first).start, |(sentence, _)| document.sentence(*sentence).start);
        let told = self.shared.iter().rev().find(|shared| before.contains(shared.mention.head));
        let (from, members, words) = match (told, named) {
            (Some(told), named) if named.is_none() || told.mention.head >= since => (
                document.sentence(document.sentence_of(told.mention.head)).start,
                told.members.clone(),
                Vec::new(),
            ),
            (_, Some((_, persons))) => {
                let members = persons.iter().map(|(_, entity)| *entity).collect();
                (since, members, persons.into_iter().map(|(word, _)| word).collect())
            }
            _ => return None,
        };
        let fits = count.is_none_or(|count| count == members.len()) && !self.is_argument_beside(word, &words);
        let rivals = TokenRange { start: from, end: word };
        (fits && !self.has_rival(rivals, &members, count.is_some())).then_some(members)
    }

    /// Persons joined by "and", by the first of them.
    fn coordinated(&self, first: TokenId) -> Option<Vec<(TokenId, EntityId)>> {
        if matches!(self.parsed.word(first).deprel, Deprel::Conj | Deprel::Appos | Deprel::Flat) {
            return None; // One of more, or so the parser has it.
        }
        let others =
            self.parsed.children(first).filter(|child| self.parsed.word(*child).deprel == Deprel::Conj);
        let words: Vec<TokenId> = std::iter::once(first).chain(others).collect();
        let joined = words.last().into_iter().flat_map(|last| self.parsed.children(*last));
        let is_and = |child: TokenId| matches!(self.parsed.lemma(child), "and" | "&");
        let is_joined = words.len() > 1
            && joined.into_iter().any(|child| self.parsed.word(child).deprel == Deprel::Cc && is_and(child));
        is_joined.then(|| self.persons(&words)).flatten()
    }

    /// Subject and object of "married".
    fn coupled(&self, verb: TokenId) -> Option<Vec<(TokenId, EntityId)>> {
        if !COUPLING.contains(&self.parsed.lemma(verb)) {
            return None;
        }
        let child = |deprel: Deprel| {
            self.parsed.children(verb).find(|child| self.parsed.word(*child).deprel == deprel)
        };
        self.persons(&[child(Deprel::Nsubj)?, child(Deprel::Obj)?])
    }

    /// The different persons that words refer to, each with the word.
    fn persons(&self, words: &[TokenId]) -> Option<Vec<(TokenId, EntityId)>> {
        let persons: Option<Vec<_>> = words.iter().map(|word| Some((*word, self.known_at(*word)?))).collect();
        let persons = persons?;
        let is_person = |entity: EntityId| self.drafts[entity.index()].sort == Sort::Person;
        let is_other = |at: usize| persons[..at].iter().all(|(_, other)| *other != persons[at].1);
        (0..persons.len()).all(|at| is_person(persons[at].1) && is_other(at)).then_some(persons)
    }

    /// "Ada and Bo praised them": no group is both subject and object of a verb.
    fn is_argument_beside(&self, word: TokenId, members: &[TokenId]) -> bool {
        let core = |word: TokenId| !matches!(self.parsed.word(word).deprel, Deprel::NmodPoss | Deprel::Conj);
        let verb = self.parsed.word(word).head.filter(|_| core(word));
        let is_reflexive = self.parsed.text(word).ends_with("selves");
        !is_reflexive && verb.is_some() && members.iter().any(|member| self.parsed.word(*member).head == verb)
    }

    /// Whether other persons, a subject that is an organization, or other things in the plural may be meant.
    fn has_rival(&self, tokens: TokenRange, members: &[EntityId], of_persons: bool) -> bool {
        let start = self.order.partition_point(|id| self.mention(*id).head < tokens.start);
        let heads = self.order[start..].iter().take_while(|id| self.mention(**id).head < tokens.end);
        heads.filter(|id| !self.is_of_group(**id, members)).any(|id| {
            let profile = self.profile(*id);
            let is_plural = profile.number == Some(Number::Plural);
            match profile.sort {
                Sort::Person => is_plural || profile.form == Form::Name,
                Sort::Organization => profile.is_subject() && !of_persons,
                _ => is_plural && (profile.is_subject() || profile.form == Form::They) && !of_persons,
            }
        })
    }

    /// Whether a mention is of a member, or of the whole group.
    fn is_of_group(&self, id: MentionId, members: &[EntityId]) -> bool {
        let is_shared =
            self.shared.iter().rev().any(|shared| shared.found == Some(id) && shared.members == members);
        is_shared || self.ties[id.index()].is_some_and(|tie| members.contains(&tie.entity))
    }
}

fn count(noun: &str) -> Option<usize> {
    NOUNS.iter().find(|(known, _)| *known == noun).map(|(_, count)| *count)
}

#[cfg(test)]
mod tests {
    use crate::entity::coreference::example::entities;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(entities(text), expected, "{text}");
    }

    #[test]
    fn they_are_the_persons_side_by_side() {
        check("Ada Park and Bo Lind met. They live in Oslo.", &["Ada Park = They", "Bo Lind = They"]);
        check("Ada Park met Bo Lind and Cy Marsh. They live in Oslo.", &[]);
        check("Ada Park, Bo Lind and Cy Marsh met. The two live in Oslo.", &[]);
    }

    #[test]
    fn a_couple_is_who_married() {
        let couple = &["Ada Park = The couple", "Bo Lind = The couple"];
        check("Ada Park married Bo Lind. The couple live in Oslo.", couple);
        check("Ada Park and Bo Lind met. Both were born in Bern.", &["Ada Park = Both", "Bo Lind = Both"]);
    }
}
