//! Tokens of Turtle, with where they stand in their statement.
//!
//! Any text gives some tokens; whether they are Turtle is for the parser to say.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `<...>`
    Iri,
    /// A string without its language or datatype, a number, a truth value.
    Literal,
    /// A prefixed name, `a`, a blank node's label, a language tag, a directive.
    Word,
    Punctuation,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    /// In bytes.
    pub range: Range<usize>,
    pub kind: Kind,
    /// The first token of its statement.
    pub statement: usize,
    /// The predicate token that it belongs to, or itself; the first token where there is none yet.
    pub predicate: usize,
}

/// Cuts Turtle into tokens, without white space and comments.
pub(super) fn scan(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut statement = Statement::new(0);
    let mut at = 0;
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
            let index = tokens.len();
            let predicate = statement.predicate_of(index, &rest[..length]);
            tokens.push(Token { range: at..at + length, kind, statement: statement.start, predicate });
            if ends_statement(text, &tokens) {
                statement = Statement::new(index + 1);
            }
        }
        at += length;
    }
    tokens
}

/// How far a statement has come.
struct Statement {
    start: usize,
    /// The statement itself, and the brackets and parentheses that are open.
    open: Vec<Frame>,
}

#[derive(Clone, Copy)]
struct Frame {
    predicate: usize,
    awaits: Part,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Subject,
    Predicate,
    Object,
}

impl Statement {
    fn new(start: usize) -> Self {
        Self { start, open: vec![Frame { predicate: start, awaits: Part::Subject }] }
    }

    /// Takes the next token in, and tells which predicate it belongs to.
    fn predicate_of(&mut self, index: usize, token: &str) -> usize {
        let Some(top) = self.open.last_mut() else { return self.start };
        let outer = top.predicate;
        match token {
            "[" => self.open.push(Frame { predicate: outer, awaits: Part::Predicate }),
            "(" => self.open.push(Frame { predicate: outer, awaits: Part::Object }),
            "]" | ")" => {
                if self.open.len() > 1 {
                    self.open.pop();
                }
                // What was in brackets may have been the subject.
                if let Some(top) = self.open.last_mut()
                    && top.awaits == Part::Subject
                {
                    top.awaits = Part::Predicate;
                }
            }
            ";" => top.awaits = Part::Predicate,
            "," | "." => {}
            _ => match top.awaits {
                Part::Subject => top.awaits = Part::Predicate,
                Part::Predicate => *top = Frame { predicate: index, awaits: Part::Object },
                Part::Object => {}
            },
        }
        self.open.last().map_or(outer, |top| top.predicate)
    }
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
    let word = text[..end.unwrap_or(text.len())].trim_end_matches('.');
    if word.is_empty() { text.chars().next().map_or(0, char::len_utf8) } else { word.len() }
}

fn word_kind(text: &str) -> Kind {
    let number = text.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '-');
    let truth = matches!(&text[..word_length(text)], "true" | "false");
    if number || truth { Kind::Literal } else { Kind::Word }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each token, the first of its statement and its predicate, by their texts.
    fn check(text: &str, expected: &[&str]) {
        let tokens = scan(text);
        let shown = |i: usize| tokens.get(i).map_or("", |token| &text[token.range.clone()]);
        let all: Vec<&str> = tokens.iter().map(|token| &text[token.range.clone()]).collect();
        assert_eq!(all, expected);
        for token in &tokens {
            assert!(shown(token.statement) != "." && token.predicate < tokens.len(), "{text}");
        }
    }

    #[test]
    fn tokens_are_those_of_turtle() {
        check("a:b a:c a:d.", &["a:b", "a:c", "a:d", "."]);
        check("<x#y>a<z>. # no . token\n", &["<x#y>", "a", "<z>", "."]);
        check(r#"a:b a:c "x \" . y"@en,'z' ."#, &["a:b", "a:c", r#""x \" . y""#, "@en", ",", "'z'", "."]);
        check("a:b a:c \"\"\"x \" ; \n\"\"\"\" .", &["a:b", "a:c", "\"\"\"x \" ; \n\"\"\"\"", "."]);
        check("a:b\\,c a:d.e 1.5, -2 .", &["a:b\\,c", "a:d.e", "1.5", ",", "-2", "."]);
        check(
            "PREFIX a: <b>\nBASE <c> [] a a:b .",
            &["PREFIX", "a:", "<b>", "BASE", "<c>", "[", "]", "a", "a:b", "."],
        );
        check("\"never closed . \n a:b", &["\"never closed . \n a:b"]);
        check("", &[]);
    }

    #[test]
    fn tokens_know_their_predicate() {
        let text =
            "e:a e:p1 e:o1 , [ e:p2 e:o2 ; e:p3 ( e:o3 ) ] , e:o4 ; e:p4 e:o5 . [ e:p5 e:o6 ] e:p6 e:o7 .";
        let tokens = scan(text);
        let word = |i: usize| &text[tokens[i].range.clone()];
        let pairs: Vec<String> = (0..tokens.len())
            .filter(|&i| word(i).starts_with("e:o"))
            .map(|i| format!("{} {}", word(tokens[i].predicate), word(i)))
            .collect();
        let expected =
            ["e:p1 e:o1", "e:p2 e:o2", "e:p3 e:o3", "e:p1 e:o4", "e:p4 e:o5", "e:p5 e:o6", "e:p6 e:o7"];
        assert_eq!(pairs, expected);
    }
}
