//! Relations are found as often, and are as probable, as is claimed: on passages that taught nothing.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use rayon::prelude::*;
use serde_json::Value;
use tellgraph::{Format, Source, export, extract};

use crate::facts::{LEXICON, corpora};

/// KnowledgeNet's properties, ours, and whether the corpus's subject is our object.
const PROPERTIES: [(&str, &[&str], bool); 15] = [
    ("DATE_OF_BIRTH", &["bornOn"], false),
    ("DATE_OF_DEATH", &["diedOn"], false),
    ("PLACE_OF_BIRTH", &["bornIn"], false),
    ("PLACE_OF_RESIDENCE", &["livedIn"], false),
    ("NATIONALITY", &["nationality"], false),
    ("EDUCATED_AT", &["educatedAt"], false),
    ("EMPLOYEE_OR_MEMBER_OF", &["worksFor", "memberOf"], false),
    ("POLITICAL_AFFILIATION", &["memberOfParty"], false),
    ("CHILD_OF", &["childOf"], false),
    ("SPOUSE", &["spouseOf"], false),
    ("DATE_FOUNDED", &["foundedOn"], false),
    ("HEADQUARTERS", &["headquarteredIn"], false),
    ("SUBSIDIARY_OF", &["subsidiaryOf"], false),
    ("FOUNDED_BY", &["founderOf"], true),
    ("CEO", &["chiefExecutiveOf"], true),
];

/// What is told of the passages: how probable it is said to be, and whether it is right.
#[derive(Default)]
struct Tally {
    told: Vec<(f64, bool)>,
    facts: usize,
    found: usize,
}

fn passages(path: &Path) -> Vec<Value> {
    let mut text = String::new();
    MultiGzDecoder::new(File::open(path).expect("the corpus")).read_to_string(&mut text).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn span(end: &Value) -> (u64, u64) {
    (end["start"].as_u64().expect("an offset"), end["end"].as_u64().expect("an offset"))
}

fn overlap(one: (u64, u64), other: (u64, u64)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

fn tally(passage: &Value) -> Tally {
    let graph = extract(&Source::plain("passage", passage["text"].as_str().expect("a text")), &LEXICON);
    let lines = export::to_string(&graph, LEXICON.ontology(), Format::Facts);
    let told: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let gold = passage["facts"].as_array().expect("facts");
    let mut tally = Tally { facts: gold.len(), ..Tally::default() };
    let mut found = vec![false; gold.len()];
    for fact in told.iter().filter(|fact| fact["status"] == "asserted") {
        let local = fact["property"].as_str().and_then(|iri| iri.rsplit('#').next()).expect("an IRI");
        let Some((theirs, _, swapped)) = PROPERTIES.iter().find(|(_, ours, _)| ours.contains(&local)) else {
            continue;
        };
        let is_annotated = passage["properties"].as_array().expect("names").iter().any(|name| name == theirs);
        let ends = if *swapped { ["object", "subject"] } else { ["subject", "object"] };
        let [subject, object] = ends.map(|end| span(&fact[end]));
        let says = |stated: &Value, subject, object| {
            stated["property"] == *theirs
                && overlap(span(&stated["subject"]), subject)
                && overlap(span(&stated["object"]), object)
        };
        let mut is_right = false;
        for (stated, found) in gold.iter().zip(&mut found) {
            let forth = says(stated, subject, object);
            let back = *theirs == "SPOUSE" && says(stated, object, subject);
            is_right |= forth || back;
            *found |= forth || back;
        }
        if is_annotated {
            tally.told.push((fact["confidence"].as_f64().expect("a number"), is_right));
        }
    }
    tally.found = found.iter().filter(|found| **found).count();
    tally
}

#[test]
fn relations_are_found_and_as_probable_as_is_said() {
    let Some(articles) = corpora() else { return };
    let passages = passages(&articles.with_file_name("knowledgenet").join("dev.jsonl.gz"));
    let tallies: Vec<Tally> = passages.par_iter().map(tally).collect();
    let told: Vec<(f64, bool)> = tallies.iter().flat_map(|tally| tally.told.iter().copied()).collect();
    let (facts, found) =
        tallies.iter().fold((0, 0), |(facts, found), tally| (facts + tally.facts, found + tally.found));
    let right = told.iter().filter(|(_, is_right)| *is_right).count();
    let (precision, recall) = (right as f64 / told.len() as f64, found as f64 / facts as f64);
    assert!(precision >= 0.75, "precision {precision:.3}");
    assert!(recall >= 0.6, "recall {recall:.3}");
    for tenth in 5..10 {
        let from = f64::from(tenth) / 10.0;
        let until = if tenth == 9 { 1.1 } else { from + 0.1 };
        let own: Vec<_> = told.iter().filter(|(said, _)| (from..until).contains(said)).collect();
        let count = own.len() as f64;
        let said = own.iter().map(|(said, _)| said).sum::<f64>() / count;
        let right = own.iter().filter(|(_, is_right)| *is_right).count() as f64 / count;
        // Two standard errors of so many trials, and a little.
        let near = 0.05 + 2.0 * (said * (1.0 - said) / count).sqrt();
        assert!((said - right).abs() < near, "of {count} said with {said:.2}, {right:.2} are right");
    }
}
