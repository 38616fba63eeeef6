//! Makes tellgraph's model files from corpora, and measures them.

mod corpus;
mod segmentation;

use anyhow::{Result, bail};

const USAGE: &str = "usage:
  training segmentation FILE [--verbose]   F1 of tokens and sentences on raw text";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["segmentation", file] => segmentation::measure(file, false),
        ["segmentation", file, "--verbose"] => segmentation::measure(file, true),
        _ => bail!("{USAGE}"),
    }
}
