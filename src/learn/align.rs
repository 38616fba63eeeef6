//! Alignment: which fillers of a text stand for the words of a fact.

use std::collections::{BTreeMap, HashMap};

use super::example::{Place, Stated};
use crate::document;
use crate::entity::Entities;
use crate::fact::pair::Pairs;
use crate::lexicon::objects::normal;
use crate::mention::Kind;
use crate::mention::value::date;
use crate::source::Source;
use crate::syntax;

/// The fillers of one text, by what they say.
pub struct Words {
    /// For each filler what it says: its words, the name of what it refers to, or its value.
    said: Vec<Vec<String>>,
    /// Where it stands, in code points.
    spans: Vec<(usize, usize)>,
}

impl Words {
    pub fn of(pairs: &Pairs, entities: &Entities) -> Self {
        let (document, fillers) = (pairs.parsed().document(), &pairs.fillers);
        let text = &document.source().text;
        let mut points = HashMap::new();
        let mut at = |byte: usize| *points.entry(byte).or_insert_with(|| text[..byte].chars().count());
        let said = fillers.iter().zip(pairs.words()).map(|(filler, words)| {
            let mention = entities.mention(filler.mention);
            let named = entities.of(filler.mention).and_then(|entity| entities.entity(entity).name.clone());
            match &mention.kind {
                Kind::Value(literal) => vec![literal.value().to_lowercase(), words.clone()],
                Kind::Pronoun => named.iter().map(|name| normal(name)).collect(),
                _ => [words.clone()].into_iter().chain(named.iter().map(|name| normal(name))).collect(),
            }
        });
        let said = said.collect();
        let spans = fillers.iter().map(|filler| {
            let span = document.span(filler.tokens);
            (at(span.start), at(span.end))
        });
        Self { said, spans: spans.collect() }
    }

    /// The pairs that stand for a fact.
    pub fn pairs(&self, pairs: &Pairs, fact: &Stated) -> Vec<usize> {
        let [subjects, objects] =
            [self.fillers(pairs, &fact.subject, false), self.fillers(pairs, &fact.object, true)];
        let stands = |(_, pair): &(usize, &crate::fact::pair::Pair)| {
            subjects.contains(&pair.subject) && objects.contains(&pair.object)
        };
        pairs.pairs.iter().enumerate().filter(stands).map(|(index, _)| index).collect()
    }

    /// The pairs that stand for a fact whose subject is not named in the text, if what the text begins with is meant.
    pub fn guesses(&self, pairs: &Pairs, fact: &Stated) -> Vec<usize> {
        if !self.fillers(pairs, &fact.subject, false).is_empty() {
            return Vec::new();
        }
        let objects = self.fillers(pairs, &fact.object, true);
        let stands = |(_, pair): &(usize, &crate::fact::pair::Pair)| {
            let subject = &pairs.fillers[pair.subject];
            subject.is_topic && subject.is_maximal && objects.contains(&pair.object)
        };
        pairs.pairs.iter().enumerate().filter(stands).map(|(index, _)| index).collect()
    }

    fn fillers(&self, pairs: &Pairs, place: &Place, is_object: bool) -> Vec<usize> {
        if let Some(span) = place.span {
            return self.at(span);
        }
        for reading in readings(&place.text, is_object) {
            let says = |index: &usize| {
                let sort = pairs.fillers[*index].sort;
                self.said[*index].iter().any(|said| reading.is(said, sort))
            };
            let found: Vec<usize> = (0..self.said.len()).filter(says).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The fillers that stand just there, or else those that overlap.
    fn at(&self, (start, end): (usize, usize)) -> Vec<usize> {
        let exact: Vec<usize> =
            (0..self.spans.len()).filter(|index| self.spans[*index] == (start, end)).collect();
        if !exact.is_empty() {
            return exact;
        }
        (0..self.spans.len())
            .filter(|index| self.spans[*index].0 < end && start < self.spans[*index].1)
            .collect()
    }
}

/// One way to understand the words of an end.
enum Reading {
    Words(String),
    /// A date as `xsd:date`, `xsd:gYearMonth` or `xsd:gYear` writes it; the text may say less of it, but no more.
    Date(String),
    Number(f64),
}

impl Reading {
    fn is(&self, said: &str, sort: &str) -> bool {
        let is_date = matches!(sort, "date" | "gYear" | "gYearMonth");
        match self {
            Self::Words(words) => !is_date && words == said,
            Self::Date(date) => {
                is_date && (said == date || date.strip_prefix(said).is_some_and(|rest| rest.starts_with('-')))
            }
            Self::Number(number) => sort == "number" && said.parse() == Ok(*number),
        }
    }
}

/// A number and the unit in brackets after it.
fn measure(text: &str) -> Option<(&str, &str)> {
    let (number, unit) = text.trim().trim_matches('"').split_once(" (")?;
    (number.parse::<f64>().is_ok() && unit.ends_with(')')).then_some((number, unit))
}

/// How a property's objects write numbers, if most have the same unit in brackets: "0.0 (metres)" of "12.5 (metres)".
pub fn written<'e>(objects: impl Iterator<Item = &'e str>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = 0;
    for object in objects {
        all += 1;
        if let Some((number, unit)) = measure(object) {
            let zero = if number.contains('.') { "0.0" } else { "0" };
            *counts.entry(format!("{zero} ({unit}")).or_default() += 1;
        }
    }
    let (written, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 2 > all).then_some(written)
}

/// The ways to understand an end, the closest first.
fn readings(text: &str, is_object: bool) -> Vec<Reading> {
    let text = text.trim().trim_matches('"');
    // The unit is told of every number of such a property: the number alone is what it takes from the text.
    let number = measure(text).and_then(|(number, _)| number.parse().ok()).filter(|_| is_object);
    let mut readings: Vec<Reading> = number.map(Reading::Number).into_iter().collect();
    readings.push(Reading::Words(normal(text)));
    let plain = text.split(" (").next().unwrap_or(text).trim();
    if is_object {
        readings.extend(date_of(plain).map(Reading::Date));
        let number = plain.split(' ').next().unwrap_or(plain).trim_start_matches('~').replace(',', "");
        readings.extend(number.parse().ok().map(Reading::Number));
    }
    if plain != text {
        readings.push(Reading::Words(normal(plain)));
    }
    let unarticled = plain.strip_prefix("The ").unwrap_or(plain);
    let first = unarticled.split(", ").next().unwrap_or(unarticled);
    readings.push(Reading::Words(normal(unarticled)));
    readings.push(Reading::Words(normal(first)));
    readings.retain(|reading| !matches!(reading, Reading::Words(words) if words.is_empty()));
    readings
}

/// The date that a text is. The first of January may stand for a year of which no day is known.
fn date_of(text: &str) -> Option<String> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if !(3..=8).contains(&digits) || text.len() > 20 {
        return None;
    }
    let source = Source::plain("date", text);
    let parsed = syntax::parse(document::read(&source));
    let found = date::find(&parsed);
    let [(tokens, literal)] = &found[..] else { return None };
    (tokens.len() == parsed.words().len()).then(|| literal.value().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_that_most_numbers_have_is_how_they_are_written() {
        let check = |objects: &[&str], expected: Option<&str>| {
            assert_eq!(written(objects.iter().copied()).as_deref(), expected, "{objects:?}");
        };
        check(&["12.5 (metres)", "3.0 (metres)", "7"], Some("0.0 (metres)"));
        check(&["12 (days)"], Some("0 (days)"));
        check(&["12.5", "3.0 (metres)"], None);
        check(&["Dusk (film)", "Ghent"], None);
    }
}
