//! Learns the rules of the lemmatizer.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

use tellgraph::syntax::lemma::{LONGEST_ENDING, normalize};
use tellgraph::syntax::{Upos, Xpos};

use crate::corpus::GoldSentence;

/// How many characters go from the end of a word, and what comes in their place.
type Script = (usize, String);

/// Learns rules from sentences and returns them as a file.
///
/// For each tag, an ending gets a rule where most of the words that have it want another change than the next shorter
/// ending says; whole words get a rule where they are exceptions.
pub fn train(sentences: &[&GoldSentence]) -> String {
    let words = count(sentences);
    let mut file = String::new();
    let tags: BTreeSet<Xpos> = words.keys().map(|(tag, _)| *tag).collect();
    for tag in tags {
        let own: Vec<(&str, &str, f64)> = words
            .iter()
            .filter(|((t, _), _)| *t == tag)
            .map(|((_, word), (lemma, n))| (word.as_str(), lemma.as_str(), *n))
            .collect();
        for (ending, (cut, add)) in rules(&own) {
            writeln!(file, "{tag}\t{ending}\t{cut}\t{add}").expect("writing to memory does not fail");
        }
    }
    file
}

/// Each word under each tag with its most frequent lemma and how often it occurs.
fn count(sentences: &[&GoldSentence]) -> BTreeMap<(Xpos, String), (String, f64)> {
    let mut counts: BTreeMap<(Xpos, String), BTreeMap<String, usize>> = BTreeMap::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        if word.lemma == "_" || word.upos == Upos::X && word.lemma.contains(' ') {
            continue;
        }
        // Only "I" and names have capitals; those of names come from the text.
        let lemma = if word.xpos == Xpos::Prp { word.lemma.clone() } else { normalize(&word.lemma) };
        *counts.entry((word.xpos, normalize(&word.form))).or_default().entry(lemma).or_default() += 1;
    }
    let best = |lemmas: BTreeMap<String, usize>| {
        let total: usize = lemmas.values().sum();
        let lemma = lemmas.into_iter().max_by_key(|(_, n)| *n).map_or(String::new(), |(lemma, _)| lemma);
        (lemma, total as f64)
    };
    counts.into_iter().map(|(key, lemmas)| (key, best(lemmas))).collect()
}

fn script(word: &str, lemma: &str) -> Script {
    let shared = word.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
    (word.chars().count() - shared, lemma.chars().skip(shared).collect())
}

fn rules(words: &[(&str, &str, f64)]) -> BTreeMap<String, Script> {
    let mut rules: BTreeMap<String, Script> = BTreeMap::new();
    for length in 0..=LONGEST_ENDING {
        let mut votes: HashMap<String, HashMap<Script, f64>> = HashMap::new();
        for (word, lemma, n) in words {
            let characters: Vec<char> = word.chars().collect();
            if characters.len() >= length {
                let ending = characters[characters.len() - length..].iter().collect();
                *votes.entry(ending).or_default().entry(script(word, lemma)).or_default() += 1.0 + n.ln();
            }
        }
        for (ending, scripts) in votes {
            let mut ranked: Vec<(Script, f64)> = scripts.into_iter().collect();
            ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let (script, votes) = ranked.swap_remove(0);
            let known = inherited(&rules, &ending);
            if known != Some(&script) && (votes >= 2.0 || length == 0) && fits(&ending, &script) {
                rules.insert(ending, script);
            }
        }
    }
    for (word, lemma, _) in words {
        let (cut, add) = inherited(&rules, word).cloned().unwrap_or_default();
        let kept: String = word.chars().take(word.chars().count().saturating_sub(cut)).collect();
        if kept + &add != *lemma {
            rules.insert(format!("^{word}"), (0, lemma.to_string()));
        }
    }
    rules
}

/// A rule must not cut more than the ending it is sure of.
fn fits(ending: &str, script: &Script) -> bool {
    script.0 <= ending.chars().count()
}

/// What the longest ending of a word with a rule says.
fn inherited<'r>(rules: &'r BTreeMap<String, Script>, word: &str) -> Option<&'r Script> {
    let characters: Vec<char> = word.chars().collect();
    let longest = characters.len().min(LONGEST_ENDING);
    (0..=longest)
        .rev()
        .find_map(|n| rules.get(&characters[characters.len() - n..].iter().collect::<String>()))
}
