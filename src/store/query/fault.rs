//! Fault: what is wrong with a query, in words.

use crate::rdf::Prefix;

/// How much of what the parser says is told, in characters: it may list all that it expected.
const LONGEST: usize = 160;

/// What is wrong with a query that the parser does not understand: a prefix that nobody declared, or the parser's words.
pub(super) fn told(query: &str, known: &[Prefix], error: &str) -> String {
    let place = error.split(": ").next().unwrap_or_default();
    if let Some(prefix) = unknown_prefix(query, known) {
        return format!(
            "{place}: no prefix {prefix:?} is known: declare it by PREFIX {prefix} <IRI>, before the query"
        );
    }
    let line = error.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The first prefix of a query, with its colon, that neither it declares nor we know.
fn unknown_prefix(query: &str, known: &[Prefix]) -> Option<String> {
    let words = words(query);
    let declared = |prefix: &str| {
        words.windows(2).any(|pair| pair[0].eq_ignore_ascii_case("prefix") && pair[1] == format!("{prefix}:"))
    };
    let is_unknown = |prefix: &str| !known.iter().any(|(name, _)| name == prefix) && !declared(prefix);
    let prefixes = words.iter().filter_map(|word| word.split_once(':')).map(|(prefix, _)| prefix);
    prefixes
        .filter(|prefix| !prefix.starts_with('_'))
        .find(|prefix| is_unknown(prefix))
        .map(|it| format!("{it}:"))
}

/// The words of a query, names with their colons among them, without what stands in quotes, angle brackets and comments.
fn words(query: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = query;
    while let Some(c) = rest.chars().next() {
        let is_part = |c: char| c.is_alphanumeric() || "_-.:%?$@".contains(c);
        let length = match c {
            '"' | '\'' => quoted(rest, c),
            // Less than is no bracket: what it stands before has spaces, or does not end.
            '<' => rest
                .find(|c: char| c == '>' || c.is_whitespace())
                .filter(|end| rest[*end..].starts_with('>'))
                .map_or(1, |end| end + 1),
            '#' => rest.find('\n').unwrap_or(rest.len()),
            c if is_part(c) => {
                let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                words.push(&rest[..end]);
                end
            }
            c => c.len_utf8(),
        };
        rest = &rest[length..];
    }
    words
}

/// How long a text in quotes is, with them.
fn quoted(text: &str, quote: char) -> usize {
    let long: String = [quote; 3].iter().collect();
    let end = if text.starts_with(&long) { long } else { quote.to_string() };
    let mut at = end.len();
    while at < text.len() && !text[at..].starts_with(&end) {
        let step = if text[at..].starts_with('\\') { 2 } else { 1 };
        at += text[at..].chars().take(step).map(char::len_utf8).sum::<usize>();
    }
    (at + end.len()).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_that_nobody_declared_are_found() {
        let known = [("tg".to_owned(), "urn:x:".to_owned())];
        let check = |query: &str, expected: Option<&str>| {
            assert_eq!(unknown_prefix(query, &known).as_deref(), expected, "{query}");
        };
        check("SELECT * { ?x nowhere:p ?y }", Some("nowhere:"));
        check("PREFIX nowhere: <urn:n:> SELECT * { ?x nowhere:p tg:b }", None);
        check("SELECT * { ?x tg:p 'it: \\' is', \"\"\"a:\" b:c\"\"\", <urn:d:e>, _:f # g:h\n }", None);
        check("SELECT * { FILTER(?x <?y) ?x :p 1 }", Some(":"));
        check("SELECT * { ?x tg:p 'no end: ", None);
        check("SELECT * { ?x tg:p 'é\\", None);
    }

    #[test]
    fn long_lists_are_cut() {
        let error = format!("error at 1:2: expected one of {}", "x | ".repeat(200));
        assert_eq!(told("SELECT", &[], &error).chars().count(), LONGEST + 1);
    }
}
