//! A bound on how deep elements nest, set before the page is parsed.

use std::borrow::Cow;

/// How deep elements may stand within each other. The HTML parser looks through all open elements at many a tag, which
/// makes it quadratic in this; browsers stop at 512, and pages that forget to close their elements need some more.
const DEEPEST: usize = 4096;

/// How many attributes a tag may have; the parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 1000;

/// Elements that have no end tag, or are closed by the next one.
const SHALLOW: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// What is no markup inside, and how it ends.
const RAW: &[(&str, &str)] = &[("<!--", "-->"), ("<script", "</script"), ("<style", "</style")];

/// Puts a space for tags beyond [`DEEPEST`] and for those with more than [`MOST_ATTRIBUTES`]; in time linear in the page.
pub fn bound(page: &str) -> Cow<'_, str> {
    let (mut kept, mut written) = (String::new(), 0);
    let (mut depth, mut place) = (0_usize, 0);
    while let Some(start) = page[place..].find('<').map(|found| place + found) {
        if let Some(end) = raw_end(page, start) {
            place = end;
            continue;
        }
        let Some(tag) = Tag::at(page, start) else {
            place = start + 1;
            continue;
        };
        place = tag.end;
        let counts = !SHALLOW.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        depth += usize::from(counts && !tag.closing);
        if depth > DEEPEST || tag.attributes > MOST_ATTRIBUTES {
            kept.push_str(&page[written..start]);
            kept.push(' ');
            written = tag.end;
        }
        depth = depth.saturating_sub(usize::from(counts && tag.closing));
    }
    if written == 0 {
        return Cow::Borrowed(page);
    }
    kept.push_str(&page[written..]);
    Cow::Owned(kept)
}

/// Where a comment, script or style that begins at `start` ends; one without an end takes the rest of the page.
fn raw_end(page: &str, start: usize) -> Option<usize> {
    let begins = |at: usize, text: &str| {
        page.as_bytes()
            .get(at..at + text.len())
            .is_some_and(|bytes| bytes.eq_ignore_ascii_case(text.as_bytes()))
    };
    let (open, close) = RAW.iter().find(|(open, _)| begins(start, open))?;
    let inside = start + open.len();
    let first = &close[..1];
    let mut ends = page[inside..].match_indices(first).map(|(found, _)| inside + found);
    Some(ends.find(|end| begins(*end, close)).map_or(page.len(), |end| end + close.len()))
}

struct Tag<'a> {
    name: &'a str,
    closing: bool,
    /// About how many: as many as there are stretches of white space outside quotes.
    attributes: usize,
    end: usize,
}

impl<'a> Tag<'a> {
    /// The tag that begins at the `<` at `start`; `None` if that is but a sign.
    fn at(page: &'a str, start: usize) -> Option<Self> {
        let closing = page[start + 1..].starts_with('/');
        let begin = start + 1 + usize::from(closing);
        let name = page[begin..].split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let (mut quote, mut attributes, mut before) = (None, 0, b' ');
        for (offset, byte) in page[begin..].bytes().enumerate() {
            match quote {
                None if byte == b'>' => {
                    return Some(Self { name, closing, attributes, end: begin + offset + 1 });
                }
                None if byte.is_ascii_whitespace() && !before.is_ascii_whitespace() => attributes += 1,
                None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
                Some(mark) if mark == byte => quote = None,
                _ => {}
            }
            before = byte;
        }
        Some(Self { name, closing, attributes, end: page.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_pages_stay_as_they_are() {
        let unclosed = "<p>Odo<li>met<br>Mara ".repeat(5000);
        let closed = "<div><b title='a>b'>Odo</b></div>".repeat(5000);
        let raw = format!("<!-- {0} --><script>{0}</SCRIPT><p>a < b", "<div>".repeat(5000));
        for page in [&unclosed, &closed, &raw, "", "<", "</", "<p", "<!--", "é<é>"] {
            assert!(matches!(bound(page), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn endless_nesting_ends() {
        let page = format!("{}Odo{}<p>Mara", "<div>".repeat(5000), "</div>".repeat(5000));
        let bounded = bound(&page);
        assert_eq!(bounded.matches("<div>").count(), DEEPEST);
        assert_eq!(bounded.matches("</div>").count(), DEEPEST);
        assert!(bounded.ends_with("<p>Mara"));
        let page = format!("Odo<p {}>Mara", "a=1 ".repeat(2000));
        assert_eq!(bound(&page), "Odo Mara");
    }
}
