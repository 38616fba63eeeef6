//! Terms as N-Quads writes them, and the lines that they stand in.
//!
//! A line that is written as we would write it ourselves is taken as it is, with no copy of any term; whatever else
//! N-Quads allows (other white space, escapes that are not needed, comments) goes through a parser first.

use std::borrow::Cow;
use std::fmt;

use oxrdf::vocab::xsd;

/// A term; the order is that of our files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term<'a> {
    /// Without its angle brackets.
    Iri(&'a str),
    /// What stands between the quotes, escaped, and what follows them: nothing, `@en` or `^^<datatype>`.
    Literal { escaped: &'a str, suffix: &'a str },
    /// Without `_:`.
    Blank(&'a str),
    /// What stands between `<<(` and `)>>`: a triple that is spoken of (RDF 1.2).
    Triple([&'a str; 3]),
}

/// A statement and the named graph that it is in, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quad<'a> {
    pub subject: Term<'a>,
    pub predicate: &'a str,
    pub object: Term<'a>,
    pub graph: Option<Term<'a>>,
}

impl<'a> Term<'a> {
    /// A term as N-Quads writes it.
    pub fn read(text: &'a str) -> Self {
        if let Some(inner) = text.strip_prefix(TRIPLE_START) {
            return Self::Triple(split_triple(inner.strip_suffix(TRIPLE_END).unwrap_or(inner)));
        }
        match text.as_bytes().first() {
            Some(b'<') => Self::Iri(text.get(1..text.len() - 1).unwrap_or_default()),
            Some(b'_') => Self::Blank(text.get(2..).unwrap_or_default()),
            _ => {
                // No language tag or datatype has a quote in it.
                let end = text.rfind('"').unwrap_or(text.len());
                Self::Literal {
                    escaped: text.get(1..end).unwrap_or_default(),
                    suffix: text.get(end + 1..).unwrap_or_default(),
                }
            }
        }
    }

    pub fn iri(self) -> Option<&'a str> {
        if let Self::Iri(iri) = self { Some(iri) } else { None }
    }

    /// The text of a literal; nothing for other terms.
    pub fn value(self) -> Option<Cow<'a, str>> {
        if let Self::Literal { escaped, .. } = self { Some(unescape(escaped)) } else { None }
    }

    /// The literal that this is, if it is one; a direction is left out.
    pub fn to_literal(self) -> Option<oxrdf::Literal> {
        let value = self.value()?;
        Some(match (self.language(), self.datatype()) {
            (Some(language), _) => {
                let language = language.split("--").next().unwrap_or_default();
                oxrdf::Literal::new_language_tagged_literal_unchecked(value, language)
            }
            (None, Some(datatype)) => {
                oxrdf::Literal::new_typed_literal(value, oxrdf::NamedNode::new_unchecked(datatype))
            }
            (None, None) => oxrdf::Literal::new_simple_literal(value),
        })
    }

    /// The language of a literal, with its direction if it has one.
    pub fn language(self) -> Option<&'a str> {
        if let Self::Literal { suffix, .. } = self { suffix.strip_prefix('@') } else { None }
    }

    /// The datatype of a literal that has no language.
    pub fn datatype(self) -> Option<&'a str> {
        let Self::Literal { suffix, .. } = self else { return None };
        if suffix.is_empty() {
            return Some(xsd::STRING.as_str());
        }
        suffix.strip_prefix("^^<")?.strip_suffix('>')
    }
}

impl Quad<'_> {
    /// The statement without its graph, for other crates; `None` if it speaks of a triple.
    pub fn to_triple(self) -> Option<oxrdf::Triple> {
        let node = |term: Term<'_>| -> Option<oxrdf::NamedOrBlankNode> {
            match term {
                Term::Iri(iri) => Some(oxrdf::NamedNode::new_unchecked(iri).into()),
                Term::Blank(label) => Some(oxrdf::BlankNode::new_unchecked(label).into()),
                _ => None,
            }
        };
        let predicate = oxrdf::NamedNode::new_unchecked(self.predicate);
        let object: oxrdf::Term = match node(self.object) {
            Some(node) => node.into(),
            None => self.object.to_literal()?.into(),
        };
        Some(oxrdf::Triple::new(node(self.subject)?, predicate, object))
    }
}

impl fmt::Display for Term<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iri(iri) => write!(f, "<{iri}>"),
            Self::Literal { escaped, suffix } => write!(f, "\"{escaped}\"{suffix}"),
            Self::Blank(label) => write!(f, "_:{label}"),
            Self::Triple([subject, predicate, object]) => {
                write!(f, "{TRIPLE_START}{subject} {predicate} {object}{TRIPLE_END}")
            }
        }
    }
}

const TRIPLE_START: &str = "<<( ";
const TRIPLE_END: &str = " )>>";

/// How deep triples may stand in triples.
const DEEPEST: usize = 8;

fn split_triple(text: &str) -> [&str; 3] {
    let subject = length(text, DEEPEST).unwrap_or(text.len());
    let rest = text.get(subject + 1..).unwrap_or_default();
    let predicate = length(rest, DEEPEST).unwrap_or(rest.len());
    [&text[..subject], &rest[..predicate], rest.get(predicate + 1..).unwrap_or_default()]
}

/// The lengths of subject, predicate, object and graph (0 for none) of a line without its end, if the line is written
/// as we write it.
pub(super) fn lengths(line: &str) -> Option<[u32; 4]> {
    let mut lengths = [0; 4];
    let mut rest = line;
    for (place, found) in lengths.iter_mut().enumerate() {
        if place == 3 && rest == "." {
            break;
        }
        let fits = match (place, rest.as_bytes().first()?) {
            (_, b'<') => place == 2 || !rest.starts_with(TRIPLE_START),
            (1, _) => false,
            (_, b'_') => true,
            (_, first) => place == 2 && *first == b'"',
        };
        let length = length(rest, DEEPEST).filter(|_| fits)?;
        *found = u32::try_from(length).ok()?;
        rest = rest[length..].strip_prefix(' ')?;
    }
    (rest == ".").then_some(lengths)
}

/// The length of the term that a text begins with.
fn length(text: &str, depth: usize) -> Option<usize> {
    match text.as_bytes().first()? {
        b'<' if text.starts_with(TRIPLE_START) => triple_length(text, depth.checked_sub(1)?),
        b'<' => iri_length(text),
        b'_' => {
            let label = text.strip_prefix("_:")?;
            let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
            let length = label.bytes().take_while(is_inside).count();
            (length > 0 && !label.starts_with('-')).then_some(length + 2)
        }
        b'"' => literal_length(text),
        _ => None,
    }
}

fn triple_length(text: &str, depth: usize) -> Option<usize> {
    let mut at = TRIPLE_START.len();
    for place in 0..3 {
        let first = *text.as_bytes().get(at)?;
        let fits = first == b'<' || (place != 1 && first == b'_') || (place == 2 && first == b'"');
        at += length(&text[at..], depth).filter(|_| fits)?;
        if place < 2 {
            at += text.as_bytes().get(at).filter(|byte| **byte == b' ').map(|_| 1)?;
        }
    }
    text[at..].starts_with(TRIPLE_END).then_some(at + TRIPLE_END.len())
}

/// The length of an IRI with its angle brackets.
fn iri_length(text: &str) -> Option<usize> {
    let end = text.bytes().position(|byte| byte == b'>')?;
    let iri = &text[1..end];
    (is_plain_web(iri) || oxiri::Iri::parse(iri).is_ok()).then_some(end + 1)
}

/// Whether an IRI is one of the web with nothing odd in it: quicker than asking the whole grammar.
fn is_plain_web(iri: &str) -> bool {
    let Some(rest) = iri.strip_prefix("http") else { return false };
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    let Some(rest) = rest.strip_prefix("://") else { return false };
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let host = rest.bytes().take_while(is_host).count();
    let path = &rest.as_bytes()[host..];
    let is_path = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~' | b',' | b'=' | b'&' | b'+')
    };
    let before = path.iter().take_while(|byte| is_path(byte)).count();
    match &path[before..] {
        [] => path.first().is_none_or(|byte| *byte == b'/'),
        [b'#', fragment @ ..] => {
            path[0] != b'.' && matches!(path[0], b'/' | b'#') && fragment.iter().all(is_path)
        }
        _ => false,
    }
}

/// The length of a literal with its quotes and what follows them.
fn literal_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    loop {
        match *bytes.get(at)? {
            b'"' => break,
            b'\\' if matches!(bytes.get(at + 1)?, b'"' | b'\\' | b'n' | b'r' | b't' | b'b' | b'f') => at += 2,
            b'\\' | 0..0x20 | 0x7F => return None,
            // U+FFFE and U+FFFF are escaped.
            0xEF if bytes[at + 1..].starts_with(&[0xBF, 0xBE])
                || bytes[at + 1..].starts_with(&[0xBF, 0xBF]) =>
            {
                return None;
            }
            _ => at += 1,
        }
    }
    let end = at + 1;
    match bytes.get(end) {
        Some(b'@') => Some(end + 1 + language_length(&text[end + 1..])?),
        Some(b'^') => {
            let datatype = text[end..].strip_prefix("^^").filter(|datatype| datatype.starts_with('<'))?;
            let length = iri_length(datatype)?;
            let implied = [xsd::STRING.as_str(), oxrdf::vocab::rdf::LANG_STRING.as_str()];
            (!implied.contains(&&datatype[1..length - 1])).then_some(end + 2 + length)
        }
        _ => Some(end),
    }
}

/// The length of a language tag in small letters, and of the direction after it (`ar--rtl`).
fn language_length(text: &str) -> Option<usize> {
    let is_inside = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    let length = text.bytes().take_while(is_inside).count();
    let (tag, direction) = text[..length].split_once("--").unwrap_or((&text[..length], "ltr"));
    let subtags = tag.split('-').all(|part| (1..=8).contains(&part.len()));
    let begins = tag.starts_with(|c: char| c.is_ascii_lowercase());
    let primary = tag.split('-').next().unwrap_or_default();
    let is_plain = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    (subtags && begins && is_plain && matches!(direction, "ltr" | "rtl")).then_some(length)
}

/// A literal's text without escapes.
pub(super) fn unescape(escaped: &str) -> Cow<'_, str> {
    if !escaped.contains('\\') {
        return Cow::Borrowed(escaped);
    }
    let mut text = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let (c, length) = match rest.as_bytes().get(at + 1) {
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{C}', 2),
            Some(b'u') => (coded(rest.get(at + 2..at + 6)), 6),
            Some(b'U') => (coded(rest.get(at + 2..at + 10)), 10),
            Some(other) => (char::from(*other), 2),
            None => ('\\', 1),
        };
        text.push(c);
        rest = rest.get(at + length..).unwrap_or_default();
    }
    text.push_str(rest);
    Cow::Owned(text)
}

fn coded(digits: Option<&str>) -> char {
    let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_as_we_write_them_need_no_parser() {
        for line in [
            "<http://a.example/s> <http://a.example/p#q> <urn:x:1> .",
            "_:b1 <http://a.example/p> \"x \\\" \\\\ é 💍\"@en-gb <http://a.example/g> .",
            "<http://a.example/s> <http://a.example/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> _:g .",
            "<http://a.example> <http://a.example/p> <<( <http://a.example/s> <http://a.example/p> \"x y\"@en )>> .",
        ] {
            let lengths = lengths(line).unwrap_or_else(|| panic!("{line}"));
            let mut at = 0;
            for length in lengths.into_iter().filter(|length| *length > 0) {
                let text = &line[at..at + length as usize];
                assert_eq!(Term::read(text).to_string(), text);
                at += length as usize + 1;
            }
            assert_eq!(&line[at..], ".");
        }
    }

    #[test]
    fn all_else_goes_through_the_parser() {
        for line in [
            "",
            "# no statement",
            "<http://a.example/s>  <http://a.example/p> <urn:x:1> .",
            "<http://a.example/s> <http://a.example/p> <urn:x:1>.",
            "<s> <http://a.example/p> <urn:x:1> .",
            "<http://a.example/s> _:p <urn:x:1> .",
            "\"s\" <http://a.example/p> <urn:x:1> .",
            "<http://a.example/s> <http://a.example/p> \"\\u0041\" .",
            "<http://a.example/s> <http://a.example/p> \"a\tb\" .",
            "<http://a.example/s> <http://a.example/p> \"a\"@EN .",
            "<http://a.example/s> <http://a.example/p> \"a\"@ .",
            "<http://a.example/s> <http://a.example/p> \"a\"^^<http://www.w3.org/2001/XMLSchema#string> .",
            "<http://a.example/s p> <http://a.example/p> <urn:x:1> .",
            "<http://a.example:x/> <http://a.example/p> <urn:x:1> .",
            "<http://a.example/s> <http://a.example/p> <urn:x:1> <urn:g> . <urn:more> .",
            "<<( <urn:s:s> <urn:p:p> <urn:o:o> )>> <http://a.example/p> <urn:x:1> .",
        ] {
            assert_eq!(lengths(line), None, "{line}");
        }
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(unescape(r#"a\"b\\n\n\t\u0000\U0001F48D."#), "a\"b\\n\n\t\0💍.");
    }
}
