//! `tellgraph learn`: from examples of an invented domain to facts in texts that were not among them.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const ONTOLOGY: &str = r#"
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://lights.example/> .
:Lighthouse a owl:Class . :Person a owl:Class .
:architect a owl:ObjectProperty ; rdfs:domain :Lighthouse ; rdfs:range :Person .
:lampType a owl:ObjectProperty ; rdfs:domain :Lighthouse .
"#;

const LIGHTS: &[&str] = &[
    "Corran Light",
    "Vassey Light",
    "Old Brede Light",
    "Skarn Light",
    "Tolmin Light",
    "Hask Light",
    "Orrey Light",
    "Pell Light",
    "Marrow Light",
    "Finsk Light",
    "Greyling Light",
    "Ulver Light",
];
const PEOPLE: &[&str] = &[
    "Ada Lindqvist",
    "Tomas Ferrer",
    "Ines Moreau",
    "Jonas Halloran",
    "Greta Sandoval",
    "Piers Whitcombe",
    "Lena Okafor",
    "Victor Almgren",
    "Ruth Castellan",
    "Simon Varga",
    "Clara Denholm",
    "Hugo Brandt",
];
const LAMPS: &[&str] = &["oil lamp", "gas lamp", "arc lamp"];

/// One example for each lighthouse, worded in one of three ways.
fn examples() -> String {
    let line = |(index, light): (usize, &&str)| {
        let (person, lamp) = (PEOPLE[index], LAMPS[index % LAMPS.len()]);
        let text = match index % 3 {
            0 => format!("{light} was designed by {person} and is lit by an {lamp}."),
            1 => format!("{light}, which {person} designed, is lit by an {lamp}."),
            _ => format!("{person} designed {light}. The tower is lit by an {lamp}."),
        };
        let fact = |property: &str, object: &str| {
            format!(
                r#"{{"subject":"{light}","property":"https://lights.example/{property}","object":"{object}"}}"#
            )
        };
        format!(r#"{{"text":"{text}","facts":[{},{}]}}"#, fact("architect", person), fact("lampType", lamp))
    };
    LIGHTS.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn tellgraph(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("tellgraph").unwrap();
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Learns from `examples.jsonl` a lexicon beside an ontology.
fn learn(folder: &Path, name: &str) {
    let [ontology, lexicon] = files(name);
    tellgraph(folder, &["learn", "--ontology", &ontology, "examples.jsonl", "-o", &lexicon]);
}

/// The facts that an ontology and its lexicon find in `new.txt`.
fn facts(folder: &Path, name: &str) -> Vec<serde_json::Value> {
    let [ontology, lexicon] = files(name);
    let ontologies = ["--no-core", "--ontology", &ontology, "--ontology", &lexicon];
    let facts = tellgraph(folder, &[&["extract", "--to", "facts"], &ontologies[..], &["new.txt"]].concat());
    facts.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn files(name: &str) -> [String; 2] {
    [format!("{name}.ttl"), format!("{name}.lexicon.ttl")]
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("lights.ttl"), ONTOLOGY).unwrap();
    fs::write(folder.path().join("examples.jsonl"), examples()).unwrap();
    let text = "Dunmore Light was designed by Walter Finch and is lit by an oil lamp.";
    fs::write(folder.path().join("new.txt"), text).unwrap();
    folder
}

#[test]
fn what_examples_teach_is_found_elsewhere() {
    let folder = folder();
    let path = folder.path();
    learn(path, "lights");
    let told = tellgraph(path, &["check", "--no-core", "lights.ttl", "lights.lexicon.ttl"]);
    assert!(
        told.contains("{object} designed {subject}") && told.contains("{subject} is lit by {object}"),
        "{told}"
    );
    let lexicon = fs::read_to_string(path.join("lights.lexicon.ttl")).unwrap();
    assert!(lexicon.contains(r#"tg:knownObject [ tg:text "oil lamp" ; tg:seen 4 ] ;"#), "{lexicon}");
    let found: Vec<(String, String)> = facts(path, "lights")
        .into_iter()
        .map(|fact| {
            let property = fact["property"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            assert_eq!(fact["subject"]["label"], "Dunmore Light");
            (property, fact["object"]["text"].as_str().unwrap().to_owned())
        })
        .collect();
    let pair = |property: &str, object: &str| (property.to_owned(), object.to_owned());
    assert!(found.contains(&pair("architect", "Walter Finch")), "{found:?}");
    assert!(found.contains(&pair("lampType", "oil lamp")), "{found:?}");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn what_a_name_holds_is_said_of_the_whole_name() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let ontology = "@prefix owl: <http://www.w3.org/2002/07/owl#> .
<https://teams.example/sport> a owl:ObjectProperty .";
    fs::write(path.join("teams.ttl"), ontology).unwrap();
    let countries = ["Norway", "Sweden", "Denmark", "Iceland", "Estonia", "Latvia", "Poland", "Austria"];
    let sports = ["rowing", "handball", "volleyball", "curling"];
    let line = |(index, country): (usize, &&str)| {
        let sport = sports[index % sports.len()];
        let team = format!("{country} women's national {sport} team");
        format!(
            r#"{{"text":"The {team} won in Oslo.","facts":[{{"subject":"{team}","property":"https://teams.example/sport","object":"{sport}"}}]}}"#
        )
    };
    let examples: Vec<String> = countries.iter().enumerate().map(line).collect();
    fs::write(path.join("examples.jsonl"), examples.join("\n")).unwrap();
    fs::write(path.join("new.txt"), "The Finland women's national handball team lost in Oslo.").unwrap();
    learn(path, "teams");
    let ends = facts(path, "teams")
        .into_iter()
        .map(|fact| ["subject", "object"].map(|end| fact[end]["text"].as_str().unwrap().to_owned()));
    let expected = ["Finland women's national handball team".to_owned(), "handball".to_owned()];
    assert_eq!(ends.collect::<Vec<_>>(), [expected]);
}

#[test]
fn a_name_is_meant_rather_than_words_for_something_known() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("lights.ttl"), ONTOLOGY).unwrap();
    // Every other text leaves the name out, as texts do that go on about what they named before.
    let example = |(index, light): (usize, &&str)| {
        let person = PEOPLE[index];
        let subject = if index % 2 == 0 { *light } else { "The tower" };
        format!(
            r#"{{"text":"{subject} was designed by {person}.","facts":[{{"subject":"{light}","property":"https://lights.example/architect","object":"{person}"}}]}}"#
        )
    };
    let examples: Vec<String> = LIGHTS.iter().enumerate().map(example).collect();
    fs::write(path.join("examples.jsonl"), examples.join("\n")).unwrap();
    learn(path, "lights");
    let check = |text: &str, subject: &str| {
        fs::write(path.join("new.txt"), text).unwrap();
        let subjects: Vec<String> = facts(path, "lights")
            .into_iter()
            .filter(|fact| fact["property"].as_str().unwrap().ends_with("architect"))
            .map(|fact| fact["subject"]["text"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(subjects, [subject], "{text}");
    };
    check("The tower stands in a town where Dunmore Light was designed by Walter Finch.", "Dunmore Light");
    check("The tower, which was designed by Walter Finch, stands beside Dunmore Light.", "tower");
}

#[test]
fn learning_gives_the_same_bytes_each_time() {
    let folder = folder();
    let learn =
        || tellgraph(folder.path(), &["learn", "--quiet", "--ontology", "lights.ttl", "examples.jsonl"]);
    assert_eq!(learn(), learn());
}

#[test]
fn examples_that_teach_nothing_are_told() {
    let folder = folder();
    let line = r#"{"text":"A b.","facts":[{"subject":"A","property":"https://lights.example/colour","object":"b"}]}"#;
    fs::write(folder.path().join("examples.jsonl"), line).unwrap();
    let mut command = Command::cargo_bin("tellgraph").unwrap();
    let output = command
        .current_dir(folder.path())
        .args(["learn", "--ontology", "lights.ttl", "examples.jsonl"])
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && errors.contains("https://lights.example/colour"), "{errors}");
}
