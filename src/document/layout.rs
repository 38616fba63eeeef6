//! The stretches of a text that stand together: what blank lines part, and lines that were not merely wrapped.

use super::Span;

/// A paragraph-to-be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub span: Span,
    /// Whether it is one of several lines that stand close together, each for itself.
    pub listed: bool,
}

/// Lines longer than this, in characters, come from a text that does not wrap its lines.
const WIDEST_WRAP: usize = 120;

/// Lines shorter than this, in characters, were not wrapped, but end where they mean to.
const NARROWEST_WRAP: usize = 40;

/// Parts a text into blocks, none empty, in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut group: Vec<Span> = Vec::new();
    for line in lines(text) {
        if line.start == line.end {
            part(text, &mut group, &mut blocks);
        } else {
            group.push(line);
        }
    }
    part(text, &mut group, &mut blocks);
    blocks
}

/// The lines of a text without the blanks around them; a blank line is an empty span.
fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']).filter_map(move |line| {
        let begin = start;
        start += line.len();
        // The line feed of a carriage return and line feed is no line of its own.
        if line == "\n" && begin > 0 && text.as_bytes()[begin - 1] == b'\r' {
            return None;
        }
        let kept = line.trim_matches(super::tokenize::is_blank);
        let lead = line.len() - line.trim_start_matches(super::tokenize::is_blank).len();
        let begin = if kept.is_empty() { begin } else { begin + lead };
        Some(Span { start: begin, end: begin + kept.len() })
    })
}

/// Joins the wrapped lines of a group and keeps the others apart.
fn part(text: &str, group: &mut Vec<Span>, blocks: &mut Vec<Block>) {
    let widths: Vec<usize> = group.iter().map(|line| text[line.start..line.end].chars().count()).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let first = blocks.len();
    for (i, line) in group.iter().enumerate() {
        let joined = i > 0 && {
            let before = &text[group[i - 1].start..group[i - 1].end];
            wraps(before, widths[i - 1], &text[line.start..line.end], widest)
        };
        match blocks.last_mut() {
            Some(block) if joined => block.span.end = line.end,
            _ => blocks.push(Block { span: *line, listed: false }),
        }
    }
    if blocks.len() - first > 1 {
        blocks[first..].iter_mut().for_each(|block| block.listed = true);
    }
    group.clear();
}

/// Whether a line goes on in the next one, in a group whose widest line has so many characters.
///
/// A line was wrapped when the first word of the next would not have fitted; where it would have, the break is meant.
fn wraps(line: &str, width: usize, next: &str, widest: usize) -> bool {
    if item(next).is_some() {
        return false;
    }
    let word = next.find(char::is_whitespace).unwrap_or(next.len()).min(60);
    let ended = line.ends_with(['.', '!', '?', '"', '”', ':', ')']);
    let goes_on = !ended && next.starts_with(char::is_lowercase);
    if widest > WIDEST_WRAP {
        return goes_on;
    }
    let fitted = width + 1 + word <= widest;
    widest >= NARROWEST_WRAP && (!fitted || (goes_on && 2 * width > widest))
}

/// The length of what marks a line as an item of a list: "• ", "- ", "3. ", "(b) ".
pub(super) fn item(line: &str) -> Option<usize> {
    let end = line.char_indices().take(6).find(|(_, c)| c.is_whitespace())?.0;
    let mark = &line[..end];
    let bullet = matches!(mark, "•" | "-" | "–" | "—" | "*" | "·" | "‣" | "◦" | "▪" | "●" | "○" | "»");
    let label = mark.trim_start_matches('(').trim_end_matches([')', '.']);
    let short = label.len() <= 3 && label.bytes().all(|b| b.is_ascii_digit())
        || (label.len() == 1 && mark.ends_with(')') && label.starts_with(|c: char| c.is_ascii_alphabetic()));
    (bullet || (!label.is_empty() && mark.len() > label.len() && short && !mark.starts_with('.')))
        .then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            blocks(text).iter().map(|block| &text[block.span.start..block.span.end]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blank_lines_part_blocks() {
        check("One.\n\nTwo.\r\n\r\n \t\r\nThree.", &["One.", "Two.", "Three."]);
        check("", &[]);
        check("\n\r\n", &[]);
    }

    #[test]
    fn wrapped_lines_are_joined_and_others_are_not() {
        let wrapped =
            "The ferry left the small harbour at noon with\nforty goats on board and nobody to milk\nthem.";
        check(wrapped, &[wrapped]);
        check("Eggs\nMilk\nBread", &["Eggs", "Milk", "Bread"]);
        check("Bring:\n- eggs\n- milk", &["Bring:", "- eggs", "- milk"]);
    }
}
