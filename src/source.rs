//! Source: a text with what is known about it.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub mod conllu;
mod date;
mod decode;
mod html;
mod jsonl;
mod markdown;
mod open;

pub use open::{Sources, open};

/// One text to read, and what its surroundings say about it.
///
/// Everything later points into `text`, which no step changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Names the source among others; stable from run to run (a file's stem, a record's `id`).
    pub id: String,
    /// The file, if it holds this text and no other. It says nothing about the text, and is not kept with it.
    #[serde(skip)]
    pub path: Option<PathBuf>,
    /// The text, as read.
    pub text: String,
    /// The headline, where something beside the text gives one.
    pub title: Option<String>,
    /// Who wrote it, where something beside the text says so.
    pub author: Option<String>,
    /// The day it was published, as `YYYY-MM-DD`, where something beside the text says so.
    pub date: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

/// A form in which texts come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Text,
    Html,
    Markdown,
    /// One JSON object a line, each a text of its own.
    JsonLines,
    /// Texts with their tokens and sentences given.
    Conllu,
}

/// Why a text could not be read, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("cannot read {}: {error}", path.display())]
    Read { path: PathBuf, error: io::Error },
    #[error("{}: looks like binary, not text{advice}", path.display())]
    Binary { path: PathBuf, advice: &'static str },
    /// A line that is not what its format asks for; lines count from 1.
    #[error("{}:{line}: {message}", path.display())]
    Line { path: PathBuf, line: usize, message: String },
    #[error("{}: no text in this folder; files ending in {} are read, others with --from", path.display(), Format::endings())]
    EmptyFolder { path: PathBuf },
}

impl Source {
    /// A plain text with nothing known about it but its name.
    pub fn plain(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), ..Self::default() }
    }

    /// Lets the text begin with its headline and "By NAME", each a paragraph, so that there are words to point at;
    /// what the text already begins with is not said again.
    fn headed(mut self) -> Self {
        let text = self.text.trim();
        let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
        let (headline, body) = match self.title.as_deref() {
            Some(title) if same_words(first, title) => (Some(first), rest),
            Some(title) if opening(rest).any(|paragraph| same_words(paragraph, title)) => (None, text),
            title => (title, text),
        };
        let author = self.author.as_deref();
        let author = author.filter(|author| !opening(body).any(|paragraph| is_byline(paragraph, author)));
        let byline = author.map(|author| format!("By {author}"));
        let paragraphs = [headline, byline.as_deref(), Some(body)].into_iter().flatten();
        self.text = paragraphs.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
        self
    }
}

/// The paragraphs among which a headline and a byline are looked for.
fn opening(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").take(3)
}

/// Whether two texts are the same but for case, spaces and punctuation.
fn same_words(one: &str, other: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(one).eq(letters(other))
}

/// Whether a paragraph says "By" and the author's name, and little else.
fn is_byline(paragraph: &str, author: &str) -> bool {
    let by = paragraph.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "));
    by && paragraph.len() < author.len() + 100 && paragraph.contains(author)
}

/// Every format with its name and the endings of its files.
const FORMATS: &[(Format, &str, &[&str])] = &[
    (Format::Text, "text", &["txt", "text"]),
    (Format::Html, "html", &["html", "htm", "xhtml"]),
    (Format::Markdown, "markdown", &["md", "markdown"]),
    (Format::JsonLines, "jsonl", &["jsonl", "ndjson"]),
    (Format::Conllu, "conllu", &["conllu"]),
];

impl Format {
    /// Every format, with what `--from` calls it and the endings of its files.
    pub fn all() -> impl Iterator<Item = (Self, &'static str, &'static [&'static str])> {
        FORMATS.iter().copied()
    }

    /// The format that `--from` calls so.
    pub fn named(name: &str) -> Option<Self> {
        FORMATS.iter().find(|entry| entry.1 == name).map(|entry| entry.0)
    }

    /// What `--from` calls it.
    pub fn name(self) -> &'static str {
        FORMATS.iter().find(|entry| entry.0 == self).map_or("", |entry| entry.1)
    }

    /// The format that a file's ending tells; a final `.gz` is passed over.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path_without_gz(path).extension()?.to_str()?.to_ascii_lowercase();
        FORMATS.iter().find(|entry| entry.2.contains(&ending.as_str())).map(|entry| entry.0)
    }

    /// The format that the first bytes of a text tell: HTML by its first tag, JSON lines by `{"`, or else plain text.
    pub fn sniff(bytes: &[u8]) -> Self {
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        let begins =
            |prefix: &[u8]| start.get(..prefix.len()).is_some_and(|s| s.eq_ignore_ascii_case(prefix));
        if begins(b"<!doctype html") || begins(b"<html") {
            Self::Html
        } else if start.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\"")) {
            Self::JsonLines
        } else {
            Self::Text
        }
    }

    fn endings() -> String {
        FORMATS
            .iter()
            .flat_map(|entry| entry.2)
            .map(|ending| format!(".{ending}"))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn path_without_gz(path: &Path) -> PathBuf {
    match path.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("gz") => path.with_extension(""),
        _ => path.to_owned(),
    }
}
