//! XML: text inside elements and attributes (<https://www.w3.org/TR/xml/#charsets>).

use std::fmt;

/// A text, to be shown escaped, for an element or an attribute in double quotes.
///
/// White space stays as it is in both. XML 1.0 has no way to write most control characters, NUL among them: each stands
/// as U+FFFD, the replacement character.
pub(super) struct Escaped<'t>(pub &'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| replacement(*c).is_some()) {
            out.write_str(&rest[..at])?;
            out.write_str(replacement(c).unwrap_or_default())?;
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_str(rest)
    }
}

/// What stands for a character that may not stand as it is.
fn replacement(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\t' => "&#9;",
        '\n' => "&#10;",
        '\r' => "&#13;",
        '\u{FFFE}' | '\u{FFFF}' => "\u{FFFD}",
        _ if c.is_control() => "\u{FFFD}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        for (text, expected) in [
            ("Ada Park", "Ada Park"),
            ("<a b=\"c\">&amp;", "&lt;a b=&quot;c&quot;&gt;&amp;amp;"),
            ("one\ttwo\r\n", "one&#9;two&#13;&#10;"),
            ("\0\u{7}\u{85}\u{FFFE}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("שלום 💍 e\u{301}", "שלום 💍 e\u{301}"),
        ] {
            assert_eq!(Escaped(text).to_string(), expected);
        }
    }
}
