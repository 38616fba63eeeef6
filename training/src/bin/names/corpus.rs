//! The corpora of names, with their labels brought to one scheme.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use tellgraph::document::{Document, Span, Token, TokenId, TokenRange, given};
use tellgraph::mention::name::NameClass;
use tellgraph::mention::name::model::LABELS;
use tellgraph::source::Source;

/// The labels that a token may have, one bit each; several where a corpus says less than our classes.
pub type Allowed = u16;

/// Any label at all.
pub const ANY: Allowed = (1 << LABELS) - 1;
/// Outside any name.
pub const OUTSIDE: Allowed = 1;

#[derive(Clone, Default)]
pub struct Sentence {
    pub tokens: Vec<String>,
    pub allowed: Vec<Allowed>,
}

/// Sentences that belong together, and how much they weigh in training.
#[derive(Clone)]
pub struct Text {
    pub sentences: Vec<Sentence>,
    pub weight: f32,
}

/// The label of the beginning (or inside) of a name of one of these classes, or of none where `outside` says so.
pub fn labels(classes: &[NameClass], begins: bool, outside: bool) -> Allowed {
    let label = |class: &NameClass| {
        let place = NameClass::LABELLED.iter().position(|known| known == class).unwrap_or(0);
        1 << (2 * place + if begins { 1 } else { 2 })
    };
    classes.iter().map(label).sum::<Allowed>() | Allowed::from(outside)
}

/// What a corpus's class may be in our scheme, and whether it may be no name at all.
pub fn classes_of(name: &str) -> (&'static [NameClass], bool) {
    use NameClass::*;
    match name.to_lowercase().as_str() {
        "per" | "person" | "politician" | "scientist" | "musicalartist" | "writer" | "researcher" => {
            (&[Person], false)
        }
        "org" | "organisation" | "organization" | "group" | "band" | "politicalparty" | "corporation"
        | "university" => (&[Organization], false),
        "loc" | "location" | "country" | "place" => (&[Place], false),
        "creative-work" | "album" | "song" | "book" | "poem" | "magazine" | "work" => (&[Work], false),
        "academicjournal" => (&[Work, Other], false),
        "event" | "election" | "conference" => (&[Event], false),
        "award" => (&[Award], false),
        // WikiGold's MISC holds works, events and peoples.
        "wikimisc" => (&[Work, Event, Award, Other], false),
        "product" | "programlang" | "astronomicalobject" => (&[Other], false),
        "misc" | "other" => (&[Other], false),
        _ => (&[Other], true),
    }
}

pub fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let read: Box<dyn Read> = if path.extension().is_some_and(|end| end == "gz") {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    Ok(Box::new(BufReader::new(read)))
}

/// Reads lines of a token and a label; `document` sentences make a text (texts end at `-DOCSTART-`, too).
pub fn read_columns(path: &Path, document: usize, rename: impl Fn(&str) -> String) -> Result<Vec<Text>> {
    let mut texts = vec![Text { sentences: Vec::new(), weight: 1.0 }];
    let mut rows: Vec<(String, String)> = Vec::new();
    for line in open(path)?.lines().chain([Ok(String::new())]) {
        let line = line?;
        let columns: Vec<&str> =
            if line.contains('\t') { line.split('\t').collect() } else { line.split(' ').collect() };
        let starts = columns[0] == "-DOCSTART-";
        if line.trim().is_empty() || starts {
            if !rows.is_empty() {
                texts.last_mut().expect("never empty").sentences.push(sentence(&rows, &rename));
                rows.clear();
            }
            if starts || texts.last().is_some_and(|text| text.sentences.len() == document) {
                texts.push(Text { sentences: Vec::new(), weight: 1.0 });
            }
        } else if !columns[0].trim().is_empty() {
            rows.push((columns[0].to_owned(), columns[columns.len() - 1].trim().to_owned()));
        }
    }
    texts.retain(|text| !text.sentences.is_empty());
    Ok(texts)
}

fn sentence(rows: &[(String, String)], rename: &impl Fn(&str) -> String) -> Sentence {
    let mut last: Option<&str> = None;
    let mut out = Sentence::default();
    for (token, tag) in rows {
        let class = tag.split('|').next().and_then(|tag| tag.get(2..));
        let begins = tag.starts_with('B') || last != class;
        let mut allowed = 0;
        for part in tag.split('|') {
            allowed |= match part {
                "O" => OUTSIDE,
                "*" => ANY,
                _ => {
                    let (classes, outside) = classes_of(&rename(&part[2..]));
                    // Where a word may be no name at all, small letters say that it is none.
                    if outside && !token.starts_with(char::is_uppercase) && begins {
                        OUTSIDE
                    } else {
                        labels(classes, begins, outside)
                    }
                }
            };
        }
        last = class;
        out.tokens.push(token.clone());
        out.allowed.push(allowed);
    }
    mend(&mut out.allowed);
    out
}

/// Makes sure that some labelling is allowed: an inside that nothing begins becomes no name.
pub fn mend(allowed: &mut [Allowed]) {
    const BEGINS: Allowed = 0b010_1010_1010_1010;
    let mut last = OUTSIDE;
    for own in allowed {
        // An inside label (even) follows its own beginning or inside.
        let reachable = OUTSIDE | BEGINS | (last & BEGINS) << 1 | last & (BEGINS << 1);
        if *own & reachable == 0 {
            *own = OUTSIDE;
        }
        last = *own & reachable;
        *own = last;
    }
}

/// The source of a text: its tokens, with spaces between.
pub fn source(text: &Text) -> Source {
    let tokens = text.sentences.iter().flat_map(|sentence| sentence.tokens.iter().map(String::as_str));
    Source::plain("text", tokens.collect::<Vec<_>>().join(" "))
}

/// The document of a text whose source `source` made.
pub fn document<'s>(source: &'s Source, text: &Text) -> Document<'s> {
    let (mut tokens, mut sentences, mut at) = (Vec::new(), Vec::new(), 0);
    for sentence in &text.sentences {
        let start = TokenId(tokens.len() as u32);
        for token in &sentence.tokens {
            tokens.push(Token { span: Span { start: at, end: at + token.len() }, space_after: true });
            at += token.len() + 1;
        }
        sentences.push(TokenRange { start, end: TokenId(tokens.len() as u32) });
    }
    given(source, tokens, sentences)
}
