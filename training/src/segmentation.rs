//! Measures sentence and token boundaries on the raw text of a corpus.

use std::collections::HashSet;

use anyhow::Result;
use tellgraph::{Source, document};

use crate::corpus::{self, Rebuilt};

#[derive(Default)]
struct Score {
    gold: usize,
    found: usize,
    right: usize,
}

impl Score {
    fn add(&mut self, gold: &HashSet<(usize, usize)>, found: &HashSet<(usize, usize)>) {
        self.gold += gold.len();
        self.found += found.len();
        self.right += gold.intersection(found).count();
    }

    fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// Prints F1 of tokens and sentences; with `verbose`, each difference.
pub fn measure(path: &str, verbose: bool) -> Result<()> {
    let (mut tokens, mut sentences) = (Score::default(), Score::default());
    for part in corpus::documents(&corpus::read(path)?) {
        let rebuilt = Rebuilt::new(part);
        let text = &rebuilt.source.text;
        let gold = rebuilt.document();
        let found = document::read(&rebuilt.source);
        let token_spans =
            |d: &document::Document| d.tokens().iter().map(|t| (t.span.start, t.span.end)).collect();
        let sentence_spans = |d: &document::Document| {
            d.sentences().map(|(_, range)| d.span(range)).map(|span| (span.start, span.end)).collect()
        };
        let (gold_tokens, found_tokens): (HashSet<_>, HashSet<_>) = (token_spans(&gold), token_spans(&found));
        let (gold_sentences, found_sentences): (HashSet<_>, HashSet<_>) =
            (sentence_spans(&gold), sentence_spans(&found));
        tokens.add(&gold_tokens, &found_tokens);
        sentences.add(&gold_sentences, &found_sentences);
        if verbose {
            report("token", text, &gold_tokens, &found_tokens);
            report("sentence", text, &gold_sentences, &found_sentences);
        }
    }
    println!("{path}: tokens F1 {:.2}  sentences F1 {:.2}", tokens.f1(), sentences.f1());
    Ok(())
}

fn report(kind: &str, text: &str, gold: &HashSet<(usize, usize)>, found: &HashSet<(usize, usize)>) {
    let mut rows: Vec<(usize, usize, char)> = gold.difference(found).map(|s| (s.0, s.1, '-')).collect();
    rows.extend(found.difference(gold).map(|s| (s.0, s.1, '+')));
    rows.sort_unstable();
    for (start, end, sign) in rows {
        println!("{kind} {sign} {}", text[start..end].replace('\n', "⏎"));
    }
}

/// Prints the sentences of a text file, each after the role of its paragraph.
pub fn show(path: &str) -> Result<()> {
    let source = Source::plain(path, std::fs::read_to_string(path)?);
    let document = document::read(&source);
    for (id, range) in document.sentences() {
        let tokens: Vec<&str> = range.iter().map(|token| document.text(token)).collect();
        println!("{:?}\t{}", document.role_of(id), tokens.join(" "));
    }
    Ok(())
}
