//! Texts with coreference: GUM, LitBank and GAP.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use tellgraph::document::{self, Span, TokenId, TokenRange};
use tellgraph::mention::{self, Kind, Mention};
use tellgraph::source::conllu::{self, Given};
use tellgraph::syntax::{self, Parsed};
use tellgraph::{Lexicon, Source};

/// What is known of the mentions of a text.
pub enum Gold {
    /// The cluster of each mention; what has none refers to something that is mentioned once.
    Clusters(Vec<Option<u32>>),
    /// One pronoun, and name mentions of which it is known whether it means them.
    Pronoun { pronoun: usize, names: Vec<(usize, bool)> },
}

/// A text as the resolver sees it.
pub struct Text {
    pub id: String,
    pub parsed: Parsed<'static>,
    pub mentions: Vec<Mention>,
    pub gold: Gold,
}

pub fn unpack(path: &Path) -> Result<String> {
    let name = || path.display().to_string();
    let mut text = String::new();
    let file = File::open(path).with_context(name)?;
    MultiGzDecoder::new(file).read_to_string(&mut text).with_context(name)?;
    Ok(text)
}

/// A stretch of tokens that belongs to a cluster; the head where a tree tells it.
struct Annotated {
    cluster: u32,
    first: usize,
    last: usize,
    head: Option<usize>,
}

/// GUM's documents, with the clusters of its `Entity` brackets.
pub fn gum(path: &Path, lexicon: &Lexicon) -> Result<Vec<Text>> {
    let text = unpack(path)?;
    let given = conllu::read("gum", &text).map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
    let parts = text.split("# newdoc").skip(1);
    Ok(given
        .into_iter()
        .zip(parts)
        .map(|((_, given), part)| clustered(given, &entities(part), lexicon))
        .collect())
}

/// The brackets of one GUM document, with heads by its trees.
fn entities(part: &str) -> Vec<Annotated> {
    let rows: Vec<Vec<&str>> = part
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|row| row.len() == 10 && row[0].bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let mut base = 0;
    let heads: Vec<Option<usize>> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            base = if row[0] == "1" { at } else { base };
            row[6].parse::<usize>().ok()?.checked_sub(1).map(|head| base + head)
        })
        .collect();
    let (mut open, mut found): (HashMap<u32, Vec<usize>>, Vec<Annotated>) = Default::default();
    for (at, row) in rows.iter().enumerate() {
        let field = row[9].split('|').find_map(|field| field.strip_prefix("Entity=")).unwrap_or_default();
        for piece in field.replace('(', " (").replace(')', ") ").split_whitespace() {
            let inner = piece.trim_matches(['(', ')']);
            let Ok(cluster) = inner.split('-').next().unwrap_or_default().parse::<u32>() else { continue };
            if piece.starts_with('(') {
                open.entry(cluster).or_default().push(at);
            }
            if piece.ends_with(')')
                && let Some(first) = open.get_mut(&cluster).and_then(Vec::pop)
            {
                let outside = |word: &usize| heads[*word].is_none_or(|head| head < first || at < head);
                let head = (first..=at).find(outside);
                found.push(Annotated { cluster, first, last: at, head });
            }
        }
    }
    found
}

/// LitBank's documents.
pub fn litbank(folder: &Path, lexicon: &Lexicon) -> Result<Vec<Text>> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    files.iter().map(|file| Ok(litbank_text(&unpack(file)?, lexicon))).collect()
}

fn litbank_text(text: &str, lexicon: &Lexicon) -> Text {
    let (mut rows, mut found, mut open) = (String::new(), Vec::new(), HashMap::<u32, Vec<usize>>::new());
    let (mut at, mut number) = (0, 0);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() < 12 {
            rows.push('\n');
            number = 0;
            continue;
        }
        number += 1;
        rows.push_str(&format!("{number}\t{}\t_\t_\t_\t_\t_\t_\t_\t_\n", columns[3]));
        for piece in columns[12].split('|') {
            let Ok(cluster) = piece.trim_matches(['(', ')']).parse::<u32>() else { continue };
            if piece.starts_with('(') {
                open.entry(cluster).or_default().push(at);
            }
            if piece.ends_with(')')
                && let Some(first) = open.get_mut(&cluster).and_then(Vec::pop)
            {
                found.push(Annotated { cluster, first, last: at, head: None });
            }
        }
        at += 1;
    }
    let given = conllu::read("litbank", &rows).expect("ten columns").remove(0).1;
    clustered(given, &found, lexicon)
}

fn clustered(given: Given, annotated: &[Annotated], lexicon: &Lexicon) -> Text {
    let id = given.source.id.clone();
    let (parsed, mentions) = read(given, lexicon);
    let (mut by_head, mut by_span) = (HashMap::new(), HashMap::new());
    for one in annotated {
        let range = TokenRange { start: TokenId(one.first as u32), end: TokenId(one.last as u32 + 1) };
        let head = one.head.map_or_else(|| parsed.head_of(range), |head| TokenId(head as u32));
        by_head.entry(head).or_insert(one.cluster);
        by_span.insert(range, one.cluster);
    }
    let cluster =
        |mention: &Mention| by_span.get(&mention.tokens).or_else(|| by_head.get(&mention.head)).copied();
    let gold = Gold::Clusters(mentions.iter().map(cluster).collect());
    Text { id, parsed, mentions, gold }
}

/// GAP's passages.
pub fn gap(path: &Path, lexicon: &Lexicon) -> Result<Vec<Text>> {
    unpack(path)?.lines().skip(1).map(|line| gap_text(line, lexicon)).collect()
}

fn gap_text(line: &str, lexicon: &Lexicon) -> Result<Text> {
    let row: Vec<&str> = line.split('\t').collect();
    let (parsed, mentions) =
        read(Given { source: Source::plain(row[0], row[1]), ..Given::default() }, lexicon);
    let byte = |points: &str| -> Result<usize> {
        let points: usize = points.parse()?;
        Ok(row[1].char_indices().nth(points).map_or(row[1].len(), |(byte, _)| byte))
    };
    let span = |mention: &Mention| parsed.document().span(mention.tokens);
    let at = byte(row[3])?;
    let is_it = |mention: &Mention| mention.kind == Kind::Pronoun && span(mention).start == at;
    let pronoun = mentions.iter().position(is_it).unwrap_or(usize::MAX);
    let mut names = Vec::new();
    for (text, offset, truth) in [(row[4], row[5], row[6]), (row[7], row[8], row[9])] {
        let start = byte(offset)?;
        let here = Span { start, end: start + text.len() };
        let overlaps = |mention: &&Mention| mention.kind == Kind::Name && span(mention).overlaps(here);
        let found = mentions.iter().enumerate().filter(|(_, mention)| overlaps(mention));
        names.extend(found.map(|(at, _)| (at, truth.eq_ignore_ascii_case("true"))));
    }
    Ok(Text { id: row[0].to_owned(), parsed, mentions, gold: Gold::Pronoun { pronoun, names } })
}

/// Reads a text up to its mentions.
fn read(given: Given, lexicon: &Lexicon) -> (Parsed<'static>, Vec<Mention>) {
    let given: &'static Given = Box::leak(Box::new(given));
    let parsed = syntax::parse(document::of(given));
    let mentions = mention::find(&parsed, lexicon);
    (parsed, mentions)
}
