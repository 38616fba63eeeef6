//! Learns the weights of relations (`src/fact/relation.model`).
//!
//! `facts train DATA MODEL`: DATA is the folder of corpora.
//! `facts measure DATA`: what is found on the dev part with the weights that are built in.

mod corpus;
mod learn;
mod measure;

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};
use tellgraph::Lexicon;
use tellgraph::fact::relation::RELATIONS;

/// The first page of the web that teaches.
const FIRST_PAGE: usize = 200;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["train", data, model] => train(Path::new(data), Path::new(model)),
        _ => bail!("usage: facts train DATA MODEL"),
    }
}

fn train(data: &Path, model: &Path) -> Result<()> {
    let start = Instant::now();
    let lexicon = Lexicon::core();
    let part = |name: &str| -> Result<Vec<corpus::Text>> {
        let passages = corpus::read(&data.join(format!("knowledgenet/{name}.jsonl.gz")))?;
        Ok(corpus::texts(&passages, &lexicon))
    };
    let (train, dev) = (part("train")?, part("dev")?);
    // The first pages are left for reading what is found in pages that taught nothing.
    let pages = corpus::read(&data.join("articles/web.jsonl.gz"))?;
    let plain = corpus::texts(&pages[FIRST_PAGE..], &lexicon);
    let pairs: usize = train.iter().map(|text| text.pairs.len()).sum();
    eprintln!("{} texts, {pairs} pairs read, {:.0?}", train.len(), start.elapsed());
    for (relation, (found, all)) in RELATIONS.iter().zip(corpus::reachable(&dev)) {
        eprintln!("{relation:<20} {found:>5} of {all:>5} in reach");
    }
    let learned = learn::learn(&train, &plain);
    eprintln!("learned, {:.0?}", start.elapsed());
    measure::tell(&learned, &train, &dev);
    std::fs::write(model, learned.model.to_bytes())?;
    eprintln!("{} features, {} bytes", learned.model.len(), learned.model.to_bytes().len());
    Ok(())
}
