//! Late names: somebody whom the text calls "she" first, and by name only later.

use super::profile::{Form, Profile, Sort};
use super::{Draft, Resolver};
use crate::document::Role;
use crate::entity::{EntityId, Tie};
use crate::mention::{Kind, MentionId};
use crate::syntax::Deprel;

/// Among how many of the first entities the person must be.
const OPENING: usize = 48;
/// How many sentences after the last pronoun the name may come.
const REACH: u32 = 2;

impl Resolver<'_, '_> {
    /// Takes pronouns that nothing explained so far as the person who is named now, if there can be no other.
    ///
    /// The name must be the first of anybody whom the pronouns fit, and the subject of a later sentence, in which no such
    /// pronoun is another end of the same verb. "He led it until 2003, when Karl Weber took over" tells of two.
    pub(super) fn name_late(&mut self, id: MentionId) {
        let (profile, mention) = (self.profile(id), self.mention(id));
        let verb = profile.clauses.first().map(|verb| self.parsed.word(*verb).deprel);
        let is_subject = profile.is_subject() && matches!(verb, Some(Deprel::Root | Deprel::Conj));
        if mention.kind != Kind::Name || !is_subject || profile.quotation != 0 {
            return;
        }
        let Some(named) = self.ties[id.index()].map(|tie| tie.entity) else { return };
        let draft = &self.drafts[named.index()];
        let is_first = draft.seen.count == 0 && draft.sort == Sort::Person && self.met.len() < OPENING;
        if !is_first || self.parsed.document().role_of(profile.sentence) != Role::Body {
            return;
        }
        let Some(unnamed) = self.only_unnamed(id, named) else { return };
        let pronouns = self.drafts[unnamed.index()].mentions.clone();
        let gender = self.drafts[unnamed.index()].gender;
        self.drafts[unnamed.index()].mentions.clear();
        let seen = self.drafts[unnamed.index()].seen;
        let draft = &mut self.drafts[named.index()];
        draft.mentions.extend(&pronouns);
        draft.mentions.sort_unstable();
        draft.gender = draft.gender.or(gender);
        draft.seen = seen;
        for pronoun in pronouns {
            self.ties[pronoun.index()] = Some(Tie { entity: named, rule: "named later" });
            let head = self.mention(pronoun).head;
            self.entity_at[head.index()] = Some(named);
        }
    }

    /// The one person so far whom only pronouns mean, if nobody was named who might be the same.
    fn only_unnamed(&self, id: MentionId, named: EntityId) -> Option<EntityId> {
        let here = self.profile(id).sentence;
        let by_pronoun = |draft: &Draft| {
            let is_pronoun =
                |id: &MentionId| self.profile(*id).form.kin() == Form::He && self.profile(*id).quotation == 0;
            !draft.mentions.is_empty() && draft.names.is_empty() && draft.mentions.iter().all(is_pronoun)
        };
        let met = || self.met.iter().map(|entity| &self.drafts[entity.index()]);
        let mut unnamed = self.met.iter().filter(|entity| by_pronoun(&self.drafts[entity.index()]));
        let only = *unnamed.next().filter(|_| unnamed.next().is_none())?;
        let draft = &self.drafts[only.index()];
        let ago = draft.seen.last.map_or(0, |last| here.0 - self.sentence(last).0);
        let near = (1..=REACH).contains(&ago);
        let may_be = |other: &Draft| {
            let known = other.gender.or(other.leaning);
            known.is_none() || draft.gender.is_none() || known == draft.gender
        };
        let is_rival = |other: &Draft| other.sort == Sort::Person && !other.names.is_empty() && may_be(other);
        let alone = !met().any(is_rival);
        let fits = may_be(&self.drafts[named.index()]) && near && alone && !self.meets_another(id);
        fits.then_some(only)
    }

    /// "Ines Caldeira raised her": whom a pronoun at the same verb means is somebody else.
    fn meets_another(&self, id: MentionId) -> bool {
        let profile = self.profile(id);
        let sentence = self.parsed.document().sentence(profile.sentence);
        let from = self.order.partition_point(|other| self.mention(*other).head < sentence.start);
        let here = self.order[from..].iter().take_while(|other| self.mention(**other).head < sentence.end);
        let is_beside = |other: &Profile| {
            other.form.kin() == Form::He
                && other.deprel != Deprel::NmodPoss
                && !other.is_reflexive
                && other.clauses.first() == profile.clauses.first()
        };
        here.map(|other| self.profile(*other)).any(is_beside)
    }
}

#[cfg(test)]
mod tests {
    use crate::entity::coreference::example::entities;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(entities(text), expected, "{text}");
    }

    #[test]
    fn the_first_who_is_named_is_who_was_meant() {
        check("She was born in Porto. Ines Caldeira founded Lumen Works.", &["She = Ines Caldeira"]);
    }

    #[test]
    fn whoever_meets_her_is_another() {
        check("She was born in Porto. Ines Caldeira raised her.", &["She = her"]);
        check("He led Kestrel Works until Karl Weber took over.", &[]);
    }
}
