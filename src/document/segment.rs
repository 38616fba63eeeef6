//! Sentences: where one ends and the next begins.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::tokenize::{self, Abbreviation};
use super::{Token, TokenId, TokenRange};

/// Words that, with a capital, begin a sentence more often than they are part of a name.
const BEGINNINGS: &str = "A About According After All Also Although Although An And Another Any As At Because Before Both But By \
    Can Could Despite Did Do Does During Each Even Every Few First For From Had Has Have He Her Here His How However I If In \
    Instead Is It Its Later Many Meanwhile More Moreover Most My Nevertheless No Nor Not Now Of On Once One Only Or Other Others \
    Our Over Perhaps Please Several She Since So Some Soon Still Such That The Their Then There These They This Those Though \
    Through Thus To Today Two Under Until Unlike Was We Were What When Where Whether Which While Who Why With Within Without \
    Would Yes Yet You Your";

static BEGINNING_SET: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| BEGINNINGS.split_whitespace().collect());

/// Whether a capitalized word tends to begin a sentence.
pub(super) fn is_beginning(word: &str) -> bool {
    BEGINNING_SET.contains(word)
}

/// Verbs that tie a quotation to who said it, as in `"Why?" Ada asked`.
const SAYING: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "replied",
    "added",
    "told",
    "cried",
    "shouted",
    "wrote",
    "answered",
    "exclaimed",
    "recalled",
];

/// No sentence is longer than this, in tokens; longer ones are cut, at a comma or semicolon where there is one.
const LONGEST: usize = 320;

/// Parts the tokens of a paragraph, from `first` to the end, into sentences.
pub(super) fn split(text: &str, tokens: &[Token], first: usize, sentences: &mut Vec<TokenRange>) {
    let paragraph = Paragraph { text, tokens: &tokens[first..] };
    let mut start = 0;
    let mut close = |start: usize, end: usize| {
        let id = |i: usize| TokenId((first + i) as u32);
        sentences.push(TokenRange { start: id(start), end: id(end) });
    };
    let mut i = 0;
    while i < paragraph.tokens.len() {
        let Some(end) = paragraph.end_after(i) else {
            i += 1;
            if i - start >= LONGEST {
                let pause =
                    (start + LONGEST / 2..i).rev().find(|at| matches!(paragraph.word(*at), "," | ";"));
                let end = pause.map_or(i, |at| at + 1);
                close(start, end);
                start = end;
            }
            continue;
        };
        close(start, end);
        start = end;
        i = end;
    }
    if start < paragraph.tokens.len() {
        close(start, paragraph.tokens.len());
    }
}

struct Paragraph<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

/// What clubs are called that have a number before.
const NUMBERED: &[&str] = &["FC", "FFC", "HFC", "SC", "SV"];

impl Paragraph<'_> {
    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| &self.text[token.span.start..token.span.end])
    }

    /// The end of the sentence that this token finishes, if it finishes one.
    fn end_after(&self, i: usize) -> Option<usize> {
        let word = self.word(i);
        let abbreviated = word.len() > 1 && word.ends_with('.') && word.starts_with(char::is_alphanumeric);
        let stop = word.starts_with(['.', '!', '?', '…']);
        if !stop && !abbreviated {
            return None;
        }
        let end = self.after_closers(i);
        if end >= self.tokens.len() {
            return Some(end);
        }
        let goes_on = if abbreviated { !self.abbreviation_ends(i, end) } else { !self.stop_ends(i, end) };
        (!goes_on).then_some(end)
    }

    /// The token after a full stop and the quotes and brackets that close behind it.
    fn after_closers(&self, i: usize) -> usize {
        let mut end = i + 1;
        while end < self.tokens.len() && end < i + 4 {
            let glued = !self.tokens[end - 1].space_after;
            let next = self.word(end);
            let always = matches!(next, "”" | ")" | "]" | "''" | "’’" | "»");
            let straight = matches!(next, "\"" | "'" | "’")
                && (self.tokens[end].space_after || end + 1 == self.tokens.len() || self.is_closer(end + 1));
            if !glued || !(always || straight) {
                break;
            }
            end += 1;
        }
        let closed = end;
        while self.is_citation(end) {
            end += 3;
        }
        // A citation in the middle of a sentence follows no full stop, so what comes after it begins one.
        if self.word(end).starts_with(char::is_lowercase) { closed } else { end }
    }

    /// "[12]", as encyclopedias cite after a full stop.
    fn is_citation(&self, at: usize) -> bool {
        let number = self.word(at + 1);
        let short = number.len() <= 4 && number.starts_with(|c: char| c.is_ascii_digit() || c.is_lowercase());
        self.word(at) == "[" && short && self.word(at + 2) == "]"
    }

    fn is_closer(&self, i: usize) -> bool {
        matches!(self.word(i), "”" | ")" | "]" | "\"" | "'" | "’")
    }

    /// Whether a full stop, question mark or the like ends a sentence before token `end`.
    fn stop_ends(&self, i: usize, end: usize) -> bool {
        let word = self.word(i);
        let next = self.word(end);
        if next.starts_with([',', ';', ':', ')', ']', '-', '–'])
            && !next.starts_with(":-")
            && !self.tokens[end - 1].space_after
        {
            return false;
        }
        if next.starts_with(['.', '!', '?', '…', ',', ';']) || self.is_ordinal(i, end) {
            return false;
        }
        let opened = next.starts_with(['"', '“', '(', '[', '\'', '‘', '«', '*', '-', '–', '—', '•']);
        let shown = if opened { self.word(end + 1) } else { next };
        let lower = shown.starts_with(char::is_lowercase);
        let spaced = self.tokens[end - 1].space_after;
        let dots = word.len() > 1 && word.starts_with('.') || word.starts_with('…');
        if dots {
            return spaced && !lower && shown.starts_with(char::is_alphanumeric) && shown != "I";
        }
        if lower {
            // Writers who use no capitals still put a full stop; a quotation goes on with "he said".
            return end == i + 1 && spaced && word == "." && !opened && i > 0 && self.word(i - 1).len() > 2;
        }
        if !spaced && !shown.starts_with(char::is_uppercase) {
            return false;
        }
        let quoted = end > i + 1;
        !(quoted && word != "." && self.is_saying(end))
    }

    /// "1. FC Elm" is the first one of its town.
    fn is_ordinal(&self, i: usize, end: usize) -> bool {
        let number = i.checked_sub(1).map_or("", |before| self.word(before));
        number == "1" && !self.tokens[i - 1].space_after && end == i + 1 && NUMBERED.contains(&self.word(end))
    }

    /// Whether who said it, and that he said it, follow.
    fn is_saying(&self, at: usize) -> bool {
        (at..at + 4)
            .map(|i| self.word(i))
            .take_while(|word| word.starts_with(char::is_alphabetic))
            .any(|w| SAYING.contains(&w))
    }

    /// Whether an abbreviation with its full stop ends a sentence before token `end`.
    fn abbreviation_ends(&self, i: usize, end: usize) -> bool {
        let word = self.word(i).trim_end_matches('.');
        let next = self.word(end);
        let opened = next.starts_with(['"', '“', '(', '‘']);
        let shown = if opened { self.word(end + 1) } else { next };
        let closed = end > i + 1;
        if word.starts_with(|c: char| c.is_numeric()) {
            return false;
        }
        match tokenize::abbreviation(word) {
            Some(Abbreviation::Title | Abbreviation::Inside) => false,
            Some(Abbreviation::Number) if word.len() > 1 => is_beginning(shown),
            Some(Abbreviation::End) => {
                is_beginning(shown) || (closed && shown.starts_with(char::is_uppercase))
            }
            _ if word.chars().count() == 1 => false,
            _ => is_beginning(shown),
        }
    }
}
