//! Candidates: which entities a mention may refer to, by what nothing forbids.

use super::profile::{Form, Profile, Sort, is_clausal};
use super::{Choice, Draft, Judge, Resolver};
use crate::document::TokenId;
use crate::entity::EntityId;
use crate::mention::{MentionId, Number};
use crate::syntax::{Deprel, Xpos};

/// The most entities that one mention is held against.
const MOST: usize = 32;
/// The most mentions that are looked at for them.
const LOOKED_AT: usize = 256;
/// How many entities that were called by the same noun count, however far back.
const SAME_NOUN: usize = 4;

/// An entity that a mention may refer to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub entity: EntityId,
    /// The latest mention of it before, or the one after that the pronoun may announce.
    pub last: MentionId,
    /// "In her film, Park ..."
    pub is_announced: bool,
    /// How many candidates were mentioned later, and how many of those are named.
    pub rank: usize,
    pub named_rank: usize,
    /// How many candidates were mentioned more often.
    pub standing: usize,
    /// How many candidates that were mentioned later were subjects there.
    pub subject_rank: usize,
    /// How many candidates stand before it in the sentence where it was last mentioned.
    pub from_left: usize,
    /// How often it was mentioned, in sixths of the most that any candidate was.
    pub share: usize,
}

impl Candidate {
    fn of(entity: EntityId, last: MentionId) -> Self {
        Self {
            entity,
            last,
            is_announced: false,
            rank: 0,
            named_rank: 0,
            standing: 0,
            subject_rank: 0,
            from_left: 0,
            share: 0,
        }
    }
}

/// What stands around a mention in its clause, by the entities it belongs to.
#[derive(Clone, Debug, Default)]
pub(super) struct Surroundings {
    /// The other ends of the same verb.
    pub arguments: Vec<EntityId>,
    /// The subjects of the clauses that the mention stands in, the innermost first.
    pub subjects: Vec<EntityId>,
    /// What the mention is said of, or stands beside.
    pub predicated: Option<EntityId>,
    pub apposed: Option<EntityId>,
    /// Who stands in a participle before the clause: "Born to a weaver, Park, he left" makes nobody his own father.
    disjoint: Vec<EntityId>,
    /// "her" in "her film".
    pub possessor: Option<EntityId>,
    /// What the mention is a part of, or has as a part: never the same thing.
    parts: Vec<EntityId>,
    /// Who says the "she" that the mention is.
    speaker: Option<EntityId>,
    /// A name after a pronoun, which may announce it.
    announced: Option<MentionId>,
}

impl Resolver<'_, '_> {
    /// Ties a mention to what it refers to, or to something new.
    pub(super) fn decide(&mut self, position: usize, judge: &mut dyn Judge) {
        let id = self.order[position];
        let form = self.profile(id).form;
        if form == Form::Relative {
            if let Some(entity) = self.antecedent(id) {
                self.tie(id, entity, "relative pronoun");
            }
            return;
        }
        if let Some(entity) = self.speaker(id).filter(|_| form == Form::First) {
            self.tie(id, entity, "speaker");
            return;
        }
        let around = self.surroundings(id);
        let candidates = self.candidates(position, &around);
        if let Some((entity, rule)) = self.by_class(id, &candidates) {
            self.tie(id, entity, rule);
            return;
        }
        let known = candidates.iter().map(|candidate| {
            let draft = &self.drafts[candidate.entity.index()];
            Choice {
                mentions: &draft.mentions,
                is_named: !draft.names.is_empty(),
                features: self.features(id, &around, candidate),
            }
        });
        let new =
            Choice { mentions: &[], is_named: false, features: self.features_of_new(id, candidates.len()) };
        let choices: Vec<Choice> = std::iter::once(new).chain(known).collect();
        let chosen = judge.choose(id, form, &choices);
        match chosen.checked_sub(1).and_then(|at| candidates.get(at)) {
            Some(candidate) => {
                let rule = self.rule(id, &self.drafts[candidate.entity.index()]);
                self.tie(id, candidate.entity, rule);
            }
            None => self.start(id, "first mention"),
        }
    }

    fn rule(&self, id: MentionId, draft: &Draft) -> &'static str {
        let profile = self.profile(id);
        if profile.form.is_pronoun() {
            "pronoun"
        } else if self.called(draft, profile.noun).is_some() {
            "same noun"
        } else {
            "class"
        }
    }

    /// The entities that a mention may refer to, the latest first.
    fn candidates(&self, position: usize, around: &Surroundings) -> Vec<Candidate> {
        let id = self.order[position];
        let profile = self.profile(id);
        let mut found: Vec<Candidate> = Vec::new();
        for before in self.order[..position].iter().rev().take(LOOKED_AT) {
            if profile.sentence.0 - self.sentence(*before).0 > reach(profile.form) || found.len() == MOST {
                break;
            }
            let Some(entity) = self.ties[before.index()].map(|tie| tie.entity) else { continue };
            let is_latest = self.drafts[entity.index()].seen.last == Some(*before);
            if is_latest && self.admits(id, entity, *before, around) {
                found.push(Candidate::of(entity, *before));
            }
        }
        let is_new = |found: &[Candidate], entity| found.iter().all(|known| known.entity != entity);
        if !profile.form.is_pronoun() {
            let same = self.by_noun.get(&profile.noun).map_or(&[][..], Vec::as_slice);
            for entity in same.iter().rev().take(SAME_NOUN) {
                let last = self.drafts[entity.index()].seen.last;
                let last =
                    last.filter(|last| is_new(&found, *entity) && self.admits(id, *entity, *last, around));
                found.extend(last.map(|last| Candidate::of(*entity, last)));
            }
        }
        if let Some(name) = around.announced
            && let Some(entity) = self.ties[name.index()].map(|tie| tie.entity)
            && is_new(&found, entity)
            && self.admits(id, entity, name, around)
        {
            found.push(Candidate { is_announced: true, ..Candidate::of(entity, name) });
        }
        self.rank(&mut found);
        found
    }

    /// Counts for each candidate those before it.
    fn rank(&self, candidates: &mut [Candidate]) {
        let count = |candidate: &Candidate| self.drafts[candidate.entity.index()].seen.count;
        let mut counts: Vec<u32> = candidates.iter().map(count).collect();
        counts.sort_unstable();
        let most = counts.last().map_or(1, |most| *most.max(&1));
        let places: Vec<_> =
            candidates.iter().map(|one| (self.sentence(one.last), self.profile(one.last).head)).collect();
        let (mut named, mut subjects) = (0, 0);
        for (rank, candidate) in candidates.iter_mut().enumerate() {
            let own = self.drafts[candidate.entity.index()].seen.count;
            candidate.rank = rank;
            candidate.named_rank = named;
            candidate.standing = counts.len() - counts.partition_point(|other| *other <= own);
            named += usize::from(!self.drafts[candidate.entity.index()].names.is_empty());
            candidate.subject_rank = subjects;
            subjects += usize::from(self.profile(candidate.last).is_subject());
            let (sentence, head) = places[rank];
            let is_before = |(other, word): &&(_, _)| *other == sentence && *word < head;
            candidate.from_left = places.iter().filter(is_before).count();
            candidate.share = (6 * own / most) as usize;
        }
    }

    /// Whether nothing forbids that a mention refers to an entity.
    fn admits(&self, id: MentionId, entity: EntityId, last: MentionId, around: &Surroundings) -> bool {
        let (profile, draft) = (self.profile(id), &self.drafts[entity.index()]);
        let is_part = around.parts.contains(&entity);
        let is_argument =
            !profile.is_reflexive && profile.deprel != Deprel::NmodPoss && around.arguments.contains(&entity);
        !is_part
            && !is_argument
            && !around.disjoint.contains(&entity)
            && around.speaker != Some(entity)
            && !self.speaks_of(id, last)
            && profile.gender.zip(draft.gender).is_none_or(|(one, other)| one == other)
            && agree_in_number(profile, draft)
            && self.agree_in_class(id, draft)
            && agree_in_speech(profile, draft, self.profile(last))
    }

    fn agree_in_class(&self, id: MentionId, draft: &Draft) -> bool {
        let is_certain = draft.is_class_sure || draft.names.is_empty();
        let profile = self.profile(id);
        match profile.form {
            Form::He | Form::She => matches!(draft.sort, Sort::Person | Sort::Unknown) || !is_certain,
            Form::It => draft.sort != Sort::Person,
            Form::They => draft.sort != Sort::Person || draft.names.is_empty(),
            form if form.is_of_speech() => {
                matches!(draft.sort, Sort::Person | Sort::Unknown | Sort::Organization)
            }
            _ => draft.class.zip(self.mention(id).class).is_none_or(|(one, other)| self.may_be(one, other)),
        }
    }

    /// Reads what stands around a mention.
    fn surroundings(&self, id: MentionId) -> Surroundings {
        let mut around = Surroundings::default();
        let (parsed, profile) = (self.parsed, self.profile(id));
        let head = profile.head;
        let at = |word: TokenId| self.entity_at[word.index()];
        around.possessor = profile.possessor.and_then(at);
        around.speaker = self.speaker(id).filter(|_| profile.form.kin() == Form::He);
        for child in parsed.children(head) {
            match parsed.word(child).deprel {
                deprel if is_part(deprel) => around.parts.extend(at(child)),
                Deprel::Conj => around.parts.extend(at(child)),
                Deprel::Nsubj | Deprel::NsubjOuter => around.predicated = around.predicated.or(at(child)),
                _ => {}
            }
        }
        let mut word = head;
        let mut in_phrase = true;
        while let Some(governor) = parsed.word(word).head {
            let deprel = parsed.word(word).deprel;
            let is_direct = word == head;
            in_phrase &= is_part(deprel) || (is_direct && deprel == Deprel::Conj);
            // "He is the founder of his company", "Ada, the founder of her company": these parts are their wholes' own.
            in_phrase &= is_direct || !self.is_said(governor);
            if in_phrase {
                around.parts.extend(at(governor));
            } else if word == head && deprel == Deprel::Appos {
                around.apposed = at(governor);
            }
            if is_clausal(parsed, governor) {
                self.read_clause(id, governor, word == head, &mut around);
                if word == head && profile.is_subject() {
                    self.read_participles(id, governor, &mut around);
                }
            }
            word = governor;
        }
        around
    }

    /// A participle before a clause has the clause's subject, which is none of its other ends.
    fn read_participles(&self, id: MentionId, verb: TokenId, around: &mut Surroundings) {
        let parsed = self.parsed;
        let is_participle = |word: &TokenId| {
            let is_subject =
                |child: TokenId| matches!(parsed.word(child).deprel, Deprel::Nsubj | Deprel::NsubjPass);
            *word < self.profile(id).head
                && parsed.word(*word).deprel == Deprel::Advcl
                && matches!(parsed.word(*word).xpos, Xpos::Vbn | Xpos::Vbg)
                && !parsed.children(*word).any(is_subject)
        };
        let is_end = |word: &TokenId| {
            matches!(parsed.word(*word).deprel, Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::OblAgent)
        };
        let is_also = |word: &TokenId| matches!(parsed.word(*word).deprel, Deprel::Appos | Deprel::Conj);
        for participle in parsed.children(verb).filter(is_participle) {
            let mut ends: Vec<TokenId> = parsed.children(participle).filter(is_end).collect();
            let mut next = 0;
            while next < ends.len() {
                around.disjoint.extend(self.entity_at[ends[next].index()]);
                ends.extend(parsed.children(ends[next]).filter(is_also));
                next += 1;
            }
        }
    }

    /// Whether a noun says what something named is.
    fn is_said(&self, noun: TokenId) -> bool {
        let deprel = self.parsed.word(noun).deprel;
        matches!(deprel, Deprel::Appos | Deprel::Xcomp | Deprel::Root)
            && self.name_at[noun.index()].is_none()
            && self.entity_at[noun.index()].is_some()
    }

    fn read_clause(&self, id: MentionId, verb: TokenId, is_own: bool, around: &mut Surroundings) {
        let profile = self.profile(id);
        for child in self.parsed.children(verb).filter(|child| *child != profile.head) {
            let deprel = self.parsed.word(child).deprel;
            let is_subject = matches!(deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter);
            let is_core = is_subject || matches!(deprel, Deprel::Obj | Deprel::Iobj | Deprel::OblAgent);
            let own_core = profile.is_subject() || matches!(profile.deprel, Deprel::Obj | Deprel::Iobj);
            if is_own && is_core && own_core {
                around.arguments.extend(self.entity_at[child.index()]);
            }
            if is_subject && child < profile.head {
                around.subjects.extend(self.entity_at[child.index()]);
            }
            let can_announce = matches!(profile.form, Form::He | Form::She | Form::It | Form::They);
            if is_subject && child > profile.head && can_announce && around.announced.is_none() {
                around.announced = self.name_at[child.index()];
            }
        }
    }
}

/// How many sentences back a mention may look.
fn reach(form: Form) -> u32 {
    match form {
        Form::First | Form::FirstPlural | Form::Second => 24,
        Form::He | Form::She => 5,
        Form::It | Form::They => 4,
        Form::Indefinite | Form::Counted | Form::Bare => 2,
        _ => 8,
    }
}

/// Whether a dependent is a part of the phrase that it depends on, and so never the same thing.
fn is_part(deprel: Deprel) -> bool {
    matches!(
        deprel,
        Deprel::Nmod
            | Deprel::NmodPoss
            | Deprel::NmodDesc
            | Deprel::NmodUnmarked
            | Deprel::Compound
            | Deprel::Amod
    )
}

fn agree_in_number(profile: &Profile, draft: &Draft) -> bool {
    match (profile.number, draft.number) {
        (Some(Number::Singular), Some(Number::Plural)) => false,
        // "They" may be one person whom nobody names, or a company.
        (Some(Number::Plural), Some(Number::Singular)) => match profile.form {
            Form::They => draft.sort != Sort::Person || draft.names.is_empty(),
            Form::FirstPlural => draft.sort == Sort::Organization,
            _ => false,
        },
        _ => true,
    }
}

/// "I" is nobody that was named, as far as one can tell without knowing who speaks; and no "you" is "I".
fn agree_in_speech(profile: &Profile, draft: &Draft, last: &Profile) -> bool {
    let apart = (profile.quotation == 0) != (last.quotation == 0);
    if profile.form.is_of_speech() {
        let same = draft.speech == Some(profile.form);
        let may_begin = draft.speech.is_none() && draft.names.is_empty() && profile.form != Form::First;
        return (same && !(apart && profile.form == Form::First)) || may_begin;
    }
    let is_spoken = last.form.is_of_speech();
    !is_spoken || apart || !profile.form.is_pronoun()
}

#[cfg(test)]
mod tests {
    use crate::entity::coreference::example::entities;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(entities(text), expected, "{text}");
    }

    #[test]
    fn genders_and_numbers_agree() {
        check("Mr. Holt met Mrs. Lind. He was born in Bern.", &["Holt = He"]);
        check("Mr. Holt met Mrs. Lind. She was born in Bern.", &["Lind = She"]);
    }

    #[test]
    fn who_is_born_is_neither_parent() {
        check("Mr. Holt left. Born in Bern to a weaver, Tomas Lind, he loved boats.", &["Holt = he"]);
    }

    #[test]
    fn the_ends_of_a_verb_differ() {
        check("Mrs. Holt was born in Bern. Mrs. Lind praised her.", &["Holt = her"]);
        check("Mrs. Lind praised herself.", &["Lind = herself"]);
    }
}
