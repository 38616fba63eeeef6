//! Days as pages and front matter write them.

use jiff::civil::Date;
use jiff::fmt::strtime;

/// How days are written besides ISO 8601, in the notation of `strptime`.
const PATTERNS: &[&str] = &[
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%A, %B %d, %Y",
    "%a, %d %b %Y",
    "%A, %d %B %Y",
    "%Y/%m/%d",
];

/// The day that a text begins with, as `YYYY-MM-DD`; what follows (a time, a zone) is passed over.
pub fn read(text: &str) -> Option<String> {
    let text = text.trim();
    let iso = text.get(..10).and_then(|day| day.parse::<Date>().ok());
    let written = || {
        PATTERNS
            .iter()
            .find_map(|pattern| strtime::BrokenDownTime::parse_prefix(pattern, text).ok()?.0.to_date().ok())
    };
    iso.or_else(written).map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    #[test]
    fn days() {
        for (text, expected) in [
            ("2019-04-07", Some("2019-04-07")),
            ("2019-04-07T08:30:00+02:00", Some("2019-04-07")),
            (" April 7, 2019 at noon", Some("2019-04-07")),
            ("Apr 7, 2019", Some("2019-04-07")),
            ("7 April 2019", Some("2019-04-07")),
            ("Sunday, April 7, 2019", Some("2019-04-07")),
            ("Sun, 07 Apr 2019 08:30:00 GMT", Some("2019-04-07")),
            ("2019-02-30", None),
            ("2019", None),
            ("soon é", None),
            ("", None),
        ] {
            assert_eq!(super::read(text).as_deref(), expected, "{text:?}");
        }
    }
}
