//! Text for pictures: broken into lines, and cut where a picture would burst.

/// How many characters a line of a picture's label has before it is broken.
const LINE: usize = 32;
/// How many lines a name or value may take.
const LINES: usize = 4;
/// How many characters a tooltip shows of one name or sentence.
const TOOLTIP: usize = 400;

/// A name or value for a label: white space made single, broken into lines at spaces, cut after some lines.
pub(in crate::export) fn shown(text: &str) -> String {
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
pub(in crate::export) fn cut(text: &str) -> String {
    first(&on_one_line(text), TOOLTIP)
}

/// A text with its white space made single.
pub(in crate::export) fn on_one_line(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
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
