//! Descriptions that mean the latest thing of their kind that has a name: "the company", "the film".

use super::candidate::Candidate;
use super::profile::{Form, Sort};
use super::{Draft, Resolver};
use crate::document::{Role, TokenId};
use crate::entity::EntityId;
use crate::mention::{MentionId, Number};
use crate::syntax::Deprel;

/// What makes something new of a noun that was mentioned before.
const NEWS: &[&str] = &[
    "other", "same", "new", "first", "second", "third", "next", "last", "previous", "latest", "whole",
    "former",
];

impl Resolver<'_, '_> {
    /// The named candidate that a description means by its class alone, or by a noun that was said of it.
    pub(super) fn by_class(
        &self,
        id: MentionId,
        candidates: &[Candidate],
    ) -> Option<(EntityId, &'static str)> {
        let profile = self.profile(id);
        if profile.number == Some(Number::Plural) || !self.points_back(id) {
            return None;
        }
        let fitting = candidates.iter().filter_map(|candidate| {
            let draft = &self.drafts[candidate.entity.index()];
            let rule = if draft.names.is_empty() {
                return None;
            } else if let Some(called) = self.called(draft, profile.noun) {
                // Who is called a team is not "the Danish team" for it.
                let known = &self.profile(called).modifiers;
                profile.modifiers.iter().all(|modifier| known.contains(modifier)).then_some("same noun")?
            } else {
                self.is_kind_of(draft, id).then_some("class")?
            };
            let exact = draft.class.zip(self.mention(id).class);
            let exact = exact.is_some_and(|(known, class)| self.lexicon.ontology().is_a(known, class));
            let distance = profile.sentence.0.abs_diff(self.sentence(candidate.last).0);
            let prominence = self.prominence(draft) - distance as f32 + if exact { 1.5 } else { 0.0 };
            Some((prominence, candidate.last, candidate.entity, rule))
        });
        let best = fitting.max_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        best.map(|(.., entity, rule)| (entity, rule))
    }

    /// Whether a noun says of an organization only that it is one ("the team"), or has an adjective that may tell it from
    /// others ("the elite group"); "the short film" is what the ontology calls a short film.
    fn is_vague(&self, id: MentionId) -> bool {
        let (mention, profile) = (self.mention(id), self.profile(id));
        let noun = self.parsed.lemma(mention.head).to_lowercase();
        let any_organization =
            mention.class.is_some() && mention.class == self.lexicon.core_class("Organization");
        let before = mention.head.0.checked_sub(1).map_or("", |before| self.parsed.text(TokenId(before)));
        let is_label = || self.lexicon.nouns().class(&format!("{} {noun}", before.to_lowercase())).is_some();
        (any_organization && self.lexicon.nouns().labelled(&noun).is_none())
            || (!profile.modifiers.is_empty() && !is_label())
    }

    /// How much an entity is what the text is about, so far: as many sentences as its mentions are worth.
    fn prominence(&self, draft: &Draft) -> f32 {
        let role = draft.seen.first.map(|first| self.parsed.document().role_of(first));
        0.5 * draft.seen.count.min(4) as f32 + if role == Some(Role::Headline) { 2.0 } else { 0.0 }
    }

    /// Whether a description has an article or demonstrative, and nothing that makes it something new.
    fn points_back(&self, id: MentionId) -> bool {
        let profile = self.profile(id);
        let is_news = |child: TokenId| match self.parsed.word(child).deprel {
            Deprel::Compound | Deprel::Nummod => true,
            Deprel::Amod => NEWS.contains(&self.parsed.lemma(child)),
            _ => false,
        };
        matches!(profile.form, Form::Definite | Form::Demonstrative)
            && !profile.is_modified_after
            && !self.parsed.children(profile.head).any(is_news)
    }

    /// Persons, places and events are too many for their class alone to tell which is meant.
    fn is_kind_of(&self, draft: &Draft, id: MentionId) -> bool {
        let (Some(known), Some(class)) = (draft.class, self.mention(id).class) else { return false };
        let ontology = self.lexicon.ontology();
        let general = matches!(self.profile(id).sort, Sort::Person | Sort::Place | Sort::Event);
        let related = ontology.is_a(known, class) || ontology.is_a(class, known);
        // A company may be called an organization and no more; a team or a school is known for one.
        let special = ontology.is_a(class, known) && class != known;
        let told = !special || draft.sort != Sort::Organization || self.is_a(Some(class), "Company");
        related && told && !general && !self.is_vague(id)
    }
}

#[cfg(test)]
mod tests {
    use crate::entity::coreference::example::entities;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(entities(text), expected, "{text}");
    }

    #[test]
    fn the_company_is_the_latest_company() {
        let told = "Ada Park founded Lumen Works, a company, in 2001. The company is in Oslo.";
        check(told, &["Lumen Works = a company = The company"]);
    }
}
