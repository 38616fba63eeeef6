//! How well a model finds names.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use tellgraph::mention::name::model::Model;
use tellgraph::mention::name::{Name, NameClass, find_in};

use super::corpus::{self, Sentence, Text, read_columns};

/// Right, wrong and missed names.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

/// Prints precision, recall and F1 of persons, organizations, places and works on each corpus.
pub fn report(corpora: &[(String, Vec<Text>)], model: &Model) -> Result<()> {
    let (begun, mut tokens) = (Instant::now(), 0);
    for (name, texts) in corpora {
        let mut counts: BTreeMap<NameClass, Count> = BTreeMap::new();
        for text in texts {
            let source = corpus::source(text);
            let document = corpus::document(&source, text);
            tokens += document.tokens().len();
            compare(text, &find_in(&document, model, Model::builtin_kinds()), &mut counts);
        }
        let mut all = Count::default();
        let mut line = format!("{name:12}");
        for (class, count) in &counts {
            if !matches!(class, NameClass::Award | NameClass::Event | NameClass::Other) {
                all.right += count.right;
                all.wrong += count.wrong;
                all.missed += count.missed;
            }
            line += &format!(" {} {:.3}", &class.as_str()[..2], count.f1());
        }
        let (precision, recall) = (all.precision(), all.recall());
        println!("{line} | P {precision:.3} R {recall:.3} F1 {:.3}", all.f1());
    }
    println!("{:.0} tokens/s", tokens as f64 / begun.elapsed().as_secs_f64());
    Ok(())
}

impl Count {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }
    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.wrong + self.missed).max(1) as f64
    }
}

fn compare(text: &Text, found: &[Name], counts: &mut BTreeMap<NameClass, Count>) {
    let mut start = 0;
    let mut gold = Vec::new();
    for sentence in &text.sentences {
        gold.extend(names(sentence).into_iter().map(|(from, to, class)| (start + from, start + to, class)));
        start += sentence.tokens.len();
    }
    let key = |name: &Name| (name.tokens.start.index(), name.tokens.end.index(), name.class.coarse());
    for name in found.iter().map(key) {
        let count = counts.entry(name.2).or_default();
        if gold.contains(&name) { count.right += 1 } else { count.wrong += 1 }
    }
    for name in gold {
        if !found.iter().map(key).any(|known| known == name) {
            counts.entry(name.2).or_default().missed += 1;
        }
    }
}

/// The names whose class is known for sure.
fn names(sentence: &Sentence) -> Vec<(usize, usize, NameClass)> {
    let mut names = Vec::new();
    for (i, allowed) in sentence.allowed.iter().enumerate() {
        let label = allowed.trailing_zeros() as usize;
        if allowed.count_ones() == 1 && label % 2 == 1 {
            let inside = 1 << (label + 1);
            let length = sentence.allowed[i + 1..].iter().take_while(|own| **own == inside).count();
            names.push((i, i + 1 + length, NameClass::LABELLED[label / 2]));
        }
    }
    names
}

/// Writes a token file's names as CoNLL-U, each sentence read as a document of its own.
pub fn label(path: &Path) -> Result<()> {
    for text in read_columns(path, 1, str::to_owned)? {
        let source = corpus::source(&text);
        let document = corpus::document(&source, &text);
        let names = find_in(&document, Model::builtin(), Model::builtin_kinds());
        for i in 0..document.tokens().len() {
            let id = tellgraph::document::TokenId(i as u32);
            let tag = names.iter().find(|name| name.tokens.contains(id)).map_or("_".to_owned(), |name| {
                let part = if name.tokens.start == id { "B" } else { "I" };
                format!("Name={part}-{}", name.class.as_str())
            });
            println!("{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{tag}", i + 1, document.text(id));
        }
        println!();
    }
    Ok(())
}

/// Prints a token file's sentences with their names in brackets, each text between `-DOCSTART-` lines as one document.
pub fn show(path: &Path) -> Result<()> {
    for text in read_columns(path, usize::MAX, str::to_owned)? {
        let source = corpus::source(&text);
        let document = corpus::document(&source, &text);
        let names = find_in(&document, Model::builtin(), Model::builtin_kinds());
        let mut coming = names.iter().peekable();
        for (_, range) in document.sentences() {
            let mut line = String::new();
            for id in range.iter() {
                line += if coming.peek().is_some_and(|name| name.tokens.start == id) { "[" } else { "" };
                line += document.text(id);
                if let Some(name) = coming.next_if(|name| name.tokens.end.0 == id.0 + 1) {
                    line += &format!("|{} {:.2}]", name.class.as_str(), name.confidence);
                }
                line += " ";
            }
            println!("{line}");
        }
    }
    Ok(())
}
