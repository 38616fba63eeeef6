//! Trains the model of names (`src/mention/name/model.bin`) and labels token files with it.
//!
//! `names train DATA SILVER MODEL`: DATA is the folder of corpora, SILVER what `names/silver.py` wrote; writes MODEL and prints scores.
//! `names label TOKENS` writes CoNLL-U with `Name=` in MISC, which the scorers read.

mod corpus;
mod field;
mod gum;
mod measure;

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};
use corpus::{Text, read_columns};
use field::{Example, Field};
use tellgraph::mention::name::feature::Context;
use tellgraph::mention::name::model::Model;

const CROSSNER: [&str; 5] = ["politics", "science", "music", "literature", "ai"];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["train", data, silver, model] => train(Path::new(data), Path::new(silver), Path::new(model)),
        ["label", tokens] => measure::label(Path::new(tokens)),
        ["measure", data] => measure::report(&held_out(Path::new(data))?, Model::builtin()),
        _ => bail!("usage: names train DATA SILVER MODEL | names label TOKENS | names measure DATA"),
    }
}

fn same(name: &str) -> String {
    name.to_owned()
}

fn wikigold(data: &Path) -> Result<Vec<Text>> {
    let rename = |name: &str| if name == "MISC" { "wikimisc".to_owned() } else { name.to_owned() };
    read_columns(&data.join("names/wikigold.txt.gz"), 12, rename)
}

/// What is learned from: (texts, weight of each).
fn learned(data: &Path, silver: &Path) -> Result<Vec<Text>> {
    let mut parts = Vec::new();
    let gold = wikigold(data)?;
    let kept = gold.len() * 17 / 20;
    parts.push((gold.into_iter().take(kept).collect(), 1.5));
    parts.push((read_columns(&data.join("names/wnut17-train.txt.gz"), 1, same)?, 1.0));
    for domain in CROSSNER {
        parts.push((read_columns(&data.join(format!("names/crossner-{domain}-train.txt.gz")), 1, same)?, var("CROSS", 2.0)));
    }
    parts.push((gum::read(&data.join("discourse/en_gum-train.conllu.gz"))?, 1.0));
    parts.push((read_columns(silver, usize::MAX, same)?, var("SILVER", 0.3)));
    let weigh = |(texts, weight): (Vec<Text>, f32)| texts.into_iter().map(move |text| Text { weight, ..text });
    Ok(parts.into_iter().flat_map(weigh).collect())
}

/// What is kept back to measure on.
fn held_out(data: &Path) -> Result<Vec<(String, Vec<Text>)>> {
    let gold = wikigold(data)?;
    let kept = gold.len() * 17 / 20;
    let mut parts = vec![("wikigold".to_owned(), gold.into_iter().skip(kept).collect())];
    for domain in CROSSNER {
        let path = data.join(format!("names/crossner-{domain}-dev.txt.gz"));
        parts.push((domain.to_owned(), read_columns(&path, 1, same)?));
    }
    parts.push(("wnut17".to_owned(), read_columns(&data.join("names/wnut17-dev.txt.gz"), 1, same)?));
    parts.push(("gum".to_owned(), gum::read(&data.join("discourse/en_gum-dev.conllu.gz"))?));
    Ok(parts)
}

fn train(data: &Path, silver: &Path, model: &Path) -> Result<()> {
    let begun = Instant::now();
    let texts = learned(data, silver)?;
    let held_out = held_out(data)?;
    let mut examples: Vec<Example> = texts.iter().flat_map(examples).collect();
    let tokens: usize = examples.iter().map(|example| example.ends.len()).sum();
    let mut field = Field::new(&mut examples, var("CUT", 1.2));
    eprintln!("{tokens} tokens, {} features, {:.0?}", field.len(), begun.elapsed());
    let (epochs, mut random) = (var("EPOCHS", 10.0) as usize, 1u64);
    for epoch in 0..epochs {
        shuffle(&mut examples, &mut random);
        let loss: f32 = examples.iter().map(|example| field.learn(example, var("DECAY", 2e-6))).sum();
        eprintln!("epoch {epoch}: loss {:.4}, {:.0?}", loss / tokens as f32, begun.elapsed());
    }
    let bytes = field.write(16.0, var("SMALL", 0.15));
    std::fs::write(model, &bytes)?;
    eprintln!("{} bytes", bytes.len());
    measure::report(&held_out, &Model::read(&bytes))
}

/// A text's sentences with their features.
fn examples(text: &Text) -> Vec<Example> {
    let source = corpus::source(text);
    let document = corpus::document(&source, text);
    let context = Context::new(&document);
    let example = |(sentence, (_, range)): (&corpus::Sentence, _)| {
        let (mut features, mut ends) = (Vec::new(), Vec::new());
        context.visit(range, |own| {
            features.extend(own);
            ends.push(features.len() as u32);
        });
        Example { features, ends, allowed: sentence.allowed.clone(), weight: text.weight }
    };
    text.sentences.iter().zip(document.sentences()).map(example).collect()
}

/// Fisher and Yates's shuffle with a xorshift generator: the same order in every run.
fn shuffle(examples: &mut [Example], random: &mut u64) {
    for i in (1..examples.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        examples.swap(i, (*random % (i as u64 + 1)) as usize);
    }
}

pub fn var(name: &str, or: f32) -> f32 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(or)
}
