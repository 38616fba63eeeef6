//! Where names begin and end.

use tellgraph::mention::{self, Kind};
use tellgraph::{Lexicon, Source, document, syntax};

use super::facts::LEXICON;

/// The names of a text, as it writes them.
fn names(text: &str, lexicon: &Lexicon) -> Vec<String> {
    let source = Source::plain("text", text);
    let parsed = syntax::parse(document::read(&source));
    let found = mention::find(&parsed, lexicon);
    let names = found.iter().filter(|mention| mention.kind == Kind::Name);
    names.map(|name| parsed.document().slice(parsed.document().span(name.tokens)).to_owned()).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(names(text, &LEXICON), expected, "{text}");
}

#[test]
fn numbers_and_letters_are_part_of_what_they_tell_apart() {
    check("The rocket was launched from Arden Launch Pad 9.", &["Arden Launch Pad 9"]);
    check("The Comet RS-3 Falcon was built by Finch Motors.", &["Comet RS-3 Falcon", "Finch Motors"]);
    check("She played for Elm F.C. 1908 and for 1. FC Dunmore.", &["Elm F.C. 1908", "1. FC Dunmore"]);
    check("In Oslo 20 people were hurt.", &["Oslo"]);
    check("He joined Dunmorer SC 08 in May.", &["Dunmorer SC 08"]);
    check("She works at 12 Birch Street in Oslo.", &["12 Birch Street", "Oslo"]);
    check("In 1990 Birch Street was closed.", &["Birch Street"]);
    check(
        "320 South Dunmore Building was designed by Ann Holt.",
        &["320 South Dunmore Building", "Ann Holt"],
    );
    check("At 9 Dunmore Hall opened.", &["Dunmore Hall"]);
    check("Ann Holt 3 times met Ida Park.", &["Ann Holt", "Ida Park"]);
    check("Elm Rovers 3 Dunmore Town 1.", &["Elm Rovers", "Dunmore Town"]);
}

#[test]
fn a_national_team_is_no_country_and_a_club_is_no_word() {
    check(
        "She coached the Norway women's national under-23 football team.",
        &["Norway women's national under-23 football team"],
    );
    check("Norway has a national football team.", &["Norway"]);
    check("He joined the Elm Rovers club in 1990.", &["Elm Rovers"]);
}

#[test]
fn small_words_of_other_languages_do_not_end_a_name() {
    check("The match was played at Estádio Municipal da Praia Velha.", &["Estádio Municipal da Praia Velha"]);
    check("She met Rosa Lima da Costa in Oslo.", &["Rosa Lima da Costa", "Oslo"]);
}

#[test]
fn what_lies_between_two_places_is_one() {
    check(
        "They flew to the Arden–Dunmore Airport before the Norway–Sweden War.",
        &["Arden–Dunmore Airport", "Norway–Sweden War"],
    );
    check("He took the Norway–Sweden border by train.", &["Norway", "Sweden"]);
}

#[test]
fn prizes_say_what_they_are_for_but_not_for_whose_work() {
    check(
        "It won the Arden Award for Best Actor in a Supporting Role for The Last Ferry.",
        &["Arden Award for Best Actor in a Supporting Role", "The Last Ferry"],
    );
    check(
        "It won the Arden Award for Best Short Film in Oslo.",
        &["Arden Award for Best Short Film", "Oslo"],
    );
}

#[test]
fn an_article_on_a_work_begins_with_its_title() {
    check(
        "Death of the Violinist is a 1990 Norwegian film by Ann Holt. She wrote Death of the Violinist in Oslo.",
        &["Death of the Violinist", "Ann Holt", "Death of the Violinist", "Oslo"],
    );
    check("Ann and the Bee is a novel by Mira Holt.", &["Ann and the Bee", "Mira Holt"]);
    check("Mira: A Life in Letters was published in 2001.", &["Mira: A Life in Letters"]);
    check("Ann Holt and Mira Lund are two novelists.", &["Ann Holt", "Mira Lund"]);
    check("Ann Holt of Oslo was released from prison in 1990.", &["Ann Holt", "Oslo"]);
    check("Mira Lund Mira Lund (1931–2006) was a film of its time.", &["Mira Lund", "Mira Lund"]);
    check("Oslo, Norway is a film location.", &["Oslo", "Norway"]);
    check("In Oslo, Mira Lund is a film critic.", &["Oslo", "Mira Lund"]);
}

#[test]
fn species_have_two_words() {
    // The core ontology has no class for them.
    let lexicon = Lexicon::load(false, &[]).unwrap();
    let check = |text, expected: &[&str]| assert_eq!(names(text, &lexicon), expected, "{text}");
    check("Rubus ardensis is a bramble.", &["Rubus ardensis"]);
    check("Here Silvestra nigrifolia was seen in Norway.", &["Silvestra nigrifolia", "Norway"]);
    check("He wrote Ars poetica in Norway.", &["Ars", "Norway"]);
}
