//! Offsets in code points, as every line of evidence counts.

use super::Offsets;
use crate::document::Span;

/// How many bytes lie between two places whose count of code points is kept.
const STEP: usize = 64;

/// Turns offsets in bytes into offsets in code points: one pass over the text, then constant time for each.
pub(super) struct CodePoints<'t> {
    text: &'t [u8],
    /// How many code points begin before every `STEP`th byte.
    before: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let text = text.as_bytes();
        let mut count = 0;
        let before = text.chunks(STEP).map(|chunk| {
            let before = count;
            count += beginnings(chunk);
            before
        });
        Self { text, before: before.collect() }
    }

    /// How many code points begin before a byte; past the end, how many the text has.
    fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        // The last step is looked up when the text's length is a multiple of it and `byte` is its end.
        let step = (byte / STEP).min(self.before.len().saturating_sub(1));
        self.before.get(step).map_or(0, |before| before + beginnings(&self.text[step * STEP..byte]))
    }

    pub(super) fn offsets(&self, span: Span) -> Offsets {
        Offsets { start: self.at(span.start), end: self.at(span.end) }
    }
}

/// How many code points begin in a stretch of UTF-8: all bytes but the continuation bytes `10xxxxxx`.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) {
        let points = CodePoints::new(text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte), count, "byte {byte} of {text:?}");
        }
        assert_eq!(points.at(text.len()), text.chars().count());
        assert_eq!(points.at(text.len() + 100), text.chars().count());
    }

    #[test]
    fn bytes_become_code_points() {
        check("");
        check("plain");
        check("Zoë’s ring 💍 שלום e\u{301}");
        for length in [1, STEP - 1, STEP, STEP + 1, 2 * STEP, 5 * STEP + 3] {
            check(&"a".repeat(length));
            check(&"💍é".repeat(length));
        }
    }
}
