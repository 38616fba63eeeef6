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

/// A line of `tests/cases/status.tsv`.
struct Case<'a> {
    verdict: &'a str,
    property: &'a str,
    subject: &'a str,
    object: &'a str,
    text: &'a str,
}

impl<'a> Case<'a> {
    fn read(line: &'a str) -> Self {
        let cells: Vec<&str> = line.split('\t').collect();
        let [verdict, property, subject, object, text] = cells[..] else { panic!("five cells in {line:?}") };
        Self { verdict, property, subject, object, text }
    }

    fn names(&self, fact: &Value, subject: &str, object: &str) -> bool {
        let is = |end: &Value, name: &str| ["label", "text", "value"].iter().any(|key| end[key] == name);
        is(&fact["subject"], subject) && is(&fact["object"], object)
    }

    /// Whether what is told of the two is as the case wants it.
    fn holds(&self, facts: &[Value]) -> bool {
        let straight = |fact: &&Value| self.names(fact, self.subject, self.object);
        let back = |fact: &&Value| self.names(fact, self.object, self.subject);
        let is_past = |fact: &&Value| fact["past"] == true;
        let mut asserted = facts
            .iter()
            .filter(|fact| fact["status"] == "asserted")
            .filter(|fact| straight(fact) || back(fact));
        let is_it =
            |fact: &Value| fact["property"].as_str().unwrap().ends_with(&format!("#{}", self.property));
        match self.verdict {
            "no" => asserted.all(|fact| is_past(&fact)),
            "yes" => asserted.any(|fact| is_it(fact) && !is_past(&fact)),
            "past" => asserted.any(|fact| is_it(fact) && is_past(&fact)),
            other => panic!("no verdict: {other:?}"),
        }
    }
}

#[test]
fn what_is_denied_or_left_open_is_not_asserted() {
    let cases = fs::read_to_string(root().join("tests/cases/status.tsv")).unwrap();
    let lines = cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let cases: Vec<Case> = lines.map(Case::read).collect();
    let count = |verdict: &str| cases.iter().filter(|case| case.verdict == verdict).count();
    assert!(count("no") >= 100 && count("yes") >= 60 && count("past") >= 10);
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| !case.holds(&checked_facts(case.text, &LEXICON)))
        .map(|case| format!("{}\t{}\t{}", case.verdict, case.property, case.text))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// People, organizations and places that a sentence names together need not have to do with each other.
#[test]
fn what_happens_between_two_is_no_relation() {
    let sentences = fs::read_to_string(root().join("tests/cases/unrelated.txt")).unwrap();
    let told = |line: &str| -> Vec<String> {
        let said = said(line, &LEXICON).into_iter().filter(|fact| !fact.contains(" occupation "));
        said.map(|fact| format!("{fact}: {line}")).collect()
    };
    assert!(sentences.lines().count() >= 50);
    let wrong: Vec<String> = sentences.lines().flat_map(told).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The asserted facts of a text, each as subject, property and object.
fn said(text: &str, lexicon: &Lexicon) -> Vec<String> {
    let facts = checked_facts(text, lexicon);
    let asserted = facts.iter().filter(|fact| fact["status"] == "asserted" && fact["past"] != true);
    let show = |fact: &Value| {
        let property = fact["property"].as_str().unwrap().rsplit('#').next().unwrap();
        let end = |end: &Value| end["label"].as_str().or(end["text"].as_str()).unwrap().to_owned();
        format!("{} {property} {}", end(&fact["subject"]), end(&fact["object"]))
    };
    let mut said: Vec<String> = asserted.map(show).collect();
    said.sort();
    said.dedup();
    said
}

const HARBOR: &str = r#"
@prefix h: <https://harbor.example/#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tg: <https://w3id.org/tellgraph/core#> .
h:scolded a owl:ObjectProperty ; rdfs:domain tg:Person ; rdfs:range tg:Organization ; tg:phrase "{subject} scolded {object}" .
h:scoldedTheSchool a owl:ObjectProperty ; rdfs:domain tg:Person ; rdfs:range tg:EducationalOrganization ; tg:phrase "{subject} scolded {object}" .
h:scoldedBy a owl:ObjectProperty ; rdfs:domain tg:Organization ; rdfs:range tg:Person ; tg:phrase "{object} scolded {subject}" .
"#;

#[test]
fn ends_meet_domain_and_range_through_the_classes_above() {
    let lexicon = Lexicon::load(true, &[ontology::File::new("harbor.ttl", HARBOR)]).unwrap();
    // A company is an organization, and no school.
    let company = said("Ada Park scolded Northlight Airlines.", &lexicon);
    assert_eq!(company, ["Ada Park scolded Northlight Airlines", "Northlight Airlines scoldedBy Ada Park"]);
    let university = said("Ada Park scolded the University of Varde.", &lexicon);
    assert!(
        university.iter().any(|fact| fact == "Ada Park scoldedTheSchool University of Varde"),
        "{university:?}"
    );
    assert!(university.iter().any(|fact| fact == "Ada Park scolded University of Varde"), "{university:?}");
    // A person is none, and a place does not scold.
    assert!(
        said("Ada Park scolded her brother, Odo Marsh.", &lexicon)
            .iter()
            .all(|fact| !fact.contains(" scolded "))
    );
    assert!(said("Norway scolded Northlight Airlines.", &lexicon).is_empty());
}

#[test]
fn facts_point_the_right_way() {
    for text in [
        "Lena Voss founded Northlight Airlines.",
        "Northlight Airlines was founded by Lena Voss.",
        "Northlight Airlines, which Lena Voss founded, is here.",
        "Lena Voss is the founder of Northlight Airlines.",
    ] {
        assert_eq!(said(text, &LEXICON), ["Lena Voss founderOf Northlight Airlines"], "{text}");
    }
    for text in ["Odo Marsh is the son of Lena Voss.", "Lena Voss is the mother of Odo Marsh."] {
        assert_eq!(said(text, &LEXICON), ["Odo Marsh childOf Lena Voss"], "{text}");
    }
    let bought = said("Kestrel Bank was acquired by Delmar Airlines.", &LEXICON);
    assert_eq!(
        bought,
        ["Delmar Airlines acquired Kestrel Bank", "Kestrel Bank subsidiaryOf Delmar Airlines"]
    );
}

#[test]
fn a_symmetric_property_is_stated_once_whoever_is_named_first() {
    let turtle = |text: &str| {
        let graph = extract(&Source::plain("text", text), &LEXICON);
        export::to_string(&graph, LEXICON.ontology(), Format::Turtle)
    };
    let one = turtle("Lena Voss married Jonas Feld.");
    assert_eq!(one.matches("tg:spouseOf").count(), 1, "{one}");
    assert_eq!(one, turtle("Jonas Feld married Lena Voss."));
    assert_eq!(one, turtle("Lena Voss married Jonas Feld. Jonas Feld is the husband of Lena Voss."));
}

#[test]
fn of_a_functional_property_one_value_is_shown() {
    let text =
        "Lena Voss was born in Oslo. Lena Voss, who was born in Oslo, sails. Lena Voss was born in Lisbon.";
    let graph = extract(&Source::plain("text", text), &LEXICON);
    let turtle = export::to_string(&graph, LEXICON.ontology(), Format::Turtle);
    assert!(turtle.contains("tg:bornIn place:oslo ."), "{turtle}");
    assert!(
        !turtle.contains("place:lisbon ;\n    tg:bornIn") && turtle.matches("tg:bornIn").count() == 1,
        "{turtle}"
    );
    let lived = said("Lena Voss lived in Oslo. Lena Voss lived in Lisbon.", &LEXICON);
    assert_eq!(lived, ["Lena Voss livedIn Lisbon", "Lena Voss livedIn Oslo"]);
}

const CELLO: &str = r#"
@prefix c: <https://cello.example/#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix tg: <https://w3id.org/tellgraph/core#> .
c:plays a owl:ObjectProperty ; tg:phrase "{subject} plays {object}" .
c:playsIn a owl:ObjectProperty ; tg:phrase "{subject} plays its matches in {object}" .
c:foundIn a owl:ObjectProperty ; tg:phrase "{subject} is found in {object}" .
c:members a owl:DatatypeProperty ; rdfs:range xsd:integer ; tg:phrase "{subject} has {object} members" .
c:developer a owl:ObjectProperty ; tg:phrase "{subject} was developed by {object}" .
"#;

/// Of words that elsewhere leave something open, these do not.
#[test]
fn what_can_be_found_is_there_and_who_plays_a_tune_is_no_actor() {
    let lexicon = Lexicon::load(false, &[ontology::File::new("cello.ttl", CELLO)]).unwrap();
    let check = |text: &str, property: &str, status: &str| {
        let facts = checked_facts(text, &lexicon);
        let told = facts.iter().find(|fact| fact["property"].as_str().unwrap().ends_with(property));
        assert_eq!(told.map(|fact| &fact["status"]), Some(&Value::from(status)), "{text}");
    };
    check("The Elm Institute can be found in Quillon.", "#foundIn", "asserted");
    check("The Elm Institute could be found in Quillon.", "#foundIn", "possible");
    check("Odo Marsh plays Candombe.", "#plays", "asserted");
    check("Elm Athletic plays its matches in Quillon.", "#playsIn", "asserted");
    check("Elm Athletic has 4150 members.", "#members", "asserted");
    check("The Quillon System, or QS, was developed by Ben Holt.", "#developer", "asserted");
    check("The Quillon System or the Elm System was developed by Ben Holt.", "#developer", "possible");
}
