//! Candidates: where a phrase of the lexicon fits a sentence.

use crate::document::{SentenceId, TokenId};
use crate::lexicon::phrase::lemma_with_particle;
use crate::lexicon::{Anchor, Lexicon, Pattern, Step};
use crate::ontology::ClassId;
use crate::syntax::enhanced::{Edge, Enhanced, Role};
use crate::syntax::{Parsed, Upos, Xpos};

/// A pattern found in a sentence.
#[derive(Clone, Debug)]
pub struct Match<'l> {
    pub pattern: &'l Pattern,
    pub subject: TokenId,
    pub object: TokenId,
    /// The words between, from the subject to the object.
    pub anchors: Vec<TokenId>,
}

/// Every match of every pattern in a sentence.
pub fn find<'l>(parsed: &Parsed, sentence: SentenceId, lexicon: &'l Lexicon) -> Vec<Match<'l>> {
    let words = parsed.document().sentence(sentence);
    let lemmas: Vec<Box<str>> = words.iter().map(|word| lemma_with_particle(parsed, word)).collect();
    let class = |word: TokenId, lemma: &str| {
        let is_noun = parsed.word(word).upos == Upos::Noun;
        if is_noun { lexicon.nouns().class(lemma) } else { None }
    };
    let classes = words.iter().zip(&lemmas).map(|(word, lemma)| class(word, lemma)).collect();
    let enhanced = parsed.enhanced(sentence);
    let finder = Finder { parsed, enhanced, lexicon, first: words.start, lemmas, classes };
    let mut found = Vec::new();
    for word in words.iter() {
        let lemma = finder.lemma(word);
        let text = parsed.text(word);
        let form = (text != lemma).then(|| text.to_lowercase()).filter(|form| form != lemma);
        let by_form = form.iter().flat_map(|form| lexicon.patterns_at(form));
        let patterns = lexicon.patterns_at(lemma).chain(by_form);
        let unnamed = lexicon.patterns_at("").filter(|pattern| finder.may_anchor(pattern, word));
        for pattern in patterns.chain(unnamed) {
            finder.matches(pattern, word, &mut found);
        }
    }
    found
}

struct Finder<'a, 's> {
    parsed: &'a Parsed<'s>,
    enhanced: &'a Enhanced,
    lexicon: &'a Lexicon,
    /// The sentence's first word.
    first: TokenId,
    /// Of each word of the sentence, with its particle.
    lemmas: Vec<Box<str>>,
    /// What each noun of the sentence names.
    classes: Vec<Option<ClassId>>,
}

impl Finder<'_, '_> {
    fn lemma(&self, word: TokenId) -> &str {
        &self.lemmas[(word.0 - self.first.0) as usize]
    }

    /// Whether a pattern whose words are all classes may begin at a word; that most words name none is soon seen.
    fn may_anchor(&self, pattern: &Pattern, word: TokenId) -> bool {
        pattern
            .anchors
            .first()
            .is_none_or(|anchor| self.class(word).is_some() || self.lemma(word) == &*anchor.lemma)
    }

    fn class(&self, word: TokenId) -> Option<ClassId> {
        self.classes[(word.0 - self.first.0) as usize]
    }

    fn matches<'l>(&self, pattern: &'l Pattern, word: TokenId, found: &mut Vec<Match<'l>>) {
        let Some(start) = pattern.start() else {
            // No word between: one step leads from the subject itself.
            for object in self.next(word, &pattern.steps[0], Direction::Forward, false) {
                found.push(Match { pattern, subject: word, object, anchors: Vec::new() });
            }
            return;
        };
        if !self.fits(&pattern.anchors[start], word) {
            return;
        }
        let backward = self.ways(vec![word], pattern, start, Direction::Backward);
        if backward.is_empty() {
            return;
        }
        let forward = self.ways(vec![word], pattern, start + 1, Direction::Forward);
        for back in backward {
            for ahead in &forward {
                let (subject, object) = (back[back.len() - 1], ahead[ahead.len() - 1]);
                let mut words: Vec<TokenId> = back.iter().rev().copied().collect();
                words.extend(&ahead[1..]);
                let anchors = words[1..words.len() - 1].to_vec();
                let distinct = words.iter().enumerate().all(|(at, word)| !words[..at].contains(word));
                if distinct {
                    found.push(Match { pattern, subject, object, anchors });
                }
            }
        }
    }

    /// The ways on from the last word of a path, along the pattern's steps from number `step` to its end or beginning.
    fn ways(
        &self,
        path: Vec<TokenId>,
        pattern: &Pattern,
        step: usize,
        direction: Direction,
    ) -> Vec<Vec<TokenId>> {
        let word = path[path.len() - 1];
        let next = self.next(word, &pattern.steps[step], direction, !pattern.anchors.is_empty());
        let last = match direction {
            Direction::Forward => step + 1 == pattern.steps.len(),
            Direction::Backward => step == 0,
        };
        let mut ways = Vec::new();
        for reached in next {
            let longer: Vec<TokenId> = path.iter().copied().chain([reached]).collect();
            if last {
                ways.push(longer);
                continue;
            }
            // Step `i` leads from anchor `i - 1` to anchor `i`.
            let (anchor, further) = match direction {
                Direction::Forward => (step, step + 1),
                Direction::Backward => (step - 1, step - 1),
            };
            if self.fits(&pattern.anchors[anchor], reached) {
                ways.extend(self.ways(longer, pattern, further, direction));
            }
        }
        ways
    }

    fn next(&self, word: TokenId, step: &Step, direction: Direction, loose: bool) -> Vec<TokenId> {
        let down = step.down == (direction == Direction::Forward);
        if down {
            self.enhanced
                .below(word)
                .iter()
                .filter(|edge| self.agrees(edge, step, loose))
                .map(|edge| edge.dependent)
                .collect()
        } else {
            self.enhanced
                .above(word)
                .filter(|edge| self.agrees(edge, step, loose))
                .map(|edge| edge.governor)
                .collect()
        }
    }

    /// Whether a relation is the one that a step asks for; a loose one takes "Finch founder" for "founder of Finch".
    fn agrees(&self, edge: &Edge, step: &Step, loose: bool) -> bool {
        let same_role = edge.role == step.role
            || (loose
                && step.role == Role::Of
                && edge.role == Role::Compound
                && self.parsed.word(edge.dependent).upos == Upos::Propn);
        // Without a word between, only the preposition itself says "of": "their Ada" is not Ada of theirs.
        let said = loose || step.role != Role::Of || self.has(edge.dependent, "of");
        same_role
            && said
            && match (&step.marker, edge.marker) {
                (None, None) => true,
                (Some(expected), Some(marker)) => {
                    let marker = self.parsed.lemma(marker).to_lowercase();
                    marker == **expected || (marker == "where" && matches!(&**expected, "in" | "at"))
                }
                _ => false,
            }
    }

    fn fits(&self, anchor: &Anchor, word: TokenId) -> bool {
        let lemma = self.lemma(word);
        let named = match anchor.class {
            None => *lemma == *anchor.lemma || self.parsed.text(word).eq_ignore_ascii_case(&anchor.form),
            Some(class) => {
                let is_one = |of| self.lexicon.ontology().is_a(of, class);
                *lemma == *anchor.lemma || self.class(word).is_some_and(is_one)
            }
        };
        named
            && anchor.requires.iter().all(|lemma| self.has(word, lemma))
            && !(anchor.requires.is_empty() && self.moves_another(word))
    }

    /// "Finch moved a factory to Ghent": not Finch went there, but what it moved.
    fn moves_another(&self, word: TokenId) -> bool {
        let has_object = || self.enhanced.below(word).iter().any(|edge| edge.role == Role::Object);
        CAUSATIVES.contains(&self.lemma(word)) && has_object()
    }

    fn has(&self, word: TokenId, lemma: &str) -> bool {
        self.parsed.children(word).any(|child| self.parsed.lemma(child).eq_ignore_ascii_case(lemma))
    }
}

/// Verbs that say where their subject goes, or their object if they have one.
const CAUSATIVES: &[&str] = &["move", "relocate", "transfer", "resettle"];

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Forward,
    Backward,
}

/// Whether a noun stands in the plural.
pub fn is_plural(parsed: &Parsed, word: TokenId) -> bool {
    matches!(parsed.word(word).xpos, Xpos::Nns | Xpos::Nnps)
}
