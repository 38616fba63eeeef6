//! Measures tags, lemmas and trees on a treebank's own tokens.

use std::time::Instant;

use anyhow::Result;
use tellgraph::syntax::{self, Word};

use crate::corpus::{self, GoldWord, Rebuilt};

/// Says whether the word at a place is right.
type Measure<'a> = &'a dyn Fn(usize, &Word) -> bool;

/// Prints the share of words that are right, and the speed; optionally writes the system's CoNLL-U.
pub fn measure(path: &str, write: Option<&str>) -> Result<()> {
    let gold = corpus::read(path)?;
    let rebuilt = Rebuilt::new(&gold);
    syntax::parse(tellgraph::document::read(&tellgraph::Source::plain("warm", "Warm up.")));
    let start = Instant::now();
    let parsed = syntax::parse(rebuilt.document());
    let seconds = start.elapsed().as_secs_f64();
    let heads: Vec<Option<usize>> = gold
        .iter()
        .scan(0, |first, sentence| {
            let start = *first;
            *first += sentence.words.len();
            Some(
                sentence.words.iter().map(move |word| word.head.map(|head| start + head)).collect::<Vec<_>>(),
            )
        })
        .flatten()
        .collect();
    let words: Vec<&GoldWord> = gold.iter().flat_map(|sentence| &sentence.words).collect();
    let main = |relation: syntax::Deprel| relation.as_str().split(':').next();
    let right_head = |i: usize, word: &Word| word.head.map(|head| head.index()) == heads[i];
    let measures: [(&str, Measure); 6] = [
        ("UPOS", &|i, word| word.upos == words[i].upos),
        ("XPOS", &|i, word| word.xpos == words[i].xpos),
        ("LEMMA", &|i, word| word.lemma.to_lowercase() == words[i].lemma.to_lowercase()),
        ("UAS", &|i, word| right_head(i, word)),
        ("LAS", &|i, word| right_head(i, word) && main(word.deprel) == main(words[i].deprel)),
        ("LAS with subtypes", &|i, word| right_head(i, word) && word.deprel == words[i].deprel),
    ];
    print!("{path}: words {}", words.len());
    for (name, is_right) in measures {
        let right = parsed.words().iter().enumerate().filter(|(i, word)| is_right(*i, word)).count();
        print!("  {name} {:.2}", 100.0 * right as f64 / words.len() as f64);
    }
    println!("  words/s {:.0}", words.len() as f64 / seconds);
    write.map_or(Ok(()), |file| Ok(std::fs::write(file, conllu(&parsed))?))
}

fn conllu(parsed: &syntax::Parsed) -> String {
    let mut text = String::new();
    for (_, range) in parsed.document().sentences() {
        for (i, id) in range.iter().enumerate() {
            let word = parsed.word(id);
            let head = word.head.map_or(0, |head| head.0 - range.start.0 + 1);
            let (form, Word { lemma, upos, xpos, deprel, .. }) = (parsed.text(id), word);
            text += &format!("{}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t_\n", i + 1);
        }
        text.push('\n');
    }
    text
}
