//! What a paragraph is to its article.

use super::layout::{self, Block};
use super::{Role, Span, Token};

/// The tokens of a block, and its neighbours, on which its role depends.
pub(super) struct Surroundings<'a> {
    pub text: &'a str,
    pub block: Block,
    pub tokens: &'a [Token],
    /// The position of the block in the text.
    pub position: usize,
    pub next: Option<Block>,
    /// Whether the headline has been seen.
    pub titled: bool,
}

/// The longest headline or heading, in tokens.
const LONGEST_TITLE: usize = 28;
const LONGEST_HEADING: usize = 14;

/// Bylines and datelines stand near the top.
const TOP: usize = 6;

/// Says what a block is.
pub(super) fn of(around: &Surroundings) -> Role {
    let words: Vec<&str> = around.tokens.iter().take(40).map(|t| slice(around.text, t.span)).collect();
    let line = slice(around.text, around.block.span);
    if layout::item(line).is_some() {
        return Role::ListItem;
    }
    if around.position < TOP && is_byline(&words) {
        return Role::Byline;
    }
    if around.position < TOP && is_dateline(&words) {
        return Role::Dateline;
    }
    let open = !ends_sentence(line) || (line.ends_with('?') && around.position == 0);
    let followed = around.next.is_some();
    let title = open && starts_like_title(line);
    if around.position == 0 && !around.titled && title && followed && words.len() <= LONGEST_TITLE {
        return Role::Headline;
    }
    let length = |block: Block| block.span.end - block.span.start;
    // Among lines that stand close together, a heading shows by the much longer one that follows.
    let times = if around.block.listed { 3 } else { 1 };
    let longer = around.next.is_some_and(|next| length(next) > times * length(around.block));
    if title && longer && words.len() <= LONGEST_HEADING && !line.ends_with('?') {
        return Role::Heading;
    }
    if around.block.listed && open && words.len() <= LONGEST_TITLE { Role::ListItem } else { Role::Body }
}

fn slice(text: &str, span: Span) -> &str {
    &text[span.start..span.end]
}

fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    bare.ends_with(['.', '!', '?', ';', ':', ',', '…']) && !ends_in_acronym(bare)
}

/// "... in the U.S." ends no sentence of itself.
fn ends_in_acronym(line: &str) -> bool {
    let last = line.rsplit(' ').next().unwrap_or(line);
    let parts = last.trim_end_matches('.').split('.');
    last.ends_with('.')
        && last.matches('.').count() > 1
        && parts.into_iter().all(|part| part.chars().count() == 1)
}

fn starts_like_title(line: &str) -> bool {
    let first = line.trim_start_matches(['"', '“', '‘', '\'', '(', '[', '¿', '¡', '#', '=', '*', ' ']);
    first
        .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase()))
        || (first.starts_with(char::is_lowercase) && first.chars().nth(1).is_some_and(char::is_uppercase))
}

/// "By Ada Park and Bo Lind, Example News"
fn is_byline(words: &[&str]) -> bool {
    let start = match words {
        ["By" | "BY" | "by", ..] => 1,
        ["Written" | "Reported" | "Posted" | "Story" | "Text" | "Words", "by" | "By", ..] => 2,
        _ => return false,
    };
    let small = [
        "and", "for", "of", "the", "in", "at", "with", ",", "-", "–", "|", "/", "&", ".", "'s", "de", "van",
        "von", "(", ")", "•",
    ];
    let rest = &words[start..];
    let named = |word: &&str| word.starts_with(char::is_uppercase) || small.contains(word);
    let is_name = rest.first().is_some_and(|word| word.starts_with(char::is_uppercase));
    is_name && rest.len() <= 16 && rest.iter().all(named) && rest.last() != Some(&".")
}

const MONTHS: &str = "january february march april may june july august september october november december jan feb mar apr jun jul \
    aug sep sept oct nov dec";
const WEEKDAYS: &str =
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun";
const AROUND_DATES: &str = "am pm a.m p.m est edt et pst pdt pt cst cdt gmt utc bst cet published updated posted modified last on at of \
    the date dated : , . | - – — • / ( ) first created";

/// "Friday, July 21, 2017", "Published: 3 May 2014, 10:15 GMT", "OSLO, May 3"
fn is_dateline(words: &[&str]) -> bool {
    if words.len() > 18 || words.is_empty() {
        return false;
    }
    let is = |list: &str, word: &str| {
        let word = word.trim_end_matches('.').to_lowercase();
        list.split_whitespace().any(|known| known == word)
    };
    let day = |word: &str| is(MONTHS, word) || is(WEEKDAYS, word) || numeric_date(word);
    let Some(first_day) = words.iter().position(|word| day(word)) else { return false };
    let dated = words.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let whole_day = words.iter().any(|word| is(WEEKDAYS, word)) && words.len() == 1;
    let plain = |word: &str| {
        day(word)
            || word.starts_with(|c: char| c.is_ascii_digit())
            || matches!(word, "." | ",")
            || is(AROUND_DATES, word)
    };
    let place = words[..first_day].iter().all(|word| {
        plain(word) || (word.starts_with(char::is_uppercase) && words[..first_day].contains(&","))
    });
    (dated || whole_day) && place && words[first_day..].iter().all(|word| plain(word))
}

fn numeric_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    parts.len() == 3
        && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}
