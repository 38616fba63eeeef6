//! Any text at all: no panic, no hang, facts that stand where they say, and the same bytes every time.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use tellgraph::{Format, Source, export, extract};

use crate::facts::{LEXICON, checked_facts};

/// Pieces of texts that make facts, and pieces that break what makes them.
const PIECES: &[&str] = &[
    "Odo Marsh",
    "Mara Quill",
    "Lumen Group",
    "Bergen",
    "\"Salt Road\"",
    "the film",
    "the company",
    "founder",
    "CEO and founder",
    "founded",
    "was directed by",
    "was born in",
    "who",
    "she",
    "her",
    "their",
    "it",
    "said",
    "did not",
    "may",
    "if",
    "and",
    "of",
    "in 1987",
    "on 3 May 2011",
    "41-year-old",
    "By Odo Marsh",
    "(",
    ")",
    "(born 1968)",
    ",",
    ".",
    "?",
    "\"",
    "“",
    "”",
    "'",
    "’s",
    "-",
    "—",
    "...",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{301}",
    "\u{200d}",
    "\u{202e}",
    "שלום",
    "北京市",
    "🎬",
    "é",
    "1e400",
    "99999999999999999999",
    "0000-00-00",
    "February 30, 2011",
    "http://a.example/?q=<b>&amp;",
    "{subject}",
    "\\u0041",
];

fn a_text() -> impl Strategy<Value = String> {
    let spaced =
        prop::collection::vec(prop::sample::select(PIECES), 0..25).prop_map(|pieces| pieces.join(" "));
    let joined =
        prop::collection::vec(prop::sample::select(PIECES), 0..25).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => spaced, 2 => joined, 2 => any::<String>(), 1 => "[A-Z][a-z]{0,9}( [A-Za-z'.,-]{1,9}){0,40}"]
}

fn turtle(text: &str) -> String {
    let graph = extract(&Source::plain("text", text), &LEXICON);
    export::to_string(&graph, LEXICON.ontology(), Format::Turtle)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_facts_that_stand_where_they_say(text in a_text()) {
        checked_facts(&text, &LEXICON);
    }

    #[test]
    fn the_same_text_gives_the_same_bytes(text in a_text()) {
        let first = turtle(&text);
        prop_assert_eq!(&first, &turtle(&text));
        for triple in oxrdfio::RdfParser::from_format(oxrdfio::RdfFormat::Turtle).for_slice(first.as_bytes()) {
            prop_assert!(triple.is_ok(), "{:?} in\n{}", triple, first);
        }
    }
}

#[test]
fn hostile_texts() {
    for text in [
        "\0\0\0 Odo Marsh\0founded Lumen Group.\0",
        "\u{301}\u{301} Odo\u{301} founded \u{301}.",
        "\u{202e}אודו founded \u{202c}Lumen Group.",
        "\u{feff}Odo Marsh founded Lumen Group.",
        "\n\n\n\n",
        "\r\r\n\r",
        "\u{2028}\u{2029}\u{85}\u{b}\u{c}",
        "\"\"\"\"''''",
        "''",
        "By By By\n\nBy\n\nBy By",
        "\u{10ffff}\u{fffe}\u{0}",
        "𝕆𝕕𝕠 𝕄𝕒𝕣𝕤𝕙 founded 𝕃𝕦𝕞𝕖𝕟.",
    ] {
        checked_facts(text, &LEXICON);
    }
}

/// Reads a text that is large or lopsided; the limit is far above what it takes, and far below what a step that is
/// quadratic in its length would take.
#[track_caller]
fn read_in_time(text: &str) {
    let begun = Instant::now();
    checked_facts(text, &LEXICON);
    let taken = begun.elapsed();
    assert!(taken < Duration::from_secs(60), "{} bytes took {taken:?}", text.len());
}

#[test]
fn a_megabyte_on_one_line() {
    read_in_time(&"the boats went out and the nets came home with little in them ".repeat(16_000));
}

#[test]
fn one_word_again_and_again() {
    read_in_time(&"a ".repeat(100_000));
}

#[test]
fn brackets_that_never_close() {
    read_in_time(&"(".repeat(200_000));
}

#[test]
fn quotes_that_never_close() {
    read_in_time(&"\"Odo ".repeat(20_000));
}

#[test]
fn one_endless_token() {
    read_in_time(&"x".repeat(50_000));
    read_in_time(&"Odo-".repeat(12_500));
}

#[test]
fn only_line_ends() {
    read_in_time(&"\n".repeat(200_000));
}

#[test]
fn many_names_and_pronouns() {
    let text =
        "Odo Marsh founded Lumen Group and she, who knew her, met Mara Quill, its chief executive, and ";
    read_in_time(&text.repeat(500));
}
