//! Reads Turtle and keeps where each triple stands in the text.
//!
//! `oxttl` tells where an error is, but not where a triple is. So the text is cut into Turtle's tokens here and fed
//! to `oxttl` one token at a time, each with the white space after it: a triple that comes out after a token was
//! completed by that token or by one just before, and its terms are the nearest tokens before it that spell them.

use std::collections::HashMap;
use std::sync::Arc;

use oxrdf::vocab::rdf;
use oxrdf::{BlankNode, NamedNode, NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;

use super::token::{Kind, Token, scan};
use super::{Error, File, Origin};

/// A triple, and where its terms stand.
pub(crate) struct Located {
    pub triple: Triple,
    /// The first token of the statement that the triple is part of.
    pub subject: Origin,
    pub predicate: Origin,
    pub object: Origin,
}

/// What one file says.
pub(crate) struct Turtle {
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
pub(crate) fn parse(file: &File) -> Result<Turtle, Error> {
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

/// How many tokens a triple may come out after its last one.
const DELAY: usize = 4;

fn locate(triple: Triple, last: usize, spelling: &Spelling, positions: &Positions) -> Located {
    let near = last.saturating_sub(DELAY)..last + 1;
    let object = match &triple.object {
        Term::NamedNode(iri) => near.clone().rev().find(|&i| spelling.spells(i, iri)),
        Term::Literal(_) => near.clone().rev().find(|&i| spelling.tokens[i].kind == Kind::Literal),
        Term::BlankNode(_) => None,
    };
    let mut predicates = near.rev().map(|i| spelling.tokens[i].predicate);
    let predicate = predicates.find(|&i| spelling.spells(i, &triple.predicate));
    // A triple of a list has no token for its predicate.
    let predicate = predicate.or(object).unwrap_or(last);
    let object = object.unwrap_or(predicate);
    let subject = spelling.tokens[object].statement;
    let origin = |index: usize| positions.origin(spelling.tokens[index].range.start);
    Located { triple, subject: origin(subject), predicate: origin(predicate), object: origin(object) }
}

/// What the tokens of a text spell.
struct Spelling<'a> {
    text: &'a str,
    tokens: &'a [Token],
    prefixes: &'a [(String, String)],
}

impl Spelling<'_> {
    /// Whether a token stands for an IRI.
    fn spells(&self, index: usize, iri: &NamedNode) -> bool {
        let text = &self.text[self.tokens[index].range.clone()];
        match self.tokens[index].kind {
            Kind::Iri => iri.as_str().ends_with(text.trim_matches(['<', '>'])),
            Kind::Word if text == "a" => *iri == rdf::TYPE,
            Kind::Word => self.expands(text, iri.as_str()),
            Kind::Literal | Kind::Punctuation => false,
        }
    }

    /// Whether a prefixed name is this IRI.
    fn expands(&self, name: &str, iri: &str) -> bool {
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
        let said = error.message().trim_end_matches('.');
        let markup =
            self.text.trim_start().starts_with("<?xml") || self.text.trim_start().starts_with("<rdf:RDF");
        let hint = HINTS.iter().find(|(part, _)| said.contains(part)).map(|(_, hint)| *hint);
        let message = match hint {
            _ if markup => "expected Turtle, found XML".to_owned(),
            Some(hint) => format!("{said}; expected {hint}"),
            None => format!("expected Turtle: {said}"),
        };
        Error { origin: self.origin(start), message }
    }
}

/// What was expected, by a part of the parser's message, for the errors that are met most often.
const HINTS: [(&str, &str); 12] = [
    (
        "has not been declared",
        "a line such as \"@prefix ex: <https://example.org/> .\" that declares it above",
    ),
    (
        "No scheme found",
        "a whole IRI such as <https://example.org/Ship>, or \"@base <https://example.org/> .\" above",
    ),
    ("Invalid IRI code point", "an IRI without spaces, quotes and braces between < and >"),
    ("A dot is expected", "\".\" after the statement before this, or \";\" to say more of its subject"),
    ("{ is not a valid subject", "Turtle, not JSON or a named graph"),
    ("is not a valid subject", "an IRI or a prefixed name such as tg:Film"),
    ("is not a valid predicate", "an IRI or a prefixed name such as rdfs:label"),
    ("is not a valid RDF object", "an IRI, a string, a number or [ ... ] here"),
    ("property lists should end", "\"]\" or \";\" here"),
    ("Unexpected end of file", "what was opened here, a string or an IRI, to be closed"),
    ("Unexpected end", "\".\" at the end of the last statement"),
    ("PREFIX declaration", "a line such as \"@prefix ex: <https://example.org/> .\""),
];
