//! Dates as English writes them, to the precision they are given in.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use oxrdf::Literal;
use oxrdf::vocab::xsd;

use crate::document::{Role, TokenId, TokenRange};
use crate::syntax::{Deprel, Parsed, Upos, Xpos};

/// Every date of the text as `xsd:date`, `xsd:gYearMonth` or `xsd:gYear`.
///
/// A weekday counts only where the day of writing is known, and means the last one before it.
pub fn find(parsed: &Parsed) -> Vec<(TokenRange, Literal)> {
    let written = day_of_writing(parsed);
    let mut found = Vec::new();
    for (_, sentence) in parsed.document().sentences() {
        let mut at = sentence.start;
        while at < sentence.end {
            let rest = TokenRange { start: at, end: sentence.end };
            match read(parsed, rest, written) {
                Some((length, literal)) => {
                    let end = TokenId(at.0 + length as u32);
                    found.push((TokenRange { start: at, end }, literal));
                    at = end;
                }
                None => at = TokenId(at.0 + 1),
            }
        }
    }
    found
}

/// The day the text was written: what is known beside it, or its dateline.
pub fn day_of_writing(parsed: &Parsed) -> Option<Date> {
    let document = parsed.document();
    if let Some(date) = document.source().date.as_deref().and_then(|date| date.parse().ok()) {
        return Some(date);
    }
    let dateline = document.paragraphs().iter().take(4).find(|paragraph| paragraph.role == Role::Dateline)?;
    let sentence = document.sentence(dateline.start);
    sentence.iter().find_map(|at| match calendar(parsed, TokenRange { start: at, end: sentence.end })? {
        (_, Calendar::Day(date)) => Some(date),
        _ => None,
    })
}

enum Calendar {
    Day(Date),
    Month(i16, i8),
    Year(i16),
}

fn read(parsed: &Parsed, rest: TokenRange, written: Option<Date>) -> Option<(usize, Literal)> {
    if let Some((length, calendar)) = calendar(parsed, rest) {
        let literal = match calendar {
            Calendar::Day(date) => Literal::new_typed_literal(date.to_string(), xsd::DATE),
            Calendar::Month(year, month) => {
                Literal::new_typed_literal(format!("{year:04}-{month:02}"), xsd::G_YEAR_MONTH)
            }
            Calendar::Year(year) => Literal::new_typed_literal(format!("{year:04}"), xsd::G_YEAR),
        };
        return Some((length, literal));
    }
    if let Some(day) = weekday(parsed.text(rest.start)) {
        let date = last(day, written?)?;
        return Some((1, Literal::new_typed_literal(date.to_string(), xsd::DATE)));
    }
    let year = year_alone(parsed, rest.start)?;
    Some((1, Literal::new_typed_literal(format!("{year:04}"), xsd::G_YEAR)))
}

/// The day of that name on or before another.
fn last(day: Weekday, written: Date) -> Option<Date> {
    let back = i64::from(day.until(written.weekday()));
    let span: Span = back.days();
    written.checked_sub(span).ok()
}

/// A date with a month: "March 8, 2011", "8 March 2011", "March 2011", "2011-03-08", "3/8/2011".
fn calendar(parsed: &Parsed, rest: TokenRange) -> Option<(usize, Calendar)> {
    let text = |offset: usize| {
        let id = TokenId(rest.start.0 + offset as u32);
        rest.contains(id).then(|| parsed.text(id))
    };
    let first = text(0)?;
    if let Ok(date) = first.parse::<Date>()
        && first.len() == 10
    {
        return Some((1, Calendar::Day(date)));
    }
    if let Some(calendar) = digits(first).filter(|_| !is_version(parsed, rest.start)) {
        return Some((1, calendar));
    }
    if let Some(month) = month(first) {
        let comma = |offset| usize::from(text(offset) == Some(","));
        if let Some(day) = text(1).and_then(day) {
            let at = 2 + comma(2);
            let year = text(at).and_then(year)?;
            return Date::new(year, month, day).ok().map(|date| (at + 1, Calendar::Day(date)));
        }
        let at = 1 + usize::from(text(1) == Some("of")) + comma(1);
        return text(at).and_then(year).map(|year| (at + 1, Calendar::Month(year, month)));
    }
    if let Some(day) = day(first) {
        let parts = text(1) == Some("of") || text(1) == Some(",") && is_the_ordinal(parsed, rest.start);
        let at = 1 + usize::from(parts);
        let month = text(at).and_then(month)?;
        let at = at + 1 + usize::from(text(at + 1) == Some(","));
        let year = text(at).and_then(year)?;
        return Date::new(year, month, day).ok().map(|date| (at + 1, Calendar::Day(date)));
    }
    iso(parsed, rest)
}

/// Whether a day is told as in "the 5th, May 1913"; whoever "finished 5th, May 1913" did something else.
fn is_the_ordinal(parsed: &Parsed, day: TokenId) -> bool {
    let is_ordinal = !parsed.text(day).ends_with(|c: char| c.is_ascii_digit());
    let before = day.0.checked_sub(1).map(|before| parsed.text(TokenId(before)));
    is_ordinal && before.is_some_and(|before| before.eq_ignore_ascii_case("the"))
}

/// "version 2.4.1998", "1-1-1900 times": digits that number or count what a noun says.
fn is_version(parsed: &Parsed, token: TokenId) -> bool {
    let word = parsed.word(token);
    let is_noun = |head: TokenId| parsed.word(head).upos == Upos::Noun;
    let belongs = matches!(word.deprel, Deprel::Nummod | Deprel::Flat | Deprel::Appos | Deprel::Compound);
    belongs && word.head.is_some_and(is_noun)
}

/// "23/8/2011", "8-23-2011", "23.8.2011". One number must tell that it is the day, or the year is all that is certain,
/// "4/5/1901" is in May or in April; but where there are points the day stands first.
fn digits(text: &str) -> Option<Calendar> {
    let separator = text.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, second, last] = parts[..] else { return None };
    let (first, second) = (day(first)?, day(second)?);
    let year = year(last).filter(|year| (1000..2100).contains(year))?;
    let (day, month) = if second > 12 {
        (second, first)
    } else if separator == '.' || first > 12 || first == second {
        (first, second)
    } else {
        return Some(Calendar::Year(year));
    };
    Date::new(year, month, day).ok().map(Calendar::Day)
}

/// "2011-03-08", which the tokenizer may have split at its hyphens.
fn iso(parsed: &Parsed, rest: TokenRange) -> Option<(usize, Calendar)> {
    if rest.len() < 5 {
        return None;
    }
    let tokens = TokenRange { start: rest.start, end: TokenId(rest.start.0 + 5) };
    let span = parsed.document().span(tokens);
    let text = parsed.document().slice(span);
    (text.len() == 10).then(|| text.parse().ok()).flatten().map(|date| (5, Calendar::Day(date)))
}

/// Whether a word names a month or a day of the week.
pub fn is_calendar_word(text: &str) -> bool {
    month(text).is_some() || weekday(text).is_some()
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A month's number; its name must be capitalized, and may be cut to three or four letters.
fn month(text: &str) -> Option<i8> {
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    let name = text.trim_end_matches('.').to_lowercase();
    let fits =
        |month: &&str| **month == name || (name.len() == 3 || name == "sept") && month.starts_with(&name);
    MONTHS.iter().position(fits).map(|index| index as i8 + 1)
}

fn day(text: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    digits.parse().ok().filter(|day| (1..=31).contains(day) && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn year(text: &str) -> Option<i16> {
    let digits = (3..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().filter(|year| *year >= 100)
}

/// "in 1990", "(1990)", "the 1990 film", but not "1990 people".
fn year_alone(parsed: &Parsed, id: TokenId) -> Option<i16> {
    let word = parsed.word(id);
    let year = year(parsed.text(id)).filter(|year| (1000..2100).contains(year))?;
    let counts = word.deprel == Deprel::Nummod
        && word
            .head
            .is_some_and(|head| matches!(parsed.word(head).xpos, Xpos::Nns | Xpos::Nnps | Xpos::Dollar));
    (word.upos == Upos::Num && !counts).then_some(year)
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "Monday" => Weekday::Monday,
        "Tuesday" => Weekday::Tuesday,
        "Wednesday" => Weekday::Wednesday,
        "Thursday" => Weekday::Thursday,
        "Friday" => Weekday::Friday,
        "Saturday" => Weekday::Saturday,
        "Sunday" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn check(text: &str, expected: &[&str]) {
        let source = Source::plain("test", text);
        let parsed = crate::syntax::parse(crate::document::read(&source));
        let found = find(&parsed);
        let found: Vec<&str> = found.iter().map(|(_, literal)| literal.value()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn digits_are_a_date_as_far_as_they_tell_day_and_month_apart() {
        check("The ship sailed from 3/22/2009 to 23-4-2010.", &["2009-03-22", "2010-04-23"]);
        check("Ann Holt was born on 7.5.1901 and died on 4/4/1990.", &["1901-05-07", "1990-04-04"]);
        check("Ida Park was born on 12/07/1995.", &["1995"]);
        check("They are open 24/7, on runway 11/29 and in version 1.2.30.", &[]);
        check("It was moved on 31/2/2010.", &[]);
        check("She was born on 12.31.1999.", &["1999-12-31"]);
        check("They released version 2.4.1998 of it.", &[]);
    }

    #[test]
    fn a_comma_may_part_the_day_from_its_month() {
        check("He was born on the 5th, May 1913.", &["1913-05-05"]);
        check("Hal Orr finished 5th, and May 1913 was cold.", &["1913-05"]);
    }
}
