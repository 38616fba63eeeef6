//! What the model sees of each token: features, each a 32-bit hash.

use std::collections::HashMap;

use super::look::{Case, Look};
use super::stretch::{lists, quotes, runs};
use crate::document::{Document, TokenId, TokenRange};
use crate::lexicon::gazetteer;

/// A document's tokens as the features need them.
pub struct Context {
    looks: Vec<Look>,
    /// For each word (lower case, hashed): how often it stands capitalized where it need not be, and how often in lower case.
    casing: HashMap<u32, (u16, u16)>,
    /// Of each token, whether it begins (1) or continues (2) a place name of several words.
    places: Vec<u8>,
}

/// What the features know of a whole sentence.
struct Sentence<'c> {
    looks: &'c [Look],
    /// The first token's position in the document.
    start: usize,
    /// For each token, the stretch of capitalized words that it is in (or between), and the one with linking words.
    runs: Vec<(u16, u16)>,
    loose_runs: Vec<(u16, u16)>,
    /// For each token, the stretch between quotation marks that it is in; empty where it is in none.
    quotes: Vec<(u16, u16)>,
    /// For each token, the list of names that it may be in ("Ann, Bo and Cy"); empty where it is in none.
    lists: Vec<(u16, u16)>,
    casing: Casing,
    /// Whether the writer is careless of capitals.
    hasty: bool,
}

/// What capitals say in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Casing {
    /// Names are capitalized, other words are not.
    Usual,
    /// Nearly all words are capitalized, so that capitals say little.
    Title,
    /// All letters are capitals.
    Upper,
    /// No letter is a capital.
    Lower,
}

/// Stands for what is before the first token or after the last.
const OUTSIDE: u64 = 0x9e37;

impl Context {
    pub fn new<'d>(document: &Document<'d>) -> Self {
        let texts: Vec<&'d str> =
            (0..document.tokens().len()).map(|i| document.text(TokenId(i as u32))).collect();
        let mut known: HashMap<&str, Look> = HashMap::new();
        let look = |text: &&'d str| known.entry(text).or_insert_with(|| Look::new(text)).clone();
        let looks: Vec<Look> = texts.iter().map(look).collect();
        let mut casing: HashMap<u32, (u16, u16)> = HashMap::new();
        for (_, range) in document.sentences() {
            let sentence = &looks[range.indices()];
            if casing_of(sentence) != Casing::Usual {
                continue;
            }
            for (i, look) in sentence.iter().enumerate() {
                let counts = match look.case {
                    Case::Initial | Case::Mixed if i > 0 && !sentence[i - 1].opens_quote => (1, 0),
                    Case::Lower => (0, 1),
                    _ => continue,
                };
                let seen = casing.entry(look.lower).or_default();
                *seen = (seen.0.saturating_add(counts.0), seen.1.saturating_add(counts.1));
            }
        }
        let places = mark_places(document, &texts, &looks);
        Self { looks, casing, places }
    }

    pub fn looks(&self) -> &[Look] {
        &self.looks
    }

    /// Calls `visit` with the features of each token of a sentence, in order.
    pub fn visit(&self, range: TokenRange, mut visit: impl FnMut(&[u32])) {
        let looks = &self.looks[range.indices()];
        let sentence = Sentence {
            looks,
            start: range.start.index(),
            runs: runs(looks, false),
            loose_runs: runs(looks, true),
            quotes: quotes(looks),
            lists: lists(looks),
            casing: casing_of(looks),
            hasty: is_hasty(looks),
        };
        let mut features = Vec::with_capacity(128);
        for i in 0..looks.len() {
            features.clear();
            let mut add = |template: u64, a: u64, b: u64| features.push(mix(template, a, b));
            self.add_word(&sentence, i, &mut add);
            self.add_neighbours(&sentence, i, &mut add);
            self.add_runs(&sentence, i, &mut add);
            add_nouns(&sentence, i, &mut add);
            add_list(&sentence, i, &mut add);
            add_topics(&sentence, i, &mut add);
            visit(&features);
        }
    }

    /// The token itself.
    fn add_word(&self, sentence: &Sentence, i: usize, add: &mut impl FnMut(u64, u64, u64)) {
        let look = &sentence.looks[i];
        let case = look.case as u64 + 8 * u64::from(i == 0) + 16 * sentence.casing as u64;
        add(0, 0, 0);
        add(1, u64::from(look.lower), 0);
        add(2, u64::from(look.exact), 0);
        add(3, u64::from(look.shape), case);
        add(4, case, u64::from(look.coarse));
        add(5, u64::from(look.fine), look.case as u64);
        add(6, u64::from(look.lower_fine), case);
        for n in 0..3 {
            add(7 + n as u64, u64::from(look.prefixes[n]), u64::from(look.is_capitalized()));
            add(10 + n as u64, u64::from(look.suffixes[n]), u64::from(look.is_capitalized()));
        }
        add(13, u64::from(look.gazetteers), case);
        add(14, u64::from(self.places[sentence.start + i]), 0);
        if look.case != Case::Lower {
            let (capital, lower) = self.casing.get(&look.lower).copied().unwrap_or_default();
            let seen = 3 * u64::from(capital.min(2)) + u64::from(lower.min(2));
            add(15, seen, case);
        }
        let hasty = u64::from(sentence.hasty);
        add(16, case, hasty);
        add(17, u64::from(look.hidden) << 8 | u64::from(look.gazetteers), case << 1 | hasty);
        add(18, u64::from(look.coarse), case << 1 | hasty);
    }

    /// The words around.
    fn add_neighbours(&self, sentence: &Sentence, i: usize, add: &mut impl FnMut(u64, u64, u64)) {
        let at = |offset: isize| i.checked_add_signed(offset).and_then(|j| sentence.looks.get(j));
        let word = |offset| at(offset).map_or(OUTSIDE, |look| u64::from(look.lower));
        let fine = |offset| at(offset).map_or(OUTSIDE, |look| u64::from(look.fine));
        let coarse = |offset| at(offset).map_or(OUTSIDE, |look| u64::from(look.coarse));
        let case = |offset| at(offset).map_or(7, |look| look.case as u64);
        let lists = |offset| at(offset).map_or(OUTSIDE, |look| u64::from(look.gazetteers));
        let capital = case(0);
        for (n, offset) in [-3, -2, -1, 1, 2, 3].into_iter().enumerate() {
            let n = n as u64;
            if offset != -3 && offset != 3 {
                add(20 + n, word(offset), capital);
                add(26 + n, fine(offset), capital);
                add(32 + n, lists(offset), capital);
            }
            add(38 + n, coarse(offset), capital);
        }
        add(44, word(-1), word(0));
        add(45, word(0), word(1));
        add(46, word(-2), word(-1));
        add(47, word(1), word(2));
        add(48, fine(-1), fine(0));
        add(49, fine(0), fine(1));
        add(50, coarse(-1) << 8 | coarse(0), coarse(1));
        add(51, lists(-1) << 16 | lists(0), lists(1));
        add(52, (case(-2) << 6) | (case(-1) << 3) | capital, (case(1) << 3) | case(2));
        add(53, (case(-1) << 3) | capital, coarse(0));
        add(54, coarse(-2) << 16 | coarse(-1), capital);
        add(55, coarse(1) << 16 | coarse(2), capital);
        add(56, at(1).map_or(OUTSIDE, |look| u64::from(look.suffixes[1])), capital);
        add(57, at(-1).map_or(OUTSIDE, |look| u64::from(look.suffixes[1])), capital);
    }

    /// The capitalized stretch and the quotation that the token is in, and what stands on either side of them.
    fn add_runs(&self, sentence: &Sentence, i: usize, add: &mut impl FnMut(u64, u64, u64)) {
        let looks = sentence.looks;
        let word = |j: usize| looks.get(j).map_or(OUTSIDE, |look| u64::from(look.lower));
        let fine = |j: usize| looks.get(j).map_or(OUTSIDE, |look| u64::from(look.fine));
        let coarse = |j: usize| looks.get(j).map_or(OUTSIDE, |look| u64::from(look.coarse));
        let lists = |j: usize| looks.get(j).map_or(OUTSIDE, |look| u64::from(look.gazetteers));
        for (template, (start, end)) in [(60, sentence.runs[i]), (80, sentence.loose_runs[i])] {
            let (start, end) = (usize::from(start), usize::from(end));
            if start == end {
                continue;
            }
            let before = start.wrapping_sub(1);
            let place = 4 * (i - start).min(3) as u64 + (end - 1 - i).min(3) as u64;
            add(template, place, sentence.casing as u64);
            add(template + 1, fine(before), place);
            add(template + 2, fine(end), place);
            add(template + 3, fine(end - 1), place);
            add(template + 4, fine(start), place);
            add(template + 5, word(end - 1), 0);
            add(template + 6, word(start), 0);
            add(template + 7, coarse(before) << 8 | coarse(end), 0);
            add(template + 8, word(before), word(end));
            add(template + 9, lists(start) << 8 | lists(end - 1), place);
            add(template + 10, fine(before.wrapping_sub(1)), u64::from(i == start));
            add(template + 11, fine(end + 1), u64::from(i == start));
            add(template + 12, word(before), u64::from(i == start));
            add(template + 13, word(end), u64::from(i == start));
        }
        let (start, end) = sentence.quotes[i];
        let (start, end) = (usize::from(start), usize::from(end));
        if start < end {
            let place = 4 * (i - start).min(2) as u64 + (end - 1 - i).min(2) as u64;
            let capitals = looks[start..end].iter().filter(|look| look.is_capitalized()).count();
            let share = (4 * capitals / (end - start)) as u64 | u64::from(looks[start].is_capitalized()) << 3;
            add(100, place, share | ((end - start).min(9) as u64) << 4);
            add(101, place, share);
            add(102, fine(start.wrapping_sub(2)), share);
            add(103, coarse(start.wrapping_sub(2)), share);
            add(104, coarse(end + 1), share);
        } else {
            add(105, u64::from(sentence.loose_runs[i].0 < sentence.loose_runs[i].1), 0);
        }
    }
}

/// The nouns beside the capitalized stretch that say what it names: "the company ...", "..., a company".
fn add_nouns(sentence: &Sentence, i: usize, add: &mut impl FnMut(u64, u64, u64)) {
    let looks = sentence.looks;
    let (start, end) = (usize::from(sentence.loose_runs[i].0), usize::from(sentence.loose_runs[i].1));
    if start == end {
        return;
    }
    let noun = |j: usize| looks.get(j).map_or(0, |look| u64::from(look.noun));
    let quoted = start > 0 && looks[start - 1].opens_quote;
    let before = noun(start.wrapping_sub(if quoted { 2 } else { 1 }));
    let quoted = looks.get(end).is_some_and(|look| look.closes_quote);
    let after_end = if quoted { end + 1 } else { end };
    // An apposition or a predicate: a noun soon after, with no other capitalized word before it.
    let tail = looks.get(after_end + 1..).unwrap_or_default().iter().take(7);
    let tail = tail.take_while(|look| !look.is_capitalized());
    let later = tail.map(|look| u64::from(look.noun)).filter(|noun| *noun > 0).last().unwrap_or(0);
    let joint = looks.get(after_end).map_or(OUTSIDE, |look| u64::from(look.lower));
    let begins = u64::from(i == start) | u64::from(i + 1 == end) << 1;
    add(110, before, begins);
    add(111, noun(after_end), begins);
    add(112, later, joint);
    add(113, before * 8 + noun(after_end), later);
    add(114, before, u64::from(looks[i].coarse));
}

/// The list that the token is in, and what stands before it: "bands such as ...", "the albums ...".
fn add_list(sentence: &Sentence, i: usize, add: &mut impl FnMut(u64, u64, u64)) {
    let looks = sentence.looks;
    let (start, end) = (usize::from(sentence.lists[i].0), usize::from(sentence.lists[i].1));
    let (from, to) = (usize::from(sentence.loose_runs[i].0), usize::from(sentence.loose_runs[i].1));
    if start == end || from == to {
        return;
    }
    let case = looks[i].case as u64;
    let place = u64::from(from > start) | u64::from(to < end) << 1;
    let before = looks[..start].iter().rev().take(7).take_while(|look| !look.is_capitalized());
    let noun = before.clone().find(|look| look.topic > 0);
    add(120, noun.map_or(0, |look| u64::from(look.topic)), place << 3 | case);
    add(121, noun.map_or(OUTSIDE, |look| u64::from(look.lower)), case);
    let fine = |j: Option<usize>| j.and_then(|j| looks.get(j)).map_or(OUTSIDE, |look| u64::from(look.fine));
    add(122, fine(start.checked_sub(1)), place);
    add(123, fine(Some(end)), place);
    // The names before and after in the list.
    if let Some(last) = start.max(from).checked_sub(1).filter(|_| from > start)
        && let Some(other) = (start..=last).rev().find(|j| looks[*j].is_capitalized())
    {
        let first = usize::from(sentence.loose_runs[other].0);
        add(126, u64::from(looks[other].fine), place);
        add(127, u64::from(looks[first].gazetteers), u64::from(looks[other].gazetteers) << 8 | case);
        add(128, u64::from(looks[first].fine), place);
    }
    if let Some(first) = (to..end).find(|j| looks[*j].is_capitalized()) {
        let other = usize::from(sentence.loose_runs[first].1) - 1;
        add(136, u64::from(looks[other].fine), place);
        add(137, u64::from(looks[first].gazetteers), u64::from(looks[other].gazetteers) << 8 | case);
        add(138, u64::from(looks[first].fine), place);
    }
    // The shape of what follows: "( 1971 )" is for works and lives.
    let shape = |j: usize| looks.get(j).map_or(OUTSIDE, |look| u64::from(look.shape));
    add(124, shape(to) << 32 | shape(to + 1), shape(to + 2));
    add(125, shape(to) << 32 | shape(to + 1), u64::from(looks[from].fine));
}

/// What the sentence's other nouns are about.
fn add_topics(sentence: &Sentence, i: usize, add: &mut impl FnMut(u64, u64, u64)) {
    let case = sentence.looks[i].case as u64;
    if !sentence.looks[i].is_capitalized() {
        return;
    }
    let mut seen = 0u16;
    for (j, look) in sentence.looks.iter().enumerate().filter(|(_, look)| look.topic > 0) {
        let side = u16::from(j > i);
        let bit = 1 << (2 * u16::from(look.topic) + side - 2);
        if seen & bit == 0 {
            add(130, u64::from(look.topic), u64::from(side));
        }
        if i.abs_diff(j) <= 15 {
            add(131, u64::from(look.lower), case);
        }
        seen |= bit;
    }
    add(132, u64::from(seen), 0);
}

/// Whether names may lack their capitals: the first word has none, or "i" has none.
fn is_hasty(looks: &[Look]) -> bool {
    let first = looks.iter().find(|look| !matches!(look.case, Case::Punctuation | Case::Digit));
    let small = super::cluster::hash("i");
    first.is_some_and(|look| look.case == Case::Lower)
        || looks.iter().any(|look| look.case == Case::Lower && look.lower == small)
}

/// Marks place names of two to four words that the gazetteer knows.
fn mark_places(document: &Document, texts: &[&str], looks: &[Look]) -> Vec<u8> {
    let mut marks = vec![0; texts.len()];
    for (_, range) in document.sentences() {
        let (mut i, end) = (range.start.index(), range.end.index());
        while i < end {
            let longest = (2..=4).rev().filter(|length| i + length <= end).find(|length| {
                looks[i].is_capitalized()
                    && gazetteer::begins_place(texts[i])
                    && gazetteer::place(&texts[i..i + length].join(" ")).is_some()
            });
            let length = longest.unwrap_or(1);
            if length > 1 {
                marks[i..i + length].fill(2);
                marks[i] = 1;
            }
            i += length;
        }
    }
    marks
}

/// What capitals say in a sentence of these tokens.
pub fn casing_of(looks: &[Look]) -> Casing {
    let (mut words, mut capitalized, mut upper) = (0, 0, 0);
    for look in looks {
        if !look.links && !matches!(look.case, Case::Punctuation | Case::Digit) {
            words += 1;
            capitalized += usize::from(look.is_capitalized());
            upper += usize::from(look.case == Case::Upper);
        }
    }
    if words >= 3 && upper * 10 >= words * 8 {
        Casing::Upper
    } else if words >= 4 && capitalized * 10 >= words * 9 {
        Casing::Title
    } else if words >= 3 && capitalized == 0 {
        Casing::Lower
    } else {
        Casing::Usual
    }
}

/// Hashes a feature.
pub fn mix(template: u64, a: u64, b: u64) -> u32 {
    let seed = (template + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (seed ^ a).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let mixed = (mixed ^ mixed >> 29 ^ b).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    ((mixed ^ mixed >> 32) as u32).max(1)
}
