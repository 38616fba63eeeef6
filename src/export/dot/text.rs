//! Text inside DOT: quoted and escaped, broken into lines and cut where a picture would burst.

/// How many characters a line of a picture's label has before it is broken.
const LINE: usize = 32;
/// How many lines a name or value may take.
const LINES: usize = 4;
/// How many characters a tooltip shows of one name or sentence.
const TOOLTIP: usize = 400;

/// A quoted string that GraphViz shows just as it is, control characters but line ends left out.
///
/// Backslashes are doubled, since labels read `\N`, `\G` and others as more than letters, and an `&` that would begin an
/// HTML entity is written as one.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for (i, c) in text.char_indices() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '&' if begins_entity(&text[i..]) => out.push_str("&amp;"),
            // Characters that no XML, and so no SVG, may contain.
            '\u{FFFE}' | '\u{FFFF}' => {}
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text that begins with `&` begins with an HTML entity.
fn begins_entity(text: &str) -> bool {
    let end = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    end.is_some_and(|end| end > 0 && text[1 + end..].starts_with(';'))
}

/// A name or value for a label: white space made single, broken into lines at spaces, cut after some lines.
pub(super) fn shown(text: &str) -> String {
    let length = |text: &str| text.chars().count();
    let mut lines: Vec<String> = Vec::new();
    for word in words(text) {
        let last = lines.last_mut().filter(|line| length(line) + 1 + length(word) <= LINE);
        if let Some(line) = last {
            line.push(' ');
            line.push_str(word);
        } else if lines.len() < LINES {
            lines.push(first(word, LINE));
        } else {
            lines[LINES - 1].push('…');
            break;
        }
    }
    lines.join("\n")
}

/// A name or sentence for a tooltip: on one line, and cut where it is very long.
pub(super) fn cut(text: &str) -> String {
    first(&words(text).collect::<Vec<_>>().join(" "), TOOLTIP)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty())
}

/// A text's first characters, with "…" if there are more.
fn first(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted() {
        for (text, expected) in [
            ("plain", r#""plain""#),
            (r#"a "b" \N c\"#, r#""a \"b\" \\N c\\""#),
            ("two\nlines\r\0", r#""two\nlines""#),
            ("AT&T &lt; &#9;&", r#""AT&T &amp;lt; &amp;#9;&""#),
            ("שלום 💍", "\"שלום 💍\""),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }

    #[test]
    fn long_text_is_broken_and_cut() {
        assert_eq!(shown("  Ada \n Park "), "Ada Park");
        assert_eq!(
            shown("The Long and Winding Story of a Very Small Village"),
            "The Long and Winding Story of a\nVery Small Village"
        );
        assert!(shown(&"word ".repeat(1000)).ends_with("word…"));
        assert_eq!(shown(&"x".repeat(1000)), format!("{}…", "x".repeat(LINE)));
        assert_eq!(shown("\0\n"), "");
        assert_eq!(cut(&"é".repeat(1000)).chars().count(), TOOLTIP + 1);
    }
}
