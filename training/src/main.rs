//! Makes tellgraph's model files from corpora, and measures them.

mod corpus;
mod lemmas;
mod perceptron;
mod segmentation;
mod tagging;
mod treebank;
mod trees;

use anyhow::{Context, Result, bail};
use corpus::GoldSentence;
use perceptron::Pruning;

const USAGE: &str = "usage:
  training segmentation FILE [--verbose]   F1 of tokens and sentences on raw text
  training treebank FILE [OUTPUT]          share of right tags, lemmas and heads on given tokens
  training tag ROUNDS LEAST FILE...        ../src/syntax/tag.model
  training lemma FILE...                   ../src/syntax/lemma.model
  training trees ROUNDS LEAST FILE...      ../src/syntax/{parse,label}.model";

const MODELS: &str = "../src/syntax";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["segmentation", file] => segmentation::measure(file, false),
        ["segmentation", file, "--verbose"] => segmentation::measure(file, true),
        ["treebank", file] => treebank::measure(file, None),
        ["treebank", file, output] => treebank::measure(file, Some(output)),
        ["tag", rounds, least, files @ ..] => train_tagger(rounds.parse()?, least.parse()?, files),
        ["lemma", files @ ..] => save("lemma", lemmas::train(&borrow(&read(files)?)).as_bytes()),
        ["trees", rounds, least, files @ ..] => train_trees(rounds.parse()?, least.parse()?, files),
        _ => bail!("{USAGE}"),
    }
}

fn read(files: &[&str]) -> Result<Vec<GoldSentence>> {
    let parts: Result<Vec<_>> = files.iter().map(|file| corpus::read(file)).collect();
    Ok(parts?.into_iter().flatten().collect())
}

fn borrow(sentences: &[GoldSentence]) -> Vec<&GoldSentence> {
    sentences.iter().collect()
}

fn save(name: &str, bytes: &[u8]) -> Result<()> {
    let path = format!("{MODELS}/{name}.model");
    eprintln!("{path}: {} bytes", bytes.len());
    std::fs::write(&path, bytes).context(path)
}

/// Prints how large the model would be at several prunings.
fn sizes(perceptron: &perceptron::Perceptron) {
    for least in [1, 2, 3, 4, 6, 8, 10, 12, 16, 20] {
        eprintln!("least {least}: {} bytes", perceptron.model(Pruning { least }).1.len());
    }
}

fn train_tagger(rounds: usize, least: i8, files: &[&str]) -> Result<()> {
    let sentences = read(files)?;
    let perceptron = tagging::train(&borrow(&sentences), rounds, 1);
    sizes(&perceptron);
    save("tag", &perceptron.model(Pruning { least }).1)
}

fn train_trees(rounds: usize, least: i8, files: &[&str]) -> Result<()> {
    let sentences = read(files)?;
    let tags = tagging::jackknife(&borrow(&sentences), 5, 5);
    let mut examples: Vec<trees::Example> =
        sentences.iter().zip(&tags).map(|(sentence, tags)| trees::Example::new(sentence, tags)).collect();
    let perceptron = trees::train_labeller(&mut examples, rounds, 1);
    sizes(&perceptron);
    save("label", &perceptron.model(Pruning { least }).1)?;
    let perceptron = trees::train_parser(&mut examples, rounds, 1);
    sizes(&perceptron);
    save("parse", &perceptron.model(Pruning { least }).1)
}
