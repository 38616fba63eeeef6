//! Features: what a mention and something it may refer to have to do with each other, as rows of the network.

use super::Resolver;
use super::candidate::{Candidate, Surroundings};
use super::network::{Features, VALUES, WORDS};
use super::profile::{Form, Profile};
use crate::document::SentenceId;
use crate::mention::{Gender, MentionId, Number};
use crate::syntax::Deprel;

/// What one row of shapes is about.
#[derive(Clone, Copy)]
enum Template {
    Form,
    LastForm,
    Sentences,
    Tokens,
    Rank,
    LastRole,
    Role,
    Count,
    Sort,
    LastSort,
    Numbers,
    Genders,
    Classes,
    Noun,
    Modifiers,
    Possessors,
    Quotations,
    Named,
    Clause,
    AsSubject,
    SameRole,
    Opening,
    Marks,
    LastMarks,
    Standing,
    NamedRank,
    Place,
    Depth,
    Announced,
    FormAndLast,
    Path,
    ClauseKind,
    RoleInClause,
    SubjectRank,
    FromLeft,
    Share,
    Total,
    Chain,
    New,
    NewRole,
    NewSort,
    NewMarks,
    NewCandidates,
    NewNoun,
    NewModifiers,
    NewSentence,
}

/// Writes rows down.
struct Rows {
    features: Features,
    form: Form,
}

impl Rows {
    fn new(form: Form) -> Self {
        let features = Features { shapes: Vec::with_capacity(40), words: Vec::with_capacity(64) };
        Self { features, form: form.kin() }
    }

    /// A shape, and the same together with the mention's form as a word.
    fn shape(&mut self, template: Template, value: usize) {
        let row = template as usize * VALUES + value.min(VALUES - 1);
        self.features.shapes.push(row as u16);
        self.word(&[row as u32, self.form as u32]);
    }

    fn word(&mut self, parts: &[u32]) {
        let mixed = parts.iter().fold(0x9e37_79b9_u32, |mixed, part| {
            let mixed = (mixed ^ part).wrapping_mul(0x85eb_ca6b);
            mixed ^ (mixed >> 15)
        });
        self.features.words.push((mixed as usize % WORDS) as u16);
    }
}

impl Resolver<'_, '_> {
    /// What speaks for a mention being of something new.
    pub(super) fn features_of_new(&self, id: MentionId, candidates: usize) -> Features {
        let profile = self.profile(id);
        let mut rows = Rows::new(profile.form);
        let is_known = self.by_noun.get(&profile.noun).map_or(0, Vec::len);
        rows.shape(Template::New, profile.form.kin() as usize);
        rows.shape(Template::NewRole, role(profile.deprel));
        rows.shape(Template::NewSort, profile.sort as usize * 4 + number(profile.number));
        rows.shape(Template::NewMarks, marks(profile));
        rows.shape(Template::NewCandidates, bucket(candidates));
        rows.shape(Template::NewNoun, is_known.min(3));
        rows.shape(Template::NewModifiers, profile.modifiers.len().min(3));
        rows.shape(Template::NewSentence, bucket(profile.sentence.index()));
        rows.word(&[101, profile.noun]);
        rows.word(&[102, profile.noun, profile.form.kin() as u32]);
        rows.word(&[103, profile.governor, profile.form.kin() as u32]);
        rows.word(&[
            104,
            profile.form.kin() as u32,
            is_known.min(3) as u32,
            profile.is_modified_after.into(),
        ]);
        rows.features
    }

    /// What a mention has to do with an entity.
    pub(super) fn features(&self, id: MentionId, around: &Surroundings, candidate: &Candidate) -> Features {
        let (profile, last) = (self.profile(id), self.profile(candidate.last));
        let mut rows = Rows::new(profile.form);
        self.compare_places(&mut rows, profile, last, candidate.rank);
        self.compare_kinds(&mut rows, id, last, candidate);
        self.compare_words(&mut rows, profile, last, around, candidate);
        self.compare_clauses(&mut rows, profile, around, candidate);
        self.compare_standing(&mut rows, id, candidate);
        rows.features
    }

    fn compare_places(&self, rows: &mut Rows, profile: &Profile, last: &Profile, rank: usize) {
        let sentences = profile.sentence.0.abs_diff(last.sentence.0) as usize;
        let tokens = profile.head.0.abs_diff(last.head.0) as usize;
        rows.shape(Template::Form, profile.form.kin() as usize);
        rows.shape(Template::LastForm, last.form.kin() as usize);
        rows.shape(Template::Sentences, bucket(sentences));
        rows.shape(Template::Tokens, bucket(tokens));
        rows.shape(Template::Rank, rank.min(12));
        rows.shape(Template::LastRole, role(last.deprel));
        rows.shape(Template::Role, role(profile.deprel));
        rows.shape(Template::SameRole, usize::from(role(profile.deprel) == role(last.deprel)));
        rows.shape(Template::Quotations, quotations(profile, last));
        rows.shape(Template::Place, bucket(last.place as usize));
        rows.shape(Template::Depth, usize::from(last.depth).min(8));
        let near = bucket(sentences) as u32;
        rows.word(&[201, profile.form.kin() as u32, last.form.kin() as u32, near]);
        rows.word(&[202, profile.form.kin() as u32, rank.min(6) as u32, role(last.deprel) as u32]);
        rows.word(&[203, role(profile.deprel) as u32, role(last.deprel) as u32, near.min(2)]);
        rows.shape(Template::FormAndLast, usize::from(profile.form.kin() == last.form.kin()));
    }

    fn compare_kinds(&self, rows: &mut Rows, id: MentionId, last: &Profile, candidate: &Candidate) {
        let (profile, draft) = (self.profile(id), &self.drafts[candidate.entity.index()]);
        let classes = match draft.class.zip(self.mention(id).class) {
            None => 0,
            Some((known, class)) if known == class => 1,
            Some((known, class)) if self.lexicon.ontology().is_a(known, class) => 2,
            Some((known, class)) if self.lexicon.ontology().is_a(class, known) => 3,
            Some(_) => 4,
        };
        let named = usize::from(!draft.names.is_empty()) * 2 + usize::from(draft.is_class_sure);
        rows.shape(Template::Count, bucket(draft.seen.count as usize));
        rows.shape(Template::Sort, draft.sort as usize);
        rows.shape(Template::LastSort, profile.sort as usize);
        rows.shape(Template::Numbers, number(profile.number) * 3 + number(draft.number));
        let genders = genders(profile.gender, draft.gender, draft.leaning);
        rows.shape(Template::Genders, genders);
        rows.shape(Template::Classes, classes);
        rows.shape(Template::Named, named);
        rows.shape(Template::Marks, marks(profile));
        rows.shape(Template::LastMarks, marks(last));
        rows.shape(Template::Opening, bucket(draft.seen.first.map_or(20, SentenceId::index)));
        rows.word(&[301, profile.form.kin() as u32, draft.sort as u32, genders as u32, named as u32]);
        rows.word(&[302, profile.form.kin() as u32, draft.sort as u32, number(draft.number) as u32]);
    }

    fn compare_words(
        &self,
        rows: &mut Rows,
        profile: &Profile,
        last: &Profile,
        around: &Surroundings,
        candidate: &Candidate,
    ) {
        let draft = &self.drafts[candidate.entity.index()];
        let noun = if profile.form.is_pronoun() {
            0
        } else if last.noun == profile.noun {
            1
        } else if self.called(draft, profile.noun).is_some() {
            2
        } else {
            3
        };
        let last = self.called(draft, profile.noun).map_or(last, |id| self.profile(id));
        let shared = profile.modifiers.iter().filter(|word| last.modifiers.contains(word)).count();
        let modifiers = match (profile.modifiers.len(), last.modifiers.len(), shared) {
            (0, 0, _) => 0,
            (0, ..) => 1,
            (own, other, shared) if own == shared && own == other => 2,
            (own, _, shared) if own == shared => 3,
            (_, 0, _) => 4,
            (.., 0) => 5,
            _ => 6,
        };
        let owner = last.possessor.and_then(|word| self.entity_at[word.index()]);
        let possessors = match (profile.possessor, last.possessor) {
            (None, None) => 0,
            (Some(_), None) => 1,
            (None, Some(_)) => 2,
            _ if owner.is_some() && owner == around.possessor => 3,
            _ => 4,
        };
        rows.shape(Template::Noun, noun);
        rows.shape(Template::Modifiers, modifiers);
        rows.shape(Template::Possessors, possessors);
        rows.word(&[401, noun as u32, modifiers as u32, profile.form.kin() as u32, last.form.kin() as u32]);
        rows.word(&[402, noun as u32, possessors as u32, profile.form.kin() as u32]);
        rows.word(&[403, profile.noun, last.noun]);
        rows.word(&[404, profile.form.kin() as u32, last.noun]);
        rows.word(&[405, profile.noun, draft.sort as u32]);
        rows.word(&[406, profile.governor, last.noun, role(profile.deprel) as u32]);
        rows.word(&[407, profile.governor, profile.form.kin() as u32, last.governor]);
        rows.word(&[408, profile.noun, noun as u32]);
    }

    fn compare_clauses(
        &self,
        rows: &mut Rows,
        profile: &Profile,
        around: &Surroundings,
        candidate: &Candidate,
    ) {
        let draft = &self.drafts[candidate.entity.index()];
        let entity = candidate.entity;
        let clause = if around.predicated == Some(entity) {
            1
        } else if around.apposed == Some(entity) {
            2
        } else if around.arguments.contains(&entity) {
            3
        } else {
            let level = around.subjects.iter().position(|subject| *subject == entity);
            level.map_or(0, |level| 4 + level.min(2))
        };
        let ago = draft.seen.as_subject.map(|sentence| profile.sentence.0 - sentence.0);
        rows.shape(Template::Clause, clause);
        rows.shape(Template::AsSubject, ago.map_or(6, |ago| ago.min(5) as usize));
        rows.shape(Template::Announced, usize::from(candidate.is_announced));
        rows.shape(Template::Standing, candidate.standing.min(6));
        rows.shape(Template::NamedRank, if draft.names.is_empty() { 7 } else { candidate.named_rank.min(6) });
        rows.word(&[501, profile.form.kin() as u32, clause as u32, role(profile.deprel) as u32]);
        let last = self.profile(candidate.last);
        let kind = profile.clauses.first().map_or(0, |verb| clause_kind(self.parsed.word(*verb).deprel));
        let (place, path) = (role(profile.place_in_clause), path(profile, last));
        rows.shape(Template::Path, path);
        rows.shape(Template::ClauseKind, kind);
        rows.shape(Template::RoleInClause, 2 * place + usize::from(place == role(last.place_in_clause)));
        rows.word(&[502, kind as u32, path as u32, clause as u32]);
        rows.word(&[503, place as u32, path as u32, role(last.place_in_clause) as u32]);
        rows.word(&[504, profile.form.kin() as u32, last.case, role(last.deprel) as u32]);
        rows.word(&[505, profile.case, last.case]);
    }

    /// How a candidate stands among the others, and in the whole text.
    fn compare_standing(&self, rows: &mut Rows, id: MentionId, candidate: &Candidate) {
        let (profile, last) = (self.profile(id), self.profile(candidate.last));
        let draft = &self.drafts[candidate.entity.index()];
        let sentences = profile.sentence.0.abs_diff(last.sentence.0).min(2) as usize;
        rows.shape(Template::SubjectRank, 2 * candidate.subject_rank.min(5) + usize::from(last.is_subject()));
        rows.shape(Template::FromLeft, 3 * candidate.from_left.min(6) + sentences);
        rows.shape(Template::Share, candidate.share);
        rows.shape(Template::Total, bucket(draft.named as usize));
        rows.shape(Template::Chain, self.chain(profile, candidate));
        rows.word(&[
            601,
            profile.form.kin() as u32,
            candidate.from_left.min(4) as u32,
            sentences as u32,
            role(last.deprel) as u32,
        ]);
    }

    /// Whether the latest pronoun of the same form means the candidate too, or another.
    fn chain(&self, profile: &Profile, candidate: &Candidate) -> usize {
        let Some(latest) = self.latest[profile.form as usize] else { return 0 };
        let ago = profile.sentence.0.abs_diff(self.sentence(latest).0);
        let is_same = self.ties[latest.index()].is_some_and(|tie| tie.entity == candidate.entity);
        if ago > 2 { 1 } else { 2 + 3 * usize::from(is_same) + ago as usize }
    }
}

/// The clauses to leave and to enter on the way from a mention to an earlier one, or to enter alone from another sentence.
fn path(profile: &Profile, last: &Profile) -> usize {
    if profile.sentence != last.sentence {
        return 20 + last.clauses.len();
    }
    let up = profile.clauses.iter().position(|verb| last.clauses.contains(verb));
    let Some(up) = up else { return 19 };
    let down = last.clauses.iter().position(|verb| *verb == profile.clauses[up]).unwrap_or_default();
    4 * up + down
}

/// What a clause is to the one around it.
fn clause_kind(deprel: Deprel) -> usize {
    match deprel {
        Deprel::Root => 1,
        Deprel::Conj => 2,
        Deprel::Advcl => 3,
        Deprel::Ccomp => 4,
        Deprel::Xcomp => 5,
        Deprel::Acl => 6,
        Deprel::AclRelcl => 7,
        Deprel::Parataxis => 8,
        _ => 9,
    }
}

fn quotations(profile: &Profile, last: &Profile) -> usize {
    match (profile.quotation, last.quotation) {
        (0, 0) => 0,
        (one, other) if one == other => 1,
        (0, _) => 2,
        (_, 0) => 3,
        _ => 4,
    }
}

fn number(number: Option<Number>) -> usize {
    match number {
        None => 0,
        Some(Number::Singular) => 1,
        Some(Number::Plural) => 2,
    }
}

/// Whether a gender is the one that is known of an entity, or that a word suggests; whichever of the two it is.
fn genders(own: Option<Gender>, known: Option<Gender>, leaning: Option<Gender>) -> usize {
    let agreement = |one: Option<Gender>| match (own, one) {
        (None, None) => 0,
        (None, Some(_)) => 1,
        (Some(_), None) => 2,
        (one, other) => 3 + usize::from(one == other),
    };
    if known.is_some() { agreement(known) } else { 5 + agreement(leaning) }
}

fn marks(profile: &Profile) -> usize {
    usize::from(profile.is_reflexive)
        + 2 * usize::from(profile.deprel == Deprel::NmodPoss)
        + 4 * usize::from(profile.is_modified_after)
        + 8 * usize::from(profile.quotation != 0)
}

fn role(deprel: Deprel) -> usize {
    match deprel {
        Deprel::Nsubj | Deprel::NsubjOuter => 1,
        Deprel::NsubjPass => 2,
        Deprel::Obj => 3,
        Deprel::Iobj => 4,
        Deprel::Obl => 5,
        Deprel::OblAgent => 6,
        Deprel::Nmod => 7,
        Deprel::NmodPoss => 8,
        Deprel::Appos => 9,
        Deprel::Conj => 10,
        Deprel::Root => 11,
        Deprel::Compound => 12,
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl => 13,
        Deprel::Vocative | Deprel::Discourse => 14,
        Deprel::Flat => 15,
        Deprel::OblUnmarked | Deprel::NmodUnmarked => 16,
        _ => 0,
    }
}

/// 0 to 4 as they are, then ever wider.
fn bucket(count: usize) -> usize {
    match count {
        0..=4 => count,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        own: Option<Gender>,
        known: Option<Gender>,
        leaning: Option<Gender>,
        same_as: [Option<Gender>; 3],
    ) {
        assert_eq!(genders(own, known, leaning), genders(same_as[0], same_as[1], same_as[2]));
    }

    #[test]
    fn only_whether_genders_agree_counts() {
        let (she, he) = (Some(Gender::Feminine), Some(Gender::Masculine));
        check(she, she, None, [he, he, None]);
        check(he, None, she, [she, None, he]);
        check(he, he, she, [he, he, None]);
        assert_ne!(genders(she, None, she), genders(she, None, he));
    }
}
