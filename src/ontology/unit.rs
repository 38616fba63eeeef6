//! Units of measure: the words and signs that mean the same one.

/// Each with its signs and its names.
const UNITS: &[&[&str]] = &[
    &["mm", "millimetre", "millimeter"],
    &["cm", "cms", "centimetre", "centimeter"],
    &["m", "metre", "meter"],
    &["km", "kms", "kilometre", "kilometer"],
    &["in", "inch", "inche"],
    &["ft", "foot", "feet"],
    &["mi", "mile"],
    &["g", "gram", "gramme"],
    &["kg", "kgs", "kilogram", "kilogramme", "kilo"],
    &["t", "tonne", "ton"],
    &["lb", "lbs", "pound"],
    &["s", "second"],
    &["min", "minute"],
    &["h", "hour"],
    &["day"],
    &["week"],
    &["month"],
    &["year"],
];

/// Whether two words mean different units; what is no unit that is known here contradicts nothing.
pub fn differ(one: &str, other: &str) -> bool {
    let unit = |word: &str| {
        let word = word.to_lowercase();
        let bare = word.strip_suffix('s').unwrap_or(&word);
        UNITS.iter().position(|names| names.contains(&word.as_str()) || names.contains(&bare))
    };
    matches!((unit(one), unit(other)), (Some(one), Some(other)) if one != other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_of_one_unit_agree() {
        assert!(!differ("cm", "centimetres"));
        assert!(!differ("Kilograms", "kg"));
        assert!(!differ("people", "kg"));
        assert!(differ("m", "centimetres"));
        assert!(differ("days", "hours"));
    }
}
