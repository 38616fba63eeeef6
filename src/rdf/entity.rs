//! Entities of XML: how much text they stand for, before a reader puts it in their places.

use std::collections::HashMap;

/// How much text entities may stand for, in all: beyond this many bytes, no more than this many times the file's own.
const MOST: usize = 1 << 24;
const MOST_TIMES: usize = 32;

/// Refuses a file whose entities stand for far more text than it has itself ("billion laughs").
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let declaration = b"<!ENTITY";
    if !bytes.windows(declaration.len()).any(|window| window == declaration) {
        return Ok(());
    }
    let text = String::from_utf8_lossy(bytes);
    let mut lengths: HashMap<&str, usize> = HashMap::new();
    for declared in text.split("<!ENTITY").skip(1) {
        let Some(quote) = declared.find(['"', '\'']) else { continue };
        let (name, value) = (declared[..quote].trim(), &declared[quote + 1..]);
        let value = value.split(&declared[quote..=quote]).next().unwrap_or_default();
        let length = length(value, &lengths);
        // The first declaration of a name counts in XML, and the last with some readers.
        let known = lengths.entry(name).or_default();
        *known = length.max(*known);
    }
    if length(&text, &lengths) > MOST.max(MOST_TIMES.saturating_mul(text.len())) {
        return Err("its entities stand for too much text: write it out, or split the file".to_owned());
    }
    Ok(())
}

/// How long a text is when its entities are put in their places.
fn length(text: &str, lengths: &HashMap<&str, usize>) -> usize {
    let entities = text.split('&').skip(1).filter_map(|rest| lengths.get(rest.split(';').next()?));
    entities.fold(text.len(), |sum, length| sum.saturating_add(*length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_fine_and_bombs_are_not() {
        let document = |entities: &str, body: &str| format!("<!DOCTYPE rdf:RDF [{entities}]>\n{body}");
        let own = "<!ENTITY e \"http://e.example/a/long/namespace#\">";
        assert_eq!(check(document(own, &"&e;x ".repeat(10_000)).as_bytes()), Ok(()));
        let times = |name: char, of: char| format!("<!ENTITY {name} \"{}\">\n", format!("&{of};").repeat(10));
        let laughs: String = ('b'..='k').zip('a'..='j').map(|(name, of)| times(name, of)).collect();
        let bomb = format!("<!ENTITY a \"ha\">\n{laughs}");
        assert!(check(document(&bomb, "&k;").as_bytes()).is_err());
        let wide = format!("<!ENTITY a \"{}\">", "x".repeat(1 << 16));
        assert!(check(document(&wide, &"&a;".repeat(1 << 14)).as_bytes()).is_err());
    }
}
