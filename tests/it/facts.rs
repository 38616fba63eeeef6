//! Facts stand where they say they do: in the examples, in the cases and, where the corpora are at hand, in real articles.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;
use tellgraph::{Format, Lexicon, Source, export, extract, ontology};

pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::core);

/// Writes the facts of a text, checks that each says the truth about where it stands, and returns them.
#[track_caller]
pub fn checked_facts(text: &str, lexicon: &Lexicon) -> Vec<Value> {
    let graph = extract(&Source::plain("text", text), lexicon);
    let lines = export::to_string(&graph, lexicon.ontology(), Format::Facts);
    let characters: Vec<char> = text.chars().collect();
    let facts: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for fact in &facts {
        let slice = |place: &Value| {
            let at = |key: &str| place[key].as_u64().expect("an offset") as usize;
            characters[at("start")..at("end")].iter().collect::<String>()
        };
        for role in ["subject", "object"] {
            assert_eq!(fact[role]["text"].as_str(), Some(slice(&fact[role]).as_str()), "{role} of {fact}");
        }
        let sentence = slice(&fact["sentence"]);
        assert!(!sentence.trim().is_empty(), "{fact}");
        let confidence = fact["confidence"].as_f64().expect("a number");
        assert!((0.0..=1.0).contains(&confidence), "{fact}");
    }
    facts
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The corpora, where they are at hand; without them a test says that it did not run, and fails where CI is set.
pub fn corpora() -> Option<PathBuf> {
    let beside = || root().join("../shared");
    let folder =
        std::env::var_os("TELLGRAPH_SHARED").map_or_else(beside, PathBuf::from).join("data/articles");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "no corpora at {}", folder.display());
    // Not `eprintln!`, which shows only when a test fails.
    let _ = writeln!(std::io::stderr(), "DID NOT RUN: no corpora at {}", folder.display());
    None
}

/// Every text below a folder.
fn texts(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            texts.extend(self::texts(&path));
        } else if path.extension().is_some_and(|ending| ending == "txt") {
            texts.push(fs::read_to_string(&path).unwrap());
        }
    }
    texts
}

#[test]
fn every_fact_shows_its_words() {
    let counts = ["examples", "tests/cases"].map(|folder| {
        texts(&root().join(folder)).iter().map(|text| checked_facts(text, &LEXICON).len()).sum::<usize>()
    });
    assert!(counts[0] > 10 && counts[1] > 50, "{counts:?}");
}

#[test]
fn offsets_count_code_points() {
    let text = "Zoë\u{301}’s café is closed 🎬. Odo Marsh founded Lumen Group.";
    let facts = checked_facts(text, &LEXICON);
    let fact = facts.iter().find(|fact| fact["property"].as_str().unwrap().ends_with("founderOf")).unwrap();
    assert_eq!((fact["subject"]["start"].as_u64(), fact["subject"]["end"].as_u64()), (Some(25), Some(34)));
}

#[test]
fn facts_of_real_articles_show_their_words() {
    let Some(folder) = corpora() else { return };
    let texts = texts(&folder);
    assert!(texts.len() > 20, "{} articles", texts.len());
    let facts: usize = texts.iter().map(|text| checked_facts(text, &LEXICON).len()).sum();
    assert!(facts > 5 * texts.len(), "{facts} facts of {} articles", texts.len());
}

/// What the article that this program was begun for says, and what it does not.
#[test]
fn the_first_article() {
    let Some(folder) = corpora() else { return };
    let name = root().join("ontologies/first-kiss.ttl");
    let text = fs::read_to_string(&name).unwrap();
    let lexicon = Lexicon::load(true, &[ontology::File { name, text }]).unwrap();
    let facts = checked_facts(&fs::read_to_string(folder.join("first-kiss.txt")).unwrap(), &lexicon);
    let last =
        |value: &Value| value.as_str().unwrap_or_default().rsplit(['#', '/']).next().unwrap().to_owned();
    let asserted = facts.iter().filter(|fact| fact["status"] == "asserted");
    let said: Vec<String> = asserted
        .map(|fact| {
            let [subject, property, object] =
                [&fact["subject"]["iri"], &fact["property"], &fact["object"]["iri"]].map(last);
            format!("{subject} {property} {object}")
        })
        .collect();
    for expected in [
        "tatia-pilieva directorOf first-kiss",
        "wren presenterOf first-kiss",
        "wren headquarteredIn los-angeles",
        "melissa-coker founderOf wren",
        "melissa-coker chiefExecutiveOf wren",
        "soko kissedIn first-kiss",
    ] {
        assert!(said.iter().any(|fact| fact == expected), "{expected} is not in {said:#?}");
    }
    for (subject, property) in [("tatia-pilieva", "founderOf"), ("obama", "kissedIn"), ("soko", "directorOf")]
    {
        let wrong = format!("{subject} {property} ");
        assert!(!said.iter().any(|fact| fact.starts_with(&wrong)), "{wrong}");
    }
}
