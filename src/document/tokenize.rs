//! Tokens, as the English treebanks of Universal Dependencies (EWT and GUM) split words.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{Span, Token};

mod address;
mod clitic;

/// How a sentence may go on after an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before a name: "Dr."
    Title,
    /// Stands inside a sentence: "e.g."
    Inside,
    /// May end a sentence: "Inc."
    End,
    /// An abbreviation only before a digit: "No."
    Number,
}

static ABBREVIATIONS: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for line in include_str!("abbreviations.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let kind = match words.next() {
            Some("title") => Abbreviation::Title,
            Some("inside") => Abbreviation::Inside,
            Some("number") => Abbreviation::Number,
            _ => Abbreviation::End,
        };
        for word in words {
            table.entry(word).or_insert(kind);
        }
    }
    table
});

/// What an abbreviation, written without its last full stop, allows.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word.len() > 12 {
        return None;
    }
    ABBREVIATIONS.get(word.to_ascii_lowercase().as_str()).copied()
}

/// Prefixes that the treebanks leave on their word: "non-profit", "co-founder", "mid-August".
const PREFIXES: &str = "e anti ante arch auto bi bio co counter cross de ex extra hyper infra inter intra macro mega meta \
    micro mid mini mis mono multi non nano over pan para poly post pre pro pseudo quasi re self- semi socio sub super \
    supra trans tri ultra un under uni vice- step-";

static PREFIX_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| PREFIXES.split_whitespace().collect());

/// Units that the treebanks split from the number before them: "5pm", "430km".
const UNITS: &str = "am pm a.m p.m km kg g ft mm cm m k mph kph lb lbs bn b mn mi mb gb tb kb khz mhz ghz hz hrs hr min mins \
    sec t oz ml kw mw kwh mwh in yrs yr bbl usd eur";

static UNIT_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| UNITS.split_whitespace().collect());

const EMOTICONS: &[&str] = &[
    ":-)", ":-(", ";-)", ":-D", ":-P", ":-/", ":')", ":'(", ">:(", "<3", ":)", ":(", ";)", ";(", ":D", ":P",
    ":p", ":/", ":|", "=)", "=(", "(:", "=D", "^^", "XD",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Splits a stretch of the text into tokens.
pub(super) fn split(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let mut at = span.start;
    let first = tokens.len();
    while at < span.end {
        let rest = &text[at..span.end];
        let blank = rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
        at += blank;
        let chunk = &text[at..span.end];
        let length = chunk.find(is_blank).unwrap_or(chunk.len());
        if length > 0 {
            let scanner = Scanner { text, begin: at, end: at + length, limit: span.end, first };
            scanner.run(tokens);
        }
        at += length;
    }
}

/// White space, and what nobody sees: control characters, byte order marks, zero-width spaces.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '‘')
}

fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{200c}')
}

/// Reads the tokens of one stretch without white space.
struct Scanner<'t> {
    text: &'t str,
    begin: usize,
    end: usize,
    /// Where the paragraph ends.
    limit: usize,
    /// The number of the paragraph's first token.
    first: usize,
}

impl Scanner<'_> {
    fn run(&self, tokens: &mut Vec<Token>) {
        let mut at = self.begin;
        while at < self.end {
            let length = self.measure(at, tokens);
            let word = &self.text[at..at + length];
            let mut start = at;
            for cut in clitic::cuts(word).into_iter().flatten() {
                self.push(start, at + cut, tokens);
                start = at + cut;
            }
            at += length;
            self.push(start, at, tokens);
        }
    }

    fn push(&self, start: usize, end: usize, tokens: &mut Vec<Token>) {
        tokens.push(Token { span: Span { start, end }, space_after: end == self.end });
    }

    /// How many bytes the next token (or word with its clitics) takes; at least one character.
    fn measure(&self, at: usize, tokens: &[Token]) -> usize {
        let rest = &self.text[at..self.end];
        let before = self.text[self.begin..at].chars().next_back();
        let c = rest.chars().next().unwrap_or(' ');
        let fresh = before.is_none_or(|b| !is_wordy(b));
        if fresh && let Some(length) = address::measure(rest) {
            return length;
        }
        if fresh && let Some(length) = emoticon(rest) {
            return length;
        }
        let decimal = fresh && c == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        if decimal {
            return 1 + run(&rest[1..]);
        }
        if is_wordy(c) {
            return self.word(at, tokens);
        }
        if c == '('
            && tokens.len() == self.first
            && at == self.begin
            && rest.len() <= 5
            && rest.ends_with(')')
        {
            return rest.len(); // The label of an item: "(a)".
        }
        if is_apostrophe(c)
            && let Some(length) = clitic::leading(rest)
        {
            return length;
        }
        mark(rest)
    }

    /// A word or number, with the full stop that belongs to it.
    fn word(&self, at: usize, tokens: &[Token]) -> usize {
        let rest = &self.text[at..self.end];
        if let Some(length) = address::digits(rest) {
            return length;
        }
        let length = run(rest);
        let word = &rest[..length];
        if let Some(cut) = unit(word) {
            return cut;
        }
        let after = &rest[length..];
        if matches!(word, "US" | "C" | "A" | "HK" | "NZ") && after.starts_with('$') {
            return length + 1;
        }
        let lone_stop = after.starts_with('.') && !after[1..].starts_with(['.', '…']);
        if lone_stop && !after[1..].starts_with(is_wordy) && self.owns_stop(at, word, tokens) {
            length + 1
        } else {
            length
        }
    }

    /// Whether the full stop after a word belongs to it.
    fn owns_stop(&self, at: usize, word: &str, tokens: &[Token]) -> bool {
        let after = at + word.len() + 1;
        let next = self.text[after..self.limit].trim_start_matches(is_blank);
        let next_char = next.trim_start_matches(['"', '“', '(', '[']).chars().next();
        match abbreviation(word) {
            Some(Abbreviation::Number)
                if word.chars().count() > 1 || word.starts_with(char::is_lowercase) =>
            {
                let numbered = next_char.is_some_and(char::is_numeric)
                    || MONTHS.iter().any(|month| next.starts_with(month));
                return numbered || (word.starts_with(char::is_uppercase) && after < self.end);
            }
            Some(Abbreviation::Number) | None => {}
            Some(_) => return true,
        }
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(c), None) if c.is_uppercase() => self.is_initial(at, next),
            (Some(c), _) if c.is_numeric() => {
                tokens.len() == self.first && word.len() <= 3 && after == self.end && !next.is_empty()
            }
            (Some(c), Some('.')) if c.is_alphabetic() => {
                word.split('.').all(|part| part.chars().count() <= 2)
            }
            _ => false,
        }
    }

    /// Whether a capital before a full stop is an initial, and not a word of its own ("Plan B.").
    fn is_initial(&self, at: usize, next: &str) -> bool {
        if at > self.begin && self.text[..at].ends_with('-') {
            return false;
        }
        let Some(c) = next.chars().next() else { return false };
        if is_nickname(next) {
            return true;
        }
        if c.is_lowercase() || matches!(c, ',' | ')' | ']' | ';' | '-' | '–') || !c.is_alphanumeric() {
            return c != '"' && c != '”';
        }
        let word: &str = &next[..next.find(|c: char| !is_wordy(c)).unwrap_or(next.len())];
        let alone = word.chars().count() == 1;
        c.is_uppercase()
            && (alone || (!super::segment::is_beginning(word) && !self.text[at..].starts_with('I')))
    }
}

/// Whether a text begins with a nickname in quotation marks and a name: `"Ned" Moor`, but not `"Why?" Ned asked`.
fn is_nickname(text: &str) -> bool {
    let Some((inside, after)) = text.strip_prefix(['"', '“']).and_then(|text| text.split_once(['"', '”']))
    else {
        return false;
    };
    let is_word = inside.starts_with(char::is_uppercase) && inside.chars().all(is_wordy);
    let name = after.trim_start_matches(is_blank);
    is_word && !super::segment::is_beginning(inside) && name != after && name.starts_with(char::is_uppercase)
}

/// The length of a run of letters and digits with the marks that stand inside words.
fn run(rest: &str) -> usize {
    let mut end = 0;
    let mut part = 0;
    let mut seen = '\0';
    let mut characters = rest.char_indices().peekable();
    while let Some((i, c)) = characters.next() {
        if is_wordy(c) {
            end = i + c.len_utf8();
            seen = c;
            continue;
        }
        let Some(&(_, next)) = characters.peek() else { break };
        if !is_wordy(next) || !joins(&rest[part..i], seen, c, next, &rest[i + c.len_utf8()..]) {
            break;
        }
        part = i + c.len_utf8();
    }
    end
}

/// Whether a mark between two word characters leaves them one word.
fn joins(part: &str, before: char, mark: char, next: char, after: &str) -> bool {
    match mark {
        '\'' | '’' | '`' => before.is_alphanumeric(),
        '.' if before.is_numeric() && next.is_numeric() => true,
        '.' if part == "Ph" && next == 'D' => true,
        // "end.Next" lacks a space; "U.S" and "site.com" do not.
        '.' => {
            let short = part.chars().count() <= 2;
            let letters = before.is_alphabetic() && next.is_alphabetic();
            letters
                && (short && before.is_uppercase() == next.is_uppercase()
                    || part.len() == 1
                    || next.is_lowercase())
                || (before.is_numeric() && next.is_lowercase() && part.len() > 2)
        }
        ',' => before.is_numeric() && after.chars().take_while(char::is_ascii_digit).take(4).count() == 3,
        ':' | '/' => before.is_numeric() && next.is_numeric(),
        '&' => part.len() <= 3 && before.is_uppercase() && next.is_uppercase(),
        '@' => true,
        '-' | '‑' => {
            part.len() <= 8
                && (next.is_alphabetic() || part.eq_ignore_ascii_case("mid"))
                && PREFIX_SET.contains(part.to_ascii_lowercase().as_str())
                && !(part == "A" || part == "E" && next.is_uppercase())
        }
        _ => false,
    }
}

/// Where a number ends and its unit begins.
fn unit(word: &str) -> Option<usize> {
    let cut = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))?;
    let (number, unit) = word.split_at(cut);
    let unit_known = unit.len() <= 4 && UNIT_SET.contains(unit.to_ascii_lowercase().as_str());
    (number.starts_with(|c: char| c.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_digit())
        && unit_known)
        .then_some(cut)
}

fn emoticon(rest: &str) -> Option<usize> {
    let face = EMOTICONS.iter().find(|face| rest.starts_with(**face))?;
    let after = rest[face.len()..].chars().next();
    after.is_none_or(|c| !c.is_alphanumeric() && c != '/' && c != ')').then_some(face.len())
}

/// The length of a mark of punctuation, of a run of the same mark, or of a lone symbol.
fn mark(rest: &str) -> usize {
    let c = rest.chars().next().unwrap_or(' ');
    let run = |same: &dyn Fn(char) -> bool| rest.find(|c| !same(c)).unwrap_or(rest.len());
    match c {
        '.' | '…' => run(&|c| matches!(c, '.' | '…')),
        '!' | '?' => run(&|c| matches!(c, '!' | '?')),
        '-' | '=' | '*' | '~' | '+' | '<' | '>' | '—' | '#' | '_' | '^' => run(&|d| d == c),
        '\'' | '`' | '’' | '‘' if rest[c.len_utf8()..].starts_with(c) => 2 * c.len_utf8(),
        '[' if rest.starts_with("[...]") => 5,
        '[' if rest.starts_with("[…]") => "[…]".len(),
        _ => {
            // Variation selectors, joiners and skin tones stay with the picture before them.
            let modifier = |c: char| matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{300}'..='\u{36f}');
            let tail = &rest[c.len_utf8()..];
            c.len_utf8() + tail.find(|c| !modifier(c)).unwrap_or(tail.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut tokens = Vec::new();
        split(text, Span { start: 0, end: text.len() }, &mut tokens);
        let found: Vec<&str> = tokens.iter().map(|token| &text[token.span.start..token.span.end]).collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn words_split_as_the_treebanks_split_them() {
        check("We don't, can't and cannot; we're gonna.", "We do n't , ca n't and can not ; we 're gon na .");
        check("Ada’s dogs' bowls", "Ada ’s dogs ' bowls");
        check("the Oslo-based, well-known non-profit", "the Oslo - based , well - known non-profit");
        check("a three-and-a-half-minute clip", "a three - and - a - half - minute clip");
        check("$5, 5%, 7:30 and 1,000.5", "$ 5 , 5 % , 7:30 and 1,000.5");
        check("at 5pm on the 3rd, in the 1980s", "at 5 pm on the 3rd , in the 1980s");
        check(
            "See https://a.example/b?c=d, or mail j.d@a.example.",
            "See https://a.example/b?c=d , or mail j.d@a.example .",
        );
        check("#tag @name and/or AT&T", "#tag @name and / or AT&T");
        check(
            "Dr. J. K. Doe of Doe Inc. left the U.S. today...",
            "Dr. J. K. Doe of Doe Inc. left the U.S. today ...",
        );
        check("Really?! Yes :-)", "Really?! Yes :-)".replace("y?", "y ?").as_str());
        check("(1990–1995)", "( 1990 – 1995 )");
        check("Nothing.Then all", "Nothing . Then all");
        check("'Twas the '60s", "'T was the '60s");
    }

    #[test]
    fn odd_bytes_do_no_harm() {
        for text in [
            "\u{0}",
            "\u{301}a",
            "'",
            "''''",
            "@@@@",
            "http://",
            "www.",
            "-",
            "1.",
            "é.é",
            "a\u{200d}",
            "👩‍👩‍👧",
            "’s’",
            "$$$",
        ] {
            let mut tokens = Vec::new();
            split(text, Span { start: 0, end: text.len() }, &mut tokens);
            assert!(tokens.iter().all(|token| token.span.start < token.span.end), "{text:?}");
        }
    }
}
