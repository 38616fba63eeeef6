//! Labels: the words in a name that was written as one.

/// The words of an identifier or of a label that is one: "academicStaffSize", "party_member" and "is-part-of" are
/// "academic staff size", "party member" and "is part of". Capitals that stand together stay ("NCAATeam" is "NCAA
/// team"); text that already has spaces stays as it is.
pub fn split_words(name: &str) -> String {
    if name.contains(char::is_whitespace) {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut words: Vec<String> = Vec::new();
    for part in name.split(['_', '-', '.', '+']).filter(|part| !part.is_empty()) {
        let letters: Vec<char> = part.chars().collect();
        let mut word = String::new();
        for (i, &letter) in letters.iter().enumerate() {
            let after = i.checked_sub(1).map(|before| letters[before]);
            let before = letters.get(i + 1);
            let humps = letter.is_uppercase() && after.is_some_and(|c| c.is_lowercase() || c.is_numeric());
            let acronym_ends = letter.is_uppercase()
                && after.is_some_and(char::is_uppercase)
                && before.is_some_and(|c| c.is_lowercase());
            if humps || acronym_ends {
                words.push(std::mem::take(&mut word));
            }
            word.push(letter);
        }
        words.push(word);
    }
    words.iter().map(|word| lower_unless_acronym(word)).collect::<Vec<_>>().join(" ")
}

/// A label as words: an identifier that serves as one is split ("academicStaffSize"), anything else stays ("e-mail").
pub(super) fn label_words(label: &str) -> String {
    let letters: Vec<char> = label.chars().collect();
    let humps = letters.windows(2).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase());
    if humps || label.contains('_') { split_words(label) } else { label.trim().to_owned() }
}

/// The part of an IRI after its last `#`, `/` or `:`.
pub fn local_name(iri: &str) -> &str {
    let trimmed = iri.trim_end_matches(['/', '#']);
    trimmed.rsplit(['#', '/', ':']).next().unwrap_or(trimmed)
}

/// A name as part of an IRI: lower-case ASCII words joined by dashes; empty where nothing in it can be said in ASCII.
pub fn slug_words(text: &str) -> String {
    let ascii = deunicode::deunicode_with_tofu(text, " ").to_ascii_lowercase();
    let words = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn lower_unless_acronym(word: &str) -> String {
    let acronym = word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c.is_numeric());
    if acronym { word.to_owned() } else { word.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_where_a_reader_would() {
        for (name, words) in [
            ("academicStaffSize", "academic staff size"),
            ("MusicGroup", "music group"),
            ("party_member", "party member"),
            ("is-part-of", "is part of"),
            ("NCAATeam", "NCAA team"),
            ("FIFA", "FIFA"),
            ("area51Visitor", "area51 visitor"),
            ("capital  of", "capital of"),
            ("Person", "person"),
            ("", ""),
        ] {
            assert_eq!(split_words(name), words, "{name}");
        }
    }

    #[test]
    fn local_names_follow_the_last_separator() {
        for (iri, local) in [
            ("http://example.org/terms#Ship", "Ship"),
            ("http://example.org/terms/Ship", "Ship"),
            ("http://example.org/terms/", "terms"),
            ("urn:ships:Ship", "Ship"),
        ] {
            assert_eq!(local_name(iri), local, "{iri}");
        }
    }
}
