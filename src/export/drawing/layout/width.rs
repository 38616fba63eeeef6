//! Width: how wide text is, near enough for any of the usual fonts without serifs.

use unicode_normalization::UnicodeNormalization;

/// By how much bold letters are wider.
pub(in crate::export) const BOLD: f64 = 1.07;

/// Widths of the characters from the space to the tilde in Helvetica, in thousandths of the letters' size.
#[rustfmt::skip]
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// The width of one line of text in letters of a size.
pub(in crate::export) fn of(text: &str, size: f64) -> f64 {
    // Letters with accents are as wide as without: their marks count nothing.
    text.nfd().map(thousandths).sum::<u32>() as f64 * size / 1000.0
}

fn thousandths(c: char) -> u32 {
    match c as u32 {
        code @ 0x20..=0x7E => ASCII[code as usize - 0x20].into(),
        0..=0x1F | 0x7F..=0x9F => 0,
        // Marks, joiners, signs of direction, variants.
        0x300..=0x36F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F => 0,
        0xA0..=0x2FF => 600,
        0x370..=0x10FF => 650,
        0x2010..=0x2027 => 800,
        0x1F000.. => 1300,
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_a_width() {
        for (text, expected) in [("", 0.0), ("il", 4.44), ("WW", 18.88), ("é", 5.56), ("e\u{301}", 5.56)] {
            assert!((of(text, 10.0) - expected).abs() < 1e-9, "{text}: {}", of(text, 10.0));
        }
        assert!(of("北京", 10.0) >= 20.0);
    }
}
