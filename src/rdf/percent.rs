//! Percent-encoding (RFC 3986, section 2).

/// Any text as a part of an IRI or an address: all but unreserved characters by their bytes. Two texts give two parts.
pub fn percent_encoded(text: impl AsRef<[u8]>) -> String {
    let text = text.as_ref();
    let mut encoded = String::with_capacity(text.len());
    for byte in text {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            encoded.push(char::from(*byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_has_an_iri_of_its_own() {
        assert_eq!(percent_encoded("news/1 é.txt"), "news%2F1%20%C3%A9.txt");
        assert_eq!(percent_encoded("a%20b"), "a%2520b");
    }
}
