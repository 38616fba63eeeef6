//! Units of measure: the words and signs that mean the same one, and how many of one make another.

use Dimension::{Calendar, Length, Mass, Time};

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dimension {
    Length,
    Mass,
    Time,
    /// Months and years, which no fixed count of days makes.
    Calendar,
}

/// Each with what it measures, how many millimetres, grams, seconds or months it is, and its signs and names.
const UNITS: &[(Dimension, f64, &[&str])] = &[
    (Length, 1.0, &["mm", "millimetre", "millimeter"]),
    (Length, 10.0, &["cm", "cms", "centimetre", "centimeter"]),
    (Length, 1e3, &["m", "metre", "meter"]),
    (Length, 1e6, &["km", "kms", "kilometre", "kilometer"]),
    // "in" is more often where something is.
    (Length, 25.4, &["inch", "inche"]),
    (Length, 304.8, &["ft", "foot", "feet"]),
    (Length, 1_609_344.0, &["mi", "mile"]),
    (Mass, 1.0, &["g", "gram", "gramme"]),
    (Mass, 1e3, &["kg", "kgs", "kilogram", "kilogramme", "kilo"]),
    // A ton may be a short or a long one.
    (Mass, 1e6, &["t", "tonne"]),
    (Mass, 453.592_37, &["lb", "lbs", "pound"]),
    (Time, 1.0, &["s", "second"]),
    (Time, 60.0, &["min", "minute"]),
    (Time, 3600.0, &["h", "hour"]),
    (Time, 86_400.0, &["day"]),
    (Time, 604_800.0, &["week"]),
    (Calendar, 1.0, &["month"]),
    (Calendar, 12.0, &["year"]),
];

/// A number of one unit in another; as it is where a word is no unit that is known here or both mean the same one, and
/// `None` where they measure different things, or the other one is too large for six decimals to tell the number.
pub fn convert(number: &str, from: &str, to: &str) -> Option<String> {
    let (Some((dimension, from, _)), Some((other, to, _))) = (unit(from), unit(to)) else {
        return Some(number.to_owned());
    };
    if from == to && dimension == other {
        return Some(number.to_owned());
    }
    let value = number.parse::<f64>().ok().filter(|_| dimension == other)? * from / to;
    // What a decimal fraction loses in binary is less than six decimals tell.
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    (text != "0" || value == 0.0).then(|| text.to_owned())
}

fn unit(word: &str) -> Option<&'static (Dimension, f64, &'static [&'static str])> {
    let word = word.trim_end_matches('.').to_lowercase();
    // "ms" is no metres.
    let bare = word.strip_suffix('s').filter(|bare| bare.len() > 2).unwrap_or(&word);
    UNITS.iter().find(|(.., names)| names.contains(&word.as_str()) || names.contains(&bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_unit_tells_another_tells_too() {
        let check = |number: &str, from: &str, to: &str, expected: Option<&str>| {
            assert_eq!(convert(number, from, to).as_deref(), expected, "{number} {from} in {to}");
        };
        check("12.50", "cm", "centimetres", Some("12.50"));
        check("80", "Kilograms", "kg", Some("80"));
        check("7", "people", "kg", Some("7"));
        check("125.8", "metres", "millimetres", Some("125800"));
        check("6", "feet", "cm", Some("182.88"));
        check("6", "ft.", "cm", Some("182.88"));
        check("5", "ms", "metres", Some("5"));
        check("12", "in", "metres", Some("12"));
        check("0.2", "mm", "miles", None);
        check("1.5", "years", "months", Some("18"));
        check("3", "m", "kilograms", None);
        check("3", "days", "years", None);
    }
}
