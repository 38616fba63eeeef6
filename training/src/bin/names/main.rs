//! Trains the model of names (`src/mention/name/model.bin`) and labels token files with it.
//!
//! `names train DATA SILVER MODEL`: DATA is the folder of corpora, SILVER what `names/silver.py` wrote; writes MODEL and prints scores.
//! `names kinds DATA SILVER KINDS MODEL` does the same for the kinds of organizations and works (`src/mention/name/kind.bin`).
//! `names show TOKENS` prints the sentences of a token file with their names in brackets.
//! `names label TOKENS` writes CoNLL-U with `Name=` in MISC, which the scorers read.

mod corpus;
mod field;
mod gum;
mod kinds;
mod measure;

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};
use corpus::{OUTSIDE, Sentence, Text, read_columns};
use field::{Example, Field};
use tellgraph::mention::name::NameClass;
use tellgraph::mention::name::feature::Context;
use tellgraph::mention::name::model::Model;

/// What the teacher's labels weigh beside gold ones.
const SILVER_WEIGHT: f32 = 0.1;
/// Features that weigh less in all examples together are not learned.
const LEAST: f32 = 1.2;
const EPOCHS: usize = 8;
/// How many bytes the model may have, about.
const BUDGET: usize = 2_240_000;
const CROSSNER: [&str; 5] = ["politics", "science", "music", "literature", "ai"];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["train", data, silver, model] => train(Path::new(data), Path::new(silver), Path::new(model)),
        ["kinds", data, silver, kinds, model] => {
            let texts = learned(Path::new(data), Path::new(silver))?;
            Ok(std::fs::write(model, kinds::train(Path::new(data), Path::new(kinds), &texts)?)?)
        }
        ["show", tokens] => measure::show(Path::new(tokens)),
        ["label", tokens] => measure::label(Path::new(tokens)),
        ["measure", data] => measure::report(&held_out(Path::new(data))?, Model::builtin()),
        ["measure", data, model] => {
            measure::report(&held_out(Path::new(data))?, &Model::read(&std::fs::read(model)?))
        }
        _ => bail!(
            "usage: names train DATA SILVER MODEL | names kinds DATA SILVER KINDS MODEL | names show TOKENS | names label TOKENS | names measure DATA [MODEL]"
        ),
    }
}

fn same(name: &str) -> String {
    name.to_owned()
}

fn wikigold(data: &Path) -> Result<Vec<Text>> {
    let rename = |name: &str| if name == "MISC" { "wikimisc".to_owned() } else { name.to_owned() };
    read_columns(&data.join("names/wikigold.txt.gz"), 12, rename)
}

/// Some sentences again in other capitals, as headlines and hasty writers have them; a quarter with only the names in small
/// letters. Works stay out of the headlines, where nothing tells their ends.
fn recased(texts: &[Text]) -> Vec<Text> {
    let sentences =
        texts.iter().flat_map(|text| text.sentences.iter().map(move |sentence| (text.weight, sentence)));
    let work = corpus::labels(&[NameClass::Work], true, false);
    let has_work =
        |sentence: &Sentence| sentence.allowed.iter().any(|own| own & work != 0 && own & OUTSIDE == 0);
    let has_name = |sentence: &Sentence| sentence.allowed.iter().any(|own| own & OUTSIDE == 0);
    let recase = |(i, (weight, sentence)): (usize, (f32, &Sentence))| {
        let (recase, share, only_names): (fn(&str) -> String, f32, bool) = match i % 12 {
            0 | 6 => (str::to_lowercase, 0.4, false),
            2 | 5 | 8 | 11 if has_name(sentence) => (str::to_lowercase, 0.4, true),
            3 if !has_work(sentence) => (title_case, 0.5, false),
            9 if !has_work(sentence) => (str::to_uppercase, 0.3, false),
            _ => return None,
        };
        let again = |(token, own): (&String, &corpus::Allowed)| {
            if only_names && own & OUTSIDE != 0 { token.clone() } else { recase(token) }
        };
        let tokens = sentence.tokens.iter().zip(&sentence.allowed).map(again).collect();
        let again = Sentence { tokens, allowed: sentence.allowed.clone() };
        Some(Text { sentences: vec![again], weight: weight * share })
    };
    sentences.enumerate().filter_map(recase).collect()
}

fn title_case(token: &str) -> String {
    if ["of", "the", "a", "an", "in", "on", "to", "and", "for", "at", "by", "with", "from"].contains(&token) {
        return token.to_owned();
    }
    let mut chars = token.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// What is learned from: (texts, weight of each).
fn learned(data: &Path, silver: &Path) -> Result<Vec<Text>> {
    let mut parts = Vec::new();
    let gold = wikigold(data)?;
    let kept = gold.len() * 17 / 20;
    parts.push((gold.into_iter().take(kept).collect(), 1.5));
    parts.push((read_columns(&data.join("names/wnut17-train.txt.gz"), 1, same)?, 1.0));
    for domain in CROSSNER {
        parts
            .push((read_columns(&data.join(format!("names/crossner-{domain}-train.txt.gz")), 1, same)?, 2.0));
    }
    parts.push((gum::read(&data.join("discourse/en_gum-train.conllu.gz"))?, 1.0));
    parts.push((read_columns(silver, usize::MAX, same)?, SILVER_WEIGHT));
    let weigh =
        |(texts, weight): (Vec<Text>, f32)| texts.into_iter().map(move |text| Text { weight, ..text });
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
    let mut texts = learned(data, silver)?;
    texts.extend(recased(&texts));
    let held_out = held_out(data)?;
    let mut examples: Vec<Example> = texts.iter().flat_map(examples).collect();
    let tokens: usize = examples.iter().map(|example| example.ends.len()).sum();
    let mut field = Field::new(&mut examples, LEAST);
    eprintln!("{tokens} tokens, {} features, {:.0?}", field.len(), begun.elapsed());
    let mut random = 1;
    for epoch in 0..EPOCHS {
        shuffle(&mut examples, &mut random);
        let loss: f32 = examples.iter().map(|example| field.learn(example, &mut random)).sum();
        eprintln!("epoch {epoch}: loss {:.4}, {:.0?}", loss / tokens as f32, begun.elapsed());
    }
    let bytes = field.write(16.0, BUDGET);
    std::fs::write(model, &bytes)?;
    eprintln!("{} bytes", bytes.len());
    measure::report(&held_out, &Model::read(&bytes))
}

/// A text's sentences with their features.
fn examples(text: &Text) -> Vec<Example> {
    let source = corpus::source(text);
    let document = corpus::document(&source, text);
    let context = Context::new(&document);
    let example = |(sentence, (_, range)): (&Sentence, _)| {
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
