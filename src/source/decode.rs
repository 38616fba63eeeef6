//! Bytes to text: byte order marks, declared encodings, and a guess where nothing is declared.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// How far into a page its declared encoding is sought, as the HTML standard has it.
const DECLARATION_REACH: usize = 1024;

/// What a file begins with that is surely no text, and what its owner can do.
const BINARY: &[(&[u8], &str)] = &[
    (b"%PDF-", " (a PDF file; make it text first, for example with pdftotext)"),
    (b"PK\x03\x04", " (a ZIP file, such as .docx or .epub; save it as text or HTML first)"),
    (b"\xd0\xcf\x11\xe0", " (an old Office file; save it as text or HTML first)"),
    (b"\x89PNG", " (a PNG picture)"),
    (b"\xff\xd8\xff", " (a JPEG picture)"),
    (b"GIF8", " (a GIF picture)"),
    (b"\x7fELF", " (a program)"),
];

/// The bytes are no text; holds what more can be said, beginning with a space.
#[derive(Debug, PartialEq, Eq)]
pub struct Binary(pub &'static str);

/// Decodes a text; a byte order mark is dropped, line ends stay as they are, and nothing else is changed.
///
/// Bytes that are valid UTF-8 are read as that. Others are read by the `charset` that the text declares in a tag
/// (`declared`), or by the encoding they look like.
pub fn decode(bytes: Vec<u8>, declared: bool) -> Result<String, Binary> {
    if let Some((_, advice)) = BINARY.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Binary(advice));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    if is_binary(&bytes) {
        return Err(Binary(""));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error.into_bytes(),
    };
    if is_damaged_utf8(&bytes) {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    let encoding = declared.then(|| declared_encoding(&bytes)).flatten().unwrap_or_else(|| guess(&bytes));
    Ok(encoding.decode_without_bom_handling(&bytes).0.into_owned())
}

/// Whether too many of the bytes are control characters that no text has: more than a fiftieth (compressed data has a
/// tenth), or, where all is valid UTF-8, which such data never is, a tenth. A few stray ones make no binary.
fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    let controls = bytes.iter().filter(is_control).count();
    controls > 8
        && controls * 50 > bytes.len()
        && (controls * 10 > bytes.len() || str::from_utf8(bytes).is_err())
}

/// Whether bytes are UTF-8 but for fewer damaged places than they have characters beyond ASCII: text in another
/// encoding hardly ever holds such a character by chance.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut characters, mut damages) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damages += usize::from(!chunk.invalid().is_empty());
    }
    characters > damages
}

/// The encoding named by the first `charset=` or `encoding=` of a page.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_REACH)]).to_ascii_lowercase();
    let place =
        ["charset", "encoding"].iter().filter_map(|word| Some(start.find(word)? + word.len())).min()?;
    let rest = start[place..].trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let label = rest.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).next()?;
    // A page that calls itself UTF-16 in ASCII is not; and it was seen not to be UTF-8.
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| encoding.is_ascii_compatible() && *encoding != encoding_rs::UTF_8)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes.to_vec(), true).as_deref(), Ok(expected));
    }

    #[test]
    fn encodings() {
        check(b"", "");
        check("Zoë\r\n".as_bytes(), "Zoë\r\n");
        check(b"\xef\xbb\xbfZo\xc3\xab", "Zoë");
        check(b"\xff\xfeZ\0o\0\xeb\0", "Zoë");
        check(b"\xfe\xff\0Z\0o\0\xeb", "Zoë");
        check(b"The caf\xe9\x92s owner, Ren\xe9e, said \x93no\x94.", "The café’s owner, Renée, said “no”.");
        check(b"<meta charset=\"iso-8859-2\"><p>\xb3", "<meta charset=\"iso-8859-2\"><p>ł");
        check(
            b"<meta content='text/html; charset=koi8-r'>\xed",
            "<meta content='text/html; charset=koi8-r'>М",
        );
        check(b"caf\xc3\xa9 na\xc3\xafve bro\xffken", "café naïve bro\u{fffd}ken");
    }

    #[test]
    fn few_nulls_are_characters() {
        check(b"a\0b", "a\0b");
        let text = "Mara Quill\0 met Odo. ".repeat(100);
        check(text.as_bytes(), &text.clone());
    }

    #[test]
    fn binary() {
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(noise, false), Err(Binary("")));
        assert!(
            decode(b"%PDF-1.4 text".to_vec(), false)
                .is_err_and(|Binary(advice)| advice.contains("pdftotext"))
        );
        assert_eq!(decode(vec![0; 9], false), Err(Binary("")));
    }
}
