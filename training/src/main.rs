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
use tellgraph::syntax::cluster::Clusters;

const USAGE: &str = "usage:
  training segmentation FILE [--verbose]   F1 of tokens and sentences on raw text
  training show FILE                       the sentences and tokens of a text
  training treebank FILE [OUTPUT]          share of right tags, lemmas and heads on given tokens
  training tag ROUNDS FILE...              ../src/syntax/tag.model
  training clusters FILE                   ../src/syntax/cluster.model, from the output of clusters.py
  training lemma FILE...                   ../src/syntax/lemma.model
  training trees ROUNDS FILE...            ../src/syntax/{parse,label}.model";

/// How small weights may be that the models keep: a tenth of a percent less right for a fifth of the size.
const TAG_LEAST: i8 = 13;
const LABEL_LEAST: i8 = 12;
const PARSE_LEAST: i8 = 16;

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
        ["tag", rounds, files @ ..] => train_tagger(rounds.parse()?, files),
        ["clusters", file] => save("cluster", &read_clusters(file)?.write()),
        ["lemma", files @ ..] => save("lemma", lemmas::train(&borrow(&read(files)?)).as_bytes()),
        ["trees", rounds, files @ ..] => train_trees(rounds.parse()?, files),
        _ => bail!("{USAGE}"),
    }
}

fn read(files: &[&str]) -> Result<Vec<GoldSentence>> {
    let parts: Result<Vec<_>> = files.iter().map(|file| corpus::read(file)).collect();
    Ok(parts?.into_iter().flatten().collect())
}

fn read_clusters(file: &str) -> Result<Clusters> {
    let text = std::fs::read_to_string(file).context(file.to_string())?;
    let (groups, clusters) = text.split_once('\n').context("groups")?;
    let groups: Result<Vec<u8>, _> = groups.split(' ').map(str::parse).collect();
    let words = clusters
        .lines()
        .zip(0..)
        .flat_map(|(line, cluster)| line.split(' ').map(move |word| (word, cluster)));
    Ok(Clusters::new(groups?, words.filter(|(word, _)| !word.is_empty())))
}

fn borrow(sentences: &[GoldSentence]) -> Vec<&GoldSentence> {
    sentences.iter().collect()
}

fn save(name: &str, bytes: &[u8]) -> Result<()> {
    let path = format!("{MODELS}/{name}.model");
    eprintln!("{path}: {} bytes", bytes.len());
    std::fs::write(&path, bytes).context(path)
}

fn train_tagger(rounds: usize, files: &[&str]) -> Result<()> {
    let sentences = read(files)?;
    let perceptron = tagging::train(&borrow(&sentences), rounds, 1);
    save("tag", &perceptron.model(Pruning { least: TAG_LEAST }).1)
}

fn train_trees(rounds: usize, files: &[&str]) -> Result<()> {
    let sentences = read(files)?;
    let tags = tagging::jackknife(&borrow(&sentences), 5, 5);
    let examples = || -> Vec<trees::Example> {
        sentences.iter().zip(&tags).map(|(sentence, tags)| trees::Example::new(sentence, tags)).collect()
    };
    let (parser, labeller) = rayon::join(
        || trees::train_parser(&mut examples(), rounds, 1),
        || trees::train_labeller(&mut examples(), 6, 1),
    );
    save("label", &labeller.model(Pruning { least: LABEL_LEAST }).1)?;
    save("parse", &parser.model(Pruning { least: PARSE_LEAST }).1)
}
