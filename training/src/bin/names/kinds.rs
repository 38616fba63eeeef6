//! Trains the model of kinds (`src/mention/name/kind.bin`): what kind of organization or work a name is of.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

use anyhow::Result;
use tellgraph::mention::name::NameClass::{self, *};
use tellgraph::mention::name::kind::{KINDS, features, kind_of_words, opinion, refine};
use tellgraph::mention::name::look::Look;
use tellgraph::mention::name::model::Model;

use super::corpus::{Allowed, Sentence, Text, open};
use super::field::{Example, Field, thinned};

/// A name in its sentence, and the kinds that it may be of.
struct Case {
    tokens: Vec<String>,
    start: usize,
    end: usize,
    allowed: Allowed,
    weight: f32,
}

const ORGANIZATIONS: Allowed = 0xff;
const WORKS: Allowed = 0x7f00;

/// What a corpus's class says of the kind.
fn kinds_of(name: &str) -> Option<(Allowed, f32)> {
    let one = |kind| KINDS.iter().position(|known| *known == kind).map(|place| (1 << place, 1.0));
    let without = |kinds: &[NameClass]| {
        let gone: Allowed = kinds.iter().filter_map(|kind| one(*kind)).map(|(bit, _)| bit).sum();
        Some((ORGANIZATIONS & !gone, 0.5))
    };
    match name {
        "band" => one(MusicGroup),
        "politicalparty" => one(PoliticalParty),
        "university" => one(EducationalOrganization),
        "corporation" => one(Company),
        // Where a corpus has a class for them, other organizations are none of these; and many are of no kind of ours.
        "organisation" => without(&[MusicGroup, PoliticalParty]),
        "album" => one(Album),
        "song" => one(Song),
        "book" => one(Book),
        "magazine" => one(Periodical),
        "poem" => one(Work),
        _ => KINDS.iter().position(|kind| kind.as_str() == name).map(|place| (1 << place, 0.7)),
    }
}

/// The names of a token file whose class says a kind.
fn read(path: &Path) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    let mut rows: Vec<(String, String)> = Vec::new();
    for line in open(path)?.lines().chain([Ok(String::new())]) {
        let line = line?;
        if let Some((token, tag)) = line.split_once('\t').or_else(|| line.split_once(' ')) {
            rows.push((token.to_owned(), tag.trim().to_owned()));
            continue;
        }
        let mut start = 0;
        while start < rows.len() {
            let class = rows[start].1.get(2..).map(str::to_owned);
            let inside =
                |row: &&(String, String)| row.1.get(2..) == class.as_deref() && !row.1.starts_with('B');
            let end = start + 1 + rows[start + 1..].iter().take_while(inside).count();
            if let Some((allowed, weight)) = class.as_deref().and_then(kinds_of) {
                let tokens = rows.iter().map(|(token, _)| token.clone()).collect();
                cases.push(Case { tokens, start, end, allowed, weight });
            }
            start = end;
        }
        rows.clear();
    }
    Ok(cases)
}

/// Organizations and works of other corpora whose own words say the kind: what stands around them tells it, too.
fn telling(texts: &[Text]) -> Vec<Case> {
    let mut cases = Vec::new();
    for sentence in texts.iter().flat_map(|text| &text.sentences) {
        for (start, end) in organizations(sentence) {
            let words: Vec<&str> = sentence.tokens[start..end].iter().map(String::as_str).collect();
            if let Some((allowed, _)) = kind_of_words(&words).and_then(|kind| kinds_of(kind.as_str())) {
                cases.push(Case { tokens: sentence.tokens.clone(), start, end, allowed, weight: 0.3 });
            }
        }
    }
    cases
}

/// Where organizations may be.
fn organizations(sentence: &Sentence) -> Vec<(usize, usize)> {
    let begins = super::corpus::labels(&[Organization], true, false);
    let inside = begins << 1;
    let starts = (0..sentence.allowed.len())
        .filter(|i| sentence.allowed[*i] & begins != 0 && sentence.allowed[*i] & 1 == 0);
    let end = |i: usize| {
        i + 1 + sentence.allowed[i + 1..].iter().take_while(|a| **a & inside != 0 && **a & 1 == 0).count()
    };
    starts.map(|i| (i, end(i))).collect()
}

fn among(allowed: Allowed) -> Allowed {
    if allowed & ORGANIZATIONS != 0 { ORGANIZATIONS } else { WORKS }
}

fn looks(case: &Case) -> Vec<Look> {
    case.tokens.iter().map(|token| Look::new(token)).collect()
}

/// Trains on the corpora of DATA, on KINDS (which `names/silver.py` wrote) and on `texts`; prints how it does on dev parts.
pub fn train(data: &Path, kinds: &Path, texts: &[Text]) -> Result<Vec<u8>> {
    let mut cases = read(kinds)?;
    for domain in super::CROSSNER {
        cases.extend(read(&data.join(format!("names/crossner-{domain}-train.txt.gz")))?);
    }
    cases.extend(read(&data.join("names/wnut17-train.txt.gz"))?);
    cases.extend(telling(texts));
    eprintln!("{} names of known kinds", cases.len());
    let example = |case: &Case| {
        let features = features(&looks(case), case.start, case.end);
        let ends = vec![features.len() as u32];
        Example { features, ends, allowed: vec![case.allowed], weight: case.weight }
    };
    let mut examples: Vec<Example> = cases.iter().map(example).collect();
    let mut field = Field::new(&mut examples, 0.5);
    let mut random = 7;
    for _ in 0..12 {
        super::shuffle(&mut examples, &mut random);
        for example in &examples {
            field.choose(&thinned(example, 0.3, &mut random), among(example.allowed[0]));
        }
    }
    let bytes = field.write(12.0, 150_000);
    measure(data, &Model::read(&bytes))?;
    Ok(bytes)
}

/// Prints, for each kind of the dev parts, how many names of it got which kind.
fn measure(data: &Path, model: &Model) -> Result<()> {
    for domain in super::CROSSNER {
        let mut table: BTreeMap<(Allowed, NameClass), usize> = BTreeMap::new();
        for case in read(&data.join(format!("names/crossner-{domain}-dev.txt.gz")))? {
            let class = if case.allowed & ORGANIZATIONS != 0 { Organization } else { Work };
            let words: Vec<&str> = case.tokens[case.start..case.end].iter().map(String::as_str).collect();
            *table
                .entry((
                    case.allowed,
                    refine(class, &[&opinion(&words, &looks(&case), case.start, model)], model),
                ))
                .or_default() += 1;
        }
        let name = |allowed: Allowed| {
            if allowed.count_ones() == 1 {
                KINDS[allowed.trailing_zeros() as usize].as_str()
            } else {
                "others"
            }
        };
        let cells: Vec<String> = table
            .iter()
            .map(|((gold, found), n)| format!("{}>{} {n}", name(*gold), found.as_str()))
            .collect();
        println!("{domain}: {}", cells.join(", "));
    }
    Ok(())
}
