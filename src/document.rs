//! Document: the paragraphs, sentences and tokens of a source, as written.

use crate::source::Source;

/// A stretch of the source's text, in bytes, end exclusive; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// A token, by its position in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub u32);

/// A sentence, by its position in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId(pub u32);

/// Neighbouring tokens, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenRange {
    pub start: TokenId,
    pub end: TokenId,
}

/// A piece of text: a word, a number, a mark of punctuation.
///
/// Contractions are split as Universal Dependencies splits them in English ("do" "n't", "Pilieva" "'s", "can" "not"),
/// and so are hyphenated words ("Angeles" "-" "based").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    /// Whether white space (or the end of the text) follows.
    pub space_after: bool,
}

/// What a paragraph is to its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The article's title, at its very start.
    Headline,
    /// Who wrote it: "By Alexander Mallin".
    Byline,
    /// When (and where) it was written, on a line of its own: "Friday, July 21, 2017".
    Dateline,
    /// The title of a part.
    Heading,
    /// An item of a list.
    ListItem,
    /// Running text.
    Body,
}

/// Sentences that stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub role: Role,
    pub start: SentenceId,
    pub end: SentenceId,
}

/// A source split into paragraphs, sentences and tokens, all in the order of the text and none overlapping.
#[derive(Clone, Debug)]
pub struct Document<'s> {
    source: &'s Source,
    paragraphs: Vec<Paragraph>,
    /// Never empty ranges; they cover all tokens.
    sentences: Vec<TokenRange>,
    tokens: Vec<Token>,
}

impl TokenId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl SentenceId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl TokenRange {
    pub fn one(token: TokenId) -> Self {
        Self { start: token, end: TokenId(token.0 + 1) }
    }
    pub fn len(self) -> usize {
        (self.end.0.saturating_sub(self.start.0)) as usize
    }
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    pub fn contains(self, token: TokenId) -> bool {
        self.start <= token && token < self.end
    }
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
    pub fn iter(self) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator {
        (self.start.0..self.end.0).map(TokenId)
    }
    pub fn indices(self) -> std::ops::Range<usize> {
        self.start.index()..self.end.index()
    }
}

impl Span {
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Splits a source into paragraphs, sentences and tokens.
pub fn read(source: &Source) -> Document<'_> {
    Document { source, paragraphs: Vec::new(), sentences: Vec::new(), tokens: Vec::new() }
}

/// A document whose tokens and sentences are given; `source.text` holds them.
///
/// Every sentence becomes part of one body paragraph.
pub fn given(source: &Source, tokens: Vec<Token>, sentences: Vec<TokenRange>) -> Document<'_> {
    let paragraph =
        Paragraph { role: Role::Body, start: SentenceId(0), end: SentenceId(sentences.len() as u32) };
    Document { source, paragraphs: vec![paragraph], sentences, tokens }
}

impl<'s> Document<'s> {
    pub fn source(&self) -> &'s Source {
        self.source
    }
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = (SentenceId, TokenRange)> + '_ {
        self.sentences.iter().enumerate().map(|(i, range)| (SentenceId(i as u32), *range))
    }
    pub fn sentence(&self, id: SentenceId) -> TokenRange {
        self.sentences[id.index()]
    }
    /// The sentence that a token stands in.
    pub fn sentence_of(&self, token: TokenId) -> SentenceId {
        SentenceId(self.sentences.partition_point(|range| range.end <= token) as u32)
    }
    /// The role of the paragraph that a sentence stands in.
    pub fn role_of(&self, sentence: SentenceId) -> Role {
        self.paragraphs[self.paragraph_of(sentence)].role
    }
    /// The paragraph, by position, that a sentence stands in.
    pub fn paragraph_of(&self, sentence: SentenceId) -> usize {
        self.paragraphs.partition_point(|paragraph| paragraph.end <= sentence)
    }
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }
    pub fn token(&self, id: TokenId) -> Token {
        self.tokens[id.index()]
    }
    /// A token as written.
    pub fn text(&self, id: TokenId) -> &'s str {
        self.slice(self.token(id).span)
    }
    /// The text of a span.
    pub fn slice(&self, span: Span) -> &'s str {
        &self.source.text[span.start..span.end]
    }
    /// From the start of the first token to the end of the last; the range must not be empty.
    pub fn span(&self, range: TokenRange) -> Span {
        let last = TokenId(range.end.0 - 1);
        Span { start: self.token(range.start).span.start, end: self.token(last).span.end }
    }
}
