//! Corpora in CoNLL-U, plain or gzipped.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use anyhow::{Context, Result};
use tellgraph::Source;
use tellgraph::document::{self, Document, Span, Token, TokenId, TokenRange};
use tellgraph::syntax::{Deprel, Upos, Xpos};

/// One word of a treebank.
#[derive(Clone, Debug)]
pub struct GoldWord {
    pub form: String,
    pub lemma: String,
    pub upos: Upos,
    pub xpos: Xpos,
    /// The head by position in the sentence; `None` for the root.
    pub head: Option<usize>,
    pub deprel: Deprel,
    pub space_after: bool,
}

/// One sentence of a treebank, and what begins with it.
#[derive(Clone, Debug, Default)]
pub struct GoldSentence {
    pub words: Vec<GoldWord>,
    pub new_document: bool,
    pub new_paragraph: bool,
}

/// Reads every sentence of a file.
///
/// # Errors
/// The file's name, with what is wrong with the file or the line.
pub fn read(path: &str) -> Result<Vec<GoldSentence>> {
    let file = File::open(path).with_context(|| path.to_string())?;
    let reader: Box<dyn Read> = if path.ends_with(".gz") {
        Box::new(flate2::read::MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut sentences = Vec::new();
    let mut sentence = GoldSentence::default();
    let mut joined_until = 0;
    let mut last_space = true;
    for (number, line) in BufReader::new(reader).lines().enumerate() {
        let line = line.with_context(|| path.to_string())?;
        if line.is_empty() {
            sentences.push(std::mem::take(&mut sentence));
            joined_until = 0;
        } else if let Some(comment) = line.strip_prefix("# ") {
            sentence.new_document |= comment.starts_with("newdoc");
            sentence.new_paragraph |= comment.starts_with("newpar") && !comment.starts_with("newpar_block");
        } else {
            let columns: Vec<&str> = line.split('\t').collect();
            let spaced =
                !columns.get(9).is_some_and(|misc| misc.split('|').any(|field| field == "SpaceAfter=No"));
            if let Some((_, end)) = columns[0].split_once('-') {
                (joined_until, last_space) = (end.parse()?, spaced);
            } else if let Ok(id) = columns[0].parse::<usize>() {
                let space = if id < joined_until {
                    false
                } else if id == joined_until {
                    last_space
                } else {
                    spaced
                };
                let word = word(&columns, space).with_context(|| format!("{path}:{}: {line}", number + 1))?;
                sentence.words.push(word);
            }
        }
    }
    Ok(sentences)
}

fn word(columns: &[&str], space_after: bool) -> Result<GoldWord> {
    let head: usize = columns[6].parse()?;
    Ok(GoldWord {
        form: columns[1].to_string(),
        lemma: columns[2].to_string(),
        upos: Upos::parse(columns[3]).context("tag")?,
        xpos: Xpos::parse(columns[4]).context("tag")?,
        head: head.checked_sub(1),
        deprel: Deprel::parse(columns[7]).context("relation")?,
        space_after,
    })
}

/// The raw text of sentences, with the tokens and sentences in it.
pub struct Rebuilt {
    pub source: Source,
    pub tokens: Vec<Token>,
    pub sentences: Vec<TokenRange>,
}

impl Rebuilt {
    /// Writes sentences out as running text, a blank line before each paragraph.
    pub fn new(sentences: &[GoldSentence]) -> Self {
        let mut text = String::new();
        let (mut tokens, mut ranges) = (Vec::new(), Vec::new());
        for sentence in sentences {
            if sentence.new_paragraph && !text.is_empty() {
                text.push_str("\n\n");
            }
            let first = tokens.len() as u32;
            for word in &sentence.words {
                let start = text.len();
                text.push_str(&word.form);
                tokens.push(Token { span: Span { start, end: text.len() }, space_after: word.space_after });
                if word.space_after {
                    text.push(' ');
                }
            }
            ranges.push(TokenRange { start: TokenId(first), end: TokenId(tokens.len() as u32) });
        }
        Self { source: Source::plain("corpus", text), tokens, sentences: ranges }
    }

    /// The document with the corpus's own tokens and sentences.
    pub fn document(&self) -> Document<'_> {
        document::given(&self.source, self.tokens.clone(), self.sentences.clone())
    }
}

/// Splits a corpus into its documents.
pub fn documents(sentences: &[GoldSentence]) -> Vec<&[GoldSentence]> {
    let mut starts: Vec<usize> =
        (0..sentences.len()).filter(|i| *i == 0 || sentences[*i].new_document).collect();
    starts.push(sentences.len());
    starts.windows(2).map(|pair| &sentences[pair[0]..pair[1]]).collect()
}
