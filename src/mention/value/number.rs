//! Numbers: in digits or in letters, with the word that multiplies them ("2.5 million", "forty-five thousand").

use oxrdf::Literal;
use oxrdf::vocab::xsd;

use crate::document::{TokenId, TokenRange};
use crate::syntax::{Parsed, Upos};

/// A number that is written out: digits without the point, and how many of them stand after it.
struct Number {
    digits: u64,
    decimals: u32,
}

/// The number that begins with a token.
pub fn read(parsed: &Parsed, id: TokenId) -> Option<(TokenRange, Literal)> {
    if parsed.word(id).upos != Upos::Num {
        return None;
    }
    let sentence = parsed.sentence_around(id);
    let lower = |at: u32| {
        let token = TokenId(at);
        sentence.contains(token).then(|| parsed.text(token).to_lowercase())
    };
    let (mut number, mut end) = (simple(&lower(id.0)?)?, id.0 + 1);
    if lower(end).as_deref() == Some("-")
        && TENS.contains(&lower(id.0)?.as_str())
        && let Some(ones) = lower(end + 1).and_then(|text| small(&text)).filter(|ones| (1..10).contains(ones))
    {
        (number.digits, end) = (number.digits + ones, end + 2);
    }
    while let Some(zeros) = lower(end).and_then(|text| zeros_of(&text)) {
        number = number.times(zeros)?;
        end += 1;
    }
    Some((TokenRange { start: id, end: TokenId(end) }, number.literal()))
}

impl Number {
    /// Ten to the power of `zeros` times as much.
    fn times(self, zeros: u32) -> Option<Self> {
        let gone = zeros.min(self.decimals);
        let digits = self.digits.checked_mul(10u64.checked_pow(zeros - gone)?)?;
        Some(Self { digits, decimals: self.decimals - gone })
    }

    fn literal(&self) -> Literal {
        if self.decimals == 0 {
            return Literal::new_typed_literal(self.digits.to_string(), xsd::INTEGER);
        }
        let digits = format!("{:0>width$}", self.digits, width = self.decimals as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.decimals as usize);
        Literal::new_typed_literal(format!("{whole}.{fraction}"), xsd::DECIMAL)
    }
}

/// A number of one token, in small letters.
fn simple(text: &str) -> Option<Number> {
    if let Some(digits) = small(text) {
        return Some(Number { digits, decimals: 0 });
    }
    let text = text.replace(',', "");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let fits = are_digits(whole) && (are_digits(fraction) || !text.contains('.')) && text.len() <= 18;
    let digits = format!("{whole}{fraction}").parse().ok().filter(|_| fits)?;
    Some(Number { digits, decimals: fraction.len() as u32 })
}

/// A number in letters.
fn small(text: &str) -> Option<u64> {
    let below = SMALL.iter().position(|word| *word == text).map(|place| place as u64);
    below.or_else(|| TENS.iter().position(|word| *word == text).map(|place| 10 * place as u64 + 20))
}

/// How many zeros a word adds to the number before it.
fn zeros_of(text: &str) -> Option<u32> {
    Some(match text {
        "hundred" => 2,
        "thousand" => 3,
        "million" => 6,
        "billion" => 9,
        "trillion" => 12,
        _ => return None,
    })
}

const SMALL: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let source = Source::plain("test", text);
        let parsed = crate::syntax::parse(crate::document::read(&source));
        let (mut found, mut at) = (Vec::new(), 0);
        while at < parsed.words().len() as u32 {
            match read(&parsed, TokenId(at)) {
                Some((tokens, literal)) => {
                    let span = parsed.document().slice(parsed.document().span(tokens));
                    found.push((span.to_owned(), literal.value().to_owned()));
                    at = tokens.end.0;
                }
                None => at += 1,
            }
        }
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_multiply_the_number_before_them() {
        check("The firm raised 2.5 million dollars.", &[("2.5 million", "2500000")]);
        check("It sold 1.2345 thousand tons.", &[("1.2345 thousand", "1234.5")]);
        check("Some three hundred men came.", &[("three hundred", "300")]);
        check("About forty-five thousand people live there.", &[("forty-five thousand", "45000")]);
        check("He drew 12,500 visitors and paid 0.05 euros.", &[("12,500", "12500"), ("0.05", "0.05")]);
    }

    #[test]
    fn what_overflows_is_no_number() {
        check("They counted 999999999999999999 trillion grains.", &[]);
    }
}
