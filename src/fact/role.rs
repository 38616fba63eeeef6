//! Roles: nouns that say what somebody is to something, named beside it or left to the discourse.

use super::check::Ends;
use super::trace::{Dropped, Observer, Why};
use super::{Found, candidate};
use crate::document::{Role as ParagraphRole, SentenceId, TokenId};
use crate::entity::{Entities, EntityId};
use crate::lexicon::{Lexicon, RoleNoun};
use crate::mention::{Kind, MentionId};
use crate::ontology::{Property, Range};
use crate::syntax::enhanced::{Edge, Role};
use crate::syntax::{Deprel, Parsed, Upos};

/// Prepositions between a role noun and its object.
const TIES: &[&str] = &["of", "for", "at", "with", "in", "behind", "to", "on"];

/// Words that make another role of a noun.
const OTHERS: &[&str] = &["vice", "deputy", "assistant", "associate", "aspiring", "would", "future", "self"];

/// What an implicit object costs, as a factor of the explicit one's confidence.
const IMPLICIT: f32 = 0.7;

pub struct Roles<'a, 's> {
    pub parsed: &'a Parsed<'s>,
    pub entities: &'a Entities,
    pub lexicon: &'a Lexicon,
    pub ends: &'a Ends<'a, 's>,
    /// The work that the article is about.
    pub topic: Option<EntityId>,
}

impl Roles<'_, '_> {
    /// Every fact that a role noun of a sentence states.
    pub fn find(&self, sentence: SentenceId, observer: &mut impl Observer) -> Vec<Found> {
        let mut found = Vec::new();
        for noun in self.parsed.document().sentence(sentence).iter() {
            let upos = self.parsed.word(noun).upos;
            let nominal =
                matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj) || self.is_coordinated_role(noun);
            if !nominal || self.is_in_name(noun) {
                continue;
            }
            let subjects = self.subjects(sentence, noun);
            if !subjects.is_empty() {
                self.at(sentence, noun, &subjects, &mut found, observer);
            }
        }
        found
    }

    /// "chief executive and founder Ada Park": whatever the tagger made of the second noun.
    fn is_coordinated_role(&self, word: TokenId) -> bool {
        let [Some(noun), Some(and)] = [2, 1].map(|back| word.0.checked_sub(back).map(TokenId)) else {
            return false;
        };
        self.parsed.text(and) == "and"
            && !self.lexicon.roles_of(&self.parsed.lemma(noun).to_lowercase()).is_empty()
    }

    fn is_in_name(&self, word: TokenId) -> bool {
        self.ends.names_at(word).next().is_some()
    }

    fn at(
        &self,
        sentence: SentenceId,
        noun: TokenId,
        subjects: &[TokenId],
        found: &mut Vec<Found>,
        observer: &mut impl Observer,
    ) {
        let mut lemma = self.parsed.lemma(noun).to_lowercase();
        if self.lexicon.roles_of(&lemma).is_empty() {
            lemma = self.parsed.text(noun).to_lowercase();
        }
        let lemma = today(&lemma);
        let fits = |role: &&RoleNoun| self.is_worded(noun, role);
        let roles: Vec<&RoleNoun> = self.lexicon.roles_of(lemma).iter().filter(fits).collect();
        let longest = roles.iter().map(|role| role.words.len()).max().unwrap_or_default();
        for role in roles.into_iter().filter(|role| role.words.len() == longest) {
            for subject in subjects {
                found.extend(self.told(sentence, noun, role, *subject, observer));
            }
        }
    }

    /// The facts that a role noun states of the mentions at a word.
    fn told(
        &self,
        sentence: SentenceId,
        noun: TokenId,
        role: &RoleNoun,
        subject: TokenId,
        observer: &mut impl Observer,
    ) -> Vec<Found> {
        let property = self.lexicon.ontology().property(role.property);
        let mut words = self.objects(sentence, noun, subject, property);
        words.extend(self.named_before(noun, role).filter(|name| !words.contains(name)));
        let subjects = self.ends.subjects(subject, property);
        let mut objects: Vec<MentionId> =
            words.iter().flat_map(|object| self.ends.objects(*object, property)).collect();
        let implicit = words.is_empty();
        if implicit && !subjects.is_empty() {
            objects.extend(self.supplied(sentence, noun, property));
        }
        if subjects.is_empty() || objects.is_empty() {
            observer.dropped(|| {
                let object = words.first().copied();
                let at = (subject, object.unwrap_or(noun));
                let unfilled =
                    Dropped::unfilled(self.ends, (role.property, property), &role.rule, at, &[noun]);
                let is_unsaid = object.is_none() && !subjects.is_empty();
                if is_unsaid { Dropped { why: Why::Unsaid, ..unfilled } } else { unfilled }
            });
        }
        let fact = |subject: MentionId, object: MentionId| Found {
            property: role.property,
            subject,
            object,
            anchors: vec![noun],
            rule: role.rule.clone(),
            confidence: role.confidence * if implicit { IMPLICIT } else { 1.0 },
            implicit,
        };
        subjects.iter().flat_map(|subject| objects.iter().map(|object| fact(*subject, *object))).collect()
    }

    /// Whether the words of a role stand here, and nothing before them makes another role of it.
    fn is_worded(&self, noun: TokenId, role: &RoleNoun) -> bool {
        let sentence = self.parsed.sentence_around(noun);
        let before = role.words.len() as u32 - 1;
        let Some(start) = noun.0.checked_sub(before).filter(|start| *start >= sentence.start.0) else {
            return false;
        };
        let worded = (start..noun.0)
            .zip(&role.words)
            .all(|(id, word)| today(&self.parsed.text(TokenId(id)).to_lowercase()) == &**word);
        let previous = start.checked_sub(1).map(|id| self.parsed.text(TokenId(id)).to_lowercase());
        let after = [1, 2].map(|count| TokenId(noun.0 + count));
        // "brother-in-law"
        let is_in_law =
            sentence.contains(after[1]) && after.map(|token| self.parsed.text(token)) == ["-", "in"];
        worded && !is_in_law && previous.is_none_or(|word| !OTHERS.contains(&word.as_str()))
    }

    /// The words that a role noun is said of.
    fn subjects(&self, sentence: SentenceId, noun: TokenId) -> Vec<TokenId> {
        let edges =
            self.parsed.enhanced(sentence).below(noun).iter().filter(|edge| edge.role == Role::Subject);
        let mut subjects: Vec<TokenId> = edges.map(|edge| edge.dependent).collect();
        if subjects.is_empty() {
            subjects.extend(self.ends.apposed_to(noun).or_else(|| self.beside_place(sentence, noun)));
        }
        if let Some(name) = self.titled(sentence, noun)
            && !subjects
                .iter()
                .any(|subject| self.ends.names_at(*subject).next() == self.ends.names_at(name).next())
        {
            subjects.push(name);
        }
        subjects
    }

    /// "The mayor of Oslo, Mira Holt": the tree hangs the name on the place, but it is a person's, and the office's.
    fn beside_place(&self, sentence: SentenceId, noun: TokenId) -> Option<TokenId> {
        let is_apposed = |child: &TokenId| self.parsed.word(*child).deprel == Deprel::Appos;
        let is = |word: TokenId, class: &str| {
            let mut names = self.ends.names_at(word);
            names.any(|id| self.lexicon.is_core(self.ends.class_of(id), class))
        };
        if !self.parsed.children(noun).any(|child| self.parsed.lemma(child) == "the") {
            return None;
        }
        let of = self.parsed.enhanced(sentence).below(noun).iter().filter(|edge| edge.role == Role::Of);
        let places = of.map(|edge| edge.dependent).filter(|place| is(*place, "Place"));
        let mut names = places.flat_map(|place| self.parsed.children(place).filter(is_apposed));
        names.find(|name| is(*name, "Person"))
    }

    /// The name that a noun is a title of: "CEO and Founder Mira Holt".
    fn titled(&self, sentence: SentenceId, noun: TokenId) -> Option<TokenId> {
        let range = self.parsed.document().sentence(sentence);
        let mut next = TokenId(noun.0 + 1);
        while range.contains(next) {
            if self.is_in_name(next) {
                return Some(next);
            }
            let text = self.parsed.text(next).to_lowercase();
            let is_role = !self.lexicon.roles_of(&self.parsed.lemma(next).to_lowercase()).is_empty();
            if !is_role && !matches!(text.as_str(), "and" | "&" | "/" | "-" | "co") {
                return None;
            }
            next = TokenId(next.0 + 1);
        }
        None
    }

    /// The words that a role noun, or the name it is a title of, takes as what it is a role in.
    fn objects(
        &self,
        sentence: SentenceId,
        noun: TokenId,
        subject: TokenId,
        property: &Property,
    ) -> Vec<TokenId> {
        let enhanced = self.parsed.enhanced(sentence);
        // "her brother Odo Park of Elm" is nobody's brother by that.
        let is_title = subject > noun && !self.is_of_person(property);
        let of_title = if is_title { enhanced.below(subject) } else { &[] };
        // "President Park in the Opera": the name's own prepositions say nothing of the role, but for "of".
        let of_title = of_title.iter().filter(|edge| edge.role != Role::Oblique);
        // "chairman of Lumen Works in Oslo" leads the works alone.
        let is_possessive = |word: TokenId| self.parsed.word(word).deprel == Deprel::NmodPoss;
        let is_of = |edge: &Edge| edge.role == Role::Of && !is_possessive(edge.dependent);
        let is_told = enhanced.below(noun).iter().any(is_of);
        let tied = enhanced.below(noun).iter().chain(of_title).filter(|edge| match edge.role {
            Role::Of => true,
            Role::Compound => self.is_in_name(edge.dependent) && edge.dependent < noun,
            Role::Oblique if is_told => false,
            Role::Oblique => {
                edge.marker.is_some_and(|marker| TIES.contains(&&*self.parsed.lemma(marker).to_lowercase()))
            }
            _ => false,
        });
        tied.map(|edge| edge.dependent).filter(|object| *object != subject && *object != noun).collect()
    }

    /// Whether a property is one of a person to a person.
    fn is_of_person(&self, property: &Property) -> bool {
        let ontology = self.lexicon.ontology();
        let meets =
            |person| !property.range_classes.is_empty() && ontology.meets(person, &property.range_classes);
        ontology.core_class("Person").is_some_and(meets)
    }

    /// The organization whose name stands right before a role: "Lumen Works founder Ada Park".
    fn named_before(&self, noun: TokenId, role: &RoleNoun) -> Option<TokenId> {
        let before = TokenId(noun.0.checked_sub(role.words.len() as u32)?);
        let same_sentence = self.parsed.sentence_around(before).contains(noun);
        (same_sentence && self.is_in_name(before)).then_some(before)
    }

    /// What the discourse supplies: the article's work, or the organization named last.
    fn supplied(&self, sentence: SentenceId, noun: TokenId, property: &Property) -> Option<MentionId> {
        let general = candidate::is_plural(self.parsed, noun) || property.range != Range::Thing;
        if general || property.range_classes.is_empty() || !property.implicit_object {
            return None;
        }
        let before = |id: &MentionId| self.ends.mention(*id).head < noun;
        if let Some(topic) = self.topic {
            let mentions = &self.entities.entity(topic).mentions;
            let fits = |id: &&MentionId| self.ends.meets(**id, &property.range_classes);
            let is_name = |id: &&MentionId| self.ends.mention(**id).kind == Kind::Name;
            let named = mentions.iter().rev().filter(is_name).find(|id| before(id));
            let nearest = named.or_else(|| mentions.iter().rev().find(|id| before(id))).or(mentions.first());
            if let Some(mention) = nearest.filter(fits) {
                return Some(*mention);
            }
            let headline = mentions.first().filter(fits);
            if headline.is_some() {
                return headline.copied();
            }
        }
        let earliest = SentenceId(sentence.0.saturating_sub(1));
        let earliest = self.parsed.document().sentence(earliest).start;
        let words = (earliest.0..noun.0).rev().map(TokenId);
        let mut names = words.flat_map(|word| self.ends.names_at(word));
        names.find(|id| self.ends.meets(*id, &property.range_classes)).filter(|id| self.is_organization(*id))
    }

    fn is_organization(&self, id: MentionId) -> bool {
        self.lexicon.is_core(self.ends.class_of(id), "Organization")
    }
}

/// A role as it is called while it lasts: "ex-president", "then-president".
fn today(noun: &str) -> &str {
    noun.strip_prefix("ex-").or_else(|| noun.strip_prefix("then-")).unwrap_or(noun)
}

/// The work that an article is about: one that its headline names or, where there is no headline, the only one that is
/// named twice.
pub fn topic(parsed: &Parsed, entities: &Entities, lexicon: &Lexicon) -> Option<EntityId> {
    let is_work = |id: EntityId| {
        entities.entity(id).name.is_some() && lexicon.is_core(entities.entity(id).class, "Work")
    };
    let has_headline = entities.mentions().any(|(_, mention)| mention.kind == Kind::Article);
    let weight = |id: EntityId| -> usize {
        let mentions = entities.entity(id).mentions.iter().map(|mention| entities.mention(*mention));
        let named: Vec<_> = mentions.filter(|mention| mention.kind != Kind::Pronoun).collect();
        if named.iter().any(|mention| mention.kind == Kind::Article) {
            return 0;
        }
        let in_headline = named.iter().any(|mention| {
            let sentence = parsed.document().sentence_of(mention.head);
            parsed.document().role_of(sentence) == ParagraphRole::Headline
        });
        if in_headline || !has_headline { named.len() + usize::from(in_headline) } else { 0 }
    };
    let works = entities.entities().map(|(id, _)| id).filter(|id| is_work(*id));
    let weighed = works.map(|id| (weight(id), std::cmp::Reverse(id))).filter(|(weight, _)| *weight >= 2);
    weighed.max().map(|(_, id)| id.0)
}
