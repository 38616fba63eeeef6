//! Trains the tagger.

use std::collections::HashMap;

use tellgraph::syntax::form::Form;
use tellgraph::syntax::model::{Model, Scorer, best};
use tellgraph::syntax::tag::{self, Tagger};
use tellgraph::syntax::{Upos, Xpos};

use crate::corpus::GoldSentence;
use crate::perceptron::{Perceptron, Pruning, Random};

/// A sentence as the tagger sees it, with its gold tags.
struct Example {
    forms: Vec<Form>,
    gold: Vec<usize>,
}

pub fn forms(sentence: &GoldSentence) -> Vec<Form> {
    sentence.words.iter().map(|word| Form::new(&word.form)).collect()
}

/// Trains for so many rounds over sentences, some of them also in small letters, in capitals and in title case.
pub fn train(sentences: &[&GoldSentence], rounds: usize, seed: u64) -> Perceptron {
    let labels = labels(sentences);
    let number: HashMap<&str, usize> =
        labels.iter().enumerate().map(|(i, label)| (label.as_str(), i)).collect();
    let mut random = Random::new(seed);
    let mut examples = Vec::new();
    for sentence in sentences {
        // Rare pairs of tags, mostly slips of annotation, are learned as nothing.
        let gold = |sentence: &GoldSentence| {
            sentence
                .words
                .iter()
                .map(|w| number.get(tag::label(w.upos, w.xpos).as_str()).copied().unwrap_or(0))
                .collect()
        };
        examples.push(Example { forms: forms(sentence), gold: gold(sentence) });
        if let Some(recased) = recase(sentence, random.below(100)) {
            examples.push(Example { forms: forms(&recased), gold: gold(&recased) });
        }
    }
    let mut perceptron = Perceptron::new(labels.clone(), 2);
    for round in 0..rounds {
        random.shuffle(&mut examples);
        let wrong: usize = examples.iter().map(|example| learn(&mut perceptron, example)).sum();
        eprintln!("tag round {round}: {wrong} wrong");
    }
    perceptron
}

/// Pairs of tags that occur at least five times, the most frequent first.
fn labels(sentences: &[&GoldSentence]) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        *counts.entry(tag::label(word.upos, word.xpos)).or_default() += 1;
    }
    let mut labels: Vec<(usize, String)> =
        counts.into_iter().map(|(l, n)| (n, l)).filter(|(n, _)| *n >= 5).collect();
    labels.sort_unstable_by(|a, b| b.cmp(a));
    labels.into_iter().map(|(_, label)| label).collect()
}

/// Now and then a sentence with its letters changed: 5% small, 4% in title case, 2% capitals.
pub fn recase(sentence: &GoldSentence, chance: usize) -> Option<GoldSentence> {
    let change: fn(&str) -> String = match chance {
        0..5 => str::to_lowercase,
        5..9 => |word| {
            let mut characters = word.chars();
            characters.next().map_or(String::new(), |c| c.to_uppercase().chain(characters).collect())
        },
        9..11 => str::to_uppercase,
        _ => return None,
    };
    let mut recased = sentence.clone();
    recased.words.iter_mut().for_each(|word| word.form = change(&word.form));
    Some(recased)
}

fn learn(perceptron: &mut Perceptron, example: &Example) -> usize {
    let (mut chosen, mut features, mut scores) = (Vec::new(), Vec::new(), Vec::new());
    let mut wrong = 0;
    let casing = tag::casing(&example.forms);
    for (i, gold) in example.gold.iter().enumerate() {
        tag::features(&example.forms, i, casing, &chosen, &mut features);
        perceptron.score(&features, &mut scores);
        let guess = best(&scores);
        perceptron.advance();
        if guess != *gold {
            perceptron.update(&features, *gold, guess);
            wrong += 1;
        }
        chosen.push(guess);
    }
    wrong
}

/// Tags of sentences by taggers that did not see them, so that what learns from the tags sees real errors.
pub fn jackknife(sentences: &[&GoldSentence], folds: usize, rounds: usize) -> Vec<Vec<(Upos, Xpos)>> {
    use rayon::prelude::*;
    type Tagged = Vec<(usize, Vec<(Upos, Xpos)>)>;
    let parts: Vec<Tagged> = (0..folds)
        .into_par_iter()
        .map(|fold| {
            let rest: Vec<&GoldSentence> =
                sentences.iter().enumerate().filter(|(i, _)| i % folds != fold).map(|(_, s)| *s).collect();
            let tagger: Tagger<Model> =
                Tagger::new(train(&rest, rounds, fold as u64).model(Pruning { least: 1 }).0);
            let own = sentences.iter().enumerate().filter(|(i, _)| i % folds == fold);
            own.map(|(i, sentence)| (i, tagger.tag(&forms(sentence)))).collect()
        })
        .collect();
    let mut tags = vec![Vec::new(); sentences.len()];
    for (i, own) in parts.into_iter().flatten() {
        tags[i] = own;
    }
    tags
}
