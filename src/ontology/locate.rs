//! Reads Turtle and keeps where each triple stands in the text.
//!
//! `oxttl` tells where an error is, but not where a triple is. So the text is cut into Turtle's tokens here and fed
//! to `oxttl` one token at a time, each with the white space after it: a triple that comes out after a token was
//! completed by that token or by the one before, and its terms are the nearest tokens before it that spell them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use oxrdf::vocab::rdf;
use oxrdf::{BlankNode, NamedNode, NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;

use super::{Error, File, Origin};

/// A triple, and where its terms stand.
pub(super) struct Located {
    pub triple: Triple,
    /// The first token of the statement that the triple is part of.
    pub subject: Origin,
    pub predicate: Origin,
    pub object: Origin,
}

/// What one file says.
pub(super) struct Turtle {
    pub triples: Vec<Located>,
    /// Prefix and IRI, sorted by prefix.
    pub prefixes: Vec<(String, String)>,
    /// Which triples have a blank node as their subject; its name means nothing in another file.
    by_blank_node: HashMap<BlankNode, Vec<usize>>,
}

impl Turtle {
    /// What a blank node of this file is the subject of.
    pub fn of(&self, node: &BlankNode) -> impl Iterator<Item = &Located> {
        self.by_blank_node.get(node).into_iter().flatten().map(|&i| &self.triples[i])
    }

    /// The first object of a predicate of a blank node.
    pub fn object(&self, node: &BlankNode, predicate: &str) -> Option<&Located> {
        self.of(node).find(|located| located.triple.predicate.as_str() == predicate)
    }

    /// The members of an RDF list, with where they stand; a list that bites its tail ends there.
    pub fn list(&self, head: &Term) -> Vec<&Located> {
        let mut members = Vec::new();
        let mut rest = head;
        let mut steps = self.by_blank_node.len();
        while let Term::BlankNode(node) = rest
            && steps > 0
        {
            members.extend(self.object(node, rdf::FIRST.as_str()));
            let Some(next) = self.object(node, rdf::REST.as_str()) else { break };
            rest = &next.triple.object;
            steps -= 1;
        }
        members
    }
}

/// Reads one file.
///
/// # Errors
/// Text that is not Turtle.
pub(super) fn parse(file: &File) -> Result<Turtle, Error> {
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let tokens = scan(text);
    let positions = Positions::new(&file.name.to_string_lossy(), text);
    let mut parser = TurtleParser::new().low_level();
    let mut found: Vec<(Triple, usize)> = Vec::new();
    let before_first = tokens.first().map_or(text.len(), |token| token.range.start);
    parser.extend_from_slice(&text.as_bytes()[..before_first]);
    for index in 0..=tokens.len() {
        match tokens.get(index) {
            Some(token) => {
                let end = tokens.get(index + 1).map_or(text.len(), |next| next.range.start);
                parser.extend_from_slice(&text.as_bytes()[token.range.start..end]);
            }
            None => parser.end(),
        }
        while let Some(result) = parser.parse_next() {
            let triple = result.map_err(|error| positions.syntax_error(&error))?;
            found.push((triple, index.min(tokens.len().saturating_sub(1))));
        }
    }
    let mut prefixes: Vec<_> = parser.prefixes().map(|(p, iri)| (p.to_owned(), iri.to_owned())).collect();
    prefixes.sort();
    let spelling = Spelling { text, tokens: &tokens, prefixes: &prefixes };
    let triples: Vec<Located> =
        found.into_iter().map(|(triple, last)| locate(triple, last, &spelling, &positions)).collect();
    let mut by_blank_node: HashMap<BlankNode, Vec<usize>> = HashMap::new();
    for (i, located) in triples.iter().enumerate() {
        if let NamedOrBlankNode::BlankNode(node) = &located.triple.subject {
            by_blank_node.entry(node.clone()).or_default().push(i);
        }
    }
    Ok(Turtle { triples, prefixes, by_blank_node })
}

fn locate(triple: Triple, last: usize, spelling: &Spelling, positions: &Positions) -> Located {
    let start = spelling.tokens[..=last].iter().rposition(|token| token.opens).unwrap_or(0);
    let origin = |index: usize| positions.origin(spelling.tokens[index].range.start);
    let predicate = spelling.find_iri(&triple.predicate, start..last + 1).unwrap_or(start);
    let object = match &triple.object {
        Term::NamedNode(iri) => spelling.find_iri(iri, start..last + 1),
        Term::Literal(_) => spelling.find(start..last + 1, |token, _| token.kind == Kind::Literal),
        Term::BlankNode(_) => None,
    };
    let [subject, predicate, object] =
        [origin(start), origin(predicate), origin(object.unwrap_or(predicate))];
    Located { triple, subject, predicate, object }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `<...>`
    Iri,
    /// A string without its language or datatype, a number, a truth value.
    Literal,
    /// A prefixed name, `a`, a blank node's label, a language tag, a directive.
    Word,
    Punctuation,
}

/// A token of Turtle; `range` counts bytes.
struct Token {
    range: Range<usize>,
    kind: Kind,
    /// Whether it begins a statement.
    opens: bool,
}

/// Cuts Turtle into tokens, without white space and comments. Any text gives some tokens; whether they are Turtle is
/// for the parser to say.
fn scan(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut opens = true;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, kind) = match first {
            '#' => (rest.find('\n').unwrap_or(rest.len()), None),
            '<' => (rest.find(['>', '\n']).map_or(rest.len(), |end| end + 1), Some(Kind::Iri)),
            '"' | '\'' => (string_length(rest, first), Some(Kind::Literal)),
            ',' | ';' | '[' | ']' | '(' | ')' | '.' => (1, Some(Kind::Punctuation)),
            _ if first.is_whitespace() => (first.len_utf8(), None),
            _ => (word_length(rest), Some(word_kind(rest))),
        };
        if let Some(kind) = kind {
            tokens.push(Token { range: at..at + length, kind, opens });
            opens = ends_statement(text, &tokens);
        }
        at += length;
    }
    tokens
}

/// Whether the last token ends a statement: a dot, or the IRI of a `PREFIX` or `BASE` as SPARQL writes them.
fn ends_statement(text: &str, tokens: &[Token]) -> bool {
    let word = |back: usize| tokens.len().checked_sub(back).map(|i| &text[tokens[i].range.clone()]);
    let is = |back: usize, keyword: &str| word(back).is_some_and(|word| word.eq_ignore_ascii_case(keyword));
    let iri = tokens.last().is_some_and(|token| token.kind == Kind::Iri);
    word(1) == Some(".") || iri && (is(2, "base") || is(3, "prefix"))
}

/// The length of a string with its quotes, long or short.
fn string_length(text: &str, quote: char) -> usize {
    let long: String = [quote; 3].iter().collect();
    let delimiter = if text.starts_with(&long) { long.as_str() } else { &long[..1] };
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(delimiter.len()) {
        if !escaped && text[i..].starts_with(delimiter) {
            // Of four or five quotes at the end the last three close a long string.
            let extra = text[i + delimiter.len()..].chars().take(2).take_while(|c| *c == quote).count();
            return i + delimiter.len() + if delimiter.len() == 3 { extra } else { 0 };
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

/// The length of a word; a dot at its end is not part of it.
fn word_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.find(|c: char| {
        let ends = !escaped && (c.is_whitespace() || ",;[]()\"'<#".contains(c));
        escaped = c == '\\' && !escaped;
        ends
    });
    let word = &text[..end.unwrap_or(text.len())];
    word.trim_end_matches('.').len().max(1)
}

fn word_kind(word: &str) -> Kind {
    let number = word.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '-');
    let truth = matches!(&word[..word_length(word)], "true" | "false");
    if number || truth { Kind::Literal } else { Kind::Word }
}

/// What the tokens of a text spell.
struct Spelling<'a> {
    text: &'a str,
    tokens: &'a [Token],
    prefixes: &'a [(String, String)],
}

impl Spelling<'_> {
    /// The last token in a range that passes a test.
    fn find(&self, range: Range<usize>, test: impl Fn(&Token, &str) -> bool) -> Option<usize> {
        range.rev().find(|&i| test(&self.tokens[i], &self.text[self.tokens[i].range.clone()]))
    }

    fn find_iri(&self, iri: &NamedNode, range: Range<usize>) -> Option<usize> {
        self.find(range, |token, text| match token.kind {
            Kind::Iri => iri.as_str().ends_with(text.trim_matches(['<', '>'])),
            Kind::Word if text == "a" => *iri == rdf::TYPE,
            Kind::Word => self.spells(text, iri.as_str()),
            Kind::Literal | Kind::Punctuation => false,
        })
    }

    /// Whether a prefixed name is this IRI.
    fn spells(&self, name: &str, iri: &str) -> bool {
        let Some((prefix, local)) = name.split_once(':') else { return false };
        let Ok(known) = self.prefixes.binary_search_by(|(p, _)| p.as_str().cmp(prefix)) else { return false };
        let rest = iri.strip_prefix(&self.prefixes[known].1);
        rest.is_some_and(|rest| rest == local || rest == local.replace('\\', ""))
    }
}

/// Lines and columns of a text.
struct Positions<'a> {
    file: Arc<str>,
    text: &'a str,
    /// The byte at which each line begins.
    lines: Vec<usize>,
}

impl<'a> Positions<'a> {
    fn new(file: &str, text: &'a str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Self { file: file.into(), text, lines }
    }

    fn origin(&self, byte: usize) -> Origin {
        let byte =
            (0..=byte.min(self.text.len())).rev().find(|&i| self.text.is_char_boundary(i)).unwrap_or(0);
        let line = self.lines.partition_point(|&start| start <= byte);
        let column = self.text[self.lines[line - 1]..byte].chars().count() + 1;
        Origin { file: Arc::clone(&self.file), line, column }
    }

    fn syntax_error(&self, error: &oxttl::TurtleSyntaxError) -> Error {
        let start = usize::try_from(error.location().start.offset).unwrap_or(self.text.len());
        let mut message = format!("this is not Turtle: {}", error.message().trim_end_matches('.'));
        if let Some(hint) = HINTS.iter().find(|(part, _)| message.contains(part)) {
            message = format!("{message}; {}", hint.1);
        }
        Error { origin: self.origin(start), message }
    }
}

/// What to do about the syntax errors that are met most often, by a part of the parser's message.
const HINTS: [(&str, &str); 0] = [];
