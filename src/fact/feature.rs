//! Features: what is seen of a filler, of a pair of fillers, and (`feature/label.rs`) of a property's label around them.

mod known;
mod label;

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::filler::Filler;
use crate::document::TokenId;
use crate::lexicon::Step;
use crate::lexicon::noun;
use crate::lexicon::phrase::{follow, shortest};
use crate::lexicon::scorer::Feature;
use crate::mention::description;
use crate::syntax::enhanced::Edge;
use crate::syntax::meaning::Meaning;
use crate::syntax::{Parsed, Upos};

/// Sees features in a text.
pub struct Eye<'a, 's> {
    pub parsed: &'a Parsed<'s>,
    /// Each token in lower case.
    forms: Vec<String>,
    /// What each token means.
    meanings: Vec<Option<Meaning>>,
    /// What each feature that was seen is called, where somebody wants to read it.
    names: Option<Names>,
}

pub use known::Known;
pub use label::{Anchors, may_fit};

/// Features by what they were made of.
pub type Names = Mutex<BTreeMap<Feature, String>>;

/// The way from one filler to the other over the enhanced dependencies.
#[derive(Clone, Debug, Default)]
pub struct Way {
    pub steps: Vec<Step>,
    /// The words between.
    pub words: Vec<TokenId>,
}

impl<'a, 's> Eye<'a, 's> {
    pub fn new(parsed: &'a Parsed<'s>) -> Self {
        let forms: Vec<String> =
            (0..parsed.words().len() as u32).map(|id| parsed.text(TokenId(id)).to_lowercase()).collect();
        let meanings = forms.iter().map(|form: &String| Meaning::of(form)).collect();
        Self { parsed, forms, meanings, names: None }
    }

    /// The same, which remembers what each feature is called.
    pub fn naming(parsed: &'a Parsed<'s>) -> Self {
        Self { names: Some(Names::default()), ..Self::new(parsed) }
    }

    /// What a feature is called, if names are kept.
    pub fn name(&self, feature: Feature) -> Option<String> {
        self.names.as_ref()?.lock().ok()?.get(&feature).cloned()
    }

    fn seen<'e>(&'e self, end: &'e str) -> Seen<'e> {
        Seen { end, features: Vec::new(), names: self.names.as_ref() }
    }

    fn form(&self, token: TokenId) -> &str {
        &self.forms[token.index()]
    }

    /// A word's form if it belongs to a closed class, or else its part of speech.
    fn closed(&self, token: TokenId) -> &str {
        match self.parsed.word(token).upos {
            upos if upos.is_open() => upos.as_str(),
            _ => self.form(token),
        }
    }

    /// Whether a filler is no name, but words for something known: "the film", "this dish".
    pub fn is_definite(&self, filler: &Filler) -> bool {
        let before = filler.tokens.start.0.checked_sub(1).map(TokenId);
        filler.sort == "lower" && before.is_some_and(|token| description::is_definite(self.form(token)))
    }

    /// What is seen of a filler at one end, `subject` or `object`.
    pub fn filler(&self, filler: &Filler, end: &str) -> Vec<Feature> {
        let mut seen = self.seen(end);
        self.own_words(filler, &mut seen);
        self.neighbours(filler, &mut seen);
        self.governors(filler, &mut seen);
        seen.features
    }

    fn own_words(&self, filler: &Filler, seen: &mut Seen) {
        let tokens = filler.tokens;
        let words: Vec<&str> = tokens.iter().map(|token| self.form(token)).collect();
        let text = words.join(" ");
        let head = self.parsed.lemma(filler.head).to_lowercase();
        let last = words[words.len() - 1];
        let length = tokens.len().min(6).to_string();
        let tags: Vec<&str> =
            tokens.iter().take(6).map(|token| self.parsed.word(token).upos.as_str()).collect();
        let topic = flag(filler.is_topic);
        let maximal = flag(filler.is_maximal);
        seen.shared(&["sort", filler.sort]);
        seen.shared(&["sort maximal topic", filler.sort, maximal, topic]);
        seen.shared(&["length", filler.sort, &length]);
        let first = self.parsed.word(tokens.start).upos.as_str();
        seen.shared(&["begins", first, topic, flag(tokens.len() == 1)]);
        seen.shared(&["tags", &tags.join(" "), maximal]);
        seen.shared(&["kind", noun::kind(&head).unwrap_or("-"), filler.sort]);
        let known = filler.known;
        seen.shared(&["known", known, filler.sort]);
        let place = filler.place.to_string();
        seen.shared(&["place", &place, filler.sort, maximal]);
        seen.shared(&["short for another", flag(filler.is_short), filler.sort]);
        seen.shared(&["said again", &filler.repeats.to_string(), topic, flag(filler.is_short)]);
        seen.shared(&[
            "ends with",
            self.parsed.word(TokenId(tokens.end.0 - 1)).upos.as_str(),
            filler.sort,
            maximal,
        ]);
        let article = ["the", "a", "an"].contains(&words[0]);
        seen.shared(&[
            "article",
            flag(article),
            flag(tokens.start == self.parsed.sentence_around(tokens.start).start),
        ]);
        seen.own(&["sort", filler.sort, known]);
        seen.shared(&["form", &form(self.parsed.document().slice(self.parsed.document().span(tokens)))]);
        seen.lexical(&["last", last]);
        if seen.end == "object" || filler.sort == "lower" {
            seen.lexical(&["text", &text]);
            seen.lexical(&["head", &head]);
            let ending: String = last.chars().rev().take(3).collect();
            seen.lexical(&["ending", &ending]);
            words.iter().for_each(|word| seen.lexical(&["word", word]));
        }
    }

    fn neighbours(&self, filler: &Filler, seen: &mut Seen) {
        let sentence = self.parsed.sentence_around(filler.tokens.start);
        let at = |position: Option<u32>| position.map(TokenId).filter(|token| sentence.contains(*token));
        let (start, end) = (filler.tokens.start.0, filler.tokens.end.0);
        let before = [at(start.checked_sub(1)), at(start.checked_sub(2))];
        let after = [at(Some(end)), at(Some(end + 1))];
        for (side, [near, far]) in [("before", before), ("after", after)] {
            let form = |token: Option<TokenId>| token.map_or("#", |token| self.form(token));
            let closed = |token: Option<TokenId>| token.map_or("#", |token| self.closed(token));
            seen.own(&[side, form(near)]);
            seen.own(&[side, form(near), form(far)]);
            seen.shared(&[side, "closed", closed(near), flag(filler.is_maximal)]);
            seen.own(&[side, "two", closed(near), closed(far)]);
            if side == "before" {
                seen.own(&["before, and sort", form(near), form(far), filler.sort]);
            }
        }
    }

    fn governors(&self, filler: &Filler, seen: &mut Seen) {
        let word = self.parsed.word(filler.head);
        seen.shared(&["relation", word.deprel.as_str(), flag(filler.is_maximal)]);
        let root = self.parsed.root(filler.sentence);
        let depth = if filler.head == root {
            "root"
        } else if word.head == Some(root) {
            "below"
        } else {
            "deep"
        };
        seen.shared(&["depth", depth, word.deprel.as_str()]);
        seen.own(&["root", &self.parsed.lemma(root).to_lowercase()]);
        for edge in self.parsed.enhanced(filler.sentence).above(filler.head) {
            let role = self.role(edge);
            let governor = self.parsed.lemma(edge.governor).to_lowercase();
            seen.shared(&["role", &role]);
            seen.own(&["governor", &role, &governor]);
        }
    }

    fn role(&self, edge: &Edge) -> String {
        let marker = edge.marker.map_or(String::new(), |marker| format!(":{}", self.form(marker)));
        format!("{:?}{marker}", edge.role)
    }

    /// The way from subject to object; `None` if they stand in different sentences.
    pub fn way(&self, subject: &Filler, object: &Filler) -> Option<Way> {
        if subject.sentence != object.sentence {
            return None;
        }
        let edges = shortest(self.parsed.enhanced(subject.sentence), subject.head, object.head)?;
        let mut way = Way::default();
        for (word, step) in follow(self.parsed, subject.head, &edges) {
            way.steps.push(step);
            way.words.push(word);
        }
        way.words.pop();
        Some(way)
    }

    /// What is seen between two fillers that do not overlap.
    pub fn pair(&self, subject: &Filler, object: &Filler, way: Option<&Way>) -> Vec<Feature> {
        let mut seen = self.seen("pair");
        let order = match subject.tokens {
            tokens if tokens.overlaps(object.tokens) => "inside",
            tokens if tokens.start < object.tokens.start => "then",
            _ => "back",
        };
        let topic = flag(subject.is_topic);
        seen.features.push(bias());
        seen.shared(&["sorts", subject.sort, object.sort, order]);
        let [one, other] = [subject, object].map(|end| end.place.to_string());
        seen.shared(&["places", &one, &other, order]);
        seen.shared(&["words shared", self.shared_words(subject, object), order]);
        if order == "inside" {
            let begins = flag(subject.tokens.start == object.tokens.start);
            let ends = flag(subject.tokens.end == object.tokens.end);
            seen.shared(&["inside", begins, ends, object.sort]);
        } else if subject.sentence == object.sentence {
            self.between(subject, object, order, &mut seen);
        } else {
            let apart = object.sentence.0.abs_diff(subject.sentence.0).min(3).to_string();
            seen.shared(&["sentences apart", &apart, order, topic]);
            seen.shared(&["sentence's subject", self.subject_of(object), topic]);
        }
        let Some(way) = way else {
            seen.shared(&["no way", topic]);
            return seen.features;
        };
        let lemmas: Vec<String> =
            way.words.iter().map(|word| self.parsed.lemma(*word).to_lowercase()).collect();
        let length = way.steps.len().min(5).to_string();
        let steps: Vec<String> = way.steps.iter().map(arrow).collect();
        seen.shared(&["way's length", &length, topic]);
        if steps.len() <= 5 {
            seen.shared(&["way's steps", &steps.join(" ")]);
            seen.own(&["way", &steps.join(" "), &lemmas.join(" ")]);
        }
        lemmas.iter().for_each(|lemma| seen.own(&["way's word", lemma, order]));
        if let (Some(step), Some(lemma)) = (steps.last(), lemmas.last()) {
            seen.own(&["way's end", lemma, step, topic]);
            seen.own(&["way's end, known", lemma, object.known, object.sort]);
        }
        seen.features
    }

    /// Whether the words of one filler are among those of the other.
    fn shared_words(&self, subject: &Filler, object: &Filler) -> &'static str {
        let [one, other] = [subject, object].map(|filler| &self.forms[filler.tokens.indices()]);
        let holds = |whole: &[String], part: &[String]| whole.windows(part.len()).any(|words| words == part);
        if holds(one, other) {
            "object"
        } else if holds(other, one) {
            "subject"
        } else {
            "none"
        }
    }

    /// What the subject of a filler's sentence is, as that tells whether it speaks of the topic still.
    fn subject_of(&self, filler: &Filler) -> &'static str {
        let sentence = self.parsed.document().sentence(filler.sentence);
        let is_subject = |token: &TokenId| {
            matches!(
                self.parsed.word(*token).deprel,
                crate::syntax::Deprel::Nsubj | crate::syntax::Deprel::NsubjPass
            )
        };
        let opens = sentence.iter().take(8).find(is_subject);
        let possessed =
            sentence.iter().take(4).any(|token| matches!(self.form(token), "its" | "his" | "her" | "their"));
        match opens.map(|token| self.parsed.word(token).upos) {
            _ if possessed => "possessed",
            None => "none",
            Some(Upos::Pron) => "pronoun",
            Some(Upos::Propn) => "name",
            Some(_) => "noun",
        }
    }

    fn between(&self, subject: &Filler, object: &Filler, order: &str, seen: &mut Seen) {
        let (first, second) =
            if order == "then" { (subject.tokens, object.tokens) } else { (object.tokens, subject.tokens) };
        let tokens: Vec<TokenId> = (first.end.0..second.start.0).map(TokenId).collect();
        let distance = match tokens.len() {
            near @ 0..=4 => near,
            5..=7 => 5,
            8..=12 => 8,
            13..=20 => 13,
            _ => 21,
        };
        let distance = distance.to_string();
        let topic = flag(subject.is_topic);
        seen.shared(&["distance", &distance, order, topic]);
        if tokens.len() <= 5 {
            let words: Vec<&str> = tokens.iter().map(|token| self.form(*token)).collect();
            let closed: Vec<&str> = tokens.iter().map(|token| self.closed(*token)).collect();
            seen.own(&["between", &words.join(" "), order]);
            seen.shared(&["between, closed", &closed.join(" "), order]);
        }
        let runs = tokens.iter().enumerate().filter(|(at, token)| {
            let proper = |token: TokenId| self.parsed.word(token).upos == Upos::Propn;
            proper(**token) && (*at == 0 || !proper(tokens[*at - 1]))
        });
        let names = runs.count().min(3).to_string();
        seen.shared(&["names between", &names, order, topic]);
        seen.shared(&["names between, sorts", &names, subject.sort, object.sort]);
        let far = tokens.len() > 12;
        let near = tokens.iter().enumerate().filter(|(at, _)| !far || *at < 4 || *at + 6 >= tokens.len());
        near.for_each(|(_, token)| seen.own(&["word between", self.parsed.lemma(*token), order]));
        for two in tokens.windows(2).take(if far { 0 } else { 12 }) {
            seen.own(&["words between", self.form(two[0]), self.form(two[1]), order]);
        }
    }
}

/// The feature of every pair.
pub fn bias() -> Feature {
    Feature::shared(&["bias"])
}

/// A role and its preposition, after the direction.
fn arrow(step: &Step) -> String {
    let marker = step.marker.as_deref().map_or(String::new(), |marker| format!(":{marker}"));
    format!("{}{:?}{marker}", if step.down { ">" } else { "<" }, step.role)
}

/// How something is written, letters and digits by their kind: "Xx, Xx" of "Ghent, Belgium", "9.9 x" of "2.5 litres".
fn form(text: &str) -> String {
    let kind = |c: char| match c {
        _ if c.is_numeric() => '9',
        _ if c.is_uppercase() => 'X',
        _ if c.is_alphabetic() => 'x',
        _ => c,
    };
    let mut form: Vec<char> = text.chars().map(kind).collect();
    form.dedup();
    let whole: String = form.into_iter().collect();
    // Of names only what stands between their words is of interest.
    let whole = whole.replace("Xx X", "X").replace("Xx", "X");
    whole.replace("X X", "X")
}

struct Seen<'e> {
    end: &'e str,
    features: Vec<Feature>,
    names: Option<&'e Names>,
}

impl Seen<'_> {
    fn own(&mut self, parts: &[&str]) {
        self.add(parts, Feature::own);
    }

    fn lexical(&mut self, parts: &[&str]) {
        self.add(parts, Feature::lexical);
    }

    fn shared(&mut self, parts: &[&str]) {
        self.add(parts, Feature::shared);
    }

    fn add(&mut self, parts: &[&str], feature: fn(&[&str]) -> Feature) {
        let parts: Vec<&str> = [self.end].into_iter().chain(parts.iter().copied()).collect();
        let feature = feature(&parts);
        if let Some(Ok(mut names)) = self.names.map(Mutex::lock) {
            names.entry(feature).or_insert_with(|| parts.join(" "));
        }
        self.features.push(feature);
    }
}

fn flag(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}
