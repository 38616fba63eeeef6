//! Document: the paragraphs, sentences and tokens of a source, as written.

use crate::source::Source;
use crate::source::conllu::Given;

mod layout;
mod role;
mod segment;
mod tokenize;

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
/// Contractions are split as Universal Dependencies splits them in English ("do" "n't", "Caldeira" "'s", "can" "not"),
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
    /// Who wrote it: "By Clive Barrow".
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
    let text = source.text.as_str();
    let mut document = Document { source, paragraphs: Vec::new(), sentences: Vec::new(), tokens: Vec::new() };
    let blocks = layout::blocks(text);
    let mut titled = false;
    for (position, block) in blocks.iter().enumerate() {
        let (first_token, first_sentence) = (document.tokens.len(), document.sentences.len());
        tokenize::split(text, block.span, &mut document.tokens);
        segment::split(text, &document.tokens, first_token, &mut document.sentences);
        let tokens = &document.tokens[first_token..];
        let next = blocks.get(position + 1).copied();
        let role = role::of(&role::Surroundings { text, block: *block, tokens, position, next, titled });
        titled |= role == Role::Headline;
        let (start, end) = (SentenceId(first_sentence as u32), SentenceId(document.sentences.len() as u32));
        document.paragraphs.push(Paragraph { role, start, end });
    }
    document
}

/// The document of a text: by the tokens and sentences that are given, or found.
pub fn of(given: &Given) -> Document<'_> {
    if given.sentences.is_empty() {
        return read(&given.source);
    }
    let text = &given.source.text;
    let token = |range: &std::ops::Range<usize>| Token {
        span: Span { start: range.start, end: range.end },
        space_after: text[range.end..].chars().next().is_none_or(char::is_whitespace),
    };
    let id = |index: usize| TokenId(index as u32);
    let sentences = given.sentences.iter();
    let sentences = sentences
        .map(|sentence| TokenRange { start: id(sentence.tokens.start), end: id(sentence.tokens.end) });
    self::given(&given.source, given.tokens.iter().map(token).collect(), sentences.collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Each sentence on a line of its own, after the initial of its paragraph's role.
    fn check(text: &str, expected: &[&str]) {
        let source = Source::plain("test", text);
        let document = read(&source);
        let show = |(id, range): (SentenceId, TokenRange)| {
            let role = format!("{:?}", document.role_of(id));
            format!("{}: {}", &role[..4], document.slice(document.span(range)))
        };
        assert_eq!(document.sentences().map(show).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_article_has_its_parts() {
        let text = "Goats Take the Night Ferry\n\nBy Ada Park and Bo Lind, Example News\n\nTuesday, May 5, 2015\n\n\
                    The ferry left at noon. It carried forty goats.\n\nWhat came next\n\n\
                    Nobody on the long pier in the old harbour knew.\n\n- hay\n- water";
        check(
            text,
            &[
                "Head: Goats Take the Night Ferry",
                "Byli: By Ada Park and Bo Lind, Example News",
                "Date: Tuesday, May 5, 2015",
                "Body: The ferry left at noon.",
                "Body: It carried forty goats.",
                "Head: What came next",
                "Body: Nobody on the long pier in the old harbour knew.",
                "List: - hay",
                "List: - water",
            ],
        );
    }

    #[test]
    fn sentences_end_where_they_end() {
        check(
            "Dr. J. K. Moe of Lumen Inc. paid $3.5 million. He left the U.S. in May. The U.S. Navy wrote.",
            &[
                "Body: Dr. J. K. Moe of Lumen Inc. paid $3.5 million.",
                "Body: He left the U.S. in May.",
                "Body: The U.S. Navy wrote.",
            ],
        );
        check(
            "\u{201c}Why goats?\u{201d} Ada asked. \"They sing.\" Nobody laughed... Then all did (even Bo.)[3] So it went.",
            &[
                "Body: \u{201c}Why goats?\u{201d} Ada asked.",
                "Body: \"They sing.\"",
                "Body: Nobody laughed...",
                "Body: Then all did (even Bo.)[3]",
                "Body: So it went.",
            ],
        );
    }

    #[test]
    fn every_token_lies_in_one_sentence_of_one_paragraph() {
        let odd = [
            "",
            "\0",
            "\u{feff}a\u{301} \u{202e}b",
            "...",
            "[[[1]]]",
            "“”’'\"",
            "1. 2. 3.",
            "a\rb\r\nc",
            "é—ß 👩‍👩‍👧!",
            "(((((a)))))",
        ];
        let long = "word ".repeat(2000) + &"[1]".repeat(500) + &"((((".repeat(500) + &"a-".repeat(3000);
        for text in odd.into_iter().chain([long.as_str()]) {
            let source = Source::plain("odd", text);
            let document = read(&source);
            let mut next = 0;
            for (_, range) in document.sentences() {
                assert!(range.start.index() == next && !range.is_empty(), "{text:?}");
                next = range.end.index();
            }
            assert_eq!(next, document.tokens().len());
            assert_eq!(document.paragraphs().last().map_or(0, |p| p.end.index()), document.sentences().len());
            assert!(document.tokens().windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        }
    }
}
