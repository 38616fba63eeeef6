//! Tags: each word's part of speech, universal and Penn at once.

use std::sync::OnceLock;

use super::form::{Form, Hash};
use super::model::{Feature, Model, Scorer, best};
use super::{Upos, Xpos};

/// A pair of tags, by its number among the model's labels.
pub type Tag = usize;

/// A tagger: greedy, left to right, each tag chosen from the words around and the two tags before.
pub struct Tagger<S> {
    scorer: S,
    tags: Vec<(Upos, Xpos)>,
}

/// The tagger that comes with the library.
pub fn tagger() -> &'static Tagger<Model> {
    static TAGGER: OnceLock<Tagger<Model>> = OnceLock::new();
    TAGGER.get_or_init(|| Tagger::new(Model::read(include_bytes!("tag.model"))))
}

impl<S: Scorer> Tagger<S> {
    pub fn new(scorer: S) -> Self {
        let tags = scorer.labels().iter().map(|label| parse_label(label)).collect();
        Self { scorer, tags }
    }

    /// The tags of a sentence.
    pub fn tag(&self, forms: &[Form]) -> Vec<(Upos, Xpos)> {
        let mut chosen: Vec<Tag> = Vec::with_capacity(forms.len());
        let (mut features, mut scores) = (Vec::new(), Vec::new());
        let casing = casing(forms);
        for i in 0..forms.len() {
            self::features(forms, i, casing, &chosen, &mut features);
            self.scorer.score(&features, &mut scores);
            chosen.push(best(&scores));
        }
        chosen.iter().map(|tag| self.tags.get(*tag).copied().unwrap_or((Upos::X, Xpos::Fw))).collect()
    }
}

/// A pair of tags as a label: "NOUN NN".
pub fn label(upos: Upos, xpos: Xpos) -> String {
    format!("{upos} {xpos}")
}

fn parse_label(label: &str) -> (Upos, Xpos) {
    let (upos, xpos) = label.split_once(' ').unwrap_or((label, ""));
    (Upos::parse(upos).unwrap_or(Upos::X), Xpos::parse(xpos).unwrap_or(Xpos::Fw))
}

/// How much of a sentence is capitalized, in quarters of its words beyond the first: titles are mostly.
pub fn casing(forms: &[Form]) -> u32 {
    let words = forms.iter().skip(1).filter(|form| form.is_word);
    let (count, capitals) =
        words.fold((0, 0), |(n, caps), form| (n + 1, caps + u32::from(form.is_capitalized)));
    if count < 2 { 9 } else { 4 * capitals / count }
}

/// The features of word `i`, given the tags before it and the casing of the sentence.
pub fn features(forms: &[Form], i: usize, casing: u32, before: &[Tag], features: &mut Vec<Feature>) {
    let none = Form::default();
    let at = |offset: isize| i.checked_add_signed(offset).and_then(|k| forms.get(k)).unwrap_or(&none);
    let previous = |back: usize| i.checked_sub(back).map_or(u32::MAX, |k| before[k] as u32);
    let (l2, l1, w, r1, r2) = (at(-2), at(-1), at(0), at(1), at(2));
    let (t1, t2) = (previous(1), previous(2));
    features.clear();
    let mut template = 0;
    let mut add = |values: &[u32]| {
        template += 1;
        features
            .push(values.iter().fold(Hash::template(template), |hash, value| hash.with(*value)).feature());
    };
    add(&[]);
    add(&[w.cased]);
    add(&[w.word]);
    add(&[w.cluster]);
    for suffix in w.suffixes {
        add(&[suffix]);
    }
    for prefix in w.prefixes {
        add(&[prefix]);
    }
    add(&[w.shape]);
    add(&[w.shape, l1.shape]);
    add(&[w.shape, r1.shape]);
    add(&[w.shape, l1.shape, r1.shape]);
    add(&[w.shape, u32::from(i == 0), w.suffixes[2]]);
    add(&[casing, w.shape, u32::from(i == 0)]);
    add(&[casing, w.shape, w.group]);
    add(&[casing, w.word]);
    add(&[casing, w.shape, w.suffixes[1]]);
    add(&[l1.word, w.shape]);
    add(&[r1.word, w.shape]);
    add(&[l1.group, w.shape, r1.group]);
    add(&[t1]);
    add(&[t1, t2]);
    add(&[t1, w.word]);
    add(&[t1, t2, w.word]);
    add(&[t1, w.suffixes[2]]);
    add(&[t1, w.shape]);
    add(&[t1, w.cluster]);
    add(&[t1, r1.word]);
    add(&[t1, r1.suffixes[1]]);
    add(&[t1, r1.group]);
    add(&[l1.word]);
    add(&[l2.word]);
    add(&[r1.word]);
    add(&[r2.word]);
    add(&[l1.word, w.word]);
    add(&[w.word, r1.word]);
    add(&[l1.word, r1.word]);
    add(&[l2.word, l1.word]);
    add(&[r1.word, r2.word]);
    add(&[l1.suffixes[2]]);
    add(&[r1.suffixes[2]]);
    add(&[r2.suffixes[2]]);
    add(&[r1.suffixes[1], r1.shape]);
    add(&[l1.cluster]);
    add(&[r1.cluster]);
    add(&[w.group]);
    add(&[r1.group]);
    add(&[r2.group]);
    add(&[w.group, w.suffixes[1]]);
    add(&[w.group, w.shape]);
    add(&[t1, w.group, r1.group]);
    add(&[w.suffixes[2], r1.suffixes[2]]);
    add(&[l1.group, w.group, r1.group]);
}
