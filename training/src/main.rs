//! Makes tellgraph's model files from corpora, and measures them.

mod corpus;
mod lemmas;
mod segmentation;
mod treebank;

use anyhow::{Context, Result, bail};
use corpus::GoldSentence;

const USAGE: &str = "usage:
  training segmentation FILE [--verbose]   F1 of tokens and sentences on raw text
  training show FILE                       the sentences and tokens of a text
  training treebank FILE [OUTPUT]          share of right tags, lemmas and heads on given tokens
  training lemma FILE...                   ../src/syntax/lemma.model";

const MODELS: &str = "../src/syntax";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["segmentation", file] => segmentation::measure(file, false),
        ["segmentation", file, "--verbose"] => segmentation::measure(file, true),
        ["show", file] => segmentation::show(file),
        ["treebank", file] => treebank::measure(file, None),
        ["treebank", file, output] => treebank::measure(file, Some(output)),
        ["lemma", files @ ..] => save("lemma", lemmas::train(&borrow(&read(files)?)).as_bytes()),
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
